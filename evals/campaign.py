"""Make PolNeAR's training reports into files OnRecord reads with outlet and date: `python -m evals.campaign FOLDER`.

Takes `../shared/data/polnear/train/text` and `metadata.tsv`, gives FOLDER with NAME.txt, byte for byte, and NAME.json beside
it (outlet, published, title, authors). Nothing of it belongs into the project. Needs ../shared; says so where it is missing.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
NOTHING = {"", "None"}
OUTLETS = {
    "breitbart": "Breitbart",
    "huff-post": "HuffPost",
    "nyt": "The New York Times",
    "politico": "Politico",
    "usa-today": "USA Today",
    "wash-post": "The Washington Post",
    "west-journal": "Western Journalism",
}


def sidecar(row: dict[str, str]) -> dict[str, object]:
    """Return what NAME.json holds for a row of the metadata.

    >>> sidecar({"publisher": "nyt", "publication_date": "2016-09-01", "title": "A", "author": "None"})
    {'outlet': 'The New York Times', 'published': '2016-09-01', 'title': 'A'}
    """
    stated = {"published": row["publication_date"], "title": row["title"]}
    form: dict[str, object] = {"outlet": OUTLETS.get(row["publisher"], row["publisher"])}
    form |= {key: value for key, value in stated.items() if value not in NOTHING}
    if row["author"] not in NOTHING:
        form["authors"] = [name.strip() for name in row["author"].split(";")]
    return form


def convert(folder: Path) -> int:
    """Write the reports with their sidecars into `folder`; return how many."""
    texts = SHARED / "data/polnear/train/text"
    folder.mkdir(parents=True, exist_ok=True)
    with (SHARED / "data/polnear/metadata.tsv").open(encoding="utf-8", newline="") as file:
        rows = {row["filename"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    count = 0
    for text in sorted(texts.glob("*.txt")):
        row = rows.get(text.stem)
        shutil.copyfile(text, folder / text.name)
        if row:
            form = json.dumps(sidecar(row), ensure_ascii=False, indent=1)
            (folder / f"{text.stem}.json").write_text(form, encoding="utf-8")
        count += 1
    return count


def main(argv: list[str] | None = None) -> int:
    """Convert into the folder that was named."""
    arguments = sys.argv[1:] if argv is None else argv
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    if not SHARED.is_dir():
        print("../shared does not exist here: there is nothing to convert")
        return 0
    print(f"{convert(Path(arguments[0]))} reports in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

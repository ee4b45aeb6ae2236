"""Score the pronouns on GAP: `python -m evals.gap [--vectors] [FILE]` prints precision, recall and F1 for men, women and all.

Takes a file of the GAP form (default: the development file of ../shared), reads each snippet as a document of its own,
and asks what its pronoun means; a candidate counts as found where the entity meant is the one its name belongs to.
Nothing of the page around the snippet is used (the "snippet-context" setting). `--vectors` lets the encoder have its say,
as it has within the pipeline; without it, features decide alone. The weights were learned on this very file and the
validation file: what a model says of snippets it has not seen is what `training/ranker.py` prints over its folds. Needs
../shared; says so and exits 0 where it is missing.
Webster et al., "Mind the GAP", TACL 2018; their parallelism baseline has F1 66.9 on the test file.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from onrecord.document import Document, Origin
from onrecord.encode import encode
from onrecord.resolve.entities import Entity
from onrecord.resolve.pronouns import Context, resolve
from onrecord.resolve.scene import Reading, reading
from onrecord.resolve.vocabulary import PERSON_PRONOUNS
from onrecord.segment import segment

SHARED = Path(__file__).resolve().parents[2] / "shared"
DEVELOPMENT = SHARED / "data/gap/gap-development.tsv"


def snippet(text: str, vectors: bool = False) -> Reading:
    """Return a snippet's tokens, entities and mentions, read with the encoder where `vectors` says so."""
    doc = segment(Document("gap", text, Origin("gap", "0" * 64)))
    return reading(encode(doc) if vectors else doc)


def meant(read: Reading, offset: int) -> Entity | None:
    """Return what the pronoun at `offset` means, after every earlier he and she has been resolved."""
    target = read.cols.at(offset)
    found = None
    for at in range(target + 1):
        if read.cols.lower[at] in PERSON_PRONOUNS:
            found = resolve(read.scene, at, PERSON_PRONOUNS[read.cols.lower[at]], Context())
    return found


def entity_at(read: Reading, offset: int) -> Entity | None:
    """Return the entity whose name stands at `offset`."""
    name = read.cast.at_token.get(read.cols.at(offset))
    return read.cast.meant(name) if name else None


def score(path: Path, vectors: bool = False) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 for "masculine", "feminine" and "overall"."""
    counts: Counter[tuple[str, str]] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            _count(row, counts, vectors)
    return {kind: _figures(counts, kind) for kind in ("masculine", "feminine", "overall")}


def _count(row: dict[str, str], counts: Counter[tuple[str, str]], vectors: bool) -> None:
    read = snippet(row["Text"], vectors)
    found = meant(read, int(row["Pronoun-offset"]))
    gender = "feminine" if row["Pronoun"].lower() in ("she", "her", "hers") else "masculine"
    for candidate in "AB":
        gold = row[f"{candidate}-coref"].upper() == "TRUE"
        ours = found is not None and entity_at(read, int(row[f"{candidate}-offset"])) is found
        for kind in (gender, "overall"):
            counts[kind, "right"] += gold and ours
            counts[kind, "ours"] += ours
            counts[kind, "gold"] += gold


def _figures(counts: Counter[tuple[str, str]], kind: str) -> tuple[float, float, float]:
    right, ours, gold = (counts[kind, which] for which in ("right", "ours", "gold"))
    precision, recall = right / max(ours, 1), right / max(gold, 1)
    return precision, recall, 2 * right / max(ours + gold, 1)


def main(argv: list[str] | None = None) -> int:
    """Print the table."""
    given = sys.argv[1:] if argv is None else argv
    vectors = "--vectors" in given
    given = [word for word in given if word != "--vectors"]
    path = Path(given[0]) if given else DEVELOPMENT
    if not path.is_file():
        print("../shared does not exist here: GAP cannot be scored")
        return 0
    for kind, (precision, recall, f1) in score(path, vectors).items():
        print(f"{kind:10s} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Score the pronouns on GAP: `python -m evals.gap [FILE]` prints precision, recall and F1 for men, women and all.

Takes a file of the GAP form (default: the development file of ../shared), reads each snippet as a document of its own, and asks
what its pronoun means; a candidate counts as found where the entity meant is the one its name belongs to. Nothing of the page
around the snippet is used (the "snippet-context" setting). Needs ../shared; says so and exits 0 where it is missing.
Webster et al., "Mind the GAP", TACL 2018; their parallelism baseline has F1 66.9 on the test file.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from onrecord.document import Document, Origin
from onrecord.resolve.entities import Entity
from onrecord.resolve.pronouns import Context, resolve
from onrecord.resolve.scene import Reading, reading
from onrecord.resolve.vocabulary import PERSON_PRONOUNS
from onrecord.segment import segment

SHARED = Path(__file__).resolve().parents[2] / "shared"
DEVELOPMENT = SHARED / "data/gap/gap-development.tsv"


def snippet(text: str) -> Reading:
    """Return a snippet's tokens, entities and mentions."""
    return reading(segment(Document("gap", text, Origin("gap", "0" * 64))))


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


def score(path: Path) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 for "masculine", "feminine" and "overall"."""
    counts: Counter[tuple[str, str]] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            _count(row, counts)
    return {kind: _figures(counts, kind) for kind in ("masculine", "feminine", "overall")}


def _count(row: dict[str, str], counts: Counter[tuple[str, str]]) -> None:
    read = snippet(row["Text"])
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
    path = Path(given[0]) if given else DEVELOPMENT
    if not path.is_file():
        print("../shared does not exist here: GAP cannot be scored")
        return 0
    for kind, (precision, recall, f1) in score(path).items():
        print(f"{kind:10s} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

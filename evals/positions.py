"""Look at positions on the story gold: `python -m evals.positions [STORY]`.

Each story is one record, once with the gold's acts, speakers and spans and once as extracted by ourselves; printed are how many
steps each finds, of which kind, and how many stands of ours are those of the gold's acts: same place, issue and way. There is no
gold of positions: what is measured is how much of a difference our acts and speakers make. Needs ../shared; says so where it is
missing.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from evals.link import with_gold
from evals.story import SHARED
from onrecord.ask.statements import StatementRow
from onrecord.link import identities, positioning
from onrecord.pipeline import extract
from onrecord.read import read_one
from onrecord.record import Record

Found = tuple[set[tuple[str, str, str]], Counter[str], Counter[str]]


def found(name: str, by_gold: bool) -> Found:
    """Return the stands of a story (place, issue, way), and how many steps there are of each change and way."""
    gold = json.loads((SHARED / "gold/answers" / f"{name}.gold.json").read_text(encoding="utf-8"))
    with Record.open(":memory:") as record:
        for article, rows in gold["articles"].items():
            doc = read_one(SHARED / "gold/stories" / name / f"{article}.txt")
            record.store.put(with_gold(doc, rows) if by_gold else extract(doc))
        with record.store.db.transaction():
            identities.draw(record.store)
            positioning.draw(record.store)
        steps = record.positions()
    stands = {(_begins(said), step.issue, step.way) for step in steps for said in step.statements}
    return stands, Counter(step.change for step in steps), Counter(step.way for step in steps)


def _begins(said: StatementRow) -> str:
    """A statement is known by where its content begins, to twenty characters: ours may be cut otherwise."""
    return f"{said.document} {said.statement.content[0].start // 20}"


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    arguments = sys.argv[1:] if argv is None else argv
    if not Path(SHARED).is_dir():
        print("../shared does not exist here: the story gold cannot be read")
        return 0
    names = sorted(path.name.removesuffix(".gold.json") for path in (SHARED / "gold/answers").glob("*.gold.json"))
    total: Counter[str] = Counter()
    for name in arguments or names:
        (gold, changes, ways), (ours, own, own_ways) = found(name, True), found(name, False)
        total.update(gold=len(gold), ours=len(ours), both=len(gold & ours))
        print(f"{name}: {len(gold)} stands by gold acts, {len(ours)} by ours, {len(gold & ours)} the same")
        print(f"  gold {dict(changes)} {dict(ways)}\n  ours {dict(own)} {dict(own_ways)}")
    print(f"all: {dict(total)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

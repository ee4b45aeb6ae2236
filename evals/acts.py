"""Score the acts: `python -m evals.acts [--confusions]` on the story gold (given spans) and on PLOVER.

PLOVER's records have no statements: what its markup calls the event is taken as the cue, what follows it as the content,
and its event types are mapped to our acts (`PLOVER`). CONCEDE and the other types are deeds, not words, and are left out.
Needs ../shared.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from evals.story import SHARED, gold_statements
from onrecord.document import Document, Origin, Span, Statement
from onrecord.resolve.acts import acts

PLOVER = {
    "AGREE": ("agree", "offer", "commit"),
    "SUPPORT": ("support",),
    "DEMAND": ("demand",),
    "DISAPPROVE": ("condemn", "accuse"),
    "REJECT": ("refuse",),
    "THREATEN": ("threaten",),
}
MARK = re.compile(r"\((?P<role>SRC|EVT|TAR|SRC/TAR):\s*(?P<words>[^()]*)\)")


def macro_f1(gold: Sequence[str], found: Sequence[str], least: int = 3) -> float:
    """Return the mean F1 over the labels that stand at least `least` times in `gold`."""
    scores = []
    for label, times in Counter(gold).items():
        if times >= least:
            hits = sum(a == b == label for a, b in zip(gold, found, strict=True))
            scores.append(2 * hits / (times + sum(b == label for b in found)))
    return sum(scores) / len(scores) if scores else 0.0


def stories() -> Iterator[tuple[str, str, str]]:
    """Yield the gold act, our act and what decided, for every statement of the story gold."""
    for path in sorted((SHARED / "gold/answers").glob("*.gold.json")):
        story = path.name.removesuffix(".gold.json")
        for name, article in json.loads(path.read_text())["articles"].items():
            text = (SHARED / "gold/stories" / story / f"{name}.txt").open(encoding="utf-8", newline="").read()
            doc = Document(name, text, Origin(name, ""), statements=gold_statements(article["statements"]))
            for row, stmt in zip(article["statements"], acts(doc).statements or (), strict=True):
                yield row["act"], stmt.act, stmt.by["act"].split("/")[1].split()[0]


def plover() -> Iterator[tuple[str, str]]:
    """Yield PLOVER's event type and the type that our act maps to, for the types that map."""
    back = {act: event for event, ours in PLOVER.items() for act in ours}
    for line in (SHARED / "data/acts/plover/dev.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        if record["event"] in PLOVER:
            doc = marked(record["markup"])
            (stmt,) = acts(doc).statements or ()
            yield record["event"], back.get(stmt.act, stmt.act)


def marked(markup: str) -> Document:
    """Return a document with one statement, made of a record's markup."""
    text, at, spans = "", 0, {"SRC": [], "EVT": []}
    for mark in MARK.finditer(markup):
        text += markup[at : mark.start()]
        role = mark["role"].split("/")[0]
        if role in spans:
            spans[role].append(Span(len(text), len(text) + len(mark["words"])))
        text += mark["words"]
        at = mark.end()
    text += markup[at:]
    cue = tuple(spans["EVT"][:1])
    content = Span(cue[0].end + 1, len(text)) if cue and cue[0].end + 1 < len(text) else Span(0, len(text))
    stmt = Statement("s1", (content,), tuple(spans["SRC"][:1]), cue)
    return Document("record", text, Origin("plover", ""), statements=(stmt,))


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--confusions", action="store_true", help="print which acts were taken for which")
    confusions = parser.parse_args(argv).confusions
    if not SHARED.is_dir():
        print("../shared does not exist here: the acts cannot be scored")
        return 0
    rows = list(stories())
    gold, found = [row[0] for row in rows], [row[1] for row in rows]
    print("stories: accuracy", _share(gold, found), "macro-F1", round(macro_f1(gold, found), 3), "of", len(rows))
    for way in ("cue", "rule", "weights"):
        chosen = [row for row in rows if row[2] == way]
        print(f"  by {way}: right", _share([r[0] for r in chosen], [r[1] for r in chosen]), "of", len(chosen))
    pairs = list(plover())
    types, ours = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    print("plover: accuracy", _share(types, ours), "macro-F1", round(macro_f1(types, ours), 3), "of", len(pairs))
    if confusions:
        for (one, other), times in Counter((g, f) for g, f, _ in rows if g != f).most_common():
            print(f"  {one} taken for {other}: {times}")
    return 0


def _share(gold: Sequence[str], found: Sequence[str]) -> float:
    return round(sum(a == b for a, b in zip(gold, found, strict=True)) / max(1, len(gold)), 3)


if __name__ == "__main__":
    sys.exit(main())

"""Score the conditions: `python -m evals.conditions [--show]` on the story gold (given spans) and on GUM's conditionals.

GUM marks the heads of protasis and apodosis; their clauses are the words under these heads (the protasis less its marker, the
apodosis less the protasis). A condition is right if both clauses share half their words with the gold's, as the story scorer
counts. Sentences of GUM that mark none count against precision; GUM marks "if" and inversion only, so that the last figure
leaves out what we found by other markers. Needs ../shared.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator

from evals.story import SHARED, gold_statements
from onrecord.document import Condition, Document, Origin, Span, Statement
from onrecord.resolve.acts import acts
from onrecord.resolve.conditions import conditions
from onrecord.segment import segment

WORD = re.compile(r"\w+")
IF = re.compile(r"\b(?:if|had|should|were|unless)\b", re.I)
Pair = tuple[Span, Span]


def near(text: str, one: Span, two: Span) -> bool:
    """Tell whether two spans share half their words."""
    words = [Span(*match.span()) for match in WORD.finditer(text)]
    sets = [{k for k, w in enumerate(words) if w.start < span.end and w.end > span.start} for span in (one, two)]
    return bool(sets[0] | sets[1]) and len(sets[0] & sets[1]) / len(sets[0] | sets[1]) >= 0.5


def right(text: str, gold: Pair | None, found: Condition | None) -> bool:
    """Tell whether a condition that was found is the gold's."""
    return bool(gold and found and near(text, gold[0], found.if_) and near(text, gold[1], found.then))


def stories() -> Iterator[tuple[str, Pair | None, Condition | None]]:
    """Yield text, gold and what was found, for every statement of the story gold."""
    for path in sorted((SHARED / "gold/answers").glob("*.gold.json")):
        story = path.name.removesuffix(".gold.json")
        for name, article in json.loads(path.read_text())["articles"].items():
            text = (SHARED / "gold/stories" / story / f"{name}.txt").open(encoding="utf-8", newline="").read()
            doc = segment(Document(name, text, Origin(name, "")))
            doc = Document(
                name, text, doc.origin, sentences=doc.sentences, statements=gold_statements(article["statements"])
            )
            for row, stmt in zip(article["statements"], conditions(acts(doc)).statements or (), strict=True):
                gold = row.get("condition")
                yield text, (Span(*gold["if"]), Span(*gold["then"])) if gold else None, stmt.condition


def gum() -> Iterator[tuple[str, Pair | None, Condition | None]]:
    """Yield the same for every sentence of GUM, read as one direct statement."""
    for path in sorted((SHARED / "data/gum/sources").glob("*.conllu")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            text, rows = sentence(block)
            if not rows:
                continue
            whole = Span(0, len(text))
            doc = Document("gum", text, Origin("gum", ""), sentences=(whole,), statements=(Statement("s1", (whole,)),))
            (stmt,) = conditions(doc).statements or ()
            yield text, conditional(rows), stmt.condition


def sentence(block: str) -> tuple[str, list[tuple[int, int, str, str, Span]]]:
    """Return a sentence's text and its words: number, head, relation, notes, span."""
    text = next((line.removeprefix("# text = ") for line in block.splitlines() if line.startswith("# text = ")), "")
    rows, at = [], 0
    for line in block.splitlines():
        cells = line.split("\t")
        if len(cells) == 10 and cells[0].isdigit():
            start = text.find(cells[1], at)
            span = Span(start, start + len(cells[1])) if start >= 0 else Span(at, at)
            at = span.end
            rows.append((int(cells[0]), int(cells[6]), cells[7], cells[9], span))
    return text, rows


def conditional(rows: list[tuple[int, int, str, str, Span]]) -> Pair | None:
    """Return the clauses of a sentence's first conditional, None if it marks none."""
    heads: dict[str, int] = {}
    for number, _, _, notes, _ in rows:
        for role in ("Protasis", "Apodosis"):
            if re.search(rf"Conditional[^|]*{role}", notes):
                heads.setdefault(role, number)
    if len(heads) < 2:
        return None
    below = {role: under(rows, head) for role, head in heads.items()}
    markers = {number for number, head, relation, _, _ in rows if relation == "mark" and head == heads["Protasis"]}
    marks = {number for number, _, relation, _, _ in rows if relation == "punct"}
    if_ = below["Protasis"] - markers - marks - (below["Apodosis"] if heads["Apodosis"] in below["Protasis"] else set())
    then = below["Apodosis"] - below["Protasis"] - marks
    spans = {number: span for number, _, _, _, span in rows}
    return (_cover(spans, if_), _cover(spans, then)) if if_ and then else None


def under(rows: list[tuple[int, int, str, str, Span]], head: int) -> set[int]:
    """Return the numbers of all words under a head, itself included."""
    found, grown = {head}, True
    while grown:
        more = {number for number, above, *_ in rows if above in found} - found
        found, grown = found | more, bool(more)
    return found


def _cover(spans: dict[int, Span], numbers: set[int]) -> Span:
    """The longest run of words without a hole larger than two words: a clause that stands around another has its larger side."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number - runs[-1][-1] <= 3:
            runs[-1].append(number)
        else:
            runs.append([number])
    run = max(runs, key=len)
    return Span(spans[run[0]].start, spans[run[-1]].end)


def _marker(text: str, found: Condition) -> str:
    return found.marker.of(text) if found.marker else ""


def report(name: str, rows: list[tuple[str, Pair | None, Condition | None]], show: bool) -> None:
    """Print precision, recall and F1; with `show` what was wrong."""
    hits = sum(right(*row) for row in rows)
    found, gold = sum(row[2] is not None for row in rows), sum(row[1] is not None for row in rows)
    f1 = 2 * hits / (found + gold) if found + gold else 0.0
    print(f"{name}: F1 {f1:.3f} precision {hits / max(1, found):.3f} recall {hits / max(1, gold):.3f} of {gold}")
    for text, pair, condition in rows if show else ():
        if (pair or condition) and not right(text, pair, condition):
            mine = [condition.if_.of(text), condition.then.of(text)] if condition else None
            print("  gold", [span.of(text) for span in pair] if pair else None, "found", mine)


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what was wrong")
    show = parser.parse_args(argv).show
    if not SHARED.is_dir():
        print("../shared does not exist here: the conditions cannot be scored")
        return 0
    report("stories", list(stories()), show)
    rows = list(gum())
    report("gum", rows, show)
    marked = [(text, gold, found if found and IF.search(_marker(text, found)) else None) for text, gold, found in rows]
    report("gum, of what it marks (if, had, should, were, unless)", marked, show)
    return 0


if __name__ == "__main__":
    sys.exit(main())

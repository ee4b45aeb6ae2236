"""Whatever the text, statements are well formed: `python -m evals.robustness [COUNT]` (2,000 mutations unless told).

Reads all texts of ../shared/data/news_clusters, COUNT mutations of them (marks removed or doubled, paragraphs shuffled, cut,
upper-cased, emoji put in, lines joined, a mark opened and never closed) and the two seeds, and counts what is out of order:
exceptions, spans out of range, empty contents, statements over 400 words that are no single quotation. Last, what share of
statements changes when an unrelated paragraph is put first (goal: below 2 %).
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter

from evals.extraction import SHARED, extractor, text_of
from onrecord.document import Span, Statement

LONGEST = 400
FIRST = "The library on Mill Lane will close for repairs in June and open again after the harvest.\n\n"


def mutated(rng: random.Random, text: str) -> str:
    """Return a text with something done to it."""
    place = rng.randrange(len(text) or 1)
    lines = text.split("\n")
    rng.shuffle(lines)
    return rng.choice(
        (
            lambda: text.translate(str.maketrans("", "", rng.choice(("“", "”", '"', "“”\"'’")))),
            lambda: text.replace('"', '""').replace("”", "””"),
            lambda: "\n".join(lines),
            lambda: text[place:],
            lambda: text.upper(),
            lambda: "".join(c + ("😀" if rng.random() < 0.01 else "") for c in text),
            lambda: text.replace("\n", " "),
            lambda: text[:place] + "“" + text[place:],
        )
    )()


def faults(text: str, found: tuple[Statement, ...]) -> list[str]:
    """Return what is out of order with a text's statements."""
    out = []
    for stmt in found:
        spans = (*stmt.content, *stmt.source, *stmt.cue)
        if any(not 0 <= s < e <= len(text) for s, e in spans):
            out.append("span out of range")
        if not any(span.of(text).strip() for span in stmt.content):
            out.append("empty content")
        if sum(len(span.of(text).split()) for span in stmt.content) > LONGEST and stmt.kind != "direct":
            out.append("longer than any quotation")
    return out


def rows(found: tuple[Statement, ...], less: int = 0) -> set[tuple[tuple[Span, ...], ...]]:
    """Return statements as spans moved back by `less`, those before it left out."""
    return {
        tuple(tuple(Span(s - less, e - less) for s, e in part) for part in (stmt.source, stmt.cue, stmt.content))
        for stmt in found
        if stmt.content[0].start >= less
    }


def main() -> int:
    """Print the counts; 1 where anything was out of order."""
    if not SHARED.is_dir():
        print("../shared does not exist here: there is nothing to read")
        return 0
    extract, rng, counts = extractor(), random.Random(1), Counter[str]()
    with (SHARED / "data/news_clusters/articles.jsonl").open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    seeds = [text_of(path) for path in sorted((SHARED / "seeds").glob("*.txt"))]
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    for text in [*texts, *seeds, *(mutated(rng, rng.choice(texts)) for _ in range(count))]:
        counts["texts"] += 1
        try:
            counts.update(faults(text, extract(text)))
        except Exception as error:  # the point is to count them
            counts[f"exception {type(error).__name__}"] += 1
    for name, number in sorted(counts.items()):
        print(f"{name:28s} {number}")
    changed = total = 0
    for text in texts[:30]:
        alone, moved = rows(extract(text)), rows(extract(FIRST + text), len(FIRST))
        changed, total = changed + len(alone - moved), total + len(alone)
    print(f"changed by a first paragraph {changed / max(1, total):.4f} of {total}")
    return int(len(counts) > 1)


if __name__ == "__main__":
    sys.exit(main())

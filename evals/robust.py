"""Break real texts and see that nothing else breaks: `python -m evals.robust [--mutations 2000]`.

Runs the whole way over every text of `../shared/data/news_clusters` and over random mutations of them (marks removed or
doubled, paragraphs shuffled, cut in the middle, upper-cased, emoji put in), and over the two seeds. Counts: spans out
of range, empty contents, statements over 400 words that no quotation of that length holds; an exception ends it. Then
puts unrelated paragraphs before them and counts the statements that change. Needs ../shared; says so and exits 0
where it is missing.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from onrecord import pipeline
from onrecord.document import Document, Origin, Statement

SHARED = Path(__file__).resolve().parents[2] / "shared"
LONGEST = 400  # words
MARKS = "“”\"‘’'«»„"
EMOJI = ("🙂", "👩‍👩‍👧", "🇪🇺", "❤️")
UNRELATED = "The weather stayed mild along the coast, and the orchards were in flower by the end of the month."


def without_marks(text: str, rng: random.Random) -> str:
    """Drop about half of the quotation marks."""
    return "".join(c for c in text if c not in MARKS or rng.random() < 0.5)


def doubled_marks(text: str, rng: random.Random) -> str:
    """Print about half of the quotation marks twice."""
    return "".join(c + c if c in MARKS and rng.random() < 0.5 else c for c in text)


def shuffled(text: str, rng: random.Random) -> str:
    """Put the paragraphs into another order."""
    parts = text.split("\n")
    rng.shuffle(parts)
    return "\n".join(parts)


def cut(text: str, rng: random.Random) -> str:
    """Keep a stretch that begins and ends anywhere."""
    a, b = sorted(rng.sample(range(len(text) + 1), 2)) if text else (0, 0)
    return text[a:b]


def upper(text: str, rng: random.Random) -> str:
    """Print everything in capitals."""
    return text.upper()


def with_emoji(text: str, rng: random.Random) -> str:
    """Put an emoji behind about every thirtieth character."""
    return "".join(c + rng.choice(EMOJI) if rng.random() < 0.03 else c for c in text)


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    without_marks,
    doubled_marks,
    shuffled,
    cut,
    upper,
    with_emoji,
)


def texts() -> Iterator[tuple[str, str]]:
    """Yield name and text of every article and of the seeds."""
    with (SHARED / "data/news_clusters/articles.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], row["text"]
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        yield path.stem, path.open(encoding="utf-8", newline="").read()


def read(name: str, text: str) -> Document:
    """Return the text extracted, taken for English."""
    return pipeline.extract(Document(name, text, Origin(name, "0" * 64), language="en"))


def faults(doc: Document) -> list[str]:
    """Name what is wrong with the statements of a document."""
    found = []
    for stmt in doc.statements or ():
        spans = (*stmt.content, *stmt.source, *stmt.cue)
        if any(not 0 <= s < e <= len(doc.text) for s, e in spans):
            found.append(f"{stmt.id}: span out of range")
        if not any(c.isalnum() for span in stmt.content for c in span.of(doc.text)):
            found.append(f"{stmt.id}: empty content")
        if _words(doc, stmt) > LONGEST and not _is_one_quotation(doc, stmt):
            found.append(f"{stmt.id}: {_words(doc, stmt)} words")
    return found


def _words(doc: Document, stmt: Statement) -> int:
    return sum(len(span.of(doc.text).split()) for span in stmt.content)


def _is_one_quotation(doc: Document, stmt: Statement) -> bool:
    lengths = (sum(len(piece.of(doc.text).split()) for piece in q.pieces) for q in doc.quotations or ())
    return any(length > LONGEST for length in lengths)


def moved(name: str, text: str, plain: Document) -> tuple[int, ...]:
    """Return how many statements there are, how many change behind one unrelated paragraph, and how many with one before each.

    The latter parts what belongs together (a quotation over paragraphs, a colon and what follows it), so that some must.
    """
    paragraphs = [text[p.start : p.end] for p in plain.paragraphs or ()]
    before = read(name, "\n".join(paragraphs))
    behind = read(name, "\n".join([UNRELATED, *paragraphs]))
    parted = read(name, "\n".join(f"{UNRELATED}\n{paragraph}" for paragraph in paragraphs))

    def words(doc: Document) -> set[tuple[str, ...]]:
        return {
            (" ".join(span.of(doc.text) for span in stmt.content), *(span.of(doc.text) for span in stmt.source))
            for stmt in doc.statements or ()
        }

    first, *others = (words(doc) for doc in (before, behind, parted))
    return len(first), *(max(len(first - other), len(other - first)) for other in others)


def main(argv: list[str] | None = None) -> int:
    """Print what broke; exit 1 when anything did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=2000)
    args = parser.parse_args(argv)
    if not SHARED.is_dir():
        print("../shared does not exist here: there are no texts to break")
        return 0
    articles, rng, wrong = list(texts()), random.Random(20261121), 0
    total = behind = parted = 0
    for name, text in articles:
        doc = read(name, text)
        wrong += _report(name, "as it is", faults(doc))
        counts = moved(name, text, doc)
        total, behind, parted = total + counts[0], behind + counts[1], parted + counts[2]
    for number in range(args.mutations):
        name, text = articles[rng.randrange(len(articles))]
        mutate = MUTATIONS[number % len(MUTATIONS)]
        wrong += _report(name, mutate.__name__, faults(read(name, mutate(text, rng))))
    print(f"{len(articles)} texts and {args.mutations} mutations: {wrong} faults")
    for how, changed in (("behind an unrelated paragraph", behind), ("with one before each", parted)):
        print(f"{how}: {changed} of {total} statements changed ({changed / max(1, total):.2%})")
    return 1 if wrong or behind > 0.02 * total else 0


def _report(name: str, how: str, found: list[str]) -> int:
    for fault in found:
        print(f"{name} ({how}): {fault}")
    return len(found)


if __name__ == "__main__":
    sys.exit(main())

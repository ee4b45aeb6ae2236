"""Score copies on the news clusters: `python -m evals.copies [--wrong]`.

`copies.tsv` beside this file says of pairs of reports on one event, by their ids, what a person who read both found: "copy" (text
of the one, .3 of the shorter and more, stands in the other outside quotations), "rewritten" (the same report in other words) or
"same event only". In it is every pair of one event of which a fifth of the shorter text stands in the longer, and every pair
whose sentences align nearly as those of a rewritten report do; whatever else is found counts as wrong. The reports hold few
rewritten ones, so every third report of six sentences and more is also rewritten by rule (`rewrite`): how many of these are
found is the recall that can be told of, and no more than a bound, since the rule knows no synonyms. Needs ../shared.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

from onrecord.document import Document, Origin
from onrecord.link.copies import Body, body, find, judge
from onrecord.segment import segment

SHARED = Path(__file__).resolve().parents[2] / "shared"
PAIRS = Path(__file__).with_name("copies.tsv")
KEPT = (0.5, 0.35)  # of the words of four letters and more that are no names
Pair = tuple[str, str]


def labels() -> dict[Pair, str]:
    """Return what the pairs are, by their ids in order."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return {(row["a"], row["b"]): row["kind"] for row in csv.DictReader(file, delimiter="\t")}


def articles() -> list[Document]:
    """Return the reports of the clusters, their title first."""
    with (SHARED / "data/news_clusters/articles.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [
        Document(
            name=row["id"],
            text=f"{row['title']}\n\n{row['text']}",
            origin=Origin(row["id"], "0" * 64),
            published=row["published"][:10],
            language="en",
        )
        for row in rows
    ]


def bodies(docs: list[Document]) -> list[Body]:
    """Return them as they are compared."""
    return [body(doc.name, segment(doc)) for doc in docs]


def scores(some: list[Body]) -> dict[str, tuple[float, float, float, int, int]]:
    """Return precision, recall and F1 with the numbers found and to be found: of copies in all, and of each kind."""
    gold = labels()
    found = {pair(copy.earlier, copy.later): copy.kind for copy in find(some)}
    kinds = {key: "rewritten" if kind == "rewritten" else "copy" for key, kind in found.items()}
    both = {key for key, kind in gold.items() if kind != "same event only"}
    table = {"in the same or in other words": prf(set(kinds), both)}
    for kind in ("copy", "rewritten"):
        mine = {key for key, value in kinds.items() if value == kind}
        table[kind] = prf(mine, {key for key, value in gold.items() if value == kind})
    return table


def fields() -> dict[str, float]:
    """Return the F1 of each kind, for the gate."""
    return {name: round(f, 3) for name, (_, _, f, _, _) in scores(bodies(articles())).items()}


def pair(a: str, b: str) -> Pair:
    """Return two ids in order."""
    return (a, b) if a < b else (b, a)


def prf(found: set[Pair], gold: set[Pair]) -> tuple[float, float, float, int, int]:
    """Return precision, recall, F1, and how many were found and are to be found.

    >>> prf({("a", "b"), ("a", "c")}, {("a", "b")})
    (0.5, 1.0, 0.6666666666666666, 2, 1)
    """
    right = len(found & gold)
    p, r = right / len(found) if found else 0.0, right / len(gold) if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0, len(found), len(gold)


def rewrite(doc: Document, kept: float, words: list[str], rng: random.Random) -> str:
    """Return a report with most words exchanged for random ones and others left out, sentences left out, joined and disordered.

    Of the long words `kept` stay, of names and figures .92, of short words .6; one sentence of eight is left out, one of eight
    runs on into the next, and one pair of words of four is turned round.
    """
    text = ""
    for span in segment(doc).sentences or ():
        if rng.random() < 0.12:
            continue
        new = [one for word in span.of(doc.text).split() if (one := _other(word, kept, words, rng))]
        for at in range(len(new) - 1):
            if rng.random() < 0.25:
                new[at], new[at + 1] = new[at + 1], new[at]
        if new:
            line = " ".join(new).strip(" .,")
            text += line[:1].upper() + line[1:] + (", " if rng.random() < 0.12 else ".\n")
    return text


def _other(word: str, kept: float, words: list[str], rng: random.Random) -> str | None:
    core = word.strip(".,;:\"“”‘’'()")
    if core[:1].isupper() or any(char.isdigit() for char in core):
        return word if rng.random() < 0.92 else None
    if len(core) <= 3:
        return word if rng.random() < 0.6 else None
    return word if rng.random() < kept else rng.choice(words)


def rewritten(docs: list[Document]) -> dict[float, tuple[int, int]]:
    """Return how many reports, rewritten by rule, are found, and of how many."""
    words = sorted(
        {word for doc in docs for word in doc.text.split() if word.isalpha() and word.islower() and len(word) > 3}
    )
    rng, table = random.Random(11), {}
    whole = [(doc, body(doc.name, segment(doc))) for doc in docs]
    whole = [(doc, item) for doc, item in whole if 6 <= len(item.sentences) <= 80][::3]
    for kept in KEPT:
        hits = 0
        for doc, item in whole:
            text = rewrite(doc, kept, words, rng)
            told = Document(name="other", text=text, origin=Origin("other", "0" * 64), language="en")
            hits += judge(item, body("other", segment(told))) is not None
        table[kept] = (hits, len(whole))
    return table


def wrong(some: list[Body]) -> None:
    """Print each pair that is found and not one, or one and not found."""
    gold, found = labels(), {pair(copy.earlier, copy.later): copy for copy in find(some)}
    for key in sorted(found.keys() | {key for key, kind in gold.items() if kind != "same event only"}):
        is_one, copy = gold.get(key, "unread") not in {"same event only", "unread"}, found.get(key)
        if is_one != (copy is not None):
            print(*key, gold.get(key, "unread"), "->", copy and (copy.kind, copy.share, copy.own, copy.reasons))


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    arguments = sys.argv[1:] if argv is None else argv
    if not SHARED.is_dir():
        print("../shared does not exist here: copies cannot be scored")
        return 0
    docs = articles()
    some = bodies(docs)
    print(Counter(labels().values()), "of", sum(1 for _ in combinations(docs, 2)), "pairs")
    for name, (p, r, f, found, gold) in scores(some).items():
        print(f"{name:32s} P {p:.3f}  R {r:.3f}  F1 {f:.3f}  ({found} found, {gold} to be found)")
    if "--wrong" in arguments:
        wrong(some)
    for kept, (hits, whole) in {} if "--fast" in arguments else rewritten(docs).items():
        print(f"rewritten by rule, {kept:.0%} of the words kept: {hits} of {whole} found")
    return 0


if __name__ == "__main__":
    sys.exit(main())

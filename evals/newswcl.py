"""Find what outlets call the same on NewsWCL50: `python -m evals.newswcl [--record PATH]`.

NewsWCL50 (Hamborg, Zhukova and Gipp, "Automated Identification of Media Bias by Word Choice and Labeling in News Articles", JCDL
2019), here 5 events by 5 outlets, marks the mentions of each referent of an event through all its reports, however broadly it is
worded. Of each referent that we know to be called by several words, pairs of places with different words are looked up in the
gold: precision is the share of pairs, both in a mention of the gold, that lie in mentions of one referent. Recall is the share of
the gold's referents, called by nouns of two heads and more in two reports and more, of which we have two different words.
With `--record` the documents are taken from a linked record of the texts that `texts` makes, else they are extracted and linked
here. Needs ../shared.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from onrecord.ask.wording import HOWS, WordingRow
from onrecord.document import Document, Origin, Span
from onrecord.pipeline import extract
from onrecord.record import Record

SHARED = Path(__file__).resolve().parents[2] / "shared"
WCL = SHARED / "data/newswcl50/conll.csv"
OUTLETS = {"LL": "HuffPost", "L": "The New York Times", "M": "USA Today", "R": "Fox News", "RR": "Breitbart"}
GLUED = set(".,;:!?)]’”%") | {"'s", "n't", "’s", "'re", "'ve", "'ll", "'d", "'m", "n’t", "''"}
SMALL = set(
    "the a an his her its their this that these those he she it they him them who whom i we you us our my".split()
)
Gold = dict[str, list[tuple[Span, str]]]


def texts() -> tuple[dict[str, str], Gold]:
    """Return the text of each report, a sentence a line, and its mentions: where, and of which referent of its event."""
    sentences: dict[str, dict[int, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    with WCL.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sentences[row["doc_id"]][int(row["sent_id"])].append((row["token"], row["reference"]))
    whole, gold = {}, {}
    for name, some in sentences.items():
        whole[name], gold[name] = _text(list(some.values()))
    return whole, gold


def _text(sentences: list[list[tuple[str, str]]]) -> tuple[str, list[tuple[Span, str]]]:
    text, found = "", list[tuple[Span, str]]()
    opened: dict[str, list[int]] = defaultdict(list)
    for tokens in sentences:
        line, quoted = "", False
        for token, reference in tokens:
            glued = not line or token in GLUED or line[-1] in "([“‘$" or (line[-1] == '"' and quoted and token != '"')
            if token == '"':
                quoted = not quoted
                glued = not quoted or not line
            line += token if glued else f" {token}"
            start, end = len(text) + len(line) - len(token), len(text) + len(line)
            for part in reference.split("|") if reference != "-" else ():
                name = part.strip("()")
                if part.startswith("("):
                    opened[name].append(start)
                if part.endswith(")") and opened[name]:
                    found.append((Span(opened[name].pop(), end), name))
        text += line + "\n"
    return text, sorted(found)


def records(record: Record) -> None:
    """Extract and link the reports."""
    for name, text in texts()[0].items():
        event, side = name.split("_")
        known = {"outlet": OUTLETS[side], "published": f"2018-0{1 + int(event)}-01", "language": "en"}
        record.store.put(extract(Document(name=name, text=text, origin=Origin(name, "0" * 64), **known)))  # type: ignore[arg-type]
    record.link()


def head(words: str) -> str | None:
    """Return the last word of a mention before what only adds to it; None for a pronoun.

    >>> head("the migrant caravan from Honduras"), head("They")
    ('caravan', None)
    """
    kept = []
    for word in words.casefold().split():
        if kept and word in {"of", "from", "in", "at", "to", "for", "who", "that", "with", "on", ","}:
            break
        kept.append(word)
    kept = [word for word in kept if word not in SMALL]
    return kept[-1] if kept else None


def called(gold: Gold, whole: dict[str, str]) -> dict[tuple[str, str], tuple[set[str], set[str]]]:
    """Return of each referent of an event its heads and the reports that have it."""
    found: dict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for name, mentions in gold.items():
        for span, referent in mentions:
            if (word := head(span.of(whole[name]))) is not None:
                heads, reports = found[name.split("_")[0], referent]
                heads.add(word)
                reports.add(name)
    return found


def meant(mentions: list[tuple[Span, str]], span: Span) -> str | None:
    """Return the referent of the smallest mention that holds a place."""
    holding = [(m.end - m.start, name) for m, name in mentions if m.start <= span.start and span.end <= m.end]
    return min(holding)[1] if holding else None


def score(rows: list[WordingRow], gold: Gold) -> tuple[int, int, set[tuple[str, str]], Counter[str]]:
    """Return how many pairs mean one thing, how many there are, the referents found, and which rows are wrong how often."""
    groups: dict[tuple[object, ...], list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows:
        for place in row.places:
            if (referent := meant(gold[place.document], place.span)) is not None:
                groups[row.referent, row.story, place.document[0]].append((row.word, place.document, referent))
    right = whole = 0
    found: set[tuple[str, str]] = set()
    wrong: Counter[str] = Counter()
    for key, some in groups.items():
        for (word_a, doc_a, a), (word_b, doc_b, b) in combinations(some, 2):
            if word_a != word_b and doc_a != doc_b:
                whole += 1
                right += a == b
                if a == b:
                    found.add((doc_a[0], a))
                else:
                    wrong[f"{key[0]}: {word_a} / {word_b}"] += 1
    return right, whole, found, wrong


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    arguments = sys.argv[1:] if argv is None else argv
    if not WCL.is_file():
        print("../shared does not exist here: NewsWCL50 cannot be scored")
        return 0
    whole, gold = texts()
    made = arguments[:1] == ["--record"]
    with Record.open(arguments[1] if made else ":memory:", read_only=made) as record:
        if not made:
            records(record)
        rows = record.wording()
    many = {key for key, (heads, reports) in called(gold, whole).items() if len(heads) > 1 and len(reports) > 1}
    print(f"{len(many)} referents are called by several heads in several reports")
    for how in (*HOWS, None):
        right, pairs, found, wrong = score([row for row in rows if how in {None, row.how}], gold)
        p, r = right / max(1, pairs), len(found & many) / max(1, len(many))
        print(
            f"{how or 'all':14s} precision {p:.2f} of {pairs} pairs; {len(found & many)} referents found, recall {r:.2f}"
        )
        if "--wrong" in arguments:
            print("   ", wrong.most_common(12))
    return 0


if __name__ == "__main__":
    sys.exit(main())

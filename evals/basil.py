"""Tell loaded spans in the reporter's voice from those in quotations: `python -m evals.basil [--record PATH] [--wrong]`.

BASIL (Fan and others, "In Plain Sight: Media Bias Through the Lens of Factual Reporting", EMNLP 2019) marks spans of 150
articles, each with `quote`: "yes" where the span is part of what somebody is quoted as saying, with the speaker, and "no" where
the journalist speaks. The mapping: a span is ours "quoted" where most of it lies inside quotation marks or in the content of a
direct statement (`Voices`), "attributed" where most of it lies in the content of any other statement, else "own"; "yes" is to be
"quoted", "no" either of the others. That indirect speech is the journalist's in BASIL shows in the second reading that is
scored, where attributed counts as quoted. Spans that hold source, cue and content are counted by the most of their characters.

Statements of 126 of the articles were marked for this project and are learned from (training/news_statements.tsv; BASIL's own
marks are not); the last lines print the 24 others alone. With `--record` the documents are taken from a record made of the
articles (title, an empty line, a paragraph a line, as `text` gives them), else they are extracted here, which takes minutes.
Needs ../shared.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.document import Document, Origin, Span
from onrecord.link.wording import Voices
from onrecord.pipeline import extract
from onrecord.record import Record
from onrecord.segment import segment

SHARED = Path(__file__).resolve().parents[2] / "shared"
BASIL = SHARED / "data/basil"


def text(article: dict[str, Any]) -> tuple[str, dict[str, int]]:
    """Return an article as one text, and where its title and each of its sentences begin, by the ids BASIL gives them.

    >>> text({"title": "A", "body-paragraphs": [["One.", "Two."], ["Three."]]})
    ('A\n\nOne. Two.\\nThree.\\n', {'title': 0, 'p0': 3, 'p1': 8, 'p2': 13})
    """
    whole, starts = f"{article['title']}\n\n", {"title": 0}
    for paragraph in article["body-paragraphs"]:
        for n, sentence in enumerate(paragraph):
            whole += " " if n else ""
            starts[f"p{len(starts) - 1}"] = len(whole)
            whole += sentence
        whole += "\n"
    return whole, starts


def article(name: str) -> Document:
    """Return an article by its name as it is read."""
    row = json.loads(next(BASIL.glob(f"articles/*/{name}.json")).read_text(encoding="utf-8"))
    return Document(
        name=name,
        text=text(row)[0],
        origin=Origin(name, "0" * 64),
        title=row["title"],
        outlet=row["source"],
        published=row["date"],
        title_span=Span(0, len(row["title"])),
        language="en",
    )


def spans() -> Iterator[tuple[str, str, list[tuple[Span, str, str]]]]:
    """Yield each article's name and text with its marked spans: where, "lex" or "inf", and "yes" or "no"."""
    for path in sorted(BASIL.glob("annotations/*/*_ann.json")):
        marked = json.loads(path.read_text(encoding="utf-8"))["phrase-level-annotations"]
        article = Path(str(path).replace("/annotations/", "/articles/").replace("_ann.json", ".json"))
        whole, starts = text(json.loads(article.read_text(encoding="utf-8")))
        rows = []
        for mark in marked:
            at = starts[mark["id"]]
            span = Span(at + mark["start"], at + mark["end"])
            assert span.of(whole) == mark["txt"], (path.name, mark["id"])
            rows.append((span, mark["bias"], mark["quote"]))
        yield article.stem, whole, rows


def documents(record: Record | None) -> Iterator[tuple[Document, list[tuple[Span, str, str]]]]:
    """Yield the articles, extracted, with their spans."""
    for name, whole, rows in spans():
        if record is None:
            origin = Origin(name, "0" * 64)
            yield extract(Document(name=name, text=whole, origin=origin, language="en")), rows
        else:
            doc = segment(record.store.document(name_id(record, name)))
            assert doc.text == whole, name
            yield doc, rows


def name_id(record: Record, name: str) -> str:
    """Return the id under which a record has a document."""
    return str(record.store.db.run("SELECT id FROM documents WHERE name = ?", (name,))[0][0])


@cache
def learned() -> frozenset[str]:
    """Return the articles whose statements are learned from."""
    path = Path(__file__).resolve().parents[1] / "training/news_statements.tsv"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(
        name.removeprefix("basil/") for name, part, _ in rows if name.startswith("basil/") and part == "train"
    )


def accuracy(table: Counter[tuple[str, str, str]], said: set[str], which: tuple[str, ...]) -> str:
    """Return the share of the marked spans whose voice is right, where the voices `said` count as in a quotation."""
    some = {key: n for key, n in table.items() if key[0] in which}
    right = sum(n for (_, quote, voice), n in some.items() if (quote == "yes") == (voice in said))
    return f"{right / max(1, sum(some.values())):.3f} of {sum(some.values())}"


def main(argv: list[str] | None = None) -> int:
    """Print accuracies."""
    arguments = sys.argv[1:] if argv is None else argv
    if not BASIL.is_dir():
        print("../shared does not exist here: BASIL cannot be scored")
        return 0
    record = Record.open(arguments[1], read_only=True) if arguments[:1] == ["--record"] else None
    table: Counter[tuple[str, str, str]] = Counter()
    unread: Counter[tuple[str, str, str]] = Counter()
    for doc, rows in documents(record):
        voices = Voices(doc)
        for span, bias, quote in rows:
            table[bias, quote, voices.of(span)] += 1
            unread[bias, quote, voices.of(span)] += doc.name not in learned()
            if "--wrong" in arguments and (quote == "yes") != (voices.of(span) == "quoted"):
                print(
                    doc.name,
                    bias,
                    quote,
                    voices.of(span),
                    "|",
                    doc.text[span.start - 90 : span.start],
                    "[[",
                    span.of(doc.text),
                    "]]",
                    doc.text[span.end : span.end + 40].replace("\n", " / "),
                )
    for bias in ("lex", "inf"):
        for quote in ("yes", "no"):
            print(
                bias, "quote:", quote, {voice: table[bias, quote, voice] for voice in ("quoted", "attributed", "own")}
            )
    for of in (table, unread):
        for name, said in (("quoted", {"quoted"}), ("quoted or attributed", {"quoted", "attributed"})):
            for which in (("lex",), ("inf",), ("lex", "inf")):
                print(
                    f"{name:22s} {'+'.join(which):8s} {accuracy(of, said, which)}",
                    "" if of is table else "(24 articles)",
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())

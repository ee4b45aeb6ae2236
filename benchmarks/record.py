"""How fast a large record is filled and asked: takes how many statements, prints milliseconds a question, with the machine named.

    python benchmarks/record.py [STATEMENTS] [PATH]

The record is made up: words and names as frequent as in news (Zipf), 25 statements a document, dates over six years, a tenth of
them undated. Every question is asked on a connection opened for it: nothing is looked up beforehand.
"""

from __future__ import annotations

import itertools
import platform
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

from onrecord.ask import statements as ask
from onrecord.ask.statements import StatementFilter
from onrecord.document import Condition, Document, Figure, Mention, Origin, Span, Speaker, Statement
from onrecord.store.connection import Connection
from onrecord.store.store import Store

ACTS = (
    ["assert"] * 60
    + ["assess"] * 12
    + ["demand"] * 6
    + ["accuse"] * 5
    + ["refuse"] * 4
    + ["deny"] * 4
    + ["condemn"] * 4
    + ["offer"] * 3
    + ["question"] * 2
)
A_DOCUMENT = 25
GOAL = 50.0


def zipf(rng: random.Random, n: int, count: int) -> list[int]:
    """Draw `count` numbers below `n`, small ones often."""
    return [min(n - 1, int(n ** rng.random()) - 1) for _ in range(count)]


def report(n: int, rng: random.Random) -> Document:
    """Make up one document."""
    text, stmts, speakers = "", [], dict[int, list[Mention]]()
    date = f"20{25 + n % 6}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    present = zipf(rng, 60_000, 8)
    for i in range(1, A_DOCUMENT + 1):
        who = rng.choice(present)
        name = f"Speaker{who} Family{who % 977}"
        words = " ".join(f"w{word}" for word in zipf(rng, 50_000, 18))
        start = len(text)
        text += f"{name} said that {words}. The rest of it is w{i} and w{n % 1000} again.\n"
        source = Span(start, start + len(name))
        cue = Span(source.end + 1, source.end + 5)
        content = Span(cue.end + 1, cue.end + 6 + len(words))
        speakers.setdefault(who, []).append(Mention(source, "name", f"e{who}", "names-1"))
        condition = (
            Condition(Span(content.start, content.start + 9), Span(content.start + 10, content.end))
            if rng.random() < 0.05
            else None
        )
        fields = {"said_on": date, "via": (f"Outlet {zipf(rng, 300, 1)[0]}",)} if rng.random() < 0.15 else {}
        by = {"statement": "statements-en-1", "act": "acts-en-1"}
        kind = rng.choice(("direct", "indirect", "indirect", "mixed"))
        stmts.append(
            Statement(
                f"s{i}",
                (content,),
                (source,),
                (cue,),
                kind,
                speaker=name,
                speaker_type="person",
                named=True,
                act=rng.choice(ACTS),
            )  # type: ignore[arg-type]
        )
        stmts[-1] = replace(
            stmts[-1], condition=condition, confidence=rng.random(), act_confidence=rng.random(), by=by, **fields
        )
    return Document(
        f"report-{n:06}",
        text,
        Origin(f"report-{n:06}.txt", f"{n:064x}"),
        outlet=f"Outlet {zipf(rng, 300, 1)[0]}",
        published=None if n % 10 == 0 else date,
        language="en",
        statements=tuple(stmts),
        speakers=tuple(
            Speaker(f"e{who}", stmts[0].speaker or "", "person", True, mentions=tuple(m)) for who, m in speakers.items()
        ),
        figures=tuple(Figure(f"f{i}", Span(i, i + 5), i * n, "barge", statement=f"s{i}") for i in range(1, 5)),
    )


def fill(path: Path, statements: int) -> None:
    """Put made-up documents into a record until it has so many statements."""
    rng, began, size = random.Random(1), time.perf_counter(), 0
    db = Connection(str(path))
    store = Store(db)
    for n in range(statements // A_DOCUMENT):
        doc = report(n, rng)
        size += len(doc.text.encode())
        store.put(doc)
    db.close()
    seconds = time.perf_counter() - began
    made = (
        f"{statements:,} statements in {seconds:.0f} s ({statements / seconds:,.0f} a second, making them up included)"
    )
    print(f"{made}; {path.stat().st_size / size:.2f} times the text")


QUESTIONS: dict[str, StatementFilter] = {
    "all": StatementFilter(),
    "all, newest": StatementFilter(sort="-date"),
    "all, by document": StatementFilter(sort="document"),
    "all, page 1000": StatementFilter(offset=50_000),
    "speaker, frequent": StatementFilter(speaker="Speaker0 Family0"),
    "speaker, rare": StatementFilter(speaker="Speaker40000 Family920"),
    "speaker, by one word": StatementFilter(speaker="Family12"),
    "speaker and act": StatementFilter(speaker="Speaker0 Family0", act="refuse"),
    "outlet, frequent": StatementFilter(outlet="Outlet 0", sort="-date"),
    "outlet and rare act": StatementFilter(outlet="Outlet 0", act="question"),
    "outlet and speaker": StatementFilter(outlet="Outlet 0", speaker="Speaker0 Family0", sort="document"),
    "two that never meet": StatementFilter(outlet="Outlet 0", act="support"),
    "act": StatementFilter(act="refuse"),
    "act by document": StatementFilter(act="refuse", sort="document"),
    "kind": StatementFilter(kind="mixed"),
    "condition": StatementFilter(condition=True, sort="-date"),
    "condition and act": StatementFilter(condition=True, act="offer"),
    "via": StatementFilter(via="Outlet 0"),
    "said in a month": StatementFilter(said="2028-03"),
    "said in a year": StatementFilter(said="2028"),
    "published in a month": StatementFilter(published="2028-03"),
    "published in a year, act": StatementFilter(published="2028", act="refuse"),
    "confidence": StatementFilter(confidence=0.99),
    "text, rare": StatementFilter(text="w41234", sort="best"),
    "text, some": StatementFilter(text="w300", sort="best"),
    "text, in every second": StatementFilter(text="w0", sort="best"),
    "text, two words": StatementFilter(text="w5 w77", sort="best"),
    "text, a phrase": StatementFilter(text='"w40 w70"', sort="best"),
    "text, a phrase of frequent words": StatementFilter(text='"w1 w2"', sort="best"),
    "text, a beginning": StatementFilter(text="w30*", sort="best"),
    "text by date": StatementFilter(text="w3", sort="-date"),
    "text and speaker": StatementFilter(text="w2", speaker="Speaker0 Family0"),
    "text and rare speaker": StatementFilter(text="w0", speaker="Speaker4000 Family92"),
    "text and outlet": StatementFilter(text="w9", outlet="Outlet 1"),
    "text and act": StatementFilter(text="w9", act="refuse"),
}


def milliseconds(path: Path, question: StatementFilter | str) -> tuple[float, int]:
    """Ask three times, on fresh connections; return the least processor time (the machine may have other work) and the rows."""
    times, n = [], 0
    for _ in range(3):
        db = Connection(str(path), read_only=True)
        store, began = Store(db), time.process_time()
        if isinstance(question, StatementFilter):
            n = len(list(ask.statements(store, replace(question, limit=50))))
        else:
            n = len(ask.speakers(store, limit=50) if question == "speakers" else ask.documents(store, limit=50))
        times.append(time.process_time() - began)
        db.close()
    return min(times) * 1000, n


def main() -> None:
    """Fill a record if it is not there yet, and ask it everything."""
    statements = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    path = Path(sys.argv[2] if len(sys.argv) > 2 else f"benchmark-{statements}.db")
    print(f"{platform.processor() or platform.machine()}, {platform.system()}, Python {platform.python_version()}")
    if not path.exists():
        fill(path, statements)
    asked = itertools.chain(QUESTIONS.items(), (("speakers", "speakers"), ("documents", "documents")))
    slow = 0
    for name, question in asked:
        took, n = milliseconds(path, question)
        slow += took > GOAL
        print(f"{name:34}{took:8.1f} ms {n:4} rows{'   over the goal' if took > GOAL else ''}")
    print(f"{slow} over {GOAL:.0f} ms")


if __name__ == "__main__":
    main()

"""How fast the reading room answers on a large record: takes how many statements it shall have, prints medians at the server.

The record is the sample story again and again, its dates shifted by a day each time, until it has that many statements; one
report of it has 300 highlights. Kept in a temporary folder, or at the path given, where it is made once.

Usage: python -m benchmarks.serve [STATEMENTS] [PATH]
"""

from __future__ import annotations

import hashlib
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from starlette.testclient import TestClient

from onrecord.demo.by_hand import documents_by_hand
from onrecord.document import Document, Origin, Span, Statement
from onrecord.record import Record
from onrecord.serve.app import app
from onrecord.serve.room import Room

TIMES = 7
LISTS = {
    "home": ("/", 200),
    "statements": ("/statements", 200),
    "statements, page 100": ("/statements?offset=4950", 200),
    "statements by speaker": ("/statements?speaker=Vastria", 200),
    "statements by act, latest first": ("/statements?act=refuse&sort=-date", 200),
    "statements, conditional, of a year": ("/statements?condition=yes&published=2025", 200),
    "statements by outlet and words": ("/statements?outlet=Orrin+Radio&q=gate", 200),
    "reports": ("/reports", 200),
    "speakers": ("/speakers", 200),
    "speaker": ("/speaker/Vastria", 200),
    "figures": ("/figures", 200),
    "figures of a unit": ("/figures?unit=bargeman", 200),
    "judgements": ("/judgements", 200),
    "search, a frequent word": ("/search?q=gate", 100),
    "search, words together": ('/search?q="customs shed"', 100),
    "report with 300 highlights": ("/report/highlights", 300),
}


def copies(statements: int) -> list[Document]:
    """Return the story's reports, each time a day later, and at the end the report with 300 highlights."""
    story = documents_by_hand()
    docs: list[Document] = []
    n = again = 0
    while n < statements:
        for doc in story:
            docs.append(_later(doc, again))
            n += len(doc.statements or ())
        again += 1
    return [*docs, _highlights()]


def _later(doc: Document, days: int) -> Document:
    day = date.fromisoformat((doc.published or "2024-03-04")[:10]) + timedelta(days=days)
    digest = hashlib.sha256(f"{doc.name} {days}".encode()).hexdigest()
    return replace(
        doc, name=f"{doc.name}-{days:05}", published=day.isoformat(), origin=replace(doc.origin, digest=digest)
    )


def _highlights() -> Document:
    text, stmts = "", []
    for n in range(1, 301):
        said = f"Ada Moss said the {n}th lock of the canal would stay shut until the men are home. "
        start = len(text)
        spans = {"source": (Span(start, start + 8),), "cue": (Span(start + 9, start + 13),)}
        stmts.append(
            Statement(f"s{n}", (Span(start + 14, start + len(said) - 2),), speaker="Ada Moss", named=True, **spans)
        )
        text += said + ("\n\n" if n % 5 == 0 else "")
    return Document("highlights", text, Origin("highlights.txt", "0" * 64), title="Locks", statements=tuple(stmts))


def measure(path: Path) -> int:
    """Print a line a page; return how many are slower than they may be."""
    slow = 0
    with Record.open(path, read_only=True) as rec:
        client = TestClient(app(Room(rec, read_only=True)), base_url="http://127.0.0.1")
        n = rec.store.db.run("SELECT count(*) FROM statements")[0][0]
        print(
            f"{n} statements; {platform.machine()}, Python {platform.python_version()}; ms on the clock, ms of a core"
        )
        for name, (address, most) in LISTS.items():
            took = [once(client, address) for _ in range(TIMES)]
            clock, core = (statistics.median(each) for each in zip(*took, strict=True))
            slow += clock > most
            print(
                f"{name:<36} {clock:7.1f} {core:7.1f}   may take {most}{'   TOO SLOW' if clock > most else ''}",
                flush=True,
            )
    return slow


def once(client: TestClient, address: str) -> tuple[float, float]:
    """Return what one answer takes; the client's own work is in it, some 3 ms."""
    clock, core = time.perf_counter(), time.process_time()
    answer = client.get(address)
    took = 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - core)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return took


def main() -> int:
    """Make the record where it is not there, and measure."""
    statements = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "large.db"
        if not path.exists():
            with Record.open(path) as rec, rec.store.db.transaction():
                for doc in copies(statements):
                    rec.store.put(doc)
        return 1 if measure(path) else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""How fast the reading room answers on a linked record: takes the path of one, prints what each page takes at the server.

Which reports, utterances, issues and copies are asked for is drawn from the record: of each kind the one with most to show. Each
page is asked for eight times: the first answer, for which nothing was kept, and the median of the others are printed.

Usage: python -m benchmarks.linked PATH [PAGE...]

PATH: such as `python -m benchmarks.scale FOLDER` leaves behind. PAGE: words, only pages whose name has one of them.
"""

from __future__ import annotations

import platform
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.testclient import TestClient

from benchmarks.serve import once
from onrecord.record import Record
from onrecord.serve import addresses
from onrecord.serve.app import app
from onrecord.serve.room import Room
from onrecord.store.find import StatementFilter

TIMES = 8
MOST = 200
SEARCH = 100  # ms that a search may take
Page = tuple[str, str, int]


def pages(record: Record, client: TestClient) -> Iterator[Page]:
    """Yield what each page is called, its address, and how many milliseconds it may take."""
    for name in (
        *("", "statements", "reports", "speakers", "figures", "utterances", "positions", "copies", "wording"),
        *("figures/same", "wording/apart", "wording/places?voice=own", "judgements", "api/issues"),
    ):
        yield name.partition("?")[0] or "home", f"/{name}", MOST
    yield "figures/same, conflicts", "/figures/same?status=conflict", MOST
    yield "utterances, by two outlets", "/utterances?outlets=2&offset=50", MOST
    yield from _of_speakers(record)
    yield from _of_things(record, client)
    yield "search, a frequent word", "/search?q=people", SEARCH
    yield "search, words together", '/search?q="united+states"', SEARCH


def _of_speakers(record: Record) -> Iterator[Page]:
    name = str(record.store.db.run("SELECT name FROM names ORDER BY statements DESC LIMIT 1")[0][0])
    asked = quote(name)
    yield "speaker", f"/speaker/{asked}", MOST
    for page in ("statements", "utterances", "positions"):
        yield f"{page} of a speaker", f"/{page}?speaker={asked}", MOST


def _of_things(record: Record, client: TestClient) -> Iterator[Page]:
    def first(address: str, by: str = "") -> dict[str, Any]:
        rows: list[dict[str, Any]] = client.get(address).json()["rows"]
        return max(rows, key=lambda row: row[by]) if by else rows[0]

    utterance = first("/utterances.json?limit=1000", "versions")
    yield "utterance", utterance["address"], MOST
    yield "issue", first("/api/issues?limit=1000", "statements")["address"], MOST
    yield "copies, two reports", first("/copies.json?limit=1")["address"], MOST
    yield "figure told more than once", first("/figures/same.json?limit=1")["address"], MOST
    shown = client.get(f"{utterance['address']}.json").json()["rows"]
    ids = list(dict.fromkeys(row["id"].rpartition("#")[0] for row in shown))
    yield "compare", "/compare?" + "&".join(f"report={quote(id)}" for id in ids[:3]), MOST
    id = str(record.store.db.run("SELECT id FROM documents ORDER BY statements DESC, id LIMIT 1")[0][0])
    yield "report with most statements", f"/report/{quote(id)}", 300
    row = next(iter(record.statements(StatementFilter(document=id, limit=1))))
    yield "statement", addresses.statement(row.id).partition("#")[0], MOST


def measure(path: Path, only: list[str]) -> int:
    """Print a line a page; return how many are slower than they may be."""
    slow = 0
    with Record.open(path, read_only=True) as rec:
        client = TestClient(app(Room(rec, read_only=True)), base_url="http://127.0.0.1")
        n = rec.store.db.run("SELECT count(*) FROM statements")[0][0]
        said = f"{n} statements, linked; {platform.machine()}, Python {platform.python_version()}"
        print(f"{said}; ms of a core: first, median; on the clock: median")
        for name, address, most in pages(rec, client):
            if only and not any(word in name for word in only):
                continue
            took = [once(client, address) for _ in range(TIMES)]
            clock, core = (statistics.median(each) for each in zip(*took[1:], strict=True))
            slow += core > most
            late = "   TOO SLOW" if core > most else ""
            print(f"{name:<30} {took[0][1]:8.1f} {core:8.1f} {clock:8.1f}   may take {most}{late}", flush=True)
    return slow


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    raise SystemExit(1 if measure(Path(sys.argv[1]), sys.argv[2:]) else 0)

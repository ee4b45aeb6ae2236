"""Prints what linking records of growing size costs: `python -m benchmarks.scale FOLDER [COUNT...]`, `FOLDER copies`.

Real reports are read into FOLDER/real.db once; of these, and of other events made of them where they do not suffice
(`benchmarks.real`), a record of about so many statements is filled, in the order of their days: 1,000, 10,000 and 100,000 if none
is given. Each is linked in a process of its own. Printed are seconds of one processor for each step, and for linking once more
after ten reports more, the memory at most, and how large the record is, before and after, beside its text.

`copies`: a record of 10,000 statements, and in it one report a thousand times under other names. Needs ../shared.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import real
from benchmarks.link import MORE, timed
from evals.campaign import SHARED
from onrecord.document import Document
from onrecord.record import Record

COUNTS = (1_000, 10_000, 100_000)
COPIES = 1_000
A_REPORT = 30  # statements, about: by it the ten that wait are spread over the whole record


def reports(record: Record) -> Iterator[Document]:
    """Yield the real reports in the order of their days, then world after world."""
    keys = [
        key for (key,) in record.store.db.run("SELECT key FROM documents ORDER BY published IS NULL, published, id")
    ]
    yield from map(record.store.load, keys)
    n = 0
    while True:
        n += 1
        world = real.World(n, map(record.store.load, keys))
        yield from (real.elsewhere(record.store.load(key), world) for key in keys)


def fill(folder: Path, count: int) -> Path:
    """Make a record of so many statements and, beside it, one of ten reports more; return the path of the first."""
    path, more = folder / f"scale-{count}.db", folder / f"scale-{count}-more.db"
    for old in (path, more):
        old.unlink(missing_ok=True)
    statements = waiting = 0
    step = max(2, count // A_REPORT // (MORE + 1))
    with (
        Record.open(folder / "real.db") as source,
        Record.open(path) as target,
        Record.open(more) as later,
    ):
        for n, doc in enumerate(reports(source), 1):
            if statements >= count and waiting == MORE:
                return path
            if waiting < MORE and n % step == 0:
                later.store.put(doc)
                waiting += 1
            else:
                target.store.put(doc)
                statements += len(doc.statements or ())
    return path


def said(name: str, record: Record, seconds: float, size: int, text: int) -> str:
    """Return the line that tells of a linking."""
    documents, statements = (
        record.store.db.run(f"SELECT count(*) FROM {t}")[0][0] for t in ("documents", "statements")
    )
    now, most = Path(record.path).stat().st_size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{name}: {documents:,} reports, {statements:,} statements: {seconds:.1f} s, at most {most:.0f} MB;"
        f" {size / 1e6:.1f} MB before, {size / text:.2f} times the text, {now / 1e6:.1f} MB after, {now / text:.2f} times"
    )


def measure(path: Path, more: Path | None) -> None:
    """Link a record, add what is to be added, link again, and print what it cost."""
    with Record.open(path) as record:
        text = sum(
            length for (length,) in record.store.db.run("SELECT length(CAST(text_of(text) AS BLOB)) FROM documents")
        )
        size = path.stat().st_size
        whole = timed(record)
        record.store.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
        print(said(path.stem, record, sum(whole.values()), size, text), flush=True)
        again: dict[str, float] = {}
        if more is not None:
            with Record.open(more) as later:
                for doc in later.store.documents():
                    record.store.put(doc)
            again = timed(record)
        for step, seconds in whole.items():
            print(
                f"  {step:24}{seconds:8.2f} s" + (f"   with {MORE} more {again[step]:7.2f} s" if again else ""),
                flush=True,
            )
        if again:
            print(f"  {MORE} more{sum(again.values()):29.2f} s", flush=True)


def copied(folder: Path) -> Path:
    """Make a record of 10,000 statements and one of its reports a thousand times more."""
    fill(folder, COUNTS[1])
    path = (folder / f"scale-{COUNTS[1]}.db").rename(folder / "scale-copies.db")
    with Record.open(path) as record:
        keys = record.store.keys()
        doc = record.store.load(keys[len(keys) // 2])
        for n in range(COPIES):
            name = f"copy-{n}"
            record.store.put(replace(doc, name=name, origin=replace(doc.origin, path=name), outlet=f"Outlet {n % 40}"))
    return path


def main(arguments: list[str]) -> None:
    """Make what is missing, and measure each size in a process of its own."""
    if len(arguments) == 0 or not SHARED.is_dir():
        print(__doc__ if SHARED.is_dir() else "../shared does not exist here: there is nothing to measure")
        return
    folder = Path(arguments[0])
    if arguments[1:2] == ["measure"]:
        measure(Path(arguments[2]), Path(arguments[3]) if arguments[3:] else None)
        return
    if not (folder / "real.db").exists():
        real.write(folder / "texts")
        with Record.open(folder / "real.db") as record:
            record.add(folder / "texts", workers=0)
    for what in arguments[1:] or map(str, COUNTS):
        path = copied(folder) if what == "copies" else fill(folder, int(what))
        rest = [] if what == "copies" else [str(path.with_name(f"{path.stem}-more.db"))]
        began = time.perf_counter()
        command = [sys.executable, "-m", "benchmarks.scale", str(folder), "measure", str(path), *rest]
        subprocess.run(command, check=True, env=os.environ | {"OMP_NUM_THREADS": "1"})
        print(f"  on the clock{time.perf_counter() - began:27.2f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Prints how fast this machine is at each part of the way: `make bench`, or `python -m benchmarks PATH...` for your reports.

Each figure is the best of five runs in one process and one thread; nothing is compared with a floor here, since machines differ.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("OMP_NUM_THREADS", "1")

from onrecord.demo import story_paths
from onrecord.document import Document
from onrecord.pipeline import walk
from onrecord.read import read_path
from onrecord.record import Record

RUNS = 5


def machine() -> str:
    """Return the processor, the number of cores and the Python."""
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    name = names[0].partition(": ")[2] if names else platform.processor()
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def best(run: Callable[[], object]) -> float:
    """Return the seconds of the fastest of `RUNS` runs."""

    def once() -> float:
        before = perf_counter()
        run()
        return perf_counter() - before

    return min(once() for _ in range(RUNS))


def start() -> float:
    """Return the process seconds of `onrecord --help`."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "onrecord", "--help"], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    return min(once() for _ in range(RUNS))


def stages(docs: list[Document]) -> dict[str, float]:
    """Return the seconds each stage takes over all of `docs`: the best of `RUNS` passes for each."""
    found: dict[str, float] = defaultdict(lambda: float("inf"))
    for _ in range(RUNS + 1):  # the first pass loads words and weights, and is never the best
        taken: dict[str, float] = defaultdict(float)
        for doc in docs:
            before = perf_counter()
            for step, _ in walk(doc):
                taken[step.name] += perf_counter() - before
                before = perf_counter()
        for name, seconds in taken.items():
            found[name] = min(found[name], seconds)
    return found


def adding(paths: list[Path]) -> float:
    """Return the seconds `add` takes into a new record, in this process."""
    with tempfile.TemporaryDirectory() as folder:

        def run() -> None:
            with Record.open(Path(folder) / "bench.db") as record:
                record.add(paths, workers=0)
            (Path(folder) / "bench.db").unlink()

        return best(run)


def main(paths: list[Path]) -> None:
    """Print one line a figure."""
    docs = [doc for path in paths for doc in read_path(path) if isinstance(doc, Document)]
    words = sum(len(doc.text.split()) for doc in docs)
    print(f"{machine()}\n{len(docs)} documents, {words:,} words; best of {RUNS}, one process, one thread\n")
    print(f"{'onrecord --help':24}{start():10.3f} s of process time")
    seconds = best(lambda: [list(read_path(path)) for path in paths])
    print(f"{'read':24}{len(docs) / seconds:10,.0f} documents a second")
    taken = stages(docs)
    for name, seconds in taken.items():
        print(f"{name:24}{words / seconds:10,.0f} words a second")
    if taken:
        print(f"{'all stages':24}{words / sum(taken.values()):10,.0f} words a second")
    print(f"{'add':24}{words / adding(paths):10,.0f} words a second, reading and keeping included")


if __name__ == "__main__":
    main([Path(path) for path in sys.argv[1:]] or list(story_paths()))

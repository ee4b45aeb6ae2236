"""Prints how fast this machine is at each part of the way: `make bench`, or `python -m benchmarks PATH...` for your reports.

Each figure is the median of five runs, in seconds of the processor, so that other work on the machine counts little. Nothing is
compared with a floor here, since machines differ.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")

from onrecord.demo import story_paths
from onrecord.document import Document
from onrecord.pipeline import walk
from onrecord.read import read_path
from onrecord.record import Record

RUNS = 5
PARSER = "en_core_web_sm"


def machine() -> str:
    """Return the processor, the number of cores and the Python."""
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    name = names[0].partition(": ")[2] if names else platform.processor()
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def median(run: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    """Return the median of the seconds of `RUNS` runs."""
    taken = []
    for _ in range(RUNS):
        before = clock()
        run()
        taken.append(clock() - before)
    return statistics.median(taken)


def children() -> float:
    """Return the seconds of the processor that ended child processes have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def command(*arguments: str) -> float:
    """Return the seconds of the processor that `onrecord` takes with these arguments."""
    return median(
        lambda: subprocess.run([sys.executable, "-m", "onrecord", *arguments], check=True, stdout=subprocess.DEVNULL),
        children,
    )


def stages(docs: list[Document]) -> dict[str, float]:
    """Return the seconds each stage takes over all of `docs`, and under "all stages" those of all together."""
    found: dict[str, list[float]] = defaultdict(list)
    for run in range(RUNS + 1):
        taken: dict[str, float] = defaultdict(float)
        for doc in docs:
            before = process_time()
            for step, _ in walk(doc):
                now = process_time()
                taken[step.name] += now - before
                before = now
        taken["all stages"] = sum(taken.values())
        for name, seconds in taken.items():
            if run:  # the first pass loads words and weights
                found[name].append(seconds)
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def adding(paths: list[Path], workers: int) -> tuple[float, float]:
    """Return the seconds on the clock, and of the processor, that `add` takes into a new record."""
    clock, used = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "bench.db") as record:
            before = perf_counter(), process_time() + children()
            record.add(paths, workers=workers)
            clock.append(perf_counter() - before[0])
        used.append(process_time() + children() - before[1])
    return statistics.median(clock), statistics.median(used)


def parser(docs: list[Document]) -> float | None:
    """Return the seconds spaCy's small parser takes over `docs`, None where it is not installed."""
    if find_spec("spacy") is None or find_spec(PARSER) is None:
        return None
    parse = import_module("spacy").load(PARSER)
    return median(lambda: [parse(doc.text) for doc in docs])


def main(paths: list[Path]) -> None:
    """Print one line a figure."""
    docs = [doc for path in paths for doc in read_path(path) if isinstance(doc, Document)]
    words = sum(len(doc.text.split()) for doc in docs)
    print(f"{machine()}\n{len(docs)} documents, {words:,} words; median of {RUNS}, seconds of the processor\n")
    print(f"{'onrecord --help':24}{command('--help'):10.3f} s")
    print(f"{'first statements':24}{command('extract', str(paths[0])):10.3f} s")
    seconds = median(lambda: [list(read_path(path)) for path in paths])
    print(f"{'read':24}{len(docs) / seconds:10,.0f} documents a second")
    for name, seconds in stages(docs).items():
        print(f"{name:24}{words / seconds:10,.0f} words a second")
    for workers in range(3):
        clock, used = adding(paths, workers)
        who = f"{workers} worker{'s' * (workers > 1)}" if workers else "this process"
        print(
            f"{f'add, {who}':24}{words / used:10,.0f} words a second; {words / clock:,.0f} on the clock, starting included"
        )
    taken = parser(docs)
    beside = f"{words / taken:10,.0f} words a second" if taken else f"{'-':>10} {PARSER} is not installed"
    print(f"{'spaCy, small parser':24}{beside}")
    print(f"{'memory':24}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:10,.0f} MB at the most")


if __name__ == "__main__":
    main([Path(path) for path in sys.argv[1:]] or list(story_paths()))

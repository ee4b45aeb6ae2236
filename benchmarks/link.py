"""Prints the seconds it takes to link: `python -m benchmarks.link [speakers|reports] [COUNT...]`.

`speakers`: made-up names, a third of them respellings of others; each stands in one document with an office and three others
beside it. Timed are names compared, bearers told apart, edges and clusters; 1,000, 10,000 and 100,000 if none is given.

`reports`: made-up reports of 25 statements that overlap as those of a long story do (`benchmarks.reports`); each step of linking,
the memory at most, and what adding and linking ten more costs; 400 and 4,000 (100,000 statements) if none is given. All times
are of one processor, not of the clock.
"""

from __future__ import annotations

import random
import resource
import sys
import time

from benchmarks.reports import reports
from evals.names import synthetic
from onrecord.link.clusters import components
from onrecord.link.linking import STEPS, link
from onrecord.link.namesakes import find
from onrecord.link.speakers import Seen, bearers, differing, judge
from onrecord.record import Record

OFFICES = ("mayor", "senator", "judge", "spokesman", "engineer", "minister", "farmer", None, None, None)
MORE = 10


def speakers(count: int) -> list[Seen]:
    """Return made-up speakers, the same ones every time."""
    rng = random.Random(count)
    names = synthetic(count)
    return [
        Seen(name, f"d{n}", rng.choice(OFFICES), company=frozenset(rng.sample(names, 3)), year=2030)
        for n, name in enumerate(names)
    ]


def time_speakers(count: int) -> None:
    """Print a line."""
    seen = speakers(count)
    before = time.process_time()
    found = bearers(seen)
    joined = judge(find([(one.name, False) for one in seen]), found)
    groups = components([(one.a, one.b, one.score) for one in joined], (), differing(joined))
    seconds = time.process_time() - before
    print(
        f"{count:8,} speakers  {seconds:8.2f} s  {len(joined):7,} edges  {len(groups):7,} under several names",
        flush=True,
    )


def timed(record: Record) -> dict[str, float]:
    """Link, and return the seconds of each step."""
    took: dict[str, float] = {}
    at = [("", time.process_time())]

    def tell(n: int, of: int, name: str) -> None:
        took[at[-1][0]] = time.process_time() - at[-1][1]
        at.append((name, time.process_time()))

    link(record.store, progress=tell)
    took[at[-1][0]] = time.process_time() - at[-1][1]
    return {name: took.get(name, 0.0) for name, _ in STEPS}


def time_reports(count: int) -> None:
    """Print the steps of linking so many reports, and of linking ten more."""
    made = list(reports(count + MORE))
    with Record.open(":memory:") as record:
        for doc in made[:count]:
            record.store.put(doc)
        statements = record.store.db.run("SELECT count(*) FROM statements")[0][0]
        whole = timed(record)
        for doc in made[count:]:
            record.store.put(doc)
        more = timed(record)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:,} reports, {statements:,} statements: {sum(whole.values()):.1f} s, at most {memory:.0f} MB",
        flush=True,
    )
    for name, seconds in whole.items():
        print(f"  {name:24}{seconds:8.2f} s   with {MORE} more {more[name]:6.2f} s", flush=True)
    print(f"  {MORE} more{sum(more.values()):29.2f} s", flush=True)


def main(arguments: list[str]) -> None:
    """Print what is asked for."""
    which = [word for word in arguments if not word.isdigit()] or ["speakers", "reports"]
    counts = [int(word) for word in arguments if word.isdigit()]
    for count in (counts or [1_000, 10_000, 100_000]) if "speakers" in which else ():
        time_speakers(count)
    for count in (counts or [400, 4_000]) if "reports" in which else ():
        time_reports(count)


if __name__ == "__main__":
    main(sys.argv[1:])

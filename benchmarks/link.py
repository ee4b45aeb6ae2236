"""Prints the seconds it takes to link made-up speakers: `python -m benchmarks.link`, 1,000, 10,000 and 100,000 if none.

A third of the names are respellings of others; each stands in one document with an office and three others beside it. Only the
joining of speakers is timed: names compared, bearers told apart, edges and clusters.
"""

from __future__ import annotations

import random
import sys
import time

from evals.names import synthetic
from onrecord.link.clusters import components
from onrecord.link.namesakes import find
from onrecord.link.speakers import Seen, bearers, differing, judge

OFFICES = ("mayor", "senator", "judge", "spokesman", "engineer", "minister", "farmer", None, None, None)


def speakers(count: int) -> list[Seen]:
    """Return made-up speakers, the same ones every time."""
    rng = random.Random(count)
    names = synthetic(count)
    return [
        Seen(name, f"d{n}", rng.choice(OFFICES), company=frozenset(rng.sample(names, 3)), year=2030)
        for n, name in enumerate(names)
    ]


def main(counts: list[int]) -> None:
    """Print a line for each count."""
    for count in counts:
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


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 100_000])

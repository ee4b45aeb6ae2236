"""Score the name matcher: `python -m evals.names [--speed]` prints precision and recall over thresholds on OFAC aliases.

Takes the half of the people in ../shared/data/names/ofac_aliases.tsv that training/names.py does not see (split by id). A
positive pair is a person's listed name and one of their aliases; each name's negatives are the ten names of other people
that are most like it by shared letter triples. Three curves: all aliases, assumed names among them; those which have some
part in common with the name, be it in another spelling; and those which have more than half of the shorter one's parts in
common, that is variants of the name. `--speed` prints the time to link 1,000, 10,000 and 100,000 made-up names.
"""

from __future__ import annotations

import csv
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord import lexicon, names

SHARED = Path(__file__).resolve().parents[2] / "shared"
HARDEST = 10
PRECISION = 0.97


@dataclass(frozen=True)
class Pair:
    """Two names, whether they are one person's, and what share of the shorter one's parts the other has, in some spelling."""

    one: str
    other: str
    same: bool
    shared: float


def read_people(test: bool) -> dict[str, list[str]]:
    """Return the names of each person by id, the listed one first; `test` chooses the half that is not learned from."""
    people: dict[str, list[str]] = {}
    with (SHARED / "data/names/ofac_aliases.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["type"] == "individual" and (int(row["id"]) // 2 % 2 == 0) == test:
                known = people.setdefault(row["id"], [row["name"]])
                if row["alias"] not in known:
                    known.append(row["alias"])
    return people


def pairs(people: Mapping[str, Sequence[str]]) -> list[Pair]:
    """Return every name with its aliases, and with the ten hardest names of others."""
    index = Triples(people)
    return [pair for who, known in people.items() for pair in pairs_of(who, known, index)]


def pairs_of(who: str, known: Sequence[str], index: Triples) -> Iterator[Pair]:
    """Yield one person's pairs."""
    for alias in known[1:]:
        yield Pair(known[0], alias, True, shares(known[0], alias))
    for other in index.nearest(known[0], who):
        yield Pair(known[0], other, False, shares(known[0], other))


def shares(one: str, other: str) -> float:
    """Return the share of the shorter name's parts that the other has too, in some spelling."""
    mine, theirs = names.parse(one).parts, names.parse(other).parts
    good = sum(value >= names.ALIKE for _, _, value in names.align(mine, theirs))
    return good / max(1, min(len(mine), len(theirs)))


class Triples:
    """Names of all people by their letter triples."""

    def __init__(self, people: Mapping[str, Sequence[str]]) -> None:
        self.of = {(who, name): triples(name) for who, known in people.items() for name in known}
        self.having: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, some in self.of.items():
            for triple in sorted(some):
                self.having[triple].append(key)

    def nearest(self, name: str, who: str) -> list[str]:
        """Return the names of others that share most triples with `name`, relative to their length."""
        mine = triples(name)
        counts: Counter[tuple[str, str]] = Counter()
        for triple in sorted(mine):
            counts.update(key for key in self.having[triple] if key[0] != who)
        ranked = sorted(counts, key=lambda key: (-counts[key] / len(mine | self.of[key]), key))
        return list(dict.fromkeys(key[1] for key in ranked))[:HARDEST]


def triples(name: str) -> frozenset[str]:
    """Return the letter triples of a name, small and without marks."""
    plain = " " + " ".join(names.parse(name).parts) + " "
    return frozenset(plain[at : at + 3] for at in range(len(plain) - 2))


def scores(some: Sequence[Pair]) -> list[tuple[float, bool]]:
    """Return how likely we hold each pair to be one person's, and whether it is."""
    return [(names.match(pair.one, pair.other).probability, pair.same) for pair in some]


def curve(scored: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, float, float]]:
    """Yield threshold, precision and recall, from sure to unsure."""
    ranked = sorted(scored, reverse=True)
    total = sum(same for _, same in ranked)
    right = 0
    for place, (probability, same) in enumerate(ranked, 1):
        right += same
        if place == len(ranked) or ranked[place][0] < probability:
            yield probability, right / place, right / max(total, 1)


def best_recall(scored: Sequence[tuple[float, bool]], precision: float = PRECISION) -> tuple[float, float]:
    """Return the highest recall at which precision holds, and its threshold."""
    return max(
        ((recall, threshold) for threshold, right, recall in curve(scored) if right >= precision), default=(0.0, 1.0)
    )


def synthetic(count: int, seed: int = 1) -> list[str]:
    """Return made-up names, a quarter of them respellings of others."""
    rng = random.Random(seed)
    given = sorted(lexicon.words("first_names"))
    ends = ("ov", "sky", "son", "zadeh", "i", "ani", "ez", "man", "berg", "oglu", "ari", "ullah")
    made: list[str] = []
    while len(made) < count:
        family = rng.choice(given).capitalize()[:6] + rng.choice("bdfgklmnprstvz") + rng.choice(ends)
        name = f"{rng.choice(given).capitalize()} {family}"
        made.append(name)
        if rng.random() < 0.33:
            made.append(name.replace("e", "i", 1).replace("ou", "u"))
    return made[:count]


def link(some: Sequence[str], threshold: float = 0.8) -> int:
    """Return how many pairs of names are judged one person's, comparing only those with a key in common."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(some):
        for key in names.keys(name):
            blocks[key].append(number)
    seen: set[tuple[int, int]] = set()
    linked = 0
    for block in blocks.values():
        for at, one in enumerate(block):
            for other in block[at + 1 : at + 1 + 200]:
                if (one, other) not in seen:
                    seen.add((one, other))
                    linked += names.match(some[one], some[other]).probability >= threshold
    return linked


def speed() -> None:
    """Print the time to link made-up names."""
    for count in (1_000, 10_000, 100_000):
        some = synthetic(count)
        start = time.process_time()
        linked = link(some)
        print(f"{count:7d} names: {time.process_time() - start:6.2f} s, {linked} pairs linked")


def main() -> int:
    """Print the curves."""
    if "--speed" in sys.argv:
        speed()
        return 0
    if not SHARED.is_dir():
        print("../shared does not exist here: the alias list cannot be read")
        return 0
    some = pairs(read_people(test=True))
    kinds = (("all", -1.0), ("some part in common", 0.0), ("more than half in common", 0.5))
    for label, least in kinds:
        chosen = [pair for pair in some if not pair.same or pair.shared > least]
        scored = scores(chosen)
        recall, threshold = best_recall(scored)
        aliases = sum(pair.same for pair in chosen)
        print(
            f"{label}: {aliases} aliases, {len(chosen)} pairs; recall {recall:.3f} at precision {PRECISION} ({threshold})"
        )
        last = 1.1
        for probability, precision, recall in curve(scored):
            if probability <= last - 0.1:
                last = probability
                print(f"   from {probability:.2f}: precision {precision:.3f}, recall {recall:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Learn how names vary: `python -m training.names` writes `data/name_letters.toml` and `data/name_match.toml`.

Takes the romanisations of ../shared/data/names (Wikidata, CC0) and counts which letters stand for which between
romanisations of one native spelling (Arabic, Hebrew, Russian), against chance; takes the aliases of the OFAC list (public
domain) and fits a logistic model of "one person" on those whose id ends in an even digit pair; `evals/names.py` measures it
on the others. About a minute.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np

from evals.names import SHARED, Pair, pairs, read_people
from onrecord import lexicon, names, spelling

DATA = Path(__file__).resolve().parents[1] / "src/onrecord/data"
FILES = ("wd_arabic.normalized.aligned.tokens", "wd_hebrew.normalized.aligned.tokens", "wd_russian_20")


def spellings() -> tuple[list[list[str]], Counter[str]]:
    """Return the Latin spellings of each native one, where there are several, and how many people bear each part."""
    groups: list[list[str]] = []
    borne: Counter[str] = Counter()
    for file in FILES:
        native: dict[str, list[str]] = defaultdict(list)
        for line in (SHARED / "data/names" / file).read_text(encoding="utf-8").splitlines():
            latin, letters, count = line.split("\t")
            plain = names.parse(latin).parts
            if len(plain) == 1 and len(plain[0]) > 2:
                native[letters].append(plain[0])
                borne[plain[0]] += int(count)
        groups += [sorted(set(some)) for some in native.values() if 1 < len(set(some)) < 12]
    return groups, borne


def operations(one: str, other: str) -> list[tuple[str, str]]:
    """Return the letters that stand for each other in a cheapest plain edit; "" for one left out."""
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if i and j:
                table[i][j] = min(
                    table[i - 1][j - 1] + (one[i - 1] != other[j - 1]), table[i - 1][j] + 1, table[i][j - 1] + 1
                )
            else:
                table[i][j] = i + j
    i, j, found = len(one), len(other), []
    while i or j:
        if i and j and table[i][j] == table[i - 1][j - 1] + (one[i - 1] != other[j - 1]):
            i, j = i - 1, j - 1
            found.append((one[i], other[j]))
        elif i and table[i][j] == table[i - 1][j] + 1:
            i -= 1
            found.append((one[i], ""))
        else:
            j -= 1
            found.append(("", other[j]))
    return found


def letter_costs(groups: list[list[str]]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the cost of each change and of each letter left out: low where it is far commoner than chance among spellings."""
    seen, chance = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    rng = random.Random(7)
    everything = [part for group in groups for part in group]
    for group in groups:
        for one, other in pairwise(group):
            seen.update(_sorted(operations(one, other)))
            chance.update(_sorted(operations(one, rng.choice(everything))))
    total_seen, total_chance = sum(seen.values()), sum(chance.values())
    costs, gaps = {}, {}
    for (a, b), count in sorted(seen.items()):
        if a == b or count < 12:
            continue
        ratio = math.log((count / total_seen) / ((chance[a, b] + 3) / total_chance))
        cost = round(min(1.0, max(0.15, 0.75 - 0.3 * (ratio + 1.0))), 2)
        if not a:
            gaps[b] = cost
        elif cost < 1.0:
            costs[a + b], costs[b + a] = cost, cost
    return costs, gaps


def _sorted(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(min(a, b), max(a, b)) for a, b in found]


def common(borne: Counter[str], listed: Counter[str], top: int = 500) -> dict[str, float]:
    """Return the weight of the commonest parts by skeleton: the more bear it, the less it tells."""
    bones: Counter[str] = Counter()
    for part, count in borne.items():
        bones[spelling.skeleton(part)] += math.log1p(count)
    for part, count in listed.items():
        bones[spelling.skeleton(part)] += 3 * count
    ranked = bones.most_common(top)
    most = math.log(ranked[0][1])
    return {part: round(max(0.2, 1.05 - 0.85 * math.log(count) / most), 2) for part, count in sorted(ranked)}


def fit(
    rows: list[dict[str, float]], labels: list[bool], *, rounds: int = 1500, decay: float = 1e-3
) -> dict[str, float]:
    """Return logistic weights by feature, "bias" among them."""
    order = sorted({name for row in rows for name in row})
    matrix = np.array([[row.get(name, 0.0) for name in order] + [1.0] for row in rows])
    wanted = np.array(labels, float)
    weights, first, second = np.zeros(len(order) + 1), np.zeros(len(order) + 1), np.zeros(len(order) + 1)
    for step in range(1, rounds + 1):
        share = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (share - wanted) / len(rows) + decay * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(value), 3) for name, value in zip([*order, "bias"], weights, strict=True)}


def write(name: str, about: str, groups: dict[str, tuple[str, dict[str, float]]]) -> None:
    """Write a word file with one table a group."""
    lines = [f"about = {json.dumps(about)}"]
    for key, (origin, table) in groups.items():
        cells = ", ".join(f"{json.dumps(word)} = {value}" for word, value in table.items())
        lines += ["", f"[{key}]", f"origin = {json.dumps(origin)}", f"table = {{ {cells} }}"]
    (DATA / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Count, fit and write."""
    if not SHARED.is_dir():
        print("../shared does not exist here: nothing to learn from")
        return 0
    groups, borne = spellings()
    costs, gaps = letter_costs(groups)
    people = read_people(test=False)
    listed = Counter(
        part for known in people.values() for part in {p for name in known for p in names.parse(name).parts}
    )
    source = "counted by training/names.py over Wikidata romanisations of Arabic, Hebrew and Russian names (CC0)"
    write(
        "name_letters",
        "how likely letters of romanised names stand for one another, and which parts of names are common",
        {
            "costs": (source, costs),
            "gaps": (source, gaps),
            "common": (source + ", with the OFAC list's own parts (public domain)", common(borne, listed)),
        },
    )
    for cached in (spelling._costs, spelling._gaps, names._rarity, spelling.likeness):
        cached.cache_clear()
    lexicon.load.cache_clear()
    lexicon.table.cache_clear()
    learn = pairs(people)
    rows = [_row(pair) for pair in learn]
    weights = fit(rows, [pair.same for pair in learn])
    write(
        "name_match",
        "weights of the features by which two names are judged one person's",
        {
            "weights": (
                "fitted by training/names.py on the half of the OFAC alias list (public domain) that evals/names.py does not use",
                weights,
            )
        },
    )
    print(f"{len(costs)} changes, {len(gaps)} gaps; {sum(pair.same for pair in learn)} variants, {len(learn)} pairs")
    return 0


def _row(pair: Pair) -> dict[str, float]:
    return names.features(names.parse(pair.one), names.parse(pair.other))


if __name__ == "__main__":
    raise SystemExit(main())

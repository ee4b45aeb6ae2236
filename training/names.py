"""Learn how names vary: `python -m training.names [--folds]` writes `data/name_letters.toml` and `data/name_match.toml`.

Takes the romanisations of ../shared/data/names (Wikidata, CC0) and counts which letters stand for which between
romanisations of one native spelling (Arabic, Hebrew, Russian), against chance, and how common each part is; takes the aliases of
the OFAC list (public domain) and grows boosted trees for "one person" on the people whose id is odd when halved, with pairs put
together from romanisations beside them; `evals/names.py` measures them on the others. `--folds` prints recall over five folds
of the people learned from, which is what settings were chosen by. Half a minute. Needs the extra `training`.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from evals.names import PRECISION, SHARED, Pair, Triples, best_recall, pairs_of, read_people
from onrecord import lexicon, names, person_names, spelling

DATA = Path(__file__).resolve().parents[1] / "src/onrecord/data"
TREES = 150
# Bearers from which on a spelling is well known, and known; the share of them that two names may have in common by mistake
BORNE, KNOWN, SAME = 30, 5, 0.01
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


def apart() -> dict[str, str]:
    """Return common spellings that are alike in Latin letters and of which hardly anybody writes both alike in their own script.

    Each with the others behind it in the alphabet. "Hassan" and "Hussein" share their consonants in Latin, not in Arabic.
    """
    written = [native(file) for file in FILES]
    blocks: dict[str, set[str]] = defaultdict(set)
    for some in written:
        for name, how in some.items():
            if how.total() >= BORNE:
                blocks[spelling.coarse(name)[:2]].add(name)
    found: dict[str, set[str]] = defaultdict(set)
    for block in blocks.values():
        for one, other in combinations(sorted(block), 2):
            if spelling.likeness(one, other) > spelling.TWO_NAMES and _differ(one, other, written):
                found[one].add(other)
    return {one: " ".join(sorted(others)) for one, others in sorted(found.items())}


def native(file: str) -> dict[str, Counter[str]]:
    """Return for each Latin spelling the native ones and how many bear them."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in (SHARED / "data/names" / file).read_text(encoding="utf-8").splitlines():
        latin, letters, count = line.split("\t")
        plain = names.parse(latin).parts
        if len(plain) == 1 and len(plain[0]) > 2:
            found[plain[0]][letters] += int(count)
    return found


def _differ(one: str, other: str, written: Sequence[Mapping[str, Counter[str]]]) -> bool:
    """Say whether two spellings differ in every script in which both are known, and are well known in one."""
    both = [(some[one], some[other]) for some in written if min(_borne(some, one), _borne(some, other)) >= KNOWN]
    well = any(min(a.total(), b.total()) >= BORNE for a, b in both)
    return well and all(_together(a, b) <= SAME for a, b in both)


def _borne(some: Mapping[str, Counter[str]], name: str) -> int:
    return some[name].total() if name in some else 0


def _together(one: Counter[str], other: Counter[str]) -> float:
    """The share of bearers whose native spellings are the same."""
    return sum(min(one[way] / one.total(), other[way] / other.total()) for way in sorted(one.keys() & other.keys()))


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


def common(borne: Counter[str], top: int = 2000) -> dict[str, float]:
    """Return the weight of the commonest parts by coarse skeleton: the more bear it, the less it tells, as by log frequency.

    Not of the list that is learned from: its parts would look commoner in training than those of names never seen.
    """
    bones: Counter[str] = Counter()
    for part, count in borne.items():
        bones[spelling.coarse(part)] += count
    total = sum(bones.values())
    ranked = sorted(bones.items(), key=lambda item: (-item[1], item[0]))[:top]
    rarest = math.log(total / ranked[-1][1])
    return {part: round(math.log(total / count) / rarest, 2) for part, count in sorted(ranked)}


def made_up(groups: list[list[str]], count: int, seed: int = 3) -> list[Pair]:
    """Return pairs put together from romanisations: one's name in two spellings, and two people of one family."""
    rng, found = random.Random(seed), []
    for _ in range(count):
        given, family, middle = rng.sample(groups, 3)
        one, other = ([rng.choice(group) for group in (given, family)] for _ in range(2))
        if rng.random() < 0.3:
            one.insert(1, rng.choice(middle))
        found.append(Pair(" ".join(one), _written(other, rng), True, 1.0))
        rival = max(
            (rng.choice(rng.choice(groups)) for _ in range(rng.choice((1, 2, 6)))),
            key=lambda p: spelling.likeness(p, one[0]),
        )
        if spelling.likeness(rival, one[0]) < names.ALIKE:
            found.append(Pair(" ".join(one), _written([rival, other[1]], rng), False, 0.5))
    return found


def _written(parts: list[str], rng: random.Random) -> str:
    return f"{parts[-1]}, {' '.join(parts[:-1])}" if rng.random() < 0.3 else " ".join(parts)


def more_pairs(people: Mapping[str, Sequence[str]]) -> list[Pair]:
    """Return pairs of aliases of one person, and of aliases with names of others: not what is measured, but of its kind."""
    index, found = Triples(people), []
    for who, known in people.items():
        for one in known[1:3]:
            found += [Pair(one, other, True, 0.0) for other in known[3:6] if other != one]
            found += [Pair(one, other, False, 0.0) for other in index.nearest(one, who)[:4]]
    return found


def grow(rows: list[dict[str, float]], labels: list[bool], weights: list[float]) -> Any:
    """Return boosted trees of eight leaves over rows of features."""
    order = sorted(rows[0])
    matrix = np.array([[row[name] for name in order] for row in rows])
    found = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=0.08,
        max_leaf_nodes=8,
        min_samples_leaf=15,
        l2_regularization=1.0,
        max_features=0.4,
        random_state=0,
    )
    return found.fit(matrix, np.array(labels), sample_weight=np.array(weights))


def trees(model: Any, order: list[str]) -> dict[str, str]:
    """Return the trees as `onrecord.names.read_tree` reads them; the first is where all begin."""
    found = {"0": f"{float(model._baseline_prediction.ravel()[0]):.4f}"}
    for number, [tree] in enumerate(model._predictors, 1):
        nodes = [
            f"{node['value']:.4f}"
            if node["is_leaf"]
            else f"{order[node['feature_idx']]} <= {node['num_threshold']:.6g} ? {node['left']} : {node['right']}"
            for node in tree.nodes
        ]
        found[str(number)] = "; ".join(nodes)
    return found


def over_folds(rows: list[dict[str, float]], pairs_: list[Pair], owners: list[str], weights: list[float]) -> float:
    """Return recall at the wanted precision over five folds of people, on the pairs that are measured (weight 1)."""
    order = sorted(rows[0])
    fold = {who: n % 5 for n, who in enumerate(random.Random(1).sample(sorted(set(owners)), len(set(owners))))}
    scored: list[tuple[float, bool]] = []
    for out in range(5):
        inside = [n for n, who in enumerate(owners) if not who or fold[who] != out]
        model = grow([rows[n] for n in inside], [pairs_[n].same for n in inside], [weights[n] for n in inside])
        tested = [n for n, who in enumerate(owners) if who and fold[who] == out and weights[n] == 1.0]
        said = model.decision_function(np.array([[rows[n][name] for name in order] for n in tested]))
        scored += [(float(value), pairs_[n].same) for value, n in zip(said, tested)]
    return best_recall(scored)[0]


def write(name: str, about: str, groups: Mapping[str, tuple[str, Mapping[str, float | str]]]) -> None:
    """Write a word file with one table a group."""
    lines = [f"about = {json.dumps(about)}"]
    for key, (origin, table) in groups.items():
        cells = ", ".join(f"{json.dumps(word)} = {json.dumps(value)}" for word, value in table.items())
        lines += ["", f"[{key}]", f"origin = {json.dumps(origin)}", f"table = {{ {cells} }}"]
    (DATA / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def forget() -> None:
    """Have the word files read anew."""
    tables = (spelling._costs, spelling._gaps, spelling._apart, spelling.likeness, person_names._rarity)
    for cached in (*tables, person_names.weight, lexicon.load, lexicon.table):
        cached.cache_clear()


def main() -> int:
    """Count, fit and write."""
    if not SHARED.is_dir():
        print("../shared does not exist here: nothing to learn from")
        return 0
    groups, borne = spellings()
    costs, gaps = letter_costs(groups)
    people = read_people(test=False)
    source = "counted by training/names.py over Wikidata romanisations of Arabic, Hebrew and Russian names (CC0)"
    about = "how likely letters of romanised names stand for one another, which parts are common, which look alike and are two"
    tables: dict[str, tuple[str, Mapping[str, float | str]]] = {
        "costs": (source, costs),
        "gaps": (source, gaps),
        "common": (source, common(borne)),
        "apart": (source, {}),
    }
    write("name_letters", about, tables)
    forget()
    tables["apart"] = (source, apart())
    write("name_letters", about, tables)
    forget()
    index = Triples(people)
    learn: list[tuple[str, Pair, float]] = []
    for who, known in people.items():  # one at a time, so that folds can be of people
        learn += [(who, pair, 1.0) for pair in pairs_of(who, known, index)]
    learn += [("", pair, 0.3) for pair in [*more_pairs(people), *made_up(groups, 800)]]
    owners, some, weights = (list(column) for column in zip(*learn))
    rows = [names.features(names.parse(pair.one), names.parse(pair.other)) for pair in some]
    if "--folds" in sys.argv:
        print(
            f"recall at precision {PRECISION} over five folds of the people learned from: {over_folds(rows, some, owners, weights):.3f}"
        )
    model = grow(rows, [pair.same for pair in some], weights)
    write(
        "name_match",
        "decision trees that judge whether two names are one person's; what they say is added up",
        {
            "trees": (
                "learned by training/names.py on the half of the OFAC alias list (public domain) that evals/names.py does not use, "
                "and on names put together from Wikidata romanisations (CC0)",
                trees(model, sorted(rows[0])),
            )
        },
    )
    print(f"{len(costs)} changes, {len(gaps)} gaps; {sum(pair.same for pair in some)} variants, {len(some)} pairs")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

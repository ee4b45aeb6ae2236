"""Learn what a he or she means: `python -m training.ranker` writes the weights of `data/pronouns.toml` from GAP.

Takes the development and validation files of GAP (Apache-2.0), gives the weights of a conditional logistic model over the
features of `onrecord.resolve.pronouns`; prints F1 over ten folds of the development file, each predicted by a model that
has not seen it. Where neither of the two names is meant, anybody else may be. Some seconds on one core.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.gap import SHARED, entity_at, meant, snippet
from onrecord.resolve.pronouns import Context, features
from onrecord.resolve.vocabulary import PERSON_PRONOUNS

TARGET = Path(__file__).resolve().parents[1] / "src/onrecord/data/pronouns.toml"
FOLDS, ROUNDS, DECAY = 10, 400, 2e-3
# What GAP has no statements to teach: set by hand, for sources of statements only
BY_HAND = {"last speaker": 2.0, "outer speaker": 1.5, "told apart": -0.6, "alone told": -0.6}


@dataclass(frozen=True)
class Case:
    """One pronoun: a row of features a candidate, which of them are right, and those that are the names A and B."""

    rows: list[dict[str, float]]
    right: list[bool]
    names: list[int | None]
    gold: list[bool]
    feminine: bool


def cases(path: Path) -> list[Case]:
    """Return the cases of a file of the GAP form."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_case(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _case(row: dict[str, str]) -> Case:
    read, offset = snippet(row["Text"]), int(row["Pronoun-offset"])
    at = read.cols.at(offset)
    meant(read, offset)
    read.scene.meant.pop(at, None)
    table = features(read.scene, at, PERSON_PRONOUNS[row["Pronoun"].lower()], Context())
    entities = [entity for entity, _ in table]
    named = [entity_at(read, int(row[f"{x}-offset"])) for x in "AB"]
    gold = [row[f"{x}-coref"].upper() == "TRUE" for x in "AB"]
    places = [next((n for n, entity in enumerate(entities) if entity is who), None) for who in named]
    right = [any(place == n and yes for place, yes in zip(places, gold, strict=True)) for n in range(len(entities))]
    if not any(gold):
        right = [n not in places for n in range(len(entities))]
    return Case([row for _, row in table], right, places, gold, row["Pronoun"].lower() in ("she", "her", "hers"))


@dataclass(frozen=True)
class Model:
    """Weights by feature name."""

    names: list[str]
    weights: np.ndarray

    def best(self, case: Case) -> int | None:
        """Return the number of the likeliest candidate."""
        if not case.rows:
            return None
        table = dict(zip(self.names, self.weights, strict=True))
        return int(np.argmax([sum(table.get(k, 0.0) * v for k, v in row.items()) for row in case.rows]))


def train(some: Sequence[Case]) -> Model:
    """Return the weights that make the right candidates likeliest, by Adam on the whole set."""
    usable = [case for case in some if any(case.right) and not all(case.right)]
    names = sorted({name for case in usable for row in case.rows for name in row})
    index = {name: n for n, name in enumerate(names)}
    matrix = np.zeros((sum(len(case.rows) for case in usable), len(names)))
    group = np.concatenate([np.full(len(case.rows), n) for n, case in enumerate(usable)])
    right = np.concatenate([case.right for case in usable])
    for at, row in enumerate(row for case in usable for row in case.rows):
        for name, value in row.items():
            matrix[at, index[name]] = value
    weights, first, second = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, ROUNDS + 1):
        score = matrix @ weights
        score = np.exp(score - np.maximum.reduceat(score, np.flatnonzero(np.diff(group, prepend=-1)))[group])
        share = score / np.bincount(group, score)[group]
        good = share * right
        wanted = good / np.maximum(np.bincount(group, good)[group], 1e-12)
        slope = matrix.T @ (share - wanted) / len(usable) + DECAY * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return Model(names, weights)


def f1(some: Sequence[tuple[Case, int | None]]) -> float:
    """Return the F1 of GAP over cases and the candidate chosen for each."""
    right = ours = gold = 0
    for case, chosen in some:
        for place, yes in zip(case.names, case.gold, strict=True):
            found = chosen is not None and place == chosen
            right, ours, gold = right + (found and yes), ours + found, gold + yes
    return 2 * right / (ours + gold)


def folds(some: Sequence[Case], more: Sequence[Case]) -> list[tuple[Case, int | None]]:
    """Return each case with what a model says that was trained on the other folds and on `more`."""
    chosen: list[tuple[Case, int | None]] = []
    for fold in range(FOLDS):
        model = train([case for n, case in enumerate(some) if n % FOLDS != fold] + list(more))
        chosen += [(case, model.best(case)) for n, case in enumerate(some) if n % FOLDS == fold]
    return chosen


def write(model: Model, path: Path) -> None:
    """Write the weights as the word file that `pronouns` reads."""
    table = {name: round(float(weight), 3) for name, weight in zip(model.names, model.weights, strict=True)} | BY_HAND
    lines = [
        'about = "weights of the features that rank what a he or she can mean"',
        "",
        "[weights]",
        'origin = "learned by training/ranker.py from GAP development and validation (Apache-2.0); the last four set by hand"',
        'example = "last speaker = 2.0: the one who spoke last is likelier"',
        "",
        "[weights.table]",
        *(f'"{name}" = {weight}' for name, weight in table.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Train, print the folds' F1 and write the weights."""
    if not SHARED.is_dir():
        print("../shared does not exist here: nothing to learn from")
        return 0
    development, validation = (
        cases(SHARED / "data/gap/gap-development.tsv"),
        cases(SHARED / "data/gap/gap-validation.tsv"),
    )
    chosen = folds(development, validation)
    for kind, some in (
        ("masculine", [c for c in chosen if not c[0].feminine]),
        ("feminine", [c for c in chosen if c[0].feminine]),
        ("overall", chosen),
    ):
        print(f"{kind:10s} F1 {f1(some):.3f} over {FOLDS} folds")
    if "--dry" not in sys.argv:
        write(train(development + validation), TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())

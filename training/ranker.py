"""Learn what a he or she means: `python -m training.ranker [--vectors]` learns from GAP the weights `resolve/pronouns.py` uses.

Takes the development and validation files of GAP (Apache-2.0), gives the weights of a conditional logistic model over the
features of `onrecord.resolve.pronouns`; prints F1 over five folds of the development file, each predicted by a model that
has not seen it. Where neither of the two names is meant, anybody else may be. Some seconds on one core.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from evals.gap import SHARED, entity_at, meant, snippet
from onrecord.document import Document, Origin
from onrecord.encode import encode
from onrecord.resolve.entities import Entity
from onrecord.resolve.pronouns import Context, features, nearest
from onrecord.resolve.scene import Reading
from onrecord.resolve.vectors import mean_vector
from onrecord.resolve.vocabulary import PERSON_PRONOUNS
from onrecord.segment import segment

TARGET = Path(__file__).resolve().parents[1] / "src/onrecord/data/pronouns.toml"
FORM = TARGET.parents[1] / "models/en/pronouns.npz"
FOLDS, ROUNDS, DECAY = 5, 400, 2e-3
# What GAP has no statements to teach: set by hand, for sources of statements only
BY_HAND = {"last speaker": 2.0, "outer speaker": 1.5, "told apart": -0.6, "alone told": -0.6}


RANK, STEPS, PULL, DROP = 8, 150, 2e-3, 0.3  # of the bilinear form over the encoder's vectors
SHRINK = 0.05


@dataclass(frozen=True)
class Case:
    """One pronoun: a row of features a candidate, which of them are right, and those that are the names A and B.

    `pronoun` is the encoder's vector of it, `vectors` has a row for each candidate's nearest mention; None without encoder.
    """

    rows: list[dict[str, float]]
    right: list[bool]
    names: list[int | None]
    gold: list[bool]
    feminine: bool
    pronoun: Any = None
    vectors: Any = None


def cases(path: Path, vectors: bool = False) -> list[Case]:
    """Return the cases of a file of the GAP form."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_case(row, vectors) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _case(row: dict[str, str], vectors: bool = False) -> Case:
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
    feminine = row["Pronoun"].lower() in ("she", "her", "hers")
    case = Case([features for _, features in table], right, places, gold, feminine)
    return _with_vectors(case, row["Text"], read, at, entities) if vectors else case


def _with_vectors(case: Case, text: str, read: Reading, at: int, entities: list[Entity]) -> Case:
    encoding = encode(segment(Document("gap", text, Origin("gap", "0" * 64)))).encoding
    assert encoding is not None

    def vector(first: int, end: int) -> Any:
        found = mean_vector(encoding, read.cols.span(first, end))
        return np.zeros(encoding.vectors.shape[1], np.float32) if found is None else found

    places = [nearest(read.scene, at, entity) for entity in entities]
    rows = [vector(place.first, place.end) if place else vector(at, at + 1) for place in places]
    return replace(case, pronoun=vector(at, at + 1), vectors=np.array(rows, np.float32))


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


@dataclass(frozen=True)
class Bilinear:
    """Weights of the features together with a bilinear form over shifted and scaled vectors."""

    linear: Model
    shift: np.ndarray
    scale: np.ndarray
    pronoun: np.ndarray
    name: np.ndarray
    alone: np.ndarray

    def best(self, case: Case) -> int | None:
        """Return the number of the likeliest candidate."""
        if not case.rows:
            return None
        table = dict(zip(self.linear.names, self.linear.weights, strict=True))
        flat = np.array([sum(table.get(k, 0.0) * v for k, v in row.items()) for row in case.rows])
        one, others = (case.pronoun - self.shift) * self.scale, (case.vectors - self.shift) * self.scale
        return int(np.argmax(flat + (others @ self.name) @ (one @ self.pronoun) + others @ self.alone))


def train_bilinear(some: Sequence[Case]) -> Bilinear:
    """Return features' weights and bilinear form, learned together; parts of the vectors are dropped at random."""
    usable = [case for case in some if any(case.right) and not all(case.right)]
    names = sorted({name for case in usable for row in case.rows for name in row})
    index = {name: n for n, name in enumerate(names)}
    group = np.concatenate([np.full(len(case.rows), n) for n, case in enumerate(usable)])
    right = np.concatenate([case.right for case in usable])
    flat = np.zeros((len(group), len(names)), np.float32)
    for at, row in enumerate(row for case in usable for row in case.rows):
        for name, value in row.items():
            flat[at, index[name]] = value
    every = np.array([case.pronoun for case in usable], np.float32)
    shift, scale = every.mean(0), (SHRINK / (every.std(0) + 1e-3)).astype(np.float32)
    ones = (np.repeat(every, [len(case.rows) for case in usable], axis=0) - shift) * scale
    others = (np.concatenate([case.vectors for case in usable]) - shift) * scale
    rng, width = np.random.default_rng(0), every.shape[1]
    parts = [
        np.zeros(len(names)), rng.normal(0, 0.3, (width, RANK)), rng.normal(0, 0.3, (width, RANK)), np.zeros(width)
    ]  # fmt: skip
    first, second = [np.zeros_like(part) for part in parts], [np.zeros_like(part) for part in parts]
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    for step in range(1, STEPS + 1):
        mask = ((rng.random(width) > DROP) / (1 - DROP)).astype(np.float32)
        one, other = ones * mask, others * mask
        left, here = one @ parts[1], other @ parts[2]
        score = flat @ parts[0] + (left * here).sum(1) + other @ parts[3]
        score = np.exp(score - np.maximum.reduceat(score, starts)[group])
        share = score / np.bincount(group, score)[group]
        good = share * right
        wrong = ((share - good / np.maximum(np.bincount(group, good)[group], 1e-12)) / len(usable))[:, None]
        slopes = [
            flat.T @ wrong[:, 0] + DECAY * parts[0], one.T @ (wrong * here) + PULL * parts[1],
            other.T @ (wrong * left) + PULL * parts[2], other.T @ wrong[:, 0] + PULL * parts[3],
        ]  # fmt: skip
        for n, slope in enumerate(slopes):
            first[n], second[n] = 0.9 * first[n] + 0.1 * slope, 0.999 * second[n] + 0.001 * slope**2
            rate = 0.05 if n == 0 else 0.02
            parts[n] = parts[n] - rate * (first[n] / (1 - 0.9**step)) / (np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8)
    return Bilinear(Model(names, parts[0]), shift, scale, parts[1], parts[2], parts[3])


def write_bilinear(model: Bilinear, by: str, path: Path) -> None:
    """Write the form as `resolve/vectors.py` reads it."""
    table = dict(zip(model.linear.names, model.linear.weights, strict=True)) | BY_HAND
    np.savez_compressed(
        path,
        by=np.array(by),
        shift=model.shift.astype(np.float32),
        scale=model.scale.astype(np.float32),
        pronoun=model.pronoun.astype(np.float32),
        name=model.name.astype(np.float32),
        alone=model.alone.astype(np.float32),
        feature_names=np.array(list(table)),
        feature_weights=np.array(list(table.values()), np.float32),
    )


def f1(some: Sequence[tuple[Case, int | None]]) -> float:
    """Return the F1 of GAP over cases and the candidate chosen for each."""
    right = ours = gold = 0
    for case, chosen in some:
        for place, yes in zip(case.names, case.gold, strict=True):
            found = chosen is not None and place == chosen
            right, ours, gold = right + (found and yes), ours + found, gold + yes
    return 2 * right / (ours + gold)


def folds(
    some: Sequence[Case], more: Sequence[Case], learn: Callable[[list[Case]], Model | Bilinear]
) -> list[tuple[Case, int | None]]:
    """Return each case with what a model says that was trained on the other folds and on `more`."""
    chosen: list[tuple[Case, int | None]] = []
    for fold in range(FOLDS):
        model = learn([case for n, case in enumerate(some) if n % FOLDS != fold] + list(more))
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
    vectors = "--vectors" in sys.argv
    files = [SHARED / f"data/gap/gap-{part}.tsv" for part in ("development", "validation")]
    development, validation = (cases(file, vectors) for file in files)
    chosen = folds(development, validation, train_bilinear if vectors else train)
    for kind, some in (
        ("masculine", [c for c in chosen if not c[0].feminine]),
        ("feminine", [c for c in chosen if c[0].feminine]),
        ("overall", chosen),
    ):
        print(f"{kind:10s} F1 {f1(some):.3f} over {FOLDS} folds")
    if "--dry" in sys.argv:
        return 0
    if vectors:
        by = encode(segment(Document("a", "She left.", Origin("a", "0" * 64)))).encoding
        write_bilinear(train_bilinear(development + validation), by.by if by else "", FORM)
    else:
        write(train(development + validation), TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())

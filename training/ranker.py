"""Learn what a he or she means: `python -m training.ranker [--vectors] [--folds] [--dry]` learns what `resolve/pronouns.py` uses.

Without `--vectors`: the weights of a conditional logistic model over the features alone, from GAP, for documents without an
encoder (`data/pronouns.toml`). With it: a small parser from GUM's trees
(`training/parser.py`), and a small network over features, trees and the encoder's vectors, from GAP, GUM, LitBank and the news
whose speakers were marked for this project, both in
`models/en/pronouns.npz`, bound to the encoder they were learned with; to be learned anew with every new encoder. `--folds` prints
F1 over five folds of GAP's development file, each predicted by a model that has not seen it, and the share right of the news,
by events; `--dry` writes nothing. Every fourth
GUM text (HELD) is left out and measured on. Seven minutes on one core, most of them to run the encoder.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals import news
from evals.coreference_texts import gum, litbank
from evals.gap import SHARED
from onrecord.encode import encode
from training import parser, ranker_net
from training.pronoun_cases import Case, corpus_cases, document, gap_cases
from training.pronoun_news import news_cases
from training.ranker_net import Net

TARGET = Path(__file__).resolve().parents[1] / "src/onrecord/data/pronouns.toml"
FORM = TARGET.parents[1] / "models/en/pronouns.npz"
FOLDS, ROUNDS, DECAY = 5, 400, 2e-3
# Features alone are learned from GAP, which has no statements to teach these: set by hand, for sources of statements only
BY_HAND = {"last speaker": 2.0, "outer speaker": 1.5, "told apart": -0.6, "alone told": -0.6}


FICTION = 2000  # cases of LitBank: more of them teach fiction rather than news
NEWS = 20  # times that the cases of the news are learned from: few beside the others, and what this is for
HELD = 4  # of the GUM texts every fourth is measured on and not learned from


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


def folds(
    some: Sequence[Case], more: Sequence[Case], learn: Callable[[list[Case]], Model | Net]
) -> list[tuple[Case, int | None]]:
    """Return each case with what a model says that was trained on the other folds and on `more`."""
    chosen: list[tuple[Case, int | None]] = []
    for fold in range(FOLDS):
        model = learn([case for n, case in enumerate(some) if n % FOLDS != fold] + list(more))
        chosen += [(case, model.best(case)) for n, case in enumerate(some) if n % FOLDS == fold]
    return chosen


def news_right(told: Sequence[tuple[str, Case]], more: Sequence[Case], learn: Callable[[list[Case]], Model | Net]) -> float:
    """Return the share of the news' pronouns that are right, those of each event by a model that has not seen the event."""
    events = news.events()
    order = sorted({events[name] for name, _ in told})
    right = 0.0
    for fold in range(FOLDS):
        out = [case for name, case in told if order.index(events[name]) % FOLDS == fold]
        model = learn([*more, *[case for name, case in told if order.index(events[name]) % FOLDS != fold] * NEWS])
        right += right_of(out, model) * len(out)
    return right / len(told)


def right_of(some: Sequence[Case], model: Model | Net) -> float:
    """Return the share of cases in which a right candidate is chosen."""
    chosen = [(case, model.best(case)) for case in some]
    return sum(best is not None and case.right[best] for case, best in chosen) / max(1, len(chosen))


def corpora(trees: Mapping[str, np.ndarray]) -> tuple[list[Case], list[Case]]:
    """Return the cases of GUM and LitBank to learn from, and those of GUM to measure on."""
    learned, held = [], []
    for number, text in enumerate(gum()):
        (held if number % HELD == 0 else learned).extend(corpus_cases(text, True, trees))
    fiction = [case for text in litbank() for case in corpus_cases(text, True, trees)]
    return learned + random.Random(0).sample(fiction, min(FICTION, len(fiction))), held


def write_net(net: Net, trees: Mapping[str, np.ndarray], by: str, path: Path) -> None:
    """Write network and parser as `resolve/vectors.py` reads them."""
    arrays = dict(trees) | net.arrays
    small = {key: array.astype(np.float16 if array.ndim > 1 else np.float32) for key, array in arrays.items()}
    np.savez_compressed(path, by=np.array(by), features=np.array(net.features), **small)


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


def vectors_of(text: str) -> Any:
    """Return what the encoder gives of a text."""
    return encode(document(text)).encoding


def main() -> int:
    """Train, print the figures and write the weights."""
    if not SHARED.is_dir():
        print("../shared does not exist here: nothing to learn from")
        return 0
    vectors = "--vectors" in sys.argv
    files = [SHARED / f"data/gap/gap-{part}.tsv" for part in ("development", "validation")]
    trees = parser.learn(vectors_of) if vectors else {}
    development, validation = (gap_cases(file, vectors, trees) for file in files)
    more, held = corpora(trees) if vectors else ([], [])
    told = list(news_cases("train", trees)) if vectors else []
    read = [case for _, case in told] * NEWS
    learn: Callable[[list[Case]], Model | Net] = ranker_net.train if vectors else train
    if "--folds" in sys.argv:
        if told:
            right = news_right(told, development + validation + more, learn)
            print(f"news, events not learned from: {right:.3f} of {len(told)}")
        chosen = folds(development, validation + more + read, learn)
        for kind, some in (
            ("masculine", [c for c in chosen if not c[0].feminine]),
            ("feminine", [c for c in chosen if c[0].feminine]),
            ("overall", chosen),
        ):
            print(f"{kind:10s} F1 {f1(some):.3f} over {FOLDS} folds")
    model = learn(development + validation + more + read)
    if held:
        print(f"GUM, texts not learned from: {right_of(held, model):.3f} of {len(held)} right")
    if "--dry" in sys.argv:
        return 0
    if isinstance(model, Net):
        encoding = encode(document("She left.")).encoding
        write_net(model, trees, encoding.by if encoding else "", FORM)
    else:
        write(model, TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())

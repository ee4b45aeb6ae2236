"""Train the weights of the acts: python training/acts.py [--dry]; seeds none (the fit is exact), one thread, about a minute.

A softmax regression over hashed signs and word pairs, on statements labelled by hand (cue shown, and once more hidden) and on
PolNeAR statements whose cue gives the act away (cue hidden, and once more shown at half the weight). Writes
src/onrecord/models/en/acts.npz: int8 rows with a scale for each act. Figures: evals/acts.py.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import acts_data
import numpy as np
import torch

from onrecord.resolve.act_rules import by_content
from onrecord.resolve.acts import ACTS, Reading
from onrecord.resolve.cues import read_cue
from onrecord.resolve.signs import BUCKETS
from onrecord.verbs import spell

OUT = Path(__file__).resolve().parents[1] / "src/onrecord/models/en/acts.npz"
HAND, DECAY, ROUNDS = 30.0, 1e-3, 150


def reading(row: acts_data.Row) -> Reading:
    """Return what the stage would know of a row."""
    words = spell(row.content)
    return Reading(read_cue(spell(row.cue), words), words, row.kind, by_content(words, spell(row.source)))


def examples() -> tuple[list[tuple[int, ...]], list[int], list[float]]:
    """Return buckets, act numbers and weights of all training rows."""
    rows, answers, weights = [], [], []
    for source, shown, hidden in ((acts_data.by_hand(), HAND, HAND / 3), (acts_data.by_cue(), 0.5, 1.0)):
        for row, act in source:
            known = reading(row)
            for weight, hide in ((shown, False), (hidden, True)):
                rows.append(known.buckets(hide_cue=hide))
                answers.append(ACTS.index(act))
                weights.append(weight)
    return rows, answers, weights


def fit(rows: list[tuple[int, ...]], answers: list[int], weights: list[float]) -> np.ndarray:
    """Return the table of weights that fits best, with a penalty on large ones."""
    flat = torch.tensor([bucket for row in rows for bucket in row])
    starts = torch.tensor(np.cumsum([0, *(len(row) for row in rows)])[:-1])
    right, weight = torch.tensor(answers), torch.tensor(weights)
    table = torch.zeros(BUCKETS, len(ACTS), requires_grad=True)
    steps = torch.optim.LBFGS([table], max_iter=ROUNDS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        steps.zero_grad()
        sums = torch.nn.functional.embedding_bag(flat, table, starts, mode="sum")
        each = torch.nn.functional.cross_entropy(sums, right, reduction="none")
        value = (each * weight).sum() / weight.sum() + DECAY * (table**2).sum()
        value.backward()
        return value

    steps.step(loss)
    return table.detach().numpy()


def main() -> None:
    """Train, and write the weights unless told not to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry", action="store_true", help="do not write")
    dry = parser.parse_args().dry
    torch.set_num_threads(1)
    rows, answers, weights = examples()
    table = fit(rows, answers, weights)
    scale = np.abs(table).max(0) / 127
    print(len(rows), "rows;", np.bincount(answers, minlength=len(ACTS)).tolist())
    if not dry:
        np.savez_compressed(OUT, weights=np.round(table / scale).astype(np.int8), scale=scale.astype(np.float32))
        print(OUT.name, OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()

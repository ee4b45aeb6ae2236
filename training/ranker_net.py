"""The small network that ranks what a pronoun can mean: takes cases, gives its weights as `resolve/vectors.py` reads them.

Vectors are put into fewer dimensions by their principal components; one hidden layer; the loss is the log probability of the
right candidates among all. Torch, one core; `training/ranker.py` calls it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from training.pronoun_cases import Case

WIDTH, HIDDEN, DROP, DROP_VECTOR = 40, 64, 0.4, 0.2
SEEDS = 10
PASSES, BATCH, RATE, DECAY = 16, 64, 2e-3, 2e-2


@dataclass(frozen=True)
class Net:
    """Weights by name, as they are written, and the order of the features."""

    features: list[str]
    arrays: dict[str, np.ndarray]

    def best(self, case: Case) -> int | None:
        """Return the number of the likeliest candidate."""
        if not case.rows:
            return None
        a, flat = self.arrays, flat_rows(case, self.features)
        one = np.broadcast_to((case.pronoun - a["pronoun_shift"]) @ a["pronoun"], (len(flat), WIDTH))
        others = (case.vectors - a["name_shift"]) @ a["name"]
        inner = np.concatenate([flat, one, others, one * others], 1) @ a["hidden"] + a["bias"]
        return int(np.argmax(flat @ a["linear"] + np.maximum(inner, 0) @ a["out"]))


def flat_rows(case: Case, names: Sequence[str]) -> np.ndarray:
    """Return a case's features as a matrix."""
    index = {name: n for n, name in enumerate(names)}
    flat = np.zeros((len(case.rows), len(names)), np.float32)
    for at, row in enumerate(case.rows):
        for name, value in row.items():
            if name in index:
                flat[at, index[name]] = value
    return flat


def components(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean, and the projection onto the first principal components, each of like spread."""
    mean = vectors.mean(0)
    values, axes = np.linalg.eigh((vectors - mean).T @ (vectors - mean) / len(vectors))
    return mean, axes[:, ::-1][:, :WIDTH] * (0.5 / np.sqrt(values[::-1][:WIDTH] + 1e-4))


def train(some: Sequence[Case]) -> Net:
    """Return the network that makes the right candidates likeliest: the mean of several, which is one with a wider layer."""
    torch.set_num_threads(1)
    usable = [case for case in some if any(case.right) and not all(case.right)]
    names = sorted({name for case in usable for row in case.rows for name in row})
    shift_p, pronoun = components(np.array([case.pronoun for case in usable], np.float32))
    shift_n, name = components(np.concatenate([case.vectors for case in usable]).astype(np.float32))
    inputs = []
    for case in usable:
        flat = flat_rows(case, names)
        one = np.broadcast_to((case.pronoun - shift_p) @ pronoun, (len(flat), WIDTH))
        inputs.append(np.concatenate([flat, one, (case.vectors - shift_n) @ name], 1).astype(np.float32))
    right = [np.array(case.right, np.float32) for case in usable]
    linear, hidden, bias, out = zip(*(_fit(inputs, right, len(names), seed) for seed in range(SEEDS)))
    arrays = {
        "linear": np.mean(linear, 0), "pronoun_shift": shift_p, "pronoun": pronoun, "name_shift": shift_n, "name": name,
        "hidden": np.concatenate(hidden, 1), "bias": np.concatenate(bias), "out": np.concatenate(out) / SEEDS,
    }  # fmt: skip
    return Net(names, {key: np.asarray(array, np.float32) for key, array in arrays.items()})


def _fit(inputs: list[np.ndarray], right: list[np.ndarray], count: int, seed: int) -> tuple[Any, ...]:
    torch.manual_seed(seed)
    linear = torch.nn.Linear(count, 1, bias=False)
    hidden = torch.nn.Linear(count + 3 * WIDTH, HIDDEN)
    out = torch.nn.Linear(HIDDEN, 1, bias=False)
    torch.nn.init.zeros_(linear.weight)
    parts = torch.nn.ModuleList([linear, hidden, out])
    steps = PASSES * -(-len(inputs) // BATCH)
    adam = torch.optim.AdamW(parts.parameters(), lr=RATE, weight_decay=DECAY)
    plan = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: min(1.0, step / 20) * max(0.0, 1 - step / steps))
    rng, drop = np.random.default_rng(seed), torch.nn.functional.dropout
    for _ in range(PASSES):
        order = rng.permutation(len(inputs))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            whole = torch.from_numpy(np.concatenate([inputs[n] for n in batch]))
            group = torch.from_numpy(np.repeat(np.arange(len(batch)), [len(inputs[n]) for n in batch]))
            good = torch.from_numpy(np.concatenate([right[n] for n in batch]))
            flat, one, other = whole.split([count, WIDTH, WIDTH], 1)
            one, other = drop(one, DROP_VECTOR), drop(other, DROP_VECTOR)
            inner = drop(torch.relu(hidden(torch.cat([flat, one, other, one * other], 1))), DROP)
            adam.zero_grad()
            _loss((linear(flat) + out(inner))[:, 0], good, group, len(batch)).backward()
            adam.step()
            plan.step()
    weights = [linear.weight[0], hidden.weight.T, hidden.bias, out.weight[0]]
    return tuple(weight.detach().numpy() for weight in weights)


def _loss(score: Any, good: Any, group: Any, count: int) -> Any:
    """Mean negative log of the share of the right candidates in each group."""
    top = torch.full((count,), -1e9).scatter_reduce(0, group, score.detach(), "amax")
    each = torch.exp(score - top[group])
    total, wanted = (torch.zeros(count).index_add(0, group, some) for some in (each, each * good))
    return (torch.log(total) - torch.log(wanted + 1e-9)).mean()

"""Learn a small parser over the encoder's vectors: `learn(encode)` takes GUM's trees, gives the arrays `resolve/syntax.py` reads.

Each word's vector goes through one layer as a governor and one as a dependent; their product and the distance say which word
governs which (Dozat and Manning, 2017), a third layer says as what. The encoder stays as it is; every fourth text is left out
(as in `ranker`), and `figures` says how well those are parsed. Torch, one core, half a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from evals.coreference_texts import GUM
from onrecord.document import Span
from onrecord.resolve.syntax import FAR, RELATIONS, heads
from onrecord.resolve.vectors import mean_vector

HELD = 4
LAYER, PASSES, RATE, DROP = 128, 14, 3e-3, 0.1


@dataclass(frozen=True)
class Sentence:
    """Vectors of a sentence's words, the number of each one's governor (0 for none, else place + 1) and its relation."""

    vectors: np.ndarray
    heads: np.ndarray
    relations: np.ndarray


def sentences(path: Path, encoding_of: Callable[[str], Any]) -> Iterator[Sentence]:
    """Yield a file's sentences, each encoded with its whole text."""
    text, rows = "", list[list[tuple[int, int, int, str]]]()
    space, covered, start = "", 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar"):
            space = "\n\n" if text else ""
        if line.startswith("# sent_id"):
            rows.append([])
            covered = 0
        cells = line.split("\t")
        if line.startswith("#") or not line or "." in cells[0]:
            continue
        if "-" in cells[0]:
            start, text = len(text) + len(space), text + space + cells[1]
            covered = int(cells[0].split("-")[1])
            space = "" if "SpaceAfter=No" in cells[9] else " "
            at = start
            continue
        if int(cells[0]) <= covered:
            found = text.find(cells[1], at)
            begin, end = (found, found + len(cells[1])) if found >= 0 else (start, len(text))
            at = end
        else:
            begin, text = len(text) + len(space), text + space + cells[1]
            end, space = len(text), "" if "SpaceAfter=No" in cells[9] else " "
        rows[-1].append((begin, end, int(cells[6]), cells[7]))
    encoding = encoding_of(text)
    for words in rows:
        vectors = [mean_vector(encoding, Span(begin, end)) for begin, end, _, _ in words]
        if len(words) > 1 and all(vector is not None for vector in vectors):
            told = [_relation(relation) for *_, relation in words]
            yield Sentence(np.array(vectors, np.float32), np.array([head for _, _, head, _ in words]), np.array(told))


def _relation(name: str) -> int:
    known = name if name in RELATIONS else name.split(":")[0]
    return RELATIONS.index(known) if known in RELATIONS else 0


def learn(encoding_of: Callable[[str], Any]) -> Mapping[str, np.ndarray]:
    """Return the parser's arrays, learned on the texts that are not held out."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    files = [path for number, path in enumerate(sorted(GUM.glob("GUM_*.conllu"))) if number % HELD]
    some = [sentence for path in files for sentence in sentences(path, encoding_of)]
    every = np.concatenate([sentence.vectors for sentence in some])
    shift, scale = every.mean(0), 1 / (every.std(0) + 1e-3)
    width = every.shape[1]
    parts = {
        "governor": torch.nn.Linear(width, LAYER), "dependent": torch.nn.Linear(width, LAYER),
        "both": torch.nn.Linear(LAYER, LAYER), "relation": torch.nn.Linear(width, LAYER),
        "name": torch.nn.Linear(LAYER, len(RELATIONS)),
    }  # fmt: skip
    model = torch.nn.ModuleDict(parts)
    root, far = torch.nn.Parameter(torch.zeros(LAYER)), torch.nn.Parameter(torch.zeros(2 * FAR + 1))
    steps = PASSES * -(-len(some) // 16)
    adam = torch.optim.AdamW([*model.parameters(), root, far], lr=RATE, weight_decay=1e-2)
    plan = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: max(0.02, 1 - step / steps))
    rng = np.random.default_rng(0)
    for _ in range(PASSES):
        order = rng.permutation(len(some))
        for first in range(0, len(order), 16):
            loss = torch.zeros(())
            batch = [some[n] for n in order[first : first + 16]]
            for sentence in batch:
                x = torch.from_numpy((sentence.vectors - shift) * scale)
                loss = loss + _loss(model, root, far, torch.nn.functional.dropout(x, DROP), sentence)
            adam.zero_grad()
            (loss / len(batch)).backward()
            adam.step()
            plan.step()
    arrays = {"shift": shift, "scale": scale, "root": root.detach().numpy(), "far": far.detach().numpy()}
    for key, layer in parts.items():
        arrays |= {key: layer.weight.T.detach().numpy(), f"{key} bias": layer.bias.detach().numpy()}
    return {
        f"parse {key}": np.asarray(array, np.float16).astype(np.float32) for key, array in arrays.items()
    }  # as kept


def _loss(model: Any, root: Any, far: Any, x: Any, sentence: Sentence) -> Any:
    drop, count = torch.nn.functional.dropout, len(x)
    governor = torch.cat([root[None], drop(torch.relu(model["governor"](x)), DROP)])
    dependent = model["both"](drop(torch.relu(model["dependent"](x)), DROP))
    places = torch.arange(count)
    apart = (places[None, :] - places[:, None]).clamp(-FAR, FAR) + FAR
    bias = torch.cat([torch.zeros(count, 1), far[apart]], 1)
    score = dependent @ governor.T + bias
    told = model["name"](drop(torch.relu(model["relation"](x)), DROP))
    cross = torch.nn.functional.cross_entropy
    return cross(score, torch.from_numpy(sentence.heads)) + cross(told, torch.from_numpy(sentence.relations))


def figures(arrays: Mapping[str, np.ndarray], encoding_of: Callable[[str], Any]) -> tuple[float, float]:
    """Return the shares of words of the texts held out whose governor is right, and whose relation is."""
    right = named = total = 0
    for path in sorted(GUM.glob("GUM_*.conllu"))[::HELD]:
        for sentence in sentences(path, encoding_of):
            ours, told = heads(arrays, sentence.vectors)
            right += int((ours == sentence.heads).sum())
            named += int((told == sentence.relations).sum())
            total += len(ours)
    return right / total, named / total

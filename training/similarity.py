"""Learn small vectors of word pieces: `python -m training.similarity --base .build/base [--cache FOLDER]`.

Takes news text of ../shared/data (PolNeAR train with its contents, news clusters, BASIL, MSR paraphrases, some of ConjNLI; never
STS) and all-MiniLM-L6-v2 as it was published. Learned is a vector of 64 numbers for each word piece, so that cosines of weighted
means come out as all-MiniLM's do; the weights are those of smooth inverse frequency. Writes `models/en/similarity.npz`. It hangs
on the tokenizer and not on the encoder, so it need not be learned again when that is trained anew. A quarter of an hour on a
quiet core, nearly all of it the teacher's; seeds are fixed.
"""

from __future__ import annotations

import argparse
import csv
import json
import pickle
import random
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from onrecord.document import Document, Origin
from onrecord.segment import segment
from training import base

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared/data"
OUT = ROOT / "src/onrecord/models/en/similarity.npz"
WIDTH = 64
PIECES = 30522
SEED = 7
RARE = 3e-4  # of smooth inverse frequency: Arora, Liang and Ma, "A simple but tough-to-beat baseline", 2017


def articles(rng: random.Random) -> list[tuple[str, list[tuple[int, int]] | None, int]]:
    """Return texts, the contents annotated in them (None: take sentences), and how many stretches to take of each."""
    lines = (SHARED / "polnear/train.gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row for row in map(json.loads, lines)}
    names = sorted(gold)
    rng.shuffle(names)
    found: list[tuple[str, list[tuple[int, int]] | None, int]] = []
    for name in names[:420]:
        text = (SHARED / f"polnear/train/text/{name}.txt").read_bytes().decode()
        contents = [each["content"] for each in gold[name]["attributions"]]
        found.append((text, [(one[0][0], one[0][1]) for one in contents if len(one) == 1], 13))
    for line in (SHARED / "news_clusters/articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.append((f"{row['title']}\n\n{row['text']}", None, 14))
    for path in sorted((SHARED / "basil/articles").glob("*/*.json"))[::3]:
        row = json.loads(path.read_text(encoding="utf-8"))
        paragraphs = row.get("body-paragraphs") or row.get("body")
        whole = "\n\n".join(" ".join(one) if isinstance(one, list) else one for one in paragraphs)
        found.append((f"{row['title']}\n\n{whole}", None, 14))
    return found


def alone() -> list[str]:
    """Return sentences without a text around them."""
    with (SHARED / "sts/msr/msr-para-train.tsv").open(encoding="utf-8-sig", newline="") as file:
        lines = [
            text for row in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:] for text in row[3:5]
        ]
    path = SHARED / "conjnli/data/NLI/adversarial_train_15k.tsv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    lines += [text for row in rows[::20] for text in row[:2]]
    return list(dict.fromkeys(lines))


def texts(tokenizer: Any) -> list[str]:
    """Return the stretches of text that are learned from."""
    rng = random.Random(SEED)
    whole, single = articles(rng), alone()
    rng = random.Random(11)
    found: list[str] = []
    for text, contents, most in whole:
        sentences = [(span.start, span.end) for span in segment(Document("x", text, Origin("x", "00"))).sentences or ()]
        spans = sentences if contents is None else contents + rng.sample(sentences, min(4, len(sentences)))
        found += [text[start:end] for start, end in rng.sample(spans, min(most, len(spans)))]
    found += rng.sample(single, min(4200, len(single)))
    return [text for text in found if 3 <= len(tokenizer.encode(text, add_special_tokens=False).ids) <= 100]


class Teacher:
    """all-MiniLM-L6-v2 as it was published: the mean of its last states, normed (Reimers and Gurevych 2019)."""

    def __init__(self, folder: Path) -> None:
        self.w = {name.removeprefix("bert."): value.float() for name, value in base.weights(folder).items()}
        self.tokenizer = base.tokenizer(folder)

    def _linear(self, x: Any, name: str) -> Any:
        return F.linear(x, self.w[f"{name}.weight"], self.w[f"{name}.bias"])

    def _norm(self, x: Any, name: str) -> Any:
        return F.layer_norm(x, (384,), self.w[f"{name}.weight"], self.w[f"{name}.bias"], 1e-12)

    def states(self, ids: Any, mask: Any) -> Any:
        """Return the last states of padded ids."""
        many, wide = ids.shape
        table = "embeddings.{}_embeddings.weight"
        x = self.w[table.format("word")][ids] + self.w[table.format("position")][:wide]
        x = self._norm(x + self.w[table.format("token_type")][0], "embeddings.LayerNorm")
        for n in range(6):
            at = f"encoder.layer.{n}."
            q, k, v = (
                self._linear(x, f"{at}attention.self.{part}").view(many, wide, 12, 32).transpose(1, 2)
                for part in ("query", "key", "value")
            )
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :]).transpose(1, 2)
            y = self._linear(y.reshape(many, wide, 384), f"{at}attention.output.dense")
            x = self._norm(x + y, f"{at}attention.output.LayerNorm")
            y = F.gelu(self._linear(x, f"{at}intermediate.dense"))
            x = self._norm(x + self._linear(y, f"{at}output.dense"), f"{at}output.LayerNorm")
        return x

    @torch.no_grad()
    def vectors(self, texts: list[str], batch: int = 64, most: int = 128) -> Any:
        """Return the unit vectors of texts."""
        ids = [[101, *self.tokenizer.encode(t, add_special_tokens=False).ids[: most - 2], 102] for t in texts]
        order = sorted(range(len(ids)), key=lambda i: (len(ids[i]), i))
        out = np.zeros((len(ids), 384), np.float32)
        for low in range(0, len(ids), batch):
            some = order[low : low + batch]
            padded = torch.zeros(len(some), max(len(ids[i]) for i in some), dtype=torch.long)
            mask = torch.zeros_like(padded, dtype=torch.bool)
            for row, i in enumerate(some):
                padded[row, : len(ids[i])] = torch.tensor(ids[i])
                mask[row, : len(ids[i])] = True
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = self.states(padded, mask).float()
            mean = (states * mask[..., None]).sum(1) / mask[..., None].sum(1)
            out[some] = F.normalize(mean, dim=-1).numpy()
        return out


def bags(rows: list[list[int]]) -> tuple[Any, Any]:
    """Return ids in one row, and where each stretch begins."""
    starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
    return torch.tensor([n for row in rows for n in row]), torch.from_numpy(starts)


def vectors(table: Any, weights: Any, rows: list[list[int]]) -> Any:
    """Return the unit vectors of stretches."""
    ids, starts = bags(rows)
    return F.normalize(F.embedding_bag(ids, table, starts, mode="sum", per_sample_weights=weights[ids]), dim=-1)


def begin(words: Any, weights: Any, rows: list[list[int]], target: Any) -> Any:
    """Return the table that linear regression from the teacher's own word vectors gives."""
    mean = torch.cat([vectors(words, weights, rows[low : low + 1000]) for low in range(0, len(rows), 1000)])
    _, axes = torch.linalg.eigh(target.T @ target)
    goal = target @ axes[:, -WIDTH:]
    table = words @ torch.linalg.solve(mean.T @ mean + 10 * torch.eye(words.shape[1]), mean.T @ goal)
    return table / table.norm(dim=1).mean()


def learn(table: Any, weights: Any, rows: list[list[int]], target: Any, steps: int) -> Any:
    """Return the table after so many steps; a batch holds stretches beside those most like them."""
    rng = np.random.default_rng(SEED)
    near = neighbours(target.numpy())
    table = torch.nn.Parameter(table.clone())
    optimiser = torch.optim.Adam([table], lr=3e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps + 1, pct_start=0.1)
    order: list[int] = []
    for step in range(steps):
        if len(order) < 128:
            order = rng.permutation(len(rows)).tolist()
        seeds, order = order[:128], order[128:]
        some = list(dict.fromkeys([*seeds, *(int(near[i, rng.integers(near.shape[1])]) for i in seeds)]))
        out = vectors(table, weights, [rows[i] for i in some])
        like, wanted = out @ out.T, target[some] @ target[some].T
        apart = 1 - torch.eye(len(some))
        loss = ((like - wanted) ** 2 * (0.2 + wanted.clamp(min=0)) * apart).sum() / apart.sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            print(step, steps, round(float(loss), 5), flush=True)
    return table.detach()


def neighbours(target: Any, many: int = 6) -> Any:
    """Return the stretches that are most like each, by place."""
    out = np.zeros((len(target), many), np.int64)
    for low in range(0, len(target), 1024):
        like = target[low : low + 1024] @ target.T
        like[np.arange(len(like)), np.arange(low, low + len(like))] = -1
        out[low : low + 1024] = np.argpartition(-like, many, axis=1)[:, :many]
    return out


def save(table: Any, weights: Any, vocabulary: dict[str, int], path: Path) -> None:
    """Write the table: word pieces of ASCII signs only, int8 with one scale a column."""
    kept = sorted(n for piece, n in vocabulary.items() if piece.isascii() and not piece.startswith("[unused"))
    rows = np.zeros(PIECES, np.uint16)
    rows[kept] = np.arange(1, len(kept) + 1)  # row 0 is for pieces without a vector of their own
    some = table.numpy()[kept]
    scale = np.abs(some).max(0) / 127
    small = np.concatenate([np.zeros((1, WIDTH), np.int8), np.round(some / scale).astype(np.int8)])
    weight = np.concatenate([[0.0], weights.numpy()[kept]]).astype(np.float16)
    np.savez_compressed(path, by="similar 1", rows=rows, table=small, scale=scale.astype(np.float32), weight=weight)
    print(path, path.stat().st_size, "bytes")


def main() -> None:
    """Collect, ask the teacher, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--base", type=Path, required=True, help="the folder of the unpacked wheel (training/README.md)"
    )
    parser.add_argument(
        "--cache", type=Path, default=ROOT / ".build/similarity.pkl", help="where the teacher's word is kept"
    )
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    teacher = Teacher(args.base)
    if not args.cache.exists():
        some = texts(teacher.tokenizer)
        args.cache.write_bytes(pickle.dumps((some, teacher.vectors(some).astype(np.float16))))
    said, told = pickle.loads(args.cache.read_bytes())
    target = torch.from_numpy(told.astype(np.float32))
    rows = [teacher.tokenizer.encode(text, add_special_tokens=False).ids for text in said]
    counts = np.bincount([n for row in rows for n in row], minlength=PIECES) + 1
    weights = torch.from_numpy(RARE / (RARE + counts / counts.sum())).float()
    words = teacher.w["embeddings.word_embeddings.weight"]
    table = learn(begin(words, weights, rows, target), weights, rows, target, args.steps)
    save(table, weights, teacher.tokenizer.get_vocab(), args.out)


if __name__ == "__main__":
    main()

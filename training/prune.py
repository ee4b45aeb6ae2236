"""Take heads and inner units out of each layer of a trained encoder: prune.py CHECKPOINT OUT.pt --base BASE [--heads 9] [--inner 1024].

Which ones, and how the others take over their work, is solved layer by layer over a few training texts, so that what the layer gives
changes least: one at a time the one whose loss costs least, its share moved onto the rest by least squares (optimal brain surgeon,
Hassibi and Stork 1993, for whole columns and heads as in Kurtić and others, "ZipLM", NeurIPS 2023). Prints two lines a layer: how
much of what its attention and its inner units give is lost, as a share of its variance. What comes out is to be trained on
(`train.py --init`).
"""

import argparse
from dataclasses import replace
from pathlib import Path

import base
import data
import torch
from teach import SHARED, network

# Added to the diagonal of the units' products, as a share of its mean: some units never fire in these texts
DAMP = 1e-4


def least(gram: torch.Tensor, weights: torch.Tensor, keep: int, size: int = 1) -> tuple[list[int], torch.Tensor]:
    """Which units stay, in order, and the weights [out, keep] with which they do the work of all.

    gram: [units, units], sums of the products of what the units give. weights: [out, units]. Units stay or go in neighbouring
    groups of `size`, which divides `keep`.

    >>> kept, new = least(torch.tensor([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]).double(), torch.ones(1, 3).double(), 2)
    >>> len(kept), [round(float(w), 2) for w in sorted(new[0])]
    (2, [1.0, 2.0])
    """
    n = len(gram)
    inverse = torch.linalg.inv(gram + DAMP * gram.diagonal().mean() * torch.eye(n, dtype=gram.dtype))
    weights, stays = weights.clone(), torch.ones(n // size, dtype=torch.bool)
    some = torch.arange(n // size)
    for _ in range((n - keep) // size):
        # The blocks of the inverse that belong to each group [groups, size, size], and the group's weights [groups, out, size]
        blocks = inverse.view(n // size, size, n // size, size)[some, :, some]
        theirs = weights.view(len(weights), n // size, size).transpose(0, 1)
        cost = (theirs @ torch.linalg.inv(blocks) * theirs).sum((1, 2))
        gone = int(cost.masked_fill(~stays, torch.inf).argmin())
        at = slice(gone * size, (gone + 1) * size)
        rows = torch.linalg.solve(inverse[at, at], inverse[at])
        weights -= weights[:, at] @ rows
        inverse -= inverse[:, at] @ rows
        stays[gone] = False
        inverse[at, at] = torch.eye(size, dtype=gram.dtype)  # it is zero now, and asked no more
        weights[:, at] = 0.0
    left = stays.repeat_interleave(size)
    return left.nonzero()[:, 0].tolist(), weights[:, left]


@torch.no_grad()
def products(enc, into, paras) -> torch.Tensor:
    """Sums over pieces of the products of what goes into a linear layer [units + 1, units + 1], the last unit always 1."""
    found: list[torch.Tensor] = []
    hook = into.register_forward_pre_hook(lambda _, given: found.append(given[0].flatten(0, 1)))
    for p in paras:
        ids = torch.tensor([[data.CLS, *p.ids, data.SEP]])
        feats = torch.zeros(1, ids.shape[1], 3, dtype=torch.long)
        feats[0, 1:-1] = torch.from_numpy(p.feats)
        enc(ids, feats, torch.ones_like(ids, dtype=torch.bool))
    hook.remove()
    units = torch.cat(found).double()
    units = torch.cat([units, torch.ones(len(units), 1, dtype=torch.double)], 1)
    return units.T @ units


def solved(enc, into, paras, keep: int, size: int) -> tuple[list[int], torch.nn.Linear, float]:
    """Which units that go into a linear layer stay, that layer for them alone, and the share of its variance that is lost."""
    gram = products(enc, into, paras)
    old, bias = into.weight.double(), into.bias.double()
    # The bias is a unit that always gives 1; it must stay, so it is not asked: its weight is solved with the rest.
    mean = gram[-1, :-1] / gram[-1, -1]
    centred = gram[:-1, :-1] - gram[-1, -1] * torch.outer(mean, mean)
    kept, weights = least(centred, old, keep, size)
    change = old.clone()
    change[:, kept] -= weights
    lost = ((change @ centred) * change).sum() / ((old @ centred) * old).sum()
    return kept, linear(weights, bias + old @ mean - weights @ mean[kept]), float(lost)


def linear(weight: torch.Tensor, bias: torch.Tensor) -> torch.nn.Linear:
    """A linear layer with these weights."""
    new = torch.nn.Linear(weight.shape[1], weight.shape[0])
    new.weight.copy_(weight)
    new.bias.copy_(bias)
    return new


@torch.no_grad()
def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--heads", type=int, default=9)
    ap.add_argument("--inner", type=int, default=1024)
    a = ap.parse_args()
    tok = base.tokenizer(a.base)
    enc, heads = network(a.checkpoint)
    texts = sorted((SHARED / "polnear" / "train" / "text").glob("*.txt"))[::20]
    paras = [p for path in texts for p in data.build(tok, path.open(encoding="utf-8", newline="").read(), [])]
    shape = enc.shape
    for n, layer in enumerate(enc.layers):
        if a.heads < shape.heads:
            kept, layer.out, lost = solved(enc, layer.out, paras, a.heads * shape.head, shape.head)
            # Queries, keys and values of the heads that stay
            rows = [part * shape.heads * shape.head + unit for part in range(3) for unit in kept]
            layer.qkv = linear(layer.qkv.weight[rows], layer.qkv.bias[rows])
            layer.heads = a.heads
            print(f"layer {n}, heads: {lost:.4f} lost", flush=True)
        if a.inner < shape.inner:
            kept, layer.down, lost = solved(enc, layer.down, paras, a.inner, 1)
            layer.up = linear(layer.up.weight[kept], layer.up.bias[kept])
            print(f"layer {n}, inner units: {lost:.4f} lost", flush=True)
    enc.shape = replace(shape, heads=a.heads, inner=a.inner)
    held = torch.load(a.checkpoint, weights_only=False, map_location="cpu")["held"]
    torch.save({"enc": enc.state_dict(), "heads": heads.state_dict(), "held": held, "args": vars(a)}, a.out)


if __name__ == "__main__":
    main()

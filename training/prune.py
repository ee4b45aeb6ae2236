"""Take a share of the inner units out of each layer of a trained encoder: prune.py CHECKPOINT OUT.pt --base BASE [--inner 1024].

Which units, and how the others take over their work, is solved layer by layer over a few training texts, so that what the layer gives
changes least: one unit at a time the one whose loss costs least, its share moved onto the rest by least squares (optimal brain
surgeon, Hassibi and Stork 1993, for whole columns as in Kurtić and others, "ZipLM", NeurIPS 2023). Prints a layer a line: how
much of what it gives is lost, as a share of its variance. What comes out is to be trained on (`train.py --init`).
"""

import argparse
from dataclasses import replace
from pathlib import Path

import base
import data
import torch
from teach import SHARED, network
from torch.nn import functional as F

# Added to the diagonal of the units' products, as a share of its mean: some units never fire in these texts
DAMP = 1e-4


def least(gram: torch.Tensor, weights: torch.Tensor, keep: int) -> tuple[list[int], torch.Tensor]:
    """Which inner units stay, in order, and the weights [out, keep] with which they do the work of all.

    gram: [inner, inner], sums of the products of what the units give. weights: [out, inner].

    >>> kept, new = least(torch.tensor([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]).double(), torch.ones(1, 3).double(), 2)
    >>> len(kept), [round(float(w), 2) for w in sorted(new[0])]
    (2, [1.0, 2.0])
    """
    n = len(gram)
    inverse = torch.linalg.inv(gram + DAMP * gram.diagonal().mean() * torch.eye(n, dtype=gram.dtype))
    weights, stays = weights.clone(), torch.ones(n, dtype=torch.bool)
    for _ in range(n - keep):
        cost = (weights**2).sum(0) / inverse.diagonal()
        gone = int(cost.masked_fill(~stays, torch.inf).argmin())
        row = inverse[gone] / inverse[gone, gone]
        weights -= weights[:, gone : gone + 1] * row
        inverse -= inverse[:, gone : gone + 1] * row
        stays[gone] = False
        inverse[gone, gone] = 1.0  # it is zero now, and asked no more
        weights[:, gone] = 0.0
    return stays.nonzero()[:, 0].tolist(), weights[:, stays]


@torch.no_grad()
def products(enc, layer, paras) -> torch.Tensor:
    """Sums over pieces of the products of what a layer's inner units give [inner + 1, inner + 1], the last one always 1."""
    found: list[torch.Tensor] = []
    hook = layer.up.register_forward_hook(lambda _, __, given: found.append(F.gelu(given).flatten(0, 1)))
    for p in paras:
        ids = torch.tensor([[data.CLS, *p.ids, data.SEP]])
        feats = torch.zeros(1, ids.shape[1], 3, dtype=torch.long)
        feats[0, 1:-1] = torch.from_numpy(p.feats)
        enc(ids, feats, torch.ones_like(ids, dtype=torch.bool))
    hook.remove()
    units = torch.cat(found).double()
    units = torch.cat([units, torch.ones(len(units), 1, dtype=torch.double)], 1)
    return units.T @ units


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--inner", type=int, default=1024)
    a = ap.parse_args()
    tok = base.tokenizer(a.base)
    enc, heads = network(a.checkpoint)
    texts = sorted((SHARED / "polnear" / "train" / "text").glob("*.txt"))[::20]
    paras = [p for path in texts for p in data.build(tok, path.open(encoding="utf-8", newline="").read(), [])]
    for n, layer in enumerate(enc.layers):
        gram = products(enc, layer, paras)
        old = torch.cat([layer.down.weight, layer.down.bias[:, None]], 1).double()
        # The bias is a unit that always gives 1; it must stay, so it is not asked: its weight is solved with the rest.
        mean = gram[-1] / gram[-1, -1]
        centred = gram[:-1, :-1] - gram[-1, -1] * torch.outer(mean[:-1], mean[:-1])
        kept, weights = least(centred, old[:, :-1], a.inner)
        bias = old[:, -1] + old[:, :-1] @ mean[:-1] - weights @ mean[kept]
        change = old[:, :-1].clone()
        change[:, kept] -= weights
        lost = ((change @ centred) * change).sum() / ((old[:, :-1] @ centred) * old[:, :-1]).sum()
        print(f"layer {n}: {lost:.4f} lost", flush=True)
        with torch.no_grad():
            layer.up = cut(layer.up, layer.up.weight[kept], layer.up.bias[kept])
            layer.down = cut(layer.down, weights.float(), bias.float())
    enc.shape = replace(enc.shape, inner=a.inner)
    held = torch.load(a.checkpoint, weights_only=False, map_location="cpu")["held"]
    torch.save({"enc": enc.state_dict(), "heads": heads.state_dict(), "held": held, "args": vars(a)}, a.out)


def cut(old: torch.nn.Linear, weight: torch.Tensor, bias: torch.Tensor) -> torch.nn.Linear:
    """A smaller layer with these weights."""
    new = torch.nn.Linear(weight.shape[1], weight.shape[0])
    new.weight.copy_(weight)
    new.bias.copy_(bias)
    return new


if __name__ == "__main__":
    main()

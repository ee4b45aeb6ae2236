"""Let a trained network say what it thinks of every training paragraph, and of news that nobody marked.

python teach.py CHECKPOINT OUT.pkl --base BASE [--threads N] [--part K/N]
Writes {(document, number of the paragraph): `batch.Soft`}, to be learned by `train.py --soft OUT.pkl`. A cue is read where
a person marked one or the network gives it a chance of LEAST. With --part only every Nth text, from the Kth (of 0) on.
"""

import argparse
import pickle
import time
from pathlib import Path

import base
import data
import numpy as np
import silver
import torch
from batch import Reading, Soft, collate
from model import Encoder, Heads, shape_of
from train import SHARED, packed

from onrecord.encode.cues import candidates, probabilities

LEAST = 0.25


def network(path: Path) -> tuple[Encoder, Heads]:
    """The network of a checkpoint, of whichever size."""
    kept = torch.load(path, weights_only=False, map_location="cpu")
    shape = shape_of(kept["enc"])
    enc, heads = Encoder(0.0, shape), Heads(0.0, shape.hidden)
    enc.load_state_dict(kept["enc"])
    heads.warm(kept["heads"])
    return enc.eval(), heads.eval()


def reading(scores: np.ndarray, none: float, m: int) -> Reading:
    """The scores [n, 7] of a row's pieces for one cue as chances, of the m pieces of the paragraph alone."""
    z = torch.from_numpy(scores[1 : m + 1])
    ends = [torch.softmax(torch.cat([z[:, i], torch.tensor([none])]), 0) for i in (3, 4)]
    parts = (torch.softmax(z[:, :3], -1), *ends, torch.sigmoid(z[:, 5]), torch.sigmoid(z[:, 6]))
    return Reading(*(part.numpy().astype(np.float16) for part in parts))


@torch.no_grad()
def thought(enc: Encoder, heads: Heads, paras: list[data.Para], tok) -> list[Soft]:
    """What the network thinks of each of these paragraphs."""
    ids, feats, mask, *_ = collate(paras)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = heads.see(enc(ids, feats, mask), feats)
        tags = heads.tags(x).float().numpy()
    own, asked = [], []
    for b, p in enumerate(paras):
        m = len(p.ids)
        known = probabilities(tags[b, 1 : m + 1])
        goes_on = np.array([tok.id_to_token(int(i)).startswith("##") for i in p.ids])
        marked = {place for place, *_ in p.cues}
        found = [(c.start, c.end) for c in candidates(known, goes_on) if max(c.top, c.any) >= LEAST]
        places = marked | {c for c in found if not any(c[0] < t and s < c[1] for s, t in marked)}
        own.append((known[:, :6].astype(np.float16), sorted(places)))
        nothing = [(place, {"S": [], "C": []}, False) for place in sorted(places)]
        asked.append(data.Para(p.text, p.ids, p.feats, p.offsets, p.start, nothing))
    *_, q = collate(asked)
    reads = []
    if q is not None:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            z, none = (t.float().numpy() for t in heads.roles(x, q))
        reads = [reading(z[c], float(none[c, 0]), len(paras[b].ids)) for c, b in enumerate(q["row"].tolist())]
    out, at = [], 0
    for known, places in own:
        out.append(Soft(known, dict(zip(places, reads[at : at + len(places)], strict=True))))
        at += len(places)
    return out


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--limit", type=int, default=0)
    ap.add_argument("--part", default="0/1")
    a = ap.parse_args()
    first, step = map(int, a.part.split("/"))
    torch.set_num_threads(a.threads)
    tok = base.tokenizer(a.base)
    enc, heads = network(a.checkpoint)
    held = set(torch.load(a.checkpoint, weights_only=False, map_location="cpu")["held"])
    docs = [d for d in data.distinct(data.load(SHARED / "polnear", "train", tok)) if d["id"] not in held]
    every = [(d["id"], d["text"], d["versions"][0]) for d in docs] + [(n, t, []) for n, t in silver.texts(SHARED)]
    paras = {}
    for name, text, marked in every[: a.limit or None][first::step]:
        paras |= {(name, n): p for n, p in enumerate(data.build(tok, text, marked))}
    out, t0 = {}, time.time()
    names = {id(p): key for key, p in paras.items()}
    for some in packed(sorted(paras.values(), key=lambda p: len(p.ids)), 4000):
        out |= dict(zip((names[id(p)] for p in some), thought(enc, heads, some, tok), strict=True))
    print(f"{len(out)} paragraphs, {sum(len(s.cues) for s in out.values())} cues, {time.time() - t0:.0f}s")
    with a.out.open("wb") as file:
        pickle.dump(out, file)


if __name__ == "__main__":
    main()

"""Train the eye: python train.py --out DIR [--passes 6] ...; logs a line every fifty steps and the held-out losses of each pass.

Data: `../shared/data/polnear` (beside the repository); base weights: see base.py. Seeds fixed; bfloat16
autocast. Writes DIR/last.pt (averaged weights of the last pass) and DIR/log.txt.
"""

import argparse
import copy
import json
import os
import pickle
import random
import time
from pathlib import Path

import base
import data
import news
import silver
import torch
from batch import agreed, collate
from model import SMALL, TEACHER, Encoder, Heads, shape_of
from torch.nn import functional as F

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data"


def cross(scores, wanted):
    """Cross-entropy of scores [..., k] against distributions [..., k]."""
    return -(wanted * F.log_softmax(scores, -1)).sum(-1)


def losses(enc, heads, batch) -> dict:
    ids, feats, mask, tags, weights, role, q = batch
    h = enc(ids, feats, mask)
    x = heads.see(h, feats)
    t = heads.tags(x).float()
    out = {}
    for i, name in enumerate(("top", "any")):
        low, w = 3 * i, weights[..., i]
        out[name] = (cross(t[..., low : low + 3], tags[..., low : low + 3]) * w).sum() / w.sum().clamp(min=1)
    if (role >= 0).any():
        out["aux"] = F.cross_entropy(t[..., 6:10].transpose(1, 2), role, ignore_index=-1)
    if q is not None:
        z, none = heads.roles(x, q)
        z, none = z.float(), none.float()
        # per cue and piece, so that a long content does not outweigh ten short ones: divide by a typical length
        out["role"] = cross(z[..., :3], q["roles"] * torch.tensor([1.0, 3.0, 1.0])).sum() / (60.0 * len(none))
        far = q["here"] == 0
        for i, name in ((3, "start"), (4, "end")):
            out[name] = cross(torch.cat([z[..., i].masked_fill(far, -1e4), none], 1), q[name]).mean()
        for i, wanted, name in ((5, "begins", "cstart"), (6, "stops", "cend")):
            l = F.binary_cross_entropy_with_logits(z[..., i], q[wanted], reduction="none") * q["here"]
            out[name] = l.sum() / (10.0 * len(none))
    return out


WEIGHT = {"top": 6.0, "any": 6.0, "aux": 0.5, "role": 1.0, "start": 0.35, "end": 0.35, "cstart": 0.3, "cend": 0.3}


def batches(rng, docs, tok, sources, args, plain=False):
    """The paragraphs of all documents once, batched by length; one annotator's version of each, some sentences wrapped."""
    paras = []
    for d in docs:
        v = 0 if plain or len(d["versions"]) == 1 or rng.random() < 0.5 else rng.randrange(len(d["versions"]))
        for p in d["paras"][v]:
            chance = rng.random()
            # Of the news that was read statements inside statements are marked: to wrap these would mark them otherwise.
            if not plain and p.trust is None and d["versions"][v] and p.cues and chance < args.wrap + args.restyle:
                lo, hi = p.start, p.start + len(p.text)
                whole = [
                    s
                    for s in d["versions"][v]
                    if s["cue"] and all(lo <= a and b <= hi for r in ("source", "cue", "content") for a, b in s[r])
                ]
                if chance < args.wrap:
                    p = data.wrapped(rng, tok, p, whole, sources) or p
                elif len(whole) == len(p.cues):
                    p = data.restyled(rng, tok, p, whole) or p
            paras.append(p)
    paras.sort(key=lambda p: len(p.ids) + rng.random() * 8)
    out = packed(paras, args.tokens)
    rng.shuffle(out)
    return out


def packed(paras, tokens):
    """Paragraphs in order of length as batches of about so many pieces, padding included."""
    out, cur = [], []
    for p in paras:
        if cur and (len(cur) + 1) * (len(p.ids) + 2) > tokens:
            out.append(cur)
            cur = []
        cur.append(p)
    return [*out, cur] if cur else out


def taught(paths, docs, tok):
    """Give the paragraphs of labelled documents what the teachers think; return documents that they alone have marked.

    Headlines of the news that was read (`news`) are no teacher's: silver has the texts alone.
    """
    thoughts: dict = {}
    for path in paths:
        with path.open("rb") as file:
            for key, thought in pickle.load(file).items():
                thoughts.setdefault(key, []).append(thought)
    soft = {key: agreed(some) for key, some in thoughts.items()}
    for d in docs:
        for n, p in enumerate(d["paras"][0]):
            p.soft = soft.get((d["id"], n)) if d["id"].startswith("headline/") else soft[d["id"], n]
    out = []
    marked = {d["id"] for d in docs} | set(news.marked("held"))
    for name, text in silver.texts(SHARED):
        if name in marked:
            continue
        paras = data.build(tok, text, [])
        for n, p in enumerate(paras):
            p.labelled, p.soft = False, soft[name, n]
        out.append({"id": name, "versions": [[]], "paras": [paras]})
    return out


def groups(enc, heads, args):
    """Learning rates: the lower a layer the smaller, embeddings smallest, heads and new embeddings full."""
    out = []
    frozen = enc.shape.frozen
    still = (
        "word",
        "place",
        *(f"layers.{i}." for i in range(frozen)),
        *(("kind", "norm", "relative") if frozen else ()),
    )
    for name, p in enc.named_parameters():
        if name.startswith(still):
            p.requires_grad_(False)
            continue
        if name.startswith("features"):
            lr, wd = args.lr * 4, 0.0
        elif name.startswith("layers."):
            lr, wd = args.lr * args.decay ** (enc.shape.layers - 1 - int(name.split(".")[1])), 0.01
        else:
            lr, wd = args.lr * args.decay**enc.shape.layers, 0.0
        out.append({"params": [p], "lr": lr, "weight_decay": wd})
    out.append({"params": list(heads.parameters()), "lr": args.head_lr, "weight_decay": 0.01})
    for g in out:
        g["peak"] = g["lr"]
    return out


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--teacher", type=Path, help="train the large network, from these weights")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--passes", type=int, default=6)
    ap.add_argument("--stop", type=int, default=0, help="stop after this many passes of the schedule")
    ap.add_argument("--lr", type=float, default=1.2e-4)
    ap.add_argument("--head-lr", type=float, default=1e-3)
    ap.add_argument("--decay", type=float, default=0.9)
    ap.add_argument("--init", type=Path, help="a checkpoint to go on from, with a fresh schedule")
    ap.add_argument("--wrap", type=float, default=0.12)
    ap.add_argument("--restyle", type=float, default=0.1)
    ap.add_argument("--tokens", type=int, default=2600)
    ap.add_argument("--hide", type=float, default=0.1)
    ap.add_argument("--ema", type=float, default=0.997)
    ap.add_argument("--drop", type=float, default=0.1)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument(
        "--soft",
        type=Path,
        nargs="+",
        help="what teachers think (teach.py), their mean where several do; news without labels is learned from it too",
    )
    ap.add_argument("--trust", type=float, default=0.5, help="share of a person's mark where the teacher has a say")
    ap.add_argument("--news", type=float, default=1.5, help="how often a pass has the news that was read (news.py)")
    ap.add_argument("--limit", type=int, default=0)
    ap.add_argument("--all", action="store_true", help="train on the held-out slice too")
    args = ap.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    log = (args.out / "log.txt").open("a")

    def say(*x):
        print(*x, flush=True)
        print(*x, file=log, flush=True)

    say(json.dumps({k: str(v) for k, v in vars(args).items()}))
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    tok = base.tokenizer(args.base)
    docs = data.load(SHARED / "polnear", "train", tok)
    more = {d["id"]: d["versions"] for d in data.load(SHARED / "polnear", "train", tok, "all")}
    docs = data.distinct(docs)
    for d in docs:
        d["versions"] += [v for v in more[d["id"]] if v != d["versions"][0]]
    if args.limit:
        docs = docs[: args.limit]
    held = docs[7::21]
    if not args.all:
        docs = [d for i, d in enumerate(docs) if i % 21 != 7]
    sources = sorted(
        {
            d["text"][a:b]
            for d in docs
            for s in d["versions"][0]
            for a, b in s["source"]
            if b - a < 60 and d["text"][a].isupper() and a and d["text"][a - 1] in "\n" and "\n" not in d["text"][a:b]
        }
    )
    t0 = time.time()
    for d in docs + held:
        d["paras"] = [data.build(tok, d["text"], v) for v in d["versions"]]
    read = news.documents(tok, dict(silver.texts(SHARED)), news.titles(SHARED)) if args.news else []
    if args.soft:
        docs += taught(args.soft, docs + read, tok)
    pieces = sum(len(p.ids) for d in docs for p in d["paras"][0])
    say(f"{len(docs)} docs, {len(read)} read, {len(held)} held, {len(sources)} sources, {pieces} pieces, {time.time() - t0:.0f}s")
    old = torch.load(args.init, weights_only=False) if args.init else None
    shape = shape_of(old["enc"]) if old else TEACHER if args.teacher else SMALL
    enc, heads = Encoder(args.drop, shape), Heads(hidden=shape.hidden)
    if old:
        enc.load_state_dict(old["enc"])
        heads.warm(old["heads"])
    else:
        enc.load(base.weights(args.teacher, base.TEACHER) if args.teacher else base.weights(args.base))
    opt = torch.optim.AdamW(groups(enc, heads, args), betas=(0.9, 0.98), fused=True)
    ema = [copy.deepcopy(enc).eval(), copy.deepcopy(heads).eval()]
    again, some = divmod(args.news, 1)
    drawn = lambda rng: docs + read * int(again) + rng.sample(read, round(some * len(read)))
    per = len(batches(random.Random(0), drawn(random.Random(0)), tok, sources, args))
    total = per * args.passes
    warm = int(0.06 * total)
    step, t0 = 0, time.time()
    seen: dict = {}
    for n in range(1, args.passes + 1):
        enc.train()
        heads.train()
        for ws in batches(rng, drawn(rng), tok, sources, args):
            f = min(step / max(1, warm), max(0.02, (total - step) / (total - warm)))
            for g in opt.param_groups:
                g["lr"] = g["peak"] * f
            batch = collate(ws, args.hide, rng, args.trust)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                ls = losses(enc, heads, batch)
            loss = sum(WEIGHT[k] * v for k, v in ls.items())
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for g in opt.param_groups for p in g["params"]], 2.0)
            opt.step()
            step += 1
            rate = min(args.ema, (1 + step) / (20 + step))
            with torch.no_grad():
                for a, b in zip(ema, (enc, heads)):
                    torch._foreach_lerp_(list(a.parameters()), list(b.parameters()), 1 - rate)
            for k, v in ls.items():
                seen[k] = seen.get(k, 0) + float(v.detach())
            if step % 50 == 0:
                say(f"{step}/{total} {time.time() - t0:.0f}s " + " ".join(f"{k} {v / 50:.4f}" for k, v in seen.items()))
                seen = {}
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            sums: dict = {}
            bs = batches(random.Random(0), held, tok, sources, args, plain=True)
            for ws in bs:
                for k, v in losses(ema[0], ema[1], collate(ws)).items():
                    sums[k] = sums.get(k, 0) + float(v) / len(bs)
        say(f"pass {n} held " + f"{time.time() - t0:.0f}s " + " ".join(f"{k} {v:.4f}" for k, v in sums.items()))
        torch.save(
            {
                "enc": ema[0].state_dict(),
                "heads": ema[1].state_dict(),
                "args": vars(args),
                "held": [d["id"] for d in held],
            },
            args.out / "last.pt",
        )
        if n == args.stop:
            break


if __name__ == "__main__":
    main()

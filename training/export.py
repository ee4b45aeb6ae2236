"""Write a checkpoint as two ONNX graphs: `encoder.onnx` (states and everything linear in them) and `roles.onnx`.

python export.py CHECKPOINT BASE OUTDIR [--float]
Weights of matrix products are int8, one scale an output channel, in seven bits (so that processors without VNNI cannot
saturate); word embeddings int8 with one scale a row. Activations are quantized as they come, per batch.
Graphs are built node by node from the operators ONNX Runtime has fused kernels for, so that no optimizer is relied on.
"""

import argparse
import json
import shutil
from pathlib import Path

import base
import data
import numpy as np
import onnx
import torch
from model import HIDDEN, LAYERS, SMALL, WIDTH, Encoder, Heads, shape_of
from onnx import TensorProto, helper, numpy_helper
from predict import SHARED

MS = "com.microsoft"


class Graph:
    """Nodes and initializers as they are added; `quantize` decides how matrices are kept."""

    def __init__(self, quantize: bool) -> None:
        self.nodes, self.inits, self.quantize, self.n = [], [], quantize, 0

    def const(self, value, name=None) -> str:
        self.n += 1
        name = name or f"c{self.n}"
        self.inits.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def op(self, kind, inputs, domain="", out=None, outs=1, **attrs):
        self.n += 1
        names = [out] if out else [f"t{self.n}_{i}" for i in range(outs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attrs))
        return names[0] if outs == 1 else names

    def linear(self, x, w, b, out=None, quantize=None, largest=None, share=0.5):
        """x @ w.T + b with torch's layout of w.

        `largest` is how large each column of x gets. Activations share one scale, so a few large columns would drown the
        rest: their size is moved partly into the weights before quantizing (SmoothQuant, Xiao et al. 2023).
        """
        if largest is not None and (self.quantize if quantize is None else quantize):
            move = smooth(largest, w, share)
            x, w = self.op("Mul", [x, self.const((1 / move).numpy())]), w * move
        w, b = w.float().numpy().T, b.float().numpy()
        if self.quantize if quantize is None else quantize:
            scale = np.maximum(np.abs(w).max(0), 1e-8) / 63
            q = np.clip(np.round(w / scale), -64, 63).astype(np.int8)
            return self.op(
                "DynamicQuantizeMatMul",
                [
                    x,
                    self.const(q),
                    self.const(scale.astype(np.float32)),
                    self.const(np.zeros(w.shape[1], np.int8)),
                    self.const(b),
                ],
                MS,
                out=out,
            )
        return self.op("Add", [self.op("MatMul", [x, self.const(w)]), self.const(b)], out=out)

    def shown(self, here: str) -> str:
        """`here` [b, n], what is to be seen of every row, as attention wants it: [b, 1, n, n], true where it is."""
        one = self.const(np.array([1]))
        row = self.op("Unsqueeze", [self.op("Cast", [here], to=TensorProto.BOOL), self.const(np.array([1, 2]))])
        return self.op("Expand", [row, self.op("Concat", [one, one, self.op("Shape", [here], start=1), one], axis=0)])

    def attention(self, qkv, shown, heads):
        """Attention among what is `shown`. The standard operator takes 30 % less time than `MultiHeadAttention` (RESULTS.md).

        A mask and not its `nonpad_kv_seqlen`, which ONNX Runtime 1.24 passes over in silence.
        """
        return self.op("Attention", [*qkv, shown], q_num_heads=heads, kv_num_heads=heads)

    def half(self, value) -> str:
        """A float16 constant, cast to float32 where it is used."""
        return self.op("Cast", [self.const(np.asarray(value, np.float16))], to=TensorProto.FLOAT)

    def save(self, path, name, inputs, outputs):
        g = helper.make_graph(self.nodes, name, inputs, outputs, self.inits)
        opsets = [helper.make_opsetid("", 23), helper.make_opsetid(MS, 1)]
        m = helper.make_model(g, opset_imports=opsets, ir_version=11)
        onnx.save(m, str(path))


# How much of the difference between columns goes into the weights, by product; tried on v1 (RESULTS.md).
SHARE = {"qkv": 0.7, "out": 0.7, "up": 0.6, "down": 0.85}


def smooth(largest, w, share):
    """What each column of an input is divided by, and its weights multiplied with."""
    move = largest.clamp(min=1e-3) ** share / w.abs().amax(0).clamp(min=1e-3) ** (1 - share)
    return move / move.log().mean().exp()


def observe(enc: dict, heads: dict, base_folder: Path, shared: Path) -> dict:
    """How large each column gets that goes into a matrix product of the encoder, over a few training texts."""
    tok = base.tokenizer(base_folder)
    net = Encoder(shape=shape_of(enc)).eval()
    net.load_state_dict(enc)
    found: dict = {}

    def watch(name):
        def hook(_, inputs, __):
            top = inputs[0].detach().abs().flatten(0, -2).amax(0)
            found[name] = torch.maximum(found[name], top) if name in found else top

        return hook

    for name, module in net.named_modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_hook(watch(name))
    texts = sorted((shared / "data" / "polnear" / "train" / "text").glob("*.txt"))[::50]
    with torch.no_grad():
        for path in texts:
            for p in data.build(tok, path.open(encoding="utf-8", newline="").read(), []):
                ids = torch.tensor([[data.CLS, *p.ids, data.SEP]])
                feats = torch.zeros(1, ids.shape[1], 3, dtype=torch.long)
                feats[0, 1:-1] = torch.from_numpy(p.feats)
                net(ids, feats, torch.ones_like(ids, dtype=torch.bool))
    return found


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def encoder(enc: dict, heads: dict, path: Path, quantize: bool, large: dict, places: int = 320) -> None:
    g = Graph(quantize)
    w = enc["word.weight"].float().numpy()
    if quantize:
        scale = np.maximum(np.abs(w).max(1, keepdims=True), 1e-8) / 127
        rows = g.op(
            "Cast", [g.op("Gather", [g.const(np.round(w / scale).astype(np.int8)), "ids"])], to=TensorProto.FLOAT
        )
        x = g.op(
            "Mul",
            [rows, g.op("Cast", [g.op("Gather", [g.const(scale.astype(np.float16)), "ids"])], to=TensorProto.FLOAT)],
        )
    else:
        x = g.op("Gather", [g.const(w), "ids"])
    place = g.half((enc["place.weight"] + enc["kind"])[:places].float().numpy())
    n = g.op("Gather", [g.op("Shape", ["ids"]), g.const(np.array(1))])
    at = g.op("Range", [g.const(np.array(0)), n, g.const(np.array(1))])
    x = g.op("Add", [x, g.op("Gather", [place, at])])
    cols = []
    for i in range(3):
        f = g.op("Gather", ["feats", g.const(np.array(i))], axis=2)
        cols.append(f)
        x = g.op("Add", [x, g.op("Gather", [g.const(enc[f"features.{i}.weight"].float().numpy()), f])])
    x = g.op(
        "LayerNormalization",
        [x, g.const(enc["norm.weight"].float().numpy()), g.const(enc["norm.bias"].float().numpy())],
        axis=-1,
        epsilon=1e-12,
    )
    shown = g.shown("mask")
    for i in range(LAYERS):
        p = f"layers.{i}."
        get = lambda k: enc[p + k].float()
        top = lambda k: large.get(p + k)
        qkv_w, qkv_b, out_w = get("qkv.weight").clone(), get("qkv.bias").clone(), get("out.weight")
        across = out_w.shape[1]
        if quantize and large:  # what attention gives is linear in the values, so this scale goes into them for nothing
            move = smooth(top("out"), out_w, SHARE["out"])
            qkv_w[2 * across :] /= move[:, None]
            qkv_b[2 * across :] /= move
            out_w = out_w * move
        qkv = g.op(
            "Split",
            [g.linear(x, qkv_w, qkv_b, largest=top("qkv"), share=SHARE["qkv"]), g.const(np.array([across] * 3))],
            outs=3,
            axis=-1,
        )
        a = g.attention(qkv, shown, across // SMALL.head)
        a = g.linear(a, out_w, get("out.bias"))
        x = g.op(
            "LayerNormalization",
            [g.op("Add", [x, a]), g.const(get("norm1.weight").numpy()), g.const(get("norm1.bias").numpy())],
            axis=-1,
            epsilon=1e-12,
        )
        u = g.op("Gelu", [g.linear(x, get("up.weight"), get("up.bias"), largest=top("up"), share=SHARE["up"])], MS)
        d = g.linear(u, get("down.weight"), get("down.bias"), largest=top("down"), share=SHARE["down"])
        last = i == LAYERS - 1
        x = g.op(
            "LayerNormalization",
            [g.op("Add", [x, d]), g.const(get("norm2.weight").numpy()), g.const(get("norm2.bias").numpy())],
            axis=-1,
            epsilon=1e-12,
            out="states" if last else None,
        )
    small = [g.op("Gather", [g.const(heads[f"small.{i}.weight"].float().numpy()), cols[i]]) for i in range(3)]
    y = g.op("Concat", ["states", *small], axis=2)
    names = ("text", "text2", "cue", "cue2", "none")
    wide = torch.cat([heads[f"{k}.weight"] for k in names])
    bias = torch.cat([heads[f"{k}.bias"] for k in names])
    sizes = g.const(np.array([2 * WIDTH, 2 * WIDTH + 1]))
    links = g.linear(y, wide, bias)
    g.nodes.append(helper.make_node("Split", [links, sizes], ["text", "cue"], axis=-1))
    t = g.op("Gelu", [g.linear(y, heads["tag.weight"], heads["tag.bias"])], MS)
    g.linear(t, heads["tagged.weight"], heads["tagged.bias"], out="tags", quantize=False)
    ins = [
        value("ids", TensorProto.INT64, ["b", "n"]),
        value("feats", TensorProto.INT64, ["b", "n", 3]),
        value("mask", TensorProto.INT32, ["b", "n"]),
    ]
    outs = [
        value("states", TensorProto.FLOAT, ["b", "n", HIDDEN]),
        value("text", TensorProto.FLOAT, ["b", "n", 2 * WIDTH]),
        value("cue", TensorProto.FLOAT, ["b", "n", 2 * WIDTH + 1]),
        value("tags", TensorProto.FLOAT, ["b", "n", 10]),
    ]
    g.save(path, "encoder", ins, outs)


def roles(heads: dict, path: Path, quantize: bool) -> None:
    """text [b, w, 256]; row [c]; cue [c, 256]; here [c, w]; far, same [c, w] -> scores [c, w, 7].

    `cue` is the mean of the encoder's output of that name over a cue's pieces, without its last column.
    """
    g = Graph(quantize)
    num = lambda k: heads[k].float().numpy()
    ints = lambda *x: g.const(np.array(x))
    seen = g.op("Split", [g.op("Gather", ["text", "row"]), ints(WIDTH, WIDTH)], outs=2, axis=-1)
    cue = g.op("Split", [g.op("Unsqueeze", ["cue", ints(1)]), ints(WIDTH, WIDTH)], outs=2, axis=-1)
    z = g.op("Add", [g.op("Add", [seen[0], cue[0]]), g.op("Mul", [seen[1], cue[1]])])
    z = g.op("Add", [z, g.op("Gather", [g.const(num("far.weight")), "far"])])
    z = g.op("Add", [z, g.op("Gather", [g.const(num("same.weight")), "same"])])
    here = g.op("Unsqueeze", ["here", ints(2)])
    shown = g.shown("here")
    keep = lambda z: g.op("Mul", [z, here])
    norm = lambda z, p: g.op(
        "LayerNormalization", [z, g.const(num(p + ".weight")), g.const(num(p + ".bias"))], axis=-1, epsilon=1e-5
    )
    linear = lambda x, p: g.linear(x, heads[p + ".weight"], heads[p + ".bias"])
    z = keep(g.op("Relu", [z]))
    for i, dil in enumerate((1, 3, 9)):
        p = f"blocks.{i}."
        # In four dimensions, though one would do: only those have a kernel that takes 16 channels at once.
        y = g.op("Transpose", [g.op("Unsqueeze", [norm(z, p + "norm"), ints(1)])], perm=[0, 3, 1, 2])
        y = g.op(
            "Conv",
            [y, g.const(num(p + "conv.weight")[:, :, None]), g.const(num(p + "conv.bias"))],
            group=WIDTH,
            dilations=[1, dil],
            pads=[0, 3 * dil, 0, 3 * dil],
            kernel_shape=[1, 7],
        )
        y = g.op("Squeeze", [g.op("Transpose", [g.op("Relu", [y])], perm=[0, 2, 3, 1]), ints(1)])
        z = keep(g.op("Add", [z, linear(y, p + "mix")]))
        if i == 1:
            qkv = g.op(
                "Split", [linear(norm(z, "mixer.norm1"), "mixer.qkv"), ints(WIDTH, WIDTH, WIDTH)], outs=3, axis=-1
            )
            y = g.attention(qkv, shown, 4)
            z = g.op("Add", [z, linear(y, "mixer.out")])
            y = linear(g.op("Relu", [linear(norm(z, "mixer.norm2"), "mixer.up")]), "mixer.down")
            z = keep(g.op("Add", [z, y]))
    g.linear(norm(z, "norm"), heads["role.weight"], heads["role.bias"], out="scores", quantize=False)
    f, i = TensorProto.FLOAT, TensorProto.INT64
    ins = [
        value("text", f, ["b", "w", 2 * WIDTH]),
        value("row", i, ["c"]),
        value("cue", f, ["c", 2 * WIDTH]),
        value("here", f, ["c", "w"]),
        value("far", i, ["c", "w"]),
        value("same", i, ["c", "w"]),
    ]
    g.save(path, "roles", ins, [value("scores", f, ["c", "w", 7])])


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint")
    ap.add_argument("base", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--version", required=True, help="what the weights are called; `pronouns.npz` is bound to it")
    ap.add_argument("--float", action="store_true")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    ck = torch.load(a.checkpoint, weights_only=False, map_location="cpu")
    shape = Heads()
    shape.warm(ck["heads"])
    ck["heads"] = shape.state_dict()
    large = {} if a.float else observe(ck["enc"], ck["heads"], a.base, SHARED)
    encoder(ck["enc"], ck["heads"], a.out / "encoder.onnx", not a.float, large)
    roles(ck["heads"], a.out / "roles.onnx", not a.float)
    (a.out / "settings.json").write_text(json.dumps({"version": a.version}))
    shutil.copy(next(a.base.rglob("tokenizer.json")), a.out / "tokenizer.json")
    for f in sorted(a.out.iterdir()):
        print(f.name, f.stat().st_size)


if __name__ == "__main__":
    main()

"""The network: an encoder in plain torch, the small one or its teacher, and the heads that read statements off it.

`Encoder` takes word-piece ids, three feature ids a piece and a mask, and gives the hidden state of every piece.
`Cues` tags pieces as cues; `Roles` reads, for one cue, which pieces of its surroundings are source and content.
The cue is the predicate of the statement, as in semantic role labelling: every cue reads the window for itself, so
one source may serve several cues and statements may lie inside each other.
"""

import math
from dataclasses import dataclass, replace
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Shape:
    """The size of an encoder; `head` is how wide one head of attention is, `inner` how many units stand between its products.

    `relative` is how many buckets of distance its attention knows, 0 where it knows none.

    The lowest `frozen` layers stay as they were read, and the features of the pieces come in above them.
    """

    hidden: int
    layers: int
    heads: int
    head: int
    inner: int
    eps: float
    relative: int = 0
    frozen: int = 0


SMALL = Shape(384, 6, 12, 32, 1536, 1e-12)  # all-MiniLM-L6-v2
TEACHER = Shape(768, 12, 12, 64, 3072, 1e-5, relative=32, frozen=6)  # all-mpnet-base-v2


def shape_of(kept: dict) -> Shape:
    """The shape of an encoder by its weights: whichever size, whole or with heads and inner units taken out (`prune.py`)."""
    shape = TEACHER if "relative.weight" in kept else SMALL
    heads = kept["layers.0.out.weight"].shape[1] // shape.head
    return replace(shape, heads=heads, inner=kept["layers.0.up.weight"].shape[0])


HIDDEN, LAYERS = SMALL.hidden, SMALL.layers
CASES, QUOTES, PLACES = 8, 8, 6
WIDTH = 128
BUCKETS = 32


class Drop(nn.Module):
    """Dropout out of a pool of coin flips thrown once: on a CPU throwing them anew costs a tenth of a step."""

    pool: ClassVar[dict[float, Tensor]] = {}

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.p:
            return x
        if self.p not in self.pool:
            self.pool[self.p] = (torch.rand(1 << 24) >= self.p).to(torch.bfloat16) / (1 - self.p)
        n = x.numel()
        at = int(torch.randint((1 << 24) - n, (1,)))
        return x * self.pool[self.p][at : at + n].view(x.shape)


class Layer(nn.Module):
    def __init__(self, shape: Shape, drop: float) -> None:
        super().__init__()
        d = shape.hidden
        self.heads, self.head = shape.heads, shape.head
        self.qkv = nn.Linear(d, 3 * shape.heads * shape.head)
        self.out = nn.Linear(shape.heads * shape.head, d)
        self.norm1 = nn.LayerNorm(d, eps=shape.eps)
        self.up = nn.Linear(d, shape.inner)
        self.down = nn.Linear(shape.inner, d)
        self.norm2 = nn.LayerNorm(d, eps=shape.eps)
        self.drop = Drop(drop)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, self.head).permute(2, 0, 3, 1, 4).unbind(0)
        w = (q * self.head**-0.5) @ k.transpose(-1, -2)  # on a CPU faster backwards than the fused kernel
        a = torch.softmax(w + mask, -1, dtype=w.dtype) @ v
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).flatten(2))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


def distances(n: int, buckets: int) -> Tensor:
    """The bucket of every pair of places [n, n]: near ones apart, far ones together (Raffel et al. 2020, T5)."""
    at = torch.arange(n)
    far = at[:, None] - at[None, :]
    half, exact = buckets // 2, buckets // 4
    size = far.abs()
    large = exact + (torch.log(size.clamp(min=1) / exact) / math.log(128 / exact) * (half - exact)).long()
    return (far < 0) * half + torch.where(size < exact, size, large.clamp(max=half - 1))


class Encoder(nn.Module):
    def __init__(self, drop: float = 0.1, shape: Shape = SMALL) -> None:
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(30522, shape.hidden)
        self.place = nn.Embedding(512, shape.hidden)
        self.kind = nn.Parameter(torch.zeros(shape.hidden))
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.eps)
        self.features = nn.ModuleList(nn.Embedding(n, shape.hidden) for n in (CASES, QUOTES, PLACES))
        for e in self.features:
            nn.init.zeros_(e.weight)
        self.layers = nn.ModuleList(Layer(shape, drop) for _ in range(shape.layers))
        if shape.relative:
            self.relative = nn.Embedding(shape.relative, shape.heads)
        self.drop = Drop(drop)

    def forward(self, ids: Tensor, feats: Tensor, mask: Tensor) -> Tensor:
        """ids [b, n], feats [b, n, 3], mask [b, n] true where there is a piece -> states [b, n, hidden]."""
        told = sum(e(feats[..., i]) for i, e in enumerate(self.features))
        bias = (~mask[:, None, None, :]).to(torch.float32) * -1e4
        if self.shape.relative:
            bias = bias + self.relative(distances(ids.shape[1], self.shape.relative)).permute(2, 0, 1)
        if torch.is_autocast_enabled("cpu"):
            bias = bias.to(torch.bfloat16)
        x = self.word(ids) + self.place.weight[: ids.shape[1]] + self.kind
        if not self.shape.frozen:
            x = x + told
        x = self.drop(self.norm(x))
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.shape.frozen):
            for layer in self.layers[: self.shape.frozen]:
                x = layer(x, bias)
        if self.shape.frozen:
            x = x.detach() + told
        for layer in self.layers[self.shape.frozen :]:
            x = layer(x, bias)
        return x

    def load(self, w: dict) -> None:
        """Take over the weights of BERT, or of MPNet, whose vocabulary is BERT's behind four marks of its own."""
        mpnet = self.shape.relative > 0
        with torch.no_grad():
            words, places = w["embeddings.word_embeddings.weight"], w["embeddings.position_embeddings.weight"]
            if mpnet:
                own = {0: 1, 101: 0, 102: 2, 103: 30526}  # BERT's padding, start, end and mask by MPNet's numbers
                words = torch.stack([words[own.get(i, i + 4)] for i in range(30522)])
                places = places[2:]
                self.relative.weight.copy_(w["encoder.relative_attention_bias.weight"])
            else:
                self.kind.copy_(w["embeddings.token_type_embeddings.weight"][0])
            self.word.weight.copy_(words)
            self.place.weight.copy_(places)
            self.norm.weight.copy_(w["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
            parts = ("attn.q", "attn.k", "attn.v") if mpnet else ("self.query", "self.key", "self.value")
            out, norm = ("attn.o", "LayerNorm") if mpnet else ("output.dense", "output.LayerNorm")
            for i, l in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                a = p + "attention."
                for part in ("weight", "bias"):
                    getattr(l.qkv, part).copy_(torch.cat([w[f"{a}{n}.{part}"] for n in parts]))
                    getattr(l.out, part).copy_(w[f"{a}{out}.{part}"])
                    getattr(l.norm1, part).copy_(w[f"{a}{norm}.{part}"])
                    getattr(l.up, part).copy_(w[f"{p}intermediate.dense.{part}"])
                    getattr(l.down, part).copy_(w[f"{p}output.dense.{part}"])
                    getattr(l.norm2, part).copy_(w[f"{p}output.LayerNorm.{part}"])


class Block(nn.Module):
    """A depth-wise convolution along the text, then a mixing of channels: lets neighbours agree on a label."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Conv1d(width, width, 7, padding=3 * dilation, dilation=dilation, groups=width)
        self.mix = nn.Linear(width, width)

    def forward(self, z: Tensor) -> Tensor:
        y = self.conv(self.norm(z).transpose(1, 2)).transpose(1, 2)
        return z + self.mix(F.relu(y))


class Mixer(nn.Module):
    """A small transformer layer over the paragraph as one cue sees it: source, content and clause ends meet here."""

    def __init__(self, width: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.up = nn.Linear(width, 2 * width)
        self.down = nn.Linear(2 * width, width)
        for l in (self.out, self.down):
            nn.init.zeros_(l.weight)

    def forward(self, z: Tensor, here: Tensor) -> Tensor:
        c, n, d = z.shape
        q, k, v = self.qkv(self.norm1(z)).view(c, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        w = (q * (d // self.heads) ** -0.5) @ k.transpose(-1, -2)
        w = w + (1 - here[:, None, None, :].to(w.dtype)) * -1e4
        z = z + self.out((torch.softmax(w, -1, dtype=w.dtype) @ v).transpose(1, 2).reshape(c, n, d))
        return z + self.down(F.relu(self.up(self.norm2(z))))


class Heads(nn.Module):
    def __init__(self, drop: float = 0.15, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.small = nn.ModuleList(nn.Embedding(n, 8) for n in (CASES, QUOTES, PLACES))
        x = hidden + 24
        self.drop = Drop(drop)
        self.tag = nn.Linear(x, 128)
        self.tagged = nn.Linear(128, 10)  # top cue O B I, any cue O B I, role O S K C
        self.text = nn.Linear(x, WIDTH)
        self.cue = nn.Linear(x, WIDTH)
        self.text2 = nn.Linear(x, WIDTH)
        self.cue2 = nn.Linear(x, WIDTH)
        self.far = nn.Embedding(BUCKETS, WIDTH)
        self.same = nn.Embedding(3, WIDTH)
        self.blocks = nn.ModuleList(Block(WIDTH, d) for d in (1, 3, 9))
        self.mixer = Mixer(WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.role = nn.Linear(WIDTH, 7)  # O S C, source start, source end, content start, content end
        self.none = nn.Linear(x, 1)  # no source
        for e in (self.far, self.same):
            nn.init.normal_(e.weight, std=0.1)

    def see(self, h: Tensor, feats: Tensor) -> Tensor:
        return self.drop(torch.cat([h, *(e(feats[..., i]) for i, e in enumerate(self.small))], -1))

    def tags(self, x: Tensor) -> Tensor:
        return self.tagged(F.gelu(self.tag(x)))

    def roles(self, x: Tensor, q: dict) -> tuple[Tensor, Tensor]:
        """For every cue in `q` the scores of every piece of its paragraph [c, n, 7], and of having no source [c, 1].

        `q`: row [c] the cue's paragraph, inside [c, n] one over its length in the cue, else 0,
        here [c, n] 1 where there is a piece, far and same [c, n] as `onrecord.encode.features.relations` gives them.
        """
        c = torch.bmm(q["inside"][:, None].to(x.dtype), x[q["row"]])[:, 0]
        return self.read((self.text(x), self.text2(x)), (self.cue(c), self.cue2(c)), q), self.none(c)

    def read(self, text: tuple[Tensor, Tensor], cue: tuple[Tensor, Tensor], q: dict) -> Tensor:
        """The scores of every piece for every cue, from what `text`, `text2`, `cue` and `cue2` make of the states."""
        rows, here = q["row"], q["here"][..., None]
        z = text[0][rows] + cue[0][:, None] + text[1][rows] * cue[1][:, None]
        z = F.relu(z + self.far(q["far"]) + self.same(q["same"])) * here
        for i, block in enumerate(self.blocks):
            z = block(z) * here
            if i == 1:
                z = self.mixer(z, q["here"]) * here
        return self.role(self.norm(z))

    def warm(self, old: dict) -> None:
        """Take over a checkpoint, of this shape or of the first run's, whose relations had three columns a paragraph."""
        old = dict(old)
        if old["same.weight"].shape[0] == 12:
            old["same.weight"] = old["same.weight"][4:7]
        self.load_state_dict(old, strict=False)

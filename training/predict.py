"""Run an exported network, or a checkpoint, over documents and keep its encodings, so that decoding can be tried in seconds.

python predict.py MODELDIR OUT.pkl [--part dev|held|gold] [--held CHECKPOINT] [--checkpoint CHECKPOINT]
With --checkpoint the weights are that one's (the teacher's, say) and only the tokenizer is MODELDIR's.
"""

import argparse
import os
import pickle
import time
from dataclasses import replace
from pathlib import Path

from onrecord.document import Document, Origin
from onrecord.encode import encode_text
from onrecord.encode.network import Network, load
from onrecord.segment import segment

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def texts(part: str, held: list[str]) -> dict[str, str]:
    """The texts of a part: PolNeAR's dev, the slice of its train that was held out, or the stories."""
    if part == "gold":
        paths = sorted((SHARED / "gold" / "stories").rglob("*.txt"))
    else:
        paths = sorted((SHARED / "data" / "polnear" / ("dev" if part == "dev" else "train") / "text").glob("*.txt"))
        paths = [p for p in paths if part == "dev" or p.stem in held]
    return {p.stem: p.open(encoding="utf-8", newline="").read() for p in paths}


class Eager:
    """A checkpoint in the place of one of the two graphs: `run` takes and gives what that graph does."""

    def __init__(self, enc, heads, graph: str) -> None:
        self.enc, self.heads, self.graph = enc, heads, graph

    def run(self, _names, fed: dict) -> list:
        import torch

        given = {k: torch.from_numpy(v) for k, v in fed.items()}
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            found = getattr(self, self.graph)(given)
        return [part.float().numpy() for part in found]

    def encoder(self, fed: dict) -> list:
        import torch

        states, h = self.enc(fed["ids"], fed["feats"], fed["mask"].bool()), self.heads
        x = h.see(states, fed["feats"])
        links = [
            torch.cat([getattr(h, k)(x) for k in names], -1) for names in (("text", "text2"), ("cue", "cue2", "none"))
        ]
        return [states[..., :384], *links, h.tags(x)]

    def roles(self, fed: dict) -> list:
        return [self.heads.read(fed["text"].chunk(2, -1), fed["cue"].chunk(2, -1), fed)]


def eager(folder: Path, checkpoint: Path) -> Network:
    """A checkpoint as the package takes a network."""
    import torch
    from teach import network

    torch.set_num_threads(1)  # as the package runs
    enc, heads = network(checkpoint)
    known = load(folder)
    return replace(known, encoder=Eager(enc, heads, "encoder"), roles=Eager(enc, heads, "roles"))


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("model", type=Path)
    ap.add_argument("out")
    ap.add_argument("--part", default="dev")
    ap.add_argument("--held", help="the checkpoint that says which documents were held out")
    ap.add_argument("--checkpoint", type=Path)
    a = ap.parse_args()
    held = []
    if a.held:
        import torch

        held = torch.load(a.held, weights_only=False)["held"]
    net = eager(a.model, a.checkpoint) if a.checkpoint else load(a.model)
    out, spent, words = {}, 0.0, 0
    for name, text in texts(a.part, held).items():
        doc = segment(Document(name, text, Origin(name, "")))
        t = time.process_time()
        encoding = encode_text(text, doc.paragraphs, [s.start for s in doc.sentences], doc.quotations, net)
        spent += time.process_time() - t
        words += len(text.split())
        encoding.vectors.resize((0, 384), refcheck=False)
        out[name] = (doc, encoding)
    print(f"{a.part}: {len(out)} documents, {words} words, {words / spent:.0f} words a CPU second")
    pickle.dump(out, open(a.out, "wb"))


if __name__ == "__main__":
    main()

"""Run an exported network over documents and keep its encodings, so that decoding can be tried again in seconds.

python predict.py MODELDIR OUT.pkl [--part dev|held|gold] [--held CHECKPOINT]
"""

import argparse
import os
import pickle
import time
from pathlib import Path

from onrecord.document import Document, Origin
from onrecord.encode import encode_text
from onrecord.encode.network import load
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


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("model", type=Path)
    ap.add_argument("out")
    ap.add_argument("--part", default="dev")
    ap.add_argument("--held", help="the checkpoint that says which documents were held out")
    a = ap.parse_args()
    held = []
    if a.held:
        import torch

        held = torch.load(a.held, weights_only=False)["held"]
    net = load(a.model)
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

"""Average checkpoints of one family (each went on from another): average.py OUT A.pt=0.5 B.pt=0.5."""

import sys

import torch
from model import Heads


def main() -> None:
    out, *parts = sys.argv[1:]
    total: dict = {}
    for part in parts:
        path, share = part.rsplit("=", 1)
        found = torch.load(path, weights_only=False)
        heads = Heads()
        heads.warm(found["heads"])
        for name, state in (("enc", found["enc"]), ("heads", heads.state_dict())):
            for key, value in state.items():
                total.setdefault(name, {}).setdefault(key, torch.zeros_like(value)).add_(value * float(share))
        total["held"] = found["held"]
    torch.save(total | {"args": {"average": parts}}, out)


if __name__ == "__main__":
    main()

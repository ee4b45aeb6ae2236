"""Average checkpoints of one family and size (each went on from another): average.py OUT A.pt=0.5 B.pt=0.5."""

import sys
from pathlib import Path

import torch
from teach import network


def main() -> None:
    out, *parts = sys.argv[1:]
    total: dict = {}
    for part in parts:
        path, share = part.rsplit("=", 1)
        enc, heads = network(Path(path))
        for name, net in (("enc", enc), ("heads", heads)):
            for key, value in net.state_dict().items():
                total.setdefault(name, {}).setdefault(key, torch.zeros_like(value)).add_(value * float(share))
        total["held"] = torch.load(path, weights_only=False)["held"]
    torch.save(total | {"args": {"average": parts}}, out)


if __name__ == "__main__":
    main()

"""Choose the decoder's knobs on kept outputs: search.py HELD.pkl [--part train|dev] tries each knob in turn, twice."""

import argparse
import time
from dataclasses import replace

import tune

GRID = {
    "outer": (0.3, 0.34, 0.38, 0.42, 0.46),
    "edge": (0.0, 0.25, 0.5, 0.75, 1.0, 1.5),
    "jump": (0.0, 1.0, 2.0, 4.0),
    "bias": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "no_source": (-3.0, -1.5, 0.0, 1.5),
    "whole": (0.2, 0.35, 0.5),
}


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("pkl")
    ap.add_argument("--settings")
    ap.add_argument("--part", default="train")
    a = ap.parse_args()
    pages = tune.prepared(a.pkl)
    gold = tune.gold_of("dev" if a.part == "dev" else "train", set(pages))
    folder = tune.SHARED / "data" / "polnear" / ("dev" if a.part == "dev" else "train") / "text"

    def value(knobs):
        return tune.polnear.score(gold, tune.as_polnear(tune.decode_all(pages, knobs)), folder)["attr"]["f"]

    t = time.process_time()
    knobs = tune.settings_of(a.settings, [])
    best = value(knobs)
    print(f"start {best:.4f} {time.process_time() - t:.1f}s")
    for _ in range(2):
        for name, values in GRID.items():
            for v in values:
                k = replace(knobs, **{name: v})
                if k == knobs:
                    continue
                f = value(k)
                if f > best + 1e-6:
                    best, knobs = f, k
                print(f"  {name}={v} {f:.4f}")
        print(f"{best:.4f} {knobs}", flush=True)


if __name__ == "__main__":
    main()

"""Fit the confidence of statements: calibrate.py HELD.pkl [--test DEV.pkl], on statements that scored from low thresholds.

A logistic regression on what decoding knows of a statement; its target is whether the statement matches a gold one in
content and source. Prints the best threshold on the held-out slice, and F1 and calibration error on both.
"""

import argparse
import json
from dataclasses import replace

import numpy as np
import tune

from onrecord.extract import settle

LOW = 0.06  # confidence from which on a draft counts for the fit


def rows(pages, part, to):
    """Features and truth of all outer drafts, with the article they are in."""
    gold = tune.gold_of("dev" if part == "dev" else "train", set(pages))
    X, y, who = [], [], []
    for k in sorted(pages):
        page, cues = pages[k]
        drafts = [d for d in settle.decode(page, cues, to) if d.parent is None and not d.rule]
        g = tune.polnear.Art(page.text, gold[k])
        p = tune.polnear.Art(page.text, tune.as_polnear({k: drafts})[k])
        _, mp = tune.polnear.greedy(g.A, p.A, lambda a, b: tune.polnear.src_match(g, a, b))
        X += [settle.features(d) for d in drafts]
        y += [j in mp for j in range(len(drafts))]
        who += [k] * len(drafts)
    return np.array(X), np.array(y, float), who, sum(len(v) for v in gold.values())


def fit(X, y, ridge=1.0):
    mean, sd = X.mean(0), X.std(0) + 1e-9
    Z = np.hstack([(X - mean) / sd, np.ones((len(X), 1))])
    w = np.zeros(Z.shape[1])
    R = ridge * np.eye(len(w))
    R[-1, -1] = 0
    for _ in range(50):
        p = 1 / (1 + np.exp(-Z @ w))
        H = (Z * (p * (1 - p))[:, None]).T @ Z + R
        step = np.linalg.solve(H, Z.T @ (y - p) - R @ w)
        w += step
        if abs(step).max() < 1e-8:
            break
    coef = w[:-1] / sd
    return coef, w[-1] - (coef * mean).sum()


def curve(p, y, ngold):
    best = (0, 0)
    for t in np.arange(0.1, 0.7, 0.01):
        k = p >= t
        f = 2 * y[k].sum() / (k.sum() + ngold)
        best = max(best, (f, t))
    return best


def ece(p, y, bins=10):
    b = np.minimum(bins - 1, (p * bins).astype(int))
    return sum(abs(p[b == i].mean() - y[b == i].mean()) * (b == i).mean() for i in range(bins) if (b == i).any())


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("held")
    ap.add_argument("--test")
    ap.add_argument("--settings")
    ap.add_argument("--set", nargs="*", default=[])
    a = ap.parse_args()
    to = tune.settings_of(a.settings, a.set)
    to = replace(to, outer=LOW, unlisted=LOW, nested=2.0)
    X, y, _, n = rows(tune.prepared(a.held), "train", to)
    coef, bias = fit(X, y)
    p = 1 / (1 + np.exp(-(X @ coef + bias)))
    f, t = curve(p, y, n)
    print(f"held: {len(y)} drafts, best F1 {f:.4f} at {t:.2f}, ECE {ece(p, y):.4f}")
    settings = {"weights": [round(float(c), 4) for c in coef], "base": round(float(bias), 4), "outer": round(float(t), 2)}
    print(json.dumps(settings))
    if a.test:
        X2, y2, _, n2 = rows(tune.prepared(a.test), "dev", to)
        p2 = 1 / (1 + np.exp(-(X2 @ coef + bias)))
        k = p2 >= t
        print(f"dev at it: F1 {2 * y2[k].sum() / (k.sum() + n2):.4f} (best {curve(p2, y2, n2)}), ECE {ece(p2, y2):.4f}")


if __name__ == "__main__":
    main()

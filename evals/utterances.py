"""Learn and score which statements report one utterance: `python -m evals.utterances [--write] [--left-out] [--read]`.

Learns from the samples of `utterance_samples`. Prints pair F1 of the shared scorer on the stories and on eight events of BASIL
that nothing is learned from, and how likeness follows people's judgement; `--left-out` also with each story left out in turn,
`--read` on all events that were read whole;
`--write` learns on all and writes the weights into data/utterances.toml. Needs ../shared; where that is missing it says so.
"""

from __future__ import annotations

import sys

import numpy as np

from evals.story import SHARED
from evals.sts import pearson
from evals.utterance_samples import ROOT, Pair, Row, Sample, others, read_whole, samples
from onrecord import lexicon
from onrecord.link import utterances
from onrecord.link.comparing import overlaps
from onrecord.link.rivals import rivals

WEIGHTS = ROOT / "src/onrecord/data/utterances.toml"
LOOKS = ("first", "second")
PULL = 10.0  # of each weight towards nothing
BY_HAND = {
    "days": -1.0
}  # said again a week later is another utterance; of that the stories, which last two days, show nothing


def learn(some: list[Sample]) -> dict[str, Row]:
    """Return the weights of the first look, and those of the second on what the first leaves."""
    cases = [(row, *one.known[pair]) for one in some for pair, row in one.rows.items() if pair in one.known]
    first = fit(cases)
    again = []
    for one in some:
        rows, _ = second_rows(one, first)
        again += [(row, *one.known[pair]) for pair, row in rows.items() if pair in one.known]
    return {"first": first, "second": fit(again)}


def second_rows(one: Sample, first: Row) -> tuple[dict[Pair, Row], dict[Pair, float]]:
    """Return what the second look sees of a story, and the first likelihoods."""
    values = {pair: round(utterances.likelihood(row, first), 6) for pair, row in one.rows.items()}
    likely = {pair: value for pair, value in values.items() if value >= utterances.POSSIBLE}
    more = rivals(one.said, likely)
    return {pair: one.rows[pair] | extra for pair, extra in zip(likely, more, strict=True)}, likely


def fit(cases: list[tuple[Row, float, float]]) -> Row:
    """Return the weights of a logistic regression (Newton's method), those of the signs as they are, with "bias"."""
    names = sorted(cases[0][0])
    x = np.array([[row[name] for name in names] for row, _, _ in cases])
    y, w = np.array([truth for _, truth, _ in cases]), np.array([weight for *_, weight in cases])
    mean, spread = np.average(x, axis=0, weights=w), x.std(0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    b, pull = np.zeros(z.shape[1]), np.diag([*[PULL] * len(names), 0.0])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(z @ b, -30, 30)))
        step = np.linalg.solve((z * (w * p * (1 - p))[:, None]).T @ z + pull, z.T @ (w * (y - p)) - pull @ b)
        b += step
        if np.abs(step).max() < 1e-6:
            break
    plain = b[:-1] / spread
    return dict(zip(names, map(float, plain), strict=True)) | {"bias": float(b[-1] - plain @ mean)} | BY_HAND


def counts(one: Sample, weights: dict[str, Row]) -> tuple[int, int, int]:
    """Return of a story how many pairs are found and right, how many are found, and how many the gold has."""
    rows, _ = second_rows(one, weights["first"])
    some = [utterances.Same(i, j, utterances.likelihood(row, weights["second"]), ()) for (i, j), row in rows.items()]
    found = set()
    for group in utterances.group(len(one.said), some, overlaps(one.said)):
        ids = sorted({one.gold[i] for i in group} - {None}, key=str)
        found |= {frozenset((a, b)) for n, a in enumerate(ids) for b in ids[n + 1 :]}
    return len(found & one.wanted), len(found), len(one.wanted)


def figures(of: list[tuple[int, int, int]]) -> dict[str, float]:
    """Return precision, recall and F1 of counts.

    >>> figures([(1, 2, 4)])
    {'p': 0.5, 'r': 0.25, 'f1': 0.333}
    """
    right, found, wanted = (sum(each) for each in zip(*of, strict=True))
    p, r = right / max(1, found), right / max(1, wanted)
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r) if right else 0.0, 3)}


def left_out(some: list[Sample], news: list[Sample]) -> dict[str, dict[str, float]]:
    """Return the figures with each story left out of what is learned from, by whose statements they are."""
    got: dict[bool, list[tuple[int, int, int]]] = {False: [], True: []}
    for story in sorted({one.story for one in some}):
        weights = learn([*(one for one in some if one.story != story), *news])
        for one in some:
            if one.story == story:
                got[one.own].append(counts(one, weights))
    return {"own statements" if own else "gold statements": figures(of) for own, of in got.items() if of}


def floored() -> dict[str, float]:
    """Return what the gate holds: F1 of the weights as they are, on stories and on news held out, and Pearson's r of likeness."""
    kept = {which: dict(utterances.weights(which)) for which in LOOKS}
    found = {}
    some = samples()
    for own, name in ((False, "gold statements"), (True, "own statements")):
        found[name] = figures([counts(one, kept) for one in some if one.own is own])["f1"]
    found["BASIL held out"] = figures([counts(one, kept) for one in read_whole("held")])["f1"]
    return found | {"STS 2014 headlines": pearson("2014/headlines")[0]}


def write(weights: dict[str, Row]) -> None:
    """Write the weights where linking reads them."""
    text = WEIGHTS.read_text(encoding="utf-8")
    for which in LOOKS:
        before, _, after = text.partition(f"[{which}.table]\n")
        following = after.partition("\n[")
        table = [f'"{name}" = {weights[which][name]:.4f}' for name in sorted(set(weights[which]) - {"bias"})]
        lines = [f"[{which}.table]", f"bias = {weights[which]['bias']:.4f}", *table, ""]
        text = before + "\n".join(lines) + "".join(following[1:])
    WEIGHTS.write_text(text, encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    arguments = sys.argv[1:] if argv is None else argv
    if not SHARED.is_dir():
        print("../shared does not exist here: there is no story gold")
        return 0
    if "--write" in arguments:
        write(learn([*samples(), *others()]))
        lexicon.load.cache_clear()
        utterances.weights.cache_clear()
    for name, value in floored().items():
        print(f"{name:36s} {value:.3f}")
    if "--read" in arguments:
        kept = {which: dict(utterances.weights(which)) for which in LOOKS}
        events = [*read_whole("held"), *read_whole("train")]
        for name in ("news", "basil"):
            print(f"{name}, read whole", figures([counts(one, kept) for one in events if one.story[0] == name[0]]))
    if "--left-out" in arguments:
        for name, value in left_out(samples(), others()).items():
            print(f"a story left out, {name:18s}", value)
    return 0


if __name__ == "__main__":
    sys.exit(main())

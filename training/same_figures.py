"""Learn which figures measure one thing: `python -m training.same_figures [--write]`.

Takes the figures of the annotated stories, as annotated and as extracted, gives two logistic regressions over the features of
`onrecord.link.measuring`, and prints the pair F1 of every story as found with weights learned from the others. With `--write`
the weights learned from all go into src/onrecord/data/same_figures.toml. Needs ../shared; says so where it is missing.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.link import with_gold
from evals.story import SHARED, scorer
from onrecord.document import Document
from onrecord.link import figures
from onrecord.link.clusters import average_linkage
from onrecord.link.measuring import Measured, Story, features, measured, pairs, same_value
from onrecord.pipeline import extract
from onrecord.read import read_one

OUT = Path(__file__).resolve().parents[1] / "src/onrecord/data/same_figures.toml"
ONLY_TWO = {"apart", "compatible", "other toll", "same unit"}  # of one value there is nothing to learn from these
PENALTY = 4.0
Array = NDArray[np.float64]


@dataclass
class Known:
    """The figures of one story; `ids` are the annotated figure of each, `right` the annotated pairs."""

    name: str
    figs: list[Measured]
    ids: list[str | None]
    right: set[frozenset[str]]

    def __post_init__(self) -> None:
        self.story = Story(self.figs)
        self.near = pairs(self.story)
        rows = [features(self.story, i, j) for i, j in self.near]
        self.one = np.array([same_value(self.story.senses[i], self.story.senses[j]) for i, j in self.near], bool)
        self.x = np.array([list(row.values()) for row in rows], float)
        self.names = list(rows[0]) if rows else []
        ends = [(self.ids[i], self.ids[j]) for i, j in self.near]
        self.y = np.array(
            [np.nan if a is None or b is None else float(frozenset((a, b)) in self.right) for a, b in ends], float
        )


def known(by_gold: bool) -> list[Known]:
    """Return every annotated story."""
    score = scorer(SHARED / "gold/score.py")
    found = []
    for path in sorted((SHARED / "gold/answers").glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        gold = json.loads(path.read_text(encoding="utf-8"))
        figs: list[Measured] = []
        ids: list[str | None] = []
        for article, rows in sorted(gold["articles"].items()):
            doc = read_one(SHARED / "gold/stories" / name / f"{article}.txt")
            doc = with_gold(doc, rows) if by_gold else extract(doc)
            told = _matched(score, rows["figures"], doc)
            figs += measured(doc, article)
            ids += [f"{article}#{told[fig.id]}" if fig.id in told else None for fig in doc.figures or ()]
        found.append(Known(name, figs, ids, score.pairs([group["ids"] for group in gold["figures_same"]])))
    return found


def _matched(score: Any, gold: list[dict[str, Any]], doc: Document) -> dict[str, str]:
    """Return the annotated figure of each of a document's, as the scorer matches them."""
    tokens = score.toks(doc.text)
    mine = [(score.cover(tokens, [fig.span]), fig.value, fig.id) for fig in doc.figures or ()]
    theirs = [(score.cover(tokens, [row["span"]]), row["value"]) for row in gold]
    some = [
        (score.jac(a, b) + 0.5 * (v == (list(w) if isinstance(w, tuple) else w)), i, j)
        for i, (a, v) in enumerate(theirs) for j, (b, w, _) in enumerate(mine) if a & b
    ]  # fmt: skip
    return {mine[j][2]: gold[i]["id"] for i, j in score.best_pairs(some).items()}


def learn(stories: list[Known], one: bool) -> Array:
    """Return the weights, the bias last; a story counts by the square root of its pairs, so that a large one does not rule."""
    names = next(story.names for story in stories if story.names)
    off = np.array([one and name in ONLY_TWO for name in names])
    parts = [(story.x[ok], story.y[ok]) for story in stories if (ok := ~np.isnan(story.y) & (story.one == one)).any()]
    x = np.vstack([part * ~off for part, _ in parts])
    y = np.concatenate([part for _, part in parts])
    often = np.concatenate([np.full(len(part), max(20, len(part)) ** -0.5) for _, part in parts])
    return regress(np.c_[x, np.ones(len(x))], y, often / often.mean())


def regress(x: Array, y: Array, often: Array) -> Array:
    """Return the weights of a logistic regression with a square penalty, by Newton's method; the last column is the bias."""
    weights = np.zeros(x.shape[1])
    penalty = np.diag([PENALTY] * (x.shape[1] - 1) + [1e-3])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (often * (likely - y)) + penalty @ weights
        step = np.linalg.solve((x.T * (often * likely * (1 - likely))) @ x + penalty, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def tally(story: Known, one: Array, two: Array) -> tuple[int, int, int]:
    """Return how many pairs are right, found and annotated with these weights, counted as the scorer does."""
    if not story.near:
        return 0, 0, len(story.right)
    chosen = np.where(story.one[:, None], one, two)
    likely = 1 / (1 + np.exp(-(np.c_[story.x, np.ones(len(story.x))] * chosen).sum(1)))
    named = {pair: float(value) for pair, value in zip(story.near, likely, strict=True)}
    kinds = [sense.nature for sense in story.story.senses]
    groups = average_linkage(len(story.figs), named, figures.LEAST, kinds=kinds, apart=figures.apart(story.story))
    ids = [[story.ids[at] for at in group] for group in groups]
    found = {frozenset((a, b)) for some in ids for n, a in enumerate(some) for b in some[n + 1 :] if a and b and a != b}
    return len(found & story.right), len(found), len(story.right)


def f1(counts: list[tuple[int, int, int]]) -> str:
    """Return precision, recall and F1 in words."""
    right, found, all_ = (sum(column) for column in zip(*counts, strict=True))
    p, r = right / max(1, found), right / max(1, all_)
    return f"precision {p:.3f}  recall {r:.3f}  F1 {2 * p * r / max(1e-9, p + r):.3f}"


def write(names: list[str], one: Array, two: Array) -> None:
    """Write the weights."""
    lines = [
        'about = "What speaks for and against two figures measuring one thing, as weights of two logistic regressions."'
    ]
    for key, weights in (("one_value", one), ("two_values", two)):
        lines += ["", f"[{key}]"]
        said = "figures of one value" if key == "one_value" else "figures of two values"
        learned = "learned by logistic regression (training/same_figures.py) on pairs of figures of annotated stories"
        lines += [f'origin = "{learned}: {said}; the features are those of onrecord.link.measuring"', f"[{key}.table]"]
        lines += sorted(
            f'"{name}" = {value:.4f}'
            for name, value in zip([*names, "bias"], weights, strict=True)
            if abs(value) > 5e-5
        )
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Learn, print, and write where asked."""
    arguments = sys.argv[1:] if argv is None else argv
    if not SHARED.is_dir():
        print("../shared does not exist here: there is nothing to learn from")
        return 0
    sets = {"annotated": known(True), "extracted": known(False)}
    every = [story for stories in sets.values() for story in stories]
    counts: dict[str, list[tuple[int, int, int]]] = {which: [] for which in sets}
    for held in sorted({story.name for story in every}):
        rest = [story for story in every if story.name != held]
        one, two = learn(rest, True), learn(rest, False)
        for which, stories in sets.items():
            counts[which] += [tally(story, one, two) for story in stories if story.name == held]
            print(f"{held:20s} {which:10s} {f1(counts[which][-1:])}")
    for which, some in counts.items():
        print(f"each story left out  {which:10s} {f1(some)}")
    one, two = learn(every, True), learn(every, False)
    if "--write" in arguments:
        write(next(story.names for story in every if story.names), one, two)
    return 0


if __name__ == "__main__":
    sys.exit(main())

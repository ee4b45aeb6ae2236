"""Score how alike we find two sentences: `python -m evals.sts [SET...]` prints Pearson's r with people's judgement on STS sets.

Takes the sets of ../shared/data/sts (SemEval 2012 to 2014; goal: 2014/headlines .75). Nothing was learned on them; how words are
set beside each other was chosen on those of 2012 and 2013 but for the headlines, and on MSR paraphrases. Beside our likeness
stands the cosine of the vectors alone. Needs ../shared; says so and exits 0 where it is missing.
"""

from __future__ import annotations

import sys

import numpy as np

from evals.story import SHARED
from onrecord.similarity import similarity, vectors

SETS = (
    *("2014/headlines", "2014/deft-news", "2014/tweet-news", "2014/deft-forum", "2014/images", "2014/OnWN"),
    *("2013/headlines", "2013/OnWN", "2013/FNWN", "2012/MSRpar", "2012/SMTnews", "2012/OnWN", "2012/SMTeuroparl"),
)


def pairs(name: str) -> list[tuple[float, str, str]]:
    """Return the pairs of a set that people judged: how alike, from 0 to 5, and two sentences."""
    path = SHARED / f"data/sts/{name}.test.tsv"
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n"))
    return [(float(score), a, b) for score, a, b in (parts[:3] for parts in lines if len(parts) >= 3) if score]


def pearson(name: str) -> tuple[float, float]:
    """Return Pearson's r of our likeness of a set's pairs with people's, and that of the vectors' cosine alone."""
    judged = pairs(name)
    scores = [score for score, _, _ in judged]
    alike = [similarity(a, b) for _, a, b in judged]
    first, second = vectors([a for _, a, _ in judged]), vectors([b for *_, b in judged])
    return _r(scores, alike), _r(scores, (first * second).sum(1).tolist())


def _r(one: list[float], other: list[float]) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    arguments = sys.argv[1:] if argv is None else argv
    if not SHARED.is_dir():
        print("../shared does not exist here: there are no judged pairs of sentences")
        return 0
    for name in arguments or SETS:
        ours, cosine = pearson(name)
        print(f"{name:18s} {len(pairs(name)):5d} pairs   r {ours:.3f}   vectors alone {cosine:.3f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

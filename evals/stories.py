"""Score the grouping of reports into stories on the news clusters: `python -m evals.stories`.

150 articles of 32 events, many outlets; each article's `event` is gold. Prints B-cubed precision, recall and F1 (Bagga and
Baldwin, 1998) of all, and of two halves by event: the threshold is right for one half if it is the best there, and then the
other half says what it is worth. Needs ../shared; says so and exits 0 where it is missing.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import Any

from evals.story import SHARED
from onrecord.link import stories
from onrecord.link.stories import Report, Words, grouped, parts, telling

ARTICLES = SHARED / "data/news_clusters/articles.jsonl"
THRESHOLDS = (0.06, 0.08, 0.10, 0.12, 0.14)


def articles() -> list[dict[str, Any]]:
    """Return the articles as they stand in the file."""
    return [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]


def half(rows: Iterable[Mapping[str, Any]], which: int) -> list[Mapping[str, Any]]:
    """Return the articles of half of the events, 0 or 1, drawn by their names alone."""
    return [row for row in rows if sha256(f"event {row['event']}".encode()).digest()[0] % 2 == which]


def b_cubed(groups: Iterable[Collection[str]], gold: Mapping[str, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1: how much of each article's group is of its event, and of its event in its group.

    >>> [round(x, 2) for x in b_cubed([["a", "b"], ["c"]], {"a": "x", "b": "x", "c": "x"})]
    [1.0, 0.56, 0.71]
    """
    of = {id: set(group) for group in groups for id in group}
    events = defaultdict(set)
    for id, event in gold.items():
        events[event].add(id)
    precision = sum(len(of[id] & events[event]) / len(of[id]) for id, event in gold.items()) / len(gold)
    recall = sum(len(of[id] & events[event]) / len(events[event]) for id, event in gold.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def score(rows: Iterable[Mapping[str, Any]], least: float = stories.LEAST) -> tuple[float, float, float]:
    """Return the figures of these articles, grouped with this threshold."""
    ordered = sorted(rows, key=lambda row: str(row["id"]))
    reports = [Report(row["id"], row["title"] or "", row["text"], row["published"]) for row in ordered]
    pairs = Words([telling(report) for report in reports]).near(range(len(reports)))
    whole = [group for part in parts(len(reports), pairs, least) for group in grouped(part, pairs, least)]
    groups = [[str(ordered[i]["id"]) for i in group] for group in whole]
    return b_cubed(groups, {row["id"]: row["event"] for row in ordered})


def best(rows: list[Mapping[str, Any]]) -> float:
    """Return the threshold under which these articles are grouped best; of several the one in the middle."""
    found = {least: round(score(rows, least)[2], 4) for least in THRESHOLDS}
    some = [least for least, value in found.items() if value == max(found.values())]
    return some[len(some) // 2]


def main() -> int:
    """Print the figures."""
    if not ARTICLES.is_file():
        print("../shared does not exist here: stories cannot be scored")
        return 0
    rows = articles()
    print(f"threshold {stories.LEAST:.2f}, {len(rows)} articles: " + _said(score(rows)))
    for which in (0, 1):
        mine, others = half(rows, which), half(rows, 1 - which)
        chosen = best(others)
        print(f"threshold {chosen:.2f}, chosen on the other half, {len(mine)} articles: " + _said(score(mine, chosen)))
    return 0


def _said(figures: tuple[float, float, float]) -> str:
    return "precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(*figures)


if __name__ == "__main__":
    sys.exit(main())

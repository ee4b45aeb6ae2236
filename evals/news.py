"""Score who said what on news that was read for this project: `python -m evals.news [--weights FOLDER]`.

Takes the articles of training/news_statements.tsv (places only; the texts are those of ../shared/data/news_clusters) that nothing
is learned from, all reports of five events. Prints what the shared scorer says of content, and of content
and source. They were marked by language models after the guidelines of the story gold, each on top of what `eye 2` found, which
favours `eye 2`; three articles of the stories that were marked in the same way agree with the gold at F1 .975 (`eye 2`: .869).
Needs ../shared; says so and exits 0 where it is missing.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from evals.extraction import SHARED, Extract, extractor, row
from evals.story import scorer

MARKED = Path(__file__).resolve().parents[1] / "training/news_statements.tsv"
ROLES = ("content", "source", "cue")


def marked() -> dict[str, list[dict[str, Any]]]:
    """Return the statements of the articles that are held out, by the articles' ids, in the scorer's form."""
    with MARKED.open(encoding="utf-8", newline="") as file:
        rows = [line for line in csv.DictReader(file, delimiter="\t") if line["part"] == "held"]
    return {
        line["article"].partition("/")[2]: [_statement(n, text) for n, text in enumerate(line["statements"].split())]
        for line in rows
    }


def _statement(n: int, text: str) -> dict[str, Any]:
    parts = text.removeprefix("*").split("/")
    places = [[list(map(int, place.split("-"))) for place in part.split(",") if place] for part in parts]
    inside = "outer" if text.startswith("*") else None
    return dict(zip(ROLES, places, strict=True)) | {"id": f"s{n}", "parent": inside, "kind": None, "act": None}


def score(extract: Extract) -> dict[str, float]:
    """Return F1 of content, of content and source, and the share of statements inside others that is found."""
    lines = (SHARED / "data/news_clusters/articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = {one["id"]: one for one in map(json.loads, lines)}
    rules = scorer(SHARED / "gold/score.py")
    tally = rules.Tally()
    for id, statements in marked().items():
        text = f"{articles[id]['title']}\n\n{articles[id]['text']}"
        rules.article(tally, id, text, {"statements": statements}, {"statements": [row(s) for s in extract(text)]})
    report = rules.report(tally)
    return {name: float(report[name].get("f1", report[name].get("acc"))) for name in ("content", "attr", "attr/nested")}


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, help="a folder made by training/export.py, instead of the package's")
    args = parser.parse_args(argv)
    if not SHARED.is_dir():
        print("../shared does not exist here: there is no news to score on")
        return 0
    for name, value in score(extractor(args.weights)).items():
        print(f"{name:12s} {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Score the way within one document on the story gold: `python -m evals.story [--oracle] [--show KIND N] [--story NAME]`.

`--oracle` hands the gold's content, source, cue, kind and parent to the stages after extraction, so that these can be
measured by themselves; without it the statements are our own. Needs ../shared; says so and exits 0 where it is missing.
The scorer is the shared one, imported from its file and not changed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from onrecord import pipeline
from onrecord.document import Document, Span, Statement
from onrecord.form import document_form
from onrecord.read import read_one

SHARED = Path(__file__).resolve().parents[2] / "shared"
ACROSS = ("same", "figures_same", "copies")  # found by linking: evals/link.py


def scorer(path: Path) -> ModuleType:
    """Import the shared scorer from its file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_statements(rows: list[dict[str, Any]]) -> tuple[Statement, ...]:
    """Return the gold's statements with the fields that extraction gives, and nothing else."""

    def spans(row: dict[str, Any], role: str) -> tuple[Span, ...]:
        return tuple(Span(*pair) for pair in row.get(role) or [])

    return tuple(
        Statement(
            row["id"],
            spans(row, "content"),
            spans(row, "source"),
            spans(row, "cue"),
            row["kind"],
            row.get("parent"),
            by={"statement": "gold"},
        )
        for row in rows
    )


def run(doc: Document, gold: list[dict[str, Any]] | None) -> Document:
    """Run the pipeline; with `gold`, the gold's statements stand in for the extractor's."""
    for step in pipeline.STAGES:
        if gold is not None and "statements" in step.adds:
            continue
        doc = step(doc)
        if gold is not None and step.name == "segment":
            doc = replace(doc, statements=gold_statements(gold))
    return doc


def predict(name: str, oracle: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the gold of a story and our answer to it, both in the scorer's form."""
    gold = json.loads((SHARED / "gold/answers" / f"{name}.gold.json").read_text())
    articles = {}
    for article in gold["articles"]:
        doc = read_one(SHARED / "gold/stories" / name / f"{article}.txt")
        done = run(doc, gold["articles"][article]["statements"] if oracle else None)
        articles[article] = msgspec.to_builtins(document_form(done))
    return gold, {"articles": articles}


def tally(oracle: bool = False, only: str | None = None) -> tuple[ModuleType, Any]:
    """Return the shared scorer and its tally over one story or all."""
    score = scorer(SHARED / "gold/score.py")
    counts = score.Tally()
    for path in sorted((SHARED / "gold/answers").glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        if only in {None, name}:
            gold, answer = predict(name, oracle)
            score.story(counts, gold, answer, str(SHARED / "gold/stories" / name))
    return score, counts


def fields() -> dict[str, float]:
    """Return the figure of each field, own extraction, that is found within one document: F1, or the share right."""
    score, counts = tally()
    figures = {}
    for key, values in score.report(counts).items():
        if isinstance(values, dict) and key not in ACROSS:
            figures[key] = float(values.get("f1", values.get("acc", 0.0)))
    return figures


def main(argv: list[str] | None = None) -> int:
    """Print the scorer's table for one story or all."""
    args = _arguments().parse_args(argv)
    if not SHARED.is_dir():
        print("../shared does not exist here: the story gold cannot be scored")
        return 0
    score, counts = tally(args.oracle, args.story)
    for key, figures in score.report(counts).items():
        print(f"{key:18s}", figures)
    if args.show:
        for row in counts.rows[args.show[0]][: int(args.show[1])]:
            print("  ", row)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oracle", action="store_true", help="use the gold's spans instead of our extraction")
    parser.add_argument("--story", help="one story by name")
    parser.add_argument("--show", nargs=2, metavar=("KIND", "N"), help="missed, extra or speaker, and how many rows")
    return parser


if __name__ == "__main__":
    sys.exit(main())

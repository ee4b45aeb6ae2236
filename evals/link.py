"""Score linking on the story gold: `python -m evals.link [--gold]`.

Each story is one record, read, extracted, linked and exported; the shared scorer compares `same`, `figures_same` and `copies`.
With `--gold` the gold's statements, speakers, acts and figures stand in for ours, to measure linking alone; its weights were
learned on these very stories, so that figure is no forecast (docs/linking.md has the one with a story left out in turn).
Needs ../shared; says so and exits 0 where it is missing.
"""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals import stories as news_stories
from evals.story import ACROSS, SHARED, scorer
from onrecord.document import Document, Figure, Span, Speaker, Statement
from onrecord.pipeline import extract
from onrecord.read import read_one
from onrecord.record import Record

SPEAKERS = ("speaker/named", "speaker/unnamed")


def with_gold(doc: Document, article: dict[str, Any]) -> Document:
    """Return a document with the layers of the gold."""

    def spans(row: dict[str, Any], role: str) -> tuple[Span, ...]:
        return tuple(Span(*pair) for pair in row.get(role) or [])

    known = ("kind", "parent", "speaker", "speaker_type", "role", "addressee", "channel", "said_on", "act")
    names = list(dict.fromkeys(row["speaker"] for row in article["statements"] if row["speaker"]))
    ids = {name: f"e{n}" for n, name in enumerate(names, 1)}
    rows = {row["speaker"]: row for row in article["statements"]}
    statements = tuple(
        Statement(
            row["id"],
            spans(row, "content"),
            spans(row, "source"),
            spans(row, "cue"),
            named=bool(row["named"]),
            speaker_id=ids.get(row["speaker"]),
            **{name: row.get(name) for name in known},
        )
        for row in article["statements"]
    )
    speakers = tuple(
        Speaker(ids[name], name, rows[name]["speaker_type"], bool(rows[name]["named"]), rows[name]["role"])
        for name in names
    )
    figures = tuple(
        Figure(
            row["id"],
            Span(*row["span"]),
            tuple(row["value"]) if isinstance(row["value"], list) else row["value"],
            row["unit"],
            row["qualifier"],
            row["measures"],
            row["statement"],
        )
        for row in article["figures"]
    )
    return replace(doc, statements=statements, speakers=speakers, figures=figures)


def linked(name: str, gold: dict[str, Any], by_gold: bool) -> dict[str, Any]:
    """Return a story as it is exported once linked."""
    with Record.open(":memory:") as record:
        for article, rows in gold["articles"].items():
            doc = read_one(SHARED / "gold/stories" / name / f"{article}.txt")
            record.store.put(with_gold(doc, rows) if by_gold else extract(doc))
        record.link()
        out = io.BytesIO()
        record.export("json", out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def stories(by_gold: bool) -> dict[str, Any]:
    """Return the scorer's figures over all stories."""
    score = scorer(SHARED / "gold/score.py")
    tally = score.Tally()
    for path in sorted((SHARED / "gold/answers").glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        gold = json.loads(path.read_text(encoding="utf-8"))
        score.story(tally, gold, linked(name, gold, by_gold), str(SHARED / "gold/stories" / name))
    report: dict[str, Any] = score.report(tally)
    told = (*ACROSS, *SPEAKERS)
    return {key: report[key] for key in told if key in report}


def fields() -> dict[str, float]:
    """Return the pair F1 of what is linked on the whole way, own extraction, how often speakers are called as the whole story
    calls them, and the B-cubed F1 of stories."""
    figures = stories(by_gold=False)
    found = {key: float(figures[key]["f1"]) for key in ACROSS}
    found |= {f"{key}, linked": float(figures[key]["acc"]) for key in SPEAKERS}
    return found | {"stories B-cubed": news_stories.score(news_stories.articles())[2]}


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    arguments = sys.argv[1:] if argv is None else argv
    if not Path(SHARED).is_dir():
        print("../shared does not exist here: the story gold cannot be scored")
        return 0
    for key, figures in stories("--gold" in arguments).items():
        print(f"{key:16s}", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Pronouns of news whose speakers were marked for this project: gives each he and she that is a source, as `pronoun_cases` does.

Takes `news_statements.tsv` and `news_speakers.tsv` (part "train", by `evals.news`) and runs the package's own stages with the
marked statements in place of ours; a candidate is right where its name is the marked speaker's. Here alone there are statements,
and so who spoke last and in whose mouth somebody is named. Nothing is learned here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from evals import news
from evals.story import gold_statements, scorer
from onrecord import pipeline
from onrecord.document import Document
from onrecord.resolve import sources
from onrecord.resolve.pronouns import features
from onrecord.resolve.syntax import Syntax
from training.pronoun_cases import Case, vectors_at


def news_cases(part: str, parser: Mapping[str, Any]) -> Iterator[tuple[str, Case]]:
    """Yield the cases of a part with the names of their articles; those where nobody or everybody is right are left out."""
    rules = scorer(news.SHARED / "gold/score.py")
    for name, doc, marks in news.told(part):
        told = {one["source"][0][0]: one for one in marks if len(one["source"]) == 1}
        for span, gender, table, scene in _asked(doc, marks, parser):
            one = told.get(span.start)
            if one is None or not one["named"] or tuple(one["source"][0]) != (span.start, span.end):
                continue
            right = [rules.name_ok(one["speaker"], entity.name, True) for entity, _ in table]
            if any(right) and not all(right):
                at, entities = scene.cols.at(span.start), [entity for entity, _ in table]
                vectors = vectors_at(scene, at, entities, scene.trees.encoding)
                yield name, Case([row for _, row in table], right, [], [], gender == "f", *vectors)


def _asked(doc: Document, marks: list[dict[str, Any]], parser: Mapping[str, Any]) -> list[Any]:
    """Run the stages; return every pronoun that was asked about with its candidates as they stood then."""
    seen: list[Any] = []
    kept = sources.resolve

    def record(scene: Any, at: int, gender: Any, context: Any) -> Any:
        # Earlier pronouns go by features alone, as in the other corpora: by the kept network, what is learned would hang on it.
        scene.pairs, scene.trees = None, Syntax(scene.cols, doc.encoding, parser)
        table = features(scene, at, gender, context)
        if context.people:
            table = [row for row in table if row[0].type == "person"] or table
        seen.append((scene.cols.span(at, at + 1), gender, table, scene))
        return kept(scene, at, gender, context)

    sources.resolve = record
    try:
        for step in pipeline.STAGES:
            if "statements" in step.adds:
                continue
            doc = step(doc)
            if step.name == "segment":
                doc = replace(doc, statements=gold_statements(marks))
            if step.name == "speakers":
                break
    finally:
        sources.resolve = kept
    return seen

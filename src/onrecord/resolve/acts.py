"""Acts: takes a document's statements, gives each the act it performs, how sure that is, and what decided.

A cue that names an act decides ("denied", "called for"); else a rule that reads it off the content ("it would withdraw if");
else a weighing of cue, signs and words, trained by `training/acts.py`. Reading the cue is in `cues`, the rules in `act_rules`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from onrecord.document import Act, Document, Span, Statement
from onrecord.resolve.act_rules import by_content
from onrecord.resolve.cues import CueReading, read_cue
from onrecord.resolve.signs import features
from onrecord.stage import stage
from onrecord.verbs import spell

ACTS: tuple[Act, ...] = (
    "assert",
    "assess",
    "demand",
    "offer",
    "commit",
    "refuse",
    "agree",
    "deny",
    "accuse",
    "threaten",
    "support",
    "condemn",
    "question",
)
BY = "acts-1"
LONGEST = 4000
# A cue that names one of the other acts is believed; these three, and no cue at all, are weighed with the content.
WEIGHED = frozenset({"open", "assess", "assert"})
# Rules that are right for less than two in three of the labelled statements: they are weighed, and do not decide.
WEAK_RULES = frozenset({"asks", "own plan, spoken", "does not want", "should"})
# Who warns threatens, sees a danger, or tells others to keep away: docs/annotation-guidelines.md knows no warning that asserts.
WARNS, WARNINGS = frozenset({"warn", "warning"}), ("threaten", "assess", "demand")
# Share right: of cues on the story gold, of rules on the story gold and the labels of training/acts_labels.tsv together.
CUE_SURE, RULE_SURE = 0.88, 0.70


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a statement before its act is decided."""

    cue: CueReading
    words: tuple[str, ...]
    kind: str
    rule: tuple[str, Act] | None

    def buckets(self, *, hide_cue: bool = False) -> tuple[int, ...]:
        """Return the rows of the weights to be added up."""
        return tuple(features(self.cue, self.words, self.kind, self.rule[0] if self.rule else "", hide_cue=hide_cue))


@stage(needs=("text", "statements"), adds=("statements.act",))
def acts(doc: Document) -> Document:
    """Give every statement its act and a probability with it."""
    stmts = doc.statements or ()
    if not stmts:
        return doc
    readings = [read(doc.text, stmt) for stmt in stmts]
    chances = weigh([reading.buckets() for reading in readings], weights())
    rows = zip(stmts, readings, chances, strict=True)
    return replace(doc, statements=tuple(_decided(stmt, reading, row) for stmt, reading, row in rows))


def read(text: str, stmt: Statement) -> Reading:
    """Return what cue and content of a statement say."""
    words = spell(_joined(text, stmt.content))
    cue = read_cue(spell(_joined(text, stmt.cue)), words)
    return Reading(cue, words, stmt.kind, by_content(words, spell(_joined(text, stmt.source))))


def _joined(text: str, pieces: Sequence[Span]) -> str:
    return " ".join(piece.of(text) for piece in pieces)[:LONGEST]


def _decided(stmt: Statement, reading: Reading, chances: Any) -> Statement:
    act, sure, by = decide(reading, chances)
    return replace(stmt, act=act, act_confidence=round(sure, 3), by=stmt.by | {"act": by})


def decide(reading: Reading, chances: Any) -> tuple[Act, float, str]:
    """Return the act, how sure it is, and what decided: cue, rule or weighing."""
    if reading.cue.act not in WEIGHED:
        act: Act = reading.cue.act  # type: ignore[assignment]
        return act, max(CUE_SURE, float(chances[ACTS.index(act)])), f"{BY}/cue {reading.cue.lemma}"
    if reading.rule and reading.rule[0] not in WEAK_RULES:
        name, act = reading.rule
        return act, max(RULE_SURE, float(chances[ACTS.index(act)])), f"{BY}/rule {name}"
    if reading.cue.lemma in WARNS:
        chances = chances * np.isin(ACTS, WARNINGS)
    best = int(np.argmax(chances))
    return ACTS[best], float(chances[best] / chances.sum()), f"{BY}/weights"


def weigh(rows: Sequence[Sequence[int]], table: Any) -> Any:
    """Return the chance of each act, one row a statement: a softmax over sums of rows of `table`.

    >>> weigh([[0]], np.zeros((1, 13))).round(3)[0, 0].item()
    0.077
    """
    sums = np.stack([table[list(row)].sum(0) for row in rows])
    powers = np.exp(sums - sums.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


@cache
def weights() -> Any:
    """Return the trained table: a row a bucket, a column an act; kept as int8 with one scale a column."""
    path = resources.files("onrecord") / "models" / "en" / "acts.npz"
    with path.open("rb") as file, np.load(file) as held:
        return held["weights"].astype(np.float32) * held["scale"].astype(np.float32)

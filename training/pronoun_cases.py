"""Pronouns to learn from: takes GAP, GUM and LitBank, gives each he and she with its candidates, their features and the right ones.

GAP (Apache-2.0) says of two names whether they are meant; where neither is, anybody else may be. GUM and LitBank say of every
mention whom it means: a candidate is right where its nearest mention is of the pronoun's entity. Nothing is learned here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals.coreference_texts import Corefered
from evals.gap import entity_at, meant, snippet
from onrecord.document import Document, Origin
from onrecord.encode import encode
from onrecord.resolve.entities import Entity
from onrecord.resolve.pronouns import Context, Scene, features, nearest, resolve
from onrecord.resolve.scene import Reading, reading
from onrecord.resolve.syntax import Syntax
from onrecord.resolve.vectors import mean_vector
from onrecord.resolve.vocabulary import PERSON_PRONOUNS
from onrecord.segment import segment


@dataclass(frozen=True)
class Case:
    """One pronoun: a row of features a candidate, which of them are right, and for GAP those that are the names A and B.

    `pronoun` is the encoder's vector of it, `vectors` has a row for each candidate's nearest mention; None without encoder.
    """

    rows: list[dict[str, float]]
    right: list[bool]
    names: list[int | None]
    gold: list[bool]
    feminine: bool
    pronoun: Any = None
    vectors: Any = None


def gap_cases(path: Path, vectors: bool = False, parser: Mapping[str, Any] | None = None) -> list[Case]:
    """Return the cases of a file of the GAP form, with the features of trees where there is a parser."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_gap_case(row, vectors, parser) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _gap_case(row: dict[str, str], vectors: bool, parser: Mapping[str, Any] | None) -> Case:
    read, offset = snippet(row["Text"]), int(row["Pronoun-offset"])
    at = read.cols.at(offset)
    meant(read, offset)
    read.scene.meant.pop(at, None)
    encoding = encode(document(row["Text"])).encoding if vectors else None
    read.scene.trees = Syntax(read.cols, encoding, parser) if encoding is not None and parser else None
    table = features(read.scene, at, PERSON_PRONOUNS[row["Pronoun"].lower()], Context())
    entities = [entity for entity, _ in table]
    named = [entity_at(read, int(row[f"{x}-offset"])) for x in "AB"]
    gold = [row[f"{x}-coref"].upper() == "TRUE" for x in "AB"]
    places = [next((n for n, entity in enumerate(entities) if entity is who), None) for who in named]
    right = [any(place == n and yes for place, yes in zip(places, gold, strict=True)) for n in range(len(entities))]
    if not any(gold):
        right = [n not in places for n in range(len(entities))]
    feminine = row["Pronoun"].lower() in ("she", "her", "hers")
    return Case([some for _, some in table], right, places, gold, feminine, *vectors_at(read.scene, at, entities, encoding))


def corpus_cases(text: Corefered, vectors: bool = False, parser: Mapping[str, Any] | None = None) -> Iterator[Case]:
    """Yield the cases of a text with coreference, those with a right candidate; earlier pronouns mean what we take them to."""
    doc = document(text.text)
    encoding = encode(doc).encoding if vectors else None
    read = reading(doc)
    read.scene.trees = Syntax(read.cols, encoding, parser) if encoding is not None and parser else None
    for at, lower in enumerate(read.cols.lower):
        if lower not in PERSON_PRONOUNS:
            continue
        span = read.cols.span(at, at + 1)
        who = text.mentions.get((span.start, span.end))
        table = features(read.scene, at, PERSON_PRONOUNS[lower], Context())
        entities = [entity for entity, _ in table]
        right = [who is not None and _whose(text, read, at, entity) == who for entity in entities]
        if any(right):
            feminine = PERSON_PRONOUNS[lower] == "f"
            yield Case([some for _, some in table], right, [], [], feminine, *vectors_at(read.scene, at, entities, encoding))
        resolve(read.scene, at, PERSON_PRONOUNS[lower], Context())


def _whose(text: Corefered, read: Reading, at: int, entity: Entity) -> int | None:
    """The gold's entity at a candidate's nearest mention: that of the smallest mention around it."""
    place = nearest(read.scene, at, entity)
    if place is None:
        return None
    start, end = read.cols.span(place.first, place.end)
    around = [(b - a, who) for (a, b), who in text.mentions.items() if a <= start and end <= b]
    return min(around)[1] if around else None


def document(text: str) -> Document:
    """Return a text as a segmented document."""
    return segment(Document("a", text, Origin("a", "0" * 64)))


def vectors_at(scene: Scene, at: int, entities: Sequence[Entity], encoding: Any) -> tuple[Any, Any]:
    """Return the encoder's vector of the pronoun at a token, and of the candidates' nearest mentions; None without encoder."""
    if encoding is None:
        return None, None

    def vector(first: int, end: int) -> Any:
        found = mean_vector(encoding, scene.cols.span(first, end))
        return np.zeros(encoding.vectors.shape[1], np.float32) if found is None else found

    places = [nearest(scene, at, entity) for entity in entities]
    rows = [vector(place.first, place.end) if place else 0 * vector(at, at + 1) for place in places]
    return vector(at, at + 1).astype(np.float16), np.array(rows, np.float16)

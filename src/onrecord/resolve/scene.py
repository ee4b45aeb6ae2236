"""What is mentioned in a document before anybody is asked who speaks: takes it segmented, gives columns, cast and mentions.

Names, and people described by a noun ("the nurse"), become places that a pronoun can point to. Nothing is resolved here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.document import Document
from onrecord.resolve.casting import cast
from onrecord.resolve.columns import Columns, columns
from onrecord.resolve.descriptions import Described, find_descriptions
from onrecord.resolve.entities import Cast, Entity
from onrecord.resolve.names import find_names
from onrecord.resolve.pronouns import Occurrence, Scene, occurrence
from onrecord.resolve.syntax import syntax
from onrecord.resolve.vectors import pairs
from onrecord.resolve.vocabulary import vocabulary

ONE = frozenset("a an the his her their this that one another its my our".split())


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read in a document before anybody is asked who speaks: its columns, entities, mentions and descriptions."""

    cols: Columns
    cast: Cast
    scene: Scene
    mentions: Sequence[Described]


def reading(doc: Document) -> Reading:
    """Return the entities of a segmented document and where they are mentioned."""
    cols = columns(doc)
    made = cast(cols, find_names(cols))
    mentions = find_descriptions(cols, made.at_token)
    return Reading(cols, made, _scene(doc, cols, made, mentions), mentions)


def _scene(doc: Document, cols: Columns, made: Cast, mentions: Sequence[Described]) -> Scene:
    found: list[Occurrence] = []
    for number, name in enumerate(made.names):
        entity = made.of[number]
        if entity.sure and (entity.type == "person" or not entity.place):
            found.append(occurrence(cols, entity, name.first, name.end, True))
    for each in mentions:
        somebody = _somebody(cols, made, each)
        if somebody is not None:
            found.append(occurrence(cols, somebody, each.first, each.end, False))
    found.sort(key=lambda place: place.first)
    return Scene(cols, found, _told(doc, cols), pairs=pairs(doc.encoding), trees=syntax(doc.encoding, cols))


def _somebody(cols: Columns, made: Cast, each: Described) -> Entity | None:
    """One person who is described and neither named beside it nor being called so ("X is a nurse", "X, a nurse")."""
    if each.type != "person" or cols.lower[each.first] not in ONE or each.end - each.first < 2:
        return None
    before = cols.lower[each.first - 1] if each.first else ""
    if before in (
        "is",
        "was",
        "as",
        "be",
        "been",
        "being",
        "became",
        "become",
        "becoming",
        "named",
        "elected",
        "like",
        "were",
        "are",
    ):
        return None
    if before in (",", "(", "–", "—", "and") and each.first > 1 and each.first - 2 in made.at_token:
        return None
    if any(at in made.at_token for at in range(each.end, min(each.end + 2, len(cols.words)))):
        return None
    head = cols.lower[each.end - 1]
    text = cols.phrase(each.first, each.end)
    return Entity(
        text[:1].lower() + text[1:],
        "person",
        named=False,
        gender=vocabulary().noun_gender.get(head),
        heads={head},
        tokens=[each.first],
    )


def _told(doc: Document, cols: Columns) -> list[int]:
    """For each token the number of the outermost statement whose content holds it, -1 where the reporter speaks."""
    told = [-1] * len(cols.words)
    sizes = sorted(enumerate(doc.statements or ()), key=lambda pair: sum(end - start for start, end in pair[1].content))
    for number, stmt in sizes:
        for piece in stmt.content:
            first, end = cols.within(piece)
            for token in range(first, end):
                told[token] = number
    return told

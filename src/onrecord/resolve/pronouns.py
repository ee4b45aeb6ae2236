"""Pronouns: takes a third-person pronoun's place and what was mentioned around it, gives the entity it means, or none.

Candidates are ranked over features that Lappin and Leass (1994) and Hobbs (1978) made known: recency, subject before object,
repeated mention, parallel place, agreement; and those of news: who spoke last, who is quoted. With an encoder the network of
`vectors` gives the score, without one a weighted sum (`data/pronouns.toml`); `training/ranker.py` learns both.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from onrecord import lexicon
from onrecord.resolve.columns import Columns
from onrecord.resolve.entities import Entity
from onrecord.resolve.syntax import Syntax, placed
from onrecord.resolve.vectors import Pairs
from onrecord.resolve.vocabulary import (
    FUNCTION_WORDS,
    PERSON_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    Gender,
    is_verb,
    vocabulary,
)

REACH = 8  # sentences looked back
MANY = 40  # candidates: in a list of five hundred names the nearest are enough
BOUNDS = frozenset(
    ", ; : that who which and but when while because after before as if although though until since where whose so".split()
)
POSSESSIVE = frozenset(("his", "her", "hers", "their", "its"))
OBJECT = frozenset(("him", "them", "himself", "herself"))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A mention of an entity at tokens `first` to `end`, with what its place says: subject, possessive, object, quoted."""

    entity: Entity
    first: int
    end: int
    subject: bool
    possessive: bool
    object: bool
    named: bool


@dataclass(slots=True)
class Scene:
    """What has been mentioned in a document, in text order, and what earlier pronouns were found to mean.

    `told` gives each token the number of the statement it is told in, -1 for the reporter's own words; `pairs` is what the
    encoder says of a pronoun and a mention, `trees` how the words of a sentence hang together.
    """

    cols: Columns
    occurrences: list[Occurrence]
    told: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    meant: dict[int, Entity] = field(default_factory=dict)
    pairs: Pairs | None = None
    trees: Syntax | None = None

    def __post_init__(self) -> None:
        self.firsts = [each.first for each in self.occurrences]

    def put(self, each: Occurrence) -> None:
        """Put in a mention found later; it takes the place of a description at the same token."""
        place = bisect_left(self.firsts, each.first)
        if place < len(self.firsts) and self.firsts[place] == each.first and not self.occurrences[place].named:
            self.occurrences[place] = each
        else:
            self.occurrences.insert(place, each)
            self.firsts.insert(place, each.first)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about the statement a pronoun is the source of; all of it may be None or empty.

    `people` says that names which may be a company's as well as a person's count only where no person is at hand.
    """

    last_speaker: Entity | None = None
    outer_speaker: Entity | None = None
    barred: tuple[Entity, ...] = ()
    people: bool = False


@cache
def weights() -> Mapping[str, float]:
    """Return the learned weights by feature."""
    return {name: float(value) for name, value in lexicon.table("pronouns", "weights").items()}


def occurrence(cols: Columns, entity: Entity, first: int, end: int, named: bool) -> Occurrence:
    """Return a mention with its grammatical place, judged by the words beside it."""
    after = cols.lower[end] if end < len(cols.words) else ""
    before = cols.lower[first - 1] if first and cols.sentence[first - 1] == cols.sentence[first] else ""
    possessive = after in POSSESSIVES
    return Occurrence(
        entity, first, end, _is_subject(cols, first, end) and not possessive, possessive, before in PREPOSITIONS, named
    )  # fmt: skip


def _is_subject(cols: Columns, first: int, end: int) -> bool:
    at, limit = end, min(len(cols.words), end + 18)
    sentence = cols.sentence[first]
    if at < limit and cols.words[at] in (",", "("):
        close = ")" if cols.words[at] == "(" else ","
        at = next((k + 1 for k in range(at + 1, limit) if cols.words[k] == close), limit)
    while at < limit and cols.lower[at].endswith("ly"):
        at += 1
    if at >= limit or cols.sentence[at] != sentence:
        return False
    return is_verb(cols.lower[at]) and (first == 0 or cols.lower[first - 1] not in PREPOSITIONS)


def resolve(scene: Scene, at: int, gender: Gender | None, context: Context) -> Entity | None:
    """Return the entity that the he or she at token `at` means; None where nobody agrees."""
    table = features(scene, at, gender, context)
    if context.people:
        table = [row for row in table if row[0].type == "person"] or table
    if not table:
        return None
    scores = _scores(scene, at, table) if len(table) > 1 else [0.0]
    best = table[scores.index(max(scores))]
    scene.meant[at] = best[0]
    return best[0]


def _scores(scene: Scene, at: int, table: Sequence[tuple[Entity, dict[str, float]]]) -> list[float]:
    if scene.pairs is None:
        return [score(row, weights()) for _, row in table]
    places = [nearest(scene, at, entity) for entity, _ in table]
    spans = [scene.cols.span(place.first, place.end) if place else None for place in places]
    return scene.pairs.scores(scene.cols.span(at, at + 1), spans, [row for _, row in table])


def nearest(scene: Scene, at: int, entity: Entity) -> Occurrence | None:
    """Return the entity's last mention before token `at`, else its first one at all."""
    for number in range(bisect_left(scene.firsts, at) - 1, -1, -1):
        if scene.occurrences[number].entity is entity:
            return scene.occurrences[number]
    return next((each for each in scene.occurrences if each.entity is entity), None)


def score(row: Mapping[str, float], weight: Mapping[str, float]) -> float:
    """Return the weighted sum of a candidate's features."""
    return sum(weight.get(name, 0.0) * value for name, value in row.items())


def features(scene: Scene, at: int, gender: Gender | None, context: Context) -> list[tuple[Entity, dict[str, float]]]:
    """Return each candidate with its features; nearest mention first, those that cannot agree left out."""
    cols = scene.cols
    latest: dict[int, list[Occurrence]] = {}
    order: list[Entity] = []
    here = bisect_left(scene.firsts, at)
    for number in range(here - 1, -1, -1):
        each = scene.occurrences[number]
        if cols.sentence[at] - cols.sentence[each.first] > REACH or len(order) >= MANY:
            break
        if _agrees(each.entity, gender) and each.entity not in context.barred and each.end <= at:
            if id(each.entity) not in latest:
                order.append(each.entity)
            latest.setdefault(id(each.entity), []).append(each)
    for entity in (context.last_speaker, context.outer_speaker):
        if (
            entity is not None
            and id(entity) not in latest
            and _agrees(entity, gender)
            and entity not in context.barred
            and entity.type == "person"
        ):
            order.append(entity)
            latest[id(entity)] = []
    for ahead in _following(scene, at, gender, context, here):
        if id(ahead.entity) not in latest and (not order or cols.sentence[ahead.first] == cols.sentence[at]):
            order.append(ahead.entity)
            latest[id(ahead.entity)] = [ahead]
    latest_meant = list(islice(reversed(scene.meant.items()), MANY))
    pronouns = [
        (token, who)
        for token, who in reversed(latest_meant)
        if token < at and cols.sentence[at] - cols.sentence[token] <= REACH
    ]
    rows = [
        _row(scene, at, gender, context, latest[id(entity)], entity, rank, pronouns)
        for rank, entity in enumerate(order)
    ]
    if scene.trees is not None and len(order) > 1:  # one alone wins whatever the tree says
        for entity, row in zip(order, rows, strict=True):
            near = nearest(scene, at, entity)
            row |= placed(scene.trees, at, near.first, near.end) if near is not None else {}
    return list(zip(order, rows, strict=True))


def _following(scene: Scene, at: int, gender: Gender | None, context: Context, here: int) -> list[Occurrence]:
    """The first names behind that agree: "In his book, Okoro says", or a pronoun that stands before every name."""
    agreeing = (
        each for each in scene.occurrences[here : here + MANY]
        if _agrees(each.entity, gender) and each.entity not in context.barred and each.named and not each.entity.place
    )  # fmt: skip
    return list(islice(agreeing, 3))


def _agrees(entity: Entity, gender: Gender | None) -> bool:
    return (entity.type == "person" or entity.maybe) and (
        gender is None or entity.gender is None or entity.gender == gender
    )


def _row(
    scene: Scene, at: int, gender: Gender | None, context: Context, seen: Sequence[Occurrence], entity: Entity,
    rank: int, pronouns: Sequence[tuple[int, Entity]],
) -> dict[str, float]:  # fmt: skip
    cols = scene.cols
    row: dict[str, float] = {"rank": min(rank, 8) / 8}
    row["gender known"] = float(gender is not None and entity.gender == gender)
    row["named"] = float(entity.named)
    row["maybe"] = float(entity.maybe)
    row["likely"] = float(gender is not None and entity.likely == gender)
    row["unlikely"] = float(gender is not None and entity.likely not in (None, gender))
    row["place"] = float(entity.place)
    row["mentions"] = math.log1p(len(seen))
    row["last speaker"] = float(entity is context.last_speaker)
    row["outer speaker"] = float(entity is context.outer_speaker)
    row["earlier pronoun"] = float(any(who is entity for _, who in pronouns))
    row["last pronoun"] = float(bool(pronouns) and pronouns[-1][1] is entity)
    row["first in document"] = float(bool(scene.occurrences) and scene.occurrences[0].entity is entity)
    if not seen:
        return row
    near = seen[0]
    gap = cols.sentence[at] - cols.sentence[near.first]
    kind = (
        "possessive"
        if cols.lower[at] in POSSESSIVE and cols.lower[at] != "hers"
        else "object"
        if cols.lower[at] in OBJECT
        else "subject"
    )
    if cols.lower[at] == "her" and not _before_noun(cols, at):
        kind = "object"
    given = any(word in vocabulary().first_names for word in entity.words[:2])
    row["given"] = float(given)
    row["maybe, no given"] = float(entity.maybe and not given)
    row["no given"] = float(entity.named and not given and not entity.maybe and len(entity.words) > 1)
    row["after the"] = float(
        any(each.first > 0 and cols.lower[each.first - 1] in ("the", "in", "at", "from", "a", "an") for each in seen)
    )
    row["human"] = float(any(each.subject for each in seen) or any(each.possessive for each in seen))
    bounds = _bounds(cols, near.end, at) if gap == 0 and near.first < at else 3
    row[f"bounds {min(bounds, 3)}, {kind}"] = 1.0
    row[f"same clause, subject, {kind}"] = float(bounds == 0 and near.subject)
    row[f"same clause, object, {kind}"] = float(bounds == 0 and not near.subject and not near.possessive)
    row["close, " + kind] = float(0 <= at - near.end <= 4)
    row["main subject"] = float(any(_main(scene, each) for each in seen[:3]))
    row["main subject before, " + kind] = float(
        any(_main(scene, each) and cols.sentence[at] - cols.sentence[each.first] == 1 for each in seen)
    )
    row["main subject here, " + kind] = float(
        any(_main(scene, each) and cols.sentence[at] == cols.sentence[each.first] for each in seen)
    )
    row["pronoun opens, main subject before"] = float(cols.opens[at]) * row["main subject before, " + kind]
    row["pronoun opens, rank 0"] = float(cols.opens[at] and rank == 0)
    row[f"rank {min(rank, 3)}, {kind}"] = 1.0
    inside = [who for token, who in pronouns if cols.sentence[token] == cols.sentence[at]]
    row["pronoun in sentence"] = float(bool(inside) and inside[-1] is entity)
    row["pronoun in sentence, other"] = float(bool(inside) and inside[-1] is not entity)
    mine = PERSON_PRONOUNS.get(cols.lower[at])
    called = [PERSON_PRONOUNS.get(cols.lower[token]) for token, who in pronouns if who is entity]
    row["so called before"] = float(any(each == mine for each in called))
    row["otherwise called"] = float(any(each != mine for each in called))
    row["after as"] = float(
        near.first > 0 and cols.lower[near.first - 1] in ("as", "played", "plays", "playing", "named", "called")
    )
    row["in brackets"] = float(near.first > 0 and cols.words[near.first - 1] == "(")
    row["listed"] = float(_listed(cols, near))
    row["listed, " + kind] = row["listed"]
    row["after by or with"] = float(near.first > 0 and cols.lower[near.first - 1] in ("by", "with", "to", "for"))
    row["named last, " + kind] = float(near.named and rank == 0)
    row["several mentions"] = float(len(seen) > 2)
    row["mentions here"] = min(sum(cols.sentence[each.first] == cols.sentence[at] for each in seen), 3) / 3
    row["relative"] = float(
        (near.end < len(cols.words) and cols.lower[near.end] in ("who", "whose"))
        or cols.lower[near.end : near.end + 2] == [",", "who"]
    )
    row["behind, fronted"] = float(near.first > at and cols.words[near.first - 1] == "," and _fronted(cols, at))
    row["behind, fronted, " + kind] = row["behind, fronted"]
    row["behind"] = float(near.first > at)
    row["behind, " + kind] = row["behind"]
    row["behind comma"] = float(near.first > at and cols.words[near.first - 1] == ",")
    row[f"sentences {min(max(gap, -1), 4)}"] = 1.0
    row["tokens"] = math.log1p(abs(at - near.first))
    row[f"near subject, {kind}"] = float(near.subject)
    row[f"near possessive, {kind}"] = float(near.possessive)
    row[f"near object, {kind}"] = float(near.object)
    row["same sentence, " + kind] = float(gap == 0)
    row["ever subject"] = float(any(each.subject for each in seen))
    row["same paragraph"] = float(cols.stretch[at] == cols.stretch[near.first])
    row["quoted apart"] = float((cols.quoted[at] >= 0) != (cols.quoted[near.first] >= 0))
    if scene.told:
        row["told apart"] = float(scene.told[near.first] >= 0 and scene.told[at] != scene.told[near.first])
        row["alone told"] = float(
            all(scene.told[each.first] >= 0 and scene.told[at] != scene.told[each.first] for each in seen)
        )
    row["opens sentence"] = float(cols.opens[near.first] or (near.first > 0 and cols.opens[near.first - 1]))
    row["opens, " + kind] = row["opens sentence"]
    row["subject here"] = float(any(each.subject and cols.sentence[each.first] == cols.sentence[at] for each in seen))
    row["subject before"] = float(
        any(each.subject and cols.sentence[at] - cols.sentence[each.first] == 1 for each in seen)
    )
    row["direct before"] = float(at - near.end <= 2)
    row["full name"] = float(near.named and near.end - near.first > 1)
    return row


def _bounds(cols: Columns, first: int, end: int) -> int:
    """How many clause boundaries lie between two tokens of a sentence."""
    return sum(cols.lower[at] in BOUNDS for at in range(first, end))


def _main(scene: Scene, each: Occurrence) -> bool:
    """The first subject of its sentence."""
    if not each.subject:
        return False
    place = bisect_left(scene.firsts, each.first) - 1
    while place >= 0 and scene.cols.sentence[scene.occurrences[place].first] == scene.cols.sentence[each.first]:
        if scene.occurrences[place].subject:
            return False
        place -= 1
    return True


def _fronted(cols: Columns, at: int) -> bool:
    """The pronoun's sentence begins with a preposition or a participle."""
    first = at
    while first > 0 and cols.sentence[first - 1] == cols.sentence[at]:
        first -= 1
    lower = cols.lower[first]
    return (
        lower in PREPOSITIONS
        or lower.endswith("ing")
        or lower in ("when", "while", "although", "though", "if", "despite", "as", "once")
    )


def _listed(cols: Columns, each: Occurrence) -> bool:
    """One of several names joined by commas and "and"."""
    after = cols.lower[each.end : each.end + 1]
    before = cols.lower[each.first - 1 : each.first]
    return after == ["and"] or before == ["and"]


def _before_noun(cols: Columns, at: int) -> bool:
    after = cols.lower[at + 1] if at + 1 < len(cols.words) else ""
    return bool(after) and after[0].isalnum() and after not in FUNCTION_WORDS

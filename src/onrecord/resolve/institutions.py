"""The body behind a mouth: takes a read phrase and its bearer, gives the organisation, party or state they speak for, or none.

"a spokesman for the ministry", "State Department spokeswoman Heather N.", "Hamas leader X", "director of the Rijn Institute".
"""

from __future__ import annotations

from onrecord import lexicon
from onrecord.resolve.columns import Columns
from onrecord.resolve.entities import NO_SHORT_FORMS, Cast, Entity
from onrecord.resolve.phrase import Phrase
from onrecord.resolve.vocabulary import FUNCTION_WORDS, RELATIVES, fold, vocabulary

HEADS_OF_STATE = frozenset("president minister premier chancellor king queen ambassador envoy".split())


ADJECTIVES = frozenset("democratic republican presidential federal conservative liberal".split())


def find_institution(cols: Columns, made: Cast, phrase: Phrase, entity: Entity) -> Entity | None:
    """Return the body that the words of a source, or the roles of its bearer, name."""
    if entity.type != "person":
        return None
    ranges = [(role.first, role.end) for role in entity.roles]
    if phrase.kind in ("name", "description"):
        ranges.insert(0, (phrase.first, phrase.end))
    for first, end in ranges:
        body = _body_in(cols, made, first, end, entity)
        if body is not None:
            return body
    return None


def _body_in(cols: Columns, made: Cast, first: int, end: int, entity: Entity) -> Entity | None:
    at = first
    while at < end:
        name = made.at_token.get(at)
        if name is not None and name.title <= at < name.first:
            body = _before_title(cols, made, name.title, name.first, entity)
            if body is not None:
                return body
        if name is None or made.meant(name) is entity:
            at += 1
            continue
        found = made.meant(name)
        if cols.lower[name.end - 1] in ADJECTIVES or cols.lower[name.end - 1] in vocabulary().persons:
            at = name.end
            continue
        listed = name.kind == "organisation" or (name.kind == "unsure" and entity.heads & vocabulary().callings)
        whole = listed and not _is_abbreviated(cols, name.first, name.end)
        if found is not None and found.type == "organisation" and whole and not found.place:
            return found
        if name.kind in ("people", "state") and entity.heads & HEADS_OF_STATE:
            return _state(cols.phrase(name.first, name.end), made)
        at = name.end
    return _common_body(cols, made, first, end)


def _is_abbreviated(cols: Columns, first: int, end: int) -> bool:
    """ "R" in "(R-N.J.)", "Neb." behind a town: a party's letter or a place cut short, which nobody speaks for."""
    if end - first > 1:
        return False
    cut = cols.words[end : end + 1] == ["."] and cols.starts[end] == cols.ends[end - 1] and len(cols.words[first]) < 6
    behind = first > 0 and cols.words[first - 1] == ","
    return len(cols.words[first]) == 1 or (cut and behind)


def _before_title(cols: Columns, made: Cast, first: int, end: int, entity: Entity) -> Entity | None:
    """ "Broadcom Chief Executive X", "Nigerian Vice President Y": the words of a title that name a body or a state."""
    vocab = vocabulary()
    last = first
    while (
        last < end
        and cols.lower[last] not in vocab.callings
        and cols.lower[last] not in vocab.titles
        and cols.lower[last] not in vocab.lead
    ):
        last += 1
    if last == first:
        return None
    text = cols.phrase(first, last)
    if text in vocab.state_of:
        return _state(text, made)
    words = tuple(fold(word) for word in text.split())
    if len(words) == 1 and words[0] in lexicon.words("roles", "companies"):
        return _of_that_kind(made, words[0])
    known = next(
        (
            e
            for e in made.entities
            if e.type == "organisation"
            and not e.place
            and (
                e.words == words
                or e.words[: len(words)] == words
                or (len(words) == 1 and e.words[-1:] == words and words[0] not in NO_SHORT_FORMS)
            )
        ),
        None,
    )
    if known is not None:
        return known
    if words[-1] in vocab.organisation_words or text.isupper() or text in vocab.known_organisations:
        return Entity(text, "organisation", words=words)
    return None


def _of_that_kind(made: Cast, noun: str) -> Entity | None:
    """ "Airline spokesman A. B.": the airline that the text names most often, None where it names none."""
    kin = {noun, *str(lexicon.table("roles", "kinds").get(noun, "")).split()}
    found = [e for e in made.entities if e.type == "organisation" and e.words[1:] and not kin.isdisjoint(e.words)]
    return max(found, key=lambda entity: len(entity.tokens), default=None)


def _state(word: str, made: Cast) -> Entity | None:
    state = vocabulary().state_of.get(word)
    adjective = vocabulary().adjective.get(state or "")
    wanted = (f"{adjective} government", state)
    for name in wanted:
        for entity in made.entities:
            if entity.type == "organisation" and entity.name == name:
                return entity
    return None


def _common_body(cols: Columns, made: Cast, first: int, end: int) -> Entity | None:
    """ "a spokesman for the ministry": the body described after "for" or "of"."""
    vocab = vocabulary()
    if cols.lower[first] in lexicon.words("roles", "companies") and _before_mouth(cols, first, end):
        return _of_that_kind(made, cols.lower[first])
    for at in range(first, end):
        if cols.lower[at] in vocab.organisations and at > first and _is_body(cols, first, at, end):
            start = at
            while (
                start > first
                and cols.lower[start - 1] not in ("for", "of", "the", "a", "an", "at", ",", "from", "with")
                and cols.words[start - 1][0].isalnum()
            ):
                start -= 1
            text = cols.phrase(start, at + 1)
            known = next(
                (e for e in made.entities if e.type == "organisation" and e.name.lower() == text.lower()), None
            )
            return known or Entity(text, "organisation", named=False)
    return None


def _before_mouth(cols: Columns, first: int, end: int) -> bool:
    return first + 1 < end and cols.lower[first + 1] in vocabulary().mouths


def _is_body(cols: Columns, first: int, at: int, end: int) -> bool:
    """A body that somebody speaks or works for, not "secretary of state", "a campaign event" or "an airline ticket"."""
    thing = cols.lower[at] in ("state", "country", "nation", "city") or cols.lower[at] in vocabulary().persons
    if thing or cols.lower[first] in RELATIVES:
        return False
    after = cols.lower[at + 1] if at + 1 < end else ""
    return (
        not after.isalpha() or after in FUNCTION_WORDS or after in vocabulary().offices | vocabulary().mouths | {"boss"}
    )


def affiliation_of(entity: Entity) -> str | None:
    """Return the name of the body that somebody named belongs to, None where the text gives none."""
    return entity.institution.name if entity.named and entity.institution is not None else None

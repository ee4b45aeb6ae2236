"""Descriptions in a document: takes its columns and names, gives "the minister", "two witnesses", "a local source" as mentions.

Only phrases whose head noun is in `data/roles.toml` count; those that are the title of a name are left to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.document import SpeakerType
from onrecord.resolve.capitals import is_capital
from onrecord.resolve.columns import Columns
from onrecord.resolve.heads import head_type
from onrecord.resolve.names import Name
from onrecord.resolve.roles import ENDINGS
from onrecord.resolve.vocabulary import DETERMINERS, FUNCTION_WORDS, POSSESSIVES, VERBS, vocabulary


@dataclass(frozen=True, slots=True)
class Described:
    """A described somebody: tokens `first` to `end`, the head noun last; `definite` for "the", "this" and possessives."""

    first: int
    end: int
    type: SpeakerType
    definite: bool
    plural: bool


def find_descriptions(cols: Columns, at_token: Mapping[int, Name]) -> list[Described]:
    """Return the described people and bodies in text order."""
    vocab = vocabulary()
    found = []
    for at, lower in enumerate(cols.lower):
        if lower not in vocab.nouns and not lower.endswith("-old"):
            continue
        if lower in FUNCTION_WORDS or not cols.cased[at] or _is_part_of_more(cols, at_token, at):
            continue
        first = _start(cols, at_token, at)
        if lower in ("left", "right") and cols.lower[first] not in DETERMINERS:
            continue  # "dockers left"
        kind = head_type(lower, cols.words[at])
        definite = cols.lower[first] in ("the", "this", "that", "his", "her", "their", "its", "these", "those")
        found.append(Described(first, at + 1, kind, definite, kind == "group"))
    return found


def _is_part_of_more(cols: Columns, at_token: Mapping[int, Name], at: int) -> bool:
    """The noun is inside a name, before one as its title, or modifies the next noun ("party leader")."""
    vocab = vocabulary()
    if at in at_token:
        return True
    after = at + 1
    if after >= len(cols.words) or cols.sentence[after] != cols.sentence[at]:
        return False
    if after in at_token and not cols.opens[after]:
        return cols.lower[at] in vocab.persons
    return (
        vocab.is_common(cols.lower[after])
        and cols.lower[after] not in FUNCTION_WORDS
        and cols.lower[after] not in vocab.documents
    )


def _start(cols: Columns, at_token: Mapping[int, Name], at: int) -> int:
    vocab = vocabulary()
    first, sentence = at, cols.sentence[at]
    while first > 0 and at - first < 7 and cols.sentence[first - 1] == sentence:
        word, lower = cols.words[first - 1], cols.lower[first - 1]
        if lower in DETERMINERS:
            return first - 1
        if lower in FUNCTION_WORDS or not (word[0].isalnum() or word in POSSESSIVES):
            break
        if _is_verb_here(cols, at_token, first - 1):
            break
        if not (
            first - 1 in at_token
            or is_capital(word)
            or vocab.is_common(lower)
            or lower in vocab.lead
            or lower.endswith(ENDINGS)
            or word in POSSESSIVES
            or "-" in word
            or len(lower) < 7
        ):
            break
        first -= 1
    return first


def _is_verb_here(cols: Columns, at_token: Mapping[int, Name], at: int) -> bool:
    """ "State TV accused the police", "papers quoted witnesses": a past form right behind a noun, not "the armed group"."""
    lower = cols.lower[at]
    if lower in VERBS:
        return True
    if not (lower.endswith("ed") and cols.words[at].islower() and at > 0):
        return False
    return at - 1 in at_token or vocabulary().is_common(cols.lower[at - 1])

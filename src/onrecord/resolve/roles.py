"""Roles: takes columns and a name's place in them, gives the office or description the text puts before or behind the name.

"Hamas leader | Osama Hamdan", "Gaby Lasky |, Tamimi's lawyer", "A Taliban spokesman, | Z.", "X, who heads Y". Whether two roles
are one person's is for `entities`.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.resolve.capitals import is_capital
from onrecord.resolve.columns import Columns
from onrecord.resolve.names import Name
from onrecord.resolve.vocabulary import (
    DETERMINERS,
    FUNCTION_WORDS,
    POSSESSIVES,
    PREPOSITIONS,
    VERBS,
    Vocabulary,
    vocabulary,
)

STOPS = frozenset(', . ; : ( ) [ ] – — -- - ! ? " “ ” … | •'.split()) | {
    "who",
    "which",
    "that",
    "whose",
    "where",
    "when",
    "while",
    "as",
}
HEADS = {
    "heads": "head of", "leads": "leader of", "chairs": "chair of", "runs": "head of", "directs": "director of",
    "represents": "representative of", "founded": "founder of", "headed": "head of", "led": "leader of",
}  # fmt: skip
ENDINGS = (
    "al",
    "ive",
    "an",
    "ary",
    "ic",
    "ish",
    "ist",
    "ern",
    "ese",
    "ior",
    "ean",
    "ous",
    "est",
    "nt",
    "i",
    "ry",
    "ty",
    "ed",
)
LEADING = frozenset(
    """sitting ruling leading visiting outgoing incoming running founding managing commanding organizing acting
    banking retired elected disgraced exiled jailed convicted appointed united""".split()
)
LONGEST = 18


@dataclass(frozen=True, slots=True)
class Role:
    """What a text calls somebody, without article, the tokens it stands in, and its head noun in lower case."""

    text: str
    first: int
    end: int
    head: str = ""


def role_before(cols: Columns, name: Name, low: int = 0) -> Role | None:
    """Return the role that leads up to a name: its title, and the nouns and adjectives before that.

    `low` is the first token the role may take in, such as the beginning of a source.
    """
    vocab = vocabulary()
    first, title = name.title, name.title
    while first < name.first and (cols.lower[first] in vocab.honorifics or cols.words[first] == "."):
        first += 1  # "Mr President" is rare, "Dr" and "Sheikh" alone are no role
    bare = first == name.first
    before = title - 1
    if bare and (before < low or not _calls(cols, before, vocab) or cols.sentence[before] != cols.sentence[name.first]):
        return None
    start = _leftmost(cols, title, low, vocab, strict=not bare and cols.words[title][0].isupper())
    if bare and start >= title:
        return None
    end = title if bare else name.first
    while end > start and cols.lower[end - 1] in vocab.honorifics:
        end -= 1
    return _role(cols, start, end)


def _calls(cols: Columns, at: int, vocab: Vocabulary) -> bool:
    """The word before a name is a noun for a person: listed, or made like one ("speechwriter")."""
    lower = cols.lower[at]
    if lower in vocab.persons:
        return True
    made = lower.endswith(("er", "or", "ist", "eer", "man", "woman")) and len(lower) > 6
    verb = at > 1 and cols.lower[at - 1] in BEFORE_VERBS and cols.lower[at - 2] != "according"  # "to bolster Ada Brook"
    made = made and not verb
    return made and cols.words[at].islower() and lower not in FUNCTION_WORDS and lower not in NOT_CALLED


NOT_CALLED = frozenset(
    """together whatever whoever whenever wherever whether another further rather former earlier younger bigger
    smaller larger higher greater stronger superior interior exterior inferior remember consider december
    september november october human german""".split()
)


def _leftmost(cols: Columns, at: int, low: int, vocab: Vocabulary, *, strict: bool) -> int:
    """The first word of the role; `strict` where its office has a capital, before which no unlisted word belongs to it."""
    sentence = cols.sentence[at]
    start, strange = at, 0
    while start > low and at - start < 9 and cols.sentence[start - 1] == sentence:
        if not _modifies(cols, start - 1, vocab):
            # an unknown noun within a compound: "press secretary", "pizza magnate"; within a source any number of them
            if strict or not _noun_like(cols, start - 1, start) or (strange and not low):
                break
            strange += 1
        elif strict and cols.lower[start - 1] in ALSO_VERBS and cols.words[start - 1].islower():
            break  # "plans that force Sen. Brook to act"
        start -= 1
    while start < at and (cols.lower[start] in FUNCTION_WORDS or cols.words[start] in POSSESSIVES):
        start += 1
    return start


def _noun_like(cols: Columns, at: int, start: int) -> bool:
    lower = cols.lower[at]
    if (
        not (cols.words[at].isalpha() and cols.words[at].islower())
        or lower in FUNCTION_WORDS
        or lower in VERBS
        or len(lower) < 4
    ):
        return False
    if at and cols.lower[at - 1] in BEFORE_VERBS and cols.lower[at - 2 : at - 1] != ["according"]:
        return False
    return lower in ("press", "business", "sales", "communications", "operations") or not lower.endswith(
        ("ed", "ing", "ly", "s")
    )


ALSO_VERBS = frozenset("force fund front bar board back house head lead chair".split())
BEFORE_VERBS = frozenset("to will would can could may might must should they we i you not".split())


def _modifies(cols: Columns, at: int, vocab: Vocabulary) -> bool:
    word, lower = cols.words[at], cols.lower[at]
    if lower in FUNCTION_WORDS or lower in VERBS or cols.breaks[at + 1]:
        return False
    if (
        lower.endswith(("ing", "ed"))
        and (word.islower() or cols.opens[at])
        and word not in vocab.places
        and word not in vocab.state_of
    ):
        return lower in LEADING
    if word in POSSESSIVES or is_capital(word) or lower in vocab.lead or "-" in word:
        return word[0].isalnum() or word in POSSESSIVES
    return (
        lower in vocab.persons
        or lower in vocab.organisations
        or (word.isalpha() and lower.endswith(ENDINGS) and len(word) > 3)
    )


def role_after(cols: Columns, name: Name, high: int) -> Role | None:
    """Return the role in the apposition or relative clause behind a name; `high` is the end of where it may stand.

    An age in between ("Juno Park, 35, a nurse") is passed over.
    """
    at = name.end
    if at < high and cols.words[at] == "(":
        at = _after_bracket(cols, at, high)
    if at + 1 >= high or cols.sentence[at] != cols.sentence[name.first]:
        return None
    if cols.lower[at] == "who":
        return _relative(cols, at + 1, high)
    if cols.words[at] not in (",", "–", "—", "--"):
        return None
    at += 1
    if cols.words[at].isdigit() and at + 2 < high and cols.words[at + 1] == ",":
        at += 2
    if cols.lower[at] == "who":
        return _relative(cols, at + 1, high)
    return _apposition(cols, at, high)


def _after_bracket(cols: Columns, at: int, high: int) -> int:
    for end in range(at + 1, min(at + 8, high)):
        if cols.words[end] == ")":
            return end + 1
    return at


def _apposition(cols: Columns, at: int, high: int) -> Role | None:
    vocab = vocabulary()
    end = _clause_end(cols, at, high)
    start = at
    while (
        start < end
        and cols.lower[start] in DETERMINERS
        and cols.lower[start] not in ("his", "her", "their", "its", "my", "our")
    ):
        start += 1
    head = noun_head(cols, start, end)
    subject = (
        start > at and end < len(cols.words) and cols.lower[end] in VERBS
    )  # "In a talk with Brook, the mayor said"
    if head is None or cols.lower[at] in ("and", "but", "or") or subject:
        return None
    lower = cols.lower[head]
    if lower not in vocab.persons and not (start > at and lower.endswith(MADE)):
        return None
    return _role(cols, start, end)


MADE = ("man", "woman", "person", "ist", "eer", "crat", "er", "or", "ian")


def _relative(cols: Columns, at: int, high: int) -> Role | None:
    """ "who heads the union", "who was president until 2014"."""
    vocab = vocabulary()
    while at < high and cols.lower[at] in ("has", "had", "currently", "also", "once", "now", "previously"):
        at += 1
    if at + 1 >= high:
        return None
    end = _clause_end(cols, at + 1, high)
    if cols.lower[at] in ("is", "was", "been", "served", "serves", "became", "serving"):
        start = at + 1
        while start < end and (cols.lower[start] in DETERMINERS or cols.lower[start] in ("as", "now", "also", "once")):
            start += 1
        head = noun_head(cols, start, end)
        return _role(cols, start, end) if head is not None and cols.lower[head] in vocab.persons else None
    lead = HEADS.get(cols.lower[at])
    if lead is None:
        return None
    role = _role(cols, at + 1, end)
    return Role(f"{lead} {role.text}", role.first, role.end, lead.split()[0]) if role else None


def _clause_end(cols: Columns, at: int, high: int) -> int:
    end, sentence = at, cols.sentence[at] if at < len(cols.sentence) else -1
    while end < min(high, at + LONGEST) and cols.sentence[end] == sentence:
        if cols.words[end] in STOPS and not (cols.words[end] == "." and end > at and len(cols.words[end - 1]) < 4):
            break
        if cols.lower[end] in VERBS or (
            cols.lower[end] in ("from", "until", "since", "in")
            and cols.lower[end + 1 : end + 2]
            and cols.words[end + 1].isdigit()
        ):
            break
        end += 1
    return end


def noun_head(cols: Columns, start: int, end: int) -> int | None:
    """Return the token of the head noun: the last word before the first preposition or clause; None in an empty range."""
    at = start
    while at < end and not (
        cols.lower[at] in PREPOSITIONS
        or (cols.words[at] in STOPS and not _shortens(cols, at, start))
        or (cols.lower[at] == "and" and at > start)
    ):
        at += 1
    last = at - 1
    while last > start and cols.words[last] == ".":
        last -= 1
    return last if at > start else None


def _shortens(cols: Columns, at: int, start: int) -> bool:
    """The point of "Mrs." or "Sen.", which ends nothing."""
    return (
        cols.words[at] == "."
        and at > start
        and cols.ends[at - 1] == cols.starts[at]
        and cols.words[at - 1][0].isupper()
        and len(cols.words[at - 1]) < 5
    )


def _role(cols: Columns, start: int, end: int) -> Role | None:
    while start < end and (
        cols.lower[start] in ("the", "a", "an", "another", "one", "and") or not cols.words[start][0].isalnum()
    ):
        start += 1
    while end > start and (not cols.words[end - 1][-1].isalnum() and cols.words[end - 1] not in (".",)):
        end -= 1
    text = cols.phrase(start, end)
    head = noun_head(cols, start, end)
    return Role(text, start, end, cols.lower[head].rstrip(".") if head is not None else "") if text else None

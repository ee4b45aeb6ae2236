"""A source's words: takes the token range of a noun phrase, gives what kind of phrase it is, its head, name, role and issuer.

"Swiss foreign ministry spokesman | A. B.", "a report by the institute", "Canada and Mexico", "the 35-year-old", "she". Who is
meant by it is for `entities` and `pronouns`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.document import SpeakerType
from onrecord.resolve.columns import QUOTE_MARKS, Columns
from onrecord.resolve.heads import common_head, core_end, determiner_of, head_of, head_type, is_site, trim
from onrecord.resolve.joints import between_people, joints_of
from onrecord.resolve.names import Name
from onrecord.resolve.roles import Role, role_after, role_before
from onrecord.resolve.vocabulary import (
    DAYS_AND_MONTHS,
    DETERMINERS,
    FIRST_PLURAL,
    FIRST_SINGULAR,
    FUNCTION_WORDS,
    NEUTER,
    PERSON_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    SECOND,
    THIRD_PLURAL,
    vocabulary,
)

PhraseKind = Literal["pronoun", "relative", "name", "description", "list"]
PRONOUNS = FIRST_SINGULAR | FIRST_PLURAL | SECOND | THIRD_PLURAL | NEUTER | frozenset(PERSON_PRONOUNS)
PLATFORMS = frozenset(
    "twitter facebook telegram instagram youtube whatsapp tiktok reddit linkedin x truth snapchat medium".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `first` to `end`; `head` is the token of the head noun, `core` the end of the phrase without appositions.

    `name` is the name that the phrase is about, `role` what it says of its bearer, `issuer` whoever gave out a document,
    `parts` the members of a list. `determiner` is "the", "a", a possessive, or "" for none.
    """

    kind: PhraseKind
    type: SpeakerType
    first: int
    end: int
    core: int
    head: int
    determiner: str = ""
    name: Name | None = None
    role: Role | None = None
    issuer: Phrase | None = None
    parts: tuple[Phrase, ...] = ()


def read_phrase(cols: Columns, at_token: Mapping[int, Name], first: int, end: int) -> Phrase | None:
    """Return what the tokens `first` to `end` say; None where there is no word in them.

    `at_token` gives the name a token belongs to, title included.
    """
    first, end = trim(cols, first, end)
    if first >= end:
        return None
    if pronoun := _pronoun(cols, first, end):
        return pronoun
    if cols.lower[first] == "who" or (end - first == 3 and cols.lower[end - 2 : end] == ["of", "whom"]):
        return Phrase("relative", "group" if end - first == 3 else "unknown", first, end, end, first)
    if is_site(cols.phrase(first, end)):
        return Phrase("description", "organisation", first, end, end, end - 1)
    core = core_end(cols, at_token, first, end)
    if members := _members(cols, at_token, first, end, core):
        return members
    if closed := _bracket_end(cols, at_token, core, end):
        return read_phrase(cols, at_token, closed, end)
    head = head_of(cols, at_token, first, core)
    name = at_token.get(head)
    if name and name.first <= head < name.end and not common_head(cols, head, name):
        return _about_name(cols, name, first, end, core, head)
    return _description(cols, at_token, first, end, core, head)


def _pronoun(cols: Columns, first: int, end: int) -> Phrase | None:
    lower = cols.lower[first]
    if (
        end - first <= 2
        and lower in PRONOUNS
        and (
            end - first == 1
            or cols.lower[first + 1] in ("also", "himself", "herself", "themselves", "'s", "’s", "both", "all")
        )
    ):
        return Phrase("pronoun", _pronoun_type(lower), first, end, end, first)
    if end - first == 1 and lower in ("who", "which", "that", "whose", "whom"):
        return Phrase("relative", "unknown", first, end, end, first)
    return None


def _pronoun_type(lower: str) -> SpeakerType:
    if lower in PERSON_PRONOUNS or lower in FIRST_SINGULAR:
        return "person"
    return "organisation" if lower in NEUTER or lower in FIRST_PLURAL else "group"


def _members(cols: Columns, at_token: Mapping[int, Name], first: int, end: int, core: int) -> Phrase | None:
    """ "A and B", "A, B and C": each member is a phrase; a plain "X and Y of Z" is one description."""
    joints = joints_of(cols, at_token, first, end, core) or between_people(cols, at_token, first, end)
    if not joints:
        return None
    start = first + (cols.lower[first] == "both" and first + 1 < joints[0])
    bounds = [start, *(at + 1 for at in joints)], [*joints, end]
    parts = [part for low, high in zip(*bounds, strict=True) if (part := read_phrase(cols, at_token, low, high))]
    if len(parts) < 2 or not any(part.name or part.kind == "pronoun" for part in parts):
        return None
    if any(part.kind == "description" and part.type in ("organisation", "document", "unknown") for part in parts):
        return None
    last = parts[-1]
    if last.name is not None and _two_callings(cols, parts):
        until = last.name.title
        return replace(last, first=first, role=last.role or Role(cols.phrase(first, until), first, until))
    if len(parts) > 2 and cols.words[joints[0]] == "," and _apposed(parts):
        parts = parts[1:]
    if (
        last.kind == "description"
        and last.type == "group"
        and not last.determiner
        and all(p.name and p.type == "organisation" for p in parts[:-1])
    ):
        return None  # "White House and Pentagon spokesmen"
    return replace(together(parts), first=first, end=end, core=end)


def _two_callings(cols: Columns, parts: Sequence[Phrase]) -> bool:
    """ "journalist and author A. B.": no article stands between, and the name is the bearer of both."""
    *before, last = parts
    callings = (
        part for part in before if part.kind == "description" and part.type == "person" and part.core == part.end
    )
    bare = sum(cols.lower[part.first] not in DETERMINERS for part in callings)
    return last.kind == "name" and last.type == "person" and bare == len(before)


def _apposed(parts: Sequence[Phrase]) -> bool:
    """ "the two candidates, A. and B.": the names say who is described before them."""
    first, *names = parts
    return first.kind == "description" and first.type == "group" and all(part.kind == "name" for part in names)


def together(parts: Sequence[Phrase]) -> Phrase:
    """Return several phrases as one list: an organisation if all of them are, else a group."""
    organised = all(part.type == "organisation" for part in parts)
    first, end = parts[0].first, parts[-1].end
    return Phrase("list", "organisation" if organised else "group", first, end, end, parts[-1].head, parts=tuple(parts))


def _about_name(cols: Columns, name: Name, first: int, end: int, core: int, head: int) -> Phrase:
    speaker: SpeakerType = "person" if name.kind in ("person", "unsure") else "organisation"
    role = role_before(cols, name, first) or role_after(cols, name, end)
    return Phrase("name", speaker, first, end, core, head, determiner_of(cols, first), name, role)


def _description(cols: Columns, at_token: Mapping[int, Name], first: int, end: int, core: int, head: int) -> Phrase:
    phrase = Phrase(
        "description", head_type(cols.lower[head], cols.words[head]), first, end, core, head, determiner_of(cols, first)
    )
    if phrase.type in ("unknown", "person", "organisation") and _is_many(cols, first, core, phrase):
        return replace(phrase, type="group")
    if cols.lower[first] == "one" and first + 1 < core and cols.lower[first + 1] == "of":
        single = replace(phrase, type="person")
        return _named_behind(cols, at_token, single) or single
    if phrase.type == "document":
        return replace(phrase, issuer=_issuer(cols, at_token, phrase))
    if phrase.type == "unknown" and head > first and cols.lower[head - 1] in BEFORE_NAMES:
        return replace(phrase, type="organisation")  # "news agency dpa"
    if phrase.type in ("person", "group", "unknown") and (named := _named_behind(cols, at_token, phrase)):
        return named
    if phrase.type == "person" and (named := _office_of(cols, at_token, phrase)):
        return named
    return phrase


def _is_many(cols: Columns, first: int, core: int, phrase: Phrase) -> bool:
    """ "those trailing them", "33% of voters", "other candidates and a columnist": more than one, whatever the head noun says."""
    if phrase.type == "unknown" and (
        cols.lower[first] in MANY or any(cols.lower[at] in ("%", "percent") for at in range(first, core))
    ):
        return True
    if cols.lower[phrase.head + 1 : phrase.head + 2] == ["of"] and cols.lower[phrase.head] in (
        "group",
        "team",
        "band",
        "network",
        "coalition",
        "army",
    ):
        last = cols.lower[core - 1]
        return head_type(last, cols.words[core - 1]) == "group"
    joints = [at for at in range(first + 1, core - 1) if cols.lower[at] in ("and", "or")]
    if phrase.type == "person" and any(
        head_type(cols.lower[at - 1], "") == "group" for at in joints if at < phrase.head
    ):
        return True  # "her parents and brother"
    return phrase.type == "person" and any(
        at < phrase.head and cols.lower[at + 1] in ("a", "an", "the", "other", "several", "even") for at in joints
    )


BEFORE_NAMES = frozenset("agency network newspaper broadcaster channel website company firm".split())
SEEN = frozenset("seen obtained reviewed viewed quoted cited reported".split())  # by whom it was not given out
MANY = frozenset(
    "neither those many some others most several few all both none nearly almost more about roughly one".split()
)


def _office_of(cols: Columns, at_token: Mapping[int, Name], phrase: Phrase) -> Phrase | None:
    """ "former secretary of state A. B.", "chief of staff C. D.": the office goes on over its "of" to the name."""
    at = phrase.head + 2
    while at < min(phrase.core, phrase.head + 4) and at not in at_token and _in_office(cols, at):
        if cols.lower[at] in DETERMINERS or vocabulary().is_common(cols.lower[at]) > (cols.lower[at] in OFFICES_OF):
            return None
        at += 1
    name = at_token.get(at)
    if cols.lower[phrase.head + 1 : phrase.head + 2] != ["of"] or name is None or at == phrase.head + 2:
        return None
    if name.kind != "person" or name.title != at or at >= phrase.core:
        return None
    role = Role(cols.phrase(phrase.first, at), phrase.first, at, cols.lower[phrase.head])
    return replace(phrase, kind="name", type="person", name=name, role=role, head=name.end - 1)


def _in_office(cols: Columns, at: int) -> bool:
    return cols.words[at].islower() or cols.lower[at] in OFFICES_OF


OFFICES_OF = frozenset("state staff police defence defense justice labour labor parliament congress".split())


def _named_behind(cols: Columns, at_token: Mapping[int, Name], phrase: Phrase) -> Phrase | None:
    """ "A Taliban spokesman, Z. M.", "Another parent, E. Y.": the apposition names the one described."""
    at = phrase.core + 1
    if phrase.core >= phrase.end or cols.words[phrase.core] not in (",", "–", "—", "--") or phrase.type == "group":
        return None
    while at < phrase.end and cols.words[at] in QUOTE_MARKS:
        at += 1
    name = at_token.get(at)
    if name is None:
        return _office_behind(cols, at_token, phrase, at)
    if name.kind in ("state", "place", "people") or (name.kind == "organisation" and phrase.type == "person"):
        return None
    role = Role(described(cols, phrase, at_token, bare=True), phrase.first, phrase.core, cols.lower[phrase.head])
    return replace(phrase, kind="name", type="person", name=name, role=role, head=name.end - 1)


def _bracket_end(cols: Columns, at_token: Mapping[int, Name], core: int, end: int) -> int | None:
    """ "Lund County (Ohio) Sheriff A. B.": the token behind a bracket that is followed by somebody's office and name."""
    if core >= end or cols.words[core] != "(":
        return None
    closed = next((at for at in range(core, min(end, core + 6)) if cols.words[at] == ")"), end)
    name = at_token.get(closed + 1) if closed + 1 < end else None
    return closed + 1 if name is not None and name.kind == "person" and name.title == closed + 1 else None


def _office_behind(cols: Columns, at_token: Mapping[int, Name], phrase: Phrase, at: int) -> Phrase | None:
    """ "Another official, deputy police chief A. R.": the apposition has a role of its own."""
    if at >= phrase.end or (cols.lower[at] in FUNCTION_WORDS and cols.lower[at] not in DETERMINERS):
        return None
    inner = read_phrase(cols, at_token, at, phrase.end)
    return replace(inner, first=phrase.first) if inner and inner.kind == "name" and inner.type == "person" else None


def _issuer(cols: Columns, at_token: Mapping[int, Name], phrase: Phrase) -> Phrase | None:
    """Whoever gave out a document: before its noun ("the ministry's report", "a Gallup poll") or behind it ("a note from X")."""
    for at in range(phrase.head + 1, phrase.end - 1):
        if cols.lower[at] == "by" and cols.lower[at - 1] in SEEN:
            return None
        if cols.lower[at] in ("by", "from") or (
            cols.lower[at] in ("on", "of") and cols.lower[phrase.head] in ("post", "website", "page", "video")
        ):
            inner = read_phrase(cols, at_token, at + 1, phrase.end)
            if inner and inner.type == "document" and inner.issuer:
                return inner.issuer
            if inner and inner.type != "document" and inner.kind != "pronoun" and _may_issue(cols, inner):
                return inner
    start = phrase.first
    while (
        start < phrase.head
        and cols.lower[start] in DETERMINERS
        and cols.lower[start] not in ("his", "her", "their", "its", "my", "our")
    ):
        start += 1
    end = next((at for at in range(start, phrase.head) if cols.words[at] in POSSESSIVES), None)
    if end is None:
        end = _owner_end(cols, at_token, start, phrase.head)
    definite = (
        end is not None and end < phrase.head and cols.words[end] in POSSESSIVES and cols.lower[phrase.first] == "the"
    )
    inner = read_phrase(cols, at_token, phrase.first if definite else start, end) if end and end > start else None
    return inner if inner and inner.type != "document" and _may_issue(cols, inner) else None


def _may_issue(cols: Columns, phrase: Phrase) -> bool:
    if cols.lower[phrase.head] in PLATFORMS or phrase.type == "unknown" or cols.words[phrase.head].isdigit():
        return False
    return phrase.name is None or phrase.name.kind in ("person", "organisation", "unsure")


def _owner_end(cols: Columns, at_token: Mapping[int, Name], start: int, head: int) -> int | None:
    """ "a KGI Securities report", "a government statement": the last name or body before the noun."""
    vocab = vocabulary()
    for at in range(head - 1, start - 1, -1):
        name = at_token.get(at)
        if (
            name
            and (name.kind == "organisation" or (name.sure and name.kind == "unsure" and not cols.opens[at]))
            and name.first <= at
        ):
            return name.end
        if cols.lower[at] in vocab.organisations or (cols.lower[at] in vocab.offices and at == head - 1 > start):
            return at + 1
    return None


def described(cols: Columns, phrase: Phrase, at_token: Mapping[int, Name] | None = None, *, bare: bool = False) -> str:
    """Return an unnamed source's description in lower case, appositions and clauses left off; `bare` leaves the article off too.

    The gold's way of wording them (GUIDELINES, Speaker): "a senior administration official", "local officials".
    """
    first, core = phrase.first, phrase.core
    dropped = (
        ("the", "a", "an", "another", "one") if bare else ("some", "many", "several") if phrase.type == "group" else ()
    )
    if phrase.type in ("organisation", "group"):
        dropped = (*dropped, "the")
    while first < core - 1 and cols.lower[first] in dropped and cols.lower[first + 1] not in PREPOSITIONS:
        first += 1
    text = cols.phrase(first, core).strip("\"“”„'‘’ ,")
    if not cols.cased[first]:
        return _in_small_letters(cols, first, core, at_token or {})
    name = (at_token or {}).get(first)
    proper = (
        name is not None
        and (name.kind == "people" or name.sure or name.kind != "unsure")
        and (name.kind == "people" or name.end - first > 1 or not vocabulary().is_common(cols.lower[first]))
    )
    word, *others = text.split(" ", 2)
    proper = proper or (
        bool(others) and others[0][:1].isupper() and first + 1 not in (at_token or {})
    )  # "Family Circle magazine"
    proper = proper or is_site(text) or cols.lower[first] in DAYS_AND_MONTHS
    return text if proper or (len(word) > 1 and word.isupper()) else text[:1].lower() + text[1:]


def _in_small_letters(cols: Columns, first: int, core: int, at_token: Mapping[int, Name]) -> str:
    """A description from a headline, without the capitals of words that the text knows in small letters."""
    small = cols.small
    text = cols.phrase(first, core).strip("\"“”„'‘’ ,")
    for at in range(first, core):
        word, lower = cols.words[at], cols.lower[at]
        common = at not in at_token or vocabulary().is_common(lower)
        if common and word != lower and not (word.isupper() and lower not in small):
            text = text.replace(word, lower, 1)
    return text

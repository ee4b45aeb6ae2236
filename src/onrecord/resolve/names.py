"""Names in a document: takes its columns, gives every run of capitalised words that names somebody or somewhere, with its title.

A name is told apart from the title before it ("Nigerian Vice President | Yemi Osinbajo") and gets the kind its own words and
its neighbours suggest. Which names mean the same one is for `casting`.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Literal

from onrecord.resolve.capitals import Spelt, half_of_compound, may_start, run_end, spelt
from onrecord.resolve.columns import Columns
from onrecord.resolve.vocabulary import (
    DETERMINERS,
    POSSESSIVES,
    Gender,
    Vocabulary,
    fold,
    is_verb,
    vocabulary,
)

NameKind = Literal["person", "organisation", "state", "people", "place", "unsure"]
OPENING_MARKS, CLOSING_MARKS = frozenset("\"“‘'"), frozenset("\"”’'")
LANDS = frozenset("county province township island islands beach valley".split())
NOT_A_RANK = frozenset("electric motors mills dynamics assembly council conference".split())
SUBJECT_VERBS = frozenset(
    "said says told tells has had is was will would and added who spoke also claimed announced".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens `first` to `end` are the name itself, `title` to `first` the words of office or address before it.

    `sure` is False where only a capital letter speaks for it. `gender` is that of an honorific before the name.
    """

    title: int
    first: int
    end: int
    kind: NameKind
    gender: Gender | None = None
    sure: bool = True


def find_names(cols: Columns) -> list[Name]:
    """Return the names of a document in text order; none overlaps another.

    A name that opens a sentence or stands in a headline counts where the document, a word list or a title supports it.
    """
    vocab = vocabulary()
    known = spelt(cols)
    names: list[Name] = []
    offices: list[int] = []
    at, length = 0, len(cols.words)
    while at < length:
        if not may_start(cols, at, vocab, known):
            at += 1
            continue
        end = run_end(cols, at, vocab, known)
        if not half_of_compound(cols, end):
            found = _split(cols, at, end, vocab, known)
            names += found
            alone = end == at + 1 or cols.words[at + 1 : end] == ["."]
            offices += [at] if not found and alone else []
        at = end
    names += _called_like_an_office(cols, names, offices)
    return sorted((_whole(cols, name, known.short) for name in names), key=lambda name: name.first)


def _whole(cols: Columns, name: Name, short: Set[str]) -> Name:
    """ "All Harbour Lines (AHL)": the letters in brackets, or elsewhere in the text, say that a word before belongs to it."""
    inside = (
        cols.words[name.end + 1]
        if cols.words[name.end : name.end + 1] == ["("] and cols.words[name.end + 2 : name.end + 3] == [")"]
        else ""
    )
    letters = "".join(word[0] for word in cols.words[name.first : name.end] if word[0].isupper())
    if name.title < name.first or len(letters) < 2:
        return name
    before = (
        cols.words[name.title - 1] if name.title and cols.sentence[name.title - 1] == cols.sentence[name.first] else ""
    )
    whole = before[:1] + letters
    shown = whole == inside or (whole in short and letters not in short and before.lower() not in ("the", "a", "an"))
    if not before[:1].isupper() or not shown:
        return name
    return Name(name.first - 1, name.first - 1, name.end, "organisation")


def _called_like_an_office(cols: Columns, names: list[Name], offices: list[int]) -> list[Name]:
    """ "King said", where the text has named a Larry King and no article stands before it."""
    family = {fold(cols.words[name.end - 1]) for name in names if name.kind == "person" and name.end - name.first > 1}
    return [
        Name(at, at, at + 1, "person")
        for at in offices
        if fold(cols.words[at]) in family and (not at or cols.lower[at - 1] not in DETERMINERS - {"that"})
    ]


def _split(cols: Columns, start: int, end: int, vocab: Vocabulary, known: Spelt) -> list[Name]:
    """Part a run of capitals into title and name; a run that is all title is no name."""
    cut = _title_end(cols, start, end, vocab)
    if cut == end:
        return []
    honorific = next((cols.lower[at] for at in range(start, cut) if cols.lower[at] in vocab.honorifics), None)
    gender = vocab.honorifics[honorific] if honorific else _title_gender(cols, start, cut, vocab)
    kind, sure = _kind(cols, start, cut, end, vocab, known)
    given = fold(cols.lower[start]) in vocab.first_names
    if kind == "person" and cut == start and not given and in_own_marks(cols, start, end):
        kind = "unsure"
    if cut > start and kind == "unsure":
        kind, sure = "person", True
    return [Name(start, cut, end, kind, gender, sure)]


def in_own_marks(cols: Columns, start: int, end: int) -> bool:
    """Say whether a run stands in quotation marks of its own, as titles of films and books do ("Low Tide")."""
    after = end + (cols.words[end : end + 1] in ([","], ["."]))
    opened = start > 0 and cols.words[start - 1] in OPENING_MARKS
    return opened and any(word in CLOSING_MARKS for word in cols.words[end : after + 1])


def _title_gender(cols: Columns, start: int, cut: int, vocab: Vocabulary) -> Gender | None:
    return next(
        (vocab.noun_gender[cols.lower[at]] for at in range(start, cut) if cols.lower[at] in vocab.noun_gender), None
    )


def _title_end(cols: Columns, start: int, end: int, vocab: Vocabulary) -> int:
    """First token after the last word of office or address that a name follows; `end` where there is nothing but office."""
    lower = cols.lower
    cut = start
    for at in range(start, end):
        if _is_title(lower[at], vocab) and not _is_surname(cols, start, at, end, vocab):
            cut = at + 1
            if cut < end and cols.words[cut] == ".":
                cut += 1
    called = lower[start] in vocab.persons or lower[start] in vocab.persons_plural
    if cut == start and cols.opens[start] and called and end - start > 2:
        return start + 1  # "Rival Ada Brook said": the capital is the sentence's
    if cut == start:
        return start
    if cut >= end:
        before = next((at for at in range(start, end) if _is_title(lower[at], vocab)), start)
        by_name = (
            fold(lower[start]) in vocab.first_names
            and cols.words[start] not in vocab.state_of
            and before == end - 1 > start
        )
        return start if by_name else end
    rest = lower[cut:end]
    if rest[0] == "of":
        return _after_of(cols, cut, end, vocab)
    if (
        rest[0] in vocab.suffixes
        or rest[0] in NOT_A_RANK
        or any(word in vocab.organisation_words for word in rest[-1:])
    ):
        return start
    if fold(lower[start]) in vocab.first_names and cols.words[start] not in vocab.state_of and cut <= start + 2:
        return start if cut == start + 2 and not _is_title(lower[start], vocab) else cut
    return cut


def _is_surname(cols: Columns, start: int, at: int, end: int, vocab: Vocabulary) -> bool:
    """ "Rep. Peter T. King", "Don Ash": an office that ends a name is a family name, an address that opens it a given one."""
    if cols.lower[at] == "don" and end - start == 2:
        return at == start
    if at != end - 1 or at == start:
        return False
    before = at - 1
    if cols.words[before] == "." and before > start:
        before -= 1
        if len(cols.words[before]) == 1 and before - 1 > start:
            return fold(cols.lower[before - 1]) in vocab.first_names
    return before > start and fold(cols.lower[before]) in vocab.first_names


def _is_title(word: str, vocab: Vocabulary) -> bool:
    return (
        word in vocab.titles or word in vocab.honorifics or (word in vocab.callings and word not in vocab.first_names)
    )


def _after_of(cols: Columns, cut: int, end: int, vocab: Vocabulary) -> int:
    """ "Secretary of State | Rex Tillerson": the name begins with the first given name after "of"."""
    for at in range(cut + 1, end):
        if fold(cols.lower[at]) in vocab.first_names and cols.words[at] not in vocab.state_of and at + 1 < end:
            return at
    return min(cut + 2, end)


def _kind(cols: Columns, start: int, cut: int, end: int, vocab: Vocabulary, known: Spelt) -> tuple[NameKind, bool]:
    words, lower = cols.words[cut:end], cols.lower[cut:end]
    whole = " ".join(words)
    if cut == start and len(words) > 1 and (words[-1] in vocab.demonyms or words[-1] in vocab.peoples):
        return "people", True
    if cut == start:
        listed = _listed(whole, words, vocab)
        if listed:
            return listed, True
    given = fold(lower[0]) in vocab.first_names or (len(words[0]) == 1 and len(words) > 2)
    organised = any(word in vocab.organisation_words for word in lower[-2:]) or any(
        word in vocab.organisation_words and at + 1 < len(lower) and lower[at + 1] in ("of", "for")
        for at, word in enumerate(lower)
    )
    if cut > start and not organised:
        return "person", True
    if given and len(words) > 1 and not organised:
        return "person", True
    if organised and len(words) > 1:
        return "organisation", True
    if len(words) > 1 and lower[-1] in LANDS:
        return "place", True
    peopled = words[0] in vocab.peoples or words[0] in vocab.demonyms or words[0] in vocab.state_of
    if (
        len(words) > 1
        and cut == start
        and (peopled or (words[-1].isupper() and 2 < len(words[-1]) < 6 and not words[0].isupper()))
    ):
        return "organisation", True
    if len(words) > 1 and (
        lower[-1] in vocab.suffixes or any(word in vocab.particles and word.islower() for word in words[1:-1])
    ):
        return ("organisation" if "of" in lower or "for" in lower else "person"), True
    return _by_neighbours(cols, cut, end, vocab, known)


def _listed(whole: str, words: list[str], vocab: Vocabulary) -> NameKind | None:
    if whole in vocab.known_organisations or (whole in vocab.expansions and whole not in vocab.state_of):
        return "organisation"
    if whole.isupper() and len(whole) > 6:
        whole = whole.title()
    if whole in vocab.peoples:
        return "people"
    if whole in vocab.state_of:
        return "people" if whole in vocab.demonyms else "place" if whole in vocab.capitals else "state"
    if whole in vocab.places:
        return "place"
    if len(words) == 1 and 2 <= len(whole) <= 6 and whole.isupper() and whole.isalpha():
        return "organisation"
    return None


def _by_neighbours(cols: Columns, first: int, end: int, vocab: Vocabulary, known: Spelt) -> tuple[NameKind, bool]:
    """A name no list knows: what stands before and after it says whether it is somewhere, somebody or something."""
    before = cols.lower[first - 1] if first else ""
    if before in vocab.organisations:
        return "organisation", True
    after = cols.lower[end] if end < len(cols.words) else ""
    if end - first > 1 and after in vocab.documents:
        return "organisation", True
    sure = (
        end - first > 1
        or not cols.opens[first]
        or cols.words[first] in known.inside
        or (is_verb(after) and not vocab.is_common(after))
        or after in POSSESSIVES
    )
    sure = sure or fold(cols.lower[first]) in vocab.first_names
    if end - first > 1:
        if before == "the" or not cols.cased[first]:
            return "unsure", sure
        follows = cols.lower[end + 1] if end + 1 < len(cols.words) else ""
        if after == "," and follows.isdigit():
            return "person", True
        return ("unsure" if before in ("in", "at", "near") else "person"), sure
    given = fold(cols.lower[first]) in vocab.first_names
    if (
        before in ("in", "at", "near", "from", "outside")
        and after not in SUBJECT_VERBS
        and after not in POSSESSIVES
        and not given
    ):
        return "place", False
    return "unsure", sure

"""Names in a document: takes its columns, gives every run of capitalised words that names somebody or somewhere, with its title.

A name is told apart from the title before it ("Nigerian Vice President | Yemi Osinbajo") and gets the kind its own words and
its neighbours suggest. Which names mean the same one is for `entities`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.resolve.columns import Columns
from onrecord.resolve.vocabulary import (
    DAYS_AND_MONTHS,
    FUNCTION_WORDS,
    POSSESSIVES,
    Gender,
    Vocabulary,
    fold,
    is_verb,
    vocabulary,
)

NameKind = Literal["person", "organisation", "state", "people", "place", "unsure"]
LONGEST = 14  # words; more capitals in a row are a list or a headline, not a name
NOT_A_RANK = frozenset("electric motors mills dynamics assembly council conference".split())
JOINED_BY_AND = frozenset(
    """committee department services agency ministry company co sons institute association commission authority bureau
    administration board security development trade industry organization organisation affairs""".split()
)
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
    known = _capitalised_inside(cols)
    names: list[Name] = []
    at, length = 0, len(cols.words)
    while at < length:
        if not _may_start(cols, at, vocab, known):
            at += 1
            continue
        end = _chunk_end(cols, at, vocab, known)
        if not _half_of_compound(cols, end):
            names += _split(cols, at, end, vocab, known)
        at = end
    return names


def _half_of_compound(cols: Columns, end: int) -> bool:
    """ "San Diego-based" is no name, though "San" looks like one."""
    return (
        end < len(cols.words)
        and cols.words[end][0].isupper()
        and "-" in cols.words[end]
        and not is_capital(cols.words[end])
    )


def _capitalised_inside(cols: Columns) -> frozenset[str]:
    """Words that are seen with a capital where none was due, and never without."""
    small = {word for word in cols.words if word[0].islower()}
    seen = {
        word for word, opens, cased in zip(cols.words, cols.opens, cols.cased, strict=True)
        if cased and not opens and word[0].isupper()
    }  # fmt: skip
    return frozenset(word for word in seen if word.lower() not in small and word.lower() not in FUNCTION_WORDS)


def is_capital(word: str) -> bool:
    """Say whether a word begins with a capital, the article of an Arabic name set aside.

    >>> is_capital("Okoro"), is_capital("al-Hayya"), is_capital("talks")
    (True, True, False)
    """
    first = word[0]
    if first.isupper():
        return "-" not in word or word.rsplit("-", 1)[1] not in COMPOUND_ENDINGS
    return (
        len(word) > 3
        and first.isalpha()
        and word[2:4] != ""
        and word.lower()[:3] in ARTICLE_PREFIXES
        and word[3].isupper()
    )


COMPOUND_ENDINGS = frozenset(
    """based led backed born era style run owned made funded controlled occupied held linked wide sponsored trained bound listed
    friendly affiliated dominated aligned appointed educated speaking related supported brokered inspired produced built elect
    registered administered mediated imposed like type only old year month week day esque""".split()
)
ARTICLE_PREFIXES = frozenset(("al-", "el-", "ul-", "as-", "ash", "an-", "ad-", "ar-", "at-", "az-", "ag-", "de-"))


def _may_start(cols: Columns, at: int, vocab: Vocabulary, known: frozenset[str]) -> bool:
    word = cols.words[at]
    if not is_capital(word) or word == "I":
        return False
    lower = cols.lower[at]
    if not cols.cased[at]:
        return _starts_uncased(cols, at, vocab) or word in known
    if lower in FUNCTION_WORDS:
        return lower in DUAL and not cols.opens[at] and _next_is_capital(cols, at)
    return not (lower in ORDINARY and cols.opens[at])


DUAL = frozenset(("may", "will", "mark", "first", "jan", "june", "august", "friday"))
PICTURE_AGENCIES = frozenset("reuters ap afp getty epa rex alamy shutterstock".split())
ORDINARY = frozenset("former ex-president many most several other another".split())


def _next_is_capital(cols: Columns, at: int) -> bool:
    return at + 1 < len(cols.words) and is_capital(cols.words[at + 1])


def _starts_uncased(cols: Columns, at: int, vocab: Vocabulary) -> bool:
    """In a headline only what a list knows starts a name; `entities` adds what the rest of the document knows."""
    word, lower = cols.words[at], cols.lower[at]
    if lower in FUNCTION_WORDS or lower in DAYS_AND_MONTHS:
        return False
    titled = word.title() if word.isupper() else word
    return (
        fold(lower) in vocab.first_names or titled in vocab.state_of or word in vocab.state_of or lower in vocab.titles
        or lower in vocab.honorifics or titled in vocab.known_organisations or titled in vocab.places
    )  # fmt: skip


def _chunk_end(cols: Columns, start: int, vocab: Vocabulary, known: frozenset[str]) -> int:
    """End of the run of capitals that begins at `start`, with the small words that names hold."""
    words, sentence = cols.words, cols.sentence
    limit = min(len(words), start + LONGEST * 2)
    uncased = not cols.cased[start]
    at = start + 1
    while (
        at < limit
        and (sentence[at] == sentence[at - 1] or _initial(cols, at - 1))
        and not cols.breaks[at]
        and not (uncased and at - start > 3)
    ):
        lower = cols.lower[at]
        if uncased and words[at] not in known and not _starts_uncased(cols, at - 1, vocab):
            break
        if is_capital(words[at]) and (not cols.opens[at] or _initial(cols, at - 1)):
            if lower in FUNCTION_WORDS and not _is_family_name(cols, at, vocab):
                break
            at += 1
        elif words[at] == "." and _abbreviates(cols, at - 1, vocab):
            at += 1
        elif uncased:
            break
        else:
            step = _joint(cols, start, at, vocab)
            if not step:
                break
            at += step
    if at - start > 1:
        at = _without_credit(cols, start, at)
    return _without_tail(cols, start, at, vocab)


def _without_credit(cols: Columns, start: int, end: int) -> int:
    """A picture's credit run into the next sentence ("Reuters Mayor Brook arrives"): the agency is a name of its own."""
    two = cols.lower[start : start + 2] in (["associated", "press"], ["getty", "images"])
    if two and end - start > 2 and cols.lower[start + 2] not in KEEPS_AGENCY:
        return start + 2
    if cols.lower[start] in PICTURE_AGENCIES and cols.lower[start + 1] not in KEEPS_AGENCY and not two:
        return start + 1
    return end


INNER_MARKS = frozenset("'’‘ʼ`´")
KEEPS_AGENCY = frozenset(
    """tv news agency institute health images television photographer breakingviews fact polling poll ipsos bureau
    reporter correspondent""".split()
)


def _initial(cols: Columns, at: int) -> bool:
    """A sentence cannot end in the point of an initial ("Michael P. | McDonald")."""
    return (
        cols.words[at] == "."
        and len(cols.words[at - 1]) == 1
        and cols.words[at - 1].isupper()
        and cols.ends[at - 1] == cols.starts[at]
    )


def _is_family_name(cols: Columns, at: int, vocab: Vocabulary) -> bool:
    """ "Theresa May", "Ajmal Jan": a word that is otherwise no name, after a given one and before no day of a month."""
    lower = cols.lower[at]
    given = fold(cols.lower[at - 1]) in vocab.first_names or (lower == "jan" and is_capital(cols.words[at - 1]))
    return lower in DUAL and given and not cols.words[min(at + 1, len(cols.words) - 1)][0].isdigit()


ABBREVIATED = frozenset("jr sr st inc corp ltd co rep sens reps messrs".split())


def _abbreviates(cols: Columns, at: int, vocab: Vocabulary) -> bool:
    word = cols.lower[at]
    return cols.ends[at] == cols.starts[at + 1] and (
        len(word) == 1 or word in vocab.honorifics or word in vocab.full_titles or word in ABBREVIATED
    )  # fmt: skip


def _joint(cols: Columns, start: int, at: int, vocab: Vocabulary) -> int:
    """How many small words from `at` on join this capital run to the next one; 0 for none."""
    lower, length = cols.lower, len(cols.words)
    word, previous = lower[at], lower[at - 1]

    def capital(place: int) -> bool:
        return place < length and is_capital(cols.words[place]) and lower[place] not in FUNCTION_WORDS

    if word == "&":
        return 1 if capital(at + 1) else 0
    if word in INNER_MARKS and capital(at + 1):  # O`Malley, O´Malley, O‘Malley
        return 2 if cols.ends[at - 1] == cols.starts[at] and cols.ends[at] == cols.starts[at + 1] else 0
    if word in ("of", "for"):
        if previous in vocab.organisation_words or (
            word == "of" and previous in ("secretary", "chief", "university", "bank", "republic")
        ):
            if capital(at + 1):
                return 1
            return 2 if at + 1 < length and lower[at + 1] == "the" and capital(at + 2) else 0
        return 0
    if word == "and" and capital(at + 1):
        return 1 if _and_belongs(cols, start, at, vocab) else 0
    if word in vocab.particles and word not in ("a", "an", "as", "at", "do", "so") and word.islower():
        if capital(at + 1):
            return 1
        return 2 if lower[at + 1 : at + 2] and lower[at + 1] in vocab.particles and capital(at + 2) else 0
    return 0


def _and_belongs(cols: Columns, start: int, at: int, vocab: Vocabulary) -> bool:
    """ "House Ways and Means Committee", "Department of Health and Human Services": one body, not two."""
    end = at + 1
    while end < len(cols.words) and end - at < 5 and is_capital(cols.words[end]):
        end += 1
    left, right = cols.lower[start:at], cols.lower[at + 1 : end]
    if cols.words[at - 1] in vocab.state_of or cols.words[at - 1] in vocab.known_organisations:
        return False
    if "of" in left or "for" in left:
        return left[0] in vocab.organisation_words and right[-1] not in vocab.first_names and end - at <= 3
    return any(word in JOINED_BY_AND for word in right[1:]) and left[-1] not in vocab.organisation_words


def _without_tail(cols: Columns, start: int, end: int, vocab: Vocabulary) -> int:
    def small(at: int) -> bool:
        return cols.lower[at] in vocab.particles or cols.lower[at] in ("of", "for", "and", "the", "&")

    while end > start + 1 and small(end - 1) and not is_capital(cols.words[end - 1]):
        end -= 1
    return end


def _split(cols: Columns, start: int, end: int, vocab: Vocabulary, known: frozenset[str]) -> list[Name]:
    """Part a run of capitals into title and name; a run that is all title is no name."""
    cut = _title_end(cols, start, end, vocab)
    if cut == end:
        return []
    honorific = next((cols.lower[at] for at in range(start, cut) if cols.lower[at] in vocab.honorifics), None)
    gender = vocab.honorifics[honorific] if honorific else _title_gender(cols, start, cut, vocab)
    kind, sure = _kind(cols, start, cut, end, vocab, known)
    if cut > start and kind == "unsure":
        kind, sure = "person", True
    return [Name(start, cut, end, kind, gender, sure)]


def _title_gender(cols: Columns, start: int, cut: int, vocab: Vocabulary) -> Gender | None:
    return next(
        (vocab.noun_gender[cols.lower[at]] for at in range(start, cut) if cols.lower[at] in vocab.noun_gender), None
    )


def _title_end(cols: Columns, start: int, end: int, vocab: Vocabulary) -> int:
    """First token after the last word of office or address that a name follows; `end` where there is nothing but office."""
    lower = cols.lower
    cut = start
    for at in range(start, end):
        if _is_title(lower[at], vocab):
            cut = at + 1
            if cut < end and cols.words[cut] == ".":
                cut += 1
    if cut == start and cols.opens[start] and lower[start] in vocab.persons and end - start > 2:
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


def _kind(
    cols: Columns, start: int, cut: int, end: int, vocab: Vocabulary, known: frozenset[str]
) -> tuple[NameKind, bool]:
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
    if whole in vocab.known_organisations:
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


def _by_neighbours(
    cols: Columns, first: int, end: int, vocab: Vocabulary, known: frozenset[str]
) -> tuple[NameKind, bool]:
    """A name no list knows: what stands before and after it says whether it is somewhere, somebody or something."""
    before = cols.lower[first - 1] if first else ""
    if before in vocab.organisations:
        return "organisation", True
    after = cols.lower[end] if end < len(cols.words) else ""
    if end - first > 1 and after in vocab.documents:
        return "organisation", True
    sure = (
        end - first > 1 or not cols.opens[first] or cols.words[first] in known or is_verb(after) or after in POSSESSIVES
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

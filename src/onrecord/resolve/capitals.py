"""Runs of capitals: takes columns, gives where a run of words begins and ends that may be a name, with the small words in it.

It knows sentence beginnings, headlines, abbreviations and particles; what a run names is for `names`.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from onrecord import lexicon
from onrecord.resolve.columns import Columns
from onrecord.resolve.vocabulary import DAYS_AND_MONTHS, FUNCTION_WORDS, Vocabulary, fold, is_verb

COMPOUND_ENDINGS = frozenset(
    """based led backed born era style run owned made funded controlled occupied held linked wide sponsored trained bound listed
    friendly affiliated dominated aligned appointed educated speaking related supported brokered inspired produced built elect
    registered administered mediated imposed like type only old year month week day esque""".split()
)


ARTICLE_PREFIXES = frozenset(("al-", "el-", "ul-", "as-", "ash", "an-", "ad-", "ar-", "at-", "az-", "ag-", "de-"))


DUAL = frozenset(("may", "will", "mark", "first", "jan", "june", "august", "friday"))


PICTURE_AGENCIES = frozenset("reuters ap afp getty epa rex alamy shutterstock barcroft wenn backgrid".split())
SHOWN_ON = frozenset("twitter instagram facebook youtube".split())  # a caption's first word ("Twitter Nurse Ada Brook")


# Words of a page's menu, which are no part of a name at its beginning but may be later ("Human Rights Watch")
MENU = frozenset("watch file image video share exclusive opinion breaking follow".split())


ORDINARY = frozenset("former ex-president many most several other another advertisement people".split())


NO_ADVERBS = frozenset(
    "family weekly monthly quarterly assembly friendly kelly reilly connolly connelly donnelly".split()
)


INNER_MARKS = frozenset("'’‘ʼ`´")


KEEPS_AGENCY = frozenset(
    """tv news agency institute health images television photographer breakingviews fact polling poll ipsos bureau
    reporter correspondent""".split()
)


ABBREVIATED = frozenset("jr sr st inc corp ltd co rep sens reps messrs".split())


JOINTS = frozenset("of for the and".split())
LONGEST = 14  # words; more capitals in a row are a list or a headline, not a name


JOINED_BY_AND = frozenset(
    """committee department services agency ministry company co sons institute association commission authority bureau
    administration board security development trade industry organization organisation affairs""".split()
)


@dataclass(frozen=True, slots=True)
class Spelt:
    """How a document spells its words: `inside` with a capital where none was due and never without, `small` without one.

    `short` are the words of three to eight capitals, which may be initials.
    """

    inside: frozenset[str]
    small: frozenset[str]
    short: frozenset[str] = frozenset()


def spelt(cols: Columns) -> Spelt:
    """Return which words a document writes with a capital inside its sentences, and which without."""
    small = cols.small
    seen = {
        word for word, opens, cased in zip(cols.words, cols.opens, cols.cased, strict=True)
        if cased and not opens and word[0].isupper()
    }  # fmt: skip
    inside = {word for word in seen if word.lower() not in small and word.lower() not in FUNCTION_WORDS}
    short = {word for word, cased in zip(cols.words, cols.cased, strict=True) if cased and _is_initials(word)}
    return Spelt(frozenset(inside), small, frozenset(short))


def _is_initials(word: str) -> bool:
    return 3 <= len(word) <= 8 and word.isupper() and word.isalpha()


PREFIXED = re.compile(r"(?:d[aeiu]|de[ln]|l[ae]|mac|mc|v[ao]n)[A-Z][a-z]")  # "diGenova", "deLeon"


def is_capital(word: str) -> bool:
    """Say whether a word begins with a capital, the article of an Arabic name set aside.

    >>> is_capital("Okoro"), is_capital("al-Hayya"), is_capital("talks")
    (True, True, False)
    >>> is_capital("diGenova"), is_capital("iPhone")
    (True, False)
    """
    first = word[0]
    if first.isupper():
        return "-" not in word or word.rsplit("-", 1)[1] not in COMPOUND_ENDINGS
    return PREFIXED.match(word) is not None or (
        len(word) > 3
        and first.isalpha()
        and word[2:4] != ""
        and word.lower()[:3] in ARTICLE_PREFIXES
        and word[3].isupper()
    )


def may_start(cols: Columns, at: int, vocab: Vocabulary, known: Spelt) -> bool:
    """Say whether a run of capitals that may be a name begins at token `at`."""
    word = cols.words[at]
    if not is_capital(word) or word == "I":
        return False
    lower = cols.lower[at]
    if not cols.cased[at]:
        return word in known.inside or (_starts_uncased(cols, at, vocab) and lower not in known.small)
    if lower in FUNCTION_WORDS:
        return lower in DUAL and _next_is_capital(cols, at) and (not cols.opens[at] or _is_given_name(cols, at))
    if _before_mouth(cols, at, vocab):
        return False
    return not (cols.opens[at] and (lower in ORDINARY or _adverb_before_name(cols, at, vocab, known)))


def _before_mouth(cols: Columns, at: int, vocab: Vocabulary) -> bool:
    """ "Airline spokesman Ada Brook": the capital is the sentence's, the noun only says whose mouth it is."""
    after = cols.lower[at + 1] if at + 1 < len(cols.words) else ""
    return (
        cols.lower[at] in lexicon.words("roles", "companies") and after in vocab.mouths and cols.words[at + 1].islower()
    )


def _is_given_name(cols: Columns, at: int) -> bool:
    """ "Will Park, the chairman", "Will Park said": at the beginning a question or a wish would have no such end."""
    end = at + 1
    while end < len(cols.words) and end - at < 4 and is_capital(cols.words[end]):
        end += 1
    return cols.lower[at] in ("will", "mark", "jan") and cols.lower[end : end + 1] in (
        [","],
        ["said"],
        ["says"],
        ["told"],
    )


def _adverb_before_name(cols: Columns, at: int, vocab: Vocabulary, known: Spelt) -> bool:
    """ "Interestingly Brook left": the sentence's first word is no given name."""
    lower = cols.lower[at]
    after = cols.words[at + 1] if at + 1 < len(cols.words) else ""
    adverb = lower.endswith("ly") and len(lower) > 5 and lower not in NO_ADVERBS
    return adverb and fold(lower) not in vocab.first_names and after in known.inside


def _next_is_capital(cols: Columns, at: int) -> bool:
    return at + 1 < len(cols.words) and is_capital(cols.words[at + 1])


def _starts_uncased(cols: Columns, at: int, vocab: Vocabulary) -> bool:
    """In a headline only what a list knows starts a name; `casting` adds what the rest of the document knows."""
    word, lower = cols.words[at], cols.lower[at]
    if lower in FUNCTION_WORDS or lower in DAYS_AND_MONTHS:
        return False
    titled = word.title() if word.isupper() else word
    return (
        fold(lower) in vocab.first_names or titled in vocab.state_of or word in vocab.state_of or lower in vocab.titles
        or lower in vocab.honorifics or titled in vocab.known_organisations or titled in vocab.places
    )  # fmt: skip


def run_end(cols: Columns, start: int, vocab: Vocabulary, known: Spelt) -> int:
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
        if uncased and words[at] not in known.inside and not _follows_given(cols, start, at, vocab, known):
            break
        of_office = lower == "of" and cols.lower[at - 1] in ("chief", "secretary")  # "Chief Of Staff" in capitals
        if is_capital(words[at]) and not of_office and (not cols.opens[at] or _initial(cols, at - 1)):
            name_word = _is_family_name(cols, at, vocab) or (lower in MENU and not uncased) or _is_initial(cols, at)
            name_word = name_word or f"{words[at - 1]} {words[at]}" in vocab.known_organisations  # "USA Today"
            if lower in FUNCTION_WORDS and not name_word:
                break
            at += 1
        elif words[at] == "." and _abbreviates(cols, at - 1, vocab):
            at += 1
        elif uncased:
            break
        else:
            step = _joint(cols, start, at, vocab) or _spelt_out(cols, start, at, known.short)
            if not step:
                break
            at += step
    if at - start > 1:
        at = _without_credit(cols, start, at)
    return _without_tail(cols, start, at, vocab)


def _follows_given(cols: Columns, start: int, at: int, vocab: Vocabulary, known: Spelt) -> bool:
    """In a headline the word after a given name or a title is a name too, unless the text knows it as a common word.

    After a name that is whole already a headline goes on with its verb or its object ("Ada Brook Denies Fraud").
    """
    if cols.lower[at] in known.small or not _starts_uncased(cols, at - 1, vocab):
        return False
    if fold(cols.lower[at - 1]) not in vocab.first_names and is_verb(cols.lower[at]):
        return False  # "Union Chief Slams Deal"
    return not any(cols.words[place] in known.inside for place in range(start + 1, at))


def _without_credit(cols: Columns, start: int, end: int) -> int:
    """A picture's credit run into the next sentence ("Reuters Mayor Brook arrives"): the agency is a name of its own."""
    two = cols.lower[start : start + 2] in (["associated", "press"], ["getty", "images"], ["splash", "news"])
    if two and end - start > 2 and cols.lower[start + 2] not in KEEPS_AGENCY:
        return start + 2
    agency = cols.lower[start] in PICTURE_AGENCIES or (cols.lower[start] in SHOWN_ON and cols.opens[start])
    if agency and cols.lower[start + 1] not in KEEPS_AGENCY and not two:
        return start + 1
    return end


def _initial(cols: Columns, at: int) -> bool:
    """A sentence cannot end in the point of an initial ("Michael P. | McDonald")."""
    return (
        cols.words[at] == "."
        and len(cols.words[at - 1]) == 1
        and cols.words[at - 1].isupper()
        and cols.ends[at - 1] == cols.starts[at]
    )


def _is_initial(cols: Columns, at: int) -> bool:
    """ "James A. Baker": one letter with its point, and a capital behind that."""
    joined = cols.words[at + 1 : at + 2] == ["."] and cols.ends[at] == cols.starts[at + 1]
    return len(cols.words[at]) == 1 and joined and at + 2 < len(cols.words) and is_capital(cols.words[at + 2])


def _is_family_name(cols: Columns, at: int, vocab: Vocabulary) -> bool:
    """ "Theresa May", "Ajmal Jan": a word that is otherwise no name, after a given one and before no day of a month."""
    lower = cols.lower[at]
    given = fold(cols.lower[at - 1]) in vocab.first_names or (lower == "jan" and is_capital(cols.words[at - 1]))
    apart = lower == "may" and cols.lower[at + 1 : at + 2] in ([","], ["said"], ["'s"], ["’s"])
    after_day = cols.lower[at + 2 : at + 3] and cols.words[at + 2].isdigit() and len(cols.words[at + 2]) > 2
    given = given or (apart and is_capital(cols.words[at - 1]) and not after_day)
    return lower in DUAL and given and not cols.words[min(at + 1, len(cols.words) - 1)][0].isdigit()


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


def _spelt_out(cols: Columns, start: int, at: int, short: Set[str]) -> int:
    """How many small words join the run where its initials stand somewhere in the text ("Friends of the Fair Bay", "FFB")."""
    if cols.lower[at] not in JOINTS or not short:
        return 0
    letters, after = "", 0
    for place in range(start, min(len(cols.words), start + LONGEST * 2)):
        if cols.sentence[place] != cols.sentence[start] or not (
            is_capital(cols.words[place]) or cols.lower[place] in JOINTS
        ):
            return 0
        if is_capital(cols.words[place]):
            letters += cols.words[place][0]
            after = after or (place if place > at else 0)
            if after and letters in short:
                return after - at
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
    alone = len(left) == 1  # "Securities and Exchange Commission": one word is no body yet
    return any(word in JOINED_BY_AND for word in right[1:]) and (alone or left[-1] not in vocab.organisation_words)


def _without_tail(cols: Columns, start: int, end: int, vocab: Vocabulary) -> int:
    def small(at: int) -> bool:
        return cols.lower[at] in vocab.particles or cols.lower[at] in ("of", "for", "and", "the", "&")

    while end > start + 1 and small(end - 1) and not is_capital(cols.words[end - 1]):
        end -= 1
    return end


def half_of_compound(cols: Columns, end: int) -> bool:
    """ "San Diego-based" is no name, though "San" looks like one."""
    return (
        end < len(cols.words)
        and cols.words[end][0].isupper()
        and "-" in cols.words[end]
        and not is_capital(cols.words[end])
    )

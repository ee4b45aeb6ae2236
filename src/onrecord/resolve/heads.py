"""The head of a noun phrase: takes a token range, gives its core without appositions, its head noun and what that means.

Only the ends of the phrase and the nouns of `data/roles.toml` are looked at; `phrase` puts them together.
"""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.document import SpeakerType
from onrecord.resolve.columns import Columns
from onrecord.resolve.names import Name
from onrecord.resolve.vocabulary import DETERMINERS, POSSESSIVES, PREPOSITIONS, RELATIVES, vocabulary

SIZES = frozenset(
    """small large big great growing long short young old new tiny little vast broad narrow loose rare modest tight close-knit
    quiet loud powerful wealthy rich poor diverse dedicated loyal vocal prominent""".split()
)
SUBJECTS = frozenset("i he she we they".split())
SITES = (".com", ".org", ".net", ".co.uk", ".gov", ".tv")
BREAKS = frozenset((",", "(", "[", "–", "—", "--", ";", ":", "-"))


OPENING = frozenset(("according", "to", "by", "from", "of", "with", "as", "and", "but", "for", "that", "even"))


# Said of the saying, not of who says it ("according to a statement Monday")
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
WHEN = frozenset("today yesterday earlier later".split())
NO_END = frozenset("a an the of on for from in by last next this every black good and".split())


REDUCED = frozenset(
    """contacted led quoted cited interviewed speaking including citing headed released published conducted based
    seen posted dated reported obtained collected reviewed compiled commissioned""".split()
)


SPANS_OF_TIME = frozenset("night week weekend month year morning evening afternoon".split())
PLACED = frozenset("here there alike too alone".split())  # "officials here said"
REFLEXIVES = frozenset(("himself", "herself", "itself", "themselves"))
COUNTED = frozenset("two three four five six seven eight nine ten eleven twelve".split())
NO_PERSONS = frozenset(
    """answer number power winter summer water matter chapter computer offer layer tracker error factor sector weather river
    tower corner border cover disorder transfer barrier indicator calculator trailer banner thriller paper never humor rumor
    behavior flavor favor color labor labour honor odor terror mirror corridor monitor sensor motor meter filter folder
    counter encounter chamber slogan referendum median""".split()
)
PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "person", "ee", "eer", "-old")


def trim(cols: Columns, first: int, end: int) -> tuple[int, int]:
    """Return the range without marks and opening words at its ends."""
    while (
        first < end
        and (not cols.words[first][0].isalnum() or (cols.lower[first] in OPENING and end - first > 1))
        and cols.words[first] != "@"
    ):
        first += 1
    while (
        end > first
        and not cols.words[end - 1][0].isalnum()
        and cols.words[end - 1] not in POSSESSIVES
        and not _point(cols, first, end - 1)
    ):
        end -= 1
    if end - first > 1 and (cols.words[end - 1] in POSSESSIVES or cols.lower[end - 1] in REFLEXIVES):
        end -= 1
    while end - first > 1 and cols.lower[end - 1] in PLACED and cols.words[end - 1].islower():
        end -= 1
    ends_in_time = end - first > 2 and cols.lower[end - 2] in ("last", "this") and cols.lower[end - 1] in SPANS_OF_TIME
    if ends_in_time and cols.lower[end - 3] not in NO_END:
        end -= 2
    while end - first > 1 and _tells_when(cols, end - 1) and cols.lower[end - 2] not in NO_END:
        end -= 1
    return first, end


def _tells_when(cols: Columns, at: int) -> bool:
    """A weekday, or "today" in small letters: "USA Today" is a name."""
    return cols.lower[at] in DAYS or (cols.lower[at] in WHEN and cols.words[at].islower())


def _point(cols: Columns, first: int, at: int) -> bool:
    return cols.words[at] == "." and at > first and cols.ends[at - 1] == cols.starts[at] and len(cols.words[at - 1]) < 5


def core_end(cols: Columns, at_token: Mapping[int, Name], first: int, end: int) -> int:
    """End of the phrase before its first comma, bracket, relative or reduced clause."""
    vocab = vocabulary()
    for at in range(first + 1, end):
        inside = at in at_token and at_token[at].first < at < at_token[at].end
        if inside and cols.words[at] != ",":
            continue
        word, lower = cols.words[at], cols.lower[at]
        if word == "," and _goes_on(cols, at_token, at, end):
            continue
        if (word == "," or lower in ("but", "yet", "if")) and _between_adjectives(cols, at_token, first, at, end):
            continue
        if word == "-" and cols.ends[at - 1] == cols.starts[at]:
            continue
        if lower == "that" and cols.lower[at - 1] in PREPOSITIONS:
            continue  # "speeches of that year"
        if word in BREAKS or (lower in RELATIVES and lower != "as"):
            return at
        if lower in SUBJECTS and (at - 1 in at_token or vocab.is_common(cols.lower[at - 1])):
            return at  # "an official she met"
        if (
            lower in REDUCED
            and cols.lower[at - 1] not in DETERMINERS
            and (vocab.is_common(cols.lower[at - 1]) or at - 1 in at_token)
        ):
            return at
    return end


def _goes_on(cols: Columns, at_token: Mapping[int, Name], comma: int, end: int) -> bool:
    """The comma parts names of a list inside the phrase ("the armies of Chad, Niger and Benin"), not an apposition."""
    before, after = at_token.get(comma - 1), at_token.get(comma + 1)
    if before is None or after is None or before.kind != after.kind or before.kind == "person":
        return False
    at = after.end
    while at < end and (cols.words[at] in (",", "and") or at in at_token):
        if cols.words[at] == "and":
            return at + 1 in at_token
        at += 1
    return False


def _between_adjectives(cols: Columns, at_token: Mapping[int, Name], first: int, at: int, end: int) -> bool:
    """ "a large, loyal following", "a small but growing group": what stands before is no noun yet."""
    before, after = cols.lower[at - 1], cols.lower[at + 1] if at + 1 < end else ""
    led = cols.lower[first] in DETERMINERS and at - first == 2
    return led and before in SIZES and after.isalpha() and cols.words[at + 1].islower() and at + 1 not in at_token


def head_of(cols: Columns, at_token: Mapping[int, Name], first: int, core: int) -> int:
    """Return the token of the head noun: the last word before a preposition or clause."""
    at = first
    while at < core:
        name = at_token.get(at)
        if name and (name.first <= at or name.kind == "person"):
            at = min(name.end, core)
        elif (
            (at > first and cols.lower[at] in PREPOSITIONS and not _before_noun(cols, at, core))
            or (at > first and _participle(cols, at))
            or (
                at > first
                and cols.lower[at]
                in (
                    "familiar",
                    "close",
                    "briefed",
                    "involved",
                    "aware",
                    "responsible",
                    "who",
                )
            )
        ):
            break
        else:
            at += 1
    head = at - 1
    while head > first and (cols.words[head] in POSSESSIVES or not cols.words[head][0].isalnum()):
        head -= 1
    if cols.lower[head].isdigit() and head > first and vocabulary().is_common(cols.lower[head - 1]):
        return head - 1  # "Article 33", "Resolution 1701"
    return head


def _before_noun(cols: Columns, at: int, core: int) -> bool:
    """ "an inside source", "two outside groups": the word is no preposition there."""
    return at + 1 < core and (
        cols.lower[at - 1] in ("a", "an", "another")
        or (cols.lower[at] in ("inside", "outside") and cols.lower[at - 1] in DETERMINERS)
    )


def _participle(cols: Columns, at: int) -> bool:
    """ "people fleeing the war", "a study documenting it", not "a meeting" and not "the firm's speaking tour"."""
    before = cols.lower[at - 1]
    if not cols.lower[at].endswith("ing") or before in DETERMINERS or before in POSSESSIVES:
        return False
    kind = head_type(before, cols.words[at - 1])
    return kind == "group" or (kind in ("person", "document") and vocabulary().is_common(before) and before not in BENT)


BENT = frozenset("paper order story rule picture image model".split())  # "paper printing", "order processing"


def common_head(cols: Columns, head: int, name: Name) -> bool:
    """ "NXP shareholders" is no name; nor is a lone capital noun as in "Authorities" or "Republicans"."""
    vocab = vocabulary()
    lower = cols.lower[head]
    if name.kind == "people" and name.first > 0 and cols.lower[name.first - 1].endswith("-old"):
        return True  # "the 46-year-old South African"
    if name.kind == "people" and (lower in vocab.persons or lower in vocab.persons_plural):
        return True  # "the Ohio Republican", "ten Texas Democrats"
    if name.end - name.first > 1 or name.kind in ("state", "organisation", "place"):
        return False
    if lower in vocab.persons and lower not in vocab.relations and cols.cased[head] and name.kind == "unsure":
        return name.sure and not _stands_as_name(cols, head, name)
    return (
        lower in vocab.persons_plural
        or lower in vocab.groups
        or (name.title == name.first and not _masthead(cols, head) and name.kind != "person" and vocab.is_common(lower))
        or name.kind == "people"
    )


def _stands_as_name(cols: Columns, at: int, name: Name) -> bool:
    """ "Holder failed": one person takes an article, unless the word is a name."""
    return name.title == at and (at == 0 or cols.lower[at - 1] not in DETERMINERS - {"that"}) and (
        at + 1 == len(cols.words) or cols.lower[at + 1] not in PREPOSITIONS
    )  # fmt: skip


def _masthead(cols: Columns, at: int) -> bool:
    """ "the Post", "The Times": a paper by the last word of its name."""
    article = at > 0 and cols.lower[at - 1] == "the" and cols.cased[at]
    return article and cols.words[at] in MASTHEADS


MASTHEADS = frozenset(
    "Times Post Journal Herald Tribune Telegraph Mirror Globe Star Examiner Gazette Sun Register".split()
)


def determiner_of(cols: Columns, first: int) -> str:
    """Return "the", "a", a possessive or number word, or "" for none; a capital office counts as "the"."""
    lower = cols.lower[first]
    if lower in ("the", "this", "that", "these", "those"):
        return "the"
    if lower in ("a", "an", "another", "one", "some", "many", "several"):
        return "a"
    if lower in DETERMINERS:
        return lower
    return "the" if cols.words[first][0].isupper() and lower in vocabulary().offices else ""


def is_site(text: str) -> bool:
    """Say whether words are the address of a site.

    >>> is_site("Northport.com"), is_site("Northport")
    (True, False)
    """
    return " " not in text and text.lower().endswith(SITES)


def head_type(lower: str, word: str) -> SpeakerType:
    """Return what a head noun says about its bearer.

    >>> head_type("spokeswoman", "spokeswoman"), head_type("residents", "residents"), head_type("35-year-old", "35-year-old")
    ('person', 'group', 'person')
    """
    vocab = vocabulary()
    last = lower.rsplit("-", 1)[-1] if "-" in lower and not lower.endswith("-old") else lower
    for noun in (lower, last):
        if noun in vocab.persons:
            return "person"
        if noun in vocab.persons_plural or noun in vocab.groups:
            return "group"
        if noun in vocab.organisations:
            return "organisation"
        if noun in vocab.documents or noun.removesuffix("s") in vocab.documents:
            return "document"
        if noun in vocab.organisations_plural:
            return "group"
    if word in vocab.demonyms or lower in COUNTED or lower.isdigit():
        return "group"
    if lower.endswith(PERSON_ENDINGS) and lower not in NO_PERSONS:
        return "person"
    if lower.endswith("s") and not lower.endswith("ss"):
        return "group"
    return "unknown"

"""What a report calls things, and in whose voice: takes one document, gives the words of known groups with their places.

A group (data/wording.toml) holds words that reports choose between for one kind of referent: "detainees", "hostages", "captives".
Whether two reports mean the same one is not known here; `onrecord.ask.wording` counts within a story only. Each place has a
voice: "quoted" inside quotation marks, "attributed" in what the report lets somebody say in its own words, "own" everywhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from onrecord import lexicon
from onrecord.document import Document, Mention, Span

BY = "rule:wording-1"
FEW = 10  # smaller numbers are told of too many things for the number to say that two are one
LONGEST = 60  # characters of a mention; a longer one tells who is meant and calls nothing
BEFORE = 48  # characters before a name in which the words stand that call its bearer something
Voice = Literal["own", "attributed", "quoted"]
VOICES: tuple[Voice, ...] = get_args(Voice)
LEADING = frozenset("former acting then late interim deputy vice prime foreign current outgoing".split())
_OF_ANOTHER = re.compile(r"['’]s\b|\band\b")  # "Moss's statement" is no Moss, "Moss and Venn" are two
_HEAD = re.compile(r"(?<![\w-])\w+")
_CALLED = re.compile(r"(?:[A-Za-z][\w’'-]{0,24}\.? ){1,4}$")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of a group, where it stands: `word` is its singular, `statement` the innermost that holds it."""

    group: str
    word: str
    span: Span
    voice: Voice
    statement: str | None = None


class Voices:
    """In whose voice each place of a segmented document with statements speaks."""

    def __init__(self, doc: Document) -> None:
        pieces = [piece for quotation in doc.quotations or () for piece in quotation.pieces]
        self.quoted = _joined(pieces)
        self.said = sorted(
            ((span, stmt.id) for stmt in doc.statements or () for span in stmt.content),
            key=lambda item: (item[0].start, -item[0].end, item[1]),
        )
        self.attributed = _joined([span for span, _ in self.said])
        direct = [span for stmt in doc.statements or () if stmt.kind == "direct" for span in stmt.content]
        self.direct = _joined(direct)
        self.naming = _joined([span for stmt in doc.statements or () for span in (*stmt.source, *stmt.cue)])

    def of(self, span: Span) -> Voice:
        """Return the voice in which the most of `span` speaks; a quotation wins over what holds it."""
        if 2 * max(_covered(self.quoted, span), _covered(self.direct, span)) > span.end - span.start:
            return "quoted"
        return "attributed" if 2 * _covered(self.attributed, span) > span.end - span.start else "own"

    def names(self, span: Span) -> bool:
        """Say whether `span` stands in the source or the cue of a statement: it says who speaks."""
        return bool(_covered(self.naming, span))

    def statement(self, span: Span) -> str | None:
        """Return the innermost statement whose content holds `span`."""
        holding = [(piece.end - piece.start, id) for piece, id in self._near(span) if piece.end >= span.end]
        return min(holding)[1] if holding else None

    def _near(self, span: Span) -> Iterable[tuple[Span, str]]:
        return self.said[: bisect_right(self.said, span.start, key=lambda item: item[0].start)]


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _covered(some: Sequence[Span], span: Span) -> int:
    """Return how many characters of `span` lie in joined spans."""
    at = max(0, bisect_right(some, span.start, key=lambda one: one.start) - 1)
    count = 0
    for one in some[at:]:
        if one.start >= span.end:
            break
        count += max(0, min(one.end, span.end) - max(one.start, span.start))
    return count


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Return each form of each word with its singular and the groups that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for group, words in lexicon.groups("wording").items():
        for word in words:
            for form in forms(word):
                known = found.get(form, (word,))
                found[form] = (*known, group) if group not in known else known
    return found


def forms(word: str) -> tuple[str, ...]:
    """Return a singular and its plural.

    >>> forms("gunman"), forms("duty"), forms("crew"), forms("talks")
    (('gunman', 'gunmen'), ('duty', 'duties'), ('crew', 'crews'), ('talks',))
    """
    if word.endswith(("man", "child")):
        return word, word[:-3] + "men" if word.endswith("man") else word + "ren"
    if word.endswith("s") and not word.endswith(("ss", "us")):
        return (word,)
    if word.endswith("y") and word[-2] not in "aeiou":
        return word, word[:-1] + "ies"
    return word, word + ("es" if word.endswith(("s", "sh", "ch", "x")) else "s")


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_words(), key=lambda form: (-len(form), form))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])", re.IGNORECASE)


def terms(doc: Document) -> tuple[Term, ...]:
    """Return the words of known groups in a document, in text order, boilerplate left out.

    >>> from onrecord.document import Origin
    >>> doc = Document("a", "Two hostages came home. “The captives are well,” she said.", Origin("a", ""))
    >>> [(term.word, term.voice) for term in terms(doc)]
    [('hostage', 'own'), ('captive', 'own')]
    """
    voices, found = Voices(doc), []
    for match in _matches(doc.text):
        span = Span(*match.span())
        if any(skip.start <= span.start < skip.end for skip in doc.boilerplate) or _named(doc.text, span):
            continue
        word, *groups = _words()[match.group().casefold()]
        voice, stmt = voices.of(span), voices.statement(span)
        found += [Term(group, word, span, voice, stmt) for group in groups]
    return tuple(found)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of known groups; each word of the text is looked up before the long pattern is tried on it."""
    heads, pattern, end = _heads(), _pattern(), 0
    for word in _HEAD.finditer(text):
        if word.start() >= end and word.group().casefold() in heads and (match := pattern.match(text, word.start())):
            end = match.end()
            yield match


@cache
def _heads() -> frozenset[str]:
    """Return the words with which those of the groups begin."""
    return frozenset(found.group().casefold() for form in _words() if (found := _HEAD.match(form)))


def _named(text: str, span: Span) -> bool:
    """Say whether a word is part of a name, as "March 5" or "the Peace March": a capital where no sentence begins."""
    before = text[max(0, span.start - 3) : span.start].rstrip(" “\"‘'(")
    begins = not before or before[-1] in ".!?:\n"
    dated = text[span.end : span.end + 2].strip()[:1].isdigit()
    return text[span.start].isupper() and (dated or not begins) and not span.of(text).isupper()


@dataclass(frozen=True, slots=True)
class Call:
    """What a report calls a named speaker: "Water Minister Wrenik", "Mr Wrenik", "the strongman"; `speaker` is its id there."""

    speaker: str
    words: str
    span: Span
    voice: Voice
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts, in the report's own word for it: `n` counts the figures of the document from 1."""

    n: int
    word: str
    span: Span
    voice: Voice
    statement: str | None = None


def counted(doc: Document) -> tuple[Counted, ...]:
    """Return what figures count, in the report's noun: "38 bargemen" counts bargemen; what has a measure counts nothing."""
    voices, found = Voices(doc), []
    for n, figure in enumerate(doc.figures or (), 1):
        words = list(re.finditer(r"[^\W\d_]+", figure.span.of(doc.text)))
        many = not isinstance(figure.value, tuple) and figure.value >= FEW
        if many and figure.unit and figure.unit not in _measures() and words:
            span = Span(figure.span.start + words[-1].start(), figure.span.start + words[-1].end())
            if figure.unit[:2] == span.of(doc.text)[:2].casefold():  # "36 sailors of barge" counts no barges
                found.append(Counted(n, figure.unit, span, voices.of(span), voices.statement(span)))
    return tuple(found)


@cache
def _measures() -> frozenset[str]:
    """Return the units that count nothing: those of measures and of money, and shares."""
    known = {str(unit) for table in ("measures", "currency_names") for unit in lexicon.table("units", table).values()}
    return frozenset(known | {"point", "times", "percent", "percentage point", "USD"})


@cache
def _offices() -> frozenset[str]:
    offices = lexicon.words("roles", "offices", "professions", "people", "relations")
    before = lexicon.words("titles", "honorifics_neutral", "honorifics_male", "honorifics_female", "titles", "lead")
    return frozenset({*offices, *before, *lexicon.words("wording", "ruler")})


def calls(doc: Document) -> tuple[Call, ...]:
    """Return what named speakers are called: their names, with the words of office before them, and descriptions of them."""
    voices, found = Voices(doc), []
    for who in doc.speakers or ():
        for mention in who.mentions if who.named else ():
            span = _calling(doc.text, mention)
            if span is not None:
                words = _plain(" ".join(span.of(doc.text).split()), mention.kind)
                found.append(Call(who.id, words, span, voices.of(span), voices.statement(span)))
    return tuple(sorted(found, key=lambda call: (call.span, call.speaker)))


def _calling(text: str, mention: Mention) -> Span | None:
    """Return where somebody is called something, None for a pronoun and for more than a few words."""
    start, end = mention.span
    if mention.kind == "pronoun" or end - start > LONGEST:
        return None
    if mention.kind == "description" and _OF_ANOTHER.search(text[start:end]):
        return None
    before = _CALLED.search(text[max(0, start - BEFORE) : start]) if mention.kind == "name" else None
    kept: list[str] = []
    for word in reversed(before.group().split(" ")[:-1] if before else ()):
        if word.endswith(".") and word[0].islower():  # "They saw a doctor. Moss ...": a sentence ends there
            break
        folded = word.casefold().rstrip(".")
        capital = word[0].isupper() and not folded.endswith(
            "ing"
        )  # "Hosting President Moss": the sentence begins there
        if folded not in _offices() and not (kept and (capital or folded in LEADING)):
            break
        kept.insert(0, word)
    return Span(start - len(" ".join([*kept, ""])), end) if kept else Span(start, end)


@cache
def _stops() -> frozenset[str]:
    return frozenset(lexicon.words("function_words"))


def _plain(words: str, kind: str) -> str:
    """Return what somebody is called without an article and a possessive's end; case is left aside where it is no name.

    >>> _plain("The Foreign Minister", "description"), _plain("Mr Wrenik’s", "name")
    ('foreign minister', 'Mr Wrenik')
    """
    words = re.sub(r"^(?:the|a|an|this|that) |['’]s$|,?(?: who)?,?$", "", words, flags=re.IGNORECASE)
    return words if kind == "name" else words.casefold()

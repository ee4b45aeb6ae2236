"""Versions of one utterance: takes what reports say was said, gives what each left out and changed, and judges none of them.

Each version is set beside the fullest one, that with the most words (of several the first). It is *verbatim* where the two
have the same words, *cut* where nearly all of its words stand in the other in the same order, *translated* where both stand in
quotation marks and yet have other words, and otherwise *paraphrased*. Whether they report one utterance is decided in
`utterances`, not here.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Literal

from onrecord import lexicon
from onrecord.link.comparing import read
from onrecord.numbers import number_value
from onrecord.vocabulary import telling_words

VersionKind = Literal["fullest", "verbatim", "cut", "paraphrased", "translated"]
FactKind = Literal["condition", "hedge", "number", "denial"]
Change = Literal["same", "added", "left out"]
Block = tuple[int, int, int]

LONGEST = 400  # words of a version that are set beside another's: what bounds the time that hostile texts can cost
EARLIER = 12  # how many versions before one are looked at for the closest: of a thousand copies any will do
NUMBERS = 12  # how many numbers are told apart in one utterance
VERBATIM = 0.9
CUT = 0.85
OWN_WORDS = 0.6
CLOSE = 0.5
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\w[\w.,-]*")
_MONTH = "(?:" + "|".join([*month_name[1:], *(f"{name}\\.?" for name in month_abbr[1:]), "Sept\\.?"]) + ")"
_DAY = re.compile(
    rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b(?:,? \d{{4}}\b)?"
)


@dataclass(frozen=True, slots=True)
class Version:
    """What one report says was said: its words, whether all of them stand in quotation marks, its condition, and its act."""

    text: str
    direct: bool = False
    if_: str | None = None
    act: str = "assert"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a version set beside another: in both, only in this one ("added"), or only in the other ("left out")."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that some versions carry and others leave out; `words` is how it is told: a number, a condition's words."""

    kind: FactKind
    words: str
    carried: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """How one version tells an utterance: `share` of its words stands in the fullest; `closest` is the earlier version it is
    nearest to, by its place, None where none is near; `left_out` are places in the facts of the utterance.
    """

    kind: VersionKind
    share: float
    closest: int | None
    left_out: tuple[int, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """An utterance as it was told: the place of the fullest version, what some carry and others not, and every version."""

    fullest: int
    facts: tuple[Fact, ...]
    versions: tuple[Told, ...]


def tell(versions: Sequence[Version]) -> Telling:
    """Return how the versions of one utterance, the first first, differ.

    >>> told = tell([Version("We will open the gate if dues are paid", if_="dues are paid"), Version("We will open the gate")])
    >>> told.versions[1].kind, [fact.words for fact in told.facts]
    ('cut', ['dues are paid'])
    """
    lengths = [len(_WORD.findall(one.text)) for one in versions]
    fullest = max(range(len(versions)), key=lambda i: (lengths[i], -i), default=0)
    facts = carried(versions)
    told = []
    for i, one in enumerate(versions):
        left_out = tuple(n for n, fact in enumerate(facts) if not fact.carried[i])
        closest = _closest(versions, i)
        if i == fullest:
            told.append(Told("fullest", 1.0, closest, left_out, (Piece("same", one.text),)))
            continue
        kind, share = kind_of(one, versions[fullest])
        told.append(Told(kind, share, closest, left_out, differences(one.text, versions[fullest].text)))
    return Telling(fullest, facts, tuple(told))


def kind_of(one: Version, fullest: Version) -> tuple[VersionKind, float]:
    """Return what a version is beside the fullest one, and how much of it stands there.

    >>> kind_of(Version("the gate stays shut"), Version("for now the gate stays shut"))
    ('cut', 1.0)
    """
    mine, theirs = shares(one.text, fullest.text)
    if mine >= VERBATIM and theirs >= VERBATIM:
        return "verbatim", mine
    if mine >= CUT:
        return "cut", mine
    if one.direct and fullest.direct and mine < OWN_WORDS:
        return "translated", mine
    return "paraphrased", mine


@lru_cache(maxsize=4096)
def shares(mine: str, other: str) -> tuple[float, float]:
    """Return how much of each text's words stands in the other in the same order.

    >>> shares("no deal without the dam", "there is no deal")
    (0.4, 0.5)
    """
    a, b = _words(mine), _words(other)
    common = sum(size for _, _, size in _blocks(a, b))
    return round(common / max(1, len(a)), 4), round(common / max(1, len(b)), 4)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)[:LONGEST]]


def _blocks(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """Return the runs of words that stand in both, as (place in a, place in b, how many).

    They are a longest common subsequence, found bit by bit (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004): the
    time is bounded whatever the words are. A function word that stands by itself amid other words says nothing: it is left out.
    """
    if list(a) == list(b):
        return [(0, 0, len(a))] if a else []
    pairs = groupby(enumerate(_common(a, b)), key=lambda item: (item[1][0] - item[0], item[1][1] - item[0]))
    runs = [[pair for _, pair in run] for _, run in pairs]
    blocks = [(run[0][0], run[0][1], len(run)) for run in runs]
    around = zip([(0, 0, 0), *blocks], blocks, [*blocks[1:], (len(a), len(b), 0)], strict=False)
    alone = _function_words()
    return [
        one for before, one, after in around if a[one[0]] not in alone or one[2] > 1 or _touches(before, one, after)
    ]


def _touches(before: Block, one: Block, after: Block) -> bool:
    """Say whether a run of common words goes on from the last, or into the next, in one of the texts."""
    (i, j, size), (k, m, _) = one, after
    return before[0] + before[2] == i or before[1] + before[2] == j or i + size == k or j + size == m


def _common(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    places: dict[str, int] = defaultdict(int)
    for i, word in enumerate(a):
        places[word] |= 1 << i
    full = (1 << len(a)) - 1
    row, rows = full, []
    for word in b:
        fits = row & places.get(word, 0)
        row = ((row + fits) | (row - fits)) & full
        rows.append(row)
    found, i, j = [], len(a), len(b)
    while i and j:
        if rows[j - 1] >> (i - 1) & 1:
            i -= 1
        elif j > 1 and not rows[j - 2] >> (i - 1) & 1:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]


@cache
def _function_words() -> frozenset[str]:
    return frozenset(lexicon.words("function_words"))


@lru_cache(maxsize=4096)
def differences(mine: str, other: str) -> tuple[Piece, ...]:
    """Return the words of `mine` set beside those of `other`: what is added and what is left out.

    >>> [(piece.change, piece.text) for piece in differences("The gate stays shut.", "The old gate stays shut.")]
    [('same', 'The '), ('left out', 'old '), ('same', 'gate stays shut.')]
    """
    cuts_a, cuts_b = _cuts(mine), _cuts(other)
    a, b = _words(mine), _words(other)
    found: list[Piece] = []
    i = j = 0
    for at, there, size in [*_blocks(a, b), (len(a), len(b), 0)]:
        _put(found, "left out", other[cuts_b[j] : cuts_b[there]])
        _put(found, "added", mine[cuts_a[i] : cuts_a[at]])
        _put(found, "same", mine[cuts_a[at] : cuts_a[at + size]])
        i, j = at + size, there + size
    rest = mine[cuts_a[len(a)] :]
    _put(found, "added", rest)
    return tuple(found)


def _cuts(text: str) -> list[int]:
    """Return where each word begins with what stands before the first, and where the last one that is compared ends."""
    spans = [found.span() for found in _WORD.finditer(text)]
    ends = spans[LONGEST][0] if len(spans) > LONGEST else len(text)
    return [0, *(start for start, _ in spans[1:LONGEST]), ends] if spans else [0]


def _put(found: list[Piece], change: Change, text: str) -> None:
    if text and found and found[-1].change == change:
        found[-1] = Piece(change, found[-1].text + text)
    elif text:
        found.append(Piece(change, text))


def _closest(versions: Sequence[Version], i: int) -> int | None:
    """Return the earlier version whose words a version has most of; of several the first."""
    before = sorted({*range(min(i, EARLIER)), *range(max(0, i - EARLIER), i)})
    near = [(shares(versions[i].text, versions[k].text)[0], -k) for k in before]
    best = max(near, default=(0.0, 0))
    return -best[1] if best[0] >= CLOSE else None


def carried(versions: Sequence[Version]) -> tuple[Fact, ...]:
    """Return what some versions carry and others leave out: conditions, hedges, denials, numbers.

    >>> [(fact.kind, fact.words, fact.carried) for fact in carried([Version("40 barges wait"), Version("barges wait")])]
    [('number', '40', (True, False))]
    """
    facts = [*_conditions(versions), *_hedges(versions), *_denials(versions), *_numbers(versions)]
    return tuple(fact for fact in facts if any(fact.carried) and not all(fact.carried))


def _fact(kind: FactKind, words: str, versions: Sequence[Version], has: Callable[[Version], bool]) -> Fact:
    return Fact(kind, words, tuple(has(one) for one in versions))


def _conditions(versions: Sequence[Version]) -> list[Fact]:
    """Return the condition, in the words of the first that has one: it is carried by whoever has one, however it is put there,
    and by whoever has half of the telling words of one that another has.
    """
    given = [one.if_ for one in versions if one.if_]
    if not given:
        return []
    known = [stems for stems in (set(telling_words(if_)) for if_ in given) if stems]

    def has(one: Version) -> bool:
        said = set(telling_words(one.text))
        return bool(one.if_) or any(len(stems & said) * 2 >= len(stems) for stems in known)

    return [_fact("condition", given[0], versions, has)]


@cache
def _hedge_words() -> frozenset[str]:
    return frozenset(lexicon.words("hedges"))


def _hedges(versions: Sequence[Version]) -> list[Fact]:
    used = [[word for word in _words(one.text) if word in _hedge_words()] for one in versions]
    words = list(dict.fromkeys(word for some in used for word in some))
    return [Fact("hedge", ", ".join(words[:6]), tuple(bool(some) for some in used))] if words else []


def _denials(versions: Sequence[Version]) -> list[Fact]:
    def has(one: Version) -> bool:
        return one.act in {"deny", "refuse"} or read(one.text).denies > 0

    return [_fact("denial", "not", versions, has)]


def _numbers(versions: Sequence[Version]) -> list[Fact]:
    """Return the numbers, as the first version that has one writes it; a day of the month is no number that is left out."""
    texts = [_DAY.sub(" ", one.text) for one in versions]
    sets = [read(text).numbers for text in texts]
    every = sorted({number for some in sets for number in some})[:NUMBERS]
    return [Fact("number", _written(number, texts), tuple(number in some for some in sets)) for number in every]


def _written(number: float, texts: Sequence[str]) -> str:
    tokens = (token.strip(".,-") for text in texts for token in _TOKEN.findall(text))
    return next((token for token in tokens if number_value(token) == number), f"{number:,.10g}")

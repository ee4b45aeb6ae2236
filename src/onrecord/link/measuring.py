"""How alike what two figures measure is: takes the figures of one story, gives pairs with what speaks for and against each.

Of each figure are looked at: its value in base units, whether its unit counts people, what it is a toll of (the nearest word of
`data/tolls.toml` in its sentence), the words of its measure and of its sentence, weighed by how few figures of the story have
them, and the names and other numbers beside it. What that amounts to is decided in `figures`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from itertools import combinations, pairwise

from onrecord import lexicon
from onrecord.document import Document
from onrecord.vocabulary import stem, telling_words

TOLLS = (
    "dead", "injured", "missing", "displaced", "taken", "held", "freed", "arrested", "infected", "jobless", "voting", "money",
)  # fmt: skip
SIZES = ("length", "area", "mass", "span")
CROWD = 60  # a key that so many figures of a story share brings none together
REACH = 250  # characters to each side that a figure's sentence is looked for in
NEAR = 60  # characters to each side that count as beside a figure
SMALL = 20  # up to so much, two numbers are often the same by chance
LITTLE, ALIKE = 0.2, 0.4  # of the words beside two figures in common, from which on that is no chance
ABOUT = 0.05  # how far from the number what is said to be about it may lie
CLOSE = 0.03  # two values in different units are one value where they differ by no more: both were rounded
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][a-z]{2,}|\b[A-Z][a-z]+(?:-[A-Za-z]+)+")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_STOP = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(]*[A-Z])|\n")

_UNITS = frozenset("percent percentag point dollar euro pound usd eur gbp".split())
Number = int | float | tuple[int | float, int | float]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure as far as it can measure what another does: `before` and `after` are the words beside it, to the line's ends.

    `asserter` is who says so, None in the reporter's voice; `day` counts days, None where unknown.
    """

    id: str
    document: str
    value: Number
    unit: str | None
    qualifier: str = "exact"
    measures: str | None = None
    before: str = ""
    text: str = ""
    after: str = ""
    asserter: str | None = None
    day: float | None = None


def measured(doc: Document, name: str) -> list[Measured]:
    """Return the figures of a document, which is called `name`, as linking compares them."""
    said = {stmt.id: stmt.speaker for stmt in doc.statements or ()}
    day = moment(doc.published)
    found = []
    for fig in doc.figures or ():
        before = doc.text[max(0, fig.span.start - REACH) : fig.span.start]
        after = doc.text[fig.span.end : fig.span.end + REACH]
        who = said.get(fig.statement or "")
        own = (fig.value, fig.unit, fig.qualifier, fig.measures)
        found.append(Measured(f"{name}#{fig.id}", name, *own, before, fig.span.of(doc.text), after, who, day))
    return found


def moment(published: str | None) -> float | None:
    """Return when something was published, in days, None where not even the day is known.

    >>> moment("2031-03-04T12:00:00Z") - moment("2031-03-04"), moment("2031-03")
    (0.5, None)
    """
    try:
        day = date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None
    try:
        known = datetime.fromisoformat(published or "")
    except ValueError:
        return float(day)
    whole = known.astimezone(UTC) if known.tzinfo else known
    return whole.toordinal() + (whole.hour * 60 + whole.minute) / 1440


@dataclass(frozen=True, slots=True)
class Sense:
    """What is compared of a figure: its value in base units (`kind` says of what), its toll, and stems of the words around.

    `nature` is what its unit counts, broadly, None where it has none: two figures of different natures never measure one thing.
    """

    value: Number
    kind: str
    unit: str
    nature: str | None
    toll: str | None
    measured: frozenset[str]
    near: frozenset[str]
    sentence: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]


@cache
def _toll_words() -> Mapping[str, str]:
    return {word: toll for toll in TOLLS for word in lexicon.words("tolls", toll)}


@cache
def _persons() -> frozenset[str]:
    return frozenset(stem(word) for word in lexicon.words("tolls", "persons"))


@cache
def _sizes() -> Mapping[str, tuple[str, float]]:
    return {stem(unit): (kind, float(size)) for kind in SIZES for unit, size in lexicon.table("tolls", kind).items()}


def sense(fig: Measured) -> Sense:
    """Return what of a figure is compared.

    >>> found = sense(Measured("a", "d", 9, "villager", before="a raid, killing at least ", after=" villagers and wounding 40"))
    >>> found.nature, found.toll, found.unit
    ('person', 'dead', 'person')
    """
    before, after = _sentence(fig.before, fig.after)
    value, kind, unit = _in_base(fig.value, fig.unit)
    persons = not kind and _counts_people(unit)
    nature = _nature(kind, unit, persons)
    counted = (
        "" if kind or nature in {"share", "money"} else fig.unit or ""
    )  # that both are percentages says nothing of what of
    measured = frozenset(telling_words(f"{fig.measures or ''} {counted}")) - _UNITS
    whole = f"{before} {fig.text} {after}"
    return Sense(
        value=value,
        kind=kind,
        unit="person" if persons else unit,
        nature=nature,
        toll=_toll(before, fig.text, after),
        measured=measured,
        near=_stems(f"{before[-NEAR:]} {fig.text} {after[:NEAR]}"),
        sentence=_stems(whole),
        names=frozenset(name.casefold() for name in _NAME.findall(whole)),
        numbers=frozenset(number.replace(",", "") for number in _NUMBER.findall(f"{before} {after}")),
    )


def _nature(kind: str, unit: str, persons: bool) -> str | None:
    if kind or persons or not unit:
        return kind or ("person" if persons else None)
    return "money" if unit in _currencies() else "share" if unit == "percent" else "thing"


@cache
def _currencies() -> frozenset[str]:
    return frozenset(code.casefold() for code in lexicon.words("units", "currency_codes"))


@lru_cache(maxsize=20_000)
def _counts_people(unit: str) -> bool:
    """Say whether a unit counts people; one word may be run together of two ("crewmember", "schoolgirl")."""
    last = unit.split(" ")[-1]
    return last in _persons() or any(last.endswith(noun) for noun in _persons() if len(noun) > 3)


def _sentence(before: str, after: str) -> tuple[str, str]:
    """Cut what stands beside a figure to its sentence."""
    ends = [match.end() for match in _STOP.finditer(before)]
    stop = _STOP.search(after)
    return before[ends[-1] if ends else 0 :], after[: stop.start() if stop else len(after)]


def _stems(text: str) -> frozenset[str]:
    return frozenset(word for word in telling_words(text) if not word[0].isdigit())


def _in_base(value: Number, unit: str | None) -> tuple[Number, str, str]:
    plain = " ".join(telling_words(unit or "")) or (unit or "").casefold()
    kind, size = _sizes().get(plain) or _sizes().get(stem((unit or " ").casefold())) or ("", 1.0)
    if not kind:
        return value, "", plain
    return (value[0] * size, value[1] * size) if isinstance(value, tuple) else value * size, kind, kind


@lru_cache(maxsize=20_000)
def _toll(before: str, text: str, after: str) -> str | None:
    """Return what a count is a toll of: by the nearest word that says so, one behind another number counting as farther."""
    found: list[tuple[int, str]] = []
    for match in _WORD.finditer(text):
        if toll := _toll_words().get(match.group().casefold()):
            found.append((0, toll))
    for match in _WORD.finditer(before):
        if toll := _toll_words().get(match.group().casefold()):
            found.append((_far(before[match.end() :]), toll))
    for match in _WORD.finditer(after):
        if toll := _toll_words().get(match.group().casefold()):
            found.append((_far(after[: match.start()]), toll))
    return min(found)[1] if found else None


def _far(between: str) -> int:
    return len(between) + 40 * len(_NUMBER.findall(between))


class Story:
    """The figures of one story, with how telling each word is in it."""

    def __init__(self, figs: Sequence[Measured]) -> None:
        self.figs = figs
        self.senses = [sense(fig) for fig in figs]
        counts = Counter(word for one in self.senses for word in one.sentence | one.measured)
        self.weight = {word: math.log((len(figs) + 10) / (n + 0.5)) for word, n in counts.items()}
        self.often = Counter(str(one.value) for one in self.senses)

    def mass(self, words: frozenset[str]) -> float:
        """Return how telling these words are together."""
        return math.fsum(sorted(max(self.weight.get(word, 0.0), 0.0) for word in words))

    def dice(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Return the share of telling words in common, 0 to 1."""
        whole = self.mass(a) + self.mass(b)
        return 2 * self.mass(a & b) / whole if whole else 0.0

    def held(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Return the share of the shorter one's telling words that the other has, 0 to 1."""
        least = min(self.mass(a), self.mass(b))
        return self.mass(a & b) / least if least else 0.0


def pairs(story: Story) -> list[tuple[int, int]]:
    """Return the pairs of figures that can measure one thing: of one value, or of one unit with the toll or words in common."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(story.senses):
        blocks["value", str(one.value)].append(at)
        if one.kind:
            blocks["size", one.kind].append(at)
        if one.toll:
            blocks["toll", one.unit, one.toll].append(at)
        for word in one.measured:
            blocks["word", one.unit, word].append(at)
    near = {pair for block in blocks.values() if len(block) <= CROWD for pair in combinations(block, 2)}
    crowded = [block for key, block in sorted(blocks.items()) if len(block) > CROWD and key[0] in {"value", "toll"}]
    near |= {pair for block in crowded for pair in pairwise(block)}
    return sorted(
        (i, j) for i, j in near if not _strange(story.senses[i], story.senses[j]) and not _by_chance(story, i, j)
    )


def _by_chance(story: Story, i: int, j: int) -> bool:
    """Say whether two figures have nothing in common but a number that many have: a small one, or a share."""
    x, y = story.senses[i], story.senses[j]
    share = "share" in {x.nature, y.nature} or 0 < abs(_middle(x.value)) < 1
    if not same_value(x, y) or not (share or abs(_middle(x.value)) <= SMALL):
        return False
    beside, measured = story.dice(x.near, y.near), bool(x.measured & y.measured)
    if share:
        return beside < (LITTLE if measured else ALIKE)
    return beside < ALIKE and not measured and (x.toll is None or x.toll != y.toll)


def _strange(a: Sense, b: Sense) -> bool:
    return None not in {a.nature, b.nature} and a.nature != b.nature


def same_value(a: Sense, b: Sense) -> bool:
    """Say whether two values are one: equal, or as near as two rounded sizes in different units can be.

    >>> metric, other = sense(Measured("a", "d", 15, "kilometre")), sense(Measured("b", "d", 9, "mile"))
    >>> same_value(metric, other), same_value(sense(Measured("a", "d", 15, None)), sense(Measured("b", "d", 9, None)))
    (True, False)
    """
    if a.value == b.value:
        return a.kind == b.kind or not (a.kind and b.kind)
    if not a.kind or a.kind != b.kind or isinstance(a.value, tuple) or isinstance(b.value, tuple):
        return False
    return abs(a.value - b.value) <= CLOSE * max(abs(a.value), abs(b.value)) * (2 if a.kind != "span" else 1)


def features(story: Story, i: int, j: int) -> dict[str, float]:
    """Return what speaks for and against two figures measuring one thing."""
    a, b, x, y = story.figs[i], story.figs[j], story.senses[i], story.senses[j]
    return {
        "measured": story.dice(x.measured, y.measured),
        "measured held": story.held(x.measured, y.measured),
        "near": story.dice(x.near, y.near),
        "sentence": story.dice(x.sentence, y.sentence),
        "sentence held": story.held(x.sentence, y.sentence),
        "mass": min(story.mass(x.near & y.near), 20.0) / 20,
        "same unit": float(bool(x.unit) and x.unit == y.unit),
        "no unit": float(not (x.unit and y.unit)),
        "unit held": float(_held(a.unit, b.unit)),
        "people": float(x.nature == y.nature == "person"),
        "same toll": float(x.toll is not None and x.toll == y.toll),
        "other toll": float(bool(x.toll and y.toll) and x.toll != y.toll),
        "same document": float(a.document == b.document),
        "names shared": min(2, len(x.names & y.names)) / 2,
        "names differ": float(bool(x.names and y.names) and not x.names & y.names),
        "numbers shared": min(2, len(x.numbers & y.numbers)) / 2,
        "rare": 1 / max(1, story.often[str(x.value)]),
        "large": min(6.0, math.log10(1 + abs(_middle(x.value)))) / 6,
        "apart": _apart(x.value, y.value),
        "compatible": float(not clash(a, b, x, y)),
        "same qualifier": float(a.qualifier == b.qualifier),
    }


def _held(a: str | None, b: str | None) -> bool:
    one, other = set(telling_words(a or "")), set(telling_words(b or ""))
    return bool(one and other) and (one <= other or other <= one)


def _middle(value: Number) -> float:
    return (value[0] + value[1]) / 2 if isinstance(value, tuple) else float(value)


def _apart(a: Number, b: Number) -> float:
    """Return how many times one value is the other, as a logarithm: 0 for equal ones, 1 from tenfold."""
    one, other = abs(_middle(a)), abs(_middle(b))
    return min(1.0, abs(math.log10((one + 0.01) / (other + 0.01))))


def clash(a: Measured, b: Measured, x: Sense, y: Sense) -> bool:
    """Say whether two figures cannot both be right of one thing at one time, by their values and qualifiers."""
    low_a, high_a = bounds(x.value, a.qualifier)
    low_b, high_b = bounds(y.value, b.qualifier)
    return not same_value(x, y) and (low_a > high_b or low_b > high_a)


def bounds(value: Number, qualifier: str) -> tuple[float, float]:
    """Return between what a figure says that the number lies.

    >>> bounds(40, "more_than"), bounds((3, 5), "range")
    ((40.0, inf), (3.0, 5.0))
    """
    low, high = value if isinstance(value, tuple) else (value, value)
    if qualifier in {"at_least", "more_than"}:
        return float(low), math.inf
    if qualifier in {"at_most", "less_than"}:
        return -math.inf, float(high)
    slack = ABOUT * abs(high) if qualifier == "about" else 0.0
    return low - slack, high + slack

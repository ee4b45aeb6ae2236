"""A picture of the numbers told of one thing: takes points, gives SVG with a title and words for each mark, and knows no page.

Time runs from left to right. A dot agrees with the others, a triangle is a number that rose, a diamond one that is in conflict;
a stem upwards says "at least", one downwards "at most", a bar a range. What stands in one place is one mark, with its count.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 260, 84, 30, 24, 210
MOST_SAID = 8
Number = int | float | tuple[int | float, int | float]


@dataclass(frozen=True, slots=True)
class Point:
    """One figure: when it was published, its number, and how it `stands` to the others (agreeing, updated, conflict)."""

    published: str | None
    value: Number
    qualifier: str
    stands: str
    said: str


def day(published: str | None) -> int | None:
    """Return the day of a date as an ordinal; of a month or year alone the first, None where nothing is known.

    >>> day("2031-03") == date(2031, 3, 1).toordinal(), day("last week")
    (True, None)
    """
    parts = (published or "")[:10].split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, of_month = (*map(int, parts), 1, 1)[:3]
    try:
        return date(year, month, of_month).toordinal()
    except ValueError:
        return None


def picture(points: Sequence[Point], title: str) -> Markup:
    """Return the numbers over time; nothing where fewer than two have a date."""
    dated = [(when, point) for point in points if (when := day(point.published)) is not None]
    if len(dated) < 2:
        return Markup()
    first, last = min(when for when, _ in dated), max(when for when, _ in dated)
    low, high = _reach([point.value for _, point in dated])
    said = escape(title)
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    drawn = [
        f'<svg class="picture told" {size} role="img" aria-label="{said}"><title>{said}</title>',
        *_rules(low, high),
    ]
    places: dict[tuple[float, float, float, str, str], list[Point]] = defaultdict(list)
    for when, point in dated:
        x = LEFT + 20 + (WIDTH - LEFT - RIGHT - 40) * ((when - first) / (last - first) if last > first else 0.5)
        top, base = (_y(value, low, high) for value in reversed(_ends(point.value)))
        places[round(x, 1), round(top, 1), round(base, 1), point.stands, point.qualifier].append(point)
    drawn += [_mark(*place, some) for place, some in sorted(places.items(), key=lambda item: item[0])]
    drawn += _days(first, last)
    return Markup("".join([*drawn, "</svg>"]))  # what comes from the record is escaped above and in _mark


def _ends(value: Number) -> tuple[float, float]:
    return (float(value[0]), float(value[1])) if isinstance(value, tuple) else (float(value), float(value))


def _reach(values: Sequence[Number]) -> tuple[float, float]:
    """Return between what the picture's numbers run: from 0, unless they lie far from it and close together."""
    ends = [end for value in values for end in _ends(value)]
    low, high = min(ends), max(ends)
    if low > 0 and (high - low > 0.15 * high or high == low):
        low = 0.0
    slack = (high - low or abs(high) or 1.0) * 0.08
    return (low if low == 0 else low - slack), high + slack


def _y(value: float, low: float, high: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low)


def _rules(low: float, high: float) -> list[str]:
    parts = []
    for value in _steps(low, high):
        y = _y(value, low, high)
        parts.append(f'<line class="rule" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{_short(value)}</text>')
    if low > 0:
        parts.append(f'<text class="tick" x="{LEFT}" y="{TOP - 10}">the scale does not begin at 0</text>')
    return parts


def _steps(low: float, high: float) -> list[float]:
    """Return round numbers between two, three to seven of them.

    >>> _steps(0, 21.6)
    [0.0, 5.0, 10.0, 15.0, 20.0]
    """
    rough = (high - low) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = min((unit * by for by in (1, 2, 2.5, 5, 10)), key=lambda one: abs(one - rough))
    return [round(n * step, 10) for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _short(value: float) -> str:
    """Return a number as an axis has room for it.

    >>> _short(1_500_000), _short(0.25), _short(3_500_000_000)
    ('1.5 m', '0.25', '3.5 bn')
    """
    for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if abs(value) >= size:
            return f"{value / size:.6g} {word}"
    return f"{value:,.10g}"


def _mark(x: float, y: float, base: float, stands: str, qualifier: str, some: Sequence[Point]) -> str:
    said = "; ".join(dict.fromkeys(point.said for point in some[:MOST_SAID]))
    more = f" and {len(some) - MOST_SAID} more" if len(some) > MOST_SAID else ""
    stem = {"at_least": -20, "more_than": -20, "at_most": 20, "less_than": 20}.get(qualifier)
    parts = [f'<line class="stem" x1="{x}" y1="{y}" x2="{x}" y2="{y + stem}"/>' if stem else ""]
    parts.append(f'<line class="stem" x1="{x}" y1="{y}" x2="{x}" y2="{base}"/>' if base != y else "")
    parts.append(_shape(x, y, stands))
    if len(some) > 1:
        parts.append(f'<text class="tick" x="{x + 11}" y="{y + 4}">×{len(some)}</text>')
    title = f"{some[0].published}: {said}{more} ({stands})"
    return f'<g class="mark {escape(stands)}"><title>{escape(title)}</title>{"".join(parts)}</g>'


def _shape(x: float, y: float, stands: str) -> str:
    if stands == "updated":
        return f'<path d="M{x} {y - 7}L{x + 7} {y + 5}H{x - 7}Z"/>'
    if stands == "conflict":
        return f'<path d="M{x} {y - 8}L{x + 8} {y}L{x} {y + 8}L{x - 8} {y}Z"/>'
    return f'<circle cx="{x}" cy="{y}" r="5"/>'


def _days(first: int, last: int) -> list[str]:
    y = HEIGHT - 22
    parts = [f'<line class="axis" x1="{LEFT}" y1="{BOTTOM}" x2="{WIDTH - RIGHT}" y2="{BOTTOM}"/>']
    middle = (LEFT + WIDTH - RIGHT) / 2
    ends = [(middle, "middle", first)] if first == last else [(LEFT, "start", first), (WIDTH - RIGHT, "end", last)]
    for x, anchor, ordinal in ends:
        said = date.fromordinal(ordinal).isoformat()
        parts.append(f'<text class="tick" x="{x}" y="{y}" text-anchor="{anchor}">{said}</text>')
    return parts

"""Pictures of a record: takes counts by time, gives SVG with a title and words for each mark, and knows no page.

Drawn with attributes and classes only, since the room's policy forbids styles of an element's own; every picture stands beside a
table that says the same. Time runs from left to right, one unit a day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup, escape

WIDTH = 720
MONTHS = 600
"""How many months are drawn at most: fifty years. One statement with a day long past must not push out all others."""
ACTS = (
    *("agree", "offer", "commit", "support", "assert", "assess", "question"),
    *("demand", "deny", "condemn", "accuse", "refuse", "threaten"),
)
"""The acts from the most yielding to the hardest, as lanes of a picture: an order for the eye, and no measure."""


def day_of(number: int) -> date:
    """Return the day that lists sort by, from its number; where a part is not known, the first.

    >>> day_of(20240300)
    datetime.date(2024, 3, 1)
    """
    year, month, day = number // 10000, number // 100 % 100, number % 100
    try:
        return date(max(year, 1), max(month, 1), max(day, 1))
    except ValueError:
        return date(max(year, 1), 1, 1)


def timeline(months: Sequence[tuple[str, int]], title: str) -> Markup:
    """Return how many statements there are by month, in order, as bars: of the last `MONTHS`; nothing where there are none."""
    months = _dated(months)
    if not months:
        return Markup()
    every = _every_month(months[0][0], months[-1][0])
    counted = {month: n for month, n in months if month >= every[0]}
    return _bars(every, counted, title, min((WIDTH - 20) / len(every), 60))


def earlier(months: Sequence[tuple[str, int]]) -> int:
    """Return how many statements are of months before those that `timeline` draws.

    >>> earlier([("1963-11", 2), ("2023-12", 4), ("2024-01", 9)])
    2
    """
    months = _dated(months)
    first = _every_month(months[0][0], months[-1][0])[0] if months else ""
    return sum(n for month, n in months if month < first)


def _dated(months: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(month, n) for month, n in months if len(month) == 7]


def calendar(days: Sequence[tuple[int, int]], title: str) -> Markup:
    """Return how many statements there are by day, as bars: (20240327, 4); for a record of a few months."""
    counted = {day_of(day).isoformat(): n for day, n in days}
    if not counted:
        return Markup()
    first = date.fromisoformat(min(counted))
    long = (date.fromisoformat(max(counted)) - first).days + 1
    every = [(first + timedelta(days=n)).isoformat() for n in range(min(long, 366))]
    return _bars(every, counted, title, min((WIDTH - 20) / len(every), 60))


def _bars(every: Sequence[str], counted: Mapping[str, int], title: str, step: float) -> Markup:
    """Return a bar for every label; counts stand over them where there is room, labels under as many as fit."""
    most = max(counted.values())
    parts = [_open("timeline", 160, title, 20 + len(every) * step)]
    for i, label in enumerate(every):
        n = counted.get(label, 0)
        height = max(2.0, 100 * n / most) if n else 0
        x = 10 + i * step
        said = f"{label}: {n} {'statement' if n == 1 else 'statements'}"
        parts.append(_bar(x + step * 0.1, 120 - height, step * 0.8, height, said, n, step))
    wide = 92 if len(every[0]) > 7 else 64
    for i in range(0, len(every), max(1, round(wide / step))):
        anchor, x = ("middle", 10 + (i + 0.5) * step) if step > 26 else ("start", 10 + i * step)
        if x + wide * 0.8 <= 20 + len(every) * step or step > 26:
            parts.append(f'<text class="tick" x="{x:.1f}" y="140" text-anchor="{anchor}">{escape(every[i])}</text>')
    parts.append(f'<line class="axis" x1="10" y1="120" x2="{10 + len(every) * step:.1f}" y2="120"/></svg>')
    return Markup("".join(parts))  # what comes from the record is escaped above


def _bar(x: float, y: float, width: float, height: float, said: str, n: int, step: float) -> str:
    if not n:
        return ""
    label = (
        f'<text class="tick" x="{x + width / 2:.1f}" y="{y - 4:.1f}" text-anchor="middle">{n}</text>'
        if step > 26
        else ""
    )
    rect = f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}">'
    return f"{rect}<title>{escape(said)}</title></rect>{label}"


def lanes(points: Sequence[tuple[int, str, int]], title: str) -> Markup:
    """Return what a speaker did when: a lane an act, a dot a day, its size how many statements."""
    used = [act for act in ACTS if any(point[1] == act for point in points)]
    if not used:
        return Markup()
    place, first, last = _scale([day for day, _, _ in points], 96)
    height = 34 + 24 * len(used)
    parts = [_open("lanes", height, title)]
    for i, act in enumerate(used):
        y = 20 + 24 * i
        parts.append(f'<text class="lane" x="86" y="{y + 4}" text-anchor="end">{act}</text>')
        parts.append(f'<line class="rule" x1="96" y1="{y}" x2="{WIDTH - 10}" y2="{y}"/>')
    for day, act, n in points:
        said = f"{day_of(day).isoformat()}: {act}, {n} {'statement' if n == 1 else 'statements'}"
        radius = min(3.5 + 1.6 * (n - 1) ** 0.5, 11)
        y = 20 + 24 * used.index(act)
        parts.append(
            f'<circle class="dot" cx="{place(day):.1f}" cy="{y}" r="{radius:.1f}"><title>{said}</title></circle>'
        )
    parts.append(_ends(first, last, height - 6, 96))
    return Markup("".join([*parts, "</svg>"]))  # numbers and our own words only


def scatter(points: Sequence[tuple[int, float, str]], title: str) -> Markup:
    """Return values over time, each dot with its words; nothing where there are fewer than two."""
    if len(points) < 2:
        return Markup()
    place, first, last = _scale([day for day, _, _ in points], 70)
    values = [value for _, value, _ in points]
    low, high = min(0.0, *values), max(values) or 1.0
    parts = [_open("scatter", 230, title)]
    for value in (low, (low + high) / 2, high):
        y = 195 - 175 * (value - low) / (high - low or 1)
        parts.append(f'<line class="rule" x1="70" y1="{y:.1f}" x2="{WIDTH - 10}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick" x="64" y="{y + 4:.1f}" text-anchor="end">{value:,.6g}</text>')
    for day, value, said in points:
        y = 195 - 175 * (value - low) / (high - low or 1)
        parts.append(
            f'<circle class="dot" cx="{place(day):.1f}" cy="{y:.1f}" r="4.5"><title>{escape(said)}</title></circle>'
        )
    parts.append(_ends(first, last, 222, 70))
    return Markup("".join([*parts, "</svg>"]))  # what comes from the record is escaped above


def _open(kind: str, height: float, title: str, width: float = WIDTH) -> str:
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    said = escape(title)
    return f'<svg class="picture {kind}" {size} role="img" aria-label="{said}"><title>{said}</title>'


def _scale(days: Sequence[int], left: int) -> tuple[Callable[[int], float], date, date]:
    first, last = day_of(min(days)), day_of(max(days))
    span = max((last - first).days, 1)

    def place(day: int) -> float:
        if first == last:
            return (left + WIDTH - 10) / 2
        return left + 12 + (WIDTH - left - 34) * (day_of(day) - first).days / span

    return place, first, last


def _ends(first: date, last: date, y: float, left: int) -> str:
    if first == last:
        return f'<text class="tick" x="{(left + WIDTH - 10) / 2:.0f}" y="{y}" text-anchor="middle">{first.isoformat()}</text>'
    start = f'<text class="tick" x="{left}" y="{y}">{first.isoformat()}</text>'
    return f'{start}<text class="tick" x="{WIDTH - 10}" y="{y}" text-anchor="end">{last.isoformat()}</text>'


def _every_month(first: str, last: str) -> list[str]:
    """Return the months from `first` to `last`, no more than the last `MONTHS` of them."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(max(start, end - MONTHS + 1), end + 1)]

"""How positions move, as a picture: takes lanes of steps, gives SVG with a title and words for each mark, and knows no page.

A lane is a speaker or an issue; time runs from left to right. The shape says which way: a disc for, a square against, a ring
where it is unclear; a change that is no holding is named above its mark. The table beside it says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from onrecord.ask.positions import PositionRow
from onrecord.serve.pictures import WIDTH

LEFT, TOP, ROW = 176, 8, 38
MOST = 16  # lanes drawn; the table has all
LONGEST_LABEL = 26
APART = 62  # pixels between two changes that are both named


@dataclass(frozen=True, slots=True)
class Lane:
    """One position: its label and its steps in the order of time."""

    label: str
    steps: tuple[PositionRow, ...]


def picture(lanes: Sequence[Lane], title: str) -> Markup:
    """Return the lanes that have a day; nothing where none has."""
    drawn = [lane for lane in lanes if any(step.day for step in lane.steps)][:MOST]
    if not drawn:
        return Markup()
    days = [_day(step.day) for lane in drawn for step in lane.steps if step.day]
    first, last = min(days), max(days)
    height = TOP + ROW * len(drawn) + 26
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    said = escape(title)
    parts = [f'<svg class="picture moves" {size} role="img" aria-label="{said}"><title>{said}</title>']
    for n, lane in enumerate(drawn):
        parts += _lane(lane, TOP + ROW * n + 24, first, last)
    parts.append(_ends(first, last, height - 6))
    return Markup("".join([*parts, "</svg>"]))  # what comes from the record is escaped above and below


def _day(text: str) -> date:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    try:
        return date(max(year, 1), month, day)
    except ValueError:
        return date(max(year, 1), 1, 1)


def _x(day: date, first: date, last: date) -> float:
    if first == last:
        return (LEFT + WIDTH) / 2
    return LEFT + 14 + (WIDTH - LEFT - 40) * (day - first).days / (last - first).days


def _lane(lane: Lane, y: int, first: date, last: date) -> list[str]:
    short = lane.label if len(lane.label) <= LONGEST_LABEL else lane.label[: LONGEST_LABEL - 1] + "…"
    label = f'<text class="lane" x="{LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(short)}</text>'
    parts = [label, f'<line class="rule" x1="{LEFT}" y1="{y}" x2="{WIDTH - 10}" y2="{y}"/>']
    named = -APART
    for step in lane.steps:
        if not step.day:
            continue
        x = _x(_day(step.day), first, last)
        told = f"{lane.label}, {step.day}: {step.way}, {', '.join(step.does)}; {step.change} ({step.why})"
        name = ""
        if step.change not in {"new", "held", "unclear"} and x - named >= APART:
            named = int(x)
            anchor = "end" if x > WIDTH - 40 else "middle"
            name = f'<text class="change" x="{x:.1f}" y="{y - 11}" text-anchor="{anchor}">{step.change}</text>'
        parts.append(f"<g>{_mark(step.way, x, y)}{name}<title>{escape(told)}</title></g>")
    return parts


def _mark(way: str, x: float, y: int) -> str:
    if way == "for":
        return f'<circle class="for" cx="{x:.1f}" cy="{y}" r="6"/>'
    if way == "against":
        return f'<rect class="against" x="{x - 5.5:.1f}" y="{y - 5.5}" width="11" height="11"/>'
    return f'<circle class="hollow" cx="{x:.1f}" cy="{y}" r="5"/>'


def _ends(first: date, last: date, y: int) -> str:
    if first == last:
        return (
            f'<text class="tick" x="{(LEFT + WIDTH) / 2:.0f}" y="{y}" text-anchor="middle">{first.isoformat()}</text>'
        )
    start = f'<text class="tick" x="{LEFT}" y="{y}">{first.isoformat()}</text>'
    return f'{start}<text class="tick" x="{WIDTH - 10}" y="{y}" text-anchor="end">{last.isoformat()}</text>'

"""The way an utterance travelled: takes its versions, gives a picture and the same as rows of a table, and decides nothing.

Each version is a line with its outlet; days are columns, in order and not to scale. A curve leads to a version from the earlier
one that its words are closest to: nearness of words, and no proof of who copied whom. Shapes tell how a version tells it.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from onrecord.ask.sayings import Utterance
from onrecord.link.versions import VersionKind

WIDTH, LEFT, ROW, TOP = 720, 260, 30, 34
MOST = 40
"""How many versions a picture shows; the table has them all."""
LONGEST_LABEL = 34
UNDATED = "no date"


@dataclass(frozen=True, slots=True)
class Step:
    """One version on its way: when and where it was published, who carried it before, what its words are closest to."""

    number: int
    day: str
    outlet: str
    via: tuple[str, ...]
    kind: VersionKind
    share: float
    closest: int | None
    first: bool
    id: str


def steps(one: Utterance) -> list[Step]:
    """Return the versions of an utterance in the order in which they were published, numbered from 1."""
    return [
        Step(
            n,
            (row.published or UNDATED)[:10],
            row.outlet or row.document,
            row.via,
            told.kind,
            told.share,
            None if told.closest is None else told.closest + 1,
            one.is_first(row),
            row.id,
        )
        for n, (row, told) in enumerate(one.versions(), 1)
    ]


def picture(some: list[Step], title: str) -> Markup:
    """Return the way as SVG; nothing where there is one version only."""
    if len(some) < 2:
        return Markup()
    some = some[:MOST]
    days = sorted({step.day for step in some}, key=lambda day: (day == UNDATED, day))
    wide = (WIDTH - LEFT - 40) / max(1, len(days) - 1)
    x = {day: LEFT + 20 + i * wide if len(days) > 1 else (LEFT + WIDTH) / 2 for i, day in enumerate(days)}
    height = TOP + ROW * len(some) + 4
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    said = escape(title)
    parts = [f'<svg class="picture travel" {size} role="img" aria-label="{said}"><title>{said}</title>']
    parts += _columns(days, x, height)
    parts += [_curve(step, x[some[step.closest - 1].day], x[step.day]) for step in some if step.closest is not None]
    parts += [_line(step, x[step.day]) for step in some]
    return Markup("".join([*parts, "</svg>"]))  # what comes from the record is escaped above and below


def _columns(days: list[str], x: dict[str, float], height: int) -> list[str]:
    every = max(1, -(-len(days) * 80 // (WIDTH - LEFT)))
    parts = []
    for i, day in enumerate(days):
        parts.append(f'<line class="rule" x1="{x[day]:.1f}" y1="{TOP - 10}" x2="{x[day]:.1f}" y2="{height}"/>')
        if i % every == 0:
            anchor = "end" if i and i == len(days) - 1 else "middle"
            end = x[day] + (20 if anchor == "end" else 0)
            parts.append(f'<text class="tick" x="{end:.1f}" y="14" text-anchor="{anchor}">{escape(day)}</text>')
    return parts


def _y(number: int) -> int:
    return TOP + ROW * (number - 1) + ROW // 2


def _curve(step: Step, start: float, end: float) -> str:
    """Return a curve from the version that a step is closest to; in one column it swings out to the left."""
    top, bottom = _y(step.closest or 1), _y(step.number)
    bend = 26 if start == end else 0
    path = f"M{start:.1f} {top} C{start - bend:.1f} {top + ROW // 2} {end - bend:.1f} {bottom - ROW // 2} {end:.1f} {bottom}"
    said = f"{step.number} is closest to {step.closest} in its words"
    return f'<path class="way" d="{path}"><title>{said}</title></path>'


def _line(step: Step, x: float) -> str:
    y = _y(step.number)
    label = f"{step.number}  {step.outlet}" + "".join(f", via {hop}" for hop in step.via)
    short = label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
    first = ", first seen" if step.first else ""
    via = "".join(f", via {hop}" for hop in step.via)
    said = f"{step.number}: {step.outlet}{via}, {step.day}{first}: {step.kind}"
    name = f'<text class="lane" x="8" y="{y + 4}">{escape(short)}</text>'
    ring = f'<circle class="ring" cx="{x:.1f}" cy="{y}" r="11"/>' if step.first else ""
    return f"<g>{name}{ring}{_mark(step.kind, x, y)}<title>{escape(said)}</title></g>"


def _mark(kind: VersionKind, x: float, y: int) -> str:
    """Return the mark of a kind: a square, a disc, half a disc, a ring, a diamond."""
    if kind == "fullest":
        return f'<rect class="dot" x="{x - 6:.1f}" y="{y - 6}" width="12" height="12"/>'
    if kind == "cut":
        return f'<path class="dot" d="M{x:.1f} {y - 7} A7 7 0 0 0 {x:.1f} {y + 7} Z"/>'
    if kind == "translated":
        return f'<path class="dot" d="M{x:.1f} {y - 8} L{x + 8:.1f} {y} L{x:.1f} {y + 8} L{x - 8:.1f} {y} Z"/>'
    inside = "hollow" if kind == "paraphrased" else "dot"
    return f'<circle class="{inside}" cx="{x:.1f}" cy="{y}" r="6"/>'

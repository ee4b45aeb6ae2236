"""An utterance as people read it on a terminal: takes it with its versions, gives lines with the changes marked, prints nothing.

What a version leaves out stands in [-square brackets-], what it adds in {+braces+}, as wdiff marks them; on a terminal they are
struck through and underlined as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.ask.sayings import Utterance
    from onrecord.link.versions import Piece

MARKS = {"left out": ("[-", "-]", "red strike"), "added": ("{+", "+}", "green underline")}


def lines(one: Utterance, terminal: bool) -> Text:
    """Return an utterance: who said it, then its versions in the order in which they were published."""
    from rich.text import Text

    first = one.first
    said = f", said {first.said_on}" if first.said_on else ""
    counts = f"{len(one.rows)} versions in {one.reports} reports"
    out = Text(f"{one.number}. {_clean(first.speaker or 'not stated')}{said}: {counts}\n", style="bold")
    for row, told in one.versions():
        way = "".join(f", via {_clean(hop)}" for hop in row.via)
        head = f"   {(row.published or 'undated')[:10]}  {_clean(row.outlet or row.document)}{way}: "
        out.append(head + ("first seen, " if one.is_first(row) else "") + told.kind, style="dim")
        lacks = one.lacks(told)
        out.append(f"; leaves out {_clean(', '.join(lacks))}\n" if lacks else "\n", style="dim")
        out.append("      ")
        for piece in told.pieces:
            out.append_text(_marked(piece, terminal))
        out.append("\n")
    return out


def _marked(piece: Piece, terminal: bool) -> Text:
    from rich.text import Text

    words = _clean(piece.text)
    if piece.change == "same":
        return Text(words)
    opening, closing, style = MARKS[piece.change]
    inner = words.rstrip()
    after = " " if inner != words else ""
    return Text(f"{opening}{inner}{closing}", style=style if terminal else "").append(after, "not underline not strike")


def _clean(text: str) -> str:
    """Return text in one line without control characters: a report's words must not steer a terminal."""
    from onrecord.cli.console import one_line

    return one_line(f"|{text}|")[1:-1]

"""Reports with figures, built by hand: `report("a", "killing {9 people}", ...)` is a Document whose braces are figures."""

from __future__ import annotations

import hashlib
import re

from onrecord.document import Document, Figure, Origin, Span, Statement

BRACES = re.compile(r"\{(?:(at_least|more_than|at_most|less_than|about):)?([\d,]+) ([^}|]*)\}")
WORDS = {
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "up to ",
    "less_than": "less than ",
    "about": "about ",
}


def report(
    name: str, marked: str, outlet: str = "Lake Post", published: str | None = "2031-03-04", who: str | None = None
) -> Document:
    """Return a report; `{at_least:9 people}` is a figure with its qualifier, its number and what is counted."""
    text, at, figures = "", 0, []
    for match in BRACES.finditer(marked):
        text += marked[at : match.start()]
        at, start = match.end(), len(text)
        text += f"{WORDS.get(match[1] or '', '')}{match[2]} {match[3]}"
        figures.append((Span(start, len(text)), int(match[2].replace(",", "")), match[1] or "exact", match[3]))
    text += marked[at:]
    said = (
        (Statement("s1", (Span(0, len(text)),), speaker=who, named=True, speaker_type="organisation"),) if who else ()
    )
    return Document(
        name,
        text,
        Origin(f"{name}.txt", hashlib.sha256((name + marked).encode()).hexdigest()),
        title=f"Report {name}",
        outlet=outlet,
        published=published,
        language="en",
        statements=said,
        speakers=(),
        times=(),
        figures=tuple(
            Figure(f"f{n}", span, value, unit.removesuffix("s"), qualifier, None, "s1" if who else None, "test")  # type: ignore[arg-type]
            for n, (span, value, qualifier, unit) in enumerate(figures, 1)
        ),
    )


FERRY = "The ferry Selma sank off Port Sel in the storm on Monday night, "
FLOOD = (
    report("a", FERRY + "killing {at_least:9 people}, the harbour office said.", "Lake Post", "2031-03-04", "Harbour Office"),
    report("b", FERRY + "killing {at_least:9 people}, officials said.", "Sel Courier", "2031-03-04"),
    report("c", FERRY + "killing {14 people}, the coast guard said.", "Wire", "2031-03-05", "Coast Guard"),
    report("d", FERRY + "killing {21 people}, according to the coast guard.", "Monitor", "2031-03-06", "Coast Guard"),
    report("e", FERRY + "carrying {230 passengers} by the owner's count.", "Wire", "2031-03-05", "Sel Lines"),
    report("f", FERRY + "carrying {180 passengers} by the owner's count.", "Monitor", "2031-03-05", "Harbour Office"),
)  # fmt: skip

"""The frame round a report: takes a `Document` with its text, gives it with title span, credits and boilerplate as spans.

Nothing is cut out of the text: the spans say which of it is no report, and later stages leave these alone.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.document import Document, Span
from onrecord.read.boilerplate import boilerplate
from onrecord.read.credit import credits_in, is_byline, spelled_out
from onrecord.read.dateline import dateline
from onrecord.read.lines import Line, lines, squeezed

TITLE_LENGTH = 200
TERMINAL = ".…"


def frame(doc: Document) -> Document:
    r"""Return `doc` with its frame found; a text without a title gets its first line as title where it looks like one.

    >>> from onrecord.document import Origin
    >>> text = "Ferry sinks\n\nPORT SELLEN (Reuters) - A ferry sank on Monday, police said.\n\nRead more: Inquiry opens"
    >>> doc = frame(Document("a", text, Origin("a.txt", "00")))
    >>> doc.title, doc.credit[0].agency, doc.boilerplate[0].of(text)
    ('Ferry sinks', 'Reuters', 'Read more: Inquiry opens')
    """
    body = lines(doc.text)
    title = title_span(body, doc.title)
    inner = [line for line in body if line.span != title]
    furniture = boilerplate(inner)
    credits = spelled_out(credits_in([line for line in inner if line.span not in set(furniture)]), doc.outlet)
    return replace(
        doc,
        title=doc.title or (" ".join(title.of(doc.text).split()) if title else None),
        title_span=title,
        boilerplate=tuple(furniture),
        credit=tuple(credits),
    )


def title_span(body: list[Line], title: str | None) -> Span | None:
    """Return the line that prints the title: the known one among the first three lines, else a first line that looks like one."""
    if title:
        wanted = squeezed(title)
        return next((line.span for line in body[:3] if len(line) < 1000 and squeezed(line.words) == wanted), None)
    return body[0].span if len(body) > 1 and looks_like_title(body[0], body[1]) else None


def looks_like_title(first: Line, second: Line) -> bool:
    """Say whether a first line is a headline: short, one sentence at most, and set off from a longer paragraph.

    A headline has no full stop at its end; where it has one all the same, capitals, a dateline under it, or a much longer
    paragraph after an empty line give it away.
    """
    words = first.words if len(first) <= TITLE_LENGTH else ""
    if is_byline(words) or dateline(first, 0):
        return False
    if not words or ". " in words or words[0].islower() or words[-1] in ",;-–—":
        return False
    if words[-1] not in TERMINAL:
        return len(first) < len(second)
    if _is_title_case(words) or dateline(second, 1):
        return True
    between = first.text[first.span.end : second.span.start]
    return between.count("\n") > 1 and 2 * len(first) < len(second) and len(words.split()) < 25


def _is_title_case(words: str) -> bool:
    """Nearly every long word has a capital, as American headlines do."""
    long = [word for word in words.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) >= 4 and sum(word[0].isupper() for word in long) * 5 >= len(long) * 4

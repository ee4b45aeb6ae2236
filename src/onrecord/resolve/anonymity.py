"""Why a source is not named: takes a text and where a statement stands in it, gives the reason in its own words, or None.

"who asked not to be named because he fears for his job", "citing company rules", "who was not authorised to speak in public".
A reason ends with its clause: before the cue, the content, a new clause or the end of the sentence. Whose reason it is, and
whether they are named after all, is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.document import Span

NEAR = 600  # characters behind a source in which its reason is looked for
LONGEST = 200
ASKED = re.compile(
    r"\b(?:not\s+(?:to\s+)?be(?:ing)?\s+(?:named|identified|quoted)(?:\s+by\s+name)?"
    r"|(?:condition|basis)\s+of\s+(?:strict\s+)?anonymity"
    r"|(?:requested|asked\s+for|requesting|granted|sought|demanded|given|promised)\s+anonymity|spoke\s+anonymously"
    r"|(?:declined|refused|did\s+not\s+want|who\s+wished\s+not)\s+to\s+(?:be\s+(?:named|identified)|give\s+(?:his|her|their)\s+name)"
    r"|anonymity\s+was\s+granted)\b",
    re.IGNORECASE,
)
MARKER = re.compile(
    r"\b(?:because\s+of|because|as|since|citing|due\s+to|owing\s+to|out\s+of|for\s+(?=fear\b)"
    r"|(?=(?:in\s+order\s+)?to\s+(?:discuss|speak|describe|talk|avoid|protect|share|be\s+able|preserve)\b))\s*",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(
    r"\b(?:not|n[o’']t|never)\s+(?:yet\s+)?(?:been\s+)?(?:authori[sz]ed|allowed|permitted|cleared|empowered|entitled)\s+to\s+"
    r"(?:speak|talk|comment|discuss|brief|disclose|reveal|share|give|be)\b",
    re.IGNORECASE,
)
# What closes a clause: a mark, or a comma before a verb of saying, a new subject, or a word that opens another clause
CLOSE = re.compile(
    r"[\n“”\";]|\.(?=\s|$)|\s[–—-]\s|[)\]]"
    r"|,\s+(?=(?:and|but|who|which|while|said|says|told|tells|added|adds|explained|warned|noted|confirmed|according|also|the|he|she|they|it|has|had)\b)"
    r"|,\s*$"
)
BETWEEN = 60  # characters from asking to the word that opens the reason


def reason(text: str, source: Sequence[Span], others: Sequence[Span]) -> str | None:
    """Return why the source of a statement is not named, in the text's words; `others` are the spans of its cue and content.

    >>> text = "A guard, who asked not to be named because he fears for his job, told us the gate was open."
    >>> reason(text, [Span(0, 7)], [Span(65, 69), Span(73, 90)])
    'he fears for his job'
    """
    if not source:
        return None
    start, end = source[0].start, source[-1].end
    return _within(text, start, end, others) or _within(text, start, min(len(text), end + NEAR), others)


def _within(text: str, start: int, end: int, others: Sequence[Span]) -> str | None:
    asked = ASKED.search(text, start, end)
    if asked is not None:
        limit = min(len(text), asked.end() + BETWEEN, _sentence_end(text, asked.end()))
        marker = MARKER.search(text, asked.end(), limit)
        return _clause(text, marker.end(), others) if marker is not None else None
    forbidden = FORBIDDEN.search(text, start, min(end, _sentence_end(text, start)))
    return _clause(text, forbidden.start(), others) if forbidden is not None else None


def _sentence_end(text: str, at: int) -> int:
    found = re.compile(r"[.!?](?=\s|$|[”\"])|\n").search(text, at, at + NEAR)
    return found.start() if found else min(len(text), at + NEAR)


def _clause(text: str, start: int, others: Sequence[Span]) -> str | None:
    """The words from `start` to the end of their clause; None where nothing is left."""
    limit = min([start + LONGEST, len(text), *(span.start for span in others if span.start > start)])
    closed = CLOSE.search(text, start, limit)
    words = " ".join(text[start : closed.start() if closed else limit].split()).strip(" ,;:.’'")
    return words if len(words) > 2 else None

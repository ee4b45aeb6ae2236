"""Bylines, datelines and agency credits: takes the lines of a text, gives a `Credit` each, with the agency's canonical name.

The forms are those of the agencies' style guides (Associated Press Stylebook, "datelines", "bylines"; Reuters Handbook,
"sign-offs") and of picture captions. Agencies and their spellings are in data/agencies.toml. Who is credited is not
resolved to a speaker here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.document import Credit, Span
from onrecord.read.agency import agencies_only, agency_in
from onrecord.read.caption import caption_credits
from onrecord.read.dateline import dateline
from onrecord.read.lines import Line

TOP, BOTTOM = 8, 3
ROLE = (
    r"(?:reporting|writing|editing|compil(?:ed|ing)|written|edited|translat(?:ed|ion)|graphics?|production|research"
    r"|text|story)"
)
SIGN_OFF = re.compile(
    rf"\(\s?(?:(?:additional|further|extra|with|our)\s){{0,2}}{ROLE}(?:[ ,]{{1,2}}(?:and\s)?{ROLE}){{0,2}}"
    r"\s(?:by|from|in)\b[^()\n]{1,600}\)",
    re.I,
)
CONTRIBUTED = re.compile(
    rf"[–—*-]{{0,2}}\s{{0,2}}(?:(?:with|additional|further|extra)\s){{1,2}}(?:assistance|files|contributions?|{ROLE}|material|inputs?)\s(?:by|from)\b"
    rf"|{ROLE}(?:\sand\s{ROLE})?\sby\s"
    r"|[^.]{3,160}\bcontributed (?:to (?:this|the) (?:report|story|article|piece)|(?:additional |further )?reporting)\b.{0,60}$",
    re.I,
)
BY = re.compile(r"(?:(?:written|text|story|report|words) )?by:?\s", re.I)
PARTS = re.compile(r"\s*(?:[|,;•·/]|\s[–—-]\s|\band\b|&|\bwith\b|\bfor\b|\bin\b|\bfrom\b|\bat\b)\s*", re.I)
JOB = re.compile(
    r"(?:(?:senior|chief|special|national|political|foreign|associated press|staff|world|news|\w+ly)\s){0,3}"
    r"(?:staff|writers?|reporters?|correspondents?|editors?|bureau(?: chief)?|staff writers?|columnists?|contributors?)",
    re.I,
)
NO_NAME = {
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "the",
    "a",
    "an",
    "contrast",
    "comparison",
}
PARTICLES = {
    "de",
    "la",
    "van",
    "von",
    "der",
    "den",
    "bin",
    "al",
    "el",
    "du",
    "di",
    "da",
    "dos",
    "ben",
    "ibn",
    "abu",
    "ter",
    "le",
}


def credits_in(body: list[Line]) -> list[Credit]:
    r"""Return the credits among the lines of a text, in text order.

    >>> from onrecord.read.lines import lines
    >>> text = "By Ann Roe\nOSLO, March 3 (AP) - Snow fell.\n(Reporting by Cy Poe)"
    >>> [(c.span.of(text), c.agency, c.place) for c in credits_in(lines(text))]  # doctest: +NORMALIZE_WHITESPACE
    [('By Ann Roe', 'The Associated Press', None),
     ('OSLO, March 3 (AP) -', 'The Associated Press', 'OSLO'),
     ('(Reporting by Cy Poe)', 'The Associated Press', None)]
    """
    found = [credit for at, line in enumerate(body) for credit in _credits_of(line, at, len(body))]
    return _with_wire(_disjoint(found))


def _credits_of(line: Line, at: int, count: int) -> Iterator[Credit]:
    if (at < TOP or at >= count - BOTTOM) and len(line) <= 150 and is_byline(line.words):
        yield Credit(line.span, agency_in(line.words), None, "read/byline")
        return
    if credit := dateline(line, at):
        yield credit
    if len(line) <= 60 and line.words[-1] != ":" and (names := agencies_only(line.words)):
        yield from (Credit(line.span, name, None, "read/agency-line") for name in names)
        return
    yield from sign_offs(line)
    yield from caption_credits(line)


def is_byline(words: str) -> bool:
    """Say whether a line is a byline.

    >>> is_byline("By Ann Roe and Cy van Poe"), is_byline("Ann Roe | Staff writer"), is_byline("By Monday it rained")
    (True, True, False)
    """
    mark = BY.match(words)
    pieces = [piece for piece in PARTS.split(words[mark.end() if mark else 0 :].strip(" .*")) if piece]
    if not pieces or len(pieces) > 10:
        return False
    if mark:
        return (_is_name(pieces[0]) or agency_in(pieces[0]) is not None) and all(map(_is_piece, pieces))
    return (
        len(pieces) > 1
        and _is_name(pieces[0])
        and JOB.fullmatch(pieces[-1]) is not None
        and all(map(_is_piece, pieces))
    )


def _is_piece(words: str) -> bool:
    return bool(JOB.fullmatch(words) or agency_in(words) or all(_is_capital(word) for word in words.split()))


def _is_name(words: str) -> bool:
    parts = words.split()
    return 2 <= len(parts) <= 5 and all(_is_capital(part) for part in parts) and parts[0].lower() not in NO_NAME


def _is_capital(word: str) -> bool:
    return (word[0].isupper() and not any(char.isdigit() for char in word)) or word.lower() in PARTICLES


def sign_offs(line: Line) -> Iterator[Credit]:
    """Yield the sign-offs of a line: "(Reporting by Ann Roe; Editing by Cy Poe)", "With assistance from Ann Roe"."""
    for match in SIGN_OFF.finditer(line.tail):
        start = line.tail_start
        yield Credit(Span(start + match.start(), start + match.end()), agency_in(match[0]), None, "read/sign-off")
    if len(line) <= 300 and CONTRIBUTED.match(line.words):
        yield Credit(line.span, agency_in(line.words), None, "read/sign-off")


def _with_wire(found: list[Credit]) -> list[Credit]:
    """A byline and a sign-off without an agency belong to the one that the dateline names, if it names one."""
    wires = {credit.agency for credit in found if credit.by == "read/dateline" and credit.agency}
    if len(wires) != 1:
        return found
    wire = wires.pop()
    own = ("read/byline", "read/sign-off")
    return [replace(c, agency=wire) if c.agency is None and c.by in own else c for c in found]


def _disjoint(found: list[Credit]) -> list[Credit]:
    """Keep of overlapping credits the first, and the longest of those; two agencies may share one line."""
    kept: list[Credit] = []
    for credit in sorted(found, key=lambda c: (c.span.start, -c.span.end)):
        if kept and credit.span.start < kept[-1].span.end and credit.span != kept[-1].span:
            continue
        kept.append(credit)
    return kept


def spelled_out(found: list[Credit], outlet: str | None) -> list[Credit]:
    """Give an agency known by its letters only its full name, where the outlet or another credit is so called.

    >>> spelled_out([Credit(Span(0, 9), "LPA")], "Lakeshore Press Agency")[0].agency
    'Lakeshore Press Agency'
    """
    full = {_initials(name): name for name in [outlet or "", *(c.agency or "" for c in found)] if " " in name}
    return [replace(c, agency=full.get(c.agency or "", c.agency)) for c in found]


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper()).removeprefix(
        "T" if name.startswith("The ") else ""
    )

"""Datelines: takes a line and its number, gives the `Credit` of the dateline it begins with: place, date, agency, dash.

"OSLO, Norway, March 3 (AP) -", "Oslo (AFP) –", "(Reuters) -", "MOSCOW, March 3. /TASS/." and, near the top, "OSLO —", a known
city alone in a line, or "OSLO:". The date in it stays in the text for the stage that reads dates.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord import lexicon
from onrecord.document import Credit
from onrecord.read.agency import agency_in, agency_named
from onrecord.read.lines import Line

BY = "read/dateline"
TOP = 10
UPPER = "A-ZÀ-ÖØ-ÞĐĞİŁŃŌŚŞŠŪŻŽČĆ"
CAPS = rf"[{UPPER}][{UPPER}.'’]{{1,20}}(?:[ /-][{UPPER}][{UPPER}.'’]{{0,20}}){{0,4}}"
MIXED = r"[^\W\d_][\w.'’]{1,20}(?:[ /-][^\W\d_][\w.'’]{0,20}){0,3}"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
REGION_WORD = r"[^\W\d_a-z][\w.'’]{0,20}"
REGION = rf"(?:, ?(?!{MONTH}){REGION_WORD}(?: {REGION_WORD}){{0,3}})"
DATE = rf"(?:,? (?:[A-Z][a-z]{{2,8}},? )?(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?)"
DASH = r"(?:\s?[–—]|\s?--?(?=\s)|\s--?)"
WITH_AGENCY = re.compile(
    rf"(?:(?P<place>{CAPS}|{MIXED}){REGION}{{0,2}}(?P<date>{DATE})?[.,]?\s?[–—-]{{0,2}}\s?)?"
    rf"(?:\((?P<agency>[^()\n]{{2,60}})\)|/(?P<stroke>[A-Z][\w -]{{1,30}})/)(?P<dash>{DASH}|:|\.(?=\s))?"
)
PLACE_ONLY = re.compile(rf"(?P<place>{CAPS})(?P<region>{REGION}{{0,2}})(?P<date>{DATE})?(?P<dash>{DASH}|:)(?=\s?\S)")
MIXED_CITY = re.compile(
    rf"(?P<place>{MIXED})(?P<region>{REGION}{{0,2}})(?P<date>{DATE})?(?P<dash>\s?[–—]|\s--?)(?=\s?\S)"
)


@cache
def _cities() -> frozenset[str]:
    return frozenset(city.casefold() for city in lexicon.words("agencies", "dateline_city"))


def dateline(line: Line, number: int) -> Credit | None:
    """Return the dateline a line begins with, None where it has none; `number` counts the text's lines from 0.

    >>> from onrecord.read.lines import lines
    >>> def of(t): return (c := dateline(lines(t)[0], 0)) and (c.span.of(t), c.agency, c.place)
    >>> of("OSLO, Norway, March 3 (AP) - Snow fell.")
    ('OSLO, Norway, March 3 (AP) -', 'The Associated Press', 'OSLO')
    >>> of("PORT SELLEN, Lakeland — Snow fell."), of("BREAKING — Snow fell.")
    (('PORT SELLEN, Lakeland —', None, 'PORT SELLEN'), None)
    """
    head = line.head[:200]
    match = WITH_AGENCY.match(head)
    if match and (agency := _agency(match)):
        return Credit(line.part(0, match.end()), agency, match["place"], BY)
    if number >= TOP:
        return None
    if head.casefold() in _cities():
        return Credit(line.span, None, head, BY)
    match = PLACE_ONLY.match(head) or MIXED_CITY.match(head)
    if match and _is_place(match):
        return Credit(line.part(0, match.end()), None, match["place"], BY)
    return None


def _agency(match: re.Match[str]) -> str | None:
    """The agency of a dateline; one that the list lacks counts if a place in capitals and a dash stand round it."""
    inside = match["agency"] or match["stroke"]
    place = match["place"] or ""
    known = agency_named(inside) or (agency_in(inside) if "/" in inside or "," in inside else None)
    if not match["dash"] and not (known and place.isupper()):
        return None
    if known or not (place.isupper() and len(place) > 3 and match["dash"] != ":"):
        return known
    return inside if len(inside.split()) <= 4 and inside[0].isupper() else None


def _is_place(match: re.Match[str]) -> bool:
    place, known = match["place"], match["place"].casefold() in _cities()
    if place in lexicon.words("agencies", "not_a_place"):
        return False
    if not place.isupper():
        return known
    if match["dash"] == ":":
        return known or bool(match["date"])
    if match["region"]:  # "Norway", "N.H.": a region in long capitals is a heading that goes on
        return all(not part.isupper() or len(part) < 6 for part in match["region"].replace(",", " ").split())
    return known or bool(match["date"]) or (len(place) > 3 and "." not in place and len(place.split()) <= 3)

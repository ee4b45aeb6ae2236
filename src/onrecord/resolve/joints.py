"""Where a phrase falls into members: takes columns and the names in them, gives the places of the commas and the "and" of a list.

What the members are is read by `phrase`.
"""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.resolve.columns import Columns
from onrecord.resolve.names import Name
from onrecord.resolve.vocabulary import DETERMINERS, POSSESSIVES, PREPOSITIONS, RELATIVES


def between_people(cols: Columns, at_token: Mapping[int, Name], first: int, end: int) -> list[int]:
    """Return the place of an "and" before a named person, where the phrase began with another: "Mr. A. of Lund and Mr. B."."""
    start = at_token.get(first)
    if start is None or start.kind != "person":
        return []
    for at in range(start.end, end - 1):
        after = at_token.get(at + 1)
        if cols.lower[at] == "and" and at not in at_token and after is not None and after.kind == "person":
            apposed = "," in cols.words[start.end : at - 1]  # "A., a nurse and B.'s aunt" is one
            owner = after.end < end and cols.words[after.end] in POSSESSIVES
            return [] if owner or (apposed and cols.words[at - 1] != ",") else [at]
    return []


def joints_of(cols: Columns, at_token: Mapping[int, Name], first: int, end: int, core: int) -> list[int]:
    """Return the places of the commas and the "and" that part a list; empty where what follows the comma is an apposition."""
    joints: list[int] = []
    for at in range(first, end):
        if at in at_token:
            continue
        lower = cols.lower[at]
        if lower in ("and", "&") and first < at < end - 1:
            if joints and joints[-1] == at - 1:
                joints.pop()
            return [*joints, at]
        if lower == ",":
            follows = at + 1
            if follows not in at_token or cols.lower[follows] in DETERMINERS:
                return []
            joints.append(at)
        elif (lower in PREPOSITIONS or lower in RELATIVES) and not joints:
            return []
    return []

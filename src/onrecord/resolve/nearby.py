"""Who stands near: takes a place in the text, gives the last body that acted, or the person just named; knows no phrase.

For "it" and "who"; he and she are ranked in `pronouns`.
"""

from __future__ import annotations

from onrecord.resolve.columns import Columns
from onrecord.resolve.entities import Cast, Entity
from onrecord.resolve.pronouns import Scene


def near_body(cols: Columns, scene: Scene, at: int, own: int = -1) -> Entity | None:
    """The last body that is a subject in this sentence or the one before, told in the same voice; None where there is none."""
    best: tuple[float, int, Entity] | None = None
    for each in reversed(scene.occurrences):
        if each.first >= at or each.entity.type != "organisation" or each.entity.place or not each.entity.inside:
            continue
        gap = cols.sentence[at] - cols.sentence[each.first]
        if gap > 1:
            break
        told = scene.told
        if told and told[each.first] not in (-1, own, told[at]):
            continue
        if each.subject and (cols.quoted[each.first] >= 0) == (cols.quoted[at] >= 0):
            rank = (-gap, each.first)
            if best is None or rank > best[:2]:
                best = (*rank, each.entity)
    return best[2] if best else None


def person_before(cols: Columns, cast: Cast, scene: Scene, end: int) -> Entity | None:
    """The last named person before "who", where a place or a body stands in between ("Brook of Texas, who")."""
    name = cast.at_token.get(end - 1)
    if name is None or name.kind not in ("place", "state", "organisation", "unsure"):
        return None
    for each in reversed(scene.occurrences):
        if each.end <= name.title and cols.sentence[each.first] == cols.sentence[end - 1] and end - each.end < 8:
            return each.entity if each.entity.type == "person" and each.named else None
    return None

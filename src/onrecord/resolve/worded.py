"""How a described source is written: takes a read phrase, gives its words in the plain form, and says what in it is a name.

It knows names that stand for several, too. Who is meant is for `sources`; the bare words are given by `phrase.described`.
"""

from __future__ import annotations

from onrecord.resolve.columns import QUOTE_MARKS, Columns
from onrecord.resolve.entities import Cast, Entity
from onrecord.resolve.names import Name
from onrecord.resolve.outlets import key, known
from onrecord.resolve.phrase import Phrase
from onrecord.resolve.vocabulary import POSSESSIVES, fold, vocabulary


def in_marks(cols: Columns, cast: Cast, phrase: Phrase) -> bool:
    """Say whether a body is named in quotation marks: the "Clean Harbour" movement."""
    text = plainer(cols, cast, phrase, "")
    return bool(text) and any(cols.words[at] in QUOTE_MARKS for at in range(phrase.first, phrase.core))


def is_proper(cols: Columns, cast: Cast, at: int) -> bool:
    """Say whether a token is of a name, not of a common noun or an adjective with its sentence's capital."""
    name = cast.at_token.get(at)
    if name is None or (name.kind == "unsure" and not name.sure):
        return False
    if name.end - name.first > 1 or name.kind in ("people", "state", "place"):
        return True
    who = cast.meant(name)
    seen = who is not None and (who.type == "person" or who.inside)
    return seen and not vocabulary().is_common(cols.lower[at])


def plainer(cols: Columns, cast: Cast, phrase: Phrase, text: str) -> str:
    """Return how a body or a group is written: "Kenya's forces" as "Kenyan forces", one named in quotation marks by that name."""
    if phrase.type not in ("organisation", "group"):
        return text
    at = phrase.first + (cols.lower[phrase.first] in ("the", "some", "many"))
    name = cast.at_token.get(at)
    if name is not None and name.kind == "state" and name.end < phrase.core and cols.words[name.end] in POSSESSIVES:
        adjective = vocabulary().adjective.get(vocabulary().state_of.get(cols.phrase(name.first, name.end), ""))
        return f"{adjective} {cols.phrase(name.end + 1, phrase.core)}" if adjective else text
    marked = [
        k for k in range(phrase.first, phrase.core) if cols.words[k] in QUOTE_MARKS and cols.words[k] not in POSSESSIVES
    ]
    if phrase.type == "organisation" and len(marked) >= 2 and marked[1] > marked[0] + 1:
        return cols.phrase(marked[0] + 1, marked[1])
    return text


def family(cols: Columns, cast: Cast, name: Name) -> Entity | None:
    """Return those who bear a name: "the Brooks"; None where it is nobody's in the plural."""
    word = cols.words[name.first]
    if name.end - name.first > 1 or not word.endswith("s") or name.kind in ("state", "people", "place"):
        return None
    bearers = [e for e in cast.entities if e.type == "person" and len(e.words) > 1 and e.words[-1] == fold(word[:-1])]
    return cast.named(word, "group") if bearers else None


def joint(cols: Columns, cast: Cast, name: Name) -> Entity | None:
    """Return two bodies that speak as one ("a CNN/ORC poll"); None where only one does."""
    at = name.first
    other = cast.at_token.get(at - 2) if at > 1 and cols.words[at - 1] == "/" else None
    if other is None or other.end != at - 1 or other.kind == "person":
        return None
    return cast.named(cols.phrase(other.first, name.end), "organisation")


def short_form(cols: Columns, cast: Cast, phrase: Phrase) -> Entity | None:
    """ "Marlandish pledged": a people's name that stands for the body whose first word it is (`casting`); "People magazine"."""
    words = cols.phrase(phrase.first, phrase.core)
    if words[0].isupper() and " " in words and (outlet := known().get(key(words))):
        return cast.named(outlet.name, "organisation")
    name = cast.at_token.get(phrase.head)
    entity = cast.meant(name) if name is not None and phrase.core == phrase.first + 1 else None
    return entity if entity is not None and len(entity.words) > 1 and entity.type == "organisation" else None

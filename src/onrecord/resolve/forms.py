"""The forms of one name: takes a name in its columns, gives its words, how it is shown, and which of two forms is the fuller.

Whether two names are one person's or one body's is for `casting`.
"""

from __future__ import annotations

from onrecord.document import SpeakerType
from onrecord.person_names import nicknames
from onrecord.resolve.columns import Columns
from onrecord.resolve.entities import Entity
from onrecord.resolve.names import Name
from onrecord.resolve.vocabulary import VERBS, fold, vocabulary

LEGAL_FORMS = frozenset("inc corp corporation ltd llc llp plc co sa gmbh ag nv limited company companies lp".split())


def name_words(cols: Columns, name: Name) -> tuple[str, ...]:
    """The words of a name without accents, case, points, suffixes and legal forms."""
    vocab = vocabulary()
    words = [fold(cols.words[at]) for at in range(name.first, name.end) if cols.words[at][0].isalnum()]
    drop = LEGAL_FORMS if name.kind == "organisation" else vocab.suffixes
    while len(words) > 1 and words[-1] in drop:
        words.pop()
    return tuple(words)


def display(cols: Columns, name: Name, kind: SpeakerType) -> str:
    """How a name is shown: in mixed case, a state's for its adjective, a body's without its legal form."""
    vocab = vocabulary()
    whole = cols.phrase(name.first, name.end)
    if kind == "person":
        return whole.title() if whole.isupper() and len(whole) > 4 else whole
    if whole in vocab.expansions:
        return vocab.expansions[whole]
    if name.kind == "state":
        return vocab.state_of.get(whole, whole)
    words = whole.split(" ")
    while len(words) > 1 and fold(words[-1].strip(".,")) in LEGAL_FORMS - {"companies"}:
        words.pop()
    return " ".join(words).rstrip(",")


def fuller(cols: Columns, name: Name, words: tuple[str, ...], found: Entity) -> bool:
    """Whether a form is fuller than what is known, but for words that a headline or a caption's credit has put before or behind.

    More words are fuller, and a given name in full where the known one has its short form.
    """
    if len(words) <= len(found.words) and not _in_full(words, found.words):
        return False
    if not cols.cased[name.first] or words[: len(found.words)] == found.words or len(words) == len(found.words):
        return cols.cased[name.first] and words[-1] not in (fold(word) for word in VERBS)
    strange = cols.opens[name.first] and words[0] not in found.words and words[0] not in vocabulary().first_names
    return not (strange and words[-len(found.words) :] == found.words)


def _in_full(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return len(words) == len(known) and nicknames().get(known[0]) == words[0]


def nicknamed(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two folded names have one family name, and a given name with its short form.

    >>> nicknamed(("bill", "oaken"), ("william", "oaken")), nicknamed(("bill", "oaken"), ("robert", "oaken"))
    (True, False)
    """
    if min(len(one), len(other)) < 2 or one[-1] != other[-1]:
        return False
    short = nicknames()
    return short.get(one[0]) == other[0] or short.get(other[0]) == one[0]

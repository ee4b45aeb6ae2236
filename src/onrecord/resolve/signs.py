"""Signs of an act in what was said: takes the words of a content, gives the signs and counted word pairs that a weighing needs.

The signs' words are in `data/act_signs.toml`. What the signs amount to is not decided here, but in `acts`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from onrecord import lexicon
from onrecord.resolve.cues import CueReading
from onrecord.verbs import NEGATORS

BUCKETS = 1 << 14
LONGEST = 60
SELF = frozenset({"it", "he", "she", "they", "we", "i", "its", "his", "her", "their", "our", "my"})
FIRST = frozenset({"we", "i", "our", "my", "us", "me"})
MODALS = frozenset({"will", "would", "shall", "could", "may", "might", "can", "must", "should"})
CONDITION = frozenset({"if", "unless", "until", "without", "once"})
STEM = 4


@cache
def _table() -> tuple[dict[str, list[tuple[tuple[str, ...], str]]], dict[str, list[tuple[str, str]]]]:
    """Return phrases by first word, and word beginnings (listed with a star) by their first letters."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for sign, members in lexicon.groups("act_signs").items():
        for phrase in members:
            if phrase.endswith("*"):
                stems.setdefault(phrase[:STEM], []).append((phrase[:-1], sign))
            else:
                first, *rest = phrase.split()
                by_first.setdefault(first, []).append((tuple(rest), sign))
    return by_first, stems


def signs(words: Sequence[str]) -> Iterator[str]:
    """Yield the signs found, in the order of the words, each as often as it stands.

    >>> list(signs(("we", "must", "condemn", "it")))
    ['modal_must', 'harsh']
    """
    by_first, stems = _table()
    for at, word in enumerate(words):
        for rest, sign in by_first.get(word, ()):
            if not rest or tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                yield sign
        for stem, sign in stems.get(word[:STEM], ()):
            if word.startswith(stem):
                yield sign


def shape(words: Sequence[str], kind: str) -> Iterator[str]:
    """Yield the shape of a content: how it opens, who would do what, and whether it asks or makes a condition."""
    yield f"kind={kind}"
    opening = [word for word in words[:6] if word != "that"]
    yield f"opens={opening[0] if opening else ''}"
    yield f"opens={' '.join(opening[:2])}"
    if "?" in words:
        yield "asks"
    if not CONDITION.isdisjoint(words):
        yield "condition"
    if not FIRST.isdisjoint(words):
        yield "first person"
    if len(words) < 6:
        yield "short"
    yield from _self_plans(opening, words)


def _self_plans(opening: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    """Whose plan it is: "it would not sell" opens with the speaker's pronoun, a modal and a negator."""
    at = next((k for k, word in enumerate(opening) if word in MODALS), None)
    if at is None or at > 3:
        return
    who = "self" if opening[0] in SELF else "other"
    turned = "not" if any(word in NEGATORS for word in opening[at : at + 2]) else ""
    yield f"{who} {opening[at]} {turned}"


def counted(words: Sequence[str]) -> Iterator[int]:
    """Yield the buckets of the words and word pairs, for weights kept in a table of `BUCKETS` rows."""
    before = "^"
    for word in words[:LONGEST]:
        yield _bucket(word)
        yield _bucket(f"{before} {word}")
        before = word


def features(
    reading: CueReading, words: Sequence[str], kind: str, rule: str = "", *, hide_cue: bool = False
) -> Iterator[int]:
    """Yield the buckets of everything known of a statement: its cue (unless hidden), the rule that fits, signs, shape, words."""
    yield _bucket("bias")
    if rule:
        yield _bucket(f"rule={rule}")
    if not hide_cue:
        yield _bucket(f"cue={reading.lemma}")
        yield _bucket(f"group={reading.group} {reading.negated}")
        yield _bucket(f"act={reading.act}")
    found = list(signs(words))
    for sign in sorted(set(found)):
        yield _bucket(f"sign={sign}")
        if found.count(sign) > 1:
            yield _bucket(f"signs={sign}")
    for form in shape(words, kind):
        yield _bucket(form)
    yield from counted(words)


@lru_cache(maxsize=1 << 16)
def _bucket(name: str) -> int:
    return zlib.crc32(name.encode()) % BUCKETS

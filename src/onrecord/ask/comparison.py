"""Reports side by side: takes a `Store` and documents, gives what each carries that the others do not, and what they share.

Statements stand beside those of the same speaker; words that the nearest statement before them has not are marked. Texts are
compared as they stand, without boilerplate.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from onrecord.ask import statements as ask
from onrecord.ask.across import document_key, labels
from onrecord.ask.statements import StatementFilter, StatementRow
from onrecord.ask.wording import between
from onrecord.document import Span
from onrecord.errors import QueryError
from onrecord.link.alignment import align
from onrecord.store.store import Store

LONG = 12  # words from which on a common stretch of text is shown
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A line of a comparison: a statement of a speaker whom several reports ("both") or one only ("only") let speak, or text.

    `new` are the places in `text` of words that the other report's nearest statement of this speaker has not. For a stretch of
    text that two reports share, `document` names both and `id` is None; for "wording" `speaker` is the referent that reports call
    otherwise, and `text` what this one calls it, with how often in which voice.
    """

    part: Literal["both", "only", "wording", "text"]
    speaker: str | None
    document: str
    id: str | None
    act: str | None
    text: str
    new: tuple[Span, ...] = ()


def compare(store: Store, documents: Sequence[str]) -> list[ComparedRow]:
    """Return the comparison of two reports and more: by speaker, then as they stand.

    Raises:
        NotFound: one of them is not in the record.
        QueryError: there are fewer than two.
    """
    keys = list(dict.fromkeys(document_key(store, id) for id in documents))
    if len(keys) < 2:
        raise QueryError(f"{len(keys)} reports are given; compare 2 or more")
    names = labels(store, keys)
    ids: dict[int, str] = dict(store.db.run("SELECT key, id FROM documents"))
    said = {key: list(ask.statements(store, StatementFilter(document=ids[key], sort="document"))) for key in keys}
    speakers: dict[str | None, dict[int, list[StatementRow]]] = defaultdict(lambda: defaultdict(list))
    for key in keys:
        for row in said[key]:
            speakers[row.speaker][key].append(row)
    order = sorted(speakers, key=lambda who: (-len(speakers[who]), who is None, who or ""))
    found = [line for who in order for line in _of(who, speakers[who], keys, names)]
    return [*found, *_stretches(store, keys, names)]


def worded(store: Store, documents: Sequence[str]) -> Iterator[ComparedRow]:
    """Yield what each of some reports calls a referent that they call otherwise, as lines of a comparison; linked records only.

    Raises:
        NotFound: one of them is not in the record.
    """
    keys = list(dict.fromkeys(document_key(store, id) for id in documents))
    names = labels(store, keys)
    ids: dict[int, str] = dict(store.db.run("SELECT key, id FROM documents"))
    for row in between(store, [ids[key] for key in keys]):
        for name, words in zip([names[key] for key in keys], row.calls, strict=True):
            for word, places in words:
                voices = Counter(place.voice for place in places)
                said = ", ".join(f"{n} {voice}" for voice, n in sorted(voices.items()))
                yield ComparedRow("wording", row.referent, name, None, None, f"{word} ({said})")


def _of(
    who: str | None, by: dict[int, list[StatementRow]], keys: list[int], names: dict[int, str]
) -> Iterator[ComparedRow]:
    part: Literal["both", "only"] = "both" if len(by) > 1 and who is not None else "only"
    before: list[StatementRow] = []
    for key in keys:
        for row in by.get(key, ()):
            new = _new(row, before) if part == "both" and before else ()
            yield ComparedRow(part, who, names[key], row.id, row.act, row.text, new)
        before += by.get(key, ())


def _new(row: StatementRow, others: Sequence[StatementRow]) -> tuple[Span, ...]:
    """Return the words of a statement that the nearest of the others has not; nothing where none is near."""
    mine = {word.casefold() for word in _WORD.findall(row.text)}
    sets = [{word.casefold() for word in _WORD.findall(other.text)} for other in others]
    best = max(sets, key=lambda theirs: len(mine & theirs) / max(1, len(mine | theirs)))
    if len(mine & best) * 3 < len(mine):
        return ()
    return tuple(Span(*word.span()) for word in _WORD.finditer(row.text) if word[0].casefold() not in best)


def _stretches(store: Store, keys: list[int], names: dict[int, str]) -> Iterator[ComparedRow]:
    texts = {key: store.load(key).text for key in keys}
    for a, b in combinations(keys, 2):
        for stretch in align(texts[a], texts[b]).stretches:
            if stretch.words >= LONG:
                yield ComparedRow("text", None, f"{names[a]} = {names[b]}", None, None, stretch.a.of(texts[a]))

"""Who speaks, over the whole record: takes a `Store` and a name, gives speakers with all they are called, and links nothing.

Whose a statement is stands in `onrecord.store.whose`: what people judged and merged wins over what linking found. In a record
that was not linked a speaker is whoever has the same name to the letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from onrecord.ask import statements as ask
from onrecord.ask.across import labels
from onrecord.ask.statements import StatementFilter, StatementRow
from onrecord.document import SpeakerType
from onrecord.errors import NotFound
from onrecord.store import links, whose
from onrecord.store.find import speakers_named
from onrecord.store.layers import body_from
from onrecord.store.links import PERSONAS
from onrecord.store.once import once
from onrecord.store.store import Store
from onrecord.store.whose import Who, listed


@dataclass(frozen=True, slots=True)
class Identity:
    """A speaker over the whole record: `roles` and `spellings` with how many documents have each, most first.

    `statements` are those they are the speaker of; `names` the names that documents call them by; `documents` what exports call
    the documents that name them. `first` and `last` are days. `wikidata` is what the user's alias file gives. `nodes` are the
    record's own numbers of the speaker, which tell apart those who have one name; `bearer` says which of them, as a filter of
    statements asks for it, None where there is one.
    """

    name: str
    type: SpeakerType
    named: bool
    roles: tuple[tuple[str, int], ...]
    spellings: tuple[tuple[str, int], ...]
    names: tuple[str, ...]
    documents: tuple[str, ...]
    statements: int
    first: str | None
    last: str | None
    why: tuple[str, ...] = ()
    wikidata: str | None = None
    nodes: tuple[int, ...] = ()
    bearer: int | None = None


def identity(store: Store, name: str) -> list[Identity]:
    """Return the speakers that a name can mean, those with most statements first: of that name, else those with its words.

    Raises:
        NotFound: nobody of that name is in the record.
    """
    keys = speakers_named(store, name)
    found = [_identity(store, who) for who in whose.all_named(store, keys)] if keys else []
    found = [who for who in found if who.statements or who.documents]
    if not found:
        raise NotFound(f"nobody called {name!r} is in the record; see: onrecord speakers {store.db.path}")
    return sorted(found, key=lambda who: (-who.statements, -len(who.documents), who.name, who.documents))


def identities(store: Store, *, limit: int | None = None, offset: int = 0) -> list[Identity]:
    """Return who says what in the whole record, under all their names, those with most statements first.

    Raises:
        QueryError: limit or offset are below 0.
    """
    return [_identity(store, who) for who in whose.speakers(store, limit=limit, offset=offset)[1]]


def said_by(store: Store, who: Identity) -> list[StatementRow]:
    """Return what a speaker said, in order of time; undated last."""
    rows = ask.statements(store, StatementFilter(speaker=who.name, bearer=who.bearer))
    return sorted(rows, key=lambda row: (row.said_on or row.published or "9999", row.document, row.id))


class _Told:
    """What documents say of a speaker."""

    def __init__(self, store: Store, who: Who) -> None:
        self.types: Counter[tuple[SpeakerType, bool]] = Counter()
        self.roles, self.spellings = Counter[str](), Counter[str]()
        self.documents: set[int] = set()
        self._described(store, who)
        self._said(store, who)

    def _described(self, store: Store, who: Who) -> None:
        """Add what documents say of whom they name so."""
        keys = {node // PERSONAS for node in who.nodes}
        persona = "coalesce((SELECT persona FROM personas p WHERE p.name = s.name AND p.document = s.document), 0)"
        sql = (
            "SELECT document, name, type, named, body FROM speakers s"
            f" WHERE name IN {listed(keys)} AND name * {PERSONAS} + {persona} IN {listed(who.nodes)}"
        )
        for document, key, type, named, body in store.db.run(sql):
            name = store.names.word(key)
            told = body_from(body, name)
            self.documents.add(document)
            self._typed(store, type, named)
            self.roles.update([told.role] if told.role else [])
            self.spellings.update(told.spellings or [name])

    def _said(self, store: Store, who: Who) -> None:
        """Add what their statements say, but of those that a person gave them: type and role were another's."""
        facts = "s.document, s.speaker_type, s.named, s.role, j.speaker IS NOT NULL"
        of = "FROM statements s LEFT JOIN judged j ON j.statement = s.key"
        described = set(self.documents)
        for document, type, named, role, given in store.db.run(
            f"SELECT DISTINCT {facts} {of} WHERE {whose.condition(store, who.nodes, '')}"
        ):
            self.documents.add(document)
            if document not in described and not given:
                self._typed(store, type, named)
                self.roles.update([str(store.words.at(role))] if role else [])

    def _typed(self, store: Store, type: int | None, named: int) -> None:
        self.types[cast("SpeakerType", store.words.at(type) or "unknown"), bool(named)] += 1


def _identity(store: Store, who: Who) -> Identity:
    told = _Told(store, who)
    given = ((who.type, who.named), 0)
    (type, named), _ = min(told.types.items(), key=lambda item: (-item[1], item[0]), default=given)
    return Identity(
        name=who.name,
        type=type,
        named=named,
        roles=_most(told.roles),
        spellings=_most(told.spellings),
        names=tuple(sorted(who.names)),
        documents=tuple(sorted(labels(store, told.documents).values())),
        statements=who.statements,
        first=ask.day(who.first),
        last=ask.day(who.last),
        why=_why(store, who.nodes),
        wikidata=_wikidata(store, who.names),
        nodes=who.nodes,
        bearer=who.bearer,
    )


def _most(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _why(store: Store, nodes: Sequence[int]) -> tuple[str, ...]:
    if len(nodes) < 2:
        return ()
    of = listed(nodes)
    sql = f"SELECT a, b, score, reasons FROM links WHERE kind = 'speaker' AND a IN {of} AND b IN {of} ORDER BY a, b"
    at = store.names.at
    return tuple(
        f"{at(a // PERSONAS)} = {at(b // PERSONAS)}: {', '.join(links.reasons_from(reasons))} ({score:.2f})"
        for a, b, score, reasons in store.db.run(sql)
    )


def _wikidata(store: Store, names: Sequence[str]) -> str | None:
    given = once(store, "wikidata", lambda: _given(store))
    found = [given[folded] for name in names if (folded := name.casefold()) in given]
    return min(found)[1] if found else None


def _given(store: Store) -> Mapping[str, tuple[int, str]]:
    """Return the Wikidata ids of the user's alias file with the number of their row, by name in any case."""
    found: dict[str, tuple[int, str]] = {}
    for n, (name, alias, id) in enumerate(links.aliases(store)):
        if id:
            for word in (name, alias):
                found.setdefault(word.casefold(), (n, id))
    return found

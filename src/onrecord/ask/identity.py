"""Who speaks, over the whole record: takes a `Store` and a name, gives speakers with all they are called, and links nothing.

In a record that was not linked a speaker is whoever has the same name to the letter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from onrecord.ask import statements as ask
from onrecord.ask.across import labels
from onrecord.ask.statements import StatementRow
from onrecord.document import SpeakerType
from onrecord.errors import NotFound, QueryError
from onrecord.store import links
from onrecord.store.find import speakers_named
from onrecord.store.judgements import main_names
from onrecord.store.layers import body_from
from onrecord.store.links import PERSONAS, speaker_node
from onrecord.store.store import Store


@dataclass(frozen=True, slots=True)
class Identity:
    """A speaker over the whole record: `roles` and `spellings` with how many documents have each, most first.

    `statements` are those they are the speaker of; `names` the names that documents call them by; `documents` what exports call
    the documents that name them. `first` and `last` are days. `wikidata` is what the user's alias file gives.
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


def identity(store: Store, name: str) -> list[Identity]:
    """Return the speakers that a name can mean, those with most statements first: of that name, else those with its words.

    Raises:
        NotFound: nobody of that name is in the record.
    """
    nodes = _nodes(store, name)
    if not nodes:
        raise NotFound(f"nobody called {name!r} is in the record; see: onrecord speakers {store.db.path}")
    found = [_identity(store, group) for group in nodes]
    return sorted(found, key=lambda who: (-who.statements, -len(who.documents), who.name, who.documents))


def said_by(store: Store, who: Identity) -> list[StatementRow]:
    """Return what a speaker said, in order of time; undated last."""
    own = set(who.documents)
    rows = [row for name in who.names for row in ask.statements(store, ask.StatementFilter(speaker=name))]
    kept = {row.id: row for row in rows if row.found is not None and row.document in own and _means(row, who)}
    return sorted(kept.values(), key=lambda row: (row.said_on or row.published or "9999", row.document, row.id))


def _means(row: StatementRow, who: Identity) -> bool:
    return (row.found is not None and row.found.speaker in who.names) or row.speaker == who.name


def _nodes(store: Store, name: str) -> list[tuple[int, ...]]:
    """Return the speakers a name can mean, each as its nodes."""
    clusters = links.clusters(store, "speaker")
    mains = main_names(store)
    members: dict[int, list[int]] = defaultdict(list)
    for node, cluster in clusters.items():
        members[cluster].append(node)
    groups: dict[tuple[int, ...], None] = {}
    for key in speakers_named(store, name):
        for node in _personas(store, key):
            group = members.get(clusters.get(node, node), [node])
            groups[tuple(sorted(_merged(store, group, mains)))] = None
    return list(groups)


def _personas(store: Store, key: int) -> list[int]:
    found = store.db.run("SELECT DISTINCT persona FROM personas WHERE name = ? ORDER BY persona", (key,))
    return [speaker_node(key), *(speaker_node(key, persona) for (persona,) in found)]


def _merged(store: Store, group: Iterable[int], mains: dict[str, str]) -> set[int]:
    """Return nodes, and those of the names that people merged with theirs: a merge holds before linking draws it."""
    nodes = set(group)
    names = {str(store.names.at(node // PERSONAS)) for node in nodes if node % PERSONAS == 0}
    wanted = {mains.get(name, name) for name in names}
    more = {alias for alias, main in mains.items() if main in wanted} | (wanted if wanted != names else set())
    return nodes | {speaker_node(key) for alias in more if (key := store.names.find(alias))}


class _Told:
    """What documents say of a speaker, gathered name by name."""

    def __init__(self) -> None:
        self.types: Counter[tuple[SpeakerType, bool]] = Counter()
        self.roles, self.spellings = Counter[str](), Counter[str]()
        self.documents: set[int] = set()
        self.days: list[int] = []
        self.statements = 0

    def described(self, store: Store, key: int, persona: int) -> None:
        """Add what documents say of whom they name so."""
        sql = f"SELECT document, type, named, body FROM speakers s WHERE name = ? AND {_PERSONA.format('name')} = ?"
        for document, type, named, body in store.db.run(sql, (key, persona)):
            name = store.names.word(key)
            told = body_from(body, name)
            self.documents.add(document)
            self._typed(store, type, named, 1)
            self.roles.update([told.role] if told.role else [])
            self.spellings.update(told.spellings or [name])

    def said(self, store: Store, key: int, persona: int) -> None:
        """Add what their statements say."""
        where = f"speaker = ? AND {_PERSONA.format('speaker')} = ?"
        facts = "document, speaker_type, named, role"
        sql = f"SELECT {facts}, count(*), min(day), max(day) FROM statements s WHERE {where} GROUP BY {facts}"
        for document, type, named, role, n, low, high in store.db.run(sql, (key, persona)):
            if document not in self.documents:
                self.documents.add(document)
                self._typed(store, type, named, 1)
                self.roles.update([str(store.words.at(role))] if role else [])
            self.statements += n
            self.days += [day for day in (low, high) if day]

    def _typed(self, store: Store, type: int | None, named: int, n: int) -> None:
        self.types[cast("SpeakerType", store.words.at(type) or "unknown"), bool(named)] += n


_PERSONA = "coalesce((SELECT persona FROM personas p WHERE p.name = s.{} AND p.document = s.document), 0)"


def _identity(store: Store, nodes: Sequence[int]) -> Identity:
    told = _Told()
    for node in nodes:
        told.described(store, *divmod(node, PERSONAS))
        told.said(store, *divmod(node, PERSONAS))
    unknown: tuple[tuple[SpeakerType, bool], int] = (("unknown", False), 0)
    (type, named), _ = min(told.types.items(), key=lambda item: (-item[1], item[0]), default=unknown)
    return Identity(
        name=_called(store, nodes),
        type=type,
        named=named,
        roles=_most(told.roles),
        spellings=_most(told.spellings),
        names=tuple(sorted({str(store.names.at(node // PERSONAS)) for node in nodes})),
        documents=tuple(sorted(labels(store, told.documents).values())),
        statements=told.statements,
        first=ask.day(min(told.days, default=None)),
        last=ask.day(max(told.days, default=None)),
        why=_why(store, nodes),
        wikidata=_wikidata(store, nodes),
    )


def _most(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _called(store: Store, nodes: Sequence[int]) -> str:
    mains = main_names(store)
    for node in nodes:
        found = store.db.run("SELECT name FROM canonical WHERE node = ?", (node,))
        if found:
            name = str(store.names.at(found[0][0]))
            return mains.get(name, name)
    names = sorted({str(store.names.at(node // PERSONAS)) for node in nodes})
    return next((mains[name] for name in names if name in mains), names[0])


def _why(store: Store, nodes: Sequence[int]) -> tuple[str, ...]:
    marks = ",".join("?" * len(nodes))
    sql = f"SELECT a, b, score, reasons FROM links WHERE kind = 'speaker' AND a IN ({marks}) AND b IN ({marks}) ORDER BY a, b"
    at = store.names.at
    return tuple(
        f"{at(a // PERSONAS)} = {at(b // PERSONAS)}: {', '.join(links.reasons_from(reasons))} ({score:.2f})"
        for a, b, score, reasons in store.db.run(sql, [*nodes, *nodes])
    )


def _wikidata(store: Store, nodes: Sequence[int]) -> str | None:
    names = {str(store.names.at(node // PERSONAS)).casefold() for node in nodes}
    given = [id for name, alias, id in links.aliases(store) if id and {name.casefold(), alias.casefold()} & names]
    return given[0] if given else None


def identities(store: Store, *, limit: int | None = None, offset: int = 0) -> list[Identity]:
    """Return who says what in the whole record, under all their names, those with most statements first."""
    if limit is not None and (limit < 0 or offset < 0):
        raise QueryError("limit and offset count speakers: give 0 or more")
    node = f"s.speaker * {PERSONAS} + {_PERSONA.format('speaker')}"
    of = f"coalesce((SELECT cluster FROM clusters k WHERE k.kind = 'speaker' AND k.node = {node}), {node})"
    sql = (
        f"SELECT {of} AS whose, count(*) AS n, min(w.name) FROM statements s JOIN names w ON w.key = s.speaker"
        " GROUP BY whose ORDER BY n DESC, 3, whose LIMIT ? OFFSET ?"
    )
    clusters = links.clusters(store, "speaker")
    members: dict[int, list[int]] = defaultdict(list)
    for one, cluster in clusters.items():
        members[cluster].append(one)
    found = store.db.run(sql, (-1 if limit is None else limit, offset))
    return [_identity(store, sorted(members.get(whose, [whose]))) for whose, _, _ in found]

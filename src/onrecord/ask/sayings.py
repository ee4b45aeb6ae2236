"""What was said once: takes a linked `Store`, gives utterances with all their versions and how each tells it.

Which statements are one is decided in `onrecord.link`; here they are read and dressed for people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.ask import statements as ask
from onrecord.ask.across import labels
from onrecord.ask.statements import StatementFilter, StatementRow
from onrecord.errors import QueryError
from onrecord.link.versions import Fact, Telling, Told, Version, VersionKind, tell
from onrecord.store import find as finding
from onrecord.store import links
from onrecord.store.once import once
from onrecord.store.store import Store

NOTHING = StatementFilter()
UNDATED = 99_999_999


@dataclass(frozen=True, slots=True)
class UtteranceRow:
    """One version of an utterance; `utterance` counts them by first day, `lacks` is what others have and this has not.

    `versions` is how many statements report it, `reports` how many documents. `kind` says how this one tells it beside the
    fullest, `share` how much of its words stands there, 0 to 1. `first` marks the one that was published first.
    """

    utterance: int
    versions: int
    reports: int
    lacks: tuple[str, ...]
    statement: StatementRow
    kind: VersionKind = "fullest"
    share: float = 1.0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said once: `rows` are the statements that report it, by the day of publication, `telling` how they differ.

    `id` is that of the first statement; the ids of the others lead here as well. `number` counts utterances by first day.
    """

    id: str
    number: int
    reports: int
    outlets: int
    rows: tuple[StatementRow, ...]
    telling: Telling

    @property
    def first(self) -> StatementRow:
        """The statement that was published first."""
        return self.rows[0]

    def is_first(self, row: StatementRow) -> bool:
        """Say whether a statement was published as early as any; where no day is known, whether it is the first of the list."""
        return row is self.first or (row.published is not None and row.published == self.first.published)

    @property
    def fullest(self) -> StatementRow:
        """The statement with the most words, which the others are set beside."""
        return self.rows[self.telling.fullest]

    def lacks(self, told: Told) -> tuple[str, ...]:
        """Return in words what a version leaves out that others carry."""
        return tuple(_said(self.telling.facts[n]) for n in told.left_out)

    def versions(self) -> Iterator[tuple[StatementRow, Told]]:
        """Yield every statement with how it tells the utterance."""
        return zip(self.rows, self.telling.versions, strict=True)


@dataclass(frozen=True, slots=True)
class _Found:
    cluster: int
    number: int
    reports: int
    outlets: int


def _said(fact: Fact) -> str:
    """Return a fact in words: "if dues are paid", "perhaps (hedge)", "40", "not"."""
    return {"condition": f"if {fact.words}", "hedge": f"{fact.words} (hedge)"}.get(fact.kind, fact.words)


def rows_of(one: Utterance) -> list[UtteranceRow]:
    """Return the versions of one utterance as rows of a list."""
    size = len(one.rows)
    return [
        UtteranceRow(one.number, size, one.reports, one.lacks(told), row, told.kind, told.share, one.is_first(row))
        for row, told in one.versions()
    ]


def listed(
    store: Store,
    asked: StatementFilter | None = None,
    *,
    reports: int = 1,
    outlets: int = 0,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[int, list[Utterance]]:
    """Return how many utterances several statements report, of those asked for, and a page of them, by their first day.

    Args:
        asked: only utterances of which one version at least is such a statement; its limit, offset and order say nothing here.
        reports: only what at least so many documents carry.
        outlets: only what at least so many outlets carry.
        limit: at most so many utterances.

    Raises:
        QueryError: a part of the filter cannot be understood.
    """
    if min(reports, outlets, offset, 0 if limit is None else limit) < 0:
        raise QueryError("reports, outlets, limit and offset count: give 0 or more")
    found = [one for one in _all(store) if one.reports >= reports and one.outlets >= outlets]
    picked = replace(asked, limit=None, offset=0, sort="date") if asked else NOTHING
    if picked != NOTHING:
        clusters = links.clusters(store, "utterance")
        wanted = {clusters.get(key) for key in finding.find(store, picked)}
        found = [one for one in found if one.cluster in wanted]
    page = found[offset:] if limit is None else found[offset : offset + limit]
    return len(found), list(_read(store, page))


def utterance(store: Store, id: str) -> Utterance:
    """Return the utterance that a statement reports, given by the statement's id; its number is 0 where no other reports it.

    Raises:
        NotFound: there is no such statement.
    """
    row = ask.statement(store, id)
    cluster = cluster_of(store, row.id)
    for one in _all(store):
        if one.cluster == cluster:
            return next(_read(store, [one]))
    return Utterance(row.id, 0, 1, int(row.outlet is not None), (row,), tell([_version(row)]))


def cluster_of(store: Store, id: str) -> int | None:
    """Return the number of the utterance that a statement (by its full id) reports, None where no other reports it."""
    document, _, own = id.rpartition("#")
    found = store.db.run(
        "SELECT c.cluster FROM clusters c JOIN statements s ON s.key = c.node JOIN documents d ON d.key = s.document"
        " WHERE c.kind = 'utterance' AND s.id = ? AND d.id = ?",
        (own, document),
    )
    return int(found[0][0]) if found else None


def reported(store: Store, document: str) -> dict[str, int]:
    """Return, of the statements of a document (by its id), those that others report too, with how many there are in all."""
    sql = (
        "SELECT s.id, (SELECT count(*) FROM clusters o WHERE o.kind = 'utterance' AND o.cluster = c.cluster)"
        " FROM statements s JOIN clusters c ON c.kind = 'utterance' AND c.node = s.key"
        " WHERE s.document = (SELECT key FROM documents WHERE id = ?)"
    )
    return {id: int(n) for id, n in store.db.run(sql, (document,))}


def _all(store: Store) -> Sequence[_Found]:
    return once(store, "utterances", lambda: tuple(_count(store)))


def _count(store: Store) -> list[_Found]:
    """Return all utterances by their first day; of one day by the first document's id and place, whoever was added first."""
    sql = (
        "SELECT c.cluster, count(*), count(DISTINCT s.document), count(DISTINCT s.outlet),"
        f" min(coalesce(s.day, {UNDATED})), min(printf('%s#%09d', d.id, s.n))"
        " FROM clusters c JOIN statements s ON s.key = c.node JOIN documents d ON d.key = s.document"
        " WHERE c.kind = 'utterance' GROUP BY c.cluster HAVING count(*) > 1 ORDER BY 5, 6"
    )
    return [_Found(cluster, n, docs, outlets) for n, (cluster, _, docs, outlets, *_) in enumerate(store.db.run(sql), 1)]


def _read(store: Store, some: Sequence[_Found]) -> Iterator[Utterance]:
    members: dict[int, list[int]] = defaultdict(list)
    wanted = sorted(one.cluster for one in some)
    for start in range(0, len(wanted), ask.AT_ONCE):
        part = wanted[start : start + ask.AT_ONCE]
        of = f"kind = 'utterance' AND cluster IN ({','.join('?' * len(part))})"
        for node, cluster in store.db.run(f"SELECT node, cluster FROM clusters WHERE {of} ORDER BY node", part):
            members[cluster].append(node)
    for one in some:
        rows = tuple(sorted(_rows(store, members[one.cluster]), key=_when))
        yield Utterance(rows[0].id, one.number, one.reports, one.outlets, rows, tell([_version(row) for row in rows]))


def _version(row: StatementRow) -> Version:
    return Version(row.text, row.kind == "direct", row.if_, row.act)


def _rows(store: Store, keys: Sequence[int]) -> Iterator[StatementRow]:
    some = sorted(keys)
    for start in range(0, len(some), ask.AT_ONCE):
        yield from ask.by_keys(store, some[start : start + ask.AT_ONCE])


def _when(row: StatementRow) -> tuple[str, str, int]:
    return (row.published or "9999", row.document_id, row.statement.content[0].start)


def same(store: Store) -> list[list[str]]:
    """Return the statements that report one utterance, as exports call them: "DOCUMENT#s1"."""
    sql = "SELECT key, document, id FROM statements WHERE key IN (SELECT node FROM clusters WHERE kind = 'utterance')"
    ids = {key: (document, id) for key, document, id in store.db.run(sql)}
    names = labels(store, {document for document, _ in ids.values()})
    groups: dict[int, list[str]] = defaultdict(list)
    for node, cluster in links.clusters(store, "utterance").items():
        if node in ids:
            document, id = ids[node]
            groups[cluster].append(f"{names[document]}#{id}")
    return sorted(sorted(group) for group in groups.values() if len(group) > 1)

"""What is told of one number: takes a linked `Store`, gives figures, and the groups of them that measure one thing.

Which figures are one, and which pairs of them rise or disagree, is decided in `onrecord.link.figures`; here it is read and
dressed for people. A group is known by the figure that was first: it keeps its id while that figure is in the record.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from onrecord.ask import statements as ask
from onrecord.ask.across import labels
from onrecord.errors import NotFound, QueryError
from onrecord.store import links
from onrecord.store.links import FIGURES, figure_node
from onrecord.store.once import once
from onrecord.store.rows import text_from
from onrecord.store.store import Store

BESIDE = 60  # characters to each side that are shown with a figure
Status = Literal["agreeing", "updated", "conflict"]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure: `thing` counts what several figures measure, None for one that stands alone; `conflict` where those disagree.

    `value` is a number or (low, high); `asserter` who says so, None in the reporter's own voice; `text` its words. `status` is
    how the figures of its thing stand to each other: "agreeing", "updated" (it rose from report to report) or "conflict".
    `statement` is the statement that holds it, "DOCUMENT#s1"; `before` and `after` are the words beside it.
    """

    id: str
    document: str
    outlet: str | None
    published: str | None
    text: str
    value: float | int | tuple[float | int, float | int]
    unit: str | None
    qualifier: str
    measures: str | None
    asserter: str | None
    thing: int | None
    conflict: bool
    status: Status | None = None
    statement: str | None = None
    document_id: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    """Two versions of one number that do not agree: `earlier` and `later` are figures' ids; `status` is why."""

    earlier: str
    later: str
    status: Status


@dataclass(frozen=True, slots=True)
class FigureThing:
    """What several figures measure: `id` is that of the one that was first, `rows` all of them in the order of time.

    `values` are the numbers told, as they are told first, each with how many reports tell it; `asserters` who asserts it and
    how often. `reports` and `outlets` count who carries it.
    """

    id: str
    thing: int
    status: Status
    measures: str
    unit: str | None
    values: tuple[tuple[str, int], ...]
    asserters: tuple[tuple[str, int], ...]
    reports: int
    outlets: int
    first: str | None
    last: str | None
    rows: tuple[FigureRow, ...]
    differing: tuple[Differing, ...]


def figures(store: Store, *, status: Status | None = None) -> Iterator[FigureRow]:
    """Yield the figures of the record, by document and as they stand; with `status` those of things that stand so.

    Raises:
        QueryError: there is no such status.
    """
    groups = _groups(store)
    wanted = (
        None if status is None else {node for node, c in groups.clusters.items() if groups.status(c) == _known(status)}
    )
    return _figures(store, groups, wanted)


def _known(status: str) -> Status:
    for one in get_args(Status):
        if one == status:
            found: Status = one
            return found
    raise QueryError(f"{status[:80]!r} is no way figures stand to each other; write agreeing, updated or conflict")


def things(
    store: Store, *, status: Status | None = None, limit: int | None = None, offset: int = 0
) -> tuple[int, list[FigureThing]]:
    """Return how many things are measured more than once, and a page of them, the most reported first.

    Raises:
        QueryError: there is no such status, or limit or offset are below 0.
    """
    if offset < 0 or (limit is not None and limit < 0):
        raise QueryError("limit and offset count things: give 0 or more")
    groups = _groups(store)
    chosen = [c for c in groups.members if status is None or groups.status(c) == _known(status)]
    chosen.sort(
        key=lambda c: (-len({node // FIGURES for node in groups.members[c]}), -len(groups.members[c]), groups.number[c])
    )
    page = chosen[offset : None if limit is None else offset + limit]
    return len(chosen), _things(store, groups, page)


def thing(store: Store, id: str) -> FigureThing:
    """Return the thing that a figure measures, by "DOCUMENT#f1", alone and number 0 if nothing else measures it.

    Raises:
        NotFound: there is no such figure.
    """
    document, _, own = id.rpartition("#")
    sql = "SELECT document, n FROM figures WHERE id = ? AND document IN (SELECT key FROM documents WHERE id = ? OR name = ?)"
    found = store.db.run(sql, (own, document, document))
    if len(found) != 1:
        several = f"there are {len(found)} figures {id}: name the document by its id"
        raise NotFound(several if found else f"there is no figure {id}")
    node = figure_node(*found[0])
    groups = _groups(store)
    if node not in groups.clusters:
        return _things(store, _Groups(store, {node: node}), [node])[0]
    return _things(store, groups, [groups.clusters[node]])[0]


def counts(store: Store) -> dict[Status, int]:
    """Return how many things are measured more than once, by how what is told of them stands to each other."""
    clusters = int(store.db.run("SELECT count(DISTINCT cluster) FROM clusters WHERE kind = 'figure'")[0][0])
    sql = (
        "SELECT count(DISTINCT c.cluster) FROM links l JOIN clusters c ON c.kind = 'figure' AND c.node = l.a"
        " WHERE l.kind IN ({})"
    )
    conflict = int(store.db.run(sql.format("'conflict'"))[0][0])
    differing = int(store.db.run(sql.format("'conflict', 'update'"))[0][0])
    return {"conflict": conflict, "updated": differing - conflict, "agreeing": clusters - differing}


def stands(found: FigureThing, row: FigureRow) -> Status:
    """Return how one figure of a thing stands to the others: in conflict with one, else updated, else agreeing."""
    mine = (row.value, row.qualifier)
    told = {one.id: (one.value, one.qualifier) for one in found.rows}
    kinds = {pair.status for pair in found.differing if mine in {told[pair.earlier], told[pair.later]}}
    return "conflict" if "conflict" in kinds else "updated" if kinds else "agreeing"


class _Groups:
    """The groups of figures: their members, the pairs that do not agree, and how they are numbered, by whose figure was first."""

    def __init__(self, store: Store, clusters: dict[int, int]) -> None:
        self.clusters = clusters
        self.members: dict[int, list[int]] = defaultdict(list)
        for node, cluster in clusters.items():
            self.members[cluster].append(node)
        self.number = dict.fromkeys(self.members, 0) if len(clusters) < 2 else _numbered(store, self.members)
        self.pairs: dict[int, list[tuple[int, int, Status]]] = defaultdict(list)
        for kind, status in (("conflict", "conflict"), ("update", "updated")) if len(clusters) > 1 else ():
            sql = "SELECT a, b, reasons FROM links WHERE kind = ? ORDER BY a, b"
            for a, b, reasons in store.db.run(sql, (kind,)):
                if a in clusters:
                    one, other = (a, b) if "b" not in links.reasons_from(reasons)[:1] else (b, a)
                    self.pairs[clusters[a]].append((one, other, _known(status)))

    def status(self, cluster: int) -> Status:
        """Return how the figures of a thing stand to each other."""
        kinds = {status for _, _, status in self.pairs.get(cluster, ())}
        return "conflict" if "conflict" in kinds else "updated" if kinds else "agreeing"


def _groups(store: Store) -> _Groups:
    """Return all groups; lists and pages ask for them again and again."""
    return once(store, "figure groups", lambda: _Groups(store, links.clusters(store, "figure")))


def _numbered(store: Store, members: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return the number of each group: by its first day, its first report's id and place there, whichever was added first."""
    told = store.db.run("SELECT key, published, id FROM documents")
    facts = {key: (published or "9999", id) for key, published, id in told}
    first = {
        cluster: min((*facts.get(node // FIGURES, ("9999", "")), node % FIGURES) for node in nodes)
        for cluster, nodes in members.items()
    }
    return {cluster: n for n, cluster in enumerate(sorted(first, key=lambda one: first[one]), 1)}


def _figures(store: Store, groups: _Groups, wanted: set[int] | None) -> Iterator[FigureRow]:
    """Yield figures by document, all or the `wanted` ones: a document's text is unpacked once."""
    keys = [key for (key,) in store.db.run("SELECT key FROM documents ORDER BY name, id")]
    if wanted is not None:
        holders = {node // FIGURES for node in wanted}
        keys = [key for key in keys if key in holders]
    for start in range(0, len(keys), ask.AT_ONCE):
        part = keys[start : start + ask.AT_ONCE]
        order = {key: n for n, key in enumerate(part)}
        found = _dressed(store, groups, part, wanted)
        yield from (row for _, row in sorted(found, key=lambda pair: (order[pair[0] // FIGURES], pair[0])))


def _dressed(
    store: Store, groups: _Groups, keys: Sequence[int], wanted: set[int] | None
) -> list[tuple[int, FigureRow]]:
    """Return the figures of some documents, or those `wanted` of them, each with its number."""
    sql = (
        'SELECT f.document, f.n, f.id, f.start, f."end", f.value, f.unit, f.qualifier, f.measures, s.key, s.id'
        " FROM figures f LEFT JOIN statements s ON s.document = f.document AND s.id = f.statement"
        f" WHERE f.document IN ({','.join('?' * len(keys))}) ORDER BY f.document, f.n"
    )
    rows = [row for row in store.db.run(sql, keys) if wanted is None or figure_node(row[0], row[1]) in wanted]
    docs = _documents(store, sorted({row[0] for row in rows}))
    names = labels(store, docs)
    who = _asserters(store, [row[9] for row in rows if row[9] is not None])
    return [
        (figure_node(row[0], row[1]), _row(store, groups, docs[row[0]], names[row[0]], who.get(row[9]), row))
        for row in rows
    ]


def _documents(store: Store, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    marks = ",".join("?" * len(keys))
    sql = f"SELECT key, id, name, outlet, published, text FROM documents WHERE key IN ({marks})"
    columns = ("id", "name", "outlet", "published", "text")
    docs = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in store.db.run(sql, keys)}
    return {key: {**doc, "text": text_from(doc["text"])} for key, doc in docs.items()}


def _row(
    store: Store, groups: _Groups, doc: dict[str, Any], name: str, asserter: str | None, row: tuple[Any, ...]
) -> FigureRow:
    document, n, id, start, end, value, unit, qualifier, measures, _, statement = row
    number = json.loads(value)
    cluster = groups.clusters.get(figure_node(document, n))
    status = None if cluster is None or len(groups.members[cluster]) < 2 else groups.status(cluster)
    return FigureRow(
        id=f"{name}#{id}",
        document=name,
        outlet=store.words.at(doc["outlet"]),
        published=doc["published"],
        text=doc["text"][start:end],
        value=(number[0], number[1]) if isinstance(number, list) else number,
        unit=store.words.at(unit),
        qualifier=str(store.words.at(qualifier)),
        measures=measures,
        asserter=asserter,
        thing=None if status is None or cluster is None else groups.number[cluster],
        conflict=status == "conflict",
        status=status,
        statement=f"{doc['id']}#{statement}" if statement else None,
        document_id=doc["id"],
        before=_beside(doc["text"][max(0, start - BESIDE) : start].split("\n")[-1][::-1])[::-1],
        after=_beside(doc["text"][end : end + BESIDE].split("\n")[0]),
    )


def _beside(text: str) -> str:
    """Return a text without the word that its end cuts in two."""
    return text if len(text) < BESIDE else text[: text.rfind(" ") + 1]


def _asserters(store: Store, keys: Sequence[int]) -> dict[int | None, str | None]:
    found: dict[int | None, str | None] = {}
    some = sorted(set(keys))
    for start in range(0, len(some), ask.AT_ONCE):
        part = some[start : start + ask.AT_ONCE]
        found |= {key: row.speaker for key, row in zip(part, ask.by_keys(store, part), strict=True)}
    return found


def _things(store: Store, groups: _Groups, clusters: Sequence[int]) -> list[FigureThing]:
    wanted = {node for cluster in clusters for node in groups.members[cluster]}
    keys = sorted({node // FIGURES for node in wanted})
    rows: dict[int, FigureRow] = {}
    for start in range(0, len(keys), ask.AT_ONCE):
        rows |= dict(_dressed(store, groups, keys[start : start + ask.AT_ONCE], wanted))
    return [_thing(groups, cluster, {node: rows[node] for node in groups.members[cluster]}) for cluster in clusters]


def _thing(groups: _Groups, cluster: int, rows: dict[int, FigureRow]) -> FigureThing:
    ordered = sorted(rows.values(), key=_when)
    told = [row.measures for row in ordered if row.measures]
    days = sorted(row.published for row in ordered if row.published)
    place = {row.id: n for n, row in enumerate(ordered)}
    differing = [Differing(rows[a].id, rows[b].id, status) for a, b, status in groups.pairs.get(cluster, ())]
    differing.sort(key=lambda pair: (place[pair.earlier], place[pair.later], pair.status))
    units = [row.unit for row in ordered if row.unit]
    return FigureThing(
        id=f"{ordered[0].document_id}#{ordered[0].id.rpartition('#')[2]}",
        thing=groups.number[cluster],
        status=groups.status(cluster),
        measures=_most(told) or "",
        unit=_most(units),
        values=_counted([shown_value(row) for row in ordered], ordered),
        asserters=_counted([row.asserter or "the reporter" for row in ordered], ordered),
        reports=len({row.document_id for row in ordered}),
        outlets=len({row.outlet for row in ordered if row.outlet}),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        rows=tuple(ordered),
        differing=tuple(differing),
    )


def _when(row: FigureRow) -> tuple[str, str, int]:
    own = row.id.rpartition("#")[2].lstrip("f")
    return (row.published or "9999", row.document_id, int(own) if own.isdigit() else 0)


def _most(words: Sequence[str]) -> str | None:
    """Return what is said most often; of those said as often, the longest."""
    return max(sorted(set(words)), key=lambda word: (words.count(word), len(word)), default=None)


def _counted(words: Sequence[str], rows: Sequence[FigureRow]) -> tuple[tuple[str, int], ...]:
    """Return each of `words` with how many reports have it, in the order of the first."""
    reports: dict[str, set[str]] = defaultdict(set)
    for word, row in zip(words, rows, strict=True):
        reports[word].add(row.document_id)
    return tuple((word, len(some)) for word, some in reports.items())


def shown_value(row: FigureRow) -> str:
    """Return a figure's number with what its qualifier says, in words: "at least 40"."""
    value = "–".join(f"{part:,.10g}" for part in row.value) if isinstance(row.value, tuple) else f"{row.value:,.10g}"
    return value if row.qualifier in {"exact", "range"} else f"{row.qualifier.replace('_', ' ')} {value}"


def figures_same(store: Store) -> list[dict[str, object]]:
    """Return the figures that measure one thing, as exports call them, how they stand to each other, and which disagree."""
    groups = _groups(store)
    sql = "SELECT document, n, id FROM figures WHERE document IN (SELECT node / ? FROM clusters WHERE kind = 'figure')"
    ids = {figure_node(document, n): (document, id) for document, n, id in store.db.run(sql, (FIGURES,))}
    names = labels(store, {node // FIGURES for node in groups.clusters})

    def name(node: int) -> str:
        document, own = ids[node]
        return f"{names[document]}#{own}"

    found: list[dict[str, object]] = []
    for cluster, nodes in groups.members.items():
        there = [node for node in nodes if node in ids]
        status = groups.status(cluster)
        if len(there) > 1:
            told = [[name(a), name(b), which] for a, b, which in groups.pairs.get(cluster, ()) if {a, b} <= set(there)]
            found.append(
                {
                    "ids": sorted(map(name, there)),
                    "conflict": status == "conflict",
                    "status": status,
                    "pairs": sorted(told),
                }
            )
    return sorted(found, key=lambda group: str(group["ids"]))

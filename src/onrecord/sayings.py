"""What was said once and what measures one thing: takes a linked `Store`, gives utterances and figures with all their versions.

Which statements and figures are one is decided in `onrecord.link`; here they are read and dressed for people.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord import ask
from onrecord.across import labels
from onrecord.ask import StatementRow
from onrecord.store import links
from onrecord.store.links import FIGURES, figure_node
from onrecord.store.store import Store


@dataclass(frozen=True, slots=True)
class UtteranceRow:
    """One version of an utterance; `utterance` counts them by first day, `lacks` is what others have and this has not.

    `versions` is how many statements report it, `reports` how many documents.
    """

    utterance: int
    versions: int
    reports: int
    lacks: tuple[str, ...]
    statement: StatementRow


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure: `thing` counts what several figures measure, None for one that stands alone; `conflict` where those disagree.

    `value` is a number or (low, high); `asserter` who says so, None in the reporter's own voice; `text` its words.
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


def utterances(store: Store) -> list[UtteranceRow]:
    """Return the utterances that several statements report, by their first day, each version in the order of time."""
    groups: dict[int, list[int]] = defaultdict(list)
    for node, cluster in links.clusters(store, "utterance").items():
        groups[cluster].append(node)
    read = [sorted(_rows(store, members), key=_when) for members in groups.values()]
    found = []
    for n, rows in enumerate(sorted(read, key=lambda rows: _when(rows[0])), 1):
        reports = len({row.document_id for row in rows})
        found += [UtteranceRow(n, len(rows), reports, _lacks(row, rows), row) for row in rows]
    return found


def _rows(store: Store, keys: Sequence[int]) -> list[StatementRow]:
    return ask.by_keys(store, sorted(keys))


def _when(row: StatementRow) -> tuple[str, str, int]:
    return (row.said_on or row.published or "9999", row.document_id, row.statement.content[0].start)


def _lacks(row: StatementRow, rows: Sequence[StatementRow]) -> tuple[str, ...]:
    """Return what other versions carry and this one leaves out: a condition, numbers."""
    from onrecord.link.comparing import read

    lacks = []
    others = [other for other in rows if other is not row]
    if row.if_ is None:
        lacks += [f"if {other.if_}" for other in others if other.if_][:1]
    mine = read(row.text).numbers
    missing = sorted({number for other in others for number in read(other.text).numbers} - mine)
    return (*lacks, *(f"{number:g}" for number in missing[:6]))


def figures(store: Store) -> Iterator[FigureRow]:
    """Yield the figures of the record, by document and as they stand."""
    clusters = links.clusters(store, "figure")
    numbers = {cluster: n for n, cluster in enumerate(sorted(set(clusters.values())), 1)}
    conflicts = {clusters.get(edge.a) for edge in links.edges(store, "conflict")}
    sql = (
        'SELECT f.document, f.n, f.id, substr(d.text, f.start + 1, f."end" - f.start), f.value, f.unit, f.qualifier, f.measures,'
        " d.outlet, d.published, s.key FROM figures f JOIN documents d ON d.key = f.document"
        " LEFT JOIN statements s ON s.document = f.document AND s.id = f.statement ORDER BY d.name, d.id, f.n"
    )
    rows = store.db.run(sql)
    names = labels(store, {row[0] for row in rows})
    who = _asserters(store, [row[10] for row in rows if row[10] is not None])
    word = store.words.at
    for document, n, id, text, value, unit, qualifier, measures, outlet, published, key in rows:
        number = json.loads(value)
        cluster = clusters.get(figure_node(document, n))
        yield FigureRow(
            id=f"{names[document]}#{id}",
            document=names[document],
            outlet=word(outlet),
            published=published,
            text=text,
            value=(number[0], number[1]) if isinstance(number, list) else number,
            unit=word(unit),
            qualifier=str(word(qualifier)),
            measures=measures,
            asserter=who.get(key),
            thing=None if cluster is None else numbers[cluster],
            conflict=cluster is not None and cluster in conflicts,
        )


def _asserters(store: Store, keys: Sequence[int]) -> dict[int, str | None]:
    found: dict[int, str | None] = {}
    some = sorted(set(keys))
    for start in range(0, len(some), ask.AT_ONCE):
        part = some[start : start + ask.AT_ONCE]
        found |= {key: row.speaker for key, row in zip(part, ask.by_keys(store, part), strict=True)}
    return found


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


def figures_same(store: Store) -> list[dict[str, object]]:
    """Return the figures that measure one thing, as exports call them, and whether they are in conflict."""
    ids = {
        figure_node(document, n): (document, id)
        for document, n, id in store.db.run("SELECT document, n, id FROM figures")
    }
    conflicts = {edge.a for edge in links.edges(store, "conflict")}
    names = labels(store, {node // FIGURES for node in links.clusters(store, "figure")})
    groups: dict[int, list[int]] = defaultdict(list)
    for node, cluster in links.clusters(store, "figure").items():
        if node in ids:
            groups[cluster].append(node)
    found = [
        {
            "ids": sorted(f"{names[ids[node][0]]}#{ids[node][1]}" for node in nodes),
            "conflict": bool(conflicts & set(nodes)),
        }
        for nodes in groups.values()
        if len(nodes) > 1
    ]
    return sorted(found, key=lambda group: str(group["ids"]))

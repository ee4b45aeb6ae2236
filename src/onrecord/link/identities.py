"""Who is who in a record: takes a `Store`, draws the edges and clusters of its speakers, and judges nothing itself.

How alike two names are is kept and worked out for new names only. Who bears a name, and who is one with whom, follows from all
that is said of them and is drawn anew. The user's aliases and people's merges and splits come in here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from onrecord.link import namesakes, short_forms, speakers, surnames
from onrecord.link.clusters import components
from onrecord.link.speakers import Bearer, Joined, Place, Seen
from onrecord.store import links
from onrecord.store.judgements import Judgement, log, standing
from onrecord.store.layers import body_from
from onrecord.store.links import Edge, speaker_node
from onrecord.store.store import Store

Who = tuple[str, int]
NAMES_BY = "rule:names-1"


def draw(store: Store) -> None:
    """Draw who is who: names compared, bearers told apart, edges, clusters and what each cluster is called."""
    lines = [line for line in standing(log(store)) if line.kind in {"merge", "split"}]
    rows = seen(store)
    _compare(store, rows)
    meant = surnames.meant(rows)
    bearers = _bearers(store, rows, lines, meant)
    _keep_personas(store, bearers)
    alike = speakers.judge(_alike(store), bearers) + short_forms.find(bearers)
    joined = alike + speakers.in_stories(bearers, meant) + _aliased(store, bearers)
    links.replace_edges(store, "speaker", (_edge(store, one) for one in joined))
    groups = components([(one.a, one.b, one.score) for one in joined], list(_judged(lines)), speakers.differing(alike))
    _keep_clusters(store, groups, lines)


def seen(store: Store) -> list[Seen]:
    """Return what every document says of everybody it names."""
    word, at = store.words.at, store.names.at
    stories = links.clusters(store, "story")
    company: dict[int, set[str]] = defaultdict(set)
    found = store.db.run(
        "SELECT s.document, s.name, s.type, s.body, d.id, d.published FROM speakers s JOIN documents d ON d.key = s.document"
        " WHERE s.named AND s.type IN (SELECT key FROM words WHERE word IN ('person', 'organisation', 'group', 'unknown'))"
    )
    for document, name, *_ in found:
        company[document].add(str(at(name)))
    rows = []
    for document, name, type, body, id, published in found:
        who = str(at(name))
        told = body_from(body, who)
        bodies = tuple(sorted({one for one in (told.affiliation, told.institution) if one}))
        year = int(published[:4]) if published and published[:4].isdigit() else None
        others = frozenset(company[document] - {who})
        is_body = word(type) in {"organisation", "group"}
        rows.append(
            Seen(who, id, told.role, bodies, told.spellings or (who,), others, year, is_body, stories.get(document))
        )
    return rows


def _compare(store: Store, rows: list[Seen]) -> None:
    """Compare the names that are new with all."""
    known = {(row.name, row.is_body) for row in rows}
    key = {name: store.names.key(name) for name in sorted({name for name, _ in known})}
    done = {(str(store.names.at(name)), bool(body)) for name, body in store.db.run("SELECT name, body FROM compared")}
    new = known - done
    if not new:
        return
    found = []
    for which in (False, True):
        fresh = {name for name, body in new if body == which}
        found += list(namesakes.find([one for one in known if one[1] == which], fresh)) if fresh else []
    links.put_edges(store, (_name_edge(key[one.a] or 0, key[one.b] or 0, one) for one in found))
    store.db.run_many("INSERT INTO compared VALUES (?, ?)", [(key[name], body) for name, body in sorted(new)])


def _name_edge(a: int, b: int, one: namesakes.Alike) -> Edge:
    return Edge("name", min(a, b), max(a, b), one.likely, one.reasons, NAMES_BY)


def _alike(store: Store) -> Iterator[namesakes.Alike]:
    for a, b, likely, reasons in store.db.run("SELECT a, b, score, reasons FROM links WHERE kind = 'name'"):
        one, other = sorted((str(store.names.at(a)), str(store.names.at(b))))
        yield namesakes.Alike(one, other, likely, links.reasons_from(reasons))


def _bearers(store: Store, rows: list[Seen], lines: list[Judgement], meant: Mapping[Place, Place]) -> list[Bearer]:
    """Return who bears each name; documents that a person took out of a name are others'."""
    out = {(line.before, line.document) for line in lines if line.kind == "split" and line.document}
    mine = [row for row in rows if (row.name, row.document) not in out]
    found = speakers.bearers(mine, meant)
    if not out:
        return found
    numbers = defaultdict(int, {who.name: who.number + 1 for who in found})
    for who in speakers.bearers(row for row in rows if (row.name, row.document) in out):
        who.number += max(1, numbers[who.name])
        found.append(who)
    return sorted(found, key=lambda who: (who.name, who.number))


def _keep_personas(store: Store, bearers: list[Bearer]) -> None:
    store.db.run("DELETE FROM personas")
    rows = [
        (store.names.key(who.name), store.key(id), who.number) for who in bearers if who.number for id in who.documents
    ]
    store.db.run_many("INSERT OR REPLACE INTO personas VALUES (?, ?, ?)", rows)


def _aliased(store: Store, bearers: list[Bearer]) -> list[Joined]:
    """Return the edges that the user's alias file gives: all names of a row's name are one, be it itself in a document or not."""
    folded: dict[str, list[Bearer]] = defaultdict(list)
    for who in bearers:
        if who.number == 0:
            folded[_fold(who.name)].append(who)
    groups: dict[str, list[str]] = defaultdict(list)
    for name, alias, _ in links.aliases(store):
        groups[_fold(name)].append(alias)
    found = []
    for name, some in groups.items():
        one = list(dict.fromkeys(who.name for alias in (name, *some) for who in folded[_fold(alias)]))
        for a, b in pairwise(sorted(one)):
            found.append(Joined((a, 0), (b, 0), 1.0, ("alias file",)))
    return found


def _fold(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())


def _judged(lines: list[Judgement]) -> Iterator[tuple[Who, Who, bool]]:
    for line in lines:
        if line.kind == "merge" and line.before and line.after:
            yield (line.before, 0), (line.after, 0), True
        elif line.kind == "split" and line.before and line.after and line.before != line.after:
            yield (line.before, 0), (line.after, 0), False


def _edge(store: Store, one: Joined) -> Edge:
    a, b = (speaker_node(store.names.key(name) or 0, number) for name, number in (one.a, one.b))
    by = "person" if "alias file" in one.reasons else speakers.BY
    return Edge("speaker", min(a, b), max(a, b), one.score, one.reasons, by)


def _keep_clusters(store: Store, groups: list[list[Who]], lines: list[Judgement]) -> None:
    said: dict[str, int] = dict(store.db.run("SELECT name, statements FROM names"))
    preferred = {line.after: line.n for line in lines if line.kind == "merge" and line.after}
    listed = {_fold(name) for name, _, _ in links.aliases(store)}
    clusters: dict[int, int] = {}
    called = []
    for group in groups:
        nodes = sorted(speaker_node(store.names.key(name) or 0, number) for name, number in group)
        members = sorted({name for name, _ in group})
        chosen = [name for name in members if name in preferred]
        given = [name for name in members if _fold(name) in listed]
        name = max(chosen, key=lambda one: preferred[one]) if chosen else speakers.canonical(given or members, said)
        clusters |= dict.fromkeys(nodes, nodes[0])
        called.append((nodes[0], store.names.key(name)))
    links.replace_clusters(store, "speaker", clusters)
    store.db.run("DELETE FROM canonical")
    store.db.run_many("INSERT INTO canonical VALUES (?, ?)", called)

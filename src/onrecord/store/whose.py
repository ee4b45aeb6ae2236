"""Whose each statement is, across the record: takes a `Store`, gives speakers under all their names with counts, links nothing.

A speaker is a node (a name, and which of those who bear it) with all nodes that linking or a person made one with it. A statement
is its speaker's, or whose a person said it is. Lists, facets and the filter by speaker all count with what stands here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.document import SpeakerType
from onrecord.errors import QueryError
from onrecord.store.links import PERSONAS, speaker_node
from onrecord.store.once import once
from onrecord.store.store import Store

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker over the whole record, under one name: `names` are all that reports call them by, `name` first.

    `bearer` tells apart those who bear the same name, 0 the first; None where there is one. `first` and `last` are days as
    numbers, 20240327, None where none is known.
    """

    name: str
    names: tuple[str, ...]
    bearer: int | None
    type: SpeakerType
    named: bool
    role: str | None
    statements: int
    documents: int
    first: int | None
    last: int | None
    nodes: tuple[int, ...] = ()


def node_of(store: Store) -> str:
    """Return the SQL of the node of a statement `s`."""
    node = f"s.speaker * {PERSONAS}"
    if store.db.run("SELECT 1 FROM personas LIMIT 1"):
        node += " + coalesce((SELECT persona FROM personas p WHERE p.name = s.speaker AND p.document = s.document), 0)"
    if store.db.run("SELECT 1 FROM judged WHERE speaker IS NOT NULL LIMIT 1"):
        judged = f"(SELECT j.speaker * {PERSONAS} FROM judged j WHERE j.statement = s.key)"
        node = f"coalesce({judged}, {node})"
    return node


def group_of(store: Store) -> str:
    """Return the SQL of the number that all statements of the speaker of `s` have in common: the least node of theirs."""
    node = node_of(store)
    return f"coalesce((SELECT k.cluster FROM clusters k WHERE k.kind = 'speaker' AND k.node = {node}), {node})"


def counted(store: Store) -> dict[int, int]:
    """Return how many statements each speaker has, by group, no statement read that was not judged or told apart."""
    return once(store, "counted", lambda: _counted(store))


def _counted(store: Store) -> dict[int, int]:
    own = f"w.key * {PERSONAS}"
    sql = (
        f"SELECT coalesce(k.cluster, {own}) AS whose, sum(w.statements) FROM names w"
        f" LEFT JOIN clusters k ON k.kind = 'speaker' AND k.node = {own} WHERE w.statements > 0 GROUP BY whose"
    )
    found: Counter[int] = Counter(dict(store.db.run(sql)))
    odd = (
        "SELECT s.key FROM personas p JOIN statements s ON s.document = p.document AND s.speaker = p.name"
        " UNION SELECT statement FROM judged WHERE speaker IS NOT NULL"
    )
    plain = f"coalesce((SELECT cluster FROM clusters WHERE kind = 'speaker' AND node = s.speaker * {PERSONAS}),"
    both = f"{plain} s.speaker * {PERSONAS}), {group_of(store)}"
    sql = f"SELECT {both}, count(*) FROM statements s WHERE key IN ({odd}) GROUP BY 1, 2"
    for by_name, whose, n in store.db.run(sql):
        found[whose] += n
        if by_name is not None:
            found[by_name] -= n
    merged: Counter[int] = Counter()
    mains = merges(store)
    for group, n in found.items():
        merged[mains.get(group, group)] += n
    return {group: n for group, n in merged.items() if n > 0}


def merges(store: Store) -> dict[int, int]:
    """Return the groups that people merged and linking has not drawn yet, each with that it goes into."""
    return once(store, "merges", lambda: _merges(store))


def _merges(store: Store) -> dict[int, int]:
    pairs = store.db.run("SELECT name, main FROM judged_names ORDER BY name")
    group = _groups(store, [speaker_node(key) for pair in pairs for key in pair])
    found = {group[speaker_node(name)]: group[speaker_node(main)] for name, main in pairs}
    return {one: main for one, main in found.items() if one != main}


def _groups(store: Store, nodes: Iterable[int]) -> dict[int, int]:
    """Return the group of each node."""
    wanted = sorted(set(nodes))
    found = {node: node for node in wanted}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        sql = f"SELECT node, cluster FROM clusters WHERE kind = 'speaker' AND node IN ({','.join('?' * len(some))})"
        found |= dict(store.db.run(sql, some))
    return found


def nodes_of(store: Store, keys: Sequence[int], bearer: int | None = None) -> list[int]:
    """Return the nodes of the speakers that bear these names (by key), all of them, or of one bearer; merged ones included."""
    personas = store.db.run(f"SELECT DISTINCT name, persona FROM personas WHERE name IN {listed(keys)}")
    own = {speaker_node(key) for key in keys} | {speaker_node(*pair) for pair in personas}
    if bearer is not None:
        own = {node for node in own if node % PERSONAS == bearer}
    return members(store, set(_groups(store, own).values()))


def listed(numbers: Iterable[int]) -> str:
    """Return numbers as SQL lists them, written out: there may be more of them than a statement takes parameters.

    >>> listed([3, 5])
    '(3,5)'
    """
    return f"({','.join(str(int(number)) for number in numbers)})"


def groups_named(store: Store, keys: Sequence[int]) -> list[int]:
    """Return the groups of all who bear one of these names (by key), those who say nothing among them."""
    mains = merges(store)
    return sorted({mains.get(group, group) for group in _groups(store, nodes_of(store, keys)).values()})


def members(store: Store, groups: set[int]) -> list[int]:
    """Return the nodes of groups, and of those that people merged with them."""
    mains = merges(store)
    wanted = {mains.get(group, group) for group in groups}
    wanted |= {group for group, main in mains.items() if main in wanted}
    found = set(wanted)
    some = sorted(wanted)
    for start in range(0, len(some), AT_ONCE):
        part = some[start : start + AT_ONCE]
        sql = f"SELECT node FROM clusters WHERE kind = 'speaker' AND cluster IN ({','.join('?' * len(part))})"
        found |= {node for (node,) in store.db.run(sql, part)}
    return sorted(found)


def speakers(
    store: Store, named: Sequence[int] | None = None, *, limit: int | None = None, offset: int = 0
) -> tuple[int, list[Who]]:
    """Return how many speakers there are and a page of them, those with most statements first.

    Args:
        named: the keys of names: only those who bear one of them.
    """
    if offset < 0 or (limit is not None and limit < 0):
        raise QueryError("limit and offset count speakers: give 0 or more")
    counts = counted(store)
    if named is not None:
        counts = {group: counts[group] for group in groups_named(store, named) if group in counts}
    called = names_of_groups(store, counts)
    order = sorted(counts, key=lambda group: (-counts[group], called[group], group))
    page = order[offset : None if limit is None else offset + limit]
    return len(order), [_who(store, group, called[group], counts[group]) for group in page]


def all_named(store: Store, named: Sequence[int]) -> list[Who]:
    """Return all who bear one of these names (by key), those who say nothing among them."""
    counts = counted(store)
    called = names_of_groups(store, groups_named(store, named))
    return [_who(store, group, name, counts.get(group, 0)) for group, name in called.items()]


def names_of_groups(store: Store, groups: Iterable[int]) -> dict[int, str]:
    """Return what each speaker is called across the record, by group."""
    wanted = sorted(set(groups))
    keys: dict[int, int] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        sql = f"SELECT node, name FROM canonical WHERE node IN ({','.join('?' * len(some))})"
        keys |= dict(store.db.run(sql, some))
    mains: dict[int, int] = dict(store.db.run("SELECT name, main FROM judged_names"))
    store.names.look_up([keys.get(group, group // PERSONAS) for group in wanted])
    found = {}
    for group in wanted:
        key = keys.get(group, group // PERSONAS)
        found[group] = str(store.names.at(mains.get(key, key)))
    return found


def _who(store: Store, group: int, name: str, statements: int) -> Who:
    nodes = members(store, {group})
    keys = sorted({node // PERSONAS for node in nodes})
    others = {str(store.names.at(key)) for key in keys} - {name}
    documents, first, last = _spread(store, nodes, keys)
    type, named, role = _facts(store, nodes, keys, name)
    return Who(
        name,
        (name, *sorted(others)),
        bearer_of(store, group, name),
        type,
        named,
        role,
        statements,
        documents,
        first,
        last,
        tuple(nodes),
    )


def silent(store: Store, key: int) -> Who:
    """Return somebody who has a name in the record and says nothing."""
    name = str(store.names.at(key))
    return Who(name, (name,), None, "unknown", False, None, 0, 0, None, None, (speaker_node(key),))


def bearer_of(store: Store, group: int, name: str) -> int | None:
    """Return which bearer of a name a speaker (by group) is, None where there is but one."""
    own = store.names.find(name)
    if own is None or not store.db.run("SELECT 1 FROM personas WHERE name = ? LIMIT 1", (own,)):
        return None
    return next((node % PERSONAS for node in members(store, {group}) if node // PERSONAS == own), 0)


def _spread(store: Store, nodes: Sequence[int], keys: Sequence[int]) -> tuple[int, int | None, int | None]:
    """Return in how many documents a speaker speaks, and their first and last day."""
    if len(keys) == 1 and by_name(store, keys):
        documents = store.db.run("SELECT documents FROM names WHERE key = ?", keys)[0][0]
        edge = "SELECT {}(day) FROM statements WHERE speaker = ? AND day IS NOT NULL"
        first, last = (store.db.run(edge.format(which), keys)[0][0] for which in ("min", "max"))
        return documents, first, last
    of = f"FROM statements s WHERE {condition(store, nodes, '')}"
    row = store.db.run(f"SELECT count(DISTINCT document), min(day), max(day) {of}")[0]
    return row[0], row[1], row[2]


def condition(store: Store, nodes: Sequence[int], sign: str = "{0}") -> str:
    """Return the SQL that asks whether a statement `s` is that of one of these nodes; `sign` keeps an index from being used."""
    keys = sorted({node // PERSONAS for node in nodes})
    sql = f"{sign}s.speaker IN {listed(keys)}"
    if _told_apart(store, keys):
        own = "coalesce((SELECT persona FROM personas p WHERE p.name = s.speaker AND p.document = s.document), 0)"
        sql += f" AND s.speaker * {PERSONAS} + {own} IN {listed(nodes)}"
    if store.db.run("SELECT 1 FROM judged WHERE speaker IS NOT NULL LIMIT 1"):
        there = set(nodes)
        judged = (
            f"SELECT statement FROM judged WHERE speaker IN {listed(key for key in keys if speaker_node(key) in there)}"
        )
        found = f"{sql} AND s.key NOT IN (SELECT statement FROM judged WHERE speaker IS NOT NULL)"
        sql = f"({found} OR {sign}s.key IN ({judged}))"
    return sql


def by_name(store: Store, keys: Sequence[int]) -> bool:
    """Say whether all statements found under these names (by key), and no others, are those of one speaker or several."""
    return not (_told_apart(store, keys) or store.db.run("SELECT 1 FROM judged WHERE speaker IS NOT NULL LIMIT 1"))


def _told_apart(store: Store, keys: Sequence[int]) -> bool:
    return bool(store.db.run(f"SELECT 1 FROM personas WHERE name IN {listed(keys)} LIMIT 1"))


def _facts(store: Store, nodes: Sequence[int], keys: Sequence[int], name: str) -> tuple[SpeakerType, bool, str | None]:
    types: Counter[tuple[Any, bool]] = Counter()
    roles: Counter[str] = Counter()
    sql = f"SELECT type, named, role, statements FROM name_facts WHERE name IN {listed(keys)}"
    if _told_apart(store, keys):  # a name alone does not say whose it is
        sql = (
            "SELECT s.speaker_type, s.named, s.role, count(*) FROM statements s"
            f" WHERE s.speaker IN {listed(keys)} AND ({condition(store, nodes, '')}) GROUP BY 1, 2, 3"
        )
    for type, named, role, n in store.db.run(sql):
        types[store.words.at(type or None) or "unknown", bool(named)] += n
        roles[store.words.at(role or None) or ""] += n if role else 0
    given: tuple[tuple[Any, bool], int] = (("unknown", name[:1].isupper()), 0)  # by a person, who said no more of them
    (type, named), _ = min(types.items(), key=lambda item: (-item[1], item[0]), default=given)
    role, often = min(roles.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return type, named, role if often else None

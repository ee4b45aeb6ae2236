"""Where everybody stands: takes a linked `Store`, gives issues, and of each speaker or body the steps of a position.

What a statement says for or against what is read in `onrecord.link`; here stands are put together by speaker and issue, in time.
An issue is what at least two statements take a stand on; its id and name follow from its own words, so that neither changes when
reports are added. A name that a person gave it wins; two issues of one name are one.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from onrecord.ask import statements as ask
from onrecord.ask.statements import StatementRow
from onrecord.errors import NotFound
from onrecord.link.changes import Change, Stated, Step, steps
from onrecord.link.stands import Does, Way
from onrecord.store import links
from onrecord.store.judgements import log, standing
from onrecord.store.links import reasons_from, speaker_node
from onrecord.store.once import once
from onrecord.store.store import Store
from onrecord.store.whose import merges, names_of_groups

LEAST = 2  # statements without which nothing is an issue
WAYS: dict[float, Way] = {1.0: "for", 0.5: "unclear", 0.0: "against"}


@dataclass(frozen=True, slots=True)
class Issue:
    """What several statements take a stand on: `words` are those it gathers, `named_by` who named it, None if nobody."""

    id: str
    name: str
    words: tuple[str, ...]
    statements: int
    speakers: int
    named_by: str | None = None


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One step of a position: what `holder` stated on an issue on one day, which way, and the `change` from the step before.

    `holder` is a speaker or, where `is_party`, the body they belong to; `party` the speaker's body; `node` the speaker's number,
    None for a body. `n` counts steps from 1, `last` tells the latest. `day` is what is known of it ("2024-03"), None if undated.
    `keys` are the numbers of its statements.
    """

    holder: str
    node: int | None
    is_party: bool
    party: str | None
    issue: str
    issue_name: str
    n: int
    last: bool
    day: str | None
    way: Way
    does: tuple[Does, ...]
    if_: str | None
    negated: bool
    change: Change
    why: str
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Position(PositionRow):
    """A step with the statements behind it, in the order of their reports."""

    statements: tuple[StatementRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PositionFilter:
    """Whose positions on what: `speaker` and `party` are names or words of them, `issue` an issue's id or name.

    `parties` asks for bodies as well, `nodes` for speakers by number (see `store.links.speaker_node`).
    """

    speaker: str | None = None
    party: str | None = None
    issue: str | None = None
    parties: bool = False
    nodes: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """One stand in the record, with who holds it."""

    node: int
    word: str
    alone: bool
    stated: Stated


def slug(words: str) -> str:
    """Return an issue's id from its words.

    >>> slug("tax return"), slug("dodd-frank")
    ('tax-return', 'dodd-frank')
    """
    return "-".join("".join(c if c.isalnum() else " " for c in words.casefold()).split()) or "issue"


def title(words: str) -> str:
    """Return an issue's name from its words.

    >>> title("tax return")
    'Tax return'
    """
    return words[:1].upper() + words[1:]


def issues(store: Store) -> list[Issue]:
    """Return the issues of the record, those with most speakers and statements first; nothing before it was linked."""
    return _known(store)[0]


def _issues(held: Sequence[_Held], groups: Mapping[str, tuple[str, str, str | None]]) -> list[Issue]:
    who: dict[str, set[int]] = defaultdict(set)
    said: dict[str, set[int]] = defaultdict(set)
    keys: dict[str, set[str]] = defaultdict(set)
    for one in held:
        if one.word in groups:
            id = groups[one.word][0]
            who[id].add(one.node)
            said[id].add(one.stated.statement)
            keys[id].add(one.word)
    named = {id: (name, by) for id, name, by in groups.values()}
    found = [Issue(id, named[id][0], tuple(sorted(keys[id])), len(said[id]), len(who[id]), named[id][1]) for id in said]
    return sorted(found, key=lambda issue: (-issue.speakers, -issue.statements, issue.id))


def issue_named(store: Store, given: str, among: Sequence[Issue] | None = None) -> Issue:
    """Return the issue of that id or name, in any case; `among` are the record's, where they are known already.

    Raises:
        NotFound: there is none.
    """
    wanted = slug(given)
    for issue in issues(store) if among is None else among:
        if wanted in {issue.id, slug(issue.name), *map(slug, issue.words)}:
            return issue
    raise NotFound(f"there is no issue {given!r} in the record; see: onrecord issues {store.db.path}")


def positions(store: Store, asked: PositionFilter | None = None) -> list[PositionRow]:
    """Return the steps of every position asked for: by issue (those of most speakers first), holder and time.

    Raises:
        NotFound: no issue has the id or name asked for.
    """
    asked = asked or PositionFilter()
    known, rows = _known(store)
    wanted = issue_named(store, asked.issue, known).id if asked.issue else None
    return [row for row in rows if wanted in {None, row.issue} and _fits(row, asked)]


def _fits(row: PositionRow, asked: PositionFilter) -> bool:
    if row.is_party and (not asked.parties or asked.speaker or asked.nodes is not None):
        return False
    speaker = asked.speaker is None or _has(row.holder, asked.speaker)
    return (
        speaker
        and (asked.nodes is None or row.node in asked.nodes)
        and (asked.party is None or _has(row.party, asked.party) or _has(row.holder, asked.party))
    )


def _known(store: Store) -> tuple[list[Issue], list[PositionRow]]:
    """Return all issues and all steps, of bodies too; kept until somebody writes, for every page asks for them."""
    return once(store, "positions", lambda: _all(store))


def _all(store: Store) -> tuple[list[Issue], list[PositionRow]]:
    held = _held(store)
    groups = grouped(store, held)
    known = _issues(held, groups)
    names, party = names_of_groups(store, {one.node for one in held}), _parties(store)
    rows: list[PositionRow] = []
    for is_party in (False, True):
        together: dict[tuple[str, int | str], list[_Held]] = defaultdict(list)
        for one in held:
            if one.word in groups:
                who = (party.get(one.node) or names[one.node]) if is_party else one.node
                together[groups[one.word][0], who].append(one)
        for (id, who), some in together.items():
            if not is_party:
                rows += _rows(names[some[0].node], some[0].node, party.get(some[0].node), id, steps(_distinct(some)))
            elif len({one.node for one in some}) >= LEAST and any(party.get(one.node) == who for one in some):
                # a body of one speaker is that speaker, and of two who have one name and belong to nobody there is none
                rows += _rows(str(who), None, None, id, steps(_distinct(some)))
    order = {issue.id: (n, issue.name) for n, issue in enumerate(known)}
    size = Counter((row.issue, row.holder, row.node) for row in rows)
    rows = [replace(row, issue_name=order[row.issue][1]) for row in rows]
    first = {(row.issue, row.node): row.day or "9" for row in rows if row.n == 1}
    rows.sort(
        key=lambda row: (
            *(order[row.issue], -size[row.issue, row.holder, row.node], row.holder, row.is_party),
            *(first[row.issue, row.node], row.node or 0, row.n),
        )
    )
    return known, rows


def with_statements(store: Store, rows: Sequence[PositionRow]) -> list[Position]:
    """Return steps with the statements behind them."""
    keys = sorted({key for row in rows for key in row.keys})
    said: dict[int, StatementRow] = {}
    for start in range(0, len(keys), ask.AT_ONCE):
        some = keys[start : start + ask.AT_ONCE]
        said |= dict(zip(some, ask.by_keys(store, some), strict=True))
    own = [field.name for field in fields(PositionRow)]
    return [
        Position(
            **{name: getattr(row, name) for name in own},
            statements=tuple(sorted((said[key] for key in row.keys), key=_when)),
        )
        for row in rows
    ]


def _when(said: StatementRow) -> tuple[str, str]:
    return said.said_on or said.published or "9999", said.id


def grouped(store: Store, held: Sequence[_Held]) -> dict[str, tuple[str, str, str | None]]:
    """Return the issue (id, name, who named it) of all words that are one: of two statements, and not only part of a name.

    "Wage" is no issue of its own where only "minimum wage" stands; once it stands alone it is, and stays so.
    """
    said: dict[str, set[int]] = defaultdict(set)
    for one in held:
        said[one.word].add(one.stated.statement)
    alone = {one.word for one in held if one.alone or " " in one.word}
    given = _given(store)
    found: dict[str, tuple[str, str, str | None]] = {}
    for words in sorted(alone):
        if len(said[words]) >= LEAST:
            found[words] = (slug(words), *_called(words, given))
    return _joined(found)


def _called(words: str, given: Mapping[str, tuple[str, str]]) -> tuple[str, str | None]:
    """Return the name of an issue and who gave it: a name that was itself renamed is followed to its last."""
    name, by = title(words), None
    seen: set[str] = set()
    while (at := slug(name)) in given and at not in seen:
        seen.add(at)
        name, by = given[at]
    return name, by


def _joined(found: Mapping[str, tuple[str, str, str | None]]) -> dict[str, tuple[str, str, str | None]]:
    """Join issues that have one name: the id is that of the name where an issue has it, else the first of theirs."""
    by_name: dict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
    for id, name, by in found.values():
        by_name[slug(name)].append((id, name, by))
    chosen = {}
    for name_id, some in by_name.items():
        ids = sorted({id for id, _, _ in some})
        told = next((one for one in some if one[2]), some[0])
        chosen[name_id] = (name_id if name_id in ids else ids[0], told[1], told[2])
    return {words: chosen[slug(name)] for words, (_, name, _) in found.items()}


def _given(store: Store) -> dict[str, tuple[str, str]]:
    """Return the names that people gave to issues, by the slug of the name before, with who did."""
    lines = [line for line in standing(log(store)) if line.kind == "issue"]
    return {line.before: (line.after, line.author) for line in lines if line.before and line.after}


def _held(store: Store) -> list[_Held]:
    """Return every stand in the record with the speaker's node; what people said of the speaker wins."""
    said_once = links.clusters(store, "utterance")
    clusters, merged = links.clusters(store, "speaker"), merges(store)
    mains: dict[int, int] = dict(store.db.run("SELECT name, main FROM judged_names"))
    sql = (
        "SELECT l.a, l.b, l.score, l.reasons, s.day, coalesce(j.speaker, s.speaker), coalesce(p.persona, 0) FROM links l"
        " JOIN statements s ON s.key = l.a LEFT JOIN judged j ON j.statement = s.key"
        " LEFT JOIN personas p ON p.name = s.speaker AND p.document = s.document AND j.speaker IS NULL"
        " WHERE l.kind = 'stand' AND coalesce(j.verdict, '') != 'rejected' ORDER BY l.a, l.b"
    )
    found = []
    for statement, word, score, reasons, day, name, persona in store.db.run(sql):
        told = json.loads(reasons_from(reasons)[0])
        node = speaker_node(name, persona)
        group = clusters.get(node, node)
        called = store.names.word(mains.get(int(name), int(name)))
        if set(store.words.word(word).split()) <= set(called.casefold().split()):
            continue  # what people say of themselves is no issue
        stated = _stated(statement, day, WAYS[score], told, said_once.get(statement))
        found.append(_Held(merged.get(group, group), store.words.word(word), bool(told.get("alone")), stated))
    return found


def _stated(statement: int, day: int | None, way: Way, told: Mapping[str, Any], once: int | None) -> Stated:
    return Stated(
        statement,
        day,
        told["does"],
        way,
        told.get("if"),
        bool(told.get("negated")),
        tuple((value, unit) for value, unit in told.get("figures", ())),
        frozenset(told.get("words", ())),
        once,
        told.get("verb", ""),
    )


def _parties(store: Store) -> dict[int, str]:
    return {edge.a: store.words.word(edge.b) for edge in links.edges(store, "party")}


def _has(name: str | None, asked: str) -> bool:
    return set(asked.casefold().split()) <= set((name or "").casefold().split())


def _distinct(some: Sequence[_Held]) -> list[Stated]:
    """Return the stands of an issue, one a statement: of an issue that gathers several words it may have more."""
    kept: dict[int, Stated] = {}
    for one in sorted(some, key=lambda one: one.word):
        kept.setdefault(one.stated.statement, one.stated)
    return list(kept.values())


def _rows(holder: str, node: int | None, party: str | None, id: str, found: Sequence[Step]) -> list[PositionRow]:
    return [
        PositionRow(
            holder=holder,
            node=node,
            is_party=node is None,
            party=party,
            issue=id,
            issue_name="",
            n=n,
            last=n == len(found),
            day=ask.day(step.day),
            way=step.way,
            does=step.does,
            if_=step.if_,
            negated=any(one.negated for one in step.stated if one.if_),
            change=step.change,
            why=step.why,
            keys=tuple(one.statement for one in step.stated),
        )
        for n, step in enumerate(found, 1)
    ]

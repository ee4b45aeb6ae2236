"""Which statements a filter picks, and in what order: takes a `StatementFilter`, gives keys, and reads no statement.

A page of a list must come in 50 ms from a million statements (DESIGN section 6), whatever is asked. So there are two ways. Where
some part of the filter leaves few statements, those are gathered by its index and sorted. Where none does, an index that has the
order is walked until the page is full; there, statements of one day come in the order in which they were read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from onrecord.document import Act, Kind
from onrecord.errors import QueryError
from onrecord.store.connection import Row
from onrecord.store.links import PERSONAS
from onrecord.store.query import fts_query
from onrecord.store.rows import SHARES, clean
from onrecord.store.store import Store
from onrecord.store.whose import by_name, condition, listed, nodes_of

Sort = Literal["date", "-date", "document", "best"]
JUDGED = ("accepted", "rejected", "changed", "open")
FEW = 10_000
"""How many candidates are gathered and sorted at most: about 20 ms."""
PROBES = 2_000
"""Up to how many candidates are looked up in the full-text index one by one."""
FOLDED = "coalesce(nullif(folded, ''), lower(name))"
"""A name case folded: what SQLite can fold by itself is not kept."""
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_FOLDED_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFilter:
    """What statements are asked for; a part left None asks nothing.

    `speaker`: the name, in whatever case, else every name that has all the words given; `bearer`: which of those
    who bear that name, where linking told several apart. `document`: its name or id. `said` and
    `published`: a date or the beginning of one ("2024-03"), or a range of them ("2024-01..2024-03", "2024-06.."). `text`: words
    to look for, see `search`. `confidence`: at least so much; a statement without one was made by a rule and stays. `sort`:
    "date" is when it was said, else published, undated first, "-date" the same backwards; "document" by name, then as they stand
    in it; "best" by how well `text` fits, unless more than 10,000 have its words. `figure`: with a figure in it, or without.
    `judgement`: "accepted" or "rejected" by a person, "changed" (speaker, act or places set by one), or "open" (nobody judged
    it). What people set wins over what was found.
    """

    speaker: str | None = None
    bearer: int | None = None
    outlet: str | None = None
    document: str | None = None
    act: str | None = None
    kind: str | None = None
    via: str | None = None
    said: str | None = None
    published: str | None = None
    condition: bool | None = None
    named: bool | None = None
    confidence: float | None = None
    figure: bool | None = None
    judgement: str | None = None
    text: str | None = None
    sort: Sort = "date"
    limit: int | None = None
    offset: int = 0


@dataclass(slots=True)
class _Part:
    """One part of a filter in SQL: `{}` stands for "+" where its index is not to be used; `few` is None if it has none.

    `beside` is another way to ask the same of a statement that is there, for when the part does not lead to it.
    """

    sql: str
    parameters: list[Any]
    few: int | None = None
    ordered: bool = False
    text: bool = False
    beside: str = ""

    def asked(self, leads: bool) -> str:
        """Return the SQL, by whether this part leads to the statements or is asked of each."""
        return self.sql.format("") if leads else (self.beside or self.sql).format("+")


@dataclass(slots=True)
class _Plan:
    parts: list[_Part] = field(default_factory=list)
    nothing: bool = False

    def add(self, sql: str, *parameters: Any, few: int | None = None, ordered: bool = False) -> None:
        self.parts.append(_Part(sql, list(parameters), few, ordered))


def find(store: Store, asked: StatementFilter) -> list[int]:
    """Return the keys of the statements asked for, in the order asked for.

    Raises:
        QueryError: a part of the filter cannot be understood.
    """
    plan = _plan(store, asked)
    if plan.nothing or asked.limit == 0:
        return []
    sql, parameters = _select(store, plan, asked)
    limit = -1 if asked.limit is None else asked.limit
    return [
        key
        for (key,) in _run(
            store, plan, sql + " LIMIT ? OFFSET ?", [*parameters, limit, asked.offset], bounded=asked.limit is not None
        )
    ]


def count(store: Store, asked: StatementFilter, *, up_to: int = FEW) -> int:
    """Return how many statements are asked for, counting no further than `up_to`."""
    plan = _plan(store, asked)
    if plan.nothing:
        return 0
    driver = _driver(plan)
    where, parameters = _where(plan, driver)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {_from(driver)}{where} LIMIT ?)"
    return int(_run(store, plan, sql, [*parameters, up_to], bounded=True)[0][0])


def some(store: Store, asked: StatementFilter, *, up_to: int) -> list[int]:
    """Return the keys of at most so many of the statements asked for, in no order: for counting what they are."""
    plan = _plan(store, asked)
    if plan.nothing:
        return []
    driver = _driver(plan)
    where, parameters = _where(plan, driver)
    sql = f"SELECT s.key FROM {_from(driver)}{where} LIMIT ?"
    return [key for (key,) in _run(store, plan, sql, [*parameters, up_to], bounded=True)]


def _run(store: Store, plan: _Plan, sql: str, parameters: list[Any], *, bounded: bool) -> list[Row]:
    asks_text = any(part.text for part in plan.parts)
    return store.db.search(sql, parameters, bounded=bounded) if asks_text else store.db.run(sql, parameters)


def _plan(store: Store, asked: StatementFilter) -> _Plan:
    _check(asked)
    plan = _Plan()
    _by_speaker(store, asked, plan)
    _by_word(store, asked, plan)
    _by_document(store, asked, plan)
    if asked.said is not None:
        low, high = date_range(asked.said)
        days = _days(low, high)  # the day of such a statement is when it was said
        _counted(store, plan, "{}s.day BETWEEN ? AND ? AND s.said_on BETWEEN ? AND ?", *days, low, high)
    if asked.condition is not None:
        sql = "{}s.condition IS NOT NULL" if asked.condition else "+s.condition IS NULL"
        _counted(store, plan, sql, ordered=True) if asked.condition else plan.add(sql)
    if asked.named is not None:
        plan.add("s.named = ?", asked.named)
    if asked.kind is not None:
        keys = [key for key in [store.words.find(asked.kind)] if key is not None]
        if store.db.run("SELECT 1 FROM judged WHERE kind IS NOT NULL LIMIT 1"):
            sql, *given = _unless_judged("kind", keys)
            plan.add(sql, *given)
        else:
            plan.add(f"s.kind IN ({','.join('?' * len(keys))})", *keys)
    if asked.figure is not None:
        exists = "EXISTS (SELECT 1 FROM figures f WHERE f.document = s.document AND f.statement = s.id)"
        plan.add(exists if asked.figure else f"NOT {exists}")
    if asked.judgement is not None:
        _by_judgement(store, asked.judgement, plan)
    if asked.confidence is not None:
        plan.add("coalesce(s.confidence, ?) >= ?", SHARES, asked.confidence * SHARES)
    if asked.text is not None:
        _by_text(store, asked.text, plan)
    return plan


def _check(asked: StatementFilter) -> None:
    for given, allowed, what in (
        (asked.act, get_args(Act), "act"),
        (asked.kind, get_args(Kind), "kind"),
        (asked.sort, get_args(Sort), "sort"),
        (asked.judgement, JUDGED, "judgement"),
    ):
        if given is not None and given not in allowed:
            raise QueryError(f"there is no {what} {given!r}; choose one of {', '.join(allowed)}")
    if asked.offset < 0 or (asked.limit is not None and asked.limit < 0):
        raise QueryError("limit and offset count statements: give 0 or more")


def _by_speaker(store: Store, asked: StatementFilter, plan: _Plan) -> None:
    if asked.speaker is None:
        return
    keys = speakers_named(store, asked.speaker)
    if not keys:
        plan.nothing = True
        return
    nodes = nodes_of(store, keys, asked.bearer)
    sql, names = condition(store, nodes), {node // PERSONAS for node in nodes}
    if not by_name(store, sorted(names)):
        _counted(store, plan, sql)
        return
    few = store.db.run(f"SELECT sum(statements) FROM names WHERE key IN {listed(names)}")[0][0]
    plan.add(sql, few=few, ordered=len(names) == 1)


def _unless_judged(column: str, keys: list[int]) -> tuple[Any, ...]:
    """Return the SQL of a column that people may have set otherwise than it was found, and its parameters."""
    marks = ",".join("?" * len(keys))
    found = f"{{0}}s.{column} IN ({marks}) AND s.key NOT IN (SELECT statement FROM judged WHERE {column} IS NOT NULL)"
    return f"({found} OR {{0}}s.key IN (SELECT statement FROM judged WHERE {column} IN ({marks})))", *keys, *keys


def _by_judgement(store: Store, judgement: str, plan: _Plan) -> None:
    if judgement == "open":
        plan.add("s.key NOT IN (SELECT statement FROM judged)")
        return
    which = "coalesce(speaker, act, content) IS NOT NULL" if judgement == "changed" else "verdict = ?"
    given = () if judgement == "changed" else (judgement,)
    _counted(store, plan, f"{{}}s.key IN (SELECT statement FROM judged WHERE {which})", *given)


def _by_word(store: Store, asked: StatementFilter, plan: _Plan) -> None:
    if asked.act is not None:
        keys = _words(store, asked.act)
        if keys and store.db.run("SELECT 1 FROM judged WHERE act IS NOT NULL LIMIT 1"):
            _counted(store, plan, *_unless_judged("act", keys))
        else:
            _counted(store, plan, f"{{}}s.act IN ({','.join('?' * len(keys))})", *keys)
    if asked.outlet is not None:
        _by_outlet(store, _words(store, asked.outlet), plan)
    if asked.via is not None:
        keys = _words(store, asked.via)
        hops = f"FROM relays WHERE word IN ({','.join('?' * len(keys))})"
        _counted(store, plan, f"{{}}s.key IN (SELECT statement {hops})", *keys)
        plan.parts[-1].beside = f"EXISTS (SELECT 1 {hops} AND statement = s.key)"


def _by_outlet(store: Store, keys: list[int], plan: _Plan) -> None:
    """Add the outlet: a small one leads by its documents, a great one is met soon enough on any way."""
    marks = ",".join("?" * len(keys))
    few = store.db.run(f"SELECT coalesce(sum(statements), 0) FROM documents WHERE outlet IN ({marks})", keys)[0][0]
    sql = f"{{}}s.document IN (SELECT key FROM documents WHERE outlet IN ({marks}))"
    plan.parts.append(_Part(sql, list(keys), few, beside=f"s.outlet IN ({marks})"))


def _by_document(store: Store, asked: StatementFilter, plan: _Plan) -> None:
    if asked.document is not None:
        sql = "SELECT key FROM documents WHERE id = ? OR name = ?"
        keys = [key for (key,) in store.db.run(sql, (clean(asked.document),) * 2)]
        _counted(store, plan, f"{{}}s.document IN ({','.join('?' * len(keys))})", *keys)
    if asked.published is not None:
        low, high = date_range(asked.published)
        sql = "SELECT key FROM documents WHERE published BETWEEN ? AND ?"
        counted = f"SELECT sum(statements) FROM documents WHERE key IN ({sql})"
        plan.add(f"{{}}s.document IN ({sql})", low, high, few=store.db.run(counted, (low, high))[0][0] or 0)


def _by_text(store: Store, text: str, plan: _Plan) -> None:
    query = fts_query(text)
    sql = "SELECT count(*) FROM (SELECT 1 FROM statements_fts WHERE statements_fts MATCH ? LIMIT ?)"
    few = store.db.search(sql, (query, FEW + 1), bounded=True)[0][0]
    plan.parts.append(_Part("statements_fts MATCH ?", [query], few, text=True))


def _counted(store: Store, plan: _Plan, sql: str, *parameters: Any, ordered: bool = False) -> None:
    few = f"SELECT count(*) FROM (SELECT 1 FROM statements s WHERE {sql.format('')} LIMIT ?)"
    plan.add(sql, *parameters, few=store.db.run(few, (*parameters, FEW + 1))[0][0], ordered=ordered)


def _driver(plan: _Plan) -> _Part | None:
    """Return the part that leaves the fewest statements."""
    return min((part for part in plan.parts if part.few is not None), key=lambda part: part.few or 0, default=None)


def _from(driver: _Part | None) -> str:
    if driver is not None and driver.text:
        return "statements_fts CROSS JOIN statements s ON s.key = statements_fts.rowid"
    return "statements s"


def _where(plan: _Plan, driver: _Part | None) -> tuple[str, list[Any]]:
    sqls, parameters = [], []
    for part in plan.parts:
        if part.text and part is not driver:
            sqls.append(_looked_up(driver))
        else:
            sqls.append(part.asked(part is driver))
        parameters += part.parameters
    return " WHERE " + " AND ".join(sqls) if sqls else "", parameters


def _looked_up(driver: _Part | None) -> str:
    """Return the way to ask whether a statement has the words: each for itself, or all that have them at once."""
    if driver is None or driver.few is None or driver.few > PROBES:
        return "s.key IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?)"
    return "EXISTS (SELECT 1 FROM statements_fts WHERE statements_fts MATCH ? AND statements_fts.rowid = s.key)"


def _select(store: Store, plan: _Plan, asked: StatementFilter) -> tuple[str, list[Any]]:
    driver = (_best(plan) if asked.sort == "best" else None) or _driver(plan)
    few = _many(store) if driver is None else driver.few or 0
    if asked.limit is None or few <= FEW:
        where, parameters = _where(plan, driver)
        joined = f"SELECT s.key FROM {_from(driver)} CROSS JOIN documents d ON d.key = s.document{where}"
        return f"{joined} ORDER BY {_order(asked, driver)}", parameters
    return _walk(plan, asked, driver)


def _best(plan: _Plan) -> _Part | None:
    """Return the part that knows how well the words fit, unless more statements have them than are gathered."""
    return next((part for part in plan.parts if part.text and (part.few or 0) <= FEW), None)


def _many(store: Store) -> int:
    return int(store.db.run("SELECT count(*) FROM (SELECT 1 FROM statements LIMIT ?)", (FEW + 1,))[0][0])


def _order(asked: StatementFilter, driver: _Part | None) -> str:
    last = "d.name, d.id, s.n"
    best = "statements_fts.rank" if driver is not None and driver.text else "s.day"
    return {"date": f"s.day, {last}", "-date": f"s.day DESC, {last}", "document": last, "best": f"{best}, {last}"}[
        asked.sort
    ]


def _walk(plan: _Plan, asked: StatementFilter, driver: _Part | None) -> tuple[str, list[Any]]:
    if driver is not None and driver.text and asked.sort == "best":
        where, parameters = _where(plan, driver)
        return f"SELECT s.key FROM {_from(driver)}{where} ORDER BY statements_fts.rowid", parameters
    ordered = [part for part in plan.parts if part.ordered and asked.sort != "document"]
    by = min(ordered, key=lambda part: part.few or 0, default=None)
    where, parameters = _where_walking(plan, by)
    if asked.sort == "document":
        joined = "documents d CROSS JOIN statements s INDEXED BY statements_document ON s.document = d.key"
        return f"SELECT s.key FROM {joined}{where} ORDER BY d.name, d.id, s.n", parameters
    if asked.said is not None:  # the walk need not begin at the first
        where += " AND s.day BETWEEN ? AND ?"
        parameters += _days(*date_range(asked.said))
    down = " DESC" if asked.sort == "-date" else ""
    index = "" if by is not None else " INDEXED BY statements_day"
    return f"SELECT s.key FROM statements s{index}{where} ORDER BY s.day{down}, s.key{down}", parameters


def _days(low: str, high: str) -> list[int]:
    """Return the least and the greatest `day` of a range of dates."""
    return [int(low.replace("-", "").ljust(8, "0") or 0), int(high.removesuffix("~").replace("-", "").ljust(8, "9"))]


def _where_walking(plan: _Plan, by: _Part | None) -> tuple[str, list[Any]]:
    sqls, parameters = [], []
    for part in plan.parts:
        if part.text:  # many have the words, so the page is full before many were asked
            sqls.append(
                "EXISTS (SELECT 1 FROM statements_fts WHERE statements_fts MATCH ? AND statements_fts.rowid = s.key)"
            )
        else:
            sqls.append(part.asked(part is by))
        parameters += part.parameters
    return " WHERE " + " AND ".join(sqls) if sqls else "", parameters


def date_range(asked: str) -> tuple[str, str]:
    """Return the least and the greatest date asked for, as strings that bound partial dates too.

    >>> date_range("2024-03")
    ('2024-03', '2024-03~')
    >>> date_range("2024-01..2024-03-15"), date_range("2024-06..")
    (('2024-01', '2024-03-15~'), ('2024-06', '~'))
    """
    low, dots, high = asked.strip().partition("..")
    high = high if dots else low
    if not (low or high) or not all(DATE.fullmatch(date) for date in (low, high) if date):
        raise QueryError(f"{asked!r} is no date; write 2024, 2024-03, 2024-03-27, or a range such as 2024-01..2024-03")
    return low, high + "~"


def speakers_named(store: Store, name: str) -> list[int]:
    """Return the keys of the speakers meant by `name`: of that name in any case, else those that have all its words."""
    folded = clean(name).casefold().strip()
    found = store.db.run("SELECT key FROM names WHERE name = ?", (clean(name),))
    found = found or store.db.run(f"SELECT key FROM names WHERE {FOLDED} = ? ORDER BY name", (folded,))
    if not found:
        words = sorted(set(_FOLDED_WORD.findall(folded)), key=lambda word: (-len(word), word))
        if not words:
            return []
        having = " AND ".join([f"instr({FOLDED}, ?)"] * len(words[:4]))
        rows = store.db.run(f"SELECT key, {FOLDED} FROM names WHERE {having} ORDER BY name", words[:4])
        found = [row[:1] for row in rows if set(words) <= set(_FOLDED_WORD.findall(row[1]))]
    return [key for (key,) in found]


def _words(store: Store, word: str) -> list[int]:
    key = store.words.find(word)
    if key is not None:
        return [key]
    return [
        key
        for (key,) in store.db.run("SELECT key FROM words WHERE word = ? COLLATE NOCASE ORDER BY word", (clean(word),))
    ]

"""Where everybody stands: takes names and issues from an address, gives speakers and bodies by issues, and each position's steps.

A position has the address of its issue and holder; nothing is decided here (see `onrecord.ask.positions`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.ask import positions
from onrecord.ask.positions import Issue, Position, PositionFilter, PositionRow
from onrecord.serve import addresses, data, moves
from onrecord.serve.lists import bearing, form_of
from onrecord.serve.moves import Lane
from onrecord.serve.respond import as_csv, as_json, page
from onrecord.serve.room import Room
from onrecord.store.store import Store
from onrecord.store.whose import bearer_of

Holder = tuple[str, int | None]
"""Who holds a position: the name and the speaker's number, since several may have that name; None for a body."""
COLUMNS = (
    *("issue", "issue_name", "holder", "is_party", "party", "n", "last", "day", "way", "does", "if", "change", "why"),
    *("statements", "text", "address"),
)
ISSUE_COLUMNS = ("id", "name", "named_by", "words", "statements", "speakers", "address")
MOST_HOLDERS = 6
"""How many speakers and bodies stand side by side in a table; the others are counted in its last column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One position as the table of all has it: its last step, how many there are, and the last change that is no holding."""

    last: PositionRow
    steps: int
    moved: str


def overview(room: Room, request: Request) -> Response:
    """Return speakers and bodies by issues, each cell where they stand last; as data, every step."""
    store, query = room.record.store, request.query_params
    words = {name: query.get(name, "").strip() or None for name in ("speaker", "party", "issue")}
    asked = PositionFilter(words["speaker"], words["party"], words["issue"], parties=True)
    limit, offset = addresses.number(query, "limit", 30, 1000), addresses.number(query, "offset", 0)
    rows = positions.positions(store, asked)
    if form_of(request) != "html":
        every = len(rows) if form_of(request) == "csv" else 1000  # JSON says how many there are, CSV cannot
        return _as_data(request, store, rows, limit if query.get("limit") else every, offset, "positions")
    holders = _holders(rows)
    cells = _cells(rows)
    kept = dict.fromkeys(row.issue for row in rows)
    issues = [issue for issue in positions.issues(store) if issue.id in kept]
    shown = [(issue, *_line(issue, holders, cells)) for issue in issues[offset : offset + limit]]
    known = {"asked": asked, "holders": holders, "shown": shown, "pages": data.paging(len(issues), limit, offset)}
    known |= {"written": addresses.query(words), "bearers": bearers(store, holders)}
    return page(room, request, "positions.html", {"title": "Positions", **known})


def _as_data(
    request: Request, store: Store, rows: Sequence[PositionRow], limit: int, offset: int, name: str
) -> Response:
    found = _steps(store, rows[offset : offset + limit])
    if form_of(request) == "csv":
        return as_csv(COLUMNS, found, f"{name}.csv")
    return as_json(data.listed(found, len(rows), limit, offset))


def bearers(store: Store, holders: Iterable[Holder]) -> dict[Holder, int | None]:
    """Return which of those who have a name each holder is; None where there is but one, and for a body."""
    if not store.db.run("SELECT 1 FROM personas LIMIT 1"):
        return dict.fromkeys(holders)
    return {
        (name, node): None if node is None else bearer_of(store, node, name) for name, node in dict.fromkeys(holders)
    }


def _holders(rows: Sequence[PositionRow]) -> list[Holder]:
    """Return those who stand side by side: with positions on most issues, then with most steps."""
    about: dict[Holder, Counter[str]] = defaultdict(Counter)
    for row in rows:
        about[row.holder, row.node][row.issue] += 1
    order = sorted(about, key=lambda who: (-len(about[who]), -about[who].total(), who[0], who[1] is None))
    return order[:MOST_HOLDERS]


def _cells(rows: Sequence[PositionRow]) -> dict[tuple[str, str, int | None], Cell]:
    found: dict[tuple[str, str, int | None], Cell] = {}
    for row in rows:
        key = (row.issue, row.holder, row.node)
        moved = row.change if row.change not in {"new", "held"} else ""
        before = found.get(key)
        found[key] = Cell(row, row.n, moved or (before.moved if before else ""))
    return found


def _line(
    issue: Issue, holders: Sequence[Holder], cells: dict[tuple[str, str, int | None], Cell]
) -> tuple[list[Cell | None], int]:
    """Return the cells of an issue, and how many others have a position on it."""
    mine = [cells.get((issue.id, *who)) for who in holders]
    every = sum(1 for id, _, node in cells if id == issue.id and node is not None)
    return mine, every - sum(1 for cell in mine if cell and not cell.last.is_party)


def issue(room: Room, request: Request) -> Response:
    """Return one issue: who stands where, over time as a picture, and every step with the statements behind it."""
    store = room.record.store
    found = positions.issue_named(store, request.path_params["issue"])
    rows = positions.positions(store, PositionFilter(issue=found.id, parties=True))
    if form_of(request) == "json":
        return as_json({**issue_data(found), "steps": _steps(store, rows)})
    if form_of(request) == "csv":
        return _as_data(request, store, rows, len(rows), 0, "issue")
    limit, offset = (
        addresses.number(request.query_params, "limit", 200, 1000),
        addresses.number(request.query_params, "offset", 0),
    )
    which = bearers(store, map(_holder, rows))
    lanes = grouped(rows, which)
    picture = moves.picture(lanes, f"Who stood where on {found.name}, over time")
    steps_shown = positions.with_statements(store, rows[offset : offset + limit])
    known = {"issue": found, "steps": steps_shown, "picture": picture, "lanes": len(lanes), "drawn": moves.MOST}
    known |= {"pages": data.paging(len(rows), limit, offset), "anchors": anchors(which), "bearers": which}
    return page(room, request, "issue.html", {"title": found.name, **known})


def _holder(row: PositionRow) -> Holder:
    return row.holder, row.node


def anchors(bearers: Mapping[Holder, int | None]) -> dict[Holder, str]:
    """Return what each holder's first step is called in the page: where links to a position lead."""
    named: dict[str, Holder] = {}
    for (name, node), bearer in bearers.items():
        named.setdefault(addresses.anchor(name, node is None, bearer), (name, node))
    return {whose: name for name, whose in named.items()}


def grouped(rows: Sequence[PositionRow], bearers: Mapping[Holder, int | None] | None = None) -> list[Lane]:
    """Return the steps in lanes: one a holder, or, where it is not said which of a name each holder is, one an issue."""
    found: dict[object, list[PositionRow]] = defaultdict(list)
    for row in rows:
        found[row.issue if bearers is None else _holder(row)].append(row)
    lanes = found.values()
    return [Lane(some[0].issue_name if bearers is None else _label(some[0], bearers), tuple(some)) for some in lanes]


def _label(row: PositionRow, bearers: Mapping[Holder, int | None]) -> str:
    return f"{row.holder} (all)" if row.is_party else bearing(row.holder, bearers[_holder(row)])


def of_speaker(store: Store, name: str, nodes: Collection[int]) -> dict[str, Any]:
    """Return what a speaker's page shows of their positions: the picture, and every step with its statements."""
    rows = positions.positions(store, PositionFilter(nodes=frozenset(nodes)))
    rows.sort(key=lambda row: (-sum(other.issue == row.issue for other in rows), row.issue, row.n))
    picture = moves.picture(grouped(rows), f"Where {name} stands, issue by issue, over time")
    return {"stands": positions.with_statements(store, rows), "moves": picture, "drawn": moves.MOST}


def issues(room: Room, request: Request) -> Response:
    """Return the issues as data; people see them as lines of the table of positions."""
    limit = addresses.number(request.query_params, "limit", 50, 1000)
    offset = addresses.number(request.query_params, "offset", 0)
    found = [issue_data(one) for one in positions.issues(room.record.store)]
    if form_of(request) == "csv":
        return as_csv(ISSUE_COLUMNS, found, "issues.csv")
    return as_json(data.listed(found[offset : offset + limit], len(found), limit, offset))


def issue_data(one: Issue) -> dict[str, Any]:
    """Return one issue."""
    facts = {"id": one.id, "name": one.name, "named_by": one.named_by, "words": list(one.words)}
    return {**facts, "statements": one.statements, "speakers": one.speakers, "address": addresses.issue(one.id)}


def _steps(store: Store, rows: Sequence[PositionRow]) -> list[dict[str, Any]]:
    """Return steps with their statements as data."""
    known = bearers(store, map(_holder, rows))
    return [step(row, known[_holder(row)]) for row in positions.with_statements(store, rows)]


def step(row: Position, bearer: int | None = None) -> dict[str, Any]:
    """Return one step; `bearer` tells apart those who have the holder's name."""
    own = {
        "does": list(row.does),
        "if": row.if_,
        "statements": [said.id for said in row.statements],
        "text": row.statements[0].text if row.statements else "",
        "address": addresses.position(row.issue, row.holder, row.is_party, bearer),
    }
    return {name: own[name] if name in own else getattr(row, name) for name in COLUMNS}

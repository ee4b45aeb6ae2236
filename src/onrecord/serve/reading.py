"""A report, and one lit statement of it: takes an id from an address, gives the text with everything found in it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.ask import statements as ask
from onrecord.ask.sayings import reported
from onrecord.document import Document, Statement
from onrecord.errors import NotFound
from onrecord.export.citations import bibtex, citation, csl
from onrecord.form import as_builtins
from onrecord.judgements import Judgement, log, undone
from onrecord.serve import addresses, data
from onrecord.serve.lists import form_of
from onrecord.serve.lit import lit
from onrecord.serve.respond import as_csv, as_json, attached, page
from onrecord.serve.room import Room
from onrecord.store.judgements import Judged, as_seen
from onrecord.store.placing import ROLES
from onrecord.store.rows import pieces, spans_column
from onrecord.store.store import Store


def document_of(store: Store, id: str) -> tuple[str, int]:
    """Return the id and the key of a document, given by id or by a name that only one has.

    Raises:
        NotFound: there is none.
    """
    found = store.db.run("SELECT id, key FROM documents WHERE id = ? OR name = ?", (id, id))
    if len(found) != 1:
        many = (
            f"{len(found)} reports are called {id}: give an id" if found else f"there is no report {id} in the record"
        )
        raise NotFound(many)
    return str(found[0][0]), int(found[0][1])


def report(room: Room, request: Request) -> Response:
    """Return a report: its text with statements lit, and beside it who says what."""
    store = room.record.store
    id, key = document_of(store, request.path_params["document"])
    doc, people = as_seen(store, key)
    form = form_of(request)
    if form == "json":
        return as_json(report_data(id, doc, people))
    if form == "csv":
        rows = list(ask.statements(store, ask.StatementFilter(document=id, sort="document")))
        return as_csv(data.STATEMENT_COLUMNS, [data.statement(row) for row in rows], f"{id}.csv")
    known = _about(room, id, key, doc) | {"people": people, "lit": None}
    known["adding"] = request.query_params.get("add") == "yes" and not room.read_only
    wanted = request.query_params.get("statement")
    if wanted:
        known["lit"] = _lit(room, id, doc, people, wanted)
    return page(room, request, "report.html", known)


def report_data(id: str, doc: Document, people: dict[str, Judged]) -> dict[str, Any]:
    """Return a report as data: the published form of a document, with addresses and verdicts."""
    form = as_builtins(doc)
    for stmt in form["statements"]:
        stmt["verdict"] = people[stmt["id"]].verdict if stmt["id"] in people else None
        stmt["address"] = addresses.statement(f"{id}#{stmt['id']}")
    return form | {"id": id, "address": addresses.report(id)}


def _about(room: Room, id: str, key: int, doc: Document) -> dict[str, Any]:
    store = room.record.store
    entry = (doc.published or "", doc.name, id)
    order = "coalesce(published, ''), name, id"
    before = store.db.run(
        f"SELECT id, title FROM documents WHERE ({order}) < (?, ?, ?)"
        f" ORDER BY coalesce(published, '') DESC, name DESC, id DESC LIMIT 1",
        entry,
    )
    after = store.db.run(f"SELECT id, title FROM documents WHERE ({order}) > (?, ?, ?) ORDER BY {order} LIMIT 1", entry)
    figures: dict[str, list[Any]] = {}
    for fig in doc.figures or ():
        figures.setdefault(fig.statement or "", []).append(fig)
    return {
        "title": doc.title or doc.name,
        "id": id,
        "doc": doc,
        "paragraphs": lit(doc),
        "figures": figures,
        "told": reported(store, id),
        "pieces": pieces,
        "before": before[0] if before else None,
        "after": after[0] if after else None,
    }


def _lit(room: Room, id: str, doc: Document, people: dict[str, Judged], own: str) -> dict[str, Any]:
    stmt = next((stmt for stmt in doc.statements or () if stmt.id == own), None)
    if stmt is None:
        raise NotFound(f"there is no statement {id}#{own}")
    store = room.record.store
    found = next(each for each in store.load(store.key(id) or 0).statements or () if each.id == own)
    lines = log(store, document=id)
    gone = undone(lines)
    return {
        "id": f"{id}#{own}",
        "stmt": stmt,
        "found": found,
        "judged": people.get(own),
        "places": [(role, spans_column(getattr(stmt, role)).replace(" ", ", "), getattr(stmt, role)) for role in ROLES],
        "citation": citation(doc, stmt),
        "log": [line for line in lines if _concerns(line, id, found) and line.kind != "undo"],
        "undone": gone,
    }


def _concerns(line: Judgement, id: str, found: Statement) -> bool:
    mine = (id, found.content)
    return mine in {(line.document, line.content), (line.other_document, line.other_content)}


def escaped(room: Room, request: Request) -> Response:
    """Return where a statement is whose id stands whole in the address, its hash escaped."""
    return RedirectResponse(addresses.lit(ask.statement(room.record.store, request.path_params["id"]).id), 303)


def statement(room: Room, request: Request) -> Response:
    """Return one statement: as data, as a citation, or its report opened at the passage."""
    store = room.record.store
    row = ask.statement(store, f"{request.path_params['document']}#{request.path_params['own']}")
    form = form_of(request)
    if form == "json":
        return as_json(data.statement(row))
    if form == "csv":
        return as_csv(data.STATEMENT_COLUMNS, [data.statement(row)], "statement.csv")
    if form == "html":
        return RedirectResponse(addresses.lit(row.id), 303)
    doc = store.document(row.document_id)
    if form == "bib":
        return attached(
            bibtex(doc, row.statement, row.document).encode("utf-8", "backslashreplace"),
            "application/x-bibtex",
            "statement.bib",
        )
    if form == "csl":
        return as_json([csl(doc, row.statement, row.document)], name="statement.csl.json")
    return Response(
        citation(doc, row.statement).encode("utf-8", "backslashreplace"), media_type="text/plain; charset=utf-8"
    )

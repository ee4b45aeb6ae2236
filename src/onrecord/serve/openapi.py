"""The description of the REST API in OpenAPI 3.1: takes nothing, gives the document, and serves nothing.

Written by hand from the questions the rooms below take; `tests/serve` asks every route what stands here, and schemathesis sends
what does not.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, get_args

from onrecord.ask.same_figures import Status
from onrecord.ask.wording import HOWS
from onrecord.document import Act, Kind
from onrecord.link.copies import KINDS as COPY_KINDS
from onrecord.link.stands import Way
from onrecord.link.wording import VOICES
from onrecord.store.find import JUDGED

Schema = dict[str, Any]
DAY = r"^\s*\d{4}(-\d\d(-\d\d)?)?\s*$|^\s*(\d{4}(-\d\d(-\d\d)?)?)?\.\.(\d{4}(-\d\d(-\d\d)?)?)?\s*$"
TEXT: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
WHOLE: Schema = {"type": "integer", "minimum": 0}
KINDS = [
    *("accept", "reject", "spans", "add", "speaker", "act", "rename", "merge", "split", "same", "different"),
    "issue",
]


def description() -> Schema:
    """Return the OpenAPI document.

    >>> description()["openapi"], "/api/statements" in description()["paths"]
    ('3.1.0', True)
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "OnRecord",
            "version": version("onrecord"),
            "summary": "Who said what, on whose word: the statements of a record, each with its place in its source.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }


def _paths() -> Schema:
    page = [
        _query("limit", {"type": "integer", "minimum": 0, "maximum": 1000}),
        _query("offset", {**WHOLE, "maximum": 10**9}),
    ]
    words = [_query(name, TEXT) for name in ("speaker", "outlet", "document", "via")]
    words.append(_query("bearer", {**WHOLE, "maximum": 1023}, "which of those who have that name"))
    dates = [
        _query(name, TEXT, "a day, a month, a year, or a range of them: 2024-03..2024-05")
        for name in ("said", "published")
    ]
    closed = [
        _query("act", _one(get_args(Act))),
        _query("kind", _one(get_args(Kind))),
        _query("judgement", _one(JUDGED)),
    ]
    switches = [_query(name, _one(("yes", "no"))) for name in ("condition", "named", "figure")]
    number = [_query("confidence", {"type": "number", "minimum": 0, "maximum": 1})]
    order = [_query("q", TEXT, "words to look for"), _query("sort", _one(("date", "-date", "document", "best")))]
    asked = [*words, *dates, *closed, *switches, *number, *order, *page]
    look = _query("q", {"type": "string", "minLength": 1}, "words to look for", required=True)
    several = _query("report", {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 4}, required=True)
    two = _query("report", {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}, required=True)
    return {
        "/api/statements": {"get": _get("List statements", "StatementList", asked)},
        "/api/statements/{id}": {"get": _get("One statement, by DOCUMENT#s1", "Statement", [_path("id")], 404)},
        "/api/search": {"get": _get("Statements and speakers that have the words", "Found", [look, page[0]])},
        "/api/reports": {"get": _get("List reports", "ReportList", page)},
        "/api/reports/{document}": {"get": _get("One report with all its layers", "Report", [_path("document")], 404)},
        "/api/speakers": {"get": _get("List speakers", "SpeakerList", [_query("name", TEXT), *page])},
        "/api/speakers/{name}": {"get": _get("One speaker, with statements", "Speaker", [_path("name"), *page], 404)},
        "/api/figures": {
            "get": _get(
                "List figures",
                "FigureList",
                [_query(n, TEXT) for n in ("unit", "measures", "speaker", "document")] + page,
            )
        },
        "/api/utterances": {"get": _get("List utterances", "UtteranceList", _utterances(page))},
        "/api/utterances/{id}": {
            "get": _get(
                "One utterance with its versions, by a statement that reports it", "Utterance", [_path("id")], 404
            )
        },
        "/api/positions": {"get": _get("List the steps of positions", "StepList", _positions(page), 404)},
        "/api/issues": {"get": _get("List what several statements take a stand on", "IssueList", page)},
        "/api/issues/{issue}": {
            "get": _get("One issue, by its id or name, with every step", "IssueSteps", [_path("issue")], 404)
        },
        "/api/figures/same": {
            "get": _get(
                "What is measured more than once", "ThingList", [_query("status", _one(get_args(Status))), *page]
            )
        },
        "/api/figures/{id}": {"get": _get("What a figure measures, by DOCUMENT#f1", "Thing", [_path("id")], 404)},
        "/api/compare": {"get": _get("Two to four reports side by side", "Compared", [several], 404)},
        "/api/copies": {
            "get": _get(
                "Reports that share text", "CopyList", [_query("kind", _one(COPY_KINDS)), _query("outlet", TEXT), *page]
            )
        },
        "/api/copies/passages": {"get": _get("Two reports passage by passage", "CopyPair", [two], 404)},
        "/api/wording": {
            "get": _get(
                "What outlets call the same",
                "WordingList",
                [_query("referent", TEXT), _query("outlet", TEXT), _query("how", _one(HOWS)), *page],
            )
        },
        "/api/wording/apart": {
            "get": _get(
                "Words that set outlets apart", "ApartList", [_query("voice", _one(VOICES)), _query("outlet", TEXT)]
            )
        },
        "/api/wording/places": {
            "get": _get(
                "The places behind a count",
                "PlaceList",
                [
                    *(_query(name, TEXT) for name in ("referent", "how", "story", "word", "outlet")),
                    _query("voice", _one(VOICES)),
                    _query("apart", _one(("yes",))),
                    *page,
                ],
            )
        },
        "/api/judgements": {
            "get": _get("The log of judgements", "JudgementList", []),
            "post": _post("Keep one judgement", [], {"$ref": "#/components/schemas/NewJudgement"}),
        },
        "/api/judgements/{n}/undo": {
            "post": _post(
                "Take one judgement back",
                [_path("n", {**WHOLE, "maximum": 10**9})],
                {"$ref": "#/components/schemas/Author"},
            )
        },
    }


def _utterances(page: list[Schema]) -> list[Schema]:
    """Return what narrows a list of utterances: parts of a filter that one version at least must fit."""
    words = [_query(name, TEXT) for name in ("speaker", "outlet", "via", "q")]
    dates = [_query(name, TEXT, "a day, a month, a year, or a range of them") for name in ("said", "published")]
    closed = [_query("act", _one(get_args(Act))), _query("kind", _one(get_args(Kind)))]
    counts = [_query(name, {**WHOLE, "maximum": 10**9}) for name in ("reports", "outlets")]
    return [*words, *dates, *closed, *counts, *page]


def _positions(page: list[Schema]) -> list[Schema]:
    """Return what narrows a list of positions."""
    return [*(_query(name, TEXT) for name in ("speaker", "party", "issue")), *page]


def _get(summary: str, schema: str, parameters: list[Schema], *more: int) -> Schema:
    return {"summary": summary, "parameters": parameters, "responses": _answers({"200": schema}, 400, *more)}


def _post(summary: str, parameters: list[Schema], body: Schema) -> Schema:
    content = {"application/json": {"schema": body}}
    answers = _answers({"201": "Judgement"}, 400, 403, 404, 413)
    return {
        "summary": summary,
        "parameters": parameters,
        "requestBody": {"required": True, "content": content},
        "responses": answers,
    }


def _answers(good: dict[str, str], *wrong: int) -> Schema:
    answers: Schema = {
        code: {"description": "fine", "content": _content({"$ref": f"#/components/schemas/{schema}"})}
        for code, schema in good.items()
    }
    for code in wrong:
        plain = (
            {"text/plain": {"schema": TEXT}} if code in {403, 413} else _content({"$ref": "#/components/schemas/Wrong"})
        )
        answers[str(code)] = {"description": "what was wrong, in words", "content": plain}
    return answers


def _content(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _query(name: str, schema: Schema, said: str = "", *, required: bool = False) -> Schema:
    parameter = {"name": name, "in": "query", "required": required, "schema": schema}
    return parameter | ({"description": said} if said else {})


def _path(name: str, schema: Schema | None = None) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": schema or {"type": "string", "minLength": 1}}


def _one(of: tuple[str, ...]) -> Schema:
    return {"type": "string", "enum": list(of)}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def _list(of: str) -> Schema:
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}}
    return _object(count=WHOLE, limit=WHOLE, offset=WHOLE, rows=rows)


def _schemas() -> Schema:
    rows: Schema = {"type": "array", "items": {"$ref": "#/components/schemas/Statement"}}
    spans = {"type": "array", "items": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}}
    places = _object(content=spans, source=spans, cue=spans)
    statement = _object(
        **dict.fromkeys(("id", "document", "act", "kind", "text", "source", "cue", "address"), TEXT),
        **dict.fromkeys(("speaker", "outlet", "published", "said_on", "verdict", "title", "url"), MAYBE),
        places=places,
        by={"type": "object"},
        found={"type": "object"},
    )
    judgement = _object(
        n=WHOLE, at=TEXT, author=TEXT, kind=TEXT, document=MAYBE, statement=MAYBE, before=MAYBE, after=MAYBE
    )
    rows_of = ("Statement", "ReportRow", "SpeakerRow", "Figure", "UtteranceRow", "Copy", "Wording", "Apart", "Place")
    lists = {f"{of}List": _list(of) for of in rows_of}
    lists["ReportList"], lists["SpeakerList"] = lists.pop("ReportRowList"), lists.pop("SpeakerRowList")
    lists["UtteranceList"] = lists.pop("UtteranceRowList")
    issue = _object(
        id=TEXT, name=TEXT, named_by=MAYBE, words={"type": "array"}, statements=WHOLE, speakers=WHOLE, address=TEXT
    )
    step = _object(
        **dict.fromkeys(("issue", "issue_name", "holder", "change", "why", "address"), TEXT),
        **dict.fromkeys(("party", "day", "if"), MAYBE),
        way=_one(get_args(Way)),
        statements={"type": "array", "items": TEXT},
        n=WHOLE,
    )
    return {
        **lists,
        "Statement": statement,
        "ReportRow": _object(
            id=TEXT, document=TEXT, title=MAYBE, outlet=MAYBE, published=MAYBE, statements=WHOLE, address=TEXT
        ),
        "Report": _object(id=TEXT, text=TEXT, statements={"type": "array"}, figures={"type": "array"}, digest=TEXT),
        "SpeakerRow": _object(name=TEXT, type=TEXT, named={"type": "boolean"}, statements=WHOLE, address=TEXT),
        "Speaker": _object(name=TEXT, roles={"type": "object"}, spellings={"type": "object"}, count=WHOLE, rows=rows),
        "Figure": _object(id=TEXT, document=TEXT, text=TEXT, unit=MAYBE, qualifier=TEXT, speaker=MAYBE, address=TEXT),
        "ThingList": _list("ThingRow"),
        "ThingRow": _object(
            id=TEXT,
            status=_one(get_args(Status)),
            measures=TEXT,
            unit=MAYBE,
            values={"type": "array", "items": TEXT},
            asserters={"type": "array", "items": TEXT},
            reports=WHOLE,
            outlets=WHOLE,
            address=TEXT,
        ),
        "Thing": _object(
            id=TEXT, status=_one(get_args(Status)), measures=TEXT, rows={"type": "array"}, differing={"type": "array"}
        ),
        "Found": _object(q=TEXT, speakers={"type": "array"}, rows=rows),
        "Copy": _object(
            first=TEXT, second=TEXT, kind=_one(COPY_KINDS), share=SHARE, own=SHARE, credit=MAYBE, by=TEXT, address=TEXT
        ),
        "Wording": _object(
            **dict.fromkeys(("referent", "word", "by", "address"), TEXT),
            **dict.fromkeys(("own", "attributed", "quoted", "reports"), WHOLE),
            outlet=MAYBE,
            how=_one(HOWS),
            places={"type": "array", "items": TEXT},
        ),
        "Apart": _object(outlet=TEXT, word=TEXT, voice=_one(VOICES), score={"type": "number"}, n=WHOLE, others=WHOLE),
        "Place": _object(document=TEXT, start=WHOLE, end=WHOLE, voice=_one(VOICES), text=TEXT, address=TEXT),
        "CopyPair": _object(
            first={"type": "object"}, second={"type": "object"}, passages={"type": "array"}, figures={"type": "array"}
        ),
        "Issue": issue,
        "IssueList": _list("Issue"),
        "IssueSteps": {**issue, "properties": {**issue["properties"], "steps": {"type": "array", "items": step}}},
        "Step": step,
        "StepList": _list("Step"),
        "Compared": _object(
            reports={"type": "array", "items": TEXT},
            rows={"type": "array"},
            shared={"type": "array"},
            wording={"type": "array"},
        ),
        "UtteranceRow": _object(
            number=WHOLE, versions=WHOLE, reports=WHOLE, outlets=WHOLE, speaker=MAYBE, address=TEXT
        ),
        "Utterance": _object(id=TEXT, versions=WHOLE, facts={"type": "array"}, rows={"type": "array"}, address=TEXT),
        "Judgement": judgement,
        "JudgementList": _object(
            count=WHOLE, rows={"type": "array", "items": {"$ref": "#/components/schemas/Judgement"}}
        ),
        "NewJudgement": {
            **_object(kind=_one(tuple(KINDS)), author=TEXT),
            "description": "what each kind needs says docs/reading-room.md",
        },
        "Author": _object(author=TEXT),
        "Wrong": _object(error=TEXT, status=WHOLE),
    }

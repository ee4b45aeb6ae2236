"""The published JSON form of a document: takes a `Document`, gives what `extract --format jsonl` prints and its schema, and back.

Field names are those of the annotation guidelines; spans are `[start, end]` code point offsets into `text`. The form adds
fields to the gold's and takes none away. Storing and querying are not done here.
"""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.document import (
    Act,
    Condition,
    Credit,
    Document,
    Figure,
    Kind,
    Note,
    Origin,
    Qualifier,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    TimeMention,
)


class ConditionForm(msgspec.Struct, rename={"if_": "if"}):
    """`if` and `then` clauses as spans; `negated` for unless, until, without."""

    if_: Span
    then: Span
    marker: Span | None = None
    negated: bool = False


class StatementForm(msgspec.Struct):
    """A statement; lists of spans are in text order, an empty `source` means the text gives none."""

    id: str
    content: list[Span]
    source: list[Span]
    cue: list[Span]
    kind: Kind
    parent: str | None = None
    speaker: str | None = None
    speaker_type: SpeakerType | None = None
    named: bool = False
    role: str | None = None
    speaker_id: str | None = None
    addressee: str | None = None
    channel: str | None = None
    via: list[str] = []
    said_on: str | None = None
    act: Act = "assert"
    act_confidence: float | None = None
    condition: ConditionForm | None = None
    confidence: float | None = None
    by: dict[str, str] = {}


class FigureForm(msgspec.Struct):
    """A figure; `value` is a number, or `[low, high]` for a range."""

    id: str
    span: Span
    text: str
    value: int | float | list[int | float]
    unit: str | None
    qualifier: Qualifier
    measures: str | None
    statement: str | None
    by: str = ""


class CreditForm(msgspec.Struct):
    """A byline, dateline or agency credit."""

    text: str
    span: Span
    agency: str | None = None
    place: str | None = None


class NoteForm(msgspec.Struct):
    """What looked wrong, and where."""

    kind: str
    message: str
    span: Span | None = None
    by: str = ""


class SpeakerForm(msgspec.Struct):
    """Somebody the document gives words to."""

    id: str
    name: str
    type: SpeakerType
    named: bool
    role: str | None = None
    affiliation: str | None = None
    institution: str | None = None
    unnamed_because: str | None = None
    spellings: list[str] = []


class TimeForm(msgspec.Struct):
    """A date or time expression; `value` is EDTF, null where unresolved."""

    span: Span
    value: str | None = None


class DocumentForm(msgspec.Struct):
    """One document a line: the form of `onrecord extract --format jsonl`."""

    id: str
    path: str
    digest: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    modified: str | None
    authors: list[str]
    language: str | None
    text: str
    statements: list[StatementForm]
    figures: list[FigureForm]
    speakers: list[SpeakerForm]
    times: list[TimeForm]
    boilerplate: list[str]
    credit: list[CreditForm]
    notes: list[NoteForm]


def document_form(doc: Document) -> DocumentForm:
    """Return the published form of `doc`; layers not yet added are empty lists.

    >>> doc = Document("a", "Rain fell.", Origin("a.txt", "00"))
    >>> form = document_form(doc)
    >>> form.id, form.statements
    ('a', [])
    """
    return DocumentForm(
        id=doc.name,
        path=doc.origin.path,
        digest=doc.origin.digest,
        title=doc.title,
        outlet=doc.outlet,
        url=doc.url,
        published=doc.published,
        modified=doc.modified,
        authors=list(doc.authors),
        language=doc.language,
        text=doc.text,
        statements=[statement_form(stmt) for stmt in doc.statements or ()],
        figures=[figure_form(fig, doc.text) for fig in doc.figures or ()],
        speakers=[speaker_form(speaker) for speaker in doc.speakers or ()],
        times=[TimeForm(time.span, time.value) for time in doc.times or ()],
        boilerplate=[span.of(doc.text) for span in doc.boilerplate],
        credit=[CreditForm(c.span.of(doc.text), c.span, c.agency, c.place) for c in doc.credit],
        notes=[NoteForm(n.kind, n.message, n.span, n.by) for n in doc.notes],
    )


def as_builtins(doc: Document) -> dict[str, Any]:
    """Return the published form of `doc` as dictionaries and lists.

    >>> as_builtins(Document("a", "Rain fell.", Origin("a.txt", "00")))["text"]
    'Rain fell.'
    """
    form: dict[str, Any] = msgspec.to_builtins(document_form(doc))
    return form


def statement_form(stmt: Statement) -> StatementForm:
    """Return the published form of one statement."""
    c = stmt.condition
    return StatementForm(
        id=stmt.id,
        content=list(stmt.content),
        source=list(stmt.source),
        cue=list(stmt.cue),
        kind=stmt.kind,
        parent=stmt.parent,
        speaker=stmt.speaker,
        speaker_type=stmt.speaker_type,
        named=stmt.named,
        role=stmt.role,
        speaker_id=stmt.speaker_id,
        addressee=stmt.addressee,
        channel=stmt.channel,
        via=list(stmt.via),
        said_on=stmt.said_on,
        act=stmt.act,
        act_confidence=stmt.act_confidence,
        condition=ConditionForm(c.if_, c.then, c.marker, c.negated) if c else None,
        confidence=stmt.confidence,
        by=dict(stmt.by),
    )


def figure_form(fig: Figure, text: str) -> FigureForm:
    """Return the published form of one figure, with its words."""
    value = list(fig.value) if isinstance(fig.value, tuple) else fig.value
    return FigureForm(
        fig.id,
        fig.span,
        fig.span.of(text),
        value,
        fig.unit,
        fig.qualifier,
        fig.measures,
        fig.statement,
        fig.by,
    )


def speaker_form(speaker: Speaker) -> SpeakerForm:
    """Return the published form of one speaker."""
    return SpeakerForm(
        speaker.id,
        speaker.name,
        speaker.type,
        speaker.named,
        speaker.role,
        speaker.affiliation,
        speaker.institution,
        speaker.unnamed_because,
        list(speaker.spellings),
    )


def statement_from_form(form: StatementForm) -> Statement:
    """Return the statement a form describes: the inverse of `statement_form`."""
    c = form.condition
    return Statement(
        id=form.id,
        content=tuple(form.content),
        source=tuple(form.source),
        cue=tuple(form.cue),
        kind=form.kind,
        parent=form.parent,
        speaker=form.speaker,
        speaker_type=form.speaker_type,
        named=form.named,
        role=form.role,
        speaker_id=form.speaker_id,
        addressee=form.addressee,
        channel=form.channel,
        via=tuple(form.via),
        said_on=form.said_on,
        act=form.act,
        act_confidence=form.act_confidence,
        condition=Condition(c.if_, c.then, c.marker, c.negated) if c else None,
        confidence=form.confidence,
        by=dict(form.by),
    )


def figure_from_form(form: FigureForm) -> Figure:
    """Return the figure a form describes: the inverse of `figure_form`."""
    value = (form.value[0], form.value[1]) if isinstance(form.value, list) else form.value
    return Figure(
        form.id,
        form.span,
        value,
        form.unit,
        form.qualifier,
        form.measures,
        form.statement,
        form.by,
    )


def document_from_form(form: DocumentForm) -> Document:
    """Return the document a form describes; boilerplate is found again by its words, in text order."""
    return Document(
        name=form.id,
        text=form.text,
        origin=Origin(form.path, form.digest),
        title=form.title,
        outlet=form.outlet,
        url=form.url,
        published=form.published,
        modified=form.modified,
        authors=tuple(form.authors),
        language=form.language,
        boilerplate=_places(form.text, form.boilerplate),
        credit=tuple(Credit(c.span, c.agency, c.place) for c in form.credit),
        notes=tuple(Note(n.kind, n.message, n.span, n.by) for n in form.notes),
        statements=tuple(statement_from_form(stmt) for stmt in form.statements),
        speakers=tuple(
            Speaker(
                s.id,
                s.name,
                s.type,
                s.named,
                s.role,
                s.affiliation,
                s.institution,
                s.unnamed_because,
                tuple(s.spellings),
            )
            for s in form.speakers
        ),
        figures=tuple(figure_from_form(fig) for fig in form.figures),
        times=tuple(TimeMention(time.span, time.value) for time in form.times),
    )


def _places(text: str, strings: list[str]) -> tuple[Span, ...]:
    spans, start = [], 0
    for string in strings:
        at = text.find(string, start)
        if at >= 0:
            spans.append(Span(at, at + len(string)))
            start = at + len(string)
    return tuple(spans)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line of `extract --format jsonl`.

    >>> schema()["$ref"]
    '#/$defs/DocumentForm'
    """
    return msgspec.json.schema(DocumentForm)

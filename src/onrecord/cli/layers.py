"""The layers of a document made readable: takes a `Document` and a layer's name, gives lines of label, words and maker.

`onrecord steps` prints them. A layer without a drawing of its own is shown by its values, so that a new stage is seen at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.document import Document, Span, Speaker, Statement

MARKS = {"source": "S", "cue": "C", "content": "T"}
# Which fields of a statement a stage that adds "statements.GROUP" fills; a group of any other name is one field.
GROUPS = {
    "relay": ("addressee", "channel", "via"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a layer: `label` on the left, `words` in pieces with the style of each, `by` on the right."""

    label: str
    words: tuple[tuple[str, str], ...]
    by: str = ""


def line(label: str, words: str, by: str = "", style: str = "") -> Line:
    """Return a line whose words have one style."""
    return Line(label, ((words, style),), by)


def place(span: Span | None) -> str:
    """Return a span as people read it.

    >>> place(Span(4, 9)), place(None)
    ('[4:9]', '')
    """
    return f"[{span.start}:{span.end}]" if span else ""


def reading(doc: Document) -> Iterator[Line]:
    """Yield what the reader found: the document's own data, its credit lines and its boilerplate."""
    given = {
        "title": f"{doc.title or ''} {place(doc.title_span)}".strip(),
        "outlet": doc.outlet,
        "authors": ", ".join(doc.authors),
        "published": doc.published,
        "modified": doc.modified,
        "url": doc.url,
        "language": doc.language,
        "text": f"{len(doc.text):,} characters, {doc.origin.media_type}, {doc.origin.encoding}",
    }
    yield from (line(label, value or "not found", style="" if value else "dim") for label, value in given.items())
    for credit in doc.credit:
        named = ", ".join(part for part in (credit.agency, credit.place) if part)
        yield line("credit", f"{credit.span.of(doc.text)} {place(credit.span)} {named}", credit.by)
    for span in doc.boilerplate:
        yield line("boilerplate", f"{span.of(doc.text)} {place(span)}")


def notes(doc: Document) -> Iterator[Line]:
    """Yield every note, with the words it points to."""
    for note in doc.notes:
        words = f": “{note.span.of(doc.text)[:80]}” {place(note.span)}" if note.span else ""
        yield line(note.kind, note.message + words, note.by, "yellow")


def layer(doc: Document, name: str) -> Iterator[Line]:
    """Yield the lines of the layer `name`, a field of `Document` or "statements.GROUP" as a stage says in `adds`."""
    if name in DRAW:
        yield from DRAW[name](doc)
    elif name.startswith("statements."):
        yield from _group(doc, name.partition(".")[2])
    else:
        value = getattr(doc, name, None)
        yield line(name, f"{len(value)}" if isinstance(value, tuple) else str(value))


def _paragraphs(doc: Document) -> Iterator[Line]:
    sentences = doc.sentences or ()
    for number, paragraph in enumerate(doc.paragraphs or (), 1):
        yield line(f"¶{number}", place(paragraph), style="dim")
        inside = [s for s in sentences if paragraph.start <= s.start < paragraph.end]
        for index, sentence in enumerate(inside, 1):
            yield line(f"  {number}.{index}", f"{sentence.of(doc.text)} {place(sentence)}")


def _nothing(doc: Document) -> Iterator[Line]:
    """Sentences stand among their paragraphs."""
    yield from ()


def _quotations(doc: Document) -> Iterator[Line]:
    for number, region in enumerate(doc.quotations or (), 1):
        words = " … ".join(f"{piece.of(doc.text)} {place(piece)}" for piece in region.pieces)
        yield line("  " * region.depth + f"“{number}", words + ("" if region.closed else " (never closed)"))


def _encoding(doc: Document) -> Iterator[Line]:
    if doc.encoding is not None:
        pieces, width = doc.encoding.vectors.shape
        heads = ", ".join(sorted(doc.encoding.heads))
        yield line("encoding", f"{pieces} word pieces, {width} numbers each; heads: {heads}", doc.encoding.by)


def in_order(doc: Document) -> Iterator[tuple[int, Statement]]:
    """Yield each statement once with its depth, in text order, children after their parent."""
    stmts = sorted(doc.statements or (), key=lambda s: (s.content or s.cue or s.source)[:1])
    known, below = {stmt.id for stmt in stmts}, defaultdict(list)
    for stmt in stmts:
        below[stmt.parent if stmt.parent in known else None].append(stmt)
    seen: set[str] = set()
    # Statements that are each other's parents hang on no root; a fault like that must not hide them.
    open_ends = [(0, stmt) for stmt in reversed(below[None] + stmts)]
    while open_ends:
        depth, stmt = open_ends.pop()
        if stmt.id not in seen:
            seen.add(stmt.id)
            yield depth, stmt
            open_ends += [(depth + 1, child) for child in reversed(below[stmt.id])]


def bracketed(stmt: Statement, text: str) -> tuple[tuple[str, str], ...]:
    """Return a statement's pieces in text order, marked S source, C cue, T content: the notation of the tests.

    >>> stmt = Statement("s1", content=(Span(8, 18),), source=(Span(0, 2),), cue=(Span(3, 7),))
    >>> "".join(words for words, _ in bracketed(stmt, "He said it rained."))
    '[S He] [C said] [T it rained.]'
    """
    styles = {"source": "bold cyan", "cue": "magenta", "content": ""}
    pieces = sorted((span, role) for role in MARKS for span in getattr(stmt, role))
    words = [(f"[{MARKS[role]} {span.of(text)}]", styles[role]) for span, role in pieces]
    return tuple(part for each in words for part in ((" ", ""), each))[1:]


def _label(depth: int, stmt: Statement) -> str:
    return "   " * (depth - 1) + ("└─ " if depth else "") + stmt.id


def _statements(doc: Document) -> Iterator[Line]:
    for depth, stmt in in_order(doc):
        sure = "" if stmt.confidence is None else f" {stmt.confidence:.2f}"
        head = ((f"{stmt.kind}{sure} ", "dim"),)
        unsaid = () if stmt.source else (("[S not stated] ", "dim"),)
        yield Line(_label(depth, stmt), head + unsaid + bracketed(stmt, doc.text), stmt.by.get("statement", ""))


def _group(doc: Document, group: str) -> Iterator[Line]:
    for depth, stmt in in_order(doc):
        values = [(name, getattr(stmt, name, None)) for name in GROUPS.get(group, (group,))]
        said = ", ".join(f"{name} {_shown(value)}" for name, value in values if value not in (None, (), False))
        if said:
            yield line(_label(depth, stmt), said, stmt.by.get(group, ""))


def _acts(doc: Document) -> Iterator[Line]:
    for depth, stmt in in_order(doc):
        sure = "" if stmt.act_confidence is None else f" {stmt.act_confidence:.2f}"
        yield line(_label(depth, stmt), stmt.act + sure, stmt.by.get("act", ""))


def _named(doc: Document) -> Iterator[Line]:
    for depth, stmt in in_order(doc):
        facts = (
            stmt.speaker_type,
            "named" if stmt.named else "unnamed",
            stmt.role and f"role: {stmt.role}",
            stmt.speaker_id,
        )
        who = f"{stmt.speaker} ({'; '.join(fact for fact in facts if fact)})" if stmt.speaker else "not known"
        yield line(_label(depth, stmt), who, stmt.by.get("speaker", ""))


def _conditions(doc: Document) -> Iterator[Line]:
    for depth, stmt in in_order(doc):
        if stmt.condition:
            marker = stmt.condition.marker.of(doc.text) if stmt.condition.marker else ""
            words = f"if: {stmt.condition.if_.of(doc.text)} / then: {stmt.condition.then.of(doc.text)}"
            turned = ", turned round" if stmt.condition.negated else ""
            yield line(_label(depth, stmt), f"{words} ({marker}{turned})", stmt.condition.by)


def _speakers(doc: Document) -> Iterator[Line]:
    for speaker in doc.speakers or ():
        yield line(speaker.id, _described(speaker), speaker.by)


def _described(speaker: Speaker) -> str:
    facts = [
        speaker.type,
        "named" if speaker.named else "unnamed",
        speaker.role and f"role: {speaker.role}",
        speaker.affiliation and f"of {speaker.affiliation}",
        speaker.institution and f"speaks for {speaker.institution}",
        speaker.unnamed_because and f"unnamed because {speaker.unnamed_because}",
        speaker.spellings and "as " + " | ".join(speaker.spellings),
    ]
    return f"{speaker.name} ({'; '.join(fact for fact in facts if fact)})"


def _figures(doc: Document) -> Iterator[Line]:
    for figure in doc.figures or ():
        value = " to ".join(map(str, figure.value)) if isinstance(figure.value, tuple) else figure.value
        meaning = f"{figure.qualifier} {value} {figure.unit or ''}; measures {figure.measures or 'not found'}"
        asserted = f"; in {figure.statement}" if figure.statement else "; the reporter's own"
        yield line(figure.id, f"“{figure.span.of(doc.text)}” {place(figure.span)}: {meaning}{asserted}", figure.by)


def _times(doc: Document) -> Iterator[Line]:
    for time in doc.times or ():
        yield line(time.value or "unresolved", f"“{time.span.of(doc.text)}” {place(time.span)}", time.by)


def _shown(value: object) -> str:
    return " → ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


DRAW: dict[str, Callable[[Document], Iterator[Line]]] = {
    "paragraphs": _paragraphs,
    "sentences": _nothing,
    "quotations": _quotations,
    "encoding": _encoding,
    "statements": _statements,
    "statements.act": _acts,
    "statements.condition": _conditions,
    "statements.speaker": _named,
    "speakers": _speakers,
    "figures": _figures,
    "times": _times,
    "notes": notes,
}

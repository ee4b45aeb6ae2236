"""Statements in brat's standoff form: takes a selection, gives a ZIP with a .txt and an .ann for each report.

Sources, cues and contents are text-bound annotations (T), a statement is an event (E) whose trigger is its cue, or its content
where it has none; speaker, act and kind are notes to it (#). Offsets are code points, an end is the first character behind, and
a piece that runs over a line end is cut there, as the form wants (https://brat.nlplab.org/standoff.html). Figures are T as well.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from onrecord.document import Document, Span, Statement
from onrecord.export.selection import Selection

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the same record gives the same bytes."""
CONFIGURATION = """[entities]
Source
Cue
Content
Figure
[relations]
[events]
Cue Source?:Source, Content+:Content
Content
[attributes]
"""
_LINES = re.compile(r"[^\r\n]+")
_ODD = re.compile(r"[^\w.~-]+")


def chunks(selection: Selection) -> Iterator[bytes]:
    """Yield the archive; reports are numbered, since two names may be one once they are made safe for a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "annotation.conf", CONFIGURATION)
        for n, (label, doc) in enumerate(selection.documents(), 1):
            name = f"{n:05}-{_ODD.sub('_', label).strip('.')[:80]}"
            _put(archive, f"{name}.txt", doc.text)
            _put(archive, f"{name}.ann", standoff(doc))
    yield out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text.encode("utf-8", "replace"))


def standoff(doc: Document) -> str:
    """Return the .ann of one report.

    >>> from onrecord.document import Origin
    >>> said = Statement("s1", (Span(0, 4),), (Span(6, 8),), (Span(9, 13),))
    >>> doc = Document("a", "Rain, he said.", Origin("a", "00"), statements=(said,))
    >>> print(standoff(doc).replace("\\t", " "), end="")
    T1 Content 0 4 Rain
    T2 Source 6 8 he
    T3 Cue 9 13 said
    E1 Cue:T3 Content:T1 Source:T2
    #1 AnnotatorNotes E1 s1 indirect assert; source not stated
    """
    lines: list[str] = []
    bound = 0
    for n, stmt in enumerate(doc.statements or (), 1):
        marks: dict[str, str] = {}
        for role, spans in (("Content", stmt.content), ("Source", stmt.source), ("Cue", stmt.cue)):
            if spans:
                bound += 1
                marks[role] = f"T{bound}"
                lines.append(_bound(f"T{bound}", role, doc.text, spans))
        lines += _event(n, stmt, marks)
    for fig in doc.figures or ():
        bound += 1
        lines.append(_bound(f"T{bound}", "Figure", doc.text, (fig.span,)))
    return "".join(f"{line}\n" for line in lines)


def _bound(id: str, role: str, text: str, spans: tuple[Span, ...]) -> str:
    cut = [Span(s.start + m.start(), s.start + m.end()) for s in spans for m in _LINES.finditer(s.of(text))]
    places = ";".join(f"{span.start} {span.end}" for span in cut)
    return f"{id}\t{role} {places}\t{' '.join(span.of(text) for span in cut)}"


def _event(n: int, stmt: Statement, marks: dict[str, str]) -> list[str]:
    trigger = "Cue" if "Cue" in marks else "Content"
    roles = "".join(f" {role}:{id}" for role, id in marks.items() if role != trigger)
    said = f"{stmt.id} {stmt.kind} {stmt.act}; {' '.join((stmt.speaker or 'source not stated').split())}"
    return (
        [f"E{n}\t{trigger}:{marks[trigger]}{roles}", f"#{n}\tAnnotatorNotes E{n}\t{said}"] if trigger in marks else []
    )

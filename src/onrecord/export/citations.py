"""A statement as people cite it: takes a statement and its document, gives a line of text, BibTeX, or CSL-JSON.

Every citation carries the words, the speaker, the day, the outlet, the address and the digest of the source, so that a reader can
find the passage and tell whether the source has changed. Entries are of the type for articles in newspapers (BibTeX has none of
its own: `@article`; CSL 1.0.2: "article-newspaper"). Nothing is judged here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from onrecord.document import Document, Statement
from onrecord.export.selection import Selection
from onrecord.store.rows import pieces

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# biblatex reads the field `url` verbatim: an escape would be part of the address, and a lone brace would end the field.
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_SPACE = re.compile(r"\s+")


def citation(doc: Document, stmt: Statement) -> str:
    """Return one statement as a line of text.

    >>> from onrecord.document import Origin, Span
    >>> found = {"title": "Talks", "outlet": "The Ledger", "published": "2024-03-05"}
    >>> doc = Document("q", "No deal, she said.", Origin("q.txt", "ab" * 32), **found)
    >>> citation(doc, Statement("s1", (Span(0, 8),), speaker="Ada Moss"))[:66]
    'Ada Moss, reported in: “Talks”, The Ledger, 2024-03-05: “No deal,”'
    """
    words = _line(pieces(doc.text, stmt.content)).strip("“”\"'‘’")
    how = {"direct": "quoted", "mixed": "quoted in part"}.get(stmt.kind, "reported")
    who = stmt.speaker or "A source not stated"
    role = f" ({stmt.role})" if stmt.role else ""
    said = f" on {stmt.said_on}" if stmt.said_on else ""
    where = ", ".join(
        part for part in (f"“{_line(doc.title)}”" if doc.title else None, doc.outlet, doc.published) if part
    )
    url = f" {doc.url}" if doc.url else ""
    return (
        f"{who}{role}{said}, {how} in: {where or doc.name}: “{words}” [{_places(stmt)}]{url} sha256:{doc.origin.digest}"
    )


def _places(stmt: Statement) -> str:
    return ", ".join(f"{span.start}–{span.end}" for span in stmt.content)


def csl(doc: Document, stmt: Statement, label: str) -> dict[str, Any]:
    """Return one statement as an item of CSL-JSON (Citation Style Language 1.0.2)."""
    words = _line(pieces(doc.text, stmt.content))
    item: dict[str, Any] = {
        "id": f"{label}#{stmt.id}",
        "type": "article-newspaper",
        "title": doc.title or doc.name,
        "author": [{"literal": author} for author in doc.authors],
        "container-title": doc.outlet,
        "issued": _date(doc.published),
        "URL": doc.url,
        "language": doc.language,
        "note": f"{stmt.speaker or 'source not stated'}: {words}",
        "locator": _places(stmt),
        "archive_location": f"sha256:{doc.origin.digest}",
    }
    return {name: value for name, value in item.items() if value}


def bibtex(doc: Document, stmt: Statement, label: str) -> str:
    """Return one statement as an entry of BibTeX."""
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in doc.authors),
        "title": f"{{{_tex(doc.title or doc.name)}}}",
        "journal": _tex(doc.outlet or ""),
        "date": _tex(doc.published or ""),
        "year": _tex((doc.published or "")[:4]),
        "url": (doc.url or "").translate(_VERBATIM),
        "pages": f"characters {_tex(_places(stmt))}",
        "note": f"{_tex(stmt.speaker or 'source not stated')}: {_tex(pieces(doc.text, stmt.content))}",
        "annote": f"sha256:{doc.origin.digest}",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{_key(label)}:{_key(stmt.id)},\n{lines}}}\n"


def _key(name: str) -> str:
    """A name in the letters of every BibTeX; one that had others carries its digest: two of them may differ in those alone."""
    key = re.sub(r"[^A-Za-z0-9:.-]", "-", name)
    return key if key == name else f"{key}-{hashlib.sha256(name.encode('utf-8', 'backslashreplace')).hexdigest()[:8]}"


def bibtex_chunks(selection: Selection) -> Iterator[bytes]:
    """Yield an entry a statement."""
    for label, doc in selection.documents(linked=True):
        for stmt in doc.statements or ():
            yield (bibtex(doc, stmt, label) + "\n").encode("utf-8", "backslashreplace")


def csl_chunks(selection: Selection) -> Iterator[bytes]:
    """Yield one list of items, a statement a line."""
    before = "[\n"
    for label, doc in selection.documents(linked=True):
        for stmt in doc.statements or ():
            yield (before + json.dumps(csl(doc, stmt, label))).encode()
            before = ",\n"
    yield b"\n]\n" if before == ",\n" else b"[]\n"


def _date(date: str | None) -> dict[str, Any] | None:
    parts = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date or "", re.ASCII)
    return {"date-parts": [[int(part) for part in parts.groups() if part]]} if parts else None


def _line(text: str | None) -> str:
    return _SPACE.sub(" ", text or "").strip()


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _line(text))

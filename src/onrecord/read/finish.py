"""The last step of every reader: takes a draft `Document`, gives it with sidecar, frame, language and notes in order.

Each reader gives what its form states; what is the same for all of them is done here, once.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.document import Document, Note
from onrecord.errors import BadForm
from onrecord.read.frame import frame
from onrecord.read.language import language
from onrecord.read.naming import encodable
from onrecord.read.sidecar import with_sidecar
from onrecord.read.stated_date import date_in_url

BY = "read/finish"
BLANK = "\ufeff\u200b\u200c\u200d\u2060\u00ad"


def finish(draft: Document, sidecar: bytes | None = None, declared_language: str | None = None) -> Document:
    """Return the document complete.

    Raises:
        BadForm: there is no text in it, only white space.
    """
    _refuse_blank(draft)
    doc = with_sidecar(_encodable(draft), sidecar)
    doc = _dated(doc)
    doc = frame(doc)
    return _with_language(doc, declared_language)


def _refuse_blank(draft: Document) -> None:
    words = draft.text.strip()
    if words and words[0] not in BLANK:
        return
    if not words.translate(dict.fromkeys(map(ord, BLANK))).strip():
        found = "it has only white space" if draft.text else "it has no text"
        raise BadForm(draft.origin.path, found, "give a file with text")


def _encodable(doc: Document) -> Document:
    text = encodable(doc.text)
    if text == doc.text:
        return doc
    count = sum(a != b for a, b in zip(text, doc.text, strict=True))
    note = Note("replaced-character", f"{count} lone surrogates or NUL characters replaced by U+FFFD", None, BY)
    return replace(doc, text=text, notes=(*doc.notes, note))


def _dated(doc: Document) -> Document:
    day = None if doc.published else date_in_url(doc.url)
    if day is None:
        return doc
    note = Note("date-from-url", f"no publication date stated; {day} is from the address", None, BY)
    return replace(doc, published=day, notes=(*doc.notes, note))


def _with_language(doc: Document, declared: str | None) -> Document:
    found = doc.language or language(doc.text)
    if found is None and declared and declared[:2].isalpha():
        found = declared[:2].lower()
    if found in {None, "en"}:
        return replace(doc, language=found)
    note = Note("not-english", f"its language is {found}; it is recorded and not extracted", None, BY)
    return replace(doc, language=found, notes=(*doc.notes, note))

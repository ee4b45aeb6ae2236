"""NAME.json beside NAME.txt: takes a document and the sidecar's bytes, gives the document with what the sidecar states.

The sidecar wins over what the document itself states, for somebody wrote it to be right. A broken one is a note, no failure.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from onrecord.document import Document, Note
from onrecord.read.naming import one_line, web_address
from onrecord.read.stated_date import stated_date

BY = "read/sidecar"
FIELDS = ("outlet", "published", "modified", "title", "url", "authors", "language")


def with_sidecar(doc: Document, data: bytes | None) -> Document:
    """Return `doc` with the sidecar's fields; fields it lacks, or states in no form we know, stay as they were.

    >>> from onrecord.document import Origin
    >>> given = b'{"outlet": "Lakeside Post", "published": "2031-05-04"}'
    >>> doc = with_sidecar(Document("a", "Rain.", Origin("a.txt", "00")), given)
    >>> doc.outlet, doc.published, doc.notes
    ('Lakeside Post', '2031-05-04', ())
    >>> with_sidecar(doc, b"{").notes[0].kind
    'broken-sidecar'
    """
    if data is None:
        return doc
    try:
        given = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        return _noted(doc, "broken-sidecar", f"the .json file beside it is no JSON ({error})")
    if not isinstance(given, dict):
        return _noted(doc, "broken-sidecar", "the .json file beside it is no JSON object")
    return with_fields(doc, given)


def with_fields(doc: Document, given: dict[str, Any]) -> Document:
    """Return `doc` with the metadata that a JSON object states under the names of `FIELDS`."""
    stated: dict[str, Any] = {
        "outlet": one_line(given.get("outlet")),
        "published": stated_date(given.get("published")),
        "modified": stated_date(given.get("modified")),
        "title": one_line(given.get("title"), 1000),
        "url": web_address(given.get("url")),
        "authors": names_of(given.get("authors")),
        "language": language_of(given.get("language")),
    }
    for field in ("published", "modified"):
        if given.get(field) and not stated[field]:
            doc = _noted(doc, "unreadable-date", f"{field}: {_shown(given[field])} is no date we can tell")
    if given.get("url") and not stated["url"]:
        doc = _noted(doc, "unsafe-url", "its url is no http or https address and was left out")
    return replace(doc, **{field: value for field, value in stated.items() if value})


def names_of(value: object) -> tuple[str, ...]:
    """Return authors given as a list of names or as one name.

    >>> names_of(["Ann Roe", "", 3]), names_of("Ann Roe")
    (('Ann Roe',), ('Ann Roe',))
    """
    listed = value if isinstance(value, list | tuple) else [value]
    names = [one_line(name, 200) for name in listed[:50]]
    return tuple(dict.fromkeys(name for name in names if name))


def language_of(value: object) -> str | None:
    """Return the ISO 639-1 code of a language tag, None where it has none.

    >>> language_of("en-GB"), language_of("english")
    ('en', None)
    """
    head = value.replace("_", "-").split("-")[0].strip().lower() if isinstance(value, str) else ""
    return head if len(head) == 2 and head.isascii() and head.isalpha() else None


def _shown(value: object) -> str:
    """A string or a number as it stands; a list or an object is called so, for it may be nested as deep as Python may call."""
    if isinstance(value, str | int | float):
        return repr(one_line(str(value), 60))
    return "a list" if isinstance(value, list) else "an object"


def _noted(doc: Document, kind: str, message: str) -> Document:
    return replace(doc, notes=(*doc.notes, Note(kind, message, None, BY)))

"""RSS and Atom feeds: takes the bytes of one feed, gives a `Document` for each entry that has text.

feedparser gets bytes in memory and never a name, for it opens a string as a file or address. A feed that declares entities is
refused before any parser sees it ("billion laughs": CHECKLIST R11, ASVS 1.5.1). Nothing is fetched, so an entry with only a
summary is read as such, with a note.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from onrecord.document import Document, Note
from onrecord.errors import BadForm, InputError
from onrecord.read.decode import Decoded, decode
from onrecord.read.finish import finish
from onrecord.read.markup import paragraphs
from onrecord.read.metadata import tidy_authors
from onrecord.read.naming import Names, one_line, stem, web_address
from onrecord.read.raw import Raw
from onrecord.read.sidecar import language_of
from onrecord.read.stated_date import stated_date

BY = "read/feed"
DECLARED = re.compile(rb"""^[^<]{0,100}<\?xml[^>]{0,200}?encoding\s?=\s?["']([\w.-]{2,40})""")
DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.I)


def read_feed(raw: Raw) -> Iterator[Document | InputError]:
    """Yield the document of each entry, in the feed's order, and the failure of each entry without text.

    >>> feed = b"<rss><channel><title>Post</title><item><guid>a-1</guid><title>Rain</title>"
    >>> feed += b"<description>It rained.</description></item></channel></rss>"
    >>> [(doc.name, doc.outlet, doc.text) for doc in read_feed(Raw(feed, "post.xml", "feed", "application/xml"))]
    [('a-1', 'Post', 'Rain\\nIt rained.')]

    Raises:
        BadForm: it is no feed, has no entries, or declares entities.
    """
    declared = DECLARED.search(raw.data[:1024])
    decoded = decode(raw.data, raw.path, declared[1].decode("ascii") if declared else None)
    parsed = _parse(decoded.text.removeprefix("\ufeff"), raw)
    names = Names(stem(raw.path))
    for number, entry in enumerate(parsed["entries"], 1):
        name = names.take(_id(entry), number)
        try:
            yield _document(entry, name, parsed["feed"], raw, decoded)
        except InputError as error:
            yield BadForm(f"{raw.shown_path}#{name}", error.found, "only an entry with content or summary can be read")


def _parse(text: str, raw: Raw) -> Any:
    if "<!entity" in text.lower():
        raise BadForm(raw.shown_path, "the feed declares entities, as attacks do", "ask for a feed without a DTD")
    if not ROOT.search(text[:20_000]):
        raise BadForm(raw.shown_path, "it is XML and no RSS or Atom feed", "give a feed, HTML or text")
    import feedparser

    data = DECLARATION.sub("", text).encode("utf-8", "replace")
    headers = {
        "content-type": "application/xml; charset=utf-8"
    }  # what decode.py decided, against what the feed declares
    try:
        parsed = feedparser.parse(
            io.BytesIO(data), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as error:  # a parser of foreign feeds: whatever it raises, this input failed and has a name
        raise BadForm(raw.shown_path, f"the feed cannot be read ({type(error).__name__})", "fetch it again") from None
    if not parsed["entries"]:
        raise BadForm(raw.shown_path, "the feed has no entries", "fetch it again")
    return parsed


def _document(entry: Any, name: str, feed: Any, raw: Raw, decoded: Decoded) -> Document:
    title = _title(entry)
    blocks, notes = _blocks(entry)
    published, more = _dates(entry)
    if not blocks:
        raise BadForm(raw.shown_path, "it has no text")
    return finish(
        Document(
            name=name,
            text="\n".join([title, *blocks] if title and blocks[0] != title else blocks),
            origin=raw.origin(decoded.encoding, _id(entry) or name),
            title=title,
            outlet=_one(feed, "title"),
            url=web_address(dict.get(entry, "link")),
            published=published,
            modified=stated_date(dict.get(entry, "updated")),
            authors=_authors(entry),
            notes=(*decoded.notes, *notes, *more),
        ),
        declared_language=language_of(dict.get(feed, "language")),
    )


def _one(parsed: Any, key: str) -> str | None:
    words = paragraphs(str(dict.get(parsed, key) or ""))
    return one_line(" ".join(words), 1000)


def _title(entry: Any) -> str | None:
    return _one(entry, "title")


def _id(entry: Any) -> str | None:
    """The entry's own id, else its address. `dict.get`: feedparser's own lookup answers for keys that are not there."""
    return one_line(dict.get(entry, "id"), 2000) or one_line(dict.get(entry, "link"), 2000)


def _blocks(entry: Any) -> tuple[list[str], tuple[Note, ...]]:
    contents = [str(part.get("value") or "") for part in dict.get(entry, "content") or ()]
    if blocks := paragraphs(max(contents, key=len, default="")):
        return blocks, ()
    note = Note("summary-only", "the feed gives a summary of this entry and not its text", None, BY)
    return paragraphs(str(dict.get(entry, "summary") or "")), (note,)


def _dates(entry: Any) -> tuple[str | None, tuple[Note, ...]]:
    """Atom asks for `updated` only: where that is all there is, it dates the entry, and a note says so."""
    published = stated_date(dict.get(entry, "published"))
    if published or not (updated := stated_date(dict.get(entry, "updated"))):
        return published, ()
    return updated, (
        Note("date-from-update", f"no publication date stated; {updated} is that of the update", None, BY),
    )


def _authors(entry: Any) -> tuple[str, ...]:
    listed = dict.get(entry, "authors") or ()
    return tidy_authors(tuple(name for author in listed if (name := one_line(author.get("name"), 200))))

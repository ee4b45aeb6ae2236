"""HTML pages: takes the bytes of one page, gives one `Document`: its title as first line, then its paragraphs, a line each.

trafilatura finds the main text; what the page states about itself is read by metadata.py. No address in a page is ever
fetched. A page too deep or too large for a tree, or in which no main text is found, is read without one, with a note.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.document import Document, Note
from onrecord.read.decode import Decoded, decode
from onrecord.read.finish import finish
from onrecord.read.lines import squeezed
from onrecord.read.markup import paragraphs
from onrecord.read.metadata import Metadata, metadata
from onrecord.read.naming import stem
from onrecord.read.raw import Raw

BY = "read/html"
# CHECKLIST R7 allows 50,000 nodes and a depth of 1,000; trafilatura 2.3 takes 5 s for the first, libxml2 stops at 256
MAX_NODES, MAX_DEPTH = 20_000, 250
USUAL_NODES, USUAL_DEPTH = 3_000, 60
SHORT = 200
"""Characters of main text below which the whole page is looked at again."""
CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{2,40})|^<\?xml[^>]{0,100}?encoding=["']([\w.-]{2,40})""",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page and what it states; `because` says why it was read without trafilatura, None if it was not."""

    blocks: list[str]
    stated: Metadata
    because: str | None = None


def read_html(raw: Raw) -> Iterator[Document]:
    """Yield the page's document.

    >>> html = b"<title>Ferry sinks</title><p>A ferry sank off Port Sellen on Monday, police said.</p>"
    >>> [(doc.title, doc.text.splitlines()) for doc in read_html(Raw(html, "ferry.html", "html", "text/html"))]
    [('Ferry sinks', ['Ferry sinks', 'A ferry sank off Port Sellen on Monday, police said.'])]

    Raises:
        BadForm: the page has no text, only scripts or markup.
    """
    declared = CHARSET.search(raw.data[:4096])
    decoded = decode(raw.data, raw.path, (declared[1] or declared[2]).decode("ascii", "replace") if declared else None)
    page = read_page(decoded.text.removeprefix("\ufeff"))
    yield finish(_draft(raw, decoded, page), raw.sidecar, page.stated.language)


def _draft(raw: Raw, decoded: Decoded, page: Page) -> Document:
    stated = page.stated
    notes = decoded.notes
    if page.because:
        notes = (*notes, Note("html-fallback", f"{page.because}; all its words were taken, menus included", None, BY))
    return Document(
        name=stem(raw.path),
        text="\n".join(_with_title(page.blocks, stated.title)),
        origin=raw.origin(decoded.encoding),
        title=stated.title,
        outlet=stated.outlet,
        url=stated.url,
        published=stated.published,
        modified=stated.modified,
        authors=stated.authors,
        notes=notes,
    )


def _with_title(blocks: list[str], title: str | None) -> list[str]:
    """The title printed once: not again where the main text begins with it, and not where there is no text under it."""
    if not title or not blocks or squeezed(blocks[0]) == squeezed(title):
        return blocks
    return [title, *(block for at, block in enumerate(blocks) if at > 2 or squeezed(block) != squeezed(title))]


def read_page(html: str) -> Page:
    """Return the words of a page and what it states about itself."""
    root = tree(html)
    if root is None:
        return Page(paragraphs(html), Metadata(), "no tree could be made of it")
    stated = metadata(root)
    depth, nodes = _size(root)
    if depth > MAX_DEPTH or nodes > MAX_NODES:
        because = f"it has more than {MAX_NODES} elements, or some nested more than {MAX_DEPTH} deep"
        return Page(paragraphs(html), stated, because)
    blocks = _main_text(root, fast=depth > USUAL_DEPTH or nodes > USUAL_NODES)
    if sum(map(len, blocks)) >= SHORT:
        return Page(blocks, stated)
    every = paragraphs(html)
    if sum(map(len, every)) <= 2 * sum(map(len, blocks)) and blocks:
        return Page(blocks, stated)
    return Page(every, stated, "no main text was found in it")


def tree(html: str) -> Any:
    """Return the root element, None if there is none; no network, no huge trees, comments left out."""
    from lxml import etree
    from lxml.html import HTMLParser

    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _size(root: Any) -> tuple[int, int]:
    """The depth and the number of elements, counted no further than the limits need."""
    from lxml import etree

    depth = deepest = nodes = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        nodes += event == "start"
        deepest = max(deepest, depth)
        if nodes > MAX_NODES:
            break
    return deepest, nodes


def _main_text(root: Any, fast: bool) -> list[str]:
    """What trafilatura takes for the main text, a string a block; empty where it finds none or fails.

    `fast` leaves out its second opinion, jusText, whose time grows with the square of the elements.
    """
    from trafilatura import bare_extraction  # 0.2 s: only a page pays for it

    logging.getLogger("trafilatura").disabled = True  # it reports every odd page on standard error
    try:
        found = bare_extraction(root, fast=fast, include_comments=False, include_tables=True, with_metadata=False)
    except Exception:  # a parser of foreign pages: whatever it raises, the page is read without it, and a note says so
        return []
    body = getattr(found, "body", None)
    return [] if body is None else list(_blocks(body))


def _blocks(body: Any) -> Iterator[str]:
    """The text of each block of trafilatura's body; a line break inside one ends a line."""
    for element in body.iter("p", "head", "item", "cell", "quote", "code", "ab"):
        if any(child.tag in {"p", "head", "item", "cell", "quote", "ab"} for child in element.iterdescendants()):
            words = element.text or ""
        else:
            words = _inline(element)
        for line in words.split("\n"):
            if squeezed_line := " ".join(line.replace("\x00", "\ufffd").split()):
                yield squeezed_line


def _inline(element: Any) -> str:
    pieces = []
    for event, node in _walk(element):
        text = (node.text if event == "start" else node.tail) or ""
        pieces.append(("\n" if event == "start" and node.tag == "lb" else "") + text.replace("\n", " "))
    return "".join(pieces)


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" or node is not element:  # the element's own tail belongs to what holds it
            yield event, node

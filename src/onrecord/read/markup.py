"""The words of markup without a tree: takes HTML, gives its paragraphs, however broken or deep it is, in linear time.

For fragments in feeds, and for pages the tree builders refuse. It knows no main text: menus come out with the rest.
"""

from __future__ import annotations

import re
from html import unescape

BLOCKS = frozenset(
    [
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "br",
            "caption",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
        ),
        *(
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "html",
        ),
        *("li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "title", "tr", "ul"),
    ]
)
SILENT = frozenset(
    [
        *("script", "style", "template", "noscript", "svg", "math", "iframe", "object", "textarea", "select", "button"),
        *("head", "title"),
    ]
)
HIDES_REST = frozenset(("script", "style", "textarea"))  # as in a browser; an unclosed <head> or <button> does not
# `[^<>]*` stops at the next "<": a tag that never ends costs no second look at the rest
TAG = re.compile(r"<(?:!--|(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,30})[^<>]*>|[!?][^<>]*>)")


def paragraphs(html: str) -> list[str]:
    """Return the text of each block of the markup that has some, white space squeezed, entities read.

    >>> paragraphs("<p>Ferry &amp; pier</p><script>x()</script><div>It <b>rained</b>.<br>Snow fell.</div>")
    ['Ferry & pier', 'It rained.', 'Snow fell.']
    """
    blocks: list[str] = []
    pieces: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while match := TAG.search(html, at):
        pieces.append(html[at : match.start()])
        name = (match["name"] or "").lower()
        if name in BLOCKS:
            _end(pieces, blocks)
        at = _after(html, match, name, unclosed)
    pieces.append(html[at:])
    _end(pieces, blocks)
    return blocks


def _end(pieces: list[str], blocks: list[str]) -> None:
    words = " ".join(unescape("".join(pieces)).replace("\x00", "\ufffd").split())
    if words:
        blocks.append(words)
    pieces.clear()


def _after(html: str, match: re.Match[str], name: str, unclosed: set[str]) -> int:
    """Where the text goes on after a tag: behind a comment or silent element, which is not looked into."""
    if match[0] == "<!--":
        end = html.find("-->", match.end())
        return end + 3 if end >= 0 else len(html)
    if name not in SILENT or name in unclosed or match["close"] or match[0].endswith("/>"):
        return match.end()
    closing = re.compile(rf"</{name}\b[^<>]*>?", re.I).search(html, match.end())
    if closing:
        return closing.end()
    unclosed.add(name)  # or 100,000 open <button> would each be looked for to the end
    return len(html) if name in HIDES_REST else match.end()

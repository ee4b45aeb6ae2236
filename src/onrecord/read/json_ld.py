"""JSON-LD of a web page: takes its element tree, gives the `Metadata` of the article described there.

Publishers write one object, a list, or a graph whose nodes point at each other by `@id`, and describe the outlet, the page
and related articles beside the article (schema.org; JSON-LD 1.1). Broken JSON is passed over: it is common.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from onrecord import lexicon
from onrecord.read.naming import one_line, web_address
from onrecord.read.sidecar import language_of
from onrecord.read.stated_date import stated_date

if TYPE_CHECKING:
    from onrecord.read.metadata import Metadata

MAX_SCRIPT, MAX_NODES = 2_000_000, 5_000
WRAPPING = re.compile(
    r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|\]\]>|/\*\]\]>\*/|;)\s*$"
)
Node = dict[str, Any]


def json_ld(root: Any) -> Metadata:
    """Return what the page's JSON-LD states about its article; empty where there is none."""
    from onrecord.read.metadata import Metadata

    nodes = list(_nodes(root))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    node = _article(nodes, _address(root))
    if node is None:
        return Metadata()
    return Metadata(
        title=one_line(_text(node.get("headline")) or _text(node.get("name")), 1000),
        outlet=_name(node.get("publisher"), by_id) or _name(node.get("sourceOrganization"), by_id),
        url=_url(node),
        published=stated_date(_text(node.get("datePublished"))) or stated_date(_text(node.get("dateCreated"))),
        modified=stated_date(_text(node.get("dateModified"))),
        authors=tuple(_names(node.get("author") or node.get("creator"), by_id)),
        language=language_of(_text(node.get("inLanguage"))),
    )


def _nodes(root: Any) -> Iterator[Node]:
    """Every object of every script, outermost first; a stack, for a hostile page nests deeper than Python may call."""
    left = MAX_NODES
    for script in list(root.iter("script"))[:500]:
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        queue = [_parsed(script.text or "")]
        for value in queue:  # grows while it is walked
            left -= 1
            if left < 0:
                return
            if isinstance(value, dict):
                yield value
                queue += [child for key, child in value.items() if key != "hasPart" and isinstance(child, dict | list)]
            elif isinstance(value, list):
                queue += value


def _parsed(text: str) -> object:
    if len(text) > MAX_SCRIPT:
        return None
    try:
        return json.loads(WRAPPING.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return None


def _article(nodes: list[Node], address: str | None) -> Node | None:
    """The article the page is about: the one with the page's address, else the first; articles before what else has dates."""
    types = set(lexicon.words("metadata", "article_type"))
    articles = [node for node in nodes if types & set(_types(node))]
    pages = [node for node in nodes if "WebPage" in _types(node) and node.get("datePublished")]
    here = [node for node in articles if address and _plain(_url(node)) == _plain(address)]
    told = [node for node in articles if node.get("headline") or node.get("datePublished")]
    return next(iter([*here, *told, *pages]), None)


def _address(root: Any) -> str | None:
    links = (link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    return next(links, None)


def _plain(url: str | None) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$|/$", "", (url or "").lower())


def _types(node: Node) -> list[str]:
    value = node.get("@type")
    listed = value if isinstance(value, list) else [value]
    return [item.rpartition("/")[2] for item in listed if isinstance(item, str)]


def _text(value: object) -> Any:
    """The first string or number of a value that should be one and is a list or `{"@value": ...}` at times."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    return value if isinstance(value, str | int | float) else None


def _url(node: Node) -> str | None:
    page = node.get("mainEntityOfPage")
    page = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return web_address(_text(node.get("url"))) or web_address(_text(page))


def _name(value: object, by_id: dict[str, Node]) -> str | None:
    return next(_names(value, by_id), None)


def _names(value: object, by_id: dict[str, Node]) -> Iterator[str]:
    for item in (value if isinstance(value, list) else [value])[:50]:
        node = _meant(item, by_id) if isinstance(item, dict) else item
        given = node.get("name") if isinstance(node, dict) else node
        for name in given if isinstance(given, list) else [given]:
            if found := one_line(name, 200):
                yield found


def _meant(node: Node, by_id: dict[str, Node]) -> Node:
    """The node that one without a name points to, where it points to one; an `@id` may be any JSON."""
    id = node.get("@id")
    return by_id.get(id, node) if "name" not in node and isinstance(id, str) else node

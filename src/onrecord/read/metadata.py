"""What a web page states about itself: takes its element tree, gives title, outlet, authors, dates, address, language.

Three places, in order of trust: JSON-LD (json_ld.py), meta tags, then the page's own elements (`h1`, `time`, `rel=author`).
Publication and modification are kept apart: many pages show only the latter to the reader. Nothing is guessed, and the
report's sentences are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from onrecord import lexicon
from onrecord.read.json_ld import json_ld
from onrecord.read.naming import host, one_line, web_address
from onrecord.read.sidecar import language_of
from onrecord.read.stated_date import stated_date

MAX_AUTHORS = 20
BY = re.compile(r"^\s*(?:(?:written|posted|reported|words|story)\s+)?by:?\s+", re.I)
AND = re.compile(r"\s*(?:[,;|•]|\band\b|&)\s*", re.I)
NOT_A_NAME = re.compile(r"https?:|www\.|@|[<>{}]|\d{3}|^(?:staff|admin|editor|author|null|none|undefined|by)$", re.I)
SUFFIX = re.compile(r"\s+(?:[|·•»–—-]|::)\s+(?=[^|·•»–—]{1,60}$)")
ASIDE = "ancestor::aside or ancestor::nav or ancestor::footer or ancestor::li"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page states; None and empty where it states nothing. Dates are partial ISO strings in the outlet's own zone."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None


def metadata(root: Any) -> Metadata:
    """Return what the page with the root element `root` (lxml) states about itself."""
    page = _from_elements(root)
    first = [json_ld(root), _from_meta(root), page]
    merged = Metadata(
        **{
            field: next((getattr(m, field) for m in first if getattr(m, field)), getattr(page, field))
            for field in FIELDS
        }
    )
    outlet = merged.outlet or host(merged.url)
    return replace(
        merged, outlet=outlet, title=_title(root, merged.title, outlet), authors=tidy_authors(merged.authors)
    )


FIELDS = ("title", "outlet", "url", "published", "modified", "authors", "language")


def _from_meta(root: Any) -> Metadata:
    stated: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = (element.get("content") or "").strip()
        keys = [element.get(name) for name in ("property", "name", "itemprop", "http-equiv")]
        for key in keys if content else ():
            if key:
                stated.setdefault(key.strip().lower(), []).append(content[:2000])
    return Metadata(
        title=_first(stated, "title", one_line),
        outlet=_first(stated, "outlet", one_line),
        url=_first_of(stated, ("og:url",), web_address),
        published=_first(stated, "published", stated_date),
        modified=_first(stated, "modified", stated_date),
        authors=next(
            (tuple(stated[key]) for key in lexicon.words("metadata", "author") if _names(stated.get(key))), ()
        ),
    )


def _first(stated: dict[str, list[str]], group: str, read: Any) -> str | None:
    return _first_of(stated, lexicon.words("metadata", group), read)


def _first_of(stated: dict[str, list[str]], keys: tuple[str, ...], read: Any) -> str | None:
    values = (read(value) for key in keys for value in stated.get(key, ()))
    return next((value for value in values if value), None)


def _names(values: list[str] | None) -> bool:
    return bool(values and tidy_authors(tuple(values)))


def _from_elements(root: Any) -> Metadata:
    canonical = next(
        (web_address(link.get("href")) for link in root.iter("link") if _has(link, "rel", "canonical")), None
    )
    published, modified = _times(root)
    return Metadata(
        title=_words(next(root.iter("title"), None)) or _words(next(root.iter("h1"), None)),
        url=canonical,
        published=published,
        modified=modified,
        authors=tuple(_bylines(root)),
        language=language_of(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")),
    )


def _times(root: Any) -> tuple[str | None, str | None]:
    """The dates of `time` elements: those that say what they date; else the only one of the page.

    The danger is the date of a related article in a list beside this one: without a label, one day or none.
    """
    labelled: dict[str, str] = {}
    others: set[str] = set()
    for element in list(root.iter("time"))[:200]:
        day = stated_date(element.get("datetime") or _words(element))
        if day is None or element.xpath(ASIDE):
            continue
        kind = _kind_of_time(element)
        labelled.setdefault(kind, day) if kind else others.add(day)
    published = labelled.get("published") or (others.pop() if len(others) == 1 else None)
    return published, labelled.get("modified")


def _kind_of_time(element: Any) -> str | None:
    near = " ".join(
        str(element.get(name) or "") for name in ("itemprop", "class", "id", "data-testid", "pubdate")
    ).lower()
    near += " " + str(element.getparent().get("class") or "").lower() if element.getparent() is not None else ""
    before = ((element.text or "") + " " + (element.getparent().text or "" if element.getparent() is not None else ""))[
        :60
    ]
    if re.search(r"modif|updat|revis|edited", near) or re.search(r"\b(?:updated|modified|edited)\b", before, re.I):
        return "modified"
    is_pub = re.search(r"publi|pubdate|posted|created|entry-date|issued", near) or element.get("pubdate") is not None
    return "published" if is_pub or re.search(r"\b(?:published|posted)\b", before, re.I) else None


def _bylines(root: Any) -> Iterator[str]:
    classes = set(lexicon.words("metadata", "byline_class"))
    for element in root.iter("a", "span", "div", "p", "address"):
        own = set((element.get("class") or "").lower().split()) & classes
        if own or _has(element, "rel", "author") or _has(element, "itemprop", "author"):
            words = _words(element)
            if words and len(words) <= 150 and not element.xpath(ASIDE):
                yield words
                return


def _has(element: Any, attribute: str, value: str) -> bool:
    return value in (element.get(attribute) or "").lower().split()


def _words(element: Any) -> str | None:
    return None if element is None else one_line("".join(element.itertext())[:2000])


def _title(root: Any, stated: str | None, outlet: str | None) -> str | None:
    """The headline without the outlet's name behind it; the page's only `h1` decides where it begins the stated title."""
    headings = [words for words in map(_words, list(root.iter("h1"))[:5]) if words]
    if not stated:
        return headings[0] if headings else None
    for heading in headings:
        if len(heading) > 10 and stated.casefold().startswith(heading.casefold()):
            return heading
    parts = SUFFIX.split(stated)
    is_name = len(parts) == 2 and outlet and _squeezed(parts[1]) in _squeezed(outlet) + _squeezed(host(outlet) or "")
    return parts[0] if is_name else stated


def _squeezed(words: str) -> str:
    return re.sub(r"\W+|^the\b", "", words.casefold())


def tidy_authors(stated: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in author fields: "By" taken off, lists split, addresses and placeholders left out.

    >>> tidy_authors(("By Ann Roe and Cy Poe", "https://example.org/ann", "Ann Roe"))
    ('Ann Roe', 'Cy Poe')
    """
    names = [name.strip(" .*") for given in stated[:MAX_AUTHORS] for name in AND.split(BY.sub("", given[:300]))]
    return tuple(dict.fromkeys(name for name in names if name and len(name) < 80 and not NOT_A_NAME.search(name)))[
        :MAX_AUTHORS
    ]

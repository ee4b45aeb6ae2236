"""Names of documents and other short strings: takes ids, titles and URLs as found, gives what every output can hold."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import PurePath
from urllib.parse import urlsplit

from onrecord.read.raw import printable

MAX_NAME = 80
ODD = re.compile(r"[^\w.-]+|[_.-]{3,}")
SCHEME = re.compile(r"^(?:https?://(?:www\.)?|urn:uuid:|tag:)", re.I)
UNSAFE = re.compile("[\x00\ud800-\udfff]")


def stem(path: str) -> str:
    """Return the name of a file's document: the file's name without its endings.

    >>> stem("reports/ferry-1.html.gz"), stem("reports/U.S. talks"), stem("-")
    ('ferry-1', 'U.S. talks', 'stdin')
    """
    if path == "-":
        return "stdin"
    name = PurePath(path).name
    name = name[:-3] if name.lower().endswith(".gz") else name
    base, dot, ending = name.rpartition(".")
    return printable(base if dot and base and ending.isalnum() else name) or "unnamed"


def slug(given: str) -> str:
    """Return an entry's own id as a name: letters, digits, and . _ - only; a long one is cut and marked with its digest.

    >>> slug("https://www.example.org/2024/03/27/the-ferry?x=1"), slug("000_cfeb72"), slug("///")
    ('example.org-2024-03-27-the-ferry-x-1', '000_cfeb72', '')
    """
    name = ODD.sub("-", SCHEME.sub("", given.strip()[:2000])).strip("-.")
    if len(name) <= MAX_NAME:
        return name
    return name[: MAX_NAME - 9].rstrip("-.") + "-" + hashlib.sha256(given.encode("utf-8", "replace")).hexdigest()[:8]


class Names:
    """Gives each document of a source its own name, by counting up: "a", "a-2", "a-3".

    >>> names = Names("feed")
    >>> names.take("a", 1), names.take("a", 2), names.take("", 3)
    ('a', 'a-2', 'feed-3')
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._seen: Counter[str] = Counter()

    def take(self, given: str | None, number: int) -> str:
        """Return a name not given before, from an entry's id, or from its number where it has none that can be used."""
        name = slug(given or "") or f"{self._source}-{number}"
        self._seen[name] += 1
        if self._seen[name] == 1:
            return name
        return self.take(f"{name}-{self._seen[name]}", number)


def encodable(text: str) -> str:
    r"""Return the text with what no UTF-8 and no database can hold, lone surrogates and NUL, replaced by U+FFFD.

    >>> encodable("a\ud800b")
    'a\ufffdb'
    """
    return UNSAFE.sub("\ufffd", text) if UNSAFE.search(text) else text


def one_line(value: object, limit: int = 500) -> str | None:
    r"""Return a metadata string with its white space squeezed, None where there is none.

    >>> one_line(" The  Lakeside\nPost "), one_line("  "), one_line(3)
    ('The Lakeside Post', None, None)
    """
    if not isinstance(value, str):
        return None
    return " ".join(encodable(value[: limit * 4]).split())[:limit] or None


def web_address(value: object) -> str | None:
    """Return a URL that may be shown as a link: http and https only, for `javascript:` in a page's metadata is an attack.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("http://[x/y")
    ('https://example.org/a', None, None)
    """
    url = one_line(value, 2000)
    return url if url and re.match(r"https?://[^\s/]", url, re.I) and _can_be_split(url) else None


def _can_be_split(url: str) -> bool:
    """Tell whether what shows the URL can take it apart: a host with one bracket only cannot be."""
    try:
        return bool(urlsplit(url).netloc)
    except ValueError:
        return False


def host(url: str | None) -> str | None:
    """Return the host of a URL, without www.

    >>> host("https://www.example.org/a")
    'example.org'
    """
    match = re.match(r"https?://(?:[^/@\s]*@)?(?:www\.)?([^/:?#\s]+)", url or "", re.I)
    return match[1].lower() if match else None

"""Names for linked data: takes labels, makers and addresses, gives them as an IRI may have them (RFC 3987); looks nothing up."""

from __future__ import annotations

import re
from urllib.parse import quote

_HOST_BY_NUMBER = re.compile(r"https?://(?:[^/?#@\[\]]*@)?\[[0-9a-f:.]+\]", re.I)
_NOT_IN_AN_IRI = re.compile('[\x00-\x20"<>\\[\\]\\\\^`{|}\x7f-\xa0\ud800-\udfff]|%(?![0-9A-Fa-f]{2})')


def part(name: str) -> str:
    """Return a name as one part of an IRI: no two names give the same, and a plain one stays as it is.

    >>> part("gate-1_b"), part("rule:acts-2"), part("eye 4"), part("part 2/3 #1")
    ('gate-1_b', 'rule:acts-2', 'eye%204', 'part%202%2F3%20%231')
    """
    return quote(name, safe="!$&'()*+,;=:@", errors="backslashreplace")


def address(url: str) -> str:
    """Return an address as an IRI: what may not stand in one is percent-encoded, all else stays.

    >>> address("https://post.example/{a} b?c[]=100%&d=%41"), address("http://[2001:db8::1]/é")
    ('https://post.example/%7Ba%7D%20b?c%5B%5D=100%25&d=%41', 'http://[2001:db8::1]/é')
    """
    host = _HOST_BY_NUMBER.match(url)
    start = host.end() if host else 0
    rest = _NOT_IN_AN_IRI.sub(lambda odd: quote(odd[0], safe="", errors="replace"), url[start:])
    return url[:start] + rest

"""Where the words of a search stand: takes a full-text query and texts, gives places in them, and opens no record.

The texts of one page are indexed anew, in memory: the record's index would go through all that has the words, once for each text.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing

from onrecord.document import Span
from onrecord.store.rows import clean
from onrecord.store.schema import TOKENS

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use: a text that has them itself differs afterwards, and no place is shown


def highlight(query: str, texts: Sequence[tuple[str, str | None]]) -> list[tuple[Span, ...]]:
    """Return the places in each text's words that `query` (as `fts_query` gives it) finds; a text is (words, speaker).

    >>> highlight('"dam" OR "gates"', [("The dams and a gate broke.", None), ("Nothing.", "Ada")])
    [(Span(start=4, end=8), Span(start=15, end=19)), ()]
    """
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f"CREATE VIRTUAL TABLE page USING fts5(content, speaker, tokenize='{TOKENS}')")
        cleaned = [(n, clean(words), speaker) for n, (words, speaker) in enumerate(texts)]
        db.executemany("INSERT INTO page (rowid, content, speaker) VALUES (?, ?, ?)", cleaned)
        sql = "SELECT rowid, highlight(page, 0, ?, ?) FROM page WHERE page MATCH ?"
        marked = dict(db.execute(sql, (_OPEN, _CLOSE, query)).fetchall())
    return [_places(marked.get(n), words) for n, (words, _) in enumerate(texts)]


def _places(marked: str | None, words: str) -> tuple[Span, ...]:
    if marked is None or marked.replace(_OPEN, "").replace(_CLOSE, "") != words:
        return ()
    spans, start, length = [], 0, 0
    for part in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if part == _OPEN:
            start = length
        elif part == _CLOSE:
            spans.append(Span(start, length))
        else:
            length += len(part)
    return tuple(spans)

"""Putting a record's file in order after much was written: takes a `Store`, leaves every row as it is, and decides nothing.

Pages that rows came into one by one are a quarter empty, and the full-text index lies in many parts. Both are made anew where the
file has grown by a tenth since that was last done, so that ten reports more cost nothing.
"""

from __future__ import annotations

from contextlib import suppress

from onrecord.errors import RecordError
from onrecord.store import links
from onrecord.store.store import Store

GROWN = 1.1


def tidy(store: Store) -> bool:
    """Fill the pages of a record that has grown; return whether that was done.

    A disk without room for a second copy, or somebody who reads, is no reason to fail: the record is whole, only larger.
    """
    before = int(links.state(store, "tidied") or 0)
    if _pages(store) < before * GROWN:
        return False
    with suppress(RecordError):
        with store.db.transaction():
            store.db.run("INSERT INTO statements_fts (statements_fts) VALUES ('optimize')")
        store.db.run("VACUUM")
        with store.db.transaction():
            links.set_state(store, "tidied", str(_pages(store)))
        return True
    return False


def _pages(store: Store) -> int:
    return int(store.db.run("PRAGMA page_count")[0][0])

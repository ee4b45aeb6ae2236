"""What lists ask again and again: takes a `Store` and some work, gives what it found, worked out once until somebody writes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from onrecord.store.store import Store

Found = TypeVar("Found")
Stamp = tuple[int, int]
_KEPT: WeakKeyDictionary[Store, tuple[Stamp, dict[Hashable, Any]]] = WeakKeyDictionary()


def once(store: Store, what: Hashable, work: Callable[[], Found]) -> Found:
    """Return what `work` finds, from memory where nobody wrote since; whoever gets it must not change it.

    >>> from onrecord.store.connection import Connection
    >>> store = Store(Connection(":memory:"))
    >>> once(store, "names", lambda: 2), once(store, "names", lambda: 3)
    (2, 2)
    >>> store.names.key("Ada Moss"), once(store, "names", lambda: 3)
    (1, 3)
    """
    if store.db.changing:  # what is seen now may be taken back
        return work()
    stamp = (store.db.run("SELECT total_changes()")[0][0], store.db.run("PRAGMA data_version")[0][0])
    kept = _KEPT.get(store)
    if kept is None or kept[0] != stamp:
        kept = _KEPT[store] = stamp, {}
    if what not in kept[1]:
        kept[1][what] = work()
    found: Found = kept[1][what]
    return found

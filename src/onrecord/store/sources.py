"""Which files a record has read: takes what a file's bytes were and which documents came of them, says what is still to be read.

A source is known by its absolute path; what the user typed is kept beside it, for exports. It counts as read only with the same
bytes (SHA-256 of it and of its sidecar) and only once all of it is in. What it said before and says no more is removed with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.document import Document
from onrecord.errors import InputError
from onrecord.store.rows import clean
from onrecord.store.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """A file as the record knows it: absolute `place`, `path` as given, hex digests of its bytes and its sidecar's."""

    place: str
    path: str
    digest: str
    sidecar: str | None = None


class Sources:
    """The sources and failures of a record."""

    def __init__(self, store: Store) -> None:
        self.store, self.db = store, store.db

    def whole(self, at: Place) -> bool:
        """Say whether all of this source is in the record, with these bytes."""
        found = self.db.run(
            "SELECT path FROM sources WHERE place = ? AND digest = ? AND sidecar IS ? AND whole = 1",
            (at.place, *_bytes(at)),
        )
        if found and at.path < found[0][0]:  # exports name the least path, in whatever order a file is given twice
            self.db.run("UPDATE sources SET path = ? WHERE place = ?", (at.path, at.place))
        return bool(found)

    def count(self, at: Place) -> int:
        """Return how many documents of this source are in the record."""
        return int(self.db.run(f"SELECT count(*) FROM origins WHERE source = ({_KEY})", (at.place,))[0][0])

    def known(self, at: Place) -> frozenset[str]:
        """Return the ids of the documents of this source that are in the record."""
        sql = f"SELECT id FROM origins JOIN documents ON key = document WHERE source = ({_KEY})"
        return frozenset(id for (id,) in self.db.run(sql, (at.place,)))

    def put(self, at: Place, docs: Sequence[Document], seen: set[int]) -> int:
        """Keep documents of a source that is being read, in one change, and return how many are new to the record.

        `seen` gathers the documents of one reading over several calls.
        """
        with self.db.transaction():
            source, new = self._begin(at), 0
            for doc in docs:
                key, is_new = self.store.put(doc)
                new += is_new
                seen.add(key)
                self.db.run("INSERT OR IGNORE INTO origins VALUES (?, ?, ?)", (source, doc.origin.entry or "", key))
        return new

    def finish(self, at: Place, seen: set[int], failures: Sequence[InputError]) -> int:
        """Say that a source has been read to its end; return how many documents of its former bytes were removed.

        With failures it does not count as whole, and is read again next time. A source that gave nothing but failures leaves no
        row, and none of its former documents if its bytes have changed.
        """
        with self.db.transaction():
            self.fail(at.place, failures)
            changed = not self.db.run(f"{_KEY} AND digest = ? AND sidecar IS ?", (at.place, *_bytes(at)))
            source = self._begin(at)
            removed = self._forget(source, seen) if changed or not failures else 0
            sql = "UPDATE sources SET digest = ?, sidecar = ?, whole = ? WHERE key = ?"
            self.db.run(sql, (*_bytes(at), not failures, source))
            if failures and not self.known(at):
                self.db.run("DELETE FROM sources WHERE key = ?", (source,))
        return removed

    def fail(self, place: str, failures: Sequence[InputError]) -> None:
        """Keep why a source could not be read, in place of what was kept before."""
        with self.db.transaction():
            self.db.run("DELETE FROM failures WHERE place = ?", (place,))
            self.db.run_many(
                "INSERT OR IGNORE INTO failures VALUES (?, ?, ?, ?, ?)",
                [
                    (place, clean(fail.path), type(fail).__name__, clean(fail.found), clean(fail.todo))
                    for fail in failures
                ],
            )

    def failures(self) -> list[tuple[str, str, str]]:
        """Return what could not be read when it was last tried, as (path, what was found, what to do), by path."""
        return [(a, b, c) for a, b, c in self.db.run("SELECT path, found, todo FROM failures ORDER BY path, found")]

    def places(self) -> list[Place]:
        """Return every source that is in the record, by its path."""
        rows = self.db.run("SELECT place, path, digest, sidecar FROM sources ORDER BY path, place")
        return [Place(place, path, digest.hex(), side.hex() if side else None) for place, path, digest, side in rows]

    def _begin(self, at: Place) -> int:
        found = self.db.run(_KEY, (at.place,))
        if not found:
            sql = "INSERT INTO sources (place, path, digest, sidecar) VALUES (?, ?, ?, ?)"
            return self.db.insert(sql, (at.place, at.path, *_bytes(at)))
        self.db.run("UPDATE sources SET path = min(path, ?), whole = 0 WHERE place = ?", (at.path, at.place))
        return int(found[0][0])

    def _forget(self, source: int, seen: set[int]) -> int:
        """Take from a source the documents not in `seen`; those no other source holds are removed."""
        removed = 0
        for (key,) in self.db.run(
            "SELECT DISTINCT document FROM origins WHERE source = ? ORDER BY document", (source,)
        ):
            if key not in seen:
                self.db.run("DELETE FROM origins WHERE source = ? AND document = ?", (source, key))
                if not self.db.run("SELECT 1 FROM origins WHERE document = ? LIMIT 1", (key,)):
                    self.store.remove(key)
                    removed += 1
        return removed


_KEY = "SELECT key FROM sources WHERE place = ?"


def _bytes(at: Place) -> tuple[bytes, bytes | None]:
    return bytes.fromhex(at.digest), bytes.fromhex(at.sidecar) if at.sidecar else None

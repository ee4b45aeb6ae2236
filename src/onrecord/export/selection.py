"""What is exported: takes a `Store` and a filter, gives the documents with what they are called and the statements picked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.document import Document
from onrecord.store.find import StatementFilter, find
from onrecord.store.judgements import as_seen
from onrecord.store.store import Store


@dataclass(frozen=True, slots=True)
class Selection:
    """A record, or what a filter picks of it; `story` is its name, `raw` leaves formulas in CSV as they are."""

    store: Store
    asked: StatementFilter | None = None
    story: str = "record"
    raw: bool = False

    def documents(self, *, linked: bool = False) -> Iterator[tuple[str, Document]]:
        """Yield each document as people see it with what it is called, by that.

        With a filter: only those in which it picks a statement, with only the statements picked and the figures in them.
        `linked`: speakers under the names they have across the record, not those of the document.
        """
        picked = self._picked()
        for label, key in self._labels():
            if picked is None:
                yield label, as_seen(self.store, key, linked=linked)[0]
            elif key in picked:
                yield label, _only(as_seen(self.store, key, linked=linked)[0], picked[key])

    def labels(self) -> dict[str, str]:
        """Return what each document is called, by its id."""
        ids = {key: id for key, id in self.store.db.run("SELECT key, id FROM documents")}  # noqa: C416  # typed
        return {ids[key]: label for label, key in self._labels()}

    def _labels(self) -> list[tuple[str, int]]:
        rows = self.store.db.run("SELECT key, id, name, count(*) OVER (PARTITION BY name) FROM documents")
        return sorted((name if n == 1 else id, key) for key, id, name, n in rows)

    def _picked(self) -> dict[int, set[str]] | None:
        if self.asked is None or self.asked == StatementFilter():
            return None
        picked = defaultdict(set)
        keys = find(self.store, self.asked)
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            sql = f"SELECT document, id FROM statements WHERE key IN ({','.join('?' * len(some))})"
            for document, id in self.store.db.run(sql, some):
                picked[document].add(id)
        return picked


def _only(doc: Document, ids: set[str]) -> Document:
    return replace(
        doc,
        statements=tuple(stmt for stmt in doc.statements or () if stmt.id in ids),
        figures=tuple(fig for fig in doc.figures or () if fig.statement in ids),
    )

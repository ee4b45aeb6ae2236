"""Linking a record: takes a `Store`, compares what is new with what can match, writes edges and what follows from them.

What is asked again without anything new does nothing; the order in which documents came does not matter. What two things are to
each other is worked out from them alone and kept; only what follows from many (who else bears a name, which story a report
belongs to) is drawn anew each time. Nothing that was extracted is changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.link import copying, identities, positioning, sayings, storytelling, wordings
from onrecord.store import links
from onrecord.store.judgements import log, standing
from onrecord.store.store import Store
from onrecord.store.tidying import tidy

VERSION = "links-11"
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What the record holds after linking: how many of each there are now; `new` is False where there was nothing to do.

    `conflicts` counts the figures on which reports disagree, `updates` those that rose from report to report.
    """

    new: bool
    documents: int
    speakers: int
    copies: int
    stories: int
    utterances: int
    figures: int
    conflicts: int
    updates: int = 0


STEPS: tuple[tuple[str, Callable[[Store], None]], ...] = (
    ("copies", copying.draw),
    ("stories", storytelling.draw),
    ("speakers", identities.draw),
    ("utterances and figures", sayings.draw),
    ("positions", positioning.draw),
    ("wording", wordings.draw),
)


def link(
    store: Store,
    aliases: Sequence[tuple[str, str, str | None]] | None = None,
    *,
    progress: Progress | None = None,
) -> LinkReport:
    """Link what the record holds; each step is one change, so that an interruption costs at most one.

    Args:
        aliases: the user's own (name, alias, Wikidata id or None), kept in place of those kept before; None leaves them.
    """
    if aliases is not None:
        links.put_aliases(store, aliases)
    if links.state(store, "version") != VERSION:
        links.drop(store)
        with store.db.transaction():
            links.set_state(store, "version", VERSION)
    seen = signature(store)
    new = links.state(store, "documents") != seen
    for n, (name, step) in enumerate(STEPS if new else ()):
        if progress is not None:
            progress(n, len(STEPS), name)
        with store.db.transaction():
            step(store)
    if new:
        with store.db.transaction():
            links.set_state(store, "documents", seen)
        tidy(store)
    return report(store, new)


def signature(store: Store) -> str:
    """Return a digest of all that links follow from: documents, people's judgements, aliases."""
    found = hashlib.sha256()
    for (id,) in store.db.run("SELECT id FROM documents ORDER BY id"):
        found.update(id.encode() + b"\n")
    lines = [[line.n, line.kind] for line in standing(log(store))]
    found.update(json.dumps([lines, links.aliases(store)]).encode())
    return found.hexdigest()


def redraw_speakers(store: Store) -> None:
    """Draw anew who is one with whom, after a person judged; nothing where the record was never linked."""
    if links.state(store, "version") == VERSION:
        with store.db.transaction():
            identities.draw(store)


def report(store: Store, new: bool = False) -> LinkReport:
    """Return what links the record holds."""

    def count(sql: str) -> int:
        return int(store.db.run(f"SELECT count(*) FROM {sql}")[0][0])

    disagree = "SELECT DISTINCT c.cluster FROM links l JOIN clusters c ON c.kind = 'figure' AND c.node = l.a"
    of = "(SELECT DISTINCT cluster FROM clusters WHERE kind = '{}')"
    return LinkReport(
        new,
        count("documents"),
        count(of.format("speaker")),
        count("links WHERE kind = 'copy'"),
        count(of.format("story")),
        count(of.format("utterance")),
        count(of.format("figure")),
        conflicts := count(f"({disagree} WHERE l.kind = 'conflict')"),
        count(f"({disagree} WHERE l.kind IN ('conflict', 'update'))") - conflicts,
    )

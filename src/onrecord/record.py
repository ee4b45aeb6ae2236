"""A record in Python: takes a path, gives what can be done with the record there, and does none of it itself.

Adding is `onrecord.add`, linking `onrecord.link`, questions are `onrecord.ask`, leaving is `onrecord.export`; keeping is
`onrecord.store`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from onrecord.add import AddReport, Progress, add
from onrecord.ask import across, identity, positions, same_figures, sayings, wording
from onrecord.ask import statements as ask
from onrecord.ask.across import CopyRow, StoryRow
from onrecord.ask.identity import Identity
from onrecord.ask.positions import Issue, Position, PositionFilter
from onrecord.ask.same_figures import FigureRow, FigureThing, Status
from onrecord.ask.sayings import UtteranceRow
from onrecord.ask.statements import DocumentRow, SpeakerRow, StatementFilter, StatementRow
from onrecord.ask.wording import DistinctiveRow, WordingRow
from onrecord.document import Document
from onrecord.errors import NotFound
from onrecord.export import Format, export
from onrecord.store.check import Problem, check
from onrecord.store.connection import Connection
from onrecord.store.sources import Sources
from onrecord.store.store import Store

if TYPE_CHECKING:
    from onrecord.link.linking import LinkReport

DERIVED = {"paragraphs", "sentences", "tokens", "quotations"}


class Record:
    """The record in one SQLite file; a context manager.

    >>> record = Record.open(":memory:")
    >>> record.add([]).added, list(record.statements(speaker="Ada Moss"))
    (0, [])
    >>> record.close()
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, path: str | os.PathLike[str], read_only: bool = False) -> Record:
        """Open the record at `path`; where there is none one is made, unless it is opened for reading only.

        Raises:
            NotFound: there is no record, and none may be made.
            NotARecord: the file is something else; nothing was changed.
            RecordBusy: somebody else writes to it, for longer than one waits.
            RecordError: it is damaged, newer than this program, or may not be opened.
        """
        return cls(Store(Connection(os.fspath(path), read_only=read_only)))

    @property
    def path(self) -> str:
        """Where the record is, as it was given."""
        return self.store.db.path

    @property
    def name(self) -> str:
        """What exports call its story: the file's name without its ending."""
        return "record" if self.path == ":memory:" else Path(self.path).stem

    def close(self) -> None:
        """Leave the record."""
        self.store.db.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def add(
        self,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> AddReport:
        """Read files, folders, feeds and JSON lines into the record; what it has already, byte for byte, is not read again.

        A file that has changed is read anew and its former version removed. An input that cannot be read is among `failed`, and
        the others are read. Interrupted, it keeps what it had; called again, it goes on from there.

        Args:
            workers: how many processes read; 0 for none but this one; None for one a core, or none where little is to be read.
            progress: called after each source with how many are done, of how many, and its path.
        """
        several = [paths] if isinstance(paths, str | os.PathLike) else paths
        return add(self.store, several, workers=workers, progress=progress)

    def documents(self, *, limit: int | None = None, offset: int = 0) -> list[DocumentRow]:
        """Return what the record has read, by name."""
        return ask.documents(self.store, limit=limit, offset=offset)

    def document(self, id: str) -> Document:
        """Return a document with all its layers, by its id or, where only one has it, its name.

        Raises:
            NotFound: there is none, or several have the name.
        """
        found = self.store.db.run("SELECT key FROM documents WHERE id = ? OR name = ?", (id, id))
        if len(found) != 1:
            how = (
                f"{len(found)} documents are called {id}: give an id"
                if found
                else f"there is no document {id} in the record"
            )
            raise NotFound(how)
        return _segmented(self.store.load(found[0][0]))

    def statement(self, id: str) -> StatementRow:
        """Return one statement, by "DOCUMENT#s1".

        Raises:
            NotFound: there is none.
        """
        return ask.statement(self.store, id)

    def statements(self, asked: StatementFilter | None = None, **parts: Any) -> Iterator[StatementRow]:
        """Yield the statements a filter picks; its parts (see `StatementFilter`) may be given by name.

        Raises:
            QueryError: a part of the filter cannot be understood.
        """
        return ask.statements(self.store, replace(asked or StatementFilter(), **parts))

    def count(self, asked: StatementFilter | None = None, **parts: Any) -> int:
        """Return how many statements a filter picks, counting no further than 10,000."""
        return ask.count_statements(self.store, replace(asked or StatementFilter(), **parts))

    def search(self, query: str, *, limit: int | None = 50, **parts: Any) -> Iterator[StatementRow]:
        """Yield the statements that have the words of `query`, the best first; parts of a filter narrow it.

        Raises:
            QueryError: the query cannot be understood; the message says how to write one.
        """
        return ask.search(self.store, query, StatementFilter(limit=limit, **parts))

    def speakers(self, name: str | None = None, *, limit: int | None = None, offset: int = 0) -> list[SpeakerRow]:
        """Return who says what, those with most statements first; with `name` those it can mean."""
        return ask.speakers(self.store, name, limit=limit, offset=offset)

    def link(
        self, aliases: str | os.PathLike[str] | None = None, *, progress: Callable[[int, int, str], None] | None = None
    ) -> LinkReport:
        """Link what the documents say: who is one with whom, which are copies, which report the same; compare only what is new.

        Args:
            aliases: a CSV file of your own, name,alias[,wikidata], kept in place of one given before.
            progress: called before each step with how many are done, of how many, and what it draws.

        Raises:
            InputError: the alias file cannot be read.
        """
        from onrecord.link import aliases as alias_file
        from onrecord.link.linking import link

        return link(self.store, None if aliases is None else alias_file.read(aliases), progress=progress)

    def identities(self, name: str | None = None, *, limit: int | None = None, offset: int = 0) -> list[Identity]:
        """Return who says what under all their names, those with most statements first; with `name` those it can mean.

        Raises:
            NotFound: nobody of that name is in the record.
        """
        if name is None:
            return identity.identities(self.store, limit=limit, offset=offset)
        return identity.identity(self.store, name)[offset : None if limit is None else offset + limit]

    def said_by(self, who: Identity) -> list[StatementRow]:
        """Return what a speaker said, in order of time."""
        return identity.said_by(self.store, who)

    def copies(self) -> list[CopyRow]:
        """Return the documents that share text, those that share most first; nothing before `link`."""
        return across.copies(self.store)

    def utterances(
        self, asked: StatementFilter | None = None, *, reports: int = 1, outlets: int = 0
    ) -> list[UtteranceRow]:
        """Return what several statements report, by its first day, each version in the order of time; nothing before `link`.

        Args:
            asked: only utterances of which one version at least is such a statement.
            reports: only what at least so many documents carry.
            outlets: only what at least so many outlets carry.

        Raises:
            QueryError: a part of the filter cannot be understood.
        """
        _, found = sayings.listed(self.store, asked, reports=reports, outlets=outlets)
        return [row for one in found for row in sayings.rows_of(one)]

    def figures(self, *, conflicts: bool = False, updated: bool = False) -> Iterator[FigureRow]:
        """Yield the figures of the record, by document; those that measure one thing have one number once linked.

        Args:
            conflicts: only figures of things on which reports disagree.
            updated: only figures of things that rose from report to report; with `conflicts`, either.
        """
        wanted = {name for name, asked in (("conflict", conflicts), ("updated", updated)) if asked}
        only: Status | None = "conflict" if wanted == {"conflict"} else "updated" if wanted == {"updated"} else None
        found = same_figures.figures(self.store, status=only)
        return found if len(wanted) < 2 else (row for row in found if row.status in wanted)

    def figure_things(
        self, status: Status | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[FigureThing]:
        """Return what is measured more than once, the most reported first: each number told, by whom, and what disagrees.

        Args:
            status: "agreeing", "updated" or "conflict"; None for all.

        Raises:
            QueryError: there is no such status, or limit or offset are below 0.
        """
        return same_figures.things(self.store, status=status, limit=limit, offset=offset)[1]

    def issues(self) -> list[Issue]:
        """Return what several statements take a stand on, those of most speakers first; nothing before `link`."""
        return positions.issues(self.store)

    def positions(
        self, speaker: str | None = None, issue: str | None = None, *, party: str | None = None, parties: bool = False
    ) -> list[Position]:
        """Return the steps of positions, by issue, holder and time, each with its statements; nothing before `link`.

        Args:
            speaker: whose, by the name or words of it.
            issue: on what, by an issue's id or name.
            party: of whose members, by the body's name or words of it.
            parties: also bodies of several speakers, with what all of them say.

        Raises:
            NotFound: there is no such issue.
        """
        asked = PositionFilter(speaker, party, issue, parties)
        return positions.with_statements(self.store, positions.positions(self.store, asked))

    def wording(
        self, *, referent: str | None = None, outlet: str | None = None, how: str | None = None
    ) -> list[WordingRow]:
        """Return what outlets call the same referent by different words, in whose voice, and where; nothing before `link`.

        Args:
            referent: only those called so, or that have such a word.
            outlet: only what this one calls them.
            how: only those known in this way: "known words", "exchanged", "counted" or "names".

        Raises:
            QueryError: there is no such way.
        """
        return wording.wording(self.store, referent=referent, outlet=outlet, how=how)

    def distinctive(self, *, outlet: str | None = None, voice: str = "own") -> list[DistinctiveRow]:
        """Return the words that set outlets apart on the stories they share, in "own", "attributed" or "quoted" words.

        Raises:
            QueryError: there is no such voice.
        """
        return wording.distinctive(self.store, outlet=outlet, voice=voice)

    def timeline(self) -> list[StoryRow]:
        """Return every report, by the event it reports and by day; before `link` each is an event of its own."""
        return across.timeline(self.store)

    def failures(self) -> list[tuple[str, str, str]]:
        """Return what could not be read when it was last tried: path, what was found, what to do."""
        return Sources(self.store).failures()

    def check(self) -> tuple[Problem, ...]:
        """Return what is wrong: damage, sources gone or changed, spans that do not say what the record says; empty if nothing."""
        return check(self.store)

    def export(
        self,
        format: Format,
        out: str | os.PathLike[str] | IO[bytes],
        asked: StatementFilter | None = None,
        *,
        raw: bool = False,
    ) -> None:
        """Write the record, or what a filter picks of it, to a file or an open binary stream: see `onrecord.export`."""
        export(self.store, format, out, asked, story=self.name, raw=raw)


def _segmented(doc: Document) -> Document:
    """Return a document with the layers that are not kept because they follow from its text."""
    from onrecord import pipeline

    for step in pipeline.STAGES:
        if set(step.adds) <= DERIVED | {"notes"}:
            doc = replace(step(doc), notes=doc.notes)  # the notes were kept with the document
    return doc

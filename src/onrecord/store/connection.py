"""The one SQLite connection of a record: takes a path, gives statements run and errors in words, and knows no tables.

A record is written in WAL mode, so that readers and a writer do not wait for each other and
a killed writer leaves the last whole transaction; when the last writer leaves, the file goes back to a single plain file.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from onrecord.errors import NotARecord, NotFound, OnRecordError, QueryError, RecordBusy, RecordError
from onrecord.store.rows import cut_packed, shown_text
from onrecord.store.schema import APPLICATION_ID, MIGRATIONS, PAGE_SIZE, Migration

BUSY_SECONDS = 15.0
SEARCH_SECONDS = 1.0
Row = tuple[Any, ...]


class Connection:
    """A record's connection: every statement goes through `run`, every change through `transaction`."""

    def __init__(
        self,
        path: str,
        *,
        read_only: bool = False,
        busy_seconds: float = BUSY_SECONDS,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> None:
        self.path, self.read_only, self._migrations = path, read_only, migrations
        self._depth = 0
        self._when_taken_back: list[Callable[[], None]] = []
        with self._said_in_words():
            self._db = _connect(path, read_only=read_only, busy_seconds=busy_seconds)
        self._db.create_function("text_of", 1, shown_text, deterministic=True)
        self._db.create_function("cut", 2, cut_packed, deterministic=True)
        try:
            with self._said_in_words():
                self._open()
        except BaseException:
            self._db.close()
            raise

    def _open(self) -> None:
        version, ours = self._recognised(), len(self._migrations)
        if self.read_only:
            if version < ours:
                raise RecordError(
                    f"{self.path}: an older onrecord made it (schema {version}, this one reads {ours});"
                    f" bring it up to date with: onrecord check {self.path}"
                )
            self._db.execute("PRAGMA query_only = ON")
            return
        self._db.execute("PRAGMA foreign_keys = OFF")  # kept by put and remove; checked by `check`
        if version == 0:
            self._db.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        with suppress(
            sqlite3.OperationalError
        ):  # a reader in the middle of a query: the rollback journal is safe as well
            self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        if version < ours:
            self._migrate(version)

    def _recognised(self) -> int:
        application = self._db.execute("PRAGMA application_id").fetchone()[0]
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        tables = self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if tables == 0 and application == 0 and not self.read_only:
            return 0
        if application != APPLICATION_ID:
            raise NotARecord(
                f"{self.path}: it is an SQLite file, but no record; give a path of your own for the record"
            )
        if version > len(self._migrations):
            ours = len(self._migrations)
            raise RecordError(
                f"{self.path}: it has schema {version}, newer than this program's {ours}; install a newer onrecord"
            )
        return version

    def _migrate(self, version: int) -> None:
        if version > 0:
            self._keep_a_copy(version)
        with self.transaction():
            version = int(self._db.execute("PRAGMA user_version").fetchone()[0])  # somebody else may have been faster
            for n, migration in enumerate(self._migrations[version:], version + 1):
                for statement in _statements(migration.sql):
                    self._db.execute(statement)
                self._db.execute("INSERT INTO migrations VALUES (?, ?)", (n, migration.name))
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {len(self._migrations)}")

    def _keep_a_copy(self, version: int) -> None:
        if self.path == ":memory:":
            return
        with closing(sqlite3.connect(f"{self.path}.schema-{version}")) as copy:
            self._db.backup(copy)

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run one statement and return all its rows."""
        with self._said_in_words():
            rows: list[Row] = self._db.execute(sql, parameters).fetchall()
            return rows

    def insert(self, sql: str, parameters: Sequence[Any]) -> int:
        """Run one INSERT and return the key it was given."""
        with self._said_in_words():
            return int(self._db.execute(sql, parameters).lastrowid or 0)

    def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for every row."""
        with self._said_in_words():
            self._db.executemany(sql, rows)

    def search(self, sql: str, parameters: Sequence[Any] = (), *, bounded: bool = False) -> list[Row]:
        """Run a statement that holds a full-text query: what is wrong with it is said as a `QueryError`.

        With `bounded` it may use a second of the processor (CHECKLIST R17).
        """
        try:
            if bounded:
                until = time.thread_time() + SEARCH_SECONDS
                self._db.set_progress_handler(lambda: time.thread_time() > until, 20_000)
            rows: list[Row] = self._db.execute(sql, parameters).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise QueryError(
                    "the search takes too long; look for rarer words, or narrow it with a filter"
                ) from error
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                raise _in_words(error, self.path) from error
            raise QueryError(
                f"the search cannot be understood ({error}); put what you look for in quotation marks"
            ) from error
        finally:
            self._db.set_progress_handler(None, 0)
        return rows

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what happens inside one change: all of it is kept, or none. Inside another it is part of that one."""
        if self._depth:
            yield
            return
        with self._said_in_words():
            if self.read_only:
                raise RecordError(f"{self.path}: it was opened for reading only; open it for writing")
            self._db.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            with self._said_in_words():
                yield
                self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # a full disk may have rolled it back already
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
            for forget in self._when_taken_back:
                forget()
            raise
        finally:
            self._depth = 0

    def when_taken_back(self, forget: Callable[[], None]) -> None:
        """Have `forget` called whenever a change is taken back: what it remembers of it is not so."""
        self._when_taken_back.append(forget)

    @property
    def changing(self) -> bool:
        """Whether a transaction is open here."""
        return self._depth > 0

    def close(self) -> None:
        """Leave the record; the last writer makes it a single file again."""
        if not self.read_only:
            with suppress(sqlite3.Error):  # somebody else still reads: then it stays in WAL mode, which is as safe
                self._db.execute("PRAGMA busy_timeout = 0")
                self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.close()

    @contextmanager
    def _said_in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _in_words(error, self.path) from error


def _connect(path: str, *, read_only: bool, busy_seconds: float) -> sqlite3.Connection:
    if path == ":memory:":
        return sqlite3.connect(path, isolation_level=None)
    where = Path(path)
    if where.is_dir():
        raise NotARecord(f"{path}: it is a folder; give the path of a file for the record")
    if read_only and not where.exists():
        raise NotFound(f"{path}: there is no record; make one with: onrecord add {path} PATH...")
    if not where.parent.exists():
        raise RecordError(f"{path}: the folder {where.parent} does not exist; make it first")
    mode = "ro" if read_only else "rwc"
    if read_only and not os.access(where.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        mode = "ro&immutable=1"  # SQLite cannot make its shared-memory file there, and nobody can write either
    uri = f"file:{quote(str(where.absolute()))}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=busy_seconds, check_same_thread=False)


def _statements(sql: str) -> Iterator[str]:
    """Cut a script into statements: `executescript` would commit the transaction that a migration must be."""
    held = ""
    for line in sql.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


_FOUND: dict[int, tuple[type[OnRecordError], str]] = {
    sqlite3.SQLITE_BUSY: (RecordBusy, "somebody else is writing to it; try again when they are done"),
    sqlite3.SQLITE_LOCKED: (RecordBusy, "somebody else is writing to it; try again when they are done"),
    sqlite3.SQLITE_FULL: (
        RecordError,
        "the disk is full; make room and run the same command again: it goes on where it stopped",
    ),
    sqlite3.SQLITE_READONLY: (RecordError, "it cannot be written; check the permissions of the file and of its folder"),
    sqlite3.SQLITE_CANTOPEN: (RecordError, "it cannot be opened; check that its folder exists and may be written"),
    sqlite3.SQLITE_PERM: (RecordError, "it may not be opened; check its permissions"),
    sqlite3.SQLITE_NOTADB: (NotARecord, "it is no record and no SQLite file; give a path of your own for the record"),
    sqlite3.SQLITE_CORRUPT: (RecordError, "it is damaged; restore a copy, or add the sources to a new record"),
    sqlite3.SQLITE_IOERR: (
        RecordError,
        "the disk cannot be read or written; make room, check it, and run the same again",
    ),
}


def _in_words(error: sqlite3.Error, path: str) -> OnRecordError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    kind, said = _FOUND.get(code, (RecordError, f"SQLite says: {error}"))
    return kind(f"{path}: {said}")

"""Adding to a record: takes paths, reads what is new or changed, keeps it source by source, and says what happened.

What counts as read is decided by the bytes (SHA-256), never by a file's date. Workers may finish in any order; what they give is
kept in the order of the inputs, each source in one change, so that any number of workers, and any interruption followed by the
same command, gives the same record. No text is looked at here.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.document import Document
from onrecord.errors import InputError
from onrecord.store.sources import Place, Sources
from onrecord.store.store import Store
from onrecord.workers import Begun, Item, Job, Known, Pool, read_and_extract

if TYPE_CHECKING:
    from onrecord.read import Source

Progress = Callable[[int, int, str], None]
"""Called after each source: how many are done, of how many, and the path of this one."""
AT_ONCE = 50
"""How many documents of one source are kept together."""
SHARED = 1024 * 1024
"""From how many bytes on a JSONL file is read by all workers together."""
FEW, SMALL = 16, 256 * 1024
"""Up to so many sources of so many bytes together no worker is started, unless asked for: it would take longer than they do."""


@dataclass(frozen=True, slots=True)
class AddReport:
    """What `add` did: documents `added`, those there `already`, old versions `removed`; inputs that `failed`, in input order.

    `notes` counts what looked wrong in the added documents, by kind.
    """

    added: int = 0
    already: int = 0
    removed: int = 0
    failed: tuple[InputError, ...] = ()
    notes: dict[str, int] = field(default_factory=dict)


def add(
    store: Store,
    paths: Iterable[str | os.PathLike[str]],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> AddReport:
    """Read what is new or changed under `paths` into the record.

    Args:
        workers: how many processes read; 0 for none but this one; None for one a core, or none where little is to be read.
    """
    from onrecord.read import sources

    adding = _Adding(store, progress or (lambda done, of, path: None))
    adding.begin(sources(paths))
    workers = adding.fitting() if workers is None else workers
    if workers > 0:
        with Pool(workers) as pool:
            for job, items in pool.run(adding.groups(workers)):
                adding.keep(job, items)
    else:
        for (job,) in adding.groups(1):
            adding.keep(job, _here(job))
    adding.keep_standard_input()
    return adding.report()


def _here(job: Job) -> Iterator[Item]:
    return (item for item in read_and_extract(job) if not isinstance(item, Begun))


class _Adding:
    """One call of `add`: what is to be read, and the tally of what was."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self.sources, self.progress = Sources(store), progress
        self.found: list[Source | InputError] = []
        self.standard_input: list[Source] = []
        self.failed: dict[int, list[InputError]] = {}
        self.order: dict[str, int] = {}
        self.notes: Counter[str] = Counter()
        self.added = self.already = self.removed = self.done = 0

    def begin(self, found: Iterable[Source | InputError]) -> None:
        """List what there is, each file once."""
        for source in found:
            if not isinstance(source, InputError) and source.path == "-":
                self.standard_input = [source]
            elif self.order.setdefault(_place(source.path), len(self.order)) == len(self.found):
                self.found.append(source)

    def fitting(self) -> int:
        """Return how many workers the inputs are worth."""
        files = [source for source in self.found if not isinstance(source, InputError)]
        few = len(files) <= FEW and sum(source.size for source in files) <= SMALL
        return 0 if few else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    def groups(self, workers: int) -> Iterator[list[Job]]:
        """Yield the jobs of each source that is to be read; what is not to be read is dealt with on the way."""
        for source in self.found:
            at = source if isinstance(source, InputError) else _hashed(source)
            if isinstance(at, InputError) or isinstance(source, InputError):
                self._fail(_place(source.path), [at] if isinstance(at, InputError) else [])
                self._step(source.path)
            elif self.sources.whole(at):
                self.already += self.sources.count(at)
                self._step(at.path)
            else:
                job = Job(source, at, known=self.sources.known(at))
                step = workers if source.kind == "jsonl" and source.size > SHARED else 1
                yield [replace(job, start=start, step=step) for start in range(step)]

    def keep(self, job: Job, items: Iterable[Item]) -> None:
        """Keep what a source gave: a source of one document in one change, a longer one in several and a last."""
        at, docs, failures, seen = job.place, [], list[InputError](), set[int]()
        for item in items:
            if isinstance(item, InputError):
                failures.append(item)
            elif isinstance(item, Known):
                seen.add(self.sources.store.key(item.id) or 0)
                self.already += 1
            else:
                docs.append(item)
                at = _as_read(at, item)
            if len(docs) >= AT_ONCE:
                self._put(at, docs, seen)
                docs = []
        with self.sources.db.transaction():
            self._put(at, docs, seen)
            self.removed += self.sources.finish(at, seen, failures)
        self.failed[self.order.get(at.place, len(self.order))] = failures
        self._step(at.path)

    def keep_standard_input(self) -> None:
        """Keep what comes on standard input, if that was asked for: last, and read in this process, which alone has it."""
        for source in self.standard_input:
            at = Place("-", "-", hashlib.sha256(b"").hexdigest())
            items = list(_here(Job(source, at)))
            docs = [item for item in items if isinstance(item, Document)]
            if docs:  # known by its bytes: what came that way before is not to be replaced
                at = Place(f"-:{docs[0].origin.digest}", "-", docs[0].origin.digest)
            self.keep(Job(source, at), items)

    def report(self) -> AddReport:
        """Return what happened."""
        failed = tuple(error for _, errors in sorted(self.failed.items()) for error in errors)
        return AddReport(self.added, self.already, self.removed, failed, dict(sorted(self.notes.items())))

    def _put(self, at: Place, docs: list[Document], seen: set[int]) -> None:
        new = self.sources.put(at, docs, seen) if docs else 0
        self.added += new
        self.already += len(docs) - new
        if new:
            self.notes.update(note.kind for doc in docs for note in doc.notes)

    def _fail(self, place: str, failures: list[InputError]) -> None:
        self.sources.fail(place, failures)
        self.failed[self.order[place]] = failures

    def _step(self, path: str) -> None:
        self.done += 1
        self.progress(self.done, len(self.found) + len(self.standard_input), path)


def _place(path: str) -> str:
    return os.path.abspath(path).encode("utf-8", "backslashreplace").decode()  # noqa: PTH100  # resolve() would follow links


def _hashed(source: Source) -> Place | InputError:
    """Return what is known of a source without reading it: where it is and what its bytes are."""
    from onrecord.read.raw import digest_of_file, printable
    from onrecord.read.sources import failure

    try:
        digest, sidecar = digest_of_file(source.path), digest_of_file(source.sidecar) if source.sidecar else None
    except OSError as error:
        return failure(source.path, error)
    return Place(_place(source.path), printable(source.path), digest, sidecar)


def _as_read(at: Place, doc: Document) -> Place:
    """Return `at` with the bytes that were read: if the file changed after it was hashed, the next `add` reads it again."""
    if Path(at.path).suffix.lower() == ".gz":
        return at  # the document knows the digest of what was packed
    return replace(at, digest=doc.origin.digest, sidecar=doc.origin.sidecar)

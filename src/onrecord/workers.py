"""Reading and extracting in processes of their own: takes jobs, gives their documents in the order of the jobs, keeps no record.

Each worker is `python -m onrecord.workers`: it takes jobs on its standard input and gives documents on its standard output, one
at a time. It is a program of its own and not a `multiprocessing` one, because that runs the caller's script again in every
worker. A worker that dies, or takes too long over one document, costs that document alone: another goes on behind it. One thread
a worker: two OpenMP threads that fight for a core run many times slower (DESIGN section 6).
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from onrecord.document import Document
from onrecord.errors import InputError, OnRecordError
from onrecord.store.rows import document_id

if TYPE_CHECKING:
    from onrecord.read import Source
    from onrecord.store.sources import Place

SECONDS = 60.0
BYTES_A_SECOND = 5_000
"""How long one document may take: `SECONDS`, and one more for every so many bytes. A sixth of the speed in DESIGN section 6."""
MEMORY = 3 * 1024**3
"""How much memory a worker may ask for: what a document of 20 MB may need, and no more."""
READY = "ready"
ONE_DOCUMENT = ("html", "text")
HELD = 32
"""How many documents of one job may wait to be written: what bounds the memory of a long feed."""


@dataclass(frozen=True, slots=True)
class Known:
    """In place of a document that the record already has."""

    id: str


@dataclass(frozen=True, slots=True)
class Begun:
    """Says that a document was read and is being extracted: what a worker dies over next is its fault."""

    where: str


@dataclass(frozen=True, slots=True)
class Job:
    """A source to read: of its documents only each `step`-th from `start`, and none that is in `known`."""

    source: Source
    place: Place
    start: int = 0
    step: int = 1
    known: frozenset[str] = frozenset()


def patience(job: Job) -> float:
    """Return how many seconds one document of a job may take."""
    return SECONDS + job.source.size / BYTES_A_SECOND


Item = Document | InputError | Known


def read_and_extract(job: Job) -> Iterator[Item | Begun]:
    """Yield each document of a job, extracted, or why it could not be read; a `Begun` goes before each that is extracted.

    Raises:
        ModelError: the weights are missing, so that no document can be extracted.
    """
    from onrecord.read import read_source

    try:
        for n, doc in enumerate(read_source(job.source)):
            if n < job.start or (n - job.start) % job.step:
                continue
            if isinstance(doc, InputError):
                yield doc
            elif (id := document_id(doc.name, doc.origin)) in job.known:
                yield Known(id)
            else:
                yield Begun(_where(doc))
                yield _extracted(doc)
    except InputError as error:
        yield error
    except OnRecordError:
        raise
    except Exception as error:
        yield _gave_up(job.place.path, error)


def _extracted(doc: Document) -> Document | InputError:
    """Return what is kept of a document: what does not follow from its text."""
    from onrecord.pipeline import extract

    try:
        doc = extract(doc)
    except OnRecordError:
        raise
    except Exception as error:  # a fault of ours in one document must not cost its neighbours
        return _gave_up(_where(doc), error)
    return replace(doc, paragraphs=None, sentences=None, tokens=None, quotations=None, encoding=None)


def _where(doc: Document) -> str:
    return doc.origin.path if doc.origin.entry is None else f"{doc.origin.path}:{doc.origin.entry}"


def _gave_up(where: str, error: BaseException) -> InputError:
    return InputError(
        where, f"it could not be read ({type(error).__name__}: {error})", "please report it with the file"
    )


class Pool:
    """So many workers, started when first needed; a context manager that ends them.

    `run` gives the results of jobs in the order of the jobs, whatever worker was faster. `limit` says how many seconds one
    document of a job may take.
    """

    def __init__(self, workers: int, *, limit: Callable[[Job], float] = patience) -> None:
        self.workers, self.limit = workers, limit
        self._jobs: queue.SimpleQueue[_Running | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_error: object) -> None:
        for worker in self._workers:
            worker.end()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=10)

    def run(self, groups: Iterable[Sequence[Job]]) -> Iterator[tuple[Job, Iterator[Item]]]:
        """Yield each group's first job with the items of all, in order; take them all before you ask for the next.

        A group is one job, or the `step` jobs that share a source.
        """
        ahead: deque[list[_Running]] = deque()
        for group in groups:
            ahead.append([self._start(job) for job in group])
            if len(ahead) > 4 * self.workers:
                yield _together(ahead.popleft())
        while ahead:
            yield _together(ahead.popleft())

    def _start(self, job: Job) -> _Running:
        if len(self._threads) < self.workers:
            self._workers.append(_Worker(self.limit))
            thread = threading.Thread(target=self._work, args=(self._workers[-1],), daemon=True)
            self._threads.append(thread)
            thread.start()
        running = _Running(job)
        self._jobs.put(running)
        return running

    def _work(self, worker: _Worker) -> None:
        while (running := self._jobs.get()) is not None and not worker.ended.is_set():
            try:
                worker.do(running)
            except OnRecordError as error:  # whoever waits for this job must hear of it
                running.put(_End(error), worker.ended)
            except Exception as error:
                running.put(_End(OnRecordError(f"a worker failed: {error!r}")), worker.ended)
        worker.close()


@dataclass(frozen=True, slots=True)
class _End:
    error: OnRecordError | None = None


@dataclass(frozen=True, slots=True)
class _Died:
    cause: str
    late: bool


@dataclass(slots=True)
class _Running:
    """A job on its way, and the items of it that wait to be taken."""

    job: Job
    out: queue.Queue[Item | _End] = field(default_factory=lambda: queue.Queue(HELD))

    def items(self) -> Iterator[Item]:
        while not isinstance(item := self.out.get(), _End):
            yield item
        if item.error is not None:
            raise item.error

    def put(self, item: Item | _End, ended: threading.Event) -> None:
        """Wait until there is room for `item`, or nobody takes it any more."""
        while not ended.is_set():
            with suppress(queue.Full):
                self.out.put(item, timeout=0.5)
                return


def _together(group: list[_Running]) -> tuple[Job, Iterator[Item]]:
    return group[0].job, _in_turn([running.items() for running in group])


def _in_turn(streams: list[Iterator[Item]]) -> Iterator[Item]:
    """Yield the items of jobs that share a source as they stand in it: the first of each, the second of each, ..."""
    while streams:
        left = []
        for stream in streams:
            with suppress(StopIteration):
                yield next(stream)
                left.append(stream)
        streams = left


class _Worker:
    """One worker process, started anew where it died; `end` may be called from another thread."""

    def __init__(self, limit: Callable[[Job], float]) -> None:
        self.ended, self.limit = threading.Event(), limit
        self._process: subprocess.Popen[bytes] | None = None

    def do(self, running: _Running) -> None:
        """Give every item of a job to `running`, and its end; a document that kills the worker comes as a failure."""
        job, done, begun = running.job, 0, ""
        while not self.ended.is_set():
            fresh = self._process is None
            for item in self._items(replace(job, start=job.start + done * job.step)):
                if isinstance(item, _Died):
                    break
                if isinstance(item, Begun):
                    begun, fresh = item.where, True
                    continue
                running.put(item, self.ended)
                if isinstance(item, _End):
                    return
                done, begun, fresh = done + 1, "", True
            else:
                return
            if not fresh and not item.late:  # it had died before, of something else
                continue
            running.put(InputError(begun or job.place.path, item.cause, "please report it with the file"), self.ended)
            if not begun or job.source.kind in ONE_DOCUMENT:  # there is no other behind it, or reading it is what kills
                running.put(_End(), self.ended)
                return
            done, begun = done + 1, ""

    def _items(self, job: Job) -> Iterator[Item | Begun | _End | _Died]:
        process, late, seconds = self._running(), threading.Event(), self.limit(job)

        def too_late() -> None:
            late.set()
            process.kill()

        with suppress(OSError):  # it died before: the reading below sees it
            _write(_pipe(process.stdin), job)
        item: Item | Begun | _End | None = None
        while not isinstance(item, _End):
            timer = threading.Timer(seconds, too_late)
            timer.start()
            item = _read(_pipe(process.stdout))
            timer.cancel()
            if item is None:
                self.close()
                ended = f"the worker that read it ended ({_name_of(process.returncode)})"
                yield _Died(f"it took longer than {seconds:.0f} s" if late.is_set() else ended, late.is_set())
                return
            yield item

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            package = str(Path(__file__).resolve().parent.parent)
            paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
            env = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(paths)}
            # -P: a random.py in the folder the user stands in is none of ours
            command = [sys.executable, "-P", "-m", "onrecord.workers"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)
            if self.ended.is_set():
                self._process.kill()
            _read(
                _pipe(self._process.stdout)
            )  # it says when it has imported everything: that is not the first document's time
        return self._process

    def end(self) -> None:
        """End the process, in the middle of whatever it does."""
        self.ended.set()
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Let the process end and its pipes go; the next job starts another."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(OSError):
                _pipe(process.stdin).close()
            process.wait()
            _pipe(process.stdout).close()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _name_of(code: int) -> str:
    if code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit {code}"


def _write(stream: IO[bytes], value: Any) -> None:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(struct.pack("<Q", len(data)))
    stream.write(data)
    stream.flush()


def _read(stream: IO[bytes]) -> Any:
    """Return the next value, None where the stream has ended."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = struct.unpack("<Q", head)[0]
    data = stream.read(size)
    return pickle.loads(data) if len(data) == size else None


def main() -> None:
    """Take jobs until standard input ends: what a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent says when to end
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand among the documents
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    import onrecord.pipeline
    import onrecord.read  # noqa: F401  # imported now: it is not to count as the first document's time

    with suppress(BrokenPipeError):
        _write(out, READY)
        while (job := _read(sys.stdin.buffer)) is not None:
            end = _End()
            try:
                for item in read_and_extract(job):
                    _write(out, item)
            except OnRecordError as error:
                end = _End(error)
            _write(out, end)


if __name__ == "__main__":
    # Not this very `main`: what travels must belong to the module that others import, not to __main__.
    from onrecord import workers

    workers.main()

"""Reading and extracting in processes of their own: takes jobs, gives their documents in the order of the jobs, keeps no record.

Each worker is `python -m onrecord.workers`: it takes jobs on its standard input and gives documents on its standard output, one
at a time. It is a program of its own and not a `multiprocessing` one, because that runs the caller's script again in every
worker. A worker that dies, or takes too long over one document, costs that document alone: another goes on behind it. One thread
a worker: two OpenMP threads that fight for a core run many times slower (DESIGN section 6).
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from onrecord.errors import InputError, OnRecordError
from onrecord.workers.jobs import Begun, End, Item, Job, Known, patience, read, read_and_extract, write

__all__ = ["Begun", "Item", "Job", "Known", "Pool", "read_and_extract"]

BESIDE = 5.0
"""Limits are of the processor's seconds. On the clock it may be so many times as long: other work may hold the processor."""
ONE_DOCUMENT = ("html", "text")
HELD = 32
"""How many documents of one job may wait to be written: what bounds the memory of a long feed."""


class Pool:
    """So many workers, started when first needed; a context manager that ends them.

    `run` gives the results of jobs in the order of the jobs, whatever worker was faster. `limit` says how many seconds of the
    processor one document of a job may take.
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
                running.put(End(error), worker.ended)
            except Exception as error:
                running.put(End(OnRecordError(f"a worker failed: {error!r}")), worker.ended)
        worker.close()


@dataclass(frozen=True, slots=True)
class _Died:
    cause: str
    late: bool


@dataclass(slots=True)
class _Running:
    """A job on its way, and the items of it that wait to be taken."""

    job: Job
    out: queue.Queue[Item | End] = field(default_factory=lambda: queue.Queue(HELD))

    def items(self) -> Iterator[Item]:
        while not isinstance(item := self.out.get(), End):
            yield item
        if item.error is not None:
            raise item.error

    def put(self, item: Item | End, ended: threading.Event) -> None:
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
                if isinstance(item, End):
                    return
                done, begun, fresh = done + 1, "", True
            else:
                return
            if done and job.source.kind in ONE_DOCUMENT:  # it had given what there is, and died before it could say so
                running.put(End(), self.ended)
                return
            if not fresh and not item.late:  # it had died before, of something else
                continue
            running.put(InputError(begun or job.place.path, item.cause, "please report it with the file"), self.ended)
            if not begun or job.source.kind in ONE_DOCUMENT:  # there is no other behind it, or reading it is what kills
                running.put(End(), self.ended)
                return
            done, begun = done + 1, ""

    def _items(self, job: Job) -> Iterator[Item | Begun | End | _Died]:
        process, late, most = self._running(), threading.Event(), self.limit(job)
        seconds = most

        def too_late() -> None:
            late.set()
            process.kill()

        with suppress(OSError):  # it died before: the reading below sees it
            write(_pipe(process.stdin), (job, most))
        item: Item | Begun | End | None = None
        while not isinstance(item, End):
            timer = threading.Timer(seconds * BESIDE, too_late)
            timer.start()
            item = read(_pipe(process.stdout))
            timer.cancel()
            if item is None:
                self.close()
                yield _died(process.returncode, late.is_set(), seconds)
                return
            seconds = min(most, item.seconds) if isinstance(item, Begun) else most
            yield item

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            package = str(Path(__file__).resolve().parents[2])
            paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
            env = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(paths)}
            # -P: a random.py in the folder the user stands in is none of ours
            command = [sys.executable, "-P", "-m", "onrecord.workers"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)
            if self.ended.is_set():
                self._process.kill()
            read(
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


def _died(code: int, late: bool, seconds: float) -> _Died:
    if late:
        return _Died(f"it took longer than {seconds * BESIDE:.0f} s", late=True)
    if code == -getattr(signal, "SIGXCPU", 0):
        return _Died(f"it took longer than {seconds:.0f} s of the processor", late=True)
    return _Died(f"the worker that read it ended ({_name_of(code)})", late=False)


def _name_of(code: int) -> str:
    if code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit {code}"

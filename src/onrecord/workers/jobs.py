"""One job of a worker: takes a source, gives its documents extracted, or why they could not be; and how jobs and results travel.

What is here runs in a worker or, where none is started, in the process that keeps the record. Processes are started next door.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Any

from onrecord.document import Document
from onrecord.errors import InputError, OnRecordError
from onrecord.store.rows import document_id

if TYPE_CHECKING:
    from onrecord.read import Source
    from onrecord.store.sources import Place

SECONDS = 20.0
BYTES_A_SECOND = 5_000
"""How long one document may take: `SECONDS`, and one more for every so many bytes. A sixth of the speed in DESIGN section 6.

Of a document that was read its own bytes count; until then those of its source, for what is read at once is all of that or, of a
longer one, no more than one document may have.
"""
READY = "ready"


@dataclass(frozen=True, slots=True)
class Known:
    """In place of a document that the record already has."""

    id: str


@dataclass(frozen=True, slots=True)
class Begun:
    """Says that a document of `size` bytes was read and is being extracted: what a worker dies over next is its fault."""

    where: str
    size: int = 0

    @property
    def seconds(self) -> float:
        """How many seconds of the processor extracting it may take."""
        return SECONDS + self.size / BYTES_A_SECOND


@dataclass(frozen=True, slots=True)
class Job:
    """A source to read: of its documents only each `step`-th from `start`, and none that is in `known`."""

    source: Source
    place: Place
    start: int = 0
    step: int = 1
    known: frozenset[str] = frozenset()


def patience(job: Job) -> float:
    """Return how many seconds of the processor one document of a job may take: to be read, and at most to be extracted."""
    from onrecord.read.raw import MAX_BYTES

    return SECONDS + min(job.source.size, MAX_BYTES) / BYTES_A_SECOND


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
                yield Begun(_where(doc), len(doc.text.encode("utf-8", "replace")))
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


@dataclass(frozen=True, slots=True)
class End:
    """Says that a job is done; `error` is what no document of it can be read without."""

    error: OnRecordError | None = None


def write(stream: IO[bytes], value: Any) -> None:
    """Send a value, its length first."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(struct.pack("<Q", len(data)))
    stream.write(data)
    stream.flush()


def read(stream: IO[bytes]) -> Any:
    """Return the next value, None where the stream has ended."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = struct.unpack("<Q", head)[0]
    data = stream.read(size)
    return pickle.loads(data) if len(data) == size else None

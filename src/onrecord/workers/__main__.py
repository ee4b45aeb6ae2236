"""What a worker process does, `python -m onrecord.workers`: takes jobs on standard input until that ends, gives documents.

It limits its own memory for good and its own processor time for each document, where the system can.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress

from onrecord.errors import OnRecordError
from onrecord.workers.jobs import READY, Begun, End, read, read_and_extract, write

MEMORY = 3 * 1024**3
"""How much memory a worker may ask for: what a document of 20 MB may need, and no more."""


def limit(what: str, most: int) -> None:
    """Limit this process, where the system can and nobody has set a lower limit.

    Never `RLIMIT_AS`: ONNX Runtime maps more than it uses.
    """
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        kind = getattr(resource, what)
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def by_now(seconds: float) -> int:
    """The processor's seconds that this process has used after so many more, in whole ones."""
    return int(time.process_time() + seconds) + 1


def main() -> None:
    """Take jobs until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent says when to end
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand among the documents
    limit("RLIMIT_DATA", MEMORY)
    import onrecord.pipeline
    import onrecord.read  # noqa: F401  # imported now: it is not to count as the first document's time

    with suppress(BrokenPipeError):
        write(out, READY)
        while (told := read(sys.stdin.buffer)) is not None:
            (job, seconds), end = told, End()
            limit("RLIMIT_CPU", by_now(seconds))
            try:
                for item in read_and_extract(job):
                    write(out, item)
                    limit("RLIMIT_CPU", by_now(min(seconds, item.seconds) if isinstance(item, Begun) else seconds))
            except OnRecordError as error:
                end = End(error)
            write(out, end)


if __name__ == "__main__":
    main()

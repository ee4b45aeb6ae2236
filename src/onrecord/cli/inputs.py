"""The inputs of a command that keeps no record: takes paths, gives their documents, tells and counts what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.cli.console import Progress, tell
from onrecord.cli.exits import Exit
from onrecord.document import Document
from onrecord.errors import InputError


@dataclass(slots=True)
class Inputs:
    """Documents from paths; iterate over it, then ask it for the exit code."""

    paths: Sequence[Path]
    done: int = 0
    failures: list[InputError] = field(default_factory=list)

    def __iter__(self) -> Iterator[Document]:
        """Yield each document that could be read; what could not is told on standard error at once."""
        return self.read()

    def read(self, show: Progress | None = None) -> Iterator[Document]:
        """Yield each document, and move the bar `show` by sources."""
        from onrecord.read import read_source, sources

        found = list(sources(self.paths))
        for number, source in enumerate(found):
            if show and not isinstance(source, InputError):
                show(number, len(found), source.path)
            for doc in [source] if isinstance(source, InputError) else read_source(source):
                if isinstance(doc, InputError):
                    self.fail(doc)
                else:
                    self.done += 1
                    yield doc

    def fail(self, error: InputError) -> None:
        """Count an input that failed, and say why."""
        self.failures.append(error)
        tell(f"onrecord: {error}")

    @property
    def code(self) -> Exit:
        """`SOME_FAILED` if anything could not be read, or if there was nothing to read."""
        if not self.done and not self.failures:
            tell("onrecord: there is no report in " + ", ".join(map(str, self.paths)))
        return Exit.OK if self.done and not self.failures else Exit.SOME_FAILED

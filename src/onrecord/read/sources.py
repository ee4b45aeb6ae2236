"""Paths to sources: takes files, folders and "-", gives each file to be read as a cheap `Source`, in sorted order.

Nothing is read here but names and sizes, so that `add` can hand sources to other processes. What is no file (a FIFO, a device, a
link to nothing, a loop of links) is a named failure. Files whose name begins with a full stop are passed over, as `ls` does.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import BadForm, InputError, NotReadable
from onrecord.read.raw import printable

KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    "": "any",
}
"""What a file's ending says it is; "any" is told from its bytes."""
BESIDE = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".txt.gz")
MAX_DEPTH = 64


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be read: its path as given, its size in bytes, the kind its ending says, and its sidecar's path."""

    path: str
    size: int
    kind: str
    sidecar: str | None = None


def sources(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Source | InputError]:
    """Yield the source of each file that `paths` name or hold: paths in the order given, folders sorted by name.

    A NAME.json beside NAME.txt or NAME.html is that file's sidecar and no source of its own.
    """
    given = [os.fspath(path) for path in paths]
    seen: set[tuple[int, int]] = set()
    for path in given:
        if path == "-":
            yield Source("-", 0, "any")
        else:
            yield from _walk(Path(path), given, seen, ())


def kind_of(path: str) -> str | None:
    """Return the kind that a file's ending says, "any" where it has none, None for an ending no reader knows.

    >>> kind_of("a/ferry.HTML"), kind_of("ferry.html.gz"), kind_of("ferry"), kind_of("ferry.png")
    ('html', 'html', 'any', None)
    """
    name = path.lower().removesuffix(".gz")
    return KINDS.get(os.path.splitext(name)[1])  # noqa: PTH122  # pathlib takes ".txt" for a name without ending, as this does


def _walk(
    path: Path, given: list[str], seen: set[tuple[int, int]], above: tuple[tuple[int, int], ...]
) -> Iterator[Source | InputError]:
    try:
        status = path.stat()
    except OSError as error:
        yield failure(str(path), error)
        return
    key = (status.st_dev, status.st_ino)
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path, given, seen, above, key)
    elif stat.S_ISREG(status.st_mode):
        yield from _file(path, status.st_size, given, listed=bool(above))
    else:
        yield not_a_file(str(path))


def _folder(
    path: Path, given: list[str], seen: set[tuple[int, int]], above: tuple[tuple[int, int], ...], key: tuple[int, int]
) -> Iterator[Source | InputError]:
    if key in above:
        yield NotReadable(printable(str(path)), "a link leads back to a folder it lies in", "remove the link")
        return
    if path.is_symlink() and above and key in seen:
        return  # its files have been given under another name
    if len(above) >= MAX_DEPTH:
        yield NotReadable(printable(str(path)), f"it lies more than {MAX_DEPTH} folders deep", "give it by itself")
        return
    seen.add(key)
    try:
        names = sorted(os.listdir(path))  # noqa: PTH208  # names, not paths: sorted by code point on every system
    except OSError as error:
        yield failure(str(path), error)
        return
    for name in names:
        if not name.startswith("."):
            yield from _walk(path / name, given, seen, (*above, key))


def _file(path: Path, size: int, given: list[str], listed: bool) -> Iterator[Source | InputError]:
    kind = kind_of(path.name)
    if kind is None and listed:
        todo = "give it by itself to read it as text" if path.suffix else ""
        yield BadForm(printable(str(path)), f"no reader for {path.suffix} files", todo)
    elif kind == "json" and (owner := _owner(path)):
        if not listed and not _is_given(owner, given):
            yield BadForm(printable(str(path)), f"it is the sidecar of {owner.name}", f"give {owner.name}")
    else:
        yield Source(str(path), size, kind or "any", _sidecar(path))


def _owner(path: Path) -> Path | None:
    """The report that a .json file stands beside."""
    beside = (path.with_suffix("").with_name(path.stem + ending) for ending in BESIDE)
    return next((owner for owner in beside if owner.is_file()), None)


def _is_given(owner: Path, given: list[str]) -> bool:
    return (
        str(owner) in given or str(owner.parent) in given or any(os.path.normpath(path) == str(owner) for path in given)
    )


def _sidecar(path: Path) -> str | None:
    ending = next(
        (ending for ending in sorted(BESIDE, key=len, reverse=True) if path.name.lower().endswith(ending)), None
    )
    if ending is None:
        return None
    beside = path.with_name(path.name[: -len(ending)] + ".json")
    return str(beside) if beside.is_file() else None


def failure(path: str, error: OSError) -> InputError:
    """Return the named failure of an input that the system will not give."""
    reasons = {
        "FileNotFoundError": ("it is not there" if not os.path.islink(path) else "a link to nothing", "check the name"),  # noqa: PTH114
        "PermissionError": ("no permission to read it", "change its permissions or run as its owner"),
        "IsADirectoryError": ("it is a folder", "give a file"),
    }
    found, todo = reasons.get(type(error).__name__, (error.strerror or str(error), "check the path"))
    if error.errno == 40:  # ELOOP
        found, todo = "a loop of links", "remove the link"
    return NotReadable(printable(path), found, todo)


def not_a_file(path: str) -> InputError:
    """Return the named failure of a FIFO, socket or device: reading one may never end."""
    return NotReadable(printable(path), "it is no file (a pipe, socket or device)", "use - for standard input")

"""Word lists: takes the name of a file in `data/`, gives its words, groups or tables, checked; it alone reads these files.

A file `data/NAME.toml` says in `about` what it holds; every other top-level key is a group, and a group has an `origin` (where
its words come from) and one of `words` (a list), `table` (word = value) or `rows` (a list of tables, for entries of several
fields). docs/how-to-add-a-word.md shows one of each. Order is the file's. What a list means is for the room that asks.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

Value = str | int | float
Row = TypeVar("Row")


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One group of a file: its `origin`, and one of `words`, `table` and `rows`; `example` shows one of its words at work."""

    origin: str
    words: tuple[str, ...] | None = None
    table: dict[str, Value] | None = None
    rows: tuple[dict[str, Any], ...] | None = None
    example: str = ""

    def __post_init__(self) -> None:
        if not self.origin.strip():
            raise ValueError("`origin` is empty: say where the words come from")
        if sum(part is not None for part in (self.words, self.table, self.rows)) != 1:
            raise ValueError("a group has one of `words`, `table` and `rows`")
        twice = [word for word, times in Counter(self.words or ()).items() if times > 1]
        if twice:
            raise ValueError(f"listed twice: {', '.join(twice)}")


class WordFile(msgspec.Struct, frozen=True):
    """One file of `data/`: what it is `about`, and its groups by key, in the file's order."""

    about: str
    groups: dict[str, Group]


def parse(text: str, name: str = "") -> WordFile:
    """Return the groups of a word file's TOML `text`; `name` is for the error message.

    >>> parse('about = "x"\\n[titles]\\norigin = "own list"\\nwords = ["Mr", "Ms"]').groups["titles"].words
    ('Mr', 'Ms')

    Raises:
        ValueError: the TOML or its form is wrong; the message names the file and the place.
    """
    try:
        data = tomllib.loads(text)
        return msgspec.convert({"about": data.pop("about", None), "groups": data}, WordFile)
    except (ValueError, msgspec.ValidationError) as wrong:
        raise ValueError(f"data/{name}.toml: {wrong}; docs/how-to-add-a-word.md shows the form") from wrong


@cache
def load(name: str) -> WordFile:
    """Return the file `data/NAME.toml`, read and checked once a process.

    Raises:
        ValueError: there is no such file, or its form is wrong.
    """
    file = resources.files("onrecord") / "data" / f"{name}.toml"
    if not file.is_file():
        raise ValueError(f"data/{name}.toml: there is no such word list; there are {', '.join(names())}")
    return parse(file.read_text(encoding="utf-8"), name)


def names() -> tuple[str, ...]:
    """Return the names of all word files, sorted."""
    files = (resources.files("onrecord") / "data").iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


@cache
def words(name: str, *keys: str) -> tuple[str, ...]:
    """Return the words of a file's groups `keys` (of all its groups of words, if none is given), each once.

    A table's words are its left-hand sides.
    """
    chosen = _chosen(name, keys)
    return tuple(dict.fromkeys(word for group in chosen.values() for word in (group.words or group.table or ())))


@cache
def groups(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words of each group, by its key: for lists such as the cue verbs of each act."""
    return MappingProxyType({key: tuple(g.words or ()) for key, g in load(name).groups.items() if g.words is not None})


@cache
def by_word(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the keys of the groups each word stands in, by the word: `groups` turned round."""
    turned: dict[str, list[str]] = {}
    for key, members in groups(name).items():
        for word in members:
            turned.setdefault(word, []).append(key)
    return MappingProxyType({word: tuple(found) for word, found in turned.items()})


@cache
def table(name: str, *keys: str) -> Mapping[str, Any]:
    """Return the values by word of a file's tables `keys` (of all its tables, if none is given): aliases, units, numbers.

    Values are strings or numbers as the file has them. Where a word stands in two tables the first one wins.
    """
    found: dict[str, Value] = {}
    for group in _chosen(name, keys).values():
        for word, value in (group.table or {}).items():
            found.setdefault(word, value)
    return MappingProxyType(found)


@cache
def rows(name: str, row: type[Row], *keys: str) -> tuple[Row, ...]:
    """Return the rows of a file's groups `keys` (of all, if none is given) as `row`, a dataclass with the rows' fields.

    Raises:
        ValueError: a row does not fit `row`; the message names the file, the group and the field.
    """
    found: list[Row] = []
    for key, group in _chosen(name, keys).items():
        try:
            found += msgspec.convert(group.rows or (), tuple[row, ...])  # type: ignore[valid-type]
        except msgspec.ValidationError as wrong:
            raise ValueError(f"data/{name}.toml, group {key}: {wrong}") from wrong
    return tuple(found)


def _chosen(name: str, keys: tuple[str, ...]) -> dict[str, Group]:
    known = load(name).groups
    missing = [key for key in keys if key not in known]
    if missing:
        raise ValueError(f"data/{name}.toml: no group {', '.join(missing)}; there are {', '.join(known)}")
    return {key: known[key] for key in keys or known}

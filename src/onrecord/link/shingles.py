"""Sketches of texts: takes words, gives winnowed fingerprints and the pairs of texts that share enough of them.

Winnowing keeps one hash of every window of consecutive word runs, so that two texts with a common stretch of
`RUN + WINDOW - 1` words are sure to share one (Schleimer, Wilkerson and Aiken, "Winnowing", SIGMOD 2003). It finds
candidates only; whether they are copies is decided in `copies`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

RUN = 5
WINDOW = 6
CROWD = 24  # a fingerprint in more texts than this is paired along a chain, not all with all
_WORD = re.compile(r"\w+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Prints = NDArray[np.uint64]
Places = NDArray[np.int64]


def words(text: str) -> list[str]:
    """Return the words of `text`, case folded, in order.

    >>> words("The Lake's level fell 3.5 metres")
    ['the', 'lake', 's', 'level', 'fell', '3', '5', 'metres']
    """
    return _WORD.findall(text.casefold())


def fingerprints(tokens: list[str]) -> Prints:
    """Return the sorted, distinct winnowed hashes of the runs of five words; empty for fewer than five words.

    >>> a = fingerprints("the harbour stays shut until the toll is gone".split())
    >>> b = fingerprints("he said the harbour stays shut until the toll is gone for good".split())
    >>> bool(set(a.tolist()) & set(b.tolist()))
    True
    """
    if len(tokens) < RUN:
        return np.zeros(0, np.uint64)
    runs = _run_hashes(np.array([_word_hash(token) for token in tokens], np.uint64))
    if len(runs) <= WINDOW:
        return np.unique(runs.min(keepdims=True))
    least = runs[: len(runs) - WINDOW + 1]
    for offset in range(1, WINDOW):
        least = np.minimum(least, runs[offset : offset + len(least)])
    return np.unique(least)


@lru_cache(maxsize=100_000)
def _word_hash(word: str) -> int:
    # Python's own hash differs from run to run; the sketch must not.
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _run_hashes(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    out = np.zeros(len(hashes) - RUN + 1, np.uint64)
    with np.errstate(over="ignore"):
        for offset in range(RUN):
            out = (out * _FACTOR) ^ hashes[offset : offset + len(out)]
            out ^= out >> np.uint64(29)
    return out


def candidates(prints: Mapping[str, Prints], least: int = 3) -> dict[tuple[str, str], int]:
    """Return the pairs of ids, each in sorted order, whose texts share at least `least` fingerprints, with how many.

    A fingerprint that stands in more than `CROWD` texts links each only to the next in order of id: a thousand copies of
    one text give a thousand pairs, not half a million.

    >>> p = fingerprints("no ship passes the strait before the dues are paid in full".split())
    >>> candidates({"b": p, "a": p}, least=1) == {("a", "b"): len(p)}
    True
    """
    names = sorted(prints)
    holders = np.repeat(np.arange(len(names)), [len(prints[name]) for name in names])
    values = np.concatenate([prints[name] for name in names]) if names else np.zeros(0, np.uint64)
    order = np.lexsort((holders, values))
    starts = np.flatnonzero(np.diff(values[order], prepend=~values[order][:1]))
    pairs = _pairs(holders[order], starts, np.diff(starts, append=len(order)), len(names))
    found, often = np.unique(pairs, return_counts=True)
    rows = zip(found[often >= least].tolist(), often[often >= least].tolist(), strict=True)
    return {(names[pair // len(names)], names[pair % len(names)]): count for pair, count in rows}


def _pairs(holders: Places, starts: Places, sizes: Places, many: int) -> Places:
    """Return the pairs of texts that hold a fingerprint together, once for each: a place times `many`, and the other place."""
    found = [np.zeros(0, np.int64)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= CROWD)]).tolist():
        some = holders[starts[sizes == size][:, None] + np.arange(size)]
        a, b = np.triu_indices(size, 1)
        found.append((some[:, a] * many + some[:, b]).ravel())
    for start, size in zip(starts[sizes > CROWD].tolist(), sizes[sizes > CROWD].tolist(), strict=True):
        some = holders[start : start + size]
        found.append(some[:-1] * many + some[1:])
    return np.concatenate(found)

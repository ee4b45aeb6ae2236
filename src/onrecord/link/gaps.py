"""Growing numbers in few bits: takes sorted hashes, gives bytes and back, and does not know what the hashes stand for.

Hashes say nothing that could be packed but that they are sorted: so the gaps between them are kept, by Golomb's code for gaps
that come by chance (Rice's form of it: R. F. Rice, "Some Practical Universal Noiseless Coding Techniques", JPL 1979). A gap
is parted into its lowest bits, as many for all, and how often the rest counts, in as many zeros and a one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.store.rows import packed, unpacked

HEAD = 8  # bytes that hold how many numbers there are, and how many bits each has at least; they need fewer


def pack(gaps: NDArray[np.int64]) -> bytes:
    """Return numbers of 0 and more in few bits.

    >>> import numpy as np
    >>> gaps = np.array([5, 0, 900, 17])
    >>> unpack(pack(gaps))[0].tolist(), len(pack(gaps))
    ([5, 0, 900, 17], 7)
    """
    bits = max(0, int(gaps.mean() * np.log(2)).bit_length() - 1) if len(gaps) else 0
    lowest = (gaps[:, None] >> np.arange(bits)) & 1
    ends = np.cumsum((gaps >> bits) + 1)
    rest = np.zeros(ends[-1] if len(ends) else 0, "u1")
    rest[ends - 1] = 1
    both = np.packbits(np.concatenate([lowest.astype("u1").ravel(), rest]))
    return packed([len(gaps), bits]) + both.tobytes()


def unpack(column: bytes) -> tuple[NDArray[np.int64], bytes]:
    """Return the numbers that `pack` packed, and what stands behind them."""
    ends = [n for n, byte in enumerate(column[:HEAD], 1) if byte < 128][:2]
    many, bits = unpacked(column[: ends[1]])
    found = np.unpackbits(np.frombuffer(column, "u1", offset=ends[1]))
    lowest = found[: many * bits].reshape(many, bits).astype(np.int64)
    stops = np.flatnonzero(found[many * bits :])[:many]
    rest = np.diff(stops, prepend=-1) - 1
    used = ends[1] + (many * bits + (int(stops[-1]) + 1 if many else 0) + 7) // 8
    return (rest << bits) + lowest @ (1 << np.arange(bits)), column[used:]

"""What the encoder gives: takes nothing, holds one document's word pieces and their vectors, and knows no model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """Vectors of one text, encoded once, read by every learned head.

    `spans` is an int array of shape (pieces, 2), code point offsets into the text, in text order; `vectors` a float32
    array of shape (pieces, width). `heads` holds what the heads of the shared graph gave, by name: one row a piece, and of
    "cues" one item a possible cue.
    """

    spans: Any
    vectors: Any
    heads: dict[str, Any]
    by: str

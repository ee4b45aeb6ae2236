"""What the encoder says of a pronoun and those it can mean: takes a document's `Encoding`, gives each candidate a score.

A small network (one hidden layer) over the features of `pronouns`, the vector of the pronoun, that of the candidate's nearest
mention, and their product, learned by `training/ranker.py --vectors` on GAP, GUM and LitBank. It is bound to the encoder it was
learned with: with another one, or none, `pronouns` decides by features alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from onrecord.document import Span
from onrecord.encoding import Encoding

FILE = "pronouns.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """The learned network, for the encoder called `by`.

    `features` names its first inputs, `linear` their direct weights; vectors are shifted and projected; `hidden`, `bias` and
    `out` are the layer over all of it. `parser` holds the arrays of `syntax`, none where the file has none.
    """

    by: str
    features: Mapping[str, int]
    linear: Any
    pronoun_shift: Any
    pronoun: Any
    name_shift: Any
    name: Any
    hidden: Any
    bias: Any
    out: Any
    parser: Mapping[str, Any] = field(default_factory=dict)


@cache
def form() -> Form | None:
    """Return the learned network, None where the file is missing."""
    file = files("onrecord") / "models" / "en" / FILE
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as kept:
        if "hidden" not in kept:  # an older form
            return None
        names = {name: number for number, name in enumerate(kept["features"].tolist())}
        arrays = [kept[key].astype(np.float32) for key in ARRAYS]
        parser = {key: kept[key].astype(np.float32) for key in kept.files if key.startswith("parse ")}
        return replace(Form(str(kept["by"]), names, *arrays), parser=parser)


ARRAYS = ("linear", "pronoun_shift", "pronoun", "name_shift", "name", "hidden", "bias", "out")


def mean_vector(encoding: Encoding, span: Span) -> Any:
    """Return the mean of the vectors of the pieces that touch a span; None where there is none."""
    spans = encoding.spans
    low = int(np.searchsorted(spans[:, 1], span.start, side="right"))
    high = int(np.searchsorted(spans[:, 0], span.end, side="left"))
    return encoding.vectors[low:high].mean(0, dtype=np.float32) if high > low else None


def mean_vectors(encoding: Encoding, spans: Sequence[Span]) -> Any:
    """Return `mean_vector` of each of some spans of one passage, [n, width]; zeros where there is none."""
    pieces = encoding.spans
    low = np.searchsorted(pieces[:, 1], [span.start for span in spans], side="right")
    high = np.searchsorted(pieces[:, 0], [span.end for span in spans], side="left")
    first, end = int(low.min()), int(high.max())
    some = encoding.vectors[first : max(first, end)].astype(np.float32)
    places = np.arange(first, first + len(some))
    counts = np.maximum(high - low, 1).astype(np.float32)
    # A product with the shares of the pieces: for a sentence it takes a third of the time of `np.add.reduceat`.
    shares = ((places >= low[:, None]) & (places < high[:, None])) / counts[:, None]
    return shares @ some


@dataclass(slots=True)
class Pairs:
    """Scores of what a pronoun can mean; the projections of spans are kept once made."""

    encoding: Encoding
    form: Form
    kept: dict[Span, Any] = field(default_factory=dict)

    def scores(self, pronoun: Span, names: Sequence[Span | None], rows: Sequence[Mapping[str, float]]) -> list[float]:
        """Return the score of each candidate: its nearest mention (None where it has none) and its features."""
        flat = np.zeros((len(rows), len(self.form.features)), np.float32)
        for number, row in enumerate(rows):
            for name, value in row.items():
                at = self.form.features.get(name)
                if at is not None:
                    flat[number, at] = value
        one = self._projected(pronoun, self.form.pronoun_shift, self.form.pronoun)
        others = np.stack([self._projected(name, self.form.name_shift, self.form.name) for name in names])
        whole = np.concatenate([flat, np.broadcast_to(one, others.shape), others, one * others], axis=1)
        inner = np.maximum(whole @ self.form.hidden + self.form.bias, 0.0)
        found: list[float] = (flat @ self.form.linear + inner @ self.form.out).tolist()
        return found

    def _projected(self, span: Span | None, shift: Any, projection: Any) -> Any:
        vector = self._vector(span) if span is not None else None
        return np.zeros(projection.shape[1], np.float32) if vector is None else (vector - shift) @ projection

    def _vector(self, span: Span) -> Any:
        if span not in self.kept:
            self.kept[span] = mean_vector(self.encoding, span)
        return self.kept[span]


def pairs(encoding: Encoding | None) -> Pairs | None:
    """Return the scorer for an encoding, None without one or where the network was learned with another encoder."""
    learned = form()
    if encoding is None or learned is None or learned.by != encoding.by or not len(encoding.spans):
        return None
    return Pairs(encoding, learned)

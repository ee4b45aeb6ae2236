"""What the encoder says of a pronoun and a name: takes a document's `Encoding`, gives a score for the pair, or nothing.

A bilinear form over the two vectors, and a score of the name itself, learned by `training/ranker.py --vectors` on GAP together
with the weights of the features. It is bound to the encoder it was learned with: with another one, or none, features decide
alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from onrecord.document import Span
from onrecord.encoding import Encoding

FILE = "pronouns.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """The learned form: vectors are shifted and scaled, then projected; `features` are the weights that go with it."""

    by: str
    shift: Any
    scale: Any
    pronoun: Any
    name: Any
    alone: Any
    features: Mapping[str, float]


@cache
def form() -> Form | None:
    """Return the learned form, None where the file is missing."""
    file = files("onrecord") / "models" / "en" / FILE
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as kept:
        weights = dict(zip(kept["feature_names"].tolist(), kept["feature_weights"].tolist(), strict=True))
        return Form(
            str(kept["by"]), kept["shift"], kept["scale"], kept["pronoun"], kept["name"], kept["alone"], weights
        )


def mean_vector(encoding: Encoding, span: Span) -> Any:
    """Return the mean of the vectors of the pieces that touch a span; None where there is none."""
    spans = encoding.spans
    low = int(np.searchsorted(spans[:, 1], span.start, side="right"))
    high = int(np.searchsorted(spans[:, 0], span.end, side="left"))
    return encoding.vectors[low:high].mean(0, dtype=np.float32) if high > low else None


@dataclass(slots=True)
class Pairs:
    """Scores of pronoun and name, the projections of spans kept once made."""

    encoding: Encoding
    form: Form
    kept: dict[Span, Any] = field(default_factory=dict)

    def score(self, pronoun: Span, name: Span) -> float:
        """Return the score of a pair; 0 where one of the spans has no vector."""
        one, other = self._scaled(pronoun), self._scaled(name)
        if one is None or other is None:
            return 0.0
        return float((one @ self.form.pronoun) @ (other @ self.form.name) + other @ self.form.alone)

    def _scaled(self, span: Span) -> Any:
        if span not in self.kept:
            vector = mean_vector(self.encoding, span)
            self.kept[span] = None if vector is None else (vector - self.form.shift) * self.form.scale
        return self.kept[span]


def pairs(encoding: Encoding | None) -> Pairs | None:
    """Return the scorer for an encoding, None without one or where the form was learned with another encoder."""
    learned = form()
    if encoding is None or learned is None or learned.by != encoding.by or not len(encoding.spans):
        return None
    return Pairs(encoding, learned)

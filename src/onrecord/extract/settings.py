"""The numbers that go with the trained weights: takes the file beside them, gives thresholds and the weights of confidence.

They were chosen on texts held out of the training; training/RESULTS.md says how. Nothing is decided here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

FILE = "models/en/settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What decoding is set to.

    `edge` weighs where content starts and ends against what is inside; `jump` is the price of a further piece; `bias` is
    added for every piece taken in; `no_source` favours having none; `whole` is the share of a quoted region from which
    all of it is taken. `outer`, `nested` and `first_person` are the least confidence of a statement (the last for one
    inside another whose source is "I" or "we"), `unlisted` that of one whose cue is no listed word for saying or thinking,
    `hopeless` that of a cue to be read at all. `weights` and `base` make the
    confidence out of `settle.features`.
    """

    edge: float = 0.75
    jump: float = 1.0
    bias: float = 0.0
    no_source: float = -1.5
    whole: float = 0.35
    hopeless: float = 0.1
    outer: float = 0.38
    nested: float = 0.45
    first_person: float = 0.1
    unlisted: float = 0.5
    weights: tuple[float, ...] = (0.2686, 0.28, 1.7304, -1.2109, -0.039, 1.1692, 0.5023, 1.8411, 0.3738)
    base: float = -3.5133


def from_json(found: dict[str, Any]) -> Settings:
    """Return the settings a file gives; what it does not name keeps its default."""
    known = {field.name for field in fields(Settings)}
    given = {name: value for name, value in found.items() if name in known}
    if "weights" in given:
        given["weights"] = tuple(given["weights"])
    return Settings(**given)


@cache
def settings() -> Settings:
    """Return the settings that come with the weights."""
    return from_json(json.loads(files("onrecord").joinpath(FILE).read_text(encoding="utf-8")))


def load(path: Path) -> Settings:
    """Return the settings of another set of weights."""
    return from_json(json.loads(path.read_text(encoding="utf-8")))

"""The trained network, and the only module that knows ONNX Runtime and the tokenizer: takes ids and features, gives arrays.

One thread a session; sessions are made once a process. What the numbers mean is not known here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

FOLDER = "models/en"
START, END = 101, 102  # what stands before and after every window
TAGS = 10  # cue O B I, cue at any depth O B I, role O S K C


@dataclass(frozen=True, slots=True)
class Network:
    """The two graphs, the tokenizer, and the version they are known by."""

    encoder: Any
    roles: Any
    tokenizer: Any
    version: str


@cache
def network() -> Network:
    """Return the network that comes with the package, loaded once.

    >>> network().version.startswith("eye")
    True
    """
    with as_file(files("onrecord").joinpath(FOLDER)) as folder:
        return load(folder)


def load(folder: Path) -> Network:
    """Return the network kept in `folder`; the evaluations also load one with float weights."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    encoder, roles = (
        onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
        for name in ("encoder.onnx", "roles.onnx")
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    version = json.loads((folder / "settings.json").read_text(encoding="utf-8"))["version"]
    return Network(encoder, roles, tokenizer, version)


def run_encoder(net: Network, ids: list[Any], features: list[Any]) -> tuple[Any, ...]:
    """Return states, the roles' inputs "text" and "cue", and tag scores (windows, pieces + 2, width).

    Shorter windows are padded; rows beyond a window's own pieces mean nothing. Row 0 is the start sign.
    """
    longest = max(len(row) for row in ids) + 2
    all_ids = np.zeros((len(ids), longest), np.int64)
    all_features = np.zeros((len(ids), longest, 3), np.int64)
    mask = np.zeros((len(ids), longest), np.int32)
    for i, (row, feats) in enumerate(zip(ids, features, strict=True)):
        n = len(row)
        all_ids[i, 0], all_ids[i, 1 : n + 1], all_ids[i, n + 1] = START, row, END
        all_features[i, 1 : n + 1] = feats
        mask[i, : n + 2] = 1
    fed = {"ids": all_ids, "feats": all_features, "mask": mask}
    return tuple(net.encoder.run(["states", "text", "cue", "tags"], fed))


def run_roles(net: Network, inputs: dict[str, Any]) -> Any:
    """Return role scores (cues, pieces + 2, 7), for cues of windows that go together."""
    return net.roles.run(["scores"], inputs)[0]

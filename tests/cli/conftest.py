"""A record made by hand and a folder of reports, for the commands to work on."""

from dataclasses import replace

import pytest

from onrecord.document import Condition, Origin, Span
from onrecord.record import Record

GATE = "[S1 Mara Venn] [C1 told reporters] [T1 “the gate stays shut”]. [S2 A pilot] [C2 said] [T2 the ice was thin]."


@pytest.fixture
def record(tmp_path, doc):
    """A record of one report with two statements, made by hand: no model is needed."""
    d = doc(GATE, name="gate", origin=Origin("gate.txt", "1" * 64), outlet="The Courier", published="2031-03-04")
    named = {"speaker": "Mara Venn", "named": True, "speaker_type": "person", "role": "harbourmaster"}
    first = replace(d.statements[0], **named, act="refuse", kind="direct", said_on="2031-03-02", via=("Radio Two",))
    first = replace(first, condition=Condition(Span(28, 36), Span(37, 42)))
    second = replace(d.statements[1], speaker="a pilot", speaker_type="person")
    path = tmp_path / "talks.db"
    with Record.open(path) as rec:
        rec.store.put(replace(d, statements=(first, second)))
    return path


@pytest.fixture
def reports(tmp_path):
    """Two reports that can be read and one that cannot."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "ice.txt").write_text("The ice was thin, a pilot said.", encoding="utf-8")
    (folder / "dam.txt").write_text("“The dam holds,” the engineer said.", encoding="utf-8")
    (folder / "photo.txt").write_bytes(bytes(range(256)) * 40)
    return folder

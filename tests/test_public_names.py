"""What `import onrecord` gives, and what it costs."""

import subprocess
import sys

import pytest

import onrecord


def test_the_public_names_are_sorted_and_all_there():
    assert sorted(onrecord.__all__) == onrecord.__all__
    assert [name for name in onrecord.__all__ if not hasattr(onrecord, name)] == []
    assert set(onrecord.__all__) <= set(dir(onrecord))


def test_a_name_that_is_not_there_is_said_not_to_be():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = onrecord.nothing


CHEAP = """
import sys
import onrecord
print(sorted({name.partition(".")[0] for name in sys.modules} & {"lxml", "msgspec", "numpy", "onnxruntime", "rich", "sqlite3", "trafilatura"}))
print([name for name in sys.modules if name.startswith("onrecord.")])
"""


def test_importing_it_imports_nothing_else():
    said = subprocess.run([sys.executable, "-c", CHEAP], capture_output=True, text=True, check=True).stdout
    assert said == "[]\n[]\n"


ROOMS = """
import onrecord, onrecord.read, onrecord.extract.figures, onrecord.read.plain
from onrecord.read import read_one
print(callable(onrecord.read), callable(onrecord.extract), onrecord.read.__module__, onrecord.extract.__module__)
"""


def test_the_rooms_do_not_take_the_place_of_the_functions_of_their_names():
    said = subprocess.run([sys.executable, "-c", ROOMS], capture_output=True, text=True, check=True).stdout
    assert said == "True True onrecord onrecord\n"


def test_a_file_is_read_extracted_and_kept_as_the_readme_says(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("The mayor said the barge would stay.\n")
    doc = onrecord.extract(onrecord.read(path))
    assert doc.text == path.read_text()
    with onrecord.open(tmp_path / "talks.db") as record:
        record.add(str(path))
        assert record.document("report").text == doc.text

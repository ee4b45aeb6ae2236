"""Data leaves as UTF-8 JSON lines and CSV that give back what went in."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli.output import csv_line, json_line
from onrecord.export.csv_ import FORMULA

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=[]))


@given(st.dictionaries(ANY_TEXT, ANY_TEXT))
def test_a_json_line_is_one_line_and_gives_the_value_back(value):
    line = json_line(value)
    assert line.count(b"\n") == 1
    assert json.loads(line) == value


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])), min_size=1))
def test_a_csv_line_gives_its_cells_back(cells):
    read = next(csv.reader(io.StringIO(csv_line(cells).decode("utf-8"))), [])
    assert [cell.removeprefix("'") for cell in read] == [cell.removeprefix("'") for cell in cells]


@pytest.mark.parametrize("start", FORMULA)
def test_a_cell_that_a_spreadsheet_would_run_is_defused(start):
    read = next(csv.reader(io.StringIO(csv_line([f"{start}cmd|' /C calc'!A0"]).decode("utf-8"), newline="")))
    assert read[0].startswith("'")


def test_numbers_stay_numbers_and_nothing_is_empty():
    assert csv_line([-3, 0.5, True, None, ()]) == b"-3,0.5,true,,\r\n"

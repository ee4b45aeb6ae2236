"""The commands that link, and those that show what is linked."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.cli.exits import Exit
from onrecord.demo.by_hand import documents_by_hand
from onrecord.record import Record


@pytest.fixture
def lake(tmp_path):
    """The sample story as a careful reader would keep it."""
    path = tmp_path / "lake.db"
    with Record.open(path) as rec:
        for doc in documents_by_hand():
            rec.store.put(doc)
    return path


def run(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args])


def rows(*args):
    return list(csv.DictReader(io.StringIO(run(*args, "--format", "csv").stdout)))


def test_linking_says_what_it_found_and_that_nothing_is_new(lake):
    first, second = run("link", lake), run("link", lake)
    assert (first.exit_code, first.stdout) == (Exit.OK, "")
    assert "12 documents" in first.stderr
    assert "2 pairs of copies" in first.stderr
    assert "nothing was new" in second.stderr


@pytest.mark.parametrize("command", ["copies", "issues", "positions", "utterances", "wording"])
def test_where_nothing_is_found_it_says_whether_the_record_was_linked(record, command):
    before = run(command, record)
    run("link", record)
    after = run(command, record)
    assert (before.stdout, after.stdout) == ("", "")
    assert f"onrecord link {record}" in " ".join(before.stderr.split())
    assert after.stderr and "onrecord link" not in after.stderr


@pytest.mark.parametrize(
    "command", [("link",), ("merge", "a", "b"), ("split", "a", "b"), ("issue", "a", "b"), ("serve", "--no-open")]
)
def test_a_record_that_is_not_there_is_not_made(tmp_path, command):
    name, *more = command
    result = run(name, tmp_path / "none.db", *more)
    assert result.exit_code == Exit.FAILED
    assert "there is no record; make one with: onrecord add" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_copies_say_which_was_first(lake):
    run("link", lake)
    found = [(row["kind"], row["credit"]) for row in rows("copies", lake)]
    assert found == [("cut", "Lakeshore Press Agency"), ("rewritten", "Lakeshore Press Agency")]


def test_wording_says_what_each_outlet_calls_the_same_and_where(lake):
    run("link", lake)
    found = {(row["word"], row["outlet"]): row["places"] for row in rows("wording", lake, "--referent", "sailor")}
    assert {("sailor", "Basin Monitor"), ("bargeman", "Lakeshore Press Agency")} <= set(found)
    assert found["sailor", "Basin Monitor"].startswith("monitor-gate-offer:")
    assert {row["part"] for row in rows("compare", lake, "lpa-gate-offer", "monitor-gate-offer")} >= {"both", "wording"}


@pytest.mark.parametrize("wrong", [("--how", "magic"), ("--distinctive", "--voice", "loud")])
def test_wording_says_what_can_be_asked(lake, wrong):
    found = run("wording", lake, *wrong)
    assert (found.exit_code, "write one of" in found.stderr) == (Exit.FAILED, True)


@pytest.mark.parametrize("command", ["copies", "utterances", "wording"])
def test_before_linking_it_is_said_how_to_link(lake, command):
    assert "onrecord link" in run(command, lake).stderr


def test_two_names_are_merged_and_parted_again(lake):
    run("link", lake)
    names = [row["name"] for row in rows("speakers", lake)][:2]
    assert run("merge", lake, *names, "--author", "Ruth").exit_code == Exit.OK
    assert names[1] not in [row["name"] for row in rows("speakers", lake)]
    assert run("merge", lake, *names, "--undo").exit_code == Exit.OK
    assert names[1] in [row["name"] for row in rows("speakers", lake)]


def test_one_speaker_is_shown_with_every_statement(lake):
    name = rows("speakers", lake)[0]
    assert len(rows("speaker", lake, name["name"])) == int(name["statements"])
    assert name["name"] in run("speaker", lake, name["name"]).stdout


def test_nobody_of_that_name_is_said_so(lake):
    assert run("speaker", lake, "Nobody At All").exit_code == Exit.FAILED


def test_utterances_and_figures_are_listed_and_exported(lake):
    run("link", lake)
    assert {int(row["reports"]) >= 2 for row in rows("utterances", lake)} == {True}
    assert rows("figures", lake)
    assert {row["conflict"] for row in rows("figures", lake, "--conflicts")} <= {"true"}
    exported = json.loads(run("export", lake, "--format", "json").stdout)
    assert exported["same"]
    assert exported["figures_same"]
    assert len(exported["copies"]) == 2


def test_reports_are_compared(lake):
    parts = [row["part"] for row in rows("compare", lake, "courier-gate-report", "courier-harbour-barred")]
    assert set(parts) <= {"both", "only", "text"}
    assert run("compare", lake, "courier-gate-report").exit_code == Exit.FAILED


def test_the_timeline_has_every_report_once(lake):
    run("link", lake)
    assert len(rows("timeline", lake)) == 12

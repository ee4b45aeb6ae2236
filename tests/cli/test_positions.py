"""The commands that list positions and issues, and that name an issue."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.cli.exits import Exit
from onrecord.demo.by_hand import documents_by_hand
from onrecord.link import identities, positioning
from onrecord.record import Record


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    """The sample story as a careful reader would keep it, with who stands where."""
    path = tmp_path_factory.mktemp("lake") / "lake.db"
    with Record.open(path) as rec:
        for doc in documents_by_hand():
            rec.store.put(doc)
        with rec.store.db.transaction():
            identities.draw(rec.store)
            positioning.draw(rec.store)
    return path


def run(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args])


def rows(*args):
    return list(csv.DictReader(io.StringIO(run(*args, "--format", "csv").stdout)))


def test_the_sample_story_shows_a_party_that_softens(linked):
    steps = [
        row
        for row in rows("positions", linked, "--speaker", "Vastria", "--issue", "gate")
        if row["holder"] == "Vastria"
    ]
    assert [(row["day"], row["way"], row["change"]) for row in steps] == [
        ("2024-04-11", "for", "new"),
        ("2024-04-18", "for", "softened"),
        ("2024-05-16", "for", "held"),
    ]
    assert (steps[0]["if"], steps[0]["statements"].split("; ")[0]) != ("", "")


def test_every_step_has_its_statements_in_json(linked):
    lines = [json.loads(line) for line in run("positions", linked, "--format", "jsonl").stdout.splitlines()]
    assert lines
    assert all(line["statements"] and "#s" in line["statements"][0] for line in lines)
    assert {line["last"] for line in lines} == {True, False}


def test_positions_are_shown_as_a_table_and_counted(linked):
    result = run("positions", linked)
    assert (result.exit_code, "Gate" in result.stdout, "steps" in result.stderr) == (Exit.OK, True, True)
    assert "softened" in run("positions", linked, "--speaker", "Vastria").stdout


def test_one_speaker_is_shown_with_positions(linked):
    assert "rules out" in run("speaker", linked, "Wrenik").stdout


def test_an_issue_that_is_not_there_is_said_so(linked):
    result = run("positions", linked, "--issue", "moon")
    assert (result.exit_code, "onrecord issues" in result.stderr) == (Exit.FAILED, True)


@pytest.mark.parametrize("command", ["positions", "issues"])
def test_before_linking_it_is_said_how_to_link(record, command):
    assert "onrecord link" in run(command, record).stderr


def test_an_issue_is_named_and_unnamed(linked):
    assert run("issue", linked, "kestrel-sluice", "The sluice", "--author", "Ruth").exit_code == Exit.OK
    assert run("issue", linked, "lock", "The sluice", "--author", "Ruth").exit_code == Exit.OK
    named = {row["name"]: row for row in rows("issues", linked)}
    assert (named["The sluice"]["named_by"], named["The sluice"]["words"]) == ("Ruth", "kestrel sluice; lock")
    assert rows("positions", linked, "--issue", "The sluice") == rows("positions", linked, "--issue", "lock")
    assert run("issue", linked, "lock", "The sluice", "--undo").exit_code == Exit.OK
    assert run("issue", linked, "kestrel-sluice", "The sluice", "--undo").exit_code == Exit.OK
    assert "Kestrel sluice" in {row["name"] for row in rows("issues", linked)}
    assert run("issue", linked, "lock", "The sluice", "--undo").exit_code == Exit.FAILED


def test_a_record_that_is_not_there_is_not_made(tmp_path):
    assert run("issue", tmp_path / "none.db", "a", "b").exit_code == Exit.FAILED
    assert not (tmp_path / "none.db").exists()


def test_two_speakers_of_one_name_have_a_line_and_steps_each(namesakes):
    table = run("positions", namesakes)
    assert table.stdout.count("Ada Moss") == 2
    assert "3 positions on 1 issues, in 3 steps" in table.stderr


def test_one_of_two_speakers_of_one_name_is_shown_without_the_others_steps(namesakes):
    shown = run("speaker", namesakes, "Ada Moss").stdout
    assert [role for role in ("harbour minister", "judge") if role in shown] == ["harbour minister"]
    assert [way for way in (" for ", " against ") if way in shown] == [" for "]

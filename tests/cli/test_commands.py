"""Each command gives its data on standard output, everything else on standard error, and the right exit code."""

import csv
import io
import json

import click
import jsonschema
import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.cli.exits import Exit
from onrecord.record import Record


def run(*args, **options):
    return CliRunner().invoke(main, [str(arg) for arg in args], **options)


def rows(result):
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_statements_are_listed_as_a_table_with_who_what_and_where(record):
    result = run("statements", record, env={"COLUMNS": "140"})
    assert result.exit_code == Exit.OK
    line = next(line for line in result.stdout.splitlines() if "Mara Venn" in line)
    assert all(part in line for part in ("2031-03-02", "refuse", "“the gate stays shut”", "The Courier via Radio"))
    assert result.stderr == "statements 1 to 2 of 2\n"


def test_statements_as_json_lines_and_as_csv_say_the_same(record):
    lines = [json.loads(line) for line in run("statements", record, "--format", "jsonl").stdout.splitlines()]
    table = rows(run("statements", record, "--format", "csv"))
    assert [row["text"] for row in table] == [line["text"] for line in lines]
    assert list(table[0]) == list(lines[0])
    assert lines[0]["via"] == ["Radio Two"]


@pytest.mark.parametrize(
    ("options", "speakers"),
    [
        (["--speaker", "venn"], ["Mara Venn"]),
        (["--act", "refuse"], ["Mara Venn"]),
        (["--kind", "indirect"], ["a pilot"]),
        (["--unnamed"], ["a pilot"]),
        (["--condition"], ["Mara Venn"]),
        (["--figure"], []),
        (["--judgement", "open", "--sort", "document"], ["Mara Venn", "a pilot"]),
        (["--via", "Radio Two"], ["Mara Venn"]),
        (["--said", "2031-03"], ["Mara Venn"]),
        (["--published", "2032.."], []),
        (["--outlet", "The Courier", "--limit", "1", "--sort", "document"], ["Mara Venn"]),
        (["--limit", "1", "--offset", "1", "--sort", "document"], ["a pilot"]),
        (["--document", "gate", "--sort", "document"], ["Mara Venn", "a pilot"]),
    ],
)
def test_each_filter_picks_its_statements(record, options, speakers):
    assert [row["speaker"] for row in rows(run("statements", record, "--format", "csv", *options))] == speakers


def test_what_is_not_there_is_said_so(record):
    result = run("statements", record, "--speaker", "Nobody")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "nothing found in this record\n", Exit.OK)


def test_the_judgements_offered_are_those_that_can_be_asked_for():
    from onrecord.cli.filters import JUDGED
    from onrecord.store import find

    assert find.JUDGED == JUDGED


@pytest.mark.parametrize("options", [["--act", "shout"], ["--limit", "-1"], ["--confidence", "2"]])
def test_a_filter_that_cannot_be_is_wrong_usage(record, options):
    assert run("statements", record, *options).exit_code == Exit.USAGE


def test_a_date_that_is_none_is_explained(record):
    result = run("statements", record, "--said", "yesterday")
    assert result.exit_code == Exit.FAILED
    assert "yesterday" in result.stderr


@pytest.mark.parametrize("command", ["statements", "speakers", "check"])
def test_a_record_that_is_not_there_is_not_made(tmp_path, command):
    result = run(command, tmp_path / "none.db")
    assert result.exit_code == Exit.FAILED
    assert "there is no record" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_record_is_left_alone(tmp_path):
    other = tmp_path / "letter.db"
    other.write_text("Dear Mara,", encoding="utf-8")
    assert run("statements", other).exit_code == Exit.FAILED
    assert other.read_text(encoding="utf-8") == "Dear Mara,"


def test_speakers_are_listed_with_what_they_said(record):
    assert [
        (row["name"], row["statements"], row["role"]) for row in rows(run("speakers", record, "--format", "csv"))
    ] == [
        ("Mara Venn", "1", "harbourmaster"),
        ("a pilot", "1", ""),
    ]


def test_search_finds_words_and_lights_them_on_a_terminal_only(record):
    result = run("search", record, "gate", env={"COLUMNS": "120"})
    assert "the gate stays shut" in result.stdout
    assert "\x1b" not in result.stdout
    assert [row["speaker"] for row in rows(run("search", record, "ice", "--format", "csv"))] == ["a pilot"]


def test_a_search_that_cannot_be_understood_says_how_to_write_one(record):
    result = run("search", record, '"never closed')
    assert result.exit_code == Exit.FAILED
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_export_writes_the_same_to_a_file_and_to_standard_output(record, tmp_path, form):
    out = tmp_path / "out"
    assert run("export", record, "--format", form, "-o", out).exit_code == Exit.OK
    assert run("export", record, "--format", form).stdout_bytes == out.read_bytes()


def test_an_export_can_be_of_some_statements_only(record):
    assert [row["speaker"] for row in rows(run("export", record, "--format", "csv", "--act", "refuse"))] == [
        "Mara Venn"
    ]


def test_add_reads_what_it_can_and_names_what_it_cannot(tmp_path, reports):
    result = run("add", tmp_path / "talks.db", reports)
    assert result.exit_code == Exit.SOME_FAILED
    assert result.stdout == ""
    assert "photo.txt" in result.stderr
    assert "2 added, 1 failed" in result.stderr
    with Record.open(tmp_path / "talks.db", read_only=True) as rec:
        assert [row.document for row in rec.documents()] == ["dam", "ice"]


def test_adding_twice_adds_nothing(tmp_path, reports):
    (reports / "photo.txt").unlink()
    run("add", tmp_path / "talks.db", reports)
    result = run("add", tmp_path / "talks.db", reports)
    assert (result.exit_code, result.stderr) == (Exit.OK, "2 already there\n")


def test_check_says_that_all_is_well_or_what_is_not(tmp_path, reports):
    (reports / "photo.txt").unlink()
    run("add", tmp_path / "talks.db", reports)
    assert run("check", tmp_path / "talks.db").stderr == "2 documents, all as they were kept\n"
    (reports / "ice.txt").write_text("The ice was thick, a pilot said.", encoding="utf-8")
    result = run("check", tmp_path / "talks.db")
    assert result.exit_code == Exit.FAILED
    assert "changed" in result.stdout


def test_extract_prints_one_valid_document_a_line_and_names_what_failed(reports):
    result = run("extract", reports, "--format", "jsonl")
    schema = json.loads(run("schema").stdout)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    for line in lines:
        jsonschema.validate(line, schema)
    assert [line["id"] for line in lines] == ["dam", "ice"]
    assert lines[1]["text"] == "The ice was thin, a pilot said."
    assert result.exit_code == Exit.SOME_FAILED
    assert "photo.txt" in result.stderr


def test_extract_prints_a_text_for_people_if_nothing_else_is_asked_for(reports):
    result = run("extract", reports / "dam.txt", env={"COLUMNS": "100"})
    assert result.exit_code == Exit.OK
    assert result.stdout.startswith("dam\n")


def test_extract_reads_standard_input():
    result = run("extract", "-", "--format", "jsonl", input="The ice was thin, a pilot said.")
    assert json.loads(result.stdout)["text"] == "The ice was thin, a pilot said."


def test_a_folder_without_reports_is_said_to_be_one(tmp_path):
    result = run("extract", tmp_path)
    assert result.exit_code == Exit.SOME_FAILED
    assert "there is no report in" in result.stderr


def test_a_fault_in_a_stage_costs_one_document_and_not_its_neighbours(reports, monkeypatch):
    from onrecord import pipeline
    from onrecord.stage import Stage

    def fragile(doc):
        if doc.name == "dam":
            raise ZeroDivisionError("a fault")
        return doc

    monkeypatch.setattr(pipeline, "STAGES", (Stage("fragile", (), (), fragile),))
    result = run("extract", reports / "dam.txt", reports / "ice.txt", "--format", "jsonl")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["ice"]
    assert result.exit_code == Exit.SOME_FAILED
    assert "please report it" in result.stderr


def test_steps_shows_what_the_reader_found_and_every_stage(reports):
    from onrecord.pipeline import STAGES

    result = run("steps", reports / "dam.txt")
    assert result.exit_code == Exit.OK
    heads = [line.split()[0] for line in result.stdout.splitlines() if line and not line.startswith(" ")]
    assert [name for name in ("read", *(step.name for step in STAGES), "notes") if name not in heads] == []


def test_steps_can_show_one_stage_only(reports):
    result = run("steps", reports / "dam.txt", "--stage", "read")
    assert "published" in result.stdout
    assert "\nnotes" not in result.stdout


@pytest.mark.parametrize("name", ["speeker", "Speakers", ""])
def test_a_stage_that_is_not_there_is_wrong_usage_and_those_that_are_are_named(reports, name):
    from onrecord.pipeline import STAGES

    result = run("steps", reports / "dam.txt", "--stage", name)
    assert (result.exit_code, result.stdout) == (Exit.USAGE, "")
    assert f"there is no stage {name!r}" in result.stderr
    assert [step for step in ("read", *(each.name for each in STAGES), "notes") if step not in result.stderr] == []


def test_every_way_to_know_a_referent_is_told_wherever_one_can_be_asked_for():
    from onrecord.ask.wording import HOWS

    command = main.get_command(click.Context(main), "wording")
    options = " ".join(option.help for option in command.params if option.name == "how")
    told = [Record.wording.__doc__, command.help, options]
    assert [(way, words[:20]) for way in HOWS for words in told if way not in words] == []


def test_every_kind_of_copy_is_told_in_the_help():
    from onrecord.link.copies import KINDS

    told = main.get_command(click.Context(main), "copies").help
    assert [kind for kind in KINDS if f"{kind}:" not in told] == []


def test_the_demo_makes_a_record_that_can_be_asked_and_made_again(tmp_path):
    result = run("demo", tmp_path / "demo")
    assert result.exit_code == Exit.OK
    assert "12 added" in result.stderr
    assert "onrecord speakers" in result.stdout
    assert "12 already there" in run("demo", tmp_path / "demo").stderr


@pytest.mark.shared
def test_seeds_come_out_valid_with_their_text_untouched_and_every_span_inside_it(shared):
    seeds = sorted((shared / "seeds").glob("*.txt"))
    result = run("extract", *seeds, "--format", "jsonl")
    schema = json.loads(run("schema").stdout)
    assert result.exit_code == Exit.OK
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["text"] for line in lines] == [seed.read_bytes().decode("utf-8") for seed in seeds]
    for line in lines:
        jsonschema.validate(line, schema)
        spans = [s for stmt in line["statements"] for part in ("content", "source", "cue") for s in stmt[part]]
        spans += [item["span"] for layer in ("figures", "times", "credit") for item in line[layer]]
        assert [span for span in spans if not 0 <= span[0] < span[1] <= len(line["text"])] == []

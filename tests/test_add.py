"""What `add` reads, reads again, replaces and reports."""

import io
import os
import signal
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord import add as adding
from onrecord.document import Document, Span
from onrecord.errors import InputError, TooLarge
from onrecord.judgements import Judge
from onrecord.read import sources
from onrecord.store.sources import Place
from onrecord.workers import Job, Pool

HERE = Path(__file__).parent


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(4):
        (folder / f"r{n}.txt").write_text(f"The mayor said barge number {n} would stay.\n")
    return folder


@pytest.fixture
def record(tmp_path):
    with onrecord.open(tmp_path / "talks.db") as record:
        yield record


def names(record):
    return [doc.name for doc in record.documents()]


def text(record, name):
    return record.document(name).text


def id_of(record, name):
    return next(doc.id for doc in record.documents() if doc.name == name)


def test_a_report_says_what_happened(record, folder):
    report = record.add(folder)
    assert (report.added, report.already, report.removed, report.failed) == (4, 0, 0, ())
    report = record.add(folder)
    assert (report.added, report.already, report.removed, report.failed) == (0, 4, 0, ())


def test_a_bad_input_is_named_with_its_reason_and_its_neighbours_are_read(record, folder):
    (folder / "r1a.txt").write_bytes(b"")
    (folder / "r2a.txt").write_bytes(b"\x7fELF" + bytes(range(256)) * 20)
    report = record.add([folder, folder / "gone.txt"])
    assert report.added == 4
    assert [Path(error.path).name for error in report.failed] == ["r1a.txt", "r2a.txt", "gone.txt"]
    assert {Path(path).name for path, _, _ in record.failures()} == {"r1a.txt", "r2a.txt", "gone.txt"}


def test_a_failure_is_reported_each_time_until_it_is_mended(record, folder):
    (folder / "bad.txt").write_bytes(b"")
    assert len(record.add(folder).failed) == 1
    assert len(record.add(folder).failed) == 1
    (folder / "bad.txt").write_text("The clerk said it was mended.\n")
    report = record.add(folder)
    assert (report.added, report.already, report.failed) == (1, 4, ())
    assert record.failures() == []


def test_a_changed_file_takes_the_place_of_its_former_version(record, folder):
    record.add(folder)
    (folder / "r1.txt").write_text("The mayor said barge number 1 would go.\n")
    report = record.add(folder)
    assert (report.added, report.already, report.removed) == (1, 3, 1)
    assert text(record, "r1") == "The mayor said barge number 1 would go.\n"
    assert record.check() == ()


def test_what_people_judged_holds_in_the_changed_version_of_a_file(record, folder):
    record.add(folder)
    judge = Judge(record.store, "Ruth")
    judge.reject("r1#s1")
    at = text(record, "r1").index("barge")
    missed = judge.add(id_of(record, "r1"), ([Span(at, at + 7)], [], []), None, "deny")
    (folder / "r1.txt").write_text(text(record, "r1") + "It had been there since March.\n")
    assert record.add(folder).removed == 1
    assert record.statement("r1#s1").judgement.verdict == "rejected"
    assert record.statement(f"r1#p{missed.n}").text == "barge n"
    assert record.check() == ()


def test_the_date_of_a_file_says_nothing(record, folder):
    record.add(folder)
    before = (folder / "r1.txt").stat()
    (folder / "r1.txt").write_text("The mayor said barge number 9 would stay.\n")
    os.utime(folder / "r1.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    os.utime(folder / "r2.txt", (1, 1))
    report = record.add(folder)
    assert (report.added, report.already, report.removed) == (1, 3, 1)


def test_a_changed_sidecar_makes_a_new_version(record, folder):
    record.add(folder)
    (folder / "r1.json").write_text('{"outlet": "Bay Post", "published": "2031-02-03"}')
    report = record.add(folder)
    assert (report.added, report.removed) == (1, 1)
    assert record.document("r1").outlet == "Bay Post"


def test_a_file_that_has_become_unreadable_leaves_what_it_said_only_if_its_bytes_are_the_same(record, folder):
    record.add(folder)
    (folder / "r1.txt").write_bytes(b"")
    (folder / "r2.txt").unlink()
    report = record.add([folder, folder / "r2.txt"])
    assert [Path(error.path).name for error in report.failed] == ["r1.txt", "r2.txt"]
    assert (report.removed, names(record)) == (1, ["r0", "r2", "r3"])
    assert [(problem.kind, Path(problem.where).name) for problem in record.check()] == [("missing", "r2.txt")]


def test_the_same_bytes_under_the_same_name_in_two_folders_are_one_document(record, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "r1.txt").write_bytes((folder / "r1.txt").read_bytes())
    report = record.add([folder, other])
    assert (report.added, report.already) == (4, 1)
    (folder / "r1.txt").write_text("Changed, the clerk said.\n")
    assert record.add(folder).removed == 0  # the other folder still has it
    assert sorted(names(record)) == ["r0", "r1", "r1", "r2", "r3"]
    (other / "r1.txt").write_text("Changed, the clerk said.\n")
    assert record.add(other).removed == 1
    assert names(record) == ["r0", "r1", "r2", "r3"]


def test_documents_of_the_same_name_are_called_by_their_ids_whatever_the_order(tmp_path, folder):
    other = tmp_path / "other"
    other.mkdir()
    (other / "r1.txt").write_text("Another r1, the clerk said.\n")
    exports = []
    for n, order in enumerate(([folder, other], [other, folder])):
        with onrecord.open(tmp_path / f"{n}.db") as record:
            record.add(order)
            out = io.BytesIO()
            record.export("jsonl", out)
            exports.append(out.getvalue())
            assert [label.partition("~")[0] for label in (doc.document for doc in record.documents())] == [
                "r0",
                "r1",
                "r1",
                "r2",
                "r3",
            ]
            assert all("~" in doc.document for doc in record.documents() if doc.name == "r1")
    assert exports[0] == exports[1]


def test_a_file_given_twice_is_read_once(record, folder):
    report = record.add([folder / "r1.txt", folder, folder / ".." / "reports" / "r1.txt"])
    assert (report.added, report.already) == (4, 0)


def test_a_path_is_known_wherever_it_is_given_from(record, folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert record.add("r1.txt").added == 1
    monkeypatch.chdir(folder.parent)
    report = record.add("reports/r1.txt")
    assert (report.added, report.already, report.removed) == (0, 1, 0)
    (folder / "sub").mkdir()
    (folder / "sub" / "r1.txt").write_text("Another r1, the clerk said.\n")
    monkeypatch.chdir(folder / "sub")
    report = record.add("r1.txt")
    assert (report.added, report.removed) == (1, 0)


def test_a_longer_jsonl_file_keeps_its_lines_and_drops_what_is_gone(record, tmp_path):
    path = tmp_path / "all.jsonl"
    lines = ['{"id": "a", "text": "One, she said."}', '{"text": 3}', '{"id": "b", "text": "Two, he said."}']
    path.write_text("\n".join(lines))
    report = record.add(path)
    assert (report.added, len(report.failed), names(record)) == (2, 1, ["a", "b"])
    report = record.add(path)
    assert (report.added, report.already, len(report.failed)) == (0, 2, 1)
    path.write_text("\n".join([lines[2], '{"id": "c", "text": "Three, they said."}']))
    report = record.add(path)
    assert (report.added, report.removed, report.failed, names(record)) == (2, 2, (), ["b", "c"])


def test_workers_that_share_a_long_jsonl_file_keep_its_order(tmp_path, monkeypatch):
    monkeypatch.setattr(adding, "SHARED", 1000)
    path = tmp_path / "long.jsonl"
    path.write_text("".join(f'{{"id": "l{n:03}", "text": "Line {n} was lost, the clerk said."}}\n' for n in range(50)))
    found = []
    for workers in (0, 3):
        with onrecord.open(tmp_path / f"{workers}.db") as record:
            assert record.add(path, workers=workers).added == 50
            found.append(record.store.db.run("SELECT id FROM documents ORDER BY key"))
    assert found[0] == found[1]
    assert found[0] == sorted(found[0])


def test_progress_counts_every_source(record, folder):
    (folder / "bad.txt").write_bytes(b"")
    seen = []
    record.add(folder, progress=lambda done, of, path: seen.append((done, of)))
    assert seen == [(n, 5) for n in range(1, 6)]


def test_standard_input_is_added_beside_what_came_that_way_before(record, monkeypatch):
    for said in ("One, she said.", "Two, he said.", "One, she said."):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said.encode())))
        record.add("-")
    assert len(record.documents()) == 2
    assert record.check() == ()


def test_a_document_over_the_limit_is_a_failure_of_its_own(record, folder):
    (folder / "huge.txt").write_bytes(b"It rained, she said. " * 1_100_000)
    report = record.add(folder)
    assert report.added == 4
    assert [type(error) for error in report.failed] == [TooLarge]


def test_notes_are_counted_by_kind(record, tmp_path):
    (tmp_path / "fr.txt").write_text(
        "Le maire a déclaré que les péniches resteraient au port jusqu'au printemps prochain. " * 5
    )
    report = record.add(tmp_path / "fr.txt")
    assert report.notes.get("not-english") == 1
    assert record.documents()[0].notes >= 1


def jobs(folder):
    for source in sources([folder]):
        yield [Job(source, Place(source.path, source.path, "00" * 32))]


def test_a_document_that_takes_too_long_is_named_and_its_neighbours_are_read(folder):
    def limit(job):
        return 0.0 if job.place.path.endswith("r2.txt") else 60.0

    with Pool(2, limit=limit) as pool:
        items = [item for _, found in pool.run(jobs(folder)) for item in found]
    assert [item.name if isinstance(item, Document) else Path(item.path).name for item in items] == [
        "r0",
        "r1",
        "r2.txt",
        "r3",
    ]
    assert "took longer than" in str(items[2])


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of processor time there")
def test_a_document_that_takes_too_much_of_the_processor_is_named_however_slow_the_clock(folder, monkeypatch):
    monkeypatch.setattr("onrecord.workers.BESIDE", 1e6)
    (folder / "r2.txt").write_text("The mayor said barge number 2 would stay. " * 10_000)
    with Pool(1, limit=lambda job: 0.01 if job.place.path.endswith("r2.txt") else 60.0) as pool:
        items = [item for _, found in pool.run(jobs(folder)) for item in found]
    assert [isinstance(item, Document) for item in items] == [True, True, False, True]
    assert "r2.txt: it took longer than 0 s of the processor" in str(items[2])


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to find the workers")
def test_workers_that_die_cost_at_most_the_documents_they_were_at(folder):
    for n in range(4, 40):
        (folder / f"r{n:02}.txt").write_text(f"The clerk said file {n} was lost.\n")
    items, killed = [], 0
    with Pool(2) as pool:
        for _, found in pool.run(jobs(folder)):
            items += found
            if len(items) == 10:
                workers = [
                    int(pid) for task in Path("/proc/self/task").glob("*/children") for pid in task.read_text().split()
                ]
                for pid in workers:
                    if "onrecord.workers" in Path(f"/proc/{pid}/cmdline").read_text():
                        os.kill(pid, signal.SIGKILL)
                        killed += 1
    failed = [item for item in items if isinstance(item, InputError)]
    assert (killed, len(items)) == (2, 40)
    assert len(failed) <= 2
    assert all("SIGKILL" in str(error) for error in failed)


def test_a_document_comes_back_with_its_sentences(record, folder):
    record.add(folder)
    doc = record.document("r1")
    assert doc == onrecord.extract(onrecord.read(folder / "r1.txt"))


def test_a_record_says_what_is_wrong_with_its_sources(record, folder):
    record.add(folder)
    (folder / "r0.txt").write_text("Other words, the mayor said.\n")
    (folder / "r1.txt").unlink()
    assert [(problem.kind, Path(problem.where).name) for problem in record.check()] == [
        ("changed", "r0.txt"),
        ("missing", "r1.txt"),
    ]

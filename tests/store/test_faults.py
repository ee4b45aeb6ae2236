"""Killed in the middle, given in another order, read by more workers: the record ends the same, byte for byte in its export.

ONRECORD_KILLS says how many times `add` is killed; `make faults` kills it 50 times, as the specification asks.
"""

import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import onrecord
from onrecord.export import export
from onrecord.read.raw import MAX_BYTES
from onrecord.read.sources import Source
from onrecord.store.sources import Place
from onrecord.workers.jobs import Begun, Job, patience, read_and_extract

KILLS = int(os.environ.get("ONRECORD_KILLS", "6"))
DOCUMENTS = 300
ADD = """
import sys, onrecord
record = onrecord.open(sys.argv[1])
import onrecord.read
print("begun", flush=True)
record.add(sys.argv[2], workers=int(sys.argv[3]))
print("done", flush=True)
"""
TOPICS = ("lock gate", "ferry", "grain store", "market hall", "water tower")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """300 short reports: text with sidecars, pages, a feed and JSON lines among them."""
    folder = tmp_path_factory.mktemp("reports")
    for n in range(DOCUMENTS - 22):
        told = f"LARK BAY - The {TOPICS[n % 5]} will stay shut until day {n}, the mayor said."
        body = f"{told}\n\n“We looked at it {n} times,” she added."
        if n % 3 == 0:
            (folder / f"r{n:03}.html").write_text(
                f"<html><body><article><h1>Day {n}</h1><p>{body}</p></article></body></html>"
            )
        else:
            (folder / f"r{n:03}.txt").write_text(body)
        if n % 3 == 1:
            (folder / f"r{n:03}.json").write_text(f'{{"outlet": "Bay Post", "published": "2031-04-{n % 28 + 1:02}"}}')
    lines = [f'{{"id": "line{n}", "text": "The clerk said page {n} of the survey was lost."}}\n' for n in range(20)]
    (folder / "survey.jsonl").write_text("".join(lines))
    items = [
        f"<item><guid>g{n}</guid><title>Gate {n}</title><description>The gate opened, he said.</description></item>"
        for n in (1, 2)
    ]
    (folder / "wire.xml").write_text(f"<rss version='2.0'><channel><title>Wire</title>{''.join(items)}</channel></rss>")
    return folder


def exported(path, form="json"):
    out = io.BytesIO()
    with onrecord.open(path, read_only=True) as record:
        assert record.store.db.run("PRAGMA integrity_check") == [("ok",)]
        export(record.store, form, out, story="test")
    return out.getvalue()


@pytest.fixture(scope="module")
def undisturbed(folder, tmp_path_factory):
    path = tmp_path_factory.mktemp("undisturbed") / "r.db"
    with onrecord.open(path) as record:
        report = record.add(folder, workers=0)
    assert (report.added, report.failed) == (DOCUMENTS, ())
    return exported(path)


def adding(path, folder, workers=0, **env):
    command = [sys.executable, "-c", ADD, str(path), str(folder), str(workers)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | env)


@pytest.fixture(scope="module")
def seconds(folder, tmp_path_factory):
    """How long an undisturbed `add` takes here, once it has begun."""
    with adding(tmp_path_factory.mktemp("timed") / "r.db", folder) as process:
        process.stdout.readline()
        began = time.monotonic()
        assert process.stdout.readline() == "done\n"
        return time.monotonic() - began


@pytest.mark.parametrize("kill", range(KILLS))
def test_an_add_killed_at_any_moment_ends_as_an_undisturbed_one(kill, folder, undisturbed, seconds, tmp_path):
    path, moment = tmp_path / "r.db", random.Random(kill).uniform(0, 1.05) * seconds
    with adding(path, folder, workers=2 * (kill % 3 == 2)) as process:
        process.stdout.readline()
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
    with onrecord.open(path) as record:
        assert record.store.db.run("PRAGMA integrity_check") == [("ok",)]
        there = len(record.documents())
        report = record.add(folder, workers=0)
        assert there + report.added == DOCUMENTS
        assert record.check() == ()
    assert exported(path) == undisturbed


def test_an_add_killed_again_and_again_ends_as_an_undisturbed_one(folder, undisturbed, seconds, tmp_path):
    path = tmp_path / "r.db"
    for _ in range(3):
        with adding(path, folder) as process:
            process.stdout.readline()
            time.sleep(seconds / 5)
            process.send_signal(signal.SIGKILL)
    with onrecord.open(path) as record:
        record.add(folder, workers=0)
    assert exported(path) == undisturbed


def test_interrupting_leaves_a_record_that_goes_on(folder, undisturbed, seconds, tmp_path):
    path = tmp_path / "r.db"
    with adding(path, folder, workers=2) as process:
        process.stdout.readline()
        time.sleep(seconds / 3)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    assert process.returncode in {-signal.SIGINT, 0, 1}
    with onrecord.open(path) as record:
        record.add(folder, workers=0)
    assert exported(path) == undisturbed


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see processes")
def test_the_workers_of_a_killed_add_end_by_themselves(folder, tmp_path):
    with adding(tmp_path / "r.db", folder, workers=2) as process:
        process.stdout.readline()
        until = time.monotonic() + 60
        while not (workers := children(process.pid)) and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert workers
    until = time.monotonic() + 60
    while any(alive(worker) for worker in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert [worker for worker in workers if alive(worker)] == []


def children(pid):
    return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]


def alive(pid):
    try:
        return "onrecord.workers" in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


def test_adding_twice_is_adding_once(folder, undisturbed, tmp_path):
    path = tmp_path / "r.db"
    with onrecord.open(path) as record:
        record.add(folder, workers=0)
        before = record.store.db.run("SELECT total_changes()")
        report = record.add([folder, folder / "r000.html"], workers=0)
        assert (report.added, report.already, report.failed) == (0, DOCUMENTS, ())
        assert record.store.db.run("SELECT total_changes()") == before
    assert exported(path) == undisturbed


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_the_order_of_the_inputs_does_not_matter(folder, tmp_path, form):
    files = sorted(path for path in folder.iterdir() if path.suffix != ".json")[::4]
    shuffled = random.Random(7).sample(files, len(files))
    for name, given in (("a", files), ("b", shuffled)):
        with onrecord.open(tmp_path / f"{name}.db") as record:
            record.add(given, workers=0)
    assert exported(tmp_path / "a.db", form) == exported(tmp_path / "b.db", form)


@pytest.mark.parametrize(("workers", "seed"), [(1, "1"), (2, "2024"), (3, "0")])
def test_workers_and_hash_seeds_do_not_matter(folder, undisturbed, tmp_path, workers, seed):
    path = tmp_path / "r.db"
    with adding(path, folder, workers, PYTHONHASHSEED=seed, TZ="Pacific/Chatham", LC_ALL="C") as process:
        assert process.communicate()[0] == "begun\ndone\n"
    assert exported(path) == undisturbed
    keys = onrecord.open(path, read_only=True)
    assert keys.store.db.run("SELECT id FROM documents ORDER BY key") == in_reading_order(folder, tmp_path)
    keys.close()


def in_reading_order(folder, tmp_path):
    with onrecord.open(tmp_path / "one.db") as record:
        record.add(folder, workers=0)
        return record.store.db.run("SELECT id FROM documents ORDER BY key")


def test_the_time_of_a_document_does_not_grow_with_the_file_it_stands_in(folder):
    def job(size):
        source = Source(str(folder / "survey.jsonl"), size, "jsonl")
        return Job(source, Place(source.path, source.path, "00" * 32))

    assert patience(job(1_000_000_000)) == patience(job(MAX_BYTES)) > patience(job(100_000))
    begun = [item for item in read_and_extract(job(1_000_000_000)) if isinstance(item, Begun)]
    assert [item.size for item in begun] == [len(f"The clerk said page {n} of the survey was lost.") for n in range(20)]
    assert max(item.seconds for item in begun) < 21

"""What a record says when its file is not what it should be, and that it then changes nothing."""

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import onrecord
from onrecord.add import add
from onrecord.ask import statements as ask
from onrecord.errors import NotARecord, NotFound, RecordBusy, RecordError
from onrecord.store.connection import Connection
from onrecord.store.schema import APPLICATION_ID, MIGRATIONS, Migration
from onrecord.store.store import Store


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "talks.db")


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(3):
        (folder / f"r{n}.txt").write_text(f"The mayor said barge number {n} would stay.\n")
    return folder


def made(path, *sql):
    with sqlite3.connect(path) as db:
        for statement in sql:
            db.execute(statement)
    db.close()
    return Path(path).read_bytes()


def test_a_new_record_is_known_as_ours(path):
    Connection(path).close()
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert db.execute("SELECT name FROM migrations ORDER BY n").fetchall() == [(m.name,) for m in MIGRATIONS]
    db.close()


def test_an_sqlite_file_of_somebody_else_is_refused_and_left_alone(path):
    before = made(path, "CREATE TABLE bank (account)", "INSERT INTO bank VALUES (1)")
    with pytest.raises(NotARecord, match="SQLite file, but no record"):
        onrecord.open(path)
    assert Path(path).read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(path):
    Path(path).write_text("It rained all day, the harbour master said.\n" * 100)
    before = Path(path).read_bytes()
    with pytest.raises(NotARecord, match=r"talks\.db"):
        onrecord.open(path)
    assert Path(path).read_bytes() == before


def test_a_folder_is_no_record(tmp_path):
    with pytest.raises(NotARecord, match="folder"):
        onrecord.open(tmp_path)


def test_a_record_in_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(RecordError, match="does not exist"):
        onrecord.open(tmp_path / "nowhere" / "talks.db")


def test_reading_a_record_that_is_not_there_says_how_to_make_one(path):
    with pytest.raises(NotFound, match="onrecord add"):
        onrecord.open(path, read_only=True)
    assert not Path(path).exists()


def test_a_newer_record_is_refused_with_both_versions_named(path):
    Connection(path).close()
    before = made(path, f"PRAGMA user_version = {len(MIGRATIONS) + 7}")
    with pytest.raises(
        RecordError, match=rf"schema {len(MIGRATIONS) + 7}, newer than this program's {len(MIGRATIONS)}"
    ):
        onrecord.open(path)
    assert Path(path).read_bytes() == before


def test_an_older_record_is_migrated_and_a_copy_of_it_kept(path, reports):
    with onrecord.open(path) as record:
        record.add(reports)
    more = (*MIGRATIONS, Migration("9999-a-test", "CREATE TABLE later (key INTEGER PRIMARY KEY);"))
    db = Connection(path, migrations=more)
    assert db.run("SELECT count(*) FROM later") == [(0,)]
    assert db.run("SELECT count(*) FROM documents") == [(3,)]
    assert db.run("PRAGMA user_version") == [(len(more),)]
    db.close()
    with onrecord.open(f"{path}.schema-{len(MIGRATIONS)}", read_only=True) as copy:
        assert len(copy.documents()) == 3


def test_a_record_linked_before_wordings_had_a_table_is_to_be_linked_anew(path, reports):
    old = MIGRATIONS[:6]
    assert old[-1].name == "0006-mentions-packed"
    db = Connection(path, migrations=old)
    db.run_many(
        "INSERT INTO link_state VALUES (?, ?)", [("wording a~00", "packed"), ("documents", "x"), ("stands", "y")]
    )
    db.close()
    with onrecord.open(path) as record:
        assert record.store.db.run("SELECT what FROM link_state") == [("stands",)]
        record.add(reports)
        assert record.link().new
        assert record.store.db.run("SELECT count(*) FROM wordings") == [(3,)]


def test_a_migration_that_fails_leaves_the_record_as_it_was(path):
    Connection(path).close()
    bad = (*MIGRATIONS, Migration("9999-bad", "CREATE TABLE half (key);\nCREATE TABLE half (key);"))
    with pytest.raises(RecordError, match="half"):
        Connection(path, migrations=bad)
    db = Connection(path)
    assert db.run("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == [(0,)]
    db.close()


def test_an_older_record_opened_for_reading_says_what_to_do(path):
    Connection(path).close()
    more = (*MIGRATIONS, Migration("9999-a-test", "CREATE TABLE later (key);"))
    with pytest.raises(RecordError, match="bring it up to date with: onrecord check"):
        Connection(path, read_only=True, migrations=more)


def test_a_record_at_rest_is_one_file(path, reports, tmp_path):
    with onrecord.open(path) as record:
        record.add(reports)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["reports", "talks.db"]


def test_reading_changes_no_byte_of_the_record_and_leaves_no_file(path, reports, tmp_path):
    with onrecord.open(path) as record:
        record.add(reports)
    before = Path(path).read_bytes()
    with onrecord.open(path, read_only=True) as record:
        list(record.statements())
        list(record.search("barge"))
        record.documents()
        record.speakers()
        record.check()
    assert Path(path).read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["reports", "talks.db"]


def test_a_record_opened_for_reading_refuses_to_write(path, reports):
    onrecord.open(path).close()
    with onrecord.open(path, read_only=True) as record:
        with pytest.raises(RecordError, match="for reading only"):
            record.add(reports)
        with pytest.raises(RecordError, match="cannot be written"):
            record.store.db.run("DELETE FROM documents")


def test_readers_see_the_last_whole_change_while_somebody_writes(path, reports):
    with onrecord.open(path) as writer, onrecord.open(path, read_only=True) as reader:
        writer.add(reports / "r0.txt")
        assert len(reader.documents()) == 1
        with writer.store.db.transaction():
            writer.add(reports / "r1.txt")
            assert len(reader.documents()) == 1
        assert len(reader.documents()) == 2


def test_a_second_writer_waits_and_then_says_so(path):
    first, second = Connection(path), Connection(path, busy_seconds=0.1)
    with first.transaction(), pytest.raises(RecordBusy, match="somebody else is writing"), second.transaction():
        pass
    with second.transaction():  # the first is done
        second.run("INSERT INTO words (word) VALUES ('later')")
    first.close()
    second.close()


def speakers(store):
    return {row.name for row in ask.speakers(store)}


def test_a_change_that_fails_at_its_very_end_leaves_no_number_in_memory(path, reports):
    """With a rollback journal whoever reads keeps a writer from ending."""
    store = Store(Connection(path, busy_seconds=0.05))
    store.db.run("PRAGMA journal_mode = DELETE")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM documents").fetchone()
        with pytest.raises(RecordBusy):
            add(store, [reports])
    (reports / "first.txt").write_text("The clerk said the files were lost.\n")
    add(store, [reports / "first.txt"])
    add(store, [reports])
    assert speakers(store) == {"the clerk", "the mayor"}
    store.db.close()


def test_what_is_to_be_forgotten_is_forgotten_with_every_change_that_is_taken_back_and_with_no_other():
    db, forgotten = Connection(":memory:"), []
    db.when_taken_back(lambda: forgotten.append(1))
    with db.transaction(), db.transaction():
        db.run("INSERT INTO words (word) VALUES ('kept')")
    assert forgotten == []
    with pytest.raises(KeyError), db.transaction():
        raise KeyError
    assert forgotten == [1]
    db.close()


def test_two_writers_at_once_both_finish(path, tmp_path, reports):
    """Each `add` writes a source at a time, so that two take turns."""
    more = tmp_path / "more"
    more.mkdir()
    for n in range(40):
        (more / f"m{n}.txt").write_text(f"The clerk said file {n} was lost.\n")
    script = "import onrecord, sys\nwith onrecord.open(sys.argv[1]) as r: print(r.add(sys.argv[2:], workers=0).added)"
    commands = [[sys.executable, "-c", script, path, str(folder)] for folder in (more, reports)]
    adding = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    assert [process.communicate()[0].strip() for process in adding] == ["40", "3"]
    assert [process.returncode for process in adding] == [0, 0]
    with onrecord.open(path) as record:
        assert (len(record.documents()), record.check()) == (43, ())


def test_a_damaged_record_is_said_to_be(path, reports):
    with onrecord.open(path) as record:
        record.add(reports)
    data = bytearray(Path(path).read_bytes())
    data[4096 * 3 : 4096 * 30] = b"\xa5" * (4096 * 27)
    Path(path).write_bytes(data)
    try:
        with onrecord.open(path) as record:
            kinds = {problem.kind for problem in record.check()}
    except RecordError as error:
        kinds = {"damaged"} if "damaged" in str(error) else {str(error)}
    assert "damaged" in kinds


def test_a_document_whose_columns_were_changed_is_named_and_the_others_are_checked(path, reports):
    with onrecord.open(path) as record:
        record.add(reports)
        names = [row.id for row in record.documents()]
    for name, spans in zip(names, ("[[1,2]]", "0-9999"), strict=False):
        made(
            path,
            f"UPDATE statements SET content = '{spans}'"
            f" WHERE document = (SELECT key FROM documents WHERE id = '{name}')",
        )
    with onrecord.open(path) as record:
        found = {(problem.kind, problem.where) for problem in record.check()}
        with pytest.raises(RecordError, match=f"{names[0]} cannot be read.*go back to a copy"):
            record.document(names[0])
    assert ("damaged", names[0]) in found
    assert ("span", f"{names[1]}#s1") in found


def test_a_truncated_record_is_said_to_be_damaged(path, reports):
    with onrecord.open(path) as record:
        record.add(reports)
    os.truncate(path, 4096 * 5)
    with pytest.raises(RecordError, match="damaged"), onrecord.open(path) as record:
        record.add(reports / "r0.txt")


def test_an_empty_file_becomes_a_record(path):
    Path(path).touch()
    with onrecord.open(path) as record:
        assert record.documents() == []


# Not English, so that it is kept and not extracted: the test is about the disk.
def french(seed, length):
    """A report of about so many characters that cannot be packed much."""
    numbers = random.Random(seed)
    said = "La péniche numéro {} est restée au port {} pendant tout l'hiver de {}, car la rivière était trop basse. "
    sentences = (said.format(*(f"{numbers.getrandbits(200):x}" for _ in range(3))) for _ in range(length // 240))
    return " ".join(sentences) + "\n"


FULL = """
import resource, signal, sys, onrecord
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
record = onrecord.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))  # every file ends here, as on a full disk
try:
    record.add(sys.argv[2], workers=0)
except onrecord.RecordError as error:
    print(error)
"""


def test_a_full_disk_is_said_and_the_record_opens_and_goes_on(path, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(25):
        (folder / f"m{n:02}.txt").write_text(french(n, 25_000))
    said = subprocess.run([sys.executable, "-c", FULL, path, folder], capture_output=True, text=True, check=True).stdout
    assert "make room" in said
    with onrecord.open(path) as record:
        there = len(record.documents())
        assert record.check() == ()
        report = record.add(folder)
        assert (report.already, report.added) == (there, 25 - there)
        assert record.check() == ()


def test_a_full_record_is_said_to_be_full(path, reports):
    """SQLite's own limit gives the error a full disk gives."""
    with onrecord.open(path) as record:
        record.store.db.run("PRAGMA max_page_count = 40")
        (reports / "long.txt").write_text(french(0, 400_000))
        with pytest.raises(RecordError, match="disk is full; make room"):
            record.add(reports)
        record.store.db.run("PRAGMA max_page_count = 4000")
        assert record.add(reports).failed == ()


AS_NOBODY = """
import os, sys, onrecord, onrecord.add, onrecord.read, onrecord.record
os.setuid(65534)
try:
    with onrecord.open(sys.argv[1], read_only=sys.argv[2] == "ro") as record:
        print(len(record.documents()))
        record.add([sys.argv[3]])
except onrecord.RecordError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can become somebody without permissions")
@pytest.mark.parametrize(("mode", "said"), [("ro", "for reading only"), ("rw", "cannot be written")])
def test_a_record_in_a_folder_that_may_not_be_written_can_be_read_and_refuses_the_rest(
    reports, mode, said, tmp_path_factory
):
    folder = (
        Path("/tmp") / f"onrecord-test-{os.getpid()}-{mode}"
    )  # pytest's own folders may be entered by their owner alone
    folder.mkdir()
    path = folder / "talks.db"
    try:
        with onrecord.open(path) as record:
            record.add(reports)
        folder.chmod(0o555)
        path.chmod(0o444)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, path, mode, reports], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[0] == "3"
        assert said in done.stdout.splitlines()[1]
    finally:
        path.unlink(missing_ok=True)
        folder.rmdir()

"""Records as they were before they were made smaller: brought up to date they say the same; and pages that linking leaves are filled."""

import json
import shutil
import sqlite3
import zlib

import pytest

from onrecord.demo.by_hand import documents_by_hand
from onrecord.document import Document, Origin
from onrecord.record import Record
from onrecord.store import layers, links, packing, rows
from onrecord.store.connection import Connection
from onrecord.store.find import speakers_named
from onrecord.store.schema import MIGRATIONS
from onrecord.store.store import Store
from onrecord.store.tidying import tidy

BEFORE = MIGRATIONS[:7]


def as_before(db):
    """Write what a record holds in the forms that schema 7 had."""
    for key, text, column in db.run("SELECT key, text, layers FROM documents"):
        told = layers._json(layers._layers(column))
        db.run(
            "UPDATE documents SET text = ?, layers = ? WHERE key = ?", (zlib.compress(packing.unpack(text)), told, key)
        )
    for row, name, body in db.run("SELECT s.rowid, w.name, body FROM speakers s JOIN names w ON w.key = s.name"):
        db.run("UPDATE speakers SET body = ? WHERE rowid = ?", (layers._json(layers.body_from(body, name)), row))
    for key, kept in db.run("SELECT key, condition FROM statements WHERE condition IS NOT NULL"):
        told = packing.unpack_small(kept, layers._CONDITION_FRAME).decode()
        db.run("UPDATE statements SET condition = ? WHERE key = ?", (told, key))
    word = "coalesce((SELECT word FROM words WHERE key = {0}), '')"
    db.run(f"UPDATE name_facts SET type = {word.format('type')}, role = {word.format('role')}")
    for key, name in db.run("SELECT key, name FROM names"):
        db.run("UPDATE names SET folded = ? WHERE key = ?", (name.casefold(), key))
    db.run("INSERT INTO links VALUES ('copy', 1, 2, 0.5, ?, 1)", (json.dumps(["verbatim", "a"]),))
    db.run("INSERT INTO sketches VALUES (1, 1, x'', x'')")
    db.run("INSERT INTO link_state VALUES ('documents', 'x')")


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The path of a record of the sample story as schema 7 had it."""
    path = tmp_path_factory.mktemp("before") / "lake.db"
    db = Connection(str(path), migrations=BEFORE)
    store = Store(db)
    for doc in documents_by_hand():
        store.put(doc)
    with db.transaction():
        as_before(db)
    db.close()
    return path


@pytest.fixture
def pair(before, tmp_path):
    """A record that was brought up to date, and one that was made now."""
    with Record.open(shutil.copy(before, tmp_path / "old.db")) as old, Record.open(tmp_path / "new.db") as new:
        for doc in documents_by_hand():
            new.store.put(doc)
        yield old, new


def test_the_old_forms_are_those_of_schema_7(before):
    db = sqlite3.connect(before)
    kinds = (
        "SELECT DISTINCT typeof(d.layers), typeof(s.body), typeof(f.type) FROM documents d, speakers s, name_facts f"
    )
    assert db.execute(kinds).fetchall() == [("text", "text", "text")]
    assert db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'statements_said_on'").fetchall()
    db.close()


def test_every_document_comes_back_as_it_was_kept(pair):
    old, new = pair
    assert list(old.store.documents()) == list(new.store.documents())
    assert old.check() == ()


@pytest.mark.parametrize(
    "asked",
    [{}, {"speaker": "wrenik"}, {"speaker": "ADA MOSS"}, {"act": "refuse", "sort": "-date"}, {"said": "2026"},
     {"said": "2026-03..2026-04", "limit": 3}, {"condition": True}, {"sort": "document", "limit": 20}],
)  # fmt: skip
def test_lists_are_what_they_were(pair, asked):
    old, new = ([row.id for row in record.statements(**asked)] for record in pair)
    assert old == new


def test_speakers_are_who_they_were(pair):
    old, new = pair
    assert old.speakers() == new.speakers()
    assert old.store.db.run("SELECT count(*) FROM name_facts") == new.store.db.run("SELECT count(*) FROM name_facts")


def test_an_edge_keeps_its_reasons(pair):
    assert links.edges(pair[0].store, "copy")[0].reasons == ("verbatim", "a")


def test_it_is_linked_anew_and_then_as_one_made_now(pair):
    old, new = pair
    assert old.link().new
    new.link()
    for kind in ("speaker", "copy", "utterance", "figure", "stand"):
        assert links.edges(old.store, kind) == links.edges(new.store, kind)
    assert old.wording() == new.wording()


@pytest.mark.parametrize("name", ["Ines Tallow", "Élodie Çelik", "STRASSE", "Straße", "İlker Ömür", "Ἀθηνᾶ"])
@pytest.mark.parametrize("asked", [str, str.upper, str.casefold])
def test_a_name_is_found_in_whatever_case_though_most_are_kept_once(name, asked):
    db = Connection(":memory:")
    store = Store(db)
    key = store.names.key(name)
    assert speakers_named(store, asked(name)) == [key]
    assert (db.run("SELECT folded FROM names") == [("",)]) == name.isascii()
    db.close()


def test_what_is_cut_off_is_not_taken_for_whole():
    kept = rows.text_column("The ferry sails on Monday, the harbourmaster said.")
    with pytest.raises(zlib.error):
        rows.text_from(kept[:-6])


def test_a_text_says_which_phrases_it_was_packed_with():
    assert zlib.adler32(packing.phrases()) == 0x920D0BE8


def many(n):
    told = "".join(
        f"Barge {(n * 31 + i) * 7919 % 99991} went up the canal, the mayor of ward {i} said.\n" for i in range(30)
    )
    return Document(f"r{n}", told, Origin(f"r{n}.txt", f"{n:064x}"))


def test_a_record_is_tidied_once_it_has_grown(tmp_path):
    with Record.open(tmp_path / "r.db") as record:
        for n in range(40):
            record.store.put(many(n))
        record.store.remove(3)
        assert tidy(record.store)
        assert record.store.db.run("PRAGMA freelist_count") == [(0,)]
        assert not tidy(record.store)
        record.store.put(many(99))
        assert not tidy(record.store)
        for n in range(40, 80):
            record.store.put(many(n))
        assert tidy(record.store)


def test_somebody_who_writes_is_no_reason_for_linking_to_fail(tmp_path):
    path = tmp_path / "r.db"
    with Record.open(path) as record:
        record.store.put(many(1))
        db = Connection(str(path), busy_seconds=0.01)
        store = Store(db)
        with record.store.db.transaction():
            assert not tidy(store)
        db.close()
        assert len(record.documents()) == 1

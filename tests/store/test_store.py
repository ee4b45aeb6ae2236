"""The store gives back what it was given, each thing once."""

import gzip
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import (
    Condition,
    Credit,
    Document,
    Figure,
    Mention,
    Note,
    Origin,
    Span,
    Speaker,
    Statement,
    TimeMention,
)
from onrecord.errors import NotFound
from onrecord.record import Record
from onrecord.store.connection import Connection
from onrecord.store.rows import document_id
from onrecord.store.store import Store

TEXT = (
    "Mayor Ines Tallow said on Monday she would not sell the 40 barges unless the ferry line paid, the Herald reported."
)
FULL = Document(
    name="barges",
    text=TEXT,
    origin=Origin("barges.html", "ab" * 32, "text/html", "cp1252", "entry-7", "cd" * 32),
    title="Barges",
    outlet="Harbour Herald",
    url="https://herald.example/barges",
    published="2031-05-06",
    modified="2031-05-07",
    authors=("P. Quill", "R. Oar"),
    language="en",
    title_span=Span(0, 5),
    boilerplate=(Span(1, 2), Span(3, 5)),
    credit=(Credit(Span(0, 5), "Wave Wire", "PORT LARK", "rule.credit"),),
    notes=(
        Note("unbalanced-quotation", "a mark is missing", Span(0, 1), "segment.marks"),
        Note("not-english", "whole"),
    ),
    statements=(
        Statement(
            id="s1",
            content=(Span(32, 61), Span(62, 92)),
            source=(Span(0, 17),),
            cue=(Span(18, 22),),
            kind="mixed",
            parent="s2",
            speaker="Ines Tallow",
            speaker_type="person",
            named=True,
            role="Mayor",
            speaker_id="e1",
            addressee="reporters",
            channel="press conference",
            via=("the Herald", "Wave Wire"),
            said_on="2031-05-05",
            act="refuse",
            act_confidence=0.75,
            condition=Condition(Span(70, 92), Span(32, 61), Span(63, 69), True, "rule.unless"),
            confidence=0.9,
            by={"statement": "model-1", "act": "rule.cue"},
        ),
        Statement(
            id="s2", content=(Span(0, 92),), source=(Span(94, 104),), cue=(Span(105, 113),), speaker="Harbour Herald"
        ),
    ),
    speakers=(
        Speaker(
            id="e1",
            name="Ines Tallow",
            type="person",
            named=True,
            role="Mayor",
            affiliation="Port Lark",
            institution="town hall",
            unnamed_because="no reason",
            spellings=("Mayor Ines Tallow", "Tallow"),
            mentions=(
                Mention(Span(0, 17), "name", "e1", "rule.name"),
                Mention(Span(33, 36), "pronoun", "e1", "model"),
                Mention(Span(0, 5), "description", None, "rule.name"),
            ),
            by="resolve-1",
        ),
        Speaker(id="e2", name="Harbour Herald"),
    ),
    figures=(
        Figure("f1", Span(56, 65), 40, "barge", "exact", "barges for sale", "s1", "rule.number"),
        Figure("f2", Span(56, 58), (40, 45.5), None, "range"),
    ),
    times=(TimeMention(Span(26, 32), "2031-05-05", "rule.weekday"), TimeMention(Span(0, 1))),
)


@pytest.fixture
def store():
    db = Connection(":memory:")
    yield Store(db)
    db.close()


def count(store, table):
    return store.db.run(f"SELECT count(*) FROM {table}")[0][0]


def from_path(doc):
    """The path is the source's, not the document's: a document put without a source is called after itself."""
    return replace(doc, origin=replace(doc.origin, path=doc.name))


def test_a_document_comes_back_with_every_layer(store):
    key, new = store.put(FULL)
    back = store.load(key)
    differing = [
        field.name for field in fields(Document) if getattr(back, field.name) != getattr(from_path(FULL), field.name)
    ]
    assert (new, differing) == (True, [])


@pytest.mark.parametrize("layer", ["statements", "speakers", "figures", "times"])
def test_a_layer_not_yet_added_stays_apart_from_an_empty_one(store, layer):
    with_empty = replace(FULL, name="empty", **{layer: ()})
    without = replace(FULL, name="without", **{layer: None})
    assert getattr(store.load(store.put(with_empty)[0]), layer) == ()
    assert getattr(store.load(store.put(without)[0]), layer) is None


def test_the_same_document_is_kept_once(store):
    first, _ = store.put(FULL)
    assert store.put(FULL) == (first, False)
    assert count(store, "documents") == 1


def test_a_removed_document_leaves_nothing_but_words(store):
    key, _ = store.put(FULL)
    store.remove(key)
    tables = ("documents", "statements", "speakers", "figures", "notes", "relays", "origins", "name_facts")
    assert [table for table in tables if count(store, table)] == []
    assert store.db.run("SELECT rowid FROM statements_fts WHERE statements_fts MATCH 'barges'") == []
    store.db.run("INSERT INTO statements_fts (statements_fts, rank) VALUES ('integrity-check', 1)")
    assert store.db.run("SELECT DISTINCT statements, documents FROM names") == [(0, 0)]


def test_removing_one_document_leaves_its_neighbour_whole(store):
    key, _ = store.put(FULL)
    other = replace(FULL, name="other")
    kept, _ = store.put(other)
    store.remove(key)
    assert store.load(kept) == from_path(other)
    assert store.db.run("SELECT statements, documents FROM names WHERE name = 'Ines Tallow'") == [(1, 1)]


def test_the_index_holds_the_words_the_spans_cut(store):
    store.put(FULL)
    store.db.run("INSERT INTO statements_fts (statements_fts, rank) VALUES ('integrity-check', 1)")
    assert store.db.run("SELECT content FROM statement_words WHERE speaker = 'Ines Tallow'") == [
        (" she would not sell the 40 ba … ges unless the ferry line paid",)
    ]


def test_a_document_that_is_not_there_is_said_not_to_be(store):
    with pytest.raises(NotFound, match="barges~00000000"):
        store.document("barges~00000000")


def test_what_fails_half_way_leaves_nothing_behind(store):
    broken = replace(FULL, figures=(Figure("f1", Span(0, 1), object()),))
    with pytest.raises(TypeError):
        store.put(broken)
    assert [count(store, table) for table in ("documents", "statements", "words", "names")] == [0, 0, 0, 0]
    assert store.load(store.put(FULL)[0]) == from_path(FULL)  # no number of a word that was rolled back is used


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "a\x00b\udfffc", "\ufffd\x00", "🙂\x00🙂"])
def test_text_sqlite_cannot_hold_comes_back_to_the_character(store, odd):
    doc = replace(FULL, text=odd + TEXT, title=None)
    assert store.load(store.put(doc)[0]).text == odd + TEXT
    store.db.run("INSERT INTO statements_fts (statements_fts, rank) VALUES ('integrity-check', 1)")


def test_a_lone_surrogate_in_a_name_is_written_out(store):
    stmt = replace(FULL.statements[1], speaker="Ta\ud800llow")
    key, _ = store.put(replace(FULL, statements=(stmt,), title="\udc80", name="\udcff"))
    assert store.load(key).statements[0].speaker == r"Ta\ud800llow"


def test_ids_are_drawn_from_name_bytes_sidecar_and_entry():
    origin = Origin("a.txt", "00" * 32)
    ids = {
        document_id("a", origin),
        document_id("b", origin),
        document_id("a", replace(origin, digest="11" * 32)),
        document_id("a", replace(origin, sidecar="22" * 32)),
        document_id("a", replace(origin, entry="1")),
    }
    assert len(ids) == 5
    assert document_id("a", replace(origin, path="elsewhere/a.txt", encoding="cp1252")) == document_id("a", origin)


PLACES = ["lark", "moss", "reed", "tarn", "fell", "beck", "holm", "wick"]


@st.composite
def anything(draw):
    text = draw(st.text(st.characters(codec=None), min_size=4, max_size=60))
    place = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)).map(
        lambda p: Span(p[0], min(p[0] + p[1], len(text)))
    )
    spans = st.lists(place, max_size=3).map(tuple)
    numbers = range(1, draw(st.integers(0, 4)) + 1)
    stmts = tuple(
        Statement(f"s{n}", draw(spans), draw(spans), draw(spans), via=tuple(draw(st.lists(st.sampled_from("pq")))))
        for n in numbers
    )
    value = st.one_of(
        st.integers(-(2**60), 2**60), st.floats(allow_nan=False), st.tuples(st.integers(), st.floats(0, 1))
    )
    figures = tuple(Figure(f"f{n}", draw(place), draw(value)) for n in numbers)
    return Document("any", text, Origin("any", "00" * 32), statements=stmts, figures=figures, boilerplate=draw(spans))


@given(anything())
def test_any_document_comes_back_as_it_was(doc):
    db = Connection(":memory:")
    store = Store(db)
    key, _ = store.put(doc)
    assert store.load(key) == doc
    db.run("INSERT INTO statements_fts (statements_fts, rank) VALUES ('integrity-check', 1)")
    store.remove(key)
    db.run("INSERT INTO statements_fts (statements_fts, rank) VALUES ('integrity-check', 1)")
    db.close()


def test_a_record_is_smaller_than_three_times_its_text(tmp_path):
    """DESIGN section 6."""
    db = Connection(str(tmp_path / "r.db"))
    store, size = Store(db), 0
    for n in range(300):
        doc = typical(n)
        size += len(doc.text.encode())
        store.put(doc)
    db.close()
    assert (tmp_path / "r.db").stat().st_size < 3 * size


def typical(n):
    """A report of 25 statements and 8 speakers: invented words, so that the index is not small for want of words."""
    text, stmts = "", []
    mentions = {i: [] for i in range(8)}
    for i in range(1, 26):
        seed = (n * 7919 + i * 104729) % 99991
        told = " ".join(f"{PLACES[(seed >> k) % 8]}{(seed * (k + 3)) % 700}" for k in range(14))
        name, start = f"Speaker {seed % 8} {n}", len(text)
        text += f"{name} of the council said that {told}. Rain fell on the {told[:40]}.\n"
        after = start + len(name)
        source, cue, content = (
            Span(start, after),
            Span(after + 16, after + 20),
            Span(after + 21, after + 26 + len(told)),
        )
        mentions[seed % 8] += [
            Mention(source, "name", f"e{seed % 8}", "names-1"),
            Mention(cue, "pronoun", f"e{seed % 8}", "pronouns-1"),
        ]
        fields = {
            "act_confidence": 0.913,
            "confidence": 0.8731,
            "by": {"statement": "statements-en-1", "act": "acts-en-1"},
        }
        stmts.append(
            Statement(
                f"s{i}", (content,), (source,), (cue,), speaker=name, named=True, speaker_id=f"e{seed % 8}", **fields
            )
        )
    return Document(
        name=f"report-{n}",
        text=text,
        origin=Origin(f"report-{n}.txt", f"{n:064x}"),
        outlet="Herald",
        published=f"2031-{n % 12 + 1:02}-11",
        statements=tuple(stmts),
        speakers=tuple(
            Speaker(
                f"e{i}",
                f"Speaker {i} {n}",
                "person",
                True,
                spellings=(f"Speaker {i} {n}", "she"),
                mentions=tuple(found),
            )
            for i, found in mentions.items()
        ),
        figures=tuple(
            Figure(f"f{i}", Span(i, i + 9), i * 3, "barge", "about", "barges sold", f"s{i}", "f-1") for i in range(1, 7)
        ),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [('{"outlet": "Bay Post"}', '{"outlet": "Wave Wire"}'), ('{"outlet": "Bay Post"}', None), (None, "{}")],
)
@pytest.mark.parametrize("ending", [".txt", ".html.gz"])
def test_a_sidecar_that_is_another_now_is_said_to_be(tmp_path, before, after, ending):
    path, beside = tmp_path / f"lock{ending}", tmp_path / "lock.json"
    told = b"<p>The clerk said that the lock would stay shut until the gate was mended.</p>"
    path.write_bytes(gzip.compress(told) if ending.endswith("gz") else told)
    if before is not None:
        beside.write_text(before)
    with Record.open(tmp_path / "talks.db") as rec:
        assert rec.add(path).added == 1
        assert rec.check() == ()
        beside.unlink(missing_ok=True)
        if after is not None:
            beside.write_text(after)
        assert [(one.kind, one.where) for one in rec.check()] == [("changed", str(path))]
        rec.add(path)
        assert rec.check() == ()

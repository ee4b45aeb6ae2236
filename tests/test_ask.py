"""What a filter picks, in what order, and how it is dressed."""

from dataclasses import replace

import pytest

from onrecord.ask import statements as ask
from onrecord.ask.statements import StatementFilter
from onrecord.document import Condition, Document, Origin, Span, Statement
from onrecord.errors import NotFound, QueryError
from onrecord.store import find as finding
from onrecord.store.connection import Connection
from onrecord.store.find import date_range, find
from onrecord.store.query import fts_query
from onrecord.store.store import Store


def report(name, outlet, published, *said):
    """A report in which each of `said` is (speaker, words, fields of the statement)."""
    text, stmts = "", []
    for n, (speaker, words, fields) in enumerate(said, 1):
        start = len(text) + len(speaker or "") + 7
        text += f"{speaker or ''} said: {words}\n"
        source = (Span(start - 7 - len(speaker), start - 7),) if speaker else ()
        cue = (Span(start - 6, start - 1),)
        fields = {"speaker": speaker, "named": speaker is not None and speaker[0].isupper()} | fields
        stmts.append(Statement(f"s{n}", (Span(start, start + len(words)),), source, cue, **fields))
    origin = Origin(f"{name}.txt", f"{abs(hash_of(name)):064x}")
    return Document(
        name, text, origin, outlet=outlet, published=published, url=f"https://x.example/{name}", statements=tuple(stmts)
    )


def hash_of(name):
    return sum(ord(letter) * 31**n for n, letter in enumerate(name))


DOCS = (
    report(
        "lock",
        "Bay Post",
        "2031-03-02",
        (
            "Ines Tallow",
            "The lock gate stays shut.",
            {"act": "refuse", "speaker_type": "person", "role": "mayor", "said_on": "2031-02-27"},
        ),
        ("a senior clerk", "No one asked the bargemen.", {"act": "deny", "speaker_type": "person"}),
        ("Ines Tallow", "It opens if the levy is paid.", {"act": "offer", "condition": "if", "said_on": "2031-03"}),
    ),
    report(
        "ferry",
        "Wave Wire",
        "2031-04-11",
        ("Tallow", "Ferries will run at night.", {"act": "commit", "via": ("Harbour Radio", "Bay Post")}),
        (None, "The pier may be closed.", {"act": "assess", "kind": "direct", "confidence": 0.4}),
        ("Ines Tallow-Reed", "Al-Kazan's hostages were freed at the café.", {"kind": "mixed", "confidence": 0.9}),
    ),
    report(
        "grain",
        None,
        None,
        ("Pier Union", "Hostage takers =cmd struck the barge.", {"act": "refuse", "speaker_type": "organisation"}),
    ),
)


def with_condition(doc):
    def conditional(stmt):
        if stmt.condition is None:
            return stmt
        start = stmt.content[0].start
        return replace(stmt, condition=Condition(Span(start + 12, start + 28), Span(start, start + 8)))

    return replace(doc, statements=tuple(map(conditional, doc.statements)))


@pytest.fixture(scope="module")
def store():
    db = Connection(":memory:")
    store = Store(db)
    for doc in DOCS:
        store.put(with_condition(doc))
    yield store
    db.close()


def ids(store, **parts):
    return [f"{row.document} {row.statement.id}" for row in ask.statements(store, StatementFilter(**parts))]


@pytest.mark.parametrize(
    ("parts", "picked"),
    [
        ({"speaker": "Ines Tallow"}, ["lock s1", "lock s3"]),
        ({"speaker": "INES TALLOW"}, ["lock s1", "lock s3"]),
        ({"speaker": "Tallow"}, ["ferry s1"]),
        ({"speaker": "ines"}, ["lock s1", "lock s3", "ferry s3"]),
        ({"speaker": "reed ines"}, ["ferry s3"]),
        ({"speaker": "Ine"}, []),
        ({"speaker": "%"}, []),
        ({"outlet": "bay post"}, ["lock s1", "lock s3", "lock s2"]),
        ({"outlet": "Nobody's Post"}, []),
        ({"document": "ferry"}, ["ferry s1", "ferry s2", "ferry s3"]),
        ({"document": "nowhere"}, []),
        ({"act": "refuse"}, ["grain s1", "lock s1"]),
        ({"act": "refuse", "outlet": "Bay Post"}, ["lock s1"]),
        ({"act": "refuse", "outlet": "Wave Wire"}, []),
        ({"kind": "mixed"}, ["ferry s3"]),
        ({"via": "Harbour Radio"}, ["ferry s1"]),
        ({"via": "bay post"}, ["ferry s1"]),
        ({"via": "Nobody"}, []),
        ({"said": "2031-02"}, ["lock s1"]),
        ({"said": "2031"}, ["lock s1", "lock s3"]),
        ({"said": "2031-03-01"}, []),
        ({"said": "2031-02-01..2031-03"}, ["lock s1", "lock s3"]),
        ({"said": "..2031-02-27"}, ["lock s1"]),
        ({"said": "2031-03.."}, ["lock s3"]),
        ({"published": "2031-04"}, ["ferry s1", "ferry s2", "ferry s3"]),
        ({"published": "2031-05"}, []),
        ({"condition": True}, ["lock s3"]),
        ({"condition": False, "document": "lock"}, ["lock s1", "lock s2"]),
        ({"named": False}, ["lock s2", "ferry s2"]),
        ({"confidence": 0.5, "document": "ferry"}, ["ferry s1", "ferry s3"]),
        ({"text": "hostage"}, ["grain s1", "ferry s3"]),
        ({"text": "hostage", "outlet": "Wave Wire"}, ["ferry s3"]),
        ({"text": "speaker:union"}, ["grain s1"]),
        ({"text": "content:union"}, []),
        ({"sort": "-date", "limit": 2}, ["ferry s1", "ferry s2"]),
        ({"sort": "document", "limit": 2, "offset": 3}, ["grain s1", "lock s1"]),
        ({"limit": 0}, []),
        ({}, ["grain s1", "lock s1", "lock s3", "lock s2", "ferry s1", "ferry s2", "ferry s3"]),
    ],
)
def test_a_filter_picks_what_it_says(store, parts, picked):
    assert ids(store, **parts) == picked


@pytest.mark.parametrize("sort", ["date", "-date", "document"])
@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"act": "refuse"},
        {"speaker": "ines"},
        {"speaker": "Ines Tallow"},
        {"outlet": "Bay Post"},
        {"text": "the"},
        {"condition": True},
        {"act": "refuse", "text": "gate"},
        {"published": "2031"},
        {"kind": "mixed"},
        {"via": "Bay Post"},
        {"said": "2031"},
    ],
)
def test_walking_an_index_picks_what_gathering_picks(store, monkeypatch, parts, sort):
    """In a large record a list is read along an index; here every record is large."""
    gathered = ids(store, **parts, sort=sort, limit=100)
    monkeypatch.setattr(finding, "FEW", 0)
    monkeypatch.setattr(finding, "PROBES", 0)
    walked = ids(store, **parts, sort=sort, limit=100)
    assert sorted(walked) == sorted(gathered)
    if sort == "document":
        assert walked == gathered
    assert ask.count_statements(store, StatementFilter(**parts), up_to=100) == len(gathered)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"act": "shout"}, "no act 'shout'; choose one of assert"),
        ({"kind": "quoted"}, "no kind"),
        ({"sort": "name"}, "no sort"),
        ({"said": "last week"}, "is no date"),
        ({"published": ".."}, "is no date"),
        ({"said": "2031-3"}, "is no date"),
        ({"limit": -1}, "0 or more"),
        ({"offset": -1}, "0 or more"),
        ({"text": ""}, "no word to look for"),
        ({"text": "OR"}, "no word to look for"),
        ({"text": "“lock"}, "quotation mark is opened"),
        ({"text": "(lock"}, "cannot be understood"),
        ({"text": "lock OR OR gate"}, "cannot be understood"),
        ({"text": "x" * 2000}, "shorten it"),
    ],
)
def test_a_filter_that_makes_no_sense_is_said_at_once(store, parts, said):
    with pytest.raises(QueryError, match=said):
        ask.statements(store, StatementFilter(**parts))


@pytest.mark.parametrize(
    "text",
    ["al-kazan", "Al-Kazan's", "cafe", "CAFÉ", "=cmd", "gate; DROP TABLE statements", "'", '"lock gate"', "host*"],
)
def test_what_people_type_is_no_syntax_error(store, text):
    if any(letter.isalnum() for letter in text):
        list(ask.statements(store, StatementFilter(text=text)))
    assert len(ids(store)) == 7


@pytest.mark.parametrize(
    ("query", "picked"),
    [
        ("al-kazan", {"ferry s3"}),
        ("cafe", {"ferry s3"}),
        ("host*", {"ferry s3", "grain s1"}),
        ('"lock gate"', {"lock s1"}),
        ('"gate lock"', set()),
        ("gate lock", {"lock s1"}),
        ("ferries OR levy", {"ferry s1", "lock s3"}),
        ("hostage NOT barge", {"ferry s3"}),
        ("(ferries OR levy) night", {"ferry s1"}),
        ("speaker:clerk", {"lock s2"}),
    ],
)
def test_search_finds_words_in_any_inflection(store, query, picked):
    assert {f"{row.document} {row.statement.id}" for row in ask.search(store, query)} == picked


def test_search_says_where_it_found_the_words(store):
    row = next(ask.search(store, "hostage cafe"))
    assert [place.of(row.text) for place in row.matches] == ["hostages", "café"]


def test_the_best_comes_first(store):
    assert next(ask.search(store, "barge OR hostage")).document == "grain"


@pytest.mark.parametrize(
    "parts", [{"speaker": "Ada Moss"}, {"outlet": "Bay Post"}, {"document": "wharf"}, {"act": "deny"}]
)
@pytest.mark.parametrize("limit", [1, None])
def test_the_best_comes_first_whatever_else_is_asked(parts, limit):
    db = Connection(":memory:")
    store = Store(db)
    long = "The crane fell and nobody who stood on the quay that day could tell the clerk why it had."
    said = [("Ada Moss", words, {"act": "deny"}) for words in (long, "The crane fell.")]
    store.put(report("wharf", "Bay Post", "2031-03-02", *said))
    store.put(report("other", "Wave Wire", "2031-03-02", *[("Tom Pell", "The crane stood.", {})] * 3))
    best = ask.search(store, "crane", StatementFilter(**parts, limit=limit))
    assert next(best).text == "The crane fell."
    db.close()


def test_a_row_says_in_words_what_the_statement_holds_in_spans(store):
    row = ask.statement(store, "lock#s3")
    assert (row.text, row.source, row.cue) == ("It opens if the levy is paid.", "Ines Tallow", "said:")
    assert (row.if_, row.then) == ("the levy is paid", "It opens")
    assert (row.speaker, row.act, row.said_on, row.published) == ("Ines Tallow", "offer", "2031-03", "2031-03-02")
    assert (row.outlet, row.url) == ("Bay Post", "https://x.example/lock")
    assert row.id == f"{row.document_id}#s3"
    assert (row.kind, row.named, row.role, row.via, row.parent, row.confidence) == (
        "indirect",
        True,
        None,
        (),
        None,
        None,
    )
    assert (row.addressee, row.channel, row.speaker_type) == (None, None, None)


@pytest.mark.parametrize("id", ["lock#s9", "nowhere#s1", "s1", ""])
def test_a_statement_that_is_not_there_is_said_not_to_be(store, id):
    with pytest.raises(NotFound, match="no statement"):
        ask.statement(store, id)


def test_a_name_that_two_documents_have_gives_way_to_their_ids():
    db = Connection(":memory:")
    store = Store(db)
    first = DOCS[2]
    second = replace(first, origin=replace(first.origin, digest="ee" * 32))
    store.put(first)
    assert [doc.document for doc in ask.documents(store)] == ["grain"]
    store.put(second)
    assert [doc.document for doc in ask.documents(store)] == [doc.id for doc in ask.documents(store)]
    assert {row.document for row in ask.statements(store)} == {doc.id for doc in ask.documents(store)}
    with pytest.raises(NotFound, match="by its id"):
        ask.statement(store, "grain#s1")
    db.close()


def test_speakers_come_with_what_they_are_said_to_be(store):
    rows = ask.speakers(store)
    assert [(row.name, row.statements) for row in rows][:2] == [("Ines Tallow", 2), ("Ines Tallow-Reed", 1)]
    first = rows[0]
    assert (first.type, first.named, first.role, first.documents) == ("person", True, "mayor", 1)
    assert (first.first, first.last) == ("2031-02-27", "2031-03")
    assert ask.speakers(store, "union")[0].type == "organisation"
    assert [row.name for row in ask.speakers(store, limit=1, offset=1)] == ["Ines Tallow-Reed"]


def test_documents_come_by_name(store):
    rows = ask.documents(store)
    assert [(row.name, row.outlet, row.statements, row.notes) for row in rows] == [
        ("ferry", "Wave Wire", 3, 0),
        ("grain", None, 1, 0),
        ("lock", "Bay Post", 3, 0),
    ]
    assert ask.outlets(store) == [("Bay Post", 1), ("Wave Wire", 1)]


def test_counting_stops_where_it_is_told(store):
    assert ask.count_statements(store) == 7
    assert ask.count_statements(store, up_to=3) == 3


def test_a_long_list_is_read_in_parts(store, monkeypatch):
    monkeypatch.setattr(ask, "AT_ONCE", 2)
    assert len(list(ask.statements(store))) == 7


def test_a_filter_never_becomes_sql(store):
    evil = "x'; DROP TABLE statements; --"
    for part in ("speaker", "outlet", "document", "via"):
        assert find(store, StatementFilter(**{part: evil})) == []
    assert len(ids(store)) == 7


def test_dates_bound_partial_dates():
    low, high = date_range("2031-02..2031-03")
    dates = ["2031", "2031-01-31", "2031-02", "2031-02-01", "2031-03", "2031-03-31", "2031-04"]
    assert [date for date in dates if low <= date <= high] == ["2031-02", "2031-02-01", "2031-03", "2031-03-31"]


def test_a_hundred_thousand_characters_are_no_trouble_to_the_query():
    for text in ('"' * 100_000, "(" * 100_000, "a:" * 50_000, "* " * 50_000):
        with pytest.raises(QueryError):
            fts_query(text)


def test_nobody_is_lost_among_many_of_one_word():
    db = Connection(":memory:")
    store = Store(db)
    crowd = [(f"an official of lock {n}",) for n in range(21_000)]
    db.run_many("INSERT INTO names (name, folded) VALUES (?, '')", crowd)
    store.put(report("lock", None, None, ("the official with the key", "It is open.", {})))
    assert ids(store, speaker="official key") == ids(store, speaker="official") == ["lock s1"]
    assert len(finding.speakers_named(store, "official")) == 21_001
    assert finding.speakers_named(store, "nobody " * 2000) == []
    db.close()

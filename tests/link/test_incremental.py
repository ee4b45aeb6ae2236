"""Linking what is new: the same as linking all at once, in any order, and only what can match is compared."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.reports import reports
from onrecord.link import sayings, stories, storytelling
from onrecord.link.stories import Report, Words, grouped, parts, telling
from onrecord.record import Record
from onrecord.store import links

REPORTS = list(reports(220, statements=5))
DRAWN = (("stories", storytelling.draw), ("sayings", sayings.draw))


def linked(*batches):
    """A record in which these batches were added and their stories, utterances and figures drawn, one after the other."""
    rec = Record.open(":memory:")
    add(rec, *batches)
    return rec


def add(rec, *batches):
    for batch in batches:
        for doc in batch:
            rec.store.put(doc)
        draw(rec)


def draw(rec):
    with rec.store.db.transaction():
        for _, step in DRAWN:
            step(rec.store)


def known(rec):
    """All that was drawn, told by what the documents are called and not by their numbers."""
    store = rec.store
    docs = dict(store.db.run("SELECT key, id FROM documents"))
    stmts = {
        key: f"{docs[document]}#{n}" for key, document, n in store.db.run("SELECT key, document, n FROM statements")
    }
    figs = {
        node: f"{docs[node // links.FIGURES]}#{node % links.FIGURES}"
        for (node,) in store.db.run("SELECT document * 1048576 + n FROM figures")
    }
    of = {"story": docs, "utterance": stmts, "figure": figs}
    found = {}
    for kind, names in of.items():
        groups = {}
        for node, cluster in links.clusters(store, kind).items():
            groups.setdefault(cluster, []).append(names[node])
        found[kind] = sorted(sorted(group) for group in groups.values())
    for kind in ("conflict", "update"):
        found[kind] = sorted(tuple(sorted((figs[e.a], figs[e.b]))) for e in links.edges(store, kind))
    return found


@pytest.fixture(scope="module")
def whole():
    return known(linked(REPORTS))


def test_there_is_something_to_find(whole):
    assert min(len(whole[kind]) for kind in ("story", "utterance", "figure", "update")) > 20


def test_in_batches_and_in_any_order_it_ends_the_same(whole):
    mixed = random.Random(1).sample(REPORTS, len(REPORTS))
    assert known(linked(mixed[:120], mixed[120:210], mixed[210:])) == whole


def test_what_is_removed_leaves_what_would_have_been_without_it():
    rec = linked(REPORTS[:120])
    for key in rec.store.keys()[10:20]:
        rec.store.remove(key)
    draw(rec)
    assert known(rec) == known(linked(REPORTS[:10] + REPORTS[20:120]))


def test_only_the_stories_that_new_reports_touch_are_compared_anew(monkeypatch):
    rec = linked(REPORTS[:-6])
    compared = []
    find = sayings.figures.find
    monkeypatch.setattr(sayings.figures, "find", lambda figs: compared.append(len(figs)) or find(figs))
    draw(rec)
    assert compared == []
    add(rec, REPORTS[-6:])
    assert 0 < len(compared) <= 12
    assert len(links.clusters(rec.store, "story")) > 80


REPORT = st.builds(
    Report,
    st.uuids().map(str),
    st.sampled_from(["Ferry strike", "Grain prices", "Flood at the gate", ""]),
    st.sampled_from(["the ferry crews strike", "grain price at the mill"])
    | st.lists(
        st.sampled_from("ferry crews strike pay grain price flood gate water barge mill port".split()), max_size=14
    ).map(" ".join),
    st.sampled_from([None, "2031-03-01", "2031-03-09", "2031-06-01"]),
)


@given(st.lists(REPORT, max_size=14, unique_by=lambda one: one.id), st.randoms())
@settings(max_examples=40, deadline=None)
def test_stories_do_not_hang_on_the_order_of_reports(some, rng):
    mixed = list(some)
    rng.shuffle(mixed)
    assert stories.find(mixed) == stories.find(some)


@given(st.lists(REPORT, min_size=2, max_size=14, unique_by=lambda one: one.id), st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_a_report_whose_digest_stays_is_as_like_the_others_as_before(some, more):
    some.sort(key=lambda one: one.id)
    new = {report.id for report in some[:more]}
    old = [report for report in some if report.id not in new]
    before, after = (Words([telling(report) for report in which]) for which in (old, some))
    digests = dict(zip([r.id for r in old], before.signatures(), strict=True))
    same = {i for i, report in enumerate(some) if digests.get(report.id) == after.signatures()[i]}
    at = {report.id: i for i, report in enumerate(some)}
    was = {(at[old[i].id], at[old[j].id]): value for (i, j), value in before.near(range(len(old))).items()}
    now = after.near(range(len(some)))
    pairs = [(i, j) for i in same for j in same if i < j]
    assert [was.get(pair) for pair in pairs] == [now.get(pair) for pair in pairs]


@given(st.integers(2, 9), st.data())
@settings(max_examples=40, deadline=None)
def test_no_story_reaches_over_two_parts(size, data):
    every = [(i, j) for i in range(size) for j in range(i + 1, size)]
    values = data.draw(st.lists(st.integers(0, 4000), min_size=len(every), max_size=len(every)))
    pairs = {pair: value for pair, value in zip(every, values, strict=True) if value >= stories.FLOOR * stories.SHARES}
    apart = sorted(group for part in parts(size, pairs) for group in grouped(part, pairs))
    assert apart == sorted(grouped(range(size), pairs))

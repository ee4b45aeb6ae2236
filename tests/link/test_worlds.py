"""Other events made of real reports, for the benchmark of linking: what was extracted still stands where its words stand."""

import pytest

from benchmarks.real import World, elsewhere
from benchmarks.reports import reports
from onrecord.link import copying, storytelling
from onrecord.record import Record
from onrecord.store import links

REPORTS = list(reports(30, statements=5))


@pytest.fixture(scope="module")
def world():
    return World(1, REPORTS)


def test_every_span_holds_the_words_of_its_own_world(world):
    for doc in REPORTS[:5]:
        other = elsewhere(doc, world)
        assert other.text != doc.text
        for one, two in zip(doc.statements, other.statements, strict=True):
            for role in ("source", "cue", "content"):
                before, after = getattr(one, role), getattr(two, role)
                assert [span.of(other.text) for span in after] == [world.told(span.of(doc.text)) for span in before]
        for fig, moved in zip(doc.figures, other.figures, strict=True):
            assert f"{moved.value}" in moved.span.of(other.text)
            assert moved.span.of(other.text) == world.told(fig.span.of(doc.text))


def test_a_word_stands_for_one_word_and_no_other_stands_for_that(world):
    words = {word for doc in REPORTS for word in doc.text.split() if word.isalpha() and word.islower()}
    assert len({world.told(word) for word in words}) > 0.95 * len(words)


def test_reports_of_a_world_resemble_each_other_and_none_of_another(world):
    with Record.open(":memory:") as record:
        here = {record.store.put(doc)[0] for doc in REPORTS}
        for doc in REPORTS:
            record.store.put(elsewhere(doc, world))
        with record.store.db.transaction():
            copying.draw(record.store)
            storytelling.draw(record.store)
        stories = {}
        for key, cluster in links.clusters(record.store, "story").items():
            stories.setdefault(cluster, set()).add(key in here)
        assert len(stories) > 4
        assert all(len(sides) == 1 for sides in stories.values())
        assert all((edge.a in here) == (edge.b in here) for edge in links.edges(record.store, "copy"))

"""Rewritten reports: one report in other words is found, another report of the same event is not."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Origin, Span
from onrecord.link.copies import body, find, judge
from onrecord.link.rewriting import align, compare, sentences
from onrecord.segment import segment

BRIDGE = """The old railway bridge at Kalmen gave way on Sunday night under a goods train, and 14 wagons loaded with fertiliser fell into the Sarn.
The driver, Anton Rubel, 52, jumped clear and walked to the signal box to raise the alarm.
Nobody was killed, the state railway said, but two track workers were taken to the clinic in Orsk with broken legs.
Transport Minister Hedda Lorne flew to Kalmen on Monday and ordered 31 bridges of the same design to be closed.
“We should have done this after the flood of 2019,” she told reporters on the bank.
The railway union has warned since March that the piers were being washed out, its chairman Piet Valk said.
Mr Valk put the cost of new piers at 40 million crowns a bridge.
The ministry's own inspectors gave the Kalmen bridge a grade of 2.5 out of 10 in their last report.
Drinking water for 90,000 people downstream is taken from the Sarn, and the Tolmin waterworks shut its intake at dawn.
Divers are to begin lifting the wagons on Wednesday if the current allows it."""
TRANSLATED = """The ancient bridge of the railroad of Kalmen has yielded in the night of the Sunday under a train of merchandise, and 14 cars charged of manure have fallen in the river Sarn.
The conductor of it, Anton Rubel, of 52 years, has leapt outside and has gone on foot until the cabin of signals in order to give the alert.
No person has died, has communicated the railroad of the State, but two labourers of the way were carried at the hospital of Orsk with the legs fractured.
The minister of the Transports, Hedda Lorn, has moved by air the Monday to Kalmen and has disposed the closing of 31 bridges of equal model.
"This, we had to do it behind the inundation of 2019 ” she has declared at the journalists at the shore.
The syndicate of the railwaymen has advised from March that the pillars were eroded, has affirmed its president Piet Valk.
Valk has esteemed the price of pillars new in 40 millions of crowns for each bridge.
The inspectors of the same ministry have assigned to the bridge of Kalmen a note of 2.5 on 10 in the last relation.
The water to drink of 90.000 persons to valley comes from the Sarn, and the aqueduct of Tolmin has closed its mouth to the dawn.
The frogmen should start to raise the cars the Wednesday, if the flow permits."""
REWORDED = """Fourteen wagons of fertiliser plunged into the Sarn when a goods train brought down Kalmen's ageing railway bridge late on Sunday.
Engine driver Anton Rubel, who is 52, got out in time and reached a signal box on foot.
While there were no deaths, two people working on the track suffered broken legs and are being treated in Orsk, according to the state railway.
By Monday Hedda Lorne, the transport minister, had come by helicopter and shut 31 bridges built to the same plan.
She conceded at the riverside that it ought to have happened in 2019, when the river flooded.
Piet Valk, who leads the railway union, recalled that it has spoken of washed-out piers since March.
Replacing them would take 40 million crowns for every bridge, in his estimate.
Inspectors from the ministry had most recently rated Kalmen at 2.5 on a scale that ends at 10.
Tolmin's waterworks, on which 90,000 people further down the Sarn rely, stopped drawing water at first light.
Salvage by divers starts on Wednesday provided that the river is calm enough."""
OTHER_REPORT = """Residents of Kalmen stood in the rain on Monday and looked at what was left of their bridge.
“I heard it go, like a cupboard falling downstairs,” said Mina Osk, who keeps the inn beside the line.
Buses will replace trains between Orsk and Tolmin until the summer at least, and the trip will take 50 minutes longer.
Fishermen from the lower Sarn fear for the trout season, which opens in 12 days.
The mayor, Jon Harrel, called for the minister to resign.
Hedda Lorne, who came by helicopter, left after an hour without visiting the town.
Her ministry closed 31 bridges on Monday, among them both lines into the harbour of Velt.
Grain traders in Velt said that 200 wagons were stranded on the wrong side of the river.
Anton Rubel, the driver, is a local man and sings in the church choir.
Fourteen wagons still lie in the water."""


def made(name, text, published="2024-05-06"):
    origin = Origin(name, "0" * 64)
    return body(name, segment(Document(name=name, text=text, origin=origin, published=published, language="en")))


def told(text):
    return sentences(text, [Span(*found) for found in lines(text)])


def lines(text):
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


@pytest.mark.parametrize("text", [TRANSLATED, REWORDED], ids=["translated back", "reworded"])
def test_a_report_in_other_words_is_a_rewritten_copy(text):
    copy = judge(made("a", BRIDGE), made("b", text, "2024-05-07"))
    assert (copy.earlier, copy.later, copy.kind) == ("a", "b", "rewritten")
    assert copy.share > 0.8


def test_another_report_of_the_same_event_is_no_copy():
    assert [judge(made("a", one), made("b", OTHER_REPORT)) for one in (BRIDGE, TRANSLATED, REWORDED)] == [None] * 3


def test_the_same_sentences_in_another_order_are_another_report():
    turned = "\n".join(reversed(REWORDED.split("\n")))
    assert judge(made("a", BRIDGE), made("b", turned)) is None


def test_half_a_report_in_other_words_is_found_in_the_whole():
    half = "\n".join(REWORDED.split("\n")[:7])
    assert judge(made("a", BRIDGE), made("b", half)).kind == "rewritten"


def test_rewritten_copies_are_among_the_candidates_however_they_are_ordered():
    some = [made("a", BRIDGE), made("b", TRANSLATED), made("c", OTHER_REPORT), made("d", REWORDED)]
    found = {(copy.earlier, copy.later, copy.kind) for copy in find(some)}
    assert {("a", "b", "rewritten"), ("a", "d", "rewritten")} <= found
    assert not any("c" in pair for pair in found)
    assert find(some) == find(reversed(some))


def test_passages_say_what_stands_beside_what():
    passages = align(told(BRIDGE), told(REWORDED))
    assert [(one.a.start, one.b.start) for one in passages] == [(n, n) for n in range(10)]
    assert "#31" in passages[3].shared


def test_a_place_in_the_body_is_a_place_in_the_document():
    text = "Kalmen\n\nThe bridge fell. Nobody was hurt.\n\nRead more\n\nDivers came on Wednesday."
    doc = segment(
        Document(name="a", text=text, origin=Origin("a", "0" * 64), boilerplate=(Span(43, 52),), language="en")
    )
    item = body("a", doc)
    assert "Read more" not in item.text
    assert [item.place(span).of(text) for span in item.sentences] == [span.of(item.text) for span in item.sentences]
    assert item.place(item.sentences[-1]).of(text) == "Divers came on Wednesday."


def test_a_post_that_both_show_makes_no_copy():
    post = "We met the crew today, they are well and they want to go home, and nobody can tell them when that will be, which is a disgrace for all of us — Lena Corvik (@lcorvik) May 5, 2024"
    a = f"The harbourmaster wrote online after her visit.\n\n{post}\n\nNo minister has answered."
    b = f"Port Haldis woke to a message from Lena Corvik.\n\n{post}\n\nIt was shared widely in both towns."
    assert judge(made("a", a), made("b", b)) is None


WORDS = st.lists(st.sampled_from("Kalmen Sarn 31 gate opened the wagons Lorne 40 fell. said".split()), max_size=30)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_passages_keep_the_order_of_both_texts_and_do_not_overlap(x, y):
    a, b = told("\n".join(x)), told("\n".join(y))
    passages = align(a, b)
    for one, other in pairwise(passages):
        assert one.a.end <= other.a.start
        assert one.b.end <= other.b.start


@settings(deadline=None)
@given(WORDS)
def test_a_text_tells_all_of_itself(x):
    some = told(" ".join(x))
    if some and any(one.marks for one in some):
        assert compare(some, some).share in {0.0, 1.0}

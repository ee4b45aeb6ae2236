"""From scores to spans, without a network: scores made by hand."""

import re
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from onrecord.document import Document, Span
from onrecord.encoding import Encoding
from onrecord.extract.carry_on import carry_on
from onrecord.extract.decode import best_content, quotations, read, scores_of
from onrecord.extract.lines import lines, reads_a_turn, runs_over, transcript
from onrecord.extract.page import Beside, Draft, Page, Region, page_of
from onrecord.extract.second_cue import second_cues
from onrecord.extract.settings import Settings
from onrecord.extract.settle import apart, confidence, decode, neighbours
from onrecord.extract.statements import kind_of
from onrecord.segment import segment

PLAIN = Settings(
    edge=0.0, jump=1.0, no_source=0.0, weights=(1.0, 0, 0, 0, 0, 0, 0, 0, 0), base=0.0, outer=0.5, nested=0.5
)


class Reading:
    """A cue whose role scores are drawn: one letter a piece, s for source, c for content."""

    def __init__(self, start, end, roles, top=0.9):
        self.start, self.end, self.top, self.any, self.low, self.none = start, end, top, top, 0, 0.0
        self.roles = np.full((len(roles), 7), -4.0, np.float32)
        for i, role in enumerate(roles):
            self.roles[i, {"s": 1, "c": 2}.get(role, 0)] = 4
        source = [i for i, role in enumerate(roles) if role == "s"]
        if source:
            self.roles[source[0], 3] = self.roles[source[-1], 4] = 5


def page(text, regions=()):
    words, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        words.append((at, at + len(word)))
        at += len(word)
    ends = [i + 1 for i, c in enumerate(text) if c == "."] or [len(text)]
    starts = [0, *(e + 1 for e in ends[:-1])]
    sentences = [Span(a, b) for a, b in zip(starts, ends, strict=True)]
    return Page(text, words, [False] * len(words), regions, sentences, (Span(0, len(text)),))


def spans(draft, text):
    return [[s.of(text) for s in part] for part in (draft.source, draft.cue, draft.content)]


def test_source_cue_and_content_are_read():
    text = "Lee said it rained"
    assert spans(read(Reading(1, 2, "s.cc"), page(text), PLAIN), text) == [["Lee"], ["said"], ["it rained"]]


def test_a_content_that_is_interrupted_has_two_pieces():
    text = "Rain , Lee said , came"
    assert spans(read(Reading(3, 4, "c.s..c"), page(text), PLAIN), text)[2] == ["Rain", "came"]


def test_no_content_is_no_statement():
    assert read(Reading(1, 2, "s..."), page("Lee said on Monday"), PLAIN) is None


def test_a_content_stays_in_the_sentence_of_its_cue():
    text = "Rain fell. Lee said more came."
    assert spans(read(Reading(3, 4, "cc..cc"), page(text), PLAIN), text)[2][-1] == "more came."


@pytest.mark.parametrize(("covered", "kept"), [(6, "“one two three four”"), (1, None)])
def test_a_quoted_region_is_taken_whole_or_left(covered, kept):
    text = "“one two three four” Lee said so"
    got = quotations(
        [Span(0, covered + 1), Span(29, 31)], [Span(25, 29), Span(21, 24)], page(text, (Region(0, 20),)), PLAIN
    )
    assert (kept in [s.of(text) for s in got]) is (kept is not None)


def test_a_short_gap_costs_more_than_it_gains():
    scores = scores_of(Reading(0, 1, ".cc.cc"), Settings(edge=0.0, jump=20.0))
    assert best_content(scores, {0}) == [(1, 6)]


def test_two_cues_in_one_place_leave_one_statement():
    text = "Lee said it rained"
    assert len(decode(page(text), [Reading(1, 2, "s.cc"), Reading(1, 3, "s..c", 0.8)], PLAIN)) == 1


def test_a_cue_too_unsure_is_left_out():
    assert decode(page("Lee said it rained"), [Reading(1, 2, "s.cc", 0.3)], PLAIN) == []


def test_a_statement_inside_another_is_its_child():
    text = "Lee said Ann thinks it rained"
    got = decode(page(text), [Reading(1, 2, "s.cccc"), Reading(3, 4, "..s.cc")], PLAIN)
    assert [d.parent for d in got] == [None, 0]


def test_a_second_paragraph_of_a_quotation_goes_to_who_has_the_first():
    text = "“one ... “two”"
    whole = page(text, (Region(0, 4, 0, 7), Region(9, 14, 0, 7)))
    kept = carry_on([Draft((Span(5, 6),), (), (Span(0, 4),))], whole)
    assert kept[0].content == (Span(0, 4), Span(9, 14))


def test_a_rule_is_certain_and_a_draft_is_not():
    assert confidence(Draft((Span(0, 1),), (), (Span(2, 3),), rule="line"), PLAIN) == 1
    assert 0 < confidence(Draft((Span(0, 1),), (), (Span(2, 3),), 0.5, 0.5, (0.0,) * 7), PLAIN) < 1


def test_only_drafts_that_overlap_are_neighbours():
    drafts = [Draft((Span(a, a + 1),), (), (Span(a + 1, a + 5),)) for a in (0, 3, 50)]
    assert neighbours(drafts) == [[1], [0], []]


@pytest.mark.parametrize(
    ("paragraphs", "row"),
    [
        (["The vote is off — Port Office (@portoffice) 3 May 2021"], ("Port Office (@portoffice)", "The vote is off")),
        (["The vote is off", "— Port Office (@portoffice)"], ("Port Office (@portoffice)", "The vote is off")),
        (["“We are tired of waiting.” ― Ann Lee"], ("Ann Lee", "“We are tired of waiting.”")),
        (["Exclusive: Port to close its gate in May - sources"], ("sources", "Port to close its gate in May")),
        (["Port to close its gate in May – report"], ("report", "Port to close its gate in May")),
    ],
)
def test_lines_show_who_speaks(paragraphs, row):
    text = "\n".join(paragraphs)
    edges = [text.index(p) for p in paragraphs]
    where = Page(text, (), (), (), (), tuple(Span(a, a + len(p)) for a, p in zip(edges, paragraphs, strict=True)))
    assert row in [(d.source[0].of(text), d.content[0].of(text)) for d in lines(where, [])]


def test_posts_that_follow_each_other_in_one_paragraph_are_several():
    author = "Port Office (@portoffice)"
    text = f"The vote is off — {author} May 3, 2031 It will be held in June — {author} May 4, 2031"
    where = Page(text, (), (), (), (), (Span(0, len(text)),))
    found = lines(where, [])
    said = [d.content[0].of(text) for d in found]
    assert said == ["The vote is off", "It will be held in June"]
    both = Draft((Span(0, 3),), (), (Span(4, len(text)),))
    authors = Beside(where, ((post, post.cue) for post in found))
    assert runs_over(both, authors) and not runs_over(Draft((Span(0, 3),), (), found[0].content), authors)


@pytest.mark.parametrize(
    "text",
    [
        "— An aside that is no signature at all, and goes on.",
        "NEW YORK: Rain fell.",
        "He left — tired",
        "Storm sinks four boats in the bay - Harbour News",
        "Live: all that we know of the storm",
    ],
)
def test_other_lines_show_nothing(text):
    assert lines(Page(text, (), (), (), (), (Span(0, len(text)),)), []) == []


def test_a_colon_at_the_end_of_a_paragraph_points_to_the_next():
    text = "Lee wrote:\n“It rained.”\nNobody came."
    paragraphs = (Span(0, 10), Span(11, 23), Span(24, 36))
    where = Page(text, [(0, 3), (4, 9), (9, 10)], [False] * 3, (Region(11, 23),), paragraphs, paragraphs)
    assert spans(read(Reading(1, 3, "s.."), where, PLAIN), text)[2] == ["“It rained.”"]


def test_a_second_half_behind_the_cue_goes_to_the_same_statement():
    text = "“We go,” Lee said, “and soon.”"
    where = Page(text, (), (), (Region(0, 8), Region(19, 30, 0, 1)), (Span(0, 30),), (Span(0, 30),))
    kept = carry_on([Draft((Span(13, 17),), (Span(9, 12),), (Span(0, 8),))], where)
    assert kept[0].content == (Span(0, 8), Span(19, 30))


def written(*paragraphs):
    """A page of paragraphs whose quotation marks are curly; each sentence ends with its full stop or closing mark."""
    text = "\n".join(paragraphs)
    starts = [text.index(p) for p in paragraphs]
    paras = tuple(Span(a, a + len(p)) for a, p in zip(starts, paragraphs, strict=True))
    regions = [Region(m.start(), m.end(), 0, n) for n, m in enumerate(re.finditer("“[^”]*”", text))]
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"“?[A-Z][^.!?\n]*(?:[.!?]”?|$)", text, re.MULTILINE))
    return Page(text, (), (), regions, sentences, paras)


def draft(where, cue, *content, source="Lee"):
    """A draft whose parts are named by their words."""
    find = where.text.index
    parts = tuple(Span(find(c), find(c) + len(c)) for c in content)
    return Draft((Span(find(cue), find(cue) + len(cue)),), (Span(find(source), find(source) + len(source)),), parts)


def contents(drafts, where):
    return [[s.of(where.text) for s in d.content] for d in drafts]


@pytest.mark.parametrize(
    ("paragraphs", "second"),
    [
        (("“We go,” Lee said, citing the tide, “and soon.”",), "“and soon.”"),
        (("“We go,” Lee said on Monday. “Nobody will wait for you.”",), "“Nobody will wait for you.”"),
        (("“We go,” Lee said on Monday.", "“Nobody will wait for you.”"), "“Nobody will wait for you.”"),
    ],
)
def test_a_quotation_without_a_cue_carries_on_what_stands_before_it(paragraphs, second):
    where = written(*paragraphs)
    assert contents(carry_on([draft(where, "said", "“We go,”")], where), where) == [["“We go,”", second]]


def test_each_quoted_paragraph_carries_on_the_one_before():
    where = written("“We go,” Lee said.", "“Nobody will wait for you.”", "“The tide does not wait either.”")
    got = contents(carry_on([draft(where, "said", "“We go,”")], where), where)
    assert got == [["“We go,”", "“Nobody will wait for you.”\n“The tide does not wait either.”"]]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("“We go,” Lee said on Monday.", "“Nobody will wait for you,” a sign at the gate warned them."),
        ("“We go,” Lee said on Monday.", "The gates shut at noon.", "“Nobody will wait for you.”"),
        ("“We go,” Lee said at the premiere of “The Long Wet Way Home”.",),
    ],
)
def test_a_quotation_that_stands_apart_is_left(paragraphs):
    where = written(*paragraphs)
    assert contents(carry_on([draft(where, "said", "“We go,”")], where), where) == [["“We go,”"]]


def test_a_scare_quote_is_carried_on_by_no_paragraph():
    where = written("Lee called the plan a “joke”.", "“Nobody will wait for you at the gate.”")
    assert contents(carry_on([draft(where, "called", "the plan a “joke”")], where), where) == [["the plan a “joke”"]]


def test_who_is_quoted_before_the_cue_is_carried_on_rather_than_who_speaks_last():
    where = written("“We go,” Lee said, adding that Ann agreed. “Nobody will wait for you.”")
    drafts = [draft(where, "said", "“We go,”"), draft(where, "adding", "that Ann agreed")]
    assert contents(carry_on(drafts, where), where)[0] == ["“We go,”", "“Nobody will wait for you.”"]


def test_a_quotation_that_two_read_stays_with_the_cue_of_its_sentence():
    where = written("“We go,” Lee said. “Nobody will wait” is what Ann thinks.")
    drafts = [draft(where, "said", "“We go,”", "“Nobody will wait”"), draft(where, "thinks", "“Nobody will wait”")]
    assert contents(apart(drafts, where), where) == [["“We go,”"], ["“Nobody will wait”"]]


def test_a_transcript_is_told_from_heads_in_capitals():
    spoken = written("LEE: Shall we start?", "OKAFOR: Yes, let us.", "LEE: So the gate is shut.")
    heads = written("THE GOOD: It rained.", "THE BAD: It rained too much.", "THE REST: Nobody came.")
    again = written("ANN LEE: Shall we start?", "OKAFOR: Yes, let us.", "LEE: So the gate is shut.")
    assert len(transcript(spoken)) == len(transcript(again)) == 3
    assert transcript(heads) == lines(heads, []) == []


def test_a_reading_of_a_turn_gives_way_to_the_turn():
    where = written(
        "Lee wrote as follows:", "LEE: Shall we start?", "OKAFOR: Yes, let us.", "LEE: So the gate is shut."
    )
    whole = draft(where, "as follows:", "LEE: Shall we start?")
    assert reads_a_turn(whole, Beside(where, ((turn, turn.content) for turn in transcript(where))))


def test_a_colon_before_a_quoted_paragraph_goes_before_what_stands_above_it():
    text = "“It rained,” Ann said. Lee added:\n“It snowed.”"
    paragraphs = (Span(0, 33), Span(34, 46))
    marks = (Region(0, 12), Region(34, 46, 0, 1))
    where = Page(text, [(0, 12), (13, 16), (17, 22), (23, 26), (27, 33)], [False] * 5, marks, paragraphs, paragraphs)
    assert spans(read(Reading(4, 5, "c..s."), where, PLAIN), text)[2] == ["“It snowed.”"]


def test_a_second_cue_before_a_quotation_has_a_statement_of_its_own():
    where = written(
        "Lee thinks that the dam is sound and said, “If it rains we will open the gates.” Nets,” she added."
    )
    run_on = draft(where, "thinks", "that the dam is sound and said")
    assert contents(second_cues([run_on], where), where) == [
        ["that the dam is sound"],
        ["“If it rains we will open the gates.”"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Lee thinks that the dam is sound and looks forward to “seeing the gates opened again soon.”",
        "Lee thinks of the gates and of “All The Boats That Never Came.”",
        "Lee thinks that the dam is sound and rebuilt, “If it rains we will open the gates.”",
    ],
)
def test_a_second_half_without_a_cue_of_speech_is_left_to_the_first(text):
    where = written(text)
    first = draft(where, "thinks", text[len("Lee thinks ") : text.index(" and ")])
    assert second_cues([first], where) == [first]


@pytest.mark.parametrize(
    ("heading", "speaker"),
    [("No ferry before the ice is gone: Okafor", "Okafor"), ("Okafor: no ferry before the ice is gone", "Okafor")],
)
def test_a_headline_names_by_its_colon_who_speaks_below(heading, speaker):
    where = written(heading, "Harbour chief Ann Okafor said it would take weeks.")
    body = draft(where, "said", "it would take weeks", source="Harbour chief Ann Okafor")
    assert [d.source[0].of(where.text) for d in lines(where, [body])] == [speaker]
    assert lines(where, []) == []


@pytest.mark.parametrize("heading", ["No ferry before the ice is gone: Porto", "Read more: No ferry this week: Okafor"])
def test_a_headline_s_colon_makes_no_speaker_of_a_place_nor_of_a_link(heading):
    where = written(heading, "Harbour chief Ann Okafor and residents of Porto said it would take weeks.")
    body = [draft(where, "said", "it would take weeks", source=s) for s in ("Ann Okafor", "residents of Porto")]
    assert lines(where, body) == []


def test_a_headline_may_end_in_a_full_stop():
    text = "City to open the river baths in June: report."
    where = Page(text, (), (), (), (), (Span(0, len(text)),))
    assert [d.source[0].of(text) for d in lines(where, [])] == ["report"]


def test_quotations_add_up_to_no_more_than_four_hundred_words():
    where = written("“We go,” Lee said.", *(f"“Day {n} {'rain ' * 90}again.”" for n in range(8)))
    (kept,) = carry_on([draft(where, "said", "“We go,”")], where)
    assert 300 < sum(len(s.of(where.text).split()) for s in kept.content) <= 400


def test_a_long_transcript_is_read_in_time_that_grows_with_its_turns():
    where = written(*(f"{'LEE' if n % 2 else 'OKAFOR'}: This is turn number {n} of the hearing." for n in range(6000)))
    began = time.process_time()
    assert len(decode(where, [], Settings())) == 6000
    assert time.process_time() - began < 5  # .4 seconds on a free core; comparing each with each took minutes


@pytest.mark.parametrize(
    ("notation", "kinds"),
    [
        ("[T “No deal,”] [S she] [C said].", ["direct"]),
        ("[T “No deal,”] [S she] [C said], [T “and no talks.”]", ["direct"]),
        ("[S She] [C said] [T there was “no deal”].", ["mixed"]),
        ("[S She] [C said] [T that there was no deal].", ["indirect"]),
        ("[T1 “No. [S2 He] [C2 said] [T2 there was no deal],”] [S1 she] [C1 said].", ["direct", "indirect"]),
        ("[T1 “No. [S2 He] [C2 said], [T2 ‘No deal,’]”] [S1 she] [C1 said].", ["direct", "direct"]),
        ("[T “One.\n“Two,”] [S she] [C said].", ["direct"]),
        ("[S She] [C said]: “[T No deal].”", ["direct"]),
    ],
)
def test_kind_is_judged_by_a_contents_own_marks(doc: Callable[..., Document], notation: str, kinds: list[str]) -> None:
    done = segment(doc(notation))
    nothing = Encoding(np.zeros((0, 2), int), np.zeros((0, 1)), {"goes_on": np.zeros(0)}, "a test")
    where = page_of(replace(done, encoding=nothing))
    assert [kind_of(Draft(stmt.cue, stmt.source, stmt.content), where) for stmt in done.statements or ()] == kinds

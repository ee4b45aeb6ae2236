"""Who is speaking: sources in bracket notation, segmented and resolved; every text is the project's own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Origin, Span, Statement
from onrecord.resolve import anonymity
from onrecord.resolve.speakers import speakers
from onrecord.segment import segment

Build = Callable[..., Document]


def said(build: Build, notation: str, **fields: object) -> list[Statement]:
    """The statements of a bracketed text with their speakers."""
    return list(speakers(segment(build(notation, **fields))).statements or ())


def names(build: Build, notation: str, **fields: object) -> list[str | None]:
    """The speakers of a bracketed text."""
    return [stmt.speaker for stmt in said(build, notation, **fields)]


@pytest.mark.parametrize(
    ("notation", "speaker", "role"),
    [
        ("[S Mayor Ada Brook] [C said] [T it rained].", "Ada Brook", "Mayor"),
        ("[S Ada Brook, the mayor of Lund,] [C said] [T it rained].", "Ada Brook", "mayor of Lund"),
        ("[S Harbour union leader Tomas Reyes] [C said] [T it rained].", "Tomas Reyes", "Harbour union leader"),
        ("[S A port spokeswoman, Nina Falk,] [C said] [T it rained].", "Nina Falk", "port spokeswoman"),
        ("[S Nina Falk, who heads the port authority,] [C said] [T it rained].", "Nina Falk", "head of port authority"),
        ("[S Falk's lawyer, Omar Haddad,] [C said] [T it rained].", "Omar Haddad", "Falk's lawyer"),
        ("[S Mr. Tomas Reyes] [C said] [T it rained].", "Tomas Reyes", None),
        ("[S Kenyan Foreign Minister Grace Otieno] [C said] [T so].", "Grace Otieno", "Kenyan Foreign Minister"),
        ("[S Tomas Reyes, 41, a welder,] [C said] [T it rained].", "Tomas Reyes", "welder"),
    ],
)
def test_a_named_source_gives_name_and_role(doc: Build, notation: str, speaker: str, role: str | None) -> None:
    stmt = said(doc, notation)[0]
    assert (stmt.speaker, stmt.speaker_type, stmt.named, stmt.role) == (speaker, "person", True, role)


@pytest.mark.parametrize(
    ("notation", "speaker", "kind"),
    [
        ("[S A senior harbour official] [C said] [T it rained].", "a senior harbour official", "person"),
        ("[S Two people familiar with the plan] [C said] [T so].", "two people familiar with the plan", "group"),
        ("[S Some dock workers, who asked for more pay,] [C said] [T no].", "dock workers", "group"),
        ("[S The harbour ministry] [C said] [T it rained].", "harbour ministry", "organisation"),
        ("[S A leaked report] [C said] [T it rained].", "a leaked report", "document"),
        ("[S 41% of local voters] [C say] [T no].", "41% of local voters", "group"),
        ("[S Those waiting outside] [C said] [T no].", "those waiting outside", "group"),
    ],
)
def test_an_unnamed_source_is_its_description_in_lower_case(doc: Build, notation: str, speaker: str, kind: str) -> None:
    stmt = said(doc, notation)[0]
    assert (stmt.speaker, stmt.speaker_type, stmt.role) == (speaker, kind, None)


@pytest.mark.parametrize(
    "notation",
    [
        "[S1 Ada Brook] [C1 said] [T1 no]. [S2 Brook] [C2 said] [T2 yes].",
        "[S1 Ada Brook] [C1 said] [T1 no]. [S2 She] [C2 said] [T2 yes].",
        "[S1 Brook] [C1 said] [T1 no]. Later [S2 Ada Brook] [C2 said] [T2 yes].",
        "[S1 Mayor Ada Brook] [C1 said] [T1 no]. Rain fell. [S2 The mayor] [C2 said] [T2 yes].",
        "[S1 Ada Brook] [C1 said] [T1 no]. Tomas Reyes left. [S2 Mrs. Brook] [C2 said] [T2 yes].",
    ],
)
def test_later_mentions_mean_the_one_named_in_full(doc: Build, notation: str) -> None:
    assert names(doc, notation) == ["Ada Brook", "Ada Brook"]


def test_of_two_with_one_surname_the_gender_tells(doc: Build) -> None:
    text = "Ada Brook met Karl Brook. [S1 Mr. Brook] [C1 said] [T1 no]. [S2 Mrs. Brook] [C2 said] [T2 yes]."
    assert names(doc, text) == ["Karl Brook", "Ada Brook"]


def test_of_two_with_one_surname_and_no_title_the_nearest_is_meant(doc: Build) -> None:
    text = "Peter Brook spoke first. Then came Karl Brook. [S Brook] [C said] [T no]."
    assert names(doc, text) == ["Karl Brook"]


def test_a_pronoun_does_not_mean_the_one_in_whose_quotation_it_stands(doc: Build) -> None:
    text = "Karl Brook came. [S1 Tomas Reyes] [C1 said]: [T1 “[S2 He] [C2 thinks] [T2 it is late].”]"
    assert names(doc, text) == ["Tomas Reyes", "Karl Brook"]


def test_i_in_a_quotation_is_the_one_quoted(doc: Build) -> None:
    text = "[S1 Tomas Reyes] [C1 said]: [T1 “[S2 I] [C2 think] [T2 it is late].”]"
    assert names(doc, text) == ["Tomas Reyes", "Tomas Reyes"]


def test_we_in_a_quotation_is_the_speakers_body(doc: Build) -> None:
    text = "[S1 Nina Falk, director of the Rijn Institute,] [C1 said]: [T1 “[S2 We] [C2 believe] [T2 it is late].”]"
    assert names(doc, text) == ["Nina Falk", "Rijn Institute"]


def test_a_source_that_the_text_does_not_give_has_no_speaker(doc: Build) -> None:
    assert said(doc, "It [C is believed] [T that rain fell].")[0].speaker is None


def test_it_without_a_body_at_hand_means_nobody(doc: Build) -> None:
    assert names(doc, "Rain fell. [S It] [C said] [T so].") == [None]


def test_it_means_the_body_that_spoke_last(doc: Build) -> None:
    text = "[S1 The Rijn Institute] [C1 said] [T1 no]. [S2 It] [C2 added] [T2 that it was late]."
    assert names(doc, text) == ["Rijn Institute", "Rijn Institute"]


def test_an_acronym_means_the_body_spelled_out(doc: Build) -> None:
    text = "[S1 The Northern Harbour Authority (NHA)] [C1 said] [T1 no]. [S2 The NHA] [C2 said] [T2 yes]."
    assert names(doc, text) == ["Northern Harbour Authority", "Northern Harbour Authority"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [("Nairobi", "Kenya"), ("Kenya", "Kenya"), ("The government in Nairobi", "Kenya"), ("Kenya's army", "Kenyan army")],
)
def test_a_capital_speaks_for_its_state(doc: Build, source: str, speaker: str) -> None:
    assert names(doc, f"[S {source}] [C said] [T no].") == [speaker]


def test_a_document_with_a_known_issuer_is_its_issuers_word(doc: Build) -> None:
    text = "[S1 A report by the Rijn Institute] [C1 said] [T1 no]. [S2 The report] [C2 said] [T2 so]."
    assert names(doc, text) == ["Rijn Institute", "Rijn Institute"]


def test_a_spokesman_who_is_named_later_is_one_with_the_named(doc: Build) -> None:
    text = "[S1 A port spokesman] [C1 said] [T1 no]. [S2 The spokesman, Karl Brook,] [C2 said] [T2 yes]."
    assert names(doc, text) == ["Karl Brook", "Karl Brook"]


def test_two_people_together_are_a_group_of_both(doc: Build) -> None:
    stmt = said(doc, "[S Ada Brook and Tomas Reyes] [C said] [T no].")[0]
    assert (stmt.speaker, stmt.speaker_type) == ("Ada Brook and Tomas Reyes", "group")


def because(build: Build, notation: str) -> str | None:
    done = speakers(segment(build(notation)))
    assert done.speakers
    return done.speakers[0].unnamed_because


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[S A guard, who asked not to be named because he fears for his job,] [C said] [T no].", "he fears for his job"),
        ("[S A guard] [C said] [T no], asking not to be named because of port rules.", "port rules"),
        ("[S Two guards] [C told] the paper [T so] on condition of anonymity, citing port rules, but gave no date.", "port rules"),
        ("[S A guard who was not authorised to speak in public] [C said] [T the gate was open].",
         "not authorised to speak in public"),
        ("[S A guard who declined to be identified for fear of losing his job] [C told] us [T the gate was open].",
         "fear of losing his job"),
        ("[S A guard, granted anonymity to discuss private talks,] [C said] [T no] and left at noon.", "to discuss private talks"),
        ("[T “No,”] [C said] [S a guard], who did not want to be named as he has a family. It rained because of the wind.",
         "he has a family"),
        ("[S A guard, who asked not to be named,] [C said] [T no]. It rained because of the wind.", None),
        ("[S A guard] [C said] [T no] because he was tired.", None),
    ],
)  # fmt: skip
def test_the_reason_for_anonymity_is_kept_and_ends_with_its_clause(doc: Build, text: str, reason: str | None) -> None:
    assert because(doc, text) == reason


@pytest.mark.parametrize(
    "piece", ["not to be named ", "because ", "on condition of anonymity, as ", ", and ", "a" * 50]
)
def test_a_hundred_kilobytes_of_reasons_cost_little(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    anonymity.reason(text, [Span(0, len(text))], [])
    assert time.process_time() - start < 0.1


def test_a_mouth_keeps_its_institution(doc: Build) -> None:
    done = speakers(segment(doc("[S Harbour Ministry spokeswoman Nina Falk] [C said] [T no].")))
    assert done.speakers is not None
    assert (done.speakers[0].name, done.speakers[0].institution) == ("Nina Falk", "Harbour Ministry")


def test_every_spelling_seen_is_kept(doc: Build) -> None:
    done = speakers(segment(doc("[S1 Ada Brook] [C1 said] [T1 no]. [S2 Brook] [C2 said] [T2 yes].")))
    assert done.speakers is not None
    assert done.speakers[0].spellings == ("Ada Brook", "Brook")


def test_the_rule_that_found_the_speaker_is_noted(doc: Build) -> None:
    assert said(doc, "[S Ada Brook] [C said] [T no].")[0].by["speaker"].startswith("resolve.speakers")


@pytest.mark.parametrize("mark", ["'", "’", "‘", "ʼ", "`", "´"])
def test_names_with_every_kind_of_apostrophe_are_whole(doc: Build, mark: str) -> None:
    stmt = said(doc, f"[S Judge Sean O{mark}Malley] [C said] [T no].")[0]
    assert stmt.speaker is not None
    assert stmt.speaker.startswith("Sean O")
    assert stmt.speaker_type == "person"


def test_marks_of_direction_are_no_part_of_a_name(doc: Build) -> None:
    assert names(doc, "[S \u200fMayor Ada Brook\u200e] [C said] [T no].") == ["Ada Brook"]


@pytest.mark.parametrize(
    "text",
    [
        "[S1 MAYOR ADA BROOK] [C1 SAID] [T1 NO]. [S2 SHE] [C2 SAID] [T2 YES].",
        "[S1 mayor ada brook] [C1 said] [T1 no]. [S2 she] [C2 said] [T2 yes].",
        "[S1 A] [C1 said] [T1 no]. [S2 B] [C2 said] [T2 yes].",
    ],
)
def test_text_without_mixed_case_gives_some_speaker_and_no_error(doc: Build, text: str) -> None:
    assert all(stmt.speaker_type is not None for stmt in said(doc, text))


def test_a_name_of_two_hundred_letters_is_kept_whole(doc: Build) -> None:
    long = "Z" + "a" * 199
    assert names(doc, f"[S Ada {long}] [C said] [T no].") == [f"Ada {long}"]


def test_five_hundred_names_are_resolved_each_to_itself(doc: Build) -> None:
    people = [f"Ada Brook{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(500)]
    text = " ".join(f"[S{n} {name}] [C{n} said] [T{n} no]." for n, name in enumerate(people, 1))
    assert names(doc, text) == people


def test_a_he_before_every_name_means_the_first_man_named(doc: Build) -> None:
    assert names(doc, "[S He] [C said] [T no]. The man was Karl Brook.") == ["Karl Brook"]


def test_the_same_text_gives_the_same_speakers_twice(doc: Build) -> None:
    text = "[S1 Ada Brook] [C1 said] [T1 no]. [S2 Officials] [C2 said] [T2 yes]. Kenya agreed."
    one, two = (speakers(segment(doc(text))) for _ in range(2))
    assert one == two


@settings(deadline=None)
@given(st.text(alphabet="Aa b.,\"'“”’\n\u200fMr hesaid", max_size=120), st.integers(0, 110), st.integers(1, 12))
def test_no_text_and_no_source_raises_or_gives_a_mention_outside_the_text(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    stmt = Statement("s1", (), (Span(start, end),) if end > start else ())
    document = segment(Document("a", text, Origin("a.txt", "0" * 64)))
    done = speakers(replace(document, statements=(stmt,)))
    for speaker in done.speakers or ():
        assert all(0 <= a < b <= len(text) for (a, b), *_ in ((m.span, m) for m in speaker.mentions))


@pytest.mark.parametrize("where", ["in a statement on Monday", "in a short statement posted online", "via a statement"])
def test_a_statement_that_somebody_spoke_in_is_their_word_later(doc: Build, where: str) -> None:
    text = (
        f"[T1 It rained], [C1 said] [S1 Mayor Ada Brook] {where}. [S2 The statement] [C2 added] [T2 that it was cold]."
    )
    assert names(doc, text) == ["Ada Brook", "Ada Brook"]


def test_a_statement_given_out_before_is_not_a_new_ones(doc: Build) -> None:
    text = "[S1 Ada Brook] [C1 said] [T1 no] in a statement. [S2 A statement by the Rijn Institute] [C2 said] [T2 yes]."
    assert names(doc, text) == ["Ada Brook", "Rijn Institute"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("The Rijn Institute Monday", "Rijn Institute"),
        ("USA Today", "USA Today"),
        ("a spokesman earlier", "a spokesman"),
    ],
)
def test_the_day_of_saying_is_no_part_of_who_said_it(doc: Build, source: str, speaker: str) -> None:
    assert names(doc, f"The talks failed, [C according to] [S {source}], [T so].") == [speaker]


@pytest.mark.parametrize(
    ("notation", "speaker", "institution"),
    [
        ("[S A spokesman for the Harbour Ministry] [C said] [T no].", "a spokesman for the Harbour Ministry", "Harbour Ministry"),
        ("[S Harbour Ministry spokeswoman Nina Falk] [C said] [T no].", "Nina Falk", "Harbour Ministry"),
        ("[S Nina Falk, a spokeswoman for the Harbour Ministry,] [C said] [T no].", "Nina Falk", "Harbour Ministry"),
        ("[S The Harbour Ministry] [C said] in a statement [T no].", "Harbour Ministry", None),
    ],
)  # fmt: skip
def test_an_institution_and_its_mouth_are_both_kept(
    doc: Build, notation: str, speaker: str, institution: str | None
) -> None:
    done = speakers(segment(doc(notation)))
    assert done.speakers is not None
    assert (done.speakers[0].name, done.speakers[0].institution) == (speaker, institution)


def test_a_surname_that_is_a_places_name_too_is_the_persons(doc: Build) -> None:
    text = "Ada Jordan came from Jordan. [S1 Jordan] [C1 said] [T1 no]. Tomas Reyes left for [S2 Kenya], [C2 which said] [T2 so]."
    assert names(doc, text) == ["Ada Jordan", "Kenya"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("[C According to] [S the harbour team's coach], Ada Brook, [T it rained].", "Ada Brook"),
        ("[C According to] [S a coach], Ada Brook and Karl Moss, [T it rained].", "a coach"),
    ],
)
def test_a_name_in_apposition_belongs_to_the_source_that_was_cut_before_it(doc: Build, text: str, speaker: str) -> None:
    assert names(doc, text) == [speaker]

"""The frame round a report: title, byline, dateline, agency credit, boilerplate; and what only looks like one."""

from __future__ import annotations

import pytest

from onrecord.document import Document
from onrecord.read import read_bytes

STORY = "The ferry sank in the harbour on Monday, and the crew of nine came ashore in two boats, the coast guard said."


def read(text: str, title: str | None = None) -> Document:
    sidecar = None if title is None else b'{"title": "%s"}' % title.encode()
    (doc,) = read_bytes(text.encode(), path="a.txt", sidecar=sidecar)
    assert isinstance(doc, Document)
    return doc


def credits(text: str) -> list[tuple[str, str | None]]:
    return [(credit.span.of(text), credit.agency) for credit in read(text).credit]


def boilerplate(*lines: str) -> list[str]:
    text = "\n\n".join([STORY, *lines])
    return [span.of(text) for span in read(text).boilerplate]


@pytest.mark.parametrize(
    "first",
    [
        "Ferry sinks in Port Sellen",
        "Ferry Sinks With All Aboard Saved.",
        "‘We were lucky’: how a crew came ashore",
        "Who sank the ferry?",
    ],
)
def test_a_first_line_set_off_from_the_report_is_its_title(first: str) -> None:
    doc = read(f"\ufeff{first}\r\n\r\n{STORY}\r\n")
    assert doc.title_span is not None and doc.title_span.of(doc.text) == doc.title == first


@pytest.mark.parametrize(
    "text", [STORY, f"{STORY}\n\nIt rained.", f"It rained. Snow fell.\n\n{STORY}", f"and so it went,\n{STORY}"]
)
def test_a_first_sentence_of_the_report_is_no_title(text: str) -> None:
    assert read(text).title_span is None


def test_a_known_title_is_found_whatever_its_quotation_marks() -> None:
    doc = read(f"Advertisement\n“Lucky”  crew ashore\n{STORY}", title="'Lucky' crew ashore".replace("'", '\\"'))
    assert doc.title_span is not None and doc.title_span.of(doc.text) == "“Lucky”  crew ashore"


def test_a_known_title_that_the_text_lacks_has_no_span() -> None:
    doc = read(f"Something else\n\n{STORY}", title="Crew ashore")
    assert (doc.title, doc.title_span) == ("Crew ashore", None)


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("By Ann Roe", None),
        ("BY ANN ROE AND CY POE", None),
        ("By Ann Roe and Cy van Poe in Port Sellen", None),
        ("By Ann Roe, Associated Press", "The Associated Press"),
        ("By Reuters Staff", "Reuters"),
        ("Ann Roe | Staff writer", None),
        ("Ann Roe, Senior Political Correspondent", None),
    ],
)
def test_bylines(line: str, agency: str | None) -> None:
    assert credits(f"Ferry sinks\n{line}\n{STORY}") == [(line, agency)]


@pytest.mark.parametrize(
    "line",
    ["By Monday, all were ashore", "By contrast, it rained", "By night the crew slept", "By the pier stood a crowd"],
)
def test_sentences_that_begin_with_by_are_no_bylines(line: str) -> None:
    assert credits(f"Ferry sinks\n{line}\n{STORY}") == []


@pytest.mark.parametrize(
    ("head", "place", "agency"),
    [
        ("PORT SELLEN, Lakeland (AP) -", "PORT SELLEN", "The Associated Press"),
        ("PORT SELLEN, March 3 (Reuters) -", "PORT SELLEN", "Reuters"),
        ("PORT SELLEN, Lakeland, March 3, 2031 (Xinhua) --", "PORT SELLEN", "Xinhua"),
        ("SELLEN/OSLO (Reuters) -", "SELLEN/OSLO", "Reuters"),
        ("Sellen (AFP) –", "Sellen", "Agence France-Presse"),
        ("(Reuters) -", None, "Reuters"),
        ("MOSCOW, March 3. /TASS/.", "MOSCOW", "TASS"),
        ("SELLEN (Lakeland Wire) —", "SELLEN", "Lakeland Wire"),
        ("SAN JOSÉ, Costa Rica —", "SAN JOSÉ", None),
        ("SELLEN —", "SELLEN", None),
        ("OSLO:", "OSLO", None),
        ("Oslo —", "Oslo", None),
    ],
)
def test_datelines(head: str, place: str | None, agency: str | None) -> None:
    text = f"Ferry sinks\n\n{head} {STORY}"
    doc = read(text)
    assert [(credit.span.of(text), credit.place, credit.agency) for credit in doc.credit] == [(head, place, agency)]


@pytest.mark.parametrize(
    "start",
    [
        "BREAKING — ",
        "UPDATE: ",
        "MODERATOR: ",
        "The Ferry Authority (FA) - ",
        "Mayor Ann Roe — ",
        "US — ",
        "Sellen: ",
        "FERRY COSTS RISE, AND TOLLS FALL IN THE NORTH — ",
    ],
)
def test_what_only_looks_like_a_dateline(start: str) -> None:
    assert credits(f"Ferry sinks\n\n{start}{STORY}") == []


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("(Reporting by Ann Roe; Editing by Cy Poe)", None),
        ("(Additional reporting by Ann Roe in Oslo; Writing by Cy Poe)", None),
        ("— With assistance by Ann Roe", None),
        ("Additional reporting by Agence France-Presse", "Agence France-Presse"),
        ("Associated Press writers Ann Roe and Cy Poe contributed to this report.", "The Associated Press"),
        ("Source: Xinhua", "Xinhua"),
        ("AFP", "Agence France-Presse"),
    ],
)
def test_sign_offs(line: str, agency: str | None) -> None:
    assert credits(f"{STORY}\n\n{line}") == [(line, agency)]


def test_a_byline_and_a_sign_off_belong_to_the_wire_of_the_dateline() -> None:
    text = f"By Ann Roe\n\nSELLEN (Reuters) - {STORY} (Writing by Cy Poe)"
    assert [agency for _, agency in credits(text)] == ["Reuters"] * 3


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("REUTERS/Ann Roe", "Reuters"),
        ("(Photo: Ann Roe, AP)", "The Associated Press"),
        ("(Ann Roe/Getty Images)", "Getty Images"),
        ("(Harbour office via AP)", "The Associated Press"),
        ("(AFP/Getty Images)", "Agence France-Presse"),
        ("Photographer: Ann Roe/Bloomberg", "Bloomberg"),
        ("Ann Roe/EPA", "European Pressphoto Agency"),
    ],
)
def test_picture_credits_after_a_caption(credit: str, agency: str) -> None:
    assert credits(f"{STORY}\n\nThe hull seen from the pier on Tuesday. {credit}") == [(credit, agency)]


def test_labels_before_a_caption() -> None:
    line = "Image copyright Reuters Image caption The hull seen from the pier"
    text = f"{STORY}\n\n{line}"
    doc = read(text)
    assert [credit.span.of(text) for credit in doc.credit] == ["Image copyright Reuters"]


@pytest.mark.parametrize(
    "line",
    [
        "A Reuters/Ipsos poll of 1,200 people found that most like the ferry.",
        "Nine were hurt, the Associated Press reported, citing two officials.",
        "The pilots' union wants a vote at the Port Authority (PA)",
        "She told Reuters that the hull was old.",
        "From Bloomberg:",
        "The Reuters building is near the pier",
    ],
)
def test_an_agency_in_the_report_is_no_credit(line: str) -> None:
    assert credits(f"{STORY}\n\n{line}\n\n{STORY}") == []


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT - STORY CONTINUES BELOW",
        "Read more: Ferry inquiry opens",
        "READ MORE: How the ferry sank",
        "Related: The harbour in ten pictures",
        "Leave a Comment",
        "Share this article",
        "Click here to sign up for our newsletter",
        "Sign up for The Harbour, our weekly letter from the coast.",
        "Follow Ann Roe on Twitter @annroe.",
        "Do you know more about this story? Write to tips@post.example",
        "© 2031 Lakeside Post. All rights reserved.",
        "This article may not be copied without leave of the Post.",
        "[Photos: The last voyage of the ferry]",
        "Subscribe to our newsletter and get the harbour news in your inbox",
        "Download the Lakeside Post app for iOS",
        "https://post.example/a?b=c",
    ],
)
def test_boilerplate_lines(line: str) -> None:
    assert boilerplate(line, STORY) == [line]


def test_links_under_a_heading_go_with_it() -> None:
    assert boilerplate("Related articles", "Inquiry opens", "Hull raised. What next?") == [
        "Related articles",
        "Inquiry opens",
        "Hull raised. What next?",
    ]


def test_a_heading_amid_the_report_takes_no_sentence() -> None:
    assert boilerplate("Related stories", "Inquiry opens in Oslo", STORY, STORY) == [
        "Related stories",
        "Inquiry opens in Oslo",
    ]


def test_a_sign_up_form_in_one_line_is_boilerplate_however_long() -> None:
    form = (
        "Newsletter Sign Up Please enter your email below. You agree to receive our weekly harbour offers. "
        "You can unsubscribe at any time. See the privacy policy of the Lakeside Post, and have a look at your inbox."
    )
    assert boilerplate(form, STORY) == [form]


def test_a_label_before_a_caption_is_taken_and_the_caption_left() -> None:
    assert boilerplate("CLOSE The hull, seen from the pier on Tuesday, lay on its side.", STORY) == ["CLOSE"]


@pytest.mark.parametrize(
    "line",
    [
        "Read the report, the mayor said, before you vote on it.",
        "More than 200 people came to the pier.",
        "More: that is what the workers want, said Ms Roe. They have waited for years. Nobody has come. They will not go.",
        "“Follow us,” said the pilot, and led them to the boats.",
        "Watch officers said that the radar had failed.",
        "Sign-up for the new ferry began on Monday, and 300 people came.",
        "Share prices of the yard fell by 4 percent.",
        "Related charges were dropped, the court said.",
        "Contact was lost at 9 p.m., the coast guard said.",
        "Support for the mayor fell, a poll showed.",
        "Close to 40 people waited on the pier.",
        "Newsletter writers asked the mayor for privacy policy papers that she had promised to give to them in the spring.",
        "Donations came from all over the country.",
        "The views expressed at the meeting were mixed.",
        "Comments by the mayor made the workers angry.",
        "Photos of the hull were shown on Tuesday.",
        "Sources: the ferry will sail again.",
    ],
)
def test_sentences_of_a_report_are_no_boilerplate(line: str) -> None:
    assert boilerplate(line, STORY) == []

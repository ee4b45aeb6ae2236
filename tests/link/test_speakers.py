"""Speakers across documents: one under all their spellings, two where two bear one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.link import institutions, short_forms
from onrecord.link.namesakes import find
from onrecord.link.speakers import Seen, bearers, differing, judge


def joined(*seen):
    found = bearers(seen)
    pairs = find([(one.name, one.is_body) for one in seen])
    return sorted((one.a[0], one.b[0]) for one in judge(pairs, found))


def told(name, document="d", role=None, **more):
    company = frozenset(more.pop("company", ()))
    return Seen(name, f"{document}-{name}", role, company=company, **more)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khaled Meshaal", "Khalid Mashal"),
        ("Yusuf al-Hayya", "Yousef Hayya"),
        ("Mara Quillon Venn", "Mara Venn"),
        ("Venn, Mara", "Mara Venn"),
        ("Mikhail Kozlov", "Mihail Kozloff"),
    ],
)
def test_one_person_under_two_spellings_is_joined(one, other):
    assert joined(told(one), told(other)) == [tuple(sorted((one, other)))]


@pytest.mark.parametrize(
    ("one", "other"), [("Eric Venn", "Mara Venn"), ("Mara Venn", "Venn"), ("Mara Venn", "Mara Quist")]
)
def test_a_part_of_a_name_alone_joins_nobody(one, other):
    assert joined(told(one), told(other)) == []


def test_a_surname_joins_with_an_office_in_common():
    assert joined(told("Venn", role="harbourmaster"), told("Mara Venn", role="the harbourmaster")) == [
        ("Mara Venn", "Venn")
    ]


def test_a_surname_that_fits_two_people_joins_neither():
    seen = [told("Venn", role="senator"), told("Mara Venn", role="senator"), told("Oskar Venn", role="senator")]
    assert joined(*seen) == []


def test_an_initial_goes_to_the_one_whose_office_it_shares():
    seen = [
        told("M. Venn", role="harbourmaster"),
        told("Mara Venn", role="harbourmaster"),
        told("Milo Venn", role="cellist"),
    ]
    assert joined(*seen) == [("M. Venn", "Mara Venn")]


def test_a_man_and_a_woman_are_two_even_if_their_names_are_alike():
    assert joined(told("Sasha Venn", role="spokesman"), told("Sacha Venn", role="spokeswoman")) == []


def test_two_people_of_one_name_stay_two_where_offices_contradict_and_nothing_connects_them():
    baker, judge_ = (
        told("John Reed", "a", "baker in Sel", company=["Kit Vane"]),
        told("John Reed", "b", "appeal judge", company=["Ada Moss"]),
    )
    numbers = [
        who.number for who in bearers([Seen("John Reed", "a", "baker in Sel"), Seen("John Reed", "b", "appeal judge")])
    ]
    assert numbers == [0, 1]
    assert [who.number for who in bearers([baker, judge_])] == [0, 1]


def test_one_person_in_two_offices_is_one_where_the_same_company_connects_them():
    seen = [
        Seen("John Reed", "a", "baker in Sel", company=frozenset({"Ada Moss"})),
        Seen("John Reed", "b", "council candidate", company=frozenset({"Ada Moss"})),
    ]
    assert [who.number for who in bearers(seen)] == [0]


def test_a_report_that_says_nothing_of_the_bearer_belongs_to_the_one_most_reports_mean():
    seen = [
        Seen("John Reed", "a", "baker"), Seen("John Reed", "b", "baker"), Seen("John Reed", "c", "judge"), Seen("John Reed", "d"),
    ]  # fmt: skip
    assert [who.documents for who in bearers(seen)] == [["a", "b", "d"], ["c"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IDF", "Israel Defense Forces"),
        ("Lake Shore Guard", "LSG"),
        ("U.N.", "United Nations"),
        ("Department of State", "the State Department"),
        ("Rijn Bank plc", "Rijn Bank"),
        ("Costa Rican government", "Government of Costa Rica"),
        ("Nato", "NATO"),
    ],
)
def test_one_body_under_two_names_is_joined(one, other):
    assert joined(told(one, is_body=True), told(other, is_body=True)) == [tuple(sorted((one, other)))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("State Department", "Russian State Department"),
        ("Bank of Arden", "Bank of Sel"),
        ("Apple", "Air Pollution Laboratory East"),
    ],
)
def test_bodies_with_words_in_common_stay_two(one, other):
    assert institutions.match(one, other)[0] == 0.0


def test_initials_that_fit_two_bodies_join_neither():
    seen = [told(name, is_body=True) for name in ("LSG", "Lake Shore Guard", "League of Sel Growers")]
    assert joined(*seen) == []


def test_who_is_between_two_that_differ_does_not_make_them_one():
    seen = [told("M. Venn"), told("Mara Venn"), told("Milo Venn")]
    found = bearers(seen)
    edges = judge(find([(one.name, False) for one in seen]), found)
    assert (("Mara Venn", 0), ("Milo Venn", 0)) in differing(edges) or joined(*seen) == []


def body(name, *spellings):
    return Seen(name, f"d-{name}", spellings=(name, *spellings), is_body=True)


def called_so(*seen):
    return sorted((one.a[0], one.b[0]) for one in short_forms.find(bearers(seen)))


def test_a_short_form_means_the_body_that_another_document_calls_so():
    assert called_so(body("Rijn Motor Works", "Rijn"), body("Rijn")) == [("Rijn", "Rijn Motor Works")]


@pytest.mark.parametrize(
    "seen",
    [
        (body("Rijn Motor Works", "Rijn"), body("Rijn Savings Bank", "Rijn"), body("Rijn")),
        (body("Ministry of Lakes", "the Ministry"), body("Ministry")),
        (told("Mara Venn", spellings=("Mara Venn", "Venn")), told("Venn")),
    ],
)
def test_a_short_form_that_two_share_or_that_is_a_kind_or_a_surname_means_nobody(seen):
    assert called_so(*seen) == []


def test_a_full_name_under_which_another_document_knows_somebody_is_theirs():
    assert called_so(told("Robert Quist", spellings=("Robert Quist", "Bep Quist")), told("Bep Quist")) == [
        ("Bep Quist", "Robert Quist")
    ]


NAMES = st.sampled_from(
    [
        "Mara Venn",
        "M. Venn",
        "Venn",
        "Milo Venn",
        "Khaled Meshaal",
        "Khalid Mashal",
        "IDF",
        "Israel Defense Forces",
        "’",
        "x" * 200,
    ]
)
SEEN = st.builds(
    Seen, NAMES, st.sampled_from("abcdef"), st.sampled_from([None, "baker", "judge", "spokeswoman"]),
    company=st.frozensets(NAMES, max_size=2), is_body=st.booleans(),
)  # fmt: skip


@given(st.lists(SEEN, max_size=12, unique_by=lambda one: (one.name, one.document)), st.randoms())
def test_the_order_of_documents_does_not_matter(seen, random):
    assert joined(*random.sample(seen, len(seen))) == joined(*seen)

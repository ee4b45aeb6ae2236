"""The word files: their form is checked, and what they hold comes back in the file's order."""

from dataclasses import dataclass

import pytest

from onrecord import lexicon

ALL = lexicon.names()


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of two fields."""

    left: str
    right: int = 0


@pytest.fixture
def written(monkeypatch):
    """Put a word file in place of every packaged one."""

    def write(text):
        file = lexicon.parse(text, "test")
        monkeypatch.setattr(lexicon, "load", lambda name: file)
        for asked in (lexicon.words, lexicon.groups, lexicon.by_word, lexicon.table, lexicon.rows):
            asked.cache_clear()

    yield write
    for asked in (lexicon.words, lexicon.groups, lexicon.by_word, lexicon.table, lexicon.rows):
        asked.cache_clear()


VERBS = """
about = "verbs"
[refuse]
origin = "own"
words = ["refused", "rejected"]
[deny]
origin = "own"
words = ["denied", "rejected"]
"""


@pytest.mark.parametrize("name", ALL)
def test_every_word_file_says_what_it_holds_and_where_it_comes_from(name):
    file = lexicon.load(name)
    assert file.about.strip()
    assert all(group.origin.strip() for group in file.groups.values())


def test_words_come_in_the_order_of_the_file_and_once(written):
    written(VERBS)
    assert lexicon.words("verbs") == ("refused", "rejected", "denied")


def test_words_of_one_group_leave_the_others_out(written):
    written(VERBS)
    assert lexicon.words("verbs", "deny") == ("denied", "rejected")


def test_a_word_in_two_groups_names_both(written):
    written(VERBS)
    assert lexicon.by_word("verbs")["rejected"] == ("refuse", "deny")


def test_a_table_gives_values_by_word(written):
    written('about = "units"\n[money]\norigin = "ISO 4217"\ntable = { dollar = "USD", dozen = 12 }')
    assert dict(lexicon.table("units")) == {"dollar": "USD", "dozen": 12}


def test_rows_come_back_as_the_type_asked_for(written):
    written('about = "pairs"\n[p]\norigin = "own"\n[[p.rows]]\nleft = "a"\nright = 2\n[[p.rows]]\nleft = "b"')
    assert lexicon.rows("pairs", Pair) == (Pair("a", 2), Pair("b"))


def test_a_row_that_does_not_fit_its_type_is_named(written):
    written('about = "pairs"\n[p]\norigin = "own"\n[[p.rows]]\nright = 2')
    with pytest.raises(ValueError, match="group p"):
        lexicon.rows("pairs", Pair)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[a]\norigin = "own"\nwords = []', "about"),
        ('about = "x"\n[a]\nwords = []', "origin"),
        ('about = "x"\n[a]\norigin = " "\nwords = []', "origin"),
        ('about = "x"\n[a]\norigin = "own"', "one of"),
        ('about = "x"\n[a]\norigin = "own"\nwords = []\ntable = {}', "one of"),
        ('about = "x"\n[a]\norigin = "own"\nwords = ["b", "b"]', "listed twice: b"),
        ('about = "x"\n[a]\norigin = "own"\nwords = ["b"]\nwrods = []', "wrods"),
        ("about = ", "test.toml"),
    ],
)
def test_a_wrong_form_is_refused_with_its_place(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        lexicon.parse(text, "test")


def test_a_word_file_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match=r"nothing\.toml"):
        lexicon.load("nothing")


def test_a_group_that_does_not_exist_is_named(written):
    written(VERBS)
    with pytest.raises(ValueError, match="no group accuse"):
        lexicon.words("verbs", "accuse")

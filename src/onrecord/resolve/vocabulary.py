"""The word lists of speakers: takes nothing, gives roles, titles, states and first names as sets and tables, built once.

Plurals are made by rule here; what the words mean for a phrase is decided in `phrase`, `names` and `entities`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord import lexicon

Gender = Literal["m", "f"]

FUNCTION_WORDS = frozenset(
    """a an the this that these those some any every each no another other others such both all half most many much more less few
    several either neither enough what which who whom whose i me my mine we us our ours you your yours he him his she her hers
    it its they them their theirs myself himself herself itself themselves ourselves and or but nor so yet for if when while
    where because since although though unless until as than then there here how why whether after before once of in on at by
    with from to into onto upon over under above below between among through during against about around across along behind
    beyond near off out up down within without toward towards via per despite amid according is are was were be been being am
    has have had do does did will would shall should may might must can could not never also too very just only even still
    already again now later earlier soon today yesterday tomorrow meanwhile however moreover furthermore instead indeed thus
    therefore hence perhaps maybe yes well ok okay oh like unlike including regarding asked said says say told tells added adds
    let's it's that's there's who's one two three four five six seven eight nine ten eleven twelve first last next following
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul aug sept sep oct nov dec
    read more related photo image video file watch follow share click subscribe updated published breaking exclusive opinion
    speaking asked given based having being despite yet ever anyone anybody anything everyone everybody everything someone
    somebody something nobody nothing""".split()
)
DAYS_AND_MONTHS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
    november december jan feb mar apr jun jul aug sept sep oct nov dec""".split()
)
PREPOSITIONS = frozenset(
    """of for in from at with on to by near among within outside inside under over about against between across behind after
    before since during toward towards into onto like unlike including representing
    without through beyond around alongside""".split()
)
RELATIVES = frozenset("who which that whose whom where when while as but because if although though".split())
DETERMINERS = frozenset(
    """a an the this that these those some any every each no another other several many few both all most more certain various
    its his her their our my your one two three four five six seven eight nine ten dozens hundreds thousands numerous""".split()
)
PERSON_PRONOUNS: dict[str, Gender] = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
FIRST_SINGULAR = frozenset("i me my mine myself".split())
FIRST_PLURAL = frozenset("we us our ours ourselves".split())
SECOND = frozenset("you your yours yourself yourselves".split())
THIRD_PLURAL = frozenset("they them their theirs themselves".split())
NEUTER = frozenset("it its itself".split())

POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
VERBS = frozenset(
    """said says say told tells added adds is was were are has had have wrote writes announced claimed argued warned insisted
    noted explained stated declared tweeted called calls described spoke will would can could did does also confirmed denied
    accused praised criticized criticised welcomed urged vowed pledged promised acknowledged admitted thinks believes""".split()
)
AUXILIARY = VERBS | frozenset("be may might must shall should never also later then who".split())
IRREGULAR = frozenset(
    """became began brought built came chose did drew drove fell felt fought found gave got grew held kept knew led left lost made
    met paid put ran rose sat saw sent set sold spent spoke stood swore taught thought threw took went won wore wrote
    beat cut hit let     read quit shot slept fled bought caught heard hid broke woke rode sang""".split()
)


def fold(word: str) -> str:
    """Return a word without case and accents.

    >>> fold("Agnès")
    'agnes'
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def is_verb(lower: str) -> bool:
    """Say whether a word after a noun phrase looks like its verb.

    >>> is_verb("resigned"), is_verb("wants"), is_verb("with")
    (True, True, False)
    """
    if lower in AUXILIARY:
        return True
    if lower in FUNCTION_WORDS or not lower.isalpha():
        return False
    return lower.endswith(("ed", "s")) or lower in IRREGULAR


def plural(noun: str) -> str:
    """Return the plural of a noun by rule, or as `data/roles.toml` lists it.

    >>> plural("ministry"), plural("witness"), plural("spokeswoman")
    ('ministries', 'witnesses', 'spokeswomen')
    """
    irregular = lexicon.table("roles", "irregular")
    if noun in irregular:
        return str(irregular[noun])
    for single in ("woman", "man"):
        if noun.endswith(single):
            return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every list that names and phrases are read with; words are lower case, states keep their own spelling.

    `persons`, `organisations` and `documents` are singular nouns, `*_plural` their plurals with the singular, `nouns` all that
    describe people and bodies; `state_of`
    maps a state, its other spellings, its people's words and its capital to the state; `capitals` holds the last kind.
    """

    persons: frozenset[str]
    persons_plural: dict[str, str]
    callings: frozenset[str]
    relations: frozenset[str]
    offices: frozenset[str]
    mouths: frozenset[str]
    groups: frozenset[str]
    organisations: frozenset[str]
    organisations_plural: dict[str, str]
    nouns: frozenset[str]
    documents: frozenset[str]
    noun_gender: dict[str, Gender]
    first_names: dict[str, Gender | None]
    titles: frozenset[str]
    kept_titles: frozenset[str]
    full_titles: dict[str, str]
    honorifics: dict[str, Gender | None]
    lead: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    organisation_words: frozenset[str]
    known_organisations: frozenset[str]
    expansions: dict[str, str]
    state_of: dict[str, str]
    adjective: dict[str, str]
    demonyms: frozenset[str]
    capitals: frozenset[str]
    places: frozenset[str]
    peoples: frozenset[str]

    def is_common(self, word: str) -> bool:
        """Say whether a lower-case word is one of the nouns or titles listed, in the singular or the plural."""
        return (
            word in self.persons
            or word in self.persons_plural
            or word in self.organisations
            or word in self.organisations_plural
            or word in self.documents
            or word in self.groups
        )


@dataclass(frozen=True, slots=True)
class StateRow:
    """One state in `data/states.toml`: its name, words for its people (adjective first) and its capital, "" for none."""

    name: str
    people: tuple[str, ...]
    capital: str


@cache
def vocabulary() -> Vocabulary:
    """Return the lists, built once a process."""
    roles = {key: frozenset(group) for key, group in lexicon.groups("roles").items()}
    titles = {key: frozenset(group) for key, group in lexicon.groups("titles").items()}
    persons = roles["offices"] | roles["mouths"] | roles["professions"] | roles["relations"] | roles["people"]
    state_of, adjective, demonyms, capitals = _states()
    return Vocabulary(
        persons=persons,
        persons_plural=_plurals(persons),
        callings=roles["offices"] | roles["mouths"] | roles["professions"],
        relations=roles["relations"],
        offices=roles["offices"],
        mouths=roles["mouths"],
        groups=roles["groups"],
        organisations=roles["organisations"],
        organisations_plural=_plurals(roles["organisations"]),
        nouns=persons | _plurals(persons).keys() | roles["organisations"] | roles["groups"],
        documents=roles["documents"] | _plurals(roles["documents"]).keys(),
        noun_gender=_noun_gender(roles),
        first_names=_first_names(),
        titles=titles["titles"],
        kept_titles=titles["kept"],
        full_titles={word: str(full) for word, full in lexicon.table("titles", "full").items()},
        honorifics=_honorifics(titles),
        lead=titles["lead"],
        suffixes=titles["suffixes"],
        particles=titles["particles"],
        organisation_words=titles["organisation_words"],
        known_organisations=titles["known_organisations"],
        expansions={word: str(full) for word, full in lexicon.table("titles", "expansions").items()},
        state_of=state_of,
        adjective=adjective,
        demonyms=demonyms,
        capitals=capitals,
        places=frozenset(lexicon.words("states", "places")),
        peoples=frozenset(form for word in lexicon.words("states", "peoples") for form in (word, word + "s")),
    )


def _plurals(nouns: frozenset[str]) -> dict[str, str]:
    return {plural(noun): noun for noun in sorted(nouns)}


def _noun_gender(roles: dict[str, frozenset[str]]) -> dict[str, Gender]:
    return {**dict.fromkeys(sorted(roles["male"]), "m"), **dict.fromkeys(sorted(roles["female"]), "f")}


def _honorifics(titles: dict[str, frozenset[str]]) -> dict[str, Gender | None]:
    table: dict[str, Gender | None] = dict.fromkeys(sorted(titles["honorifics_neutral"]))
    table.update(dict.fromkeys(sorted(titles["honorifics_male"]), "m"))
    table.update(dict.fromkeys(sorted(titles["honorifics_female"]), "f"))
    return table


def _first_names() -> dict[str, Gender | None]:
    """A name in a list of men and one of women suggests no gender."""
    found: dict[str, set[Gender]] = {}
    for key, group in lexicon.groups("first_names").items():
        genders: set[Gender] = {"f"} if key.endswith("_female") else {"m"} if key.endswith("_male") else {"m", "f"}
        for name in group:
            found.setdefault(name, set()).update(genders)
    return {name: next(iter(seen)) if len(seen) == 1 else None for name, seen in sorted(found.items())}


def _states() -> tuple[dict[str, str], dict[str, str], frozenset[str], frozenset[str]]:
    state_of: dict[str, str] = {}
    adjective: dict[str, str] = {}
    demonyms: set[str] = set()
    capitals: set[str] = set()
    for row in lexicon.rows("states", StateRow, "states"):
        state_of.setdefault(row.name, row.name)
        if row.people:
            adjective[row.name] = row.people[0]
        for people in row.people:
            for form in (people, people + "s"):
                state_of.setdefault(form, row.name)
                demonyms.add(form)
        if row.capital:
            state_of.setdefault(row.capital, row.name)
            capitals.add(row.capital)
    for spelling, name in lexicon.table("states", "also").items():
        state_of[spelling] = str(name)
    return state_of, adjective, frozenset(demonyms), frozenset(capitals)

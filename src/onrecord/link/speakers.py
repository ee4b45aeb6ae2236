"""Speakers across documents: takes how each document describes whom it names, gives who is one, and writes nothing.

A name alone joins only where it is told in full. A surname needs an office, a body, company or a story in common, and nobody else
it could mean; two people of one name stay two where offices contradict each other and nothing connects them, or where one
is a man and the other a woman. Speakers who are not named are never joined.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from onrecord import lexicon, names
from onrecord.link import institutions
from onrecord.link.clusters import Clusters
from onrecord.link.namesakes import Alike
from onrecord.vocabulary import telling_words

BY = "rule:speakers-1"
SURE = 0.8
SAME_OFFICE, SAME_COMPANY, OTHER_OFFICE, OTHER_GENDER, YEARS = 2.3, 1.0, -2.0, -4.0, -0.1
OTHER_INITIALS = -6.0
ALONE = 0.8  # names less alike than this need an office in common
FAR_YEARS = 5
FAME = 10
NEARLY = 0.04
FEW = 10
IN_STORY = 0.9  # a surname, and the one person of that family whom the story names in full
COMMON = 0.2  # a name that stands in so many of the documents says nothing about whom it stands beside

Place = tuple[str, str]
"""A name and a document that uses it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one document says of somebody it names: `role` and `bodies` in its words; `company` are the others it names.

    `story` is the number of the story the document belongs to, None where it belongs to none.
    """

    name: str
    document: str
    role: str | None = None
    bodies: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    company: frozenset[str] = frozenset()
    year: int | None = None
    is_body: bool = False
    story: int | None = None


@dataclass(slots=True)
class Bearer:
    """Somebody under one name: all that was seen of them. `number` tells those apart who share a name.

    `spellings` are what the documents call them besides.
    """

    name: str
    number: int = 0
    is_body: bool = False
    genders: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    company: Counter[str] = field(default_factory=Counter)
    years: set[int] = field(default_factory=set)
    documents: list[str] = field(default_factory=list)
    spellings: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Joined:
    """Two bearers, (name, number) each, that are one; `score` is a probability."""

    a: tuple[str, int]
    b: tuple[str, int]
    score: float
    reasons: tuple[str, ...]
    bodies: bool = False


def bearers(seen: Iterable[Seen], meant: Mapping[Place, Place] | None = None) -> list[Bearer]:
    """Return everybody who bears a name, those of one name told apart; order does not matter.

    Args:
        meant: whom a surname alone means (`surnames.meant`): those who mean two people by it are told apart.

    >>> vet = Seen("Ada Moss", "d1", "veterinarian at Arden Farm", company=frozenset({"Jon Reed"}))
    >>> judge = Seen("Ada Moss", "d2", "judge in Port Sel", company=frozenset({"Kit Vane"}))
    >>> [(who.name, who.number, who.documents) for who in bearers([judge, vet])]
    [('Ada Moss', 0, ['d1']), ('Ada Moss', 1, ['d2'])]
    """
    by_name: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        by_name[one.name].append(one)
    total = len({one.document for some in by_name.values() for one in some})
    common = {name for name, some in by_name.items() if len(some) > max(FEW, COMMON * total)}
    found = []
    for name in sorted(by_name):
        some = sorted(by_name[name], key=lambda one: one.document)
        groups = [group for part in _by_meant(some, meant or {}) for group in _told_apart(part)]
        groups.sort(key=lambda group: (-len(group), group[0].document))
        found += [_bearer(name, number, group, common) for number, group in enumerate(groups)]
    return found


def _by_meant(some: Sequence[Seen], meant: Mapping[Place, Place]) -> list[list[Seen]]:
    """Divide the documents that use a name by the full name that their stories have for it, None for those that have none."""
    parts: dict[str | None, list[Seen]] = defaultdict(list)
    for one in some:
        place = meant.get((one.name, one.document))
        parts[place[0] if place else None].append(one)
    return list(parts.values())


def in_stories(found: Sequence[Bearer], meant: Mapping[Place, Place]) -> list[Joined]:
    """Return the edges from those who are called by their surname alone to whom their stories call so in full."""
    of = {(who.name, document): (who.name, who.number) for who in found for document in who.documents}
    pairs = {(of[short], of[full]) for short, full in meant.items() if short in of and full in of}
    return [Joined(min(pair), max(pair), IN_STORY, ("surname", "same story")) for pair in sorted(pairs)]


def _bearer(name: str, number: int, some: Sequence[Seen], common: set[str]) -> Bearer:
    who = Bearer(name, number, is_body=sum(one.is_body for one in some) * 2 > len(some))
    for one in some:
        who.documents.append(one.document)
        who.offices |= offices(one)
        who.genders |= genders(one)
        who.spellings.update(one.spellings)
        who.company.update(one.company - common - {name})
        who.years |= {one.year} if one.year else set()
    return who


def _told_apart(some: Sequence[Seen]) -> list[list[Seen]]:
    """Divide the documents that use a name by whom they mean, the largest part first."""
    if len(some) < 2 or some[0].is_body or not _contradictory(some):
        return [list(some)]
    parts = Clusters()
    # Here company counts even if all the record names it: two people of one name are rarer than one in two offices.
    for value in (offices, lambda one: one.company - {one.name}):
        first: dict[str, int] = {}
        for at, one in enumerate(some):
            parts.root(at)
            for word in sorted(value(one)):
                parts.join(first.setdefault(word, at), at)
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(some)):
        groups[parts.root(at)].append(at)
    return _by_office([[some[at] for at in group] for group in groups.values()])


def _contradictory(some: Sequence[Seen]) -> bool:
    told = {frozenset(offices(one)) for one in some} - {frozenset()}
    return len(told) > 1 or len(set().union(*(genders(one) for one in some))) > 1


def _by_office(groups: list[list[Seen]]) -> list[list[Seen]]:
    """Put parts of which no office is told to the largest; parts are others only by what is said of them."""
    groups.sort(key=lambda group: (-len(group), group[0].document))
    kept: list[list[Seen]] = []
    for group in groups:
        words = set().union(*(offices(one) for one in group))
        sexes = set().union(*(genders(one) for one in group))
        known = bool(kept) and len(group) * FAME <= len(
            kept[0]
        )  # whoever fills the record is meant, whatever is said of them once
        told = set[str]() if known else words
        home = next((other for other in kept if not _others(other, told, sexes)), None)
        home.extend(group) if home is not None else kept.append(list(group))
    for group in kept:
        group.sort(key=lambda one: one.document)
    return kept


def _others(group: Sequence[Seen], words: set[str], sexes: set[str]) -> bool:
    theirs = set().union(*(genders(one) for one in group))
    if sexes and theirs and not sexes & theirs:
        return True
    told = set().union(*(offices(one) for one in group))
    return bool(words and told and not words & told)


@cache
def _alike() -> Mapping[str, str]:
    return {word: str(same) for word, same in lexicon.table("roles", "alike").items()}


def offices(one: Seen) -> set[str]:
    """Return the words of somebody's office and of the bodies named with them, in stems; offices that mean the same made one."""
    return _offices(one.role, one.bodies)


@lru_cache(maxsize=100_000)
def _office_words(text: str) -> frozenset[str]:
    words = (_alike().get(word, word) for word in text.casefold().replace("-", " ").split())
    return frozenset(word for word in telling_words(" ".join(words)) if not word.isdigit() and len(word) > 1)


def _offices(role: str | None, bodies: tuple[str, ...]) -> set[str]:
    return set().union(*(_office_words(text) for text in (role or "", *bodies)))


@cache
def _sexes() -> Mapping[str, str]:
    found = {}
    for sex in ("male", "female"):
        for word in (*lexicon.words("roles", sex), *lexicon.words("titles", f"honorifics_{sex}")):
            found[word] = sex
    return found


def genders(one: Seen) -> set[str]:
    """Return "male", "female", both or neither: what forms of address and offices say.

    >>> genders(Seen("Ada Moss", "d1", role="spokeswoman"))
    {'female'}
    """
    said = [one.role.casefold().split()[-1:] if one.role else []]
    said += [spelling.casefold().split()[:1] for spelling in one.spellings if len(spelling.split()) > 1]
    return {_sexes()[word.strip(".,")] for words in said for word in words if word.strip(".,") in _sexes()}


def judge(pairs: Iterable[Alike], found: Sequence[Bearer]) -> list[Joined]:
    """Return who is one with whom, by names and all that is known of their bearers."""
    of: dict[str, list[Bearer]] = defaultdict(list)
    for who in found:
        of[who.name].append(who)
    joined = []
    for pair in pairs:
        for a in of.get(pair.a, ()):
            for b in of.get(pair.b, ()):
                likely, reasons = weigh(pair, a, b)
                if likely >= SURE:
                    joined.append(Joined((a.name, a.number), (b.name, b.number), round(likely, 4), reasons, a.is_body))
    return _unequivocal(joined)


def weigh(pair: Alike, a: Bearer, b: Bearer) -> tuple[float, tuple[str, ...]]:
    """Return how likely two bearers of these names are one, and why."""
    if a.is_body or b.is_body:
        return (pair.likely, pair.reasons) if a.is_body and b.is_body else (0.0, ())
    total = math.log(max(pair.likely, 1e-4) / max(1 - pair.likely, 1e-4))
    reasons = list(pair.reasons)
    office, company = a.offices & b.offices, a.company.keys() & b.company.keys()
    if office:
        total += SAME_OFFICE * min(2, len(office))
        reasons.append("role")
    if company:
        total += SAME_COMPANY * min(2, len(company))
        reasons.append("same company")
    if a.offices and b.offices and not office and not company:
        total += OTHER_OFFICE
    if a.genders and b.genders and not a.genders & b.genders:
        total += OTHER_GENDER
    total += YEARS * _years_apart(a, b) + (OTHER_INITIALS if _initials_differ(a.name, b.name) else 0.0)
    if pair.likely < ALONE and not office and ("surname" not in pair.reasons or len(company) < 2):
        return 0.0, ()
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), tuple(reasons)


def _initials_differ(a: str, b: str) -> bool:
    """Say whether two names with a given name in full have other initials between: a father and a son often do."""
    one, other = names.parse(a).parts, names.parse(b).parts
    short = [tuple(part for part in parts if len(part) == 1) for parts in (one, other)]
    return all(short) and short[0] != short[1] and len(one[0]) > 1 and len(other[0]) > 1


def _years_apart(a: Bearer, b: Bearer) -> int:
    if not a.years or not b.years:
        return 0
    gap = max(min(b.years) - max(a.years), min(a.years) - max(b.years), 0)
    return gap if gap >= FAR_YEARS else 0


def _unequivocal(joined: list[Joined]) -> list[Joined]:
    """Leave out short names ("Meshaal", "K. Meshaal") that fit two different people about equally well."""
    beside: dict[tuple[str, int], list[Joined]] = defaultdict(list)
    for edge in joined:
        beside[edge.a].append(edge)
        beside[edge.b].append(edge)
    doubtful: set[Joined] = set()
    for node, some in beside.items():
        bodies = some[0].bodies
        if not _is_short(node[0], bodies):
            continue
        best = max(edge.score for edge in some)
        others = sorted(_other(edge, node) for edge in some if edge.score > best - NEARLY)
        if any(_differ(a[0], b[0], bodies) for a in others for b in others if a < b):
            doubtful.update(some)
        else:
            doubtful.update(edge for edge in some if _differs_from_all(edge, node, others))
    return [edge for edge in joined if edge not in doubtful]


def _other(edge: Joined, node: tuple[str, int]) -> tuple[str, int]:
    return edge.b if edge.a == node else edge.a


def _differs_from_all(edge: Joined, node: tuple[str, int], others: Sequence[tuple[str, int]]) -> bool:
    other = _other(edge, node)
    return other not in others and all(_differ(other[0], one[0], edge.bodies) for one in others)


def _is_short(name: str, body: bool = False) -> bool:
    if body:
        return institutions.short(name) is not None or len(name) <= institutions.LONGEST
    parts = names.parse(name).parts
    return len(parts) < 2 or any(len(part) == 1 for part in parts)


def _differ(a: str, b: str, bodies: bool) -> bool:
    """Say whether two names told in full are not one's."""
    if a == b or _is_short(a, bodies) or _is_short(b, bodies):
        return False
    return institutions.bag(a) != institutions.bag(b) if bodies else names.match(a, b).probability < 0.5


def differing(joined: Sequence[Joined]) -> list[tuple[tuple[str, int], tuple[str, int]]]:
    """Return pairs that a third would make one and that are two: other names, or bearers of one name told apart."""
    beside: dict[tuple[str, int], set[tuple[str, int]]] = defaultdict(set)
    bodies = {node for edge in joined if edge.bodies for node in (edge.a, edge.b)}
    for edge in joined:
        beside[edge.a].add(edge.b)
        beside[edge.b].add(edge.a)
    return sorted(
        {
            (a, b)
            for near in beside.values()
            for a in near
            for b in near
            if a < b and b not in beside[a] and (a[0] == b[0] or _differ(a[0], b[0], a in bodies))
        }
    )


def canonical(group: Sequence[str], said: Mapping[str, int]) -> str:
    """Return what somebody of several names is called: the name most statements use, one that is told in full if there is any.

    A body that some report calls by its state ("government of Kenya") is called so, not by its people ("Kenyan government").

    >>> canonical(["Meshaal", "Khaled Meshaal", "Khalid Mashal"], {"Meshaal": 9, "Khaled Meshaal": 3, "Khalid Mashal": 1})
    'Khaled Meshaal'
    """

    def order(name: str) -> tuple[bool, bool, int, int, str]:
        short = _is_short(name, institutions.short(name) is not None)
        return short, not institutions.is_of_state(name), -said.get(name, 0), -len(name), name

    return min(group, key=order)

"""What a statement wants: takes its words, gives the noun phrases it is about and which way it leads, and knows no speaker.

No parser: behind the first modal ("will", "must", "to") stands what is wanted, up to the next subordinator; what lies between
determiners, prepositions and verbs there are its noun phrases. Verbs that make an end of a thing, and negations, turn the way.
Word lists are in `data/positions.toml`. What is said in a condition is left out by whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord import lexicon
from onrecord.verbs import Phrases

LONGEST = 60  # words of an aim that are read
AWAY = frozenset("to at by into through during under within as".split())  # behind these stands where, when or whereto
MOST = 3  # noun phrases of an aim that are taken
TITLE_CASE = 0.7  # a text in which so many longer words are capitalised is a headline: its capitals tell no names
BE = frozenset("be is are was were been being am".split())
_TOKEN = re.compile(r"\w+(?:[’'.\-]\w+)*|[^\w\s]")
_SENTENCE = re.compile(r"(?<=[.!?;])[\"”’')\]]*\s+|\n+| … ")
_NOT_A_NO = re.compile(
    r"\b(?:not (?:only|just|merely)|no (?:doubt|matter|question))\b|, not [^,.;]{1,40}(?=[,.;]|$)", re.IGNORECASE
)
_BE_OR_GET = BE | {"get"}
_TITLE = re.compile(r"\b(?:Mrs?|Ms|Dr|Sens?|Reps?|Gov|Gen|Col|Prof|Rev|Lt|Sgt|Capt|Maj)\.\s*")
_CLITICS = ("'s", "s'", "'ll", "n't", "'re", "'ve", "'d", "'m")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as an issue's name has it: `key` in lower case and singular; `alone` where the head has no modifier."""

    key: str
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Aim:
    """What is wanted: phrases with the way (1 for, -1 against, 0 unclear), all its telling words, and the verb behind a modal."""

    phrases: tuple[tuple[Phrase, int], ...]
    words: frozenset[str]
    verb: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    low: str
    headline: bool = False


@cache
def listed(group: str) -> frozenset[str]:
    """Return the words of a group of data/positions.toml."""
    return frozenset(lexicon.words("positions", group))


@cache
def ends_things() -> Phrases[bool]:
    """Return the phrases that put an end to what follows them: "lift", "do away with"."""
    return Phrases(dict.fromkeys(lexicon.words("positions", "ends"), True))


@cache
def _weighs() -> Phrases[bool]:
    return Phrases(dict.fromkeys(lexicon.words("positions", "weighs"), True))


@cache
def _given_names() -> frozenset[str]:
    titles = lexicon.words("titles", "honorifics_neutral", "honorifics_male", "honorifics_female", "titles", "full")
    return frozenset(lexicon.words("first_names")) | frozenset(titles)


def read(text: str, *, infinitive: bool = False) -> Aim:
    """Return what a piece of a statement wants.

    Args:
        text: the clause, without its condition.
        infinitive: whether it begins with a verb, as behind the cue "promised to".

    >>> [(phrase.key, way) for phrase, way in read("it would open two gates at once").phrases]
    [('gate', 1)]
    >>> [(phrase.key, way) for phrase, way in read("an end to the fishing ban").phrases]
    [('fishing ban', -1), ('ban', -1)]
    """
    tokens = _tokens(text)
    start, end = _clause(tokens, infinitive)
    verb = _verb(tokens, start, end) if infinitive or start else None
    found = _phrases(tokens, start, end, verb)
    passive = verb is not None and tokens[verb].low.endswith(("ed", "en")) and tokens[verb - 1].low == "be"
    subject = (passive or not found) and start > 1 and _of_subject(tokens, start, end)
    if subject:  # "the ban must be lifted": the subject is what it is about
        own = _phrases(tokens, 0, start - 1, None)[:1]
        subject, found = bool(own) or not found, own or found
    verbs = [token.low for token in tokens[:end]]
    ends, weighs = _places(ends_things(), verbs), _places(_weighs(), verbs)
    noes = {at for at, low in enumerate(verbs) if low in listed("negators") or low.endswith("n't")}
    ways = []
    for phrase, first, last in found[:MOST]:
        turns = len({at for at in ends if at > last} | noes) if subject else _turning(verbs, ends, noes, first, last)
        unclear = turns > 2 or any(at < first for at in weighs) or "?" in verbs
        ways.append((phrase, 0 if unclear else (-1) ** turns))
    return Aim(_both(ways), frozenset(filter(_tells, verbs)), "" if verb is None else tokens[verb].low)


def best_sentence(text: str, markers: Sequence[str]) -> str:
    """Return the first sentence of `text` that has one of the `markers`, else the first of some length.

    >>> best_sentence("It is late. We must go home.", ["must"])
    'We must go home.'
    """
    parts = [part for part in _SENTENCE.split(text[:4000]) if part and part.strip()]
    for part in parts:
        words = {token.low for token in _tokens(part)}
        if any(mark in words or any(word.endswith(mark) for word in words if mark[0] == "'") for mark in markers):
            return part
    return next((part for part in parts if len(part.split()) >= 3), text[:400])


def _tokens(text: str) -> list[_Token]:
    bare = _TITLE.sub("", _NOT_A_NO.sub(" ", text.replace("’", "'")))
    words = _TOKEN.findall(bare[:4000])[: LONGEST * 2]
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    title = len(long) > 3 and sum(word[0].isupper() for word in long) >= TITLE_CASE * len(long)
    return [_Token(word.lower() if title and not word.isupper() else word, word.lower(), title) for word in words]


def _clause(tokens: Sequence[_Token], infinitive: bool) -> tuple[int, int]:
    """Return where what is wanted begins, behind the first modal, and where it ends."""
    start = 0
    if not infinitive:
        for at, token in enumerate(tokens[:25]):
            if _opens(tokens, at):
                start = at + 1
                break
            if at and (token.low in listed("edges") or token.low == "that"):
                break
    for at in range(max(start, 1), min(len(tokens), start + LONGEST)):
        if tokens[at].low in listed("edges") or tokens[at].text in {";", ":", "—", "–", "(", ".", "!"}:
            return start, at
    return start, min(len(tokens), start + LONGEST)


def _opens(tokens: Sequence[_Token], at: int) -> bool:
    """Say whether a modal stands here; a "to" before a noun phrase ("an end to the ban") is none."""
    low = tokens[at].low
    if low != "to":
        return low in listed("modals") or low.endswith(("'ll", "n't", "'d"))
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or not after.text[0].islower():
        return False
    return after.low in BE | {"have", "do", "not"} or not (after.low in listed("breaks") or _noun_form(after.low))


def _verb(tokens: Sequence[_Token], start: int, end: int) -> int | None:
    """Return where the verb behind a modal stands, adverbs and negations passed over."""
    for at in range(start, min(end, start + 5)):
        low = tokens[at].low
        if low not in {
            "not",
            "never",
            "also",
            "now",
            "just",
            "always",
            "then",
            "only",
            "to",
            "be",
        } and not low.endswith("ly"):
            return at
    return None


def _of_subject(tokens: Sequence[_Token], start: int, end: int) -> bool:
    """Say whether a clause without an object tells what becomes of its subject: it is to end, or to be done something to."""
    lows = [token.low for token in tokens[start:end]]
    return bool(ends_things().all(lows[:4])) or not BE.isdisjoint(lows[:3]) or tokens[start - 1].low != "to"


def _phrases(tokens: Sequence[_Token], start: int, end: int, verb: int | None) -> list[tuple[Phrase, int, int]]:
    """Return the noun phrases between two places: those of the object, and those that say what it is of."""
    found: list[tuple[Phrase, int, int]] = []
    run: list[int] = []
    tied, named = True, False
    for at in range(start, end + 1):
        token = tokens[at] if at < end else None
        if token is not None and found and token.low == "that":
            break
        if token is not None and _in_a_phrase(tokens, at, verb):
            run.append(at)
            continue
        owner = token is not None and token.low.endswith(("'s", "s'"))  # "the president's deal" is about the deal
        name = bool(run) and tokens[run[-1]].text[0].isupper()
        gives = verb is not None and tokens[verb].low in listed("gives")  # "give donors a ticket": the ticket is given
        receives = gives and token is not None and token.low in listed("articles") and not found
        taken = bool(run) and tied and not owner and not receives and (name or not named)
        if taken and tokens[run[-1]].low in listed("told"):
            break  # "information about the ferry": what is told of is not what is wanted
        if taken and (phrase := _phrase(tokens, run)):
            found.append((phrase, run[max(0, len(run) - len(phrase.key.split()))], run[-1]))
            named = token is not None and token.low == "of"  # "the gates of the Kestrel Sluice" are both
            if not named and not _goes_on(phrase, token):
                break
        run = []
        if token is None:
            break
        if token.low in listed("breaks") and token.low.isalpha():
            ended = at > start and _places_at(ends_things(), tokens[:at], at - 1)  # "an end to"
            tied = at == start or ended or _ties(token.low, tied, bool(found))
    return found


def _goes_on(phrase: Phrase, after: _Token | None) -> bool:
    """Say whether another phrase is wanted as well: in "a ban on nets" it is the nets, in "nets on boats" not the boats."""
    if after is None or not phrase.alone:
        return after is not None and after.low in {"and", "or"}
    talk = phrase.key in listed("talks") and after.low in listed("ties")
    return talk or after.low in {"and", "or"} or ends_things().at([phrase.key, after.low], 0) is not None


def _ties(low: str, tied: bool, found: bool) -> bool:
    """Say whether what follows a small word is still what is wanted: behind "in" or "at" it is only where or when."""
    if low in AWAY or (found and low in {"in", "from", "with"}):
        return False
    return tied or (found and low in {"and", "or"})


def _in_a_phrase(tokens: Sequence[_Token], at: int, verb: int | None) -> bool:
    low = tokens[at].low
    if not low[0].isalpha() or low in listed("breaks") or low.endswith(_CLITICS):
        return False
    small = tokens[at].text[0].islower()
    if at == verb or (small and low.endswith("ly")):
        return False
    before = tokens[at - 1].low if at else ""
    if small and (before in listed("modals") or before == "not"):
        return _noun_form(low)
    return not (small and verb is not None and _places_at(ends_things(), tokens, at) and not _noun_form(low))


def _noun_form(low: str) -> bool:
    return low.endswith(("s", "tion", "sion", "ment", "ness", "ity", "ism", "ship")) and not low.endswith("ss")


def _places_at(phrases: Phrases[bool], tokens: Sequence[_Token], at: int) -> bool:
    return phrases.at([token.low for token in tokens[at : at + 4]], 0) is not None


def _phrase(tokens: Sequence[_Token], run: list[int]) -> Phrase | None:
    if tokens[run[0] - 1].low in BE and run[0]:
        return None  # "be careful": what something is said to be
    while run and _participle(tokens[run[-1]]):
        run.pop()
    if not run:
        return None
    last = tokens[run[-1]]
    if last.text[0].isupper():
        return _name(tokens, run)
    head = singular(last.low)
    before = tokens[run[-2]].low if len(run) > 1 else ""
    modifier = singular(before) if before and _tells(singular(before)) and not before.endswith(("ed", "ly")) else ""
    if not modifier and not _tells(head):
        return None
    if last.headline and before in _given_names():
        modifier = ""
    return Phrase(f"{modifier} {head}" if modifier else head, not modifier)


def _participle(token: _Token) -> bool:
    low = token.low
    if token.text[0].isupper():
        return False
    if low.endswith("ed") and len(low) > 5:
        return True
    return low.endswith("ing") and len(low) > 5 and low not in listed("nouns_in_ing")


def _name(tokens: Sequence[_Token], run: list[int]) -> Phrase | None:
    """A capitalised run is one name; of a person's the family name is the issue."""
    first = len(run) - 1
    while first and tokens[run[first - 1]].text[0].isupper():
        first -= 1
    words = [tokens[at].low for at in run[first:]]
    if len(words) > 1 and words[0].rstrip(".") in _given_names():
        words = words[-1:]
    key = " ".join(words[:6]) if len(words) > 1 else singular(words[0])
    return Phrase(key, len(words) == 1) if _tells(key) and len(key) > 1 else None


def _both(ways: list[tuple[Phrase, int]]) -> tuple[tuple[Phrase, int], ...]:
    """Add to each "border wall" the "wall" it is one of."""
    found: dict[Phrase, int] = {}
    for phrase, way in ways:
        found.setdefault(phrase, way)
        if not phrase.alone and _tells(head := singular(phrase.key.rpartition(" ")[2])):
            found.setdefault(Phrase(head, False), way)
    return tuple(found.items())


def _tells(key: str) -> bool:
    return (
        key not in listed("light") and key not in listed("breaks") and key not in listed("edges") and key[0].isalpha()
    )


def _places(phrases: Phrases[bool], words: Sequence[str]) -> set[int]:
    return {found.start for found in phrases.all(words)}


def _turning(words: Sequence[str], ends: set[int], noes: set[int], first: int, last: int) -> int:
    """Count what turns the way of a phrase: what stands before it, and right behind it "shut", "be lifted", "not"."""
    before = sum(at < first for at in noes) + sum(_other_verb(words, first) <= at < first for at in ends)
    behind = {at for at in ends if last < at <= last + 2 and (words[at].endswith("ed") or words[at] in {"shut", "cut"})}
    passive = {at for at in ends if last < at <= last + 4 and words[at - 1] in _BE_OR_GET}
    return before + len(behind | passive | {at for at in noes if last < at <= last + 3 and words[at] != "without"})


def _other_verb(words: Sequence[str], first: int) -> int:
    """Return where the last verb joined on before a phrase begins: in "close the pit and build a mill" a mill is wanted."""
    joined = (
        at
        for at in range(first - 2, 0, -1)
        if words[at] in {"and", "but"}
        and words[at + 1] not in listed("breaks")
        and (at + 2 == first or words[at + 2] in listed("articles"))
    )
    return next(joined, 0)


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """Return a noun in the singular, by its ending (the regular plurals of any school grammar).

    >>> [singular(word) for word in ("gates", "policies", "taxes", "crisis", "news")]
    ['gate', 'policy', 'tax', 'crisis', 'news']
    """
    if word in listed("plain") or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word

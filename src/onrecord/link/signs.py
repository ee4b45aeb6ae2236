"""What speaks for and against two statements reporting the same utterance: takes a pair, gives numbers, and decides nothing.

Compared are words and their order, the longest common run, how well words pair off that are near in meaning, what stands in
quotation marks, numbers and denials one by one, speaker (or an institution and its mouth, or a side), act, condition, day, and
where in their reports they stand. How a pair stands among its rivals is found in `rivals`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from onrecord.link.comparing import Story, Words
from onrecord.similarity import paired
from onrecord.vocabulary import telling_words

LEAD = 0.12  # share of a report in which it tells first what it tells again below
NEAR = 0.6  # how near two words are that stand for each other
SHORTEST_RUN, LONGEST_RUN = 2, 12  # words in a row: fewer are none, more tell no more
BESIDE = 2  # statements from one to the next but one
KIN = tuple(
    frozenset(acts.split())
    for acts in (
        "assert assess", "commit threaten offer refuse", "condemn accuse deny", "agree support commit offer",
        "demand question threaten",
    )
)  # fmt: skip
Row = dict[str, float]


def signs(story: Story, i: int, j: int) -> Row:
    """Return what speaks for and against the statements at two places of a story, each about 0 to 1."""
    row = _wording(story, i, j) | _meaning(story, i, j) | _speakers(story, i, j) | _cues(story, i, j)
    row |= _quoted(story, i, j, row["run"] >= SHORTEST_RUN / LONGEST_RUN)
    row |= _numbers(story.words[i].numbers, story.words[j].numbers) | _places(story, i, j)
    other = 1 - row["same speaker"]
    row["dice, other speaker"] = other * row["own dice"]
    row["containment, other speaker"] = other * row["own containment"]
    row["like, same speaker"] = row["same speaker"] * row["like"]
    row["short, same document"] = row["same document"] * row["short"]
    row["dice, same document"] = row["same document"] * row["own dice"]
    return row


def _wording(story: Story, i: int, j: int) -> Row:
    x, y = story.words[i], story.words[j]
    common = x.stems.keys() & y.stems.keys()
    mass, own = story.mass(common), story.own_mass(common)
    small, large = sorted((story.total[i], story.total[j]))
    own_small, own_large = sorted((story.own_total[i], story.own_total[j]))
    run, shortest = longest_run(x.plain, y.plain), max(1, min(len(x.plain), len(y.plain)))
    telling = min(len(x.order), len(y.order))
    return {
        "dice": 2 * mass / (small + large) if large else 0.0,
        "containment": mass / small if small else 0.0,
        "mass": min(mass, 20.0) / 20,
        "own dice": 2 * own / (own_small + own_large) if own_large else 0.0,
        "own containment": own / own_small if own_small else 0.0,
        "two words": float(len(common) > 1),
        "sentence": _sentence(story, x, y),
        "run": min(run, LONGEST_RUN) / LONGEST_RUN,
        "run share": run / shortest,
        "bigrams": len(x.bigrams & y.bigrams) / max(1, telling - 1),
        "equal": float(x.plain == y.plain),
        "lengths": shortest / max(len(x.plain), len(y.plain), 1),
        "short": 1 / max(1, telling),
    }


def _sentence(story: Story, x: Words, y: Words) -> float:
    """Return how much the two sentences most alike have in common: a listing of several remarks holds each of them."""
    best = 0.0
    for a in x.sentences:
        for b in y.sentences:
            common = a & b
            if len(common) > 1:
                best = max(best, 2 * story.mass(common) / (story.mass(a) + story.mass(b)))
    return best


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """Return the length of the longest run of words that stands in both.

    >>> longest_run("the gate stays shut".split(), "he said the gate stays open".split())
    3
    """
    places: dict[str, list[int]] = {word: [] for word in a}
    for at, word in enumerate(b):
        if word in places:
            places[word].append(at)
    best, before = 0, dict[int, int]()
    for word in a:
        before = {at: before.get(at - 1, 0) + 1 for at in places[word][:64]}
        if before:
            best = max(best, *before.values())
    return best


def _meaning(story: Story, i: int, j: int) -> Row:
    a, b, x, y = story.said[i], story.said[j], story.words[i], story.words[j]
    return {
        "like": float(story.vectors[i] @ story.vectors[j]),
        "paired": paired(a.text, b.text, NEAR),
        "same act": float(a.act == b.act),
        "kindred act": float(a.act != b.act and any(a.act in acts and b.act in acts for acts in KIN)),
        "one condition": float(a.conditional != b.conditional),
        "denial": float((x.denies > 0) != (y.denies > 0)),
        "days": min(7, abs(a.day - b.day)) / 7 if a.day is not None and b.day is not None else 0.2,
    }


@lru_cache(maxsize=20_000)
def _cue_words(cue: str) -> frozenset[str]:
    """What a cue tells besides that something was said: "rejected", "claimed responsibility"."""
    return frozenset(telling_words(cue))


def _cues(story: Story, i: int, j: int) -> Row:
    x, y = _cue_words(story.said[i].cue), _cue_words(story.said[j].cue)
    return {"same cue": float(not x.isdisjoint(y)), "other cue": float(bool(x and y) and x.isdisjoint(y))}


@lru_cache(maxsize=20_000)
def _speaker_words(name: str | None) -> frozenset[str]:
    return frozenset(telling_words(name or ""))


@lru_cache(maxsize=20_000)
def _letters(name: str | None) -> frozenset[str]:
    """Pairs of letters that stand together: "Vrenik" and "Wrenick" have most of theirs in common."""
    return frozenset(a + b for word in (name or "").split() for a, b in pairwise(word))


def _speakers(story: Story, i: int, j: int) -> Row:
    a, b, x, y = story.said[i], story.said[j], story.who[i], story.who[j]
    none = x is None or y is None
    same = not none and x == y
    mouth = not none and not same and not story.speaks_for[i].isdisjoint(story.speaks_for[j])
    others = not none and not same and not mouth
    words_a, words_b = _speaker_words(x), _speaker_words(y)
    some = len(words_a & words_b) / max(1, min(len(words_a), len(words_b)))
    letters_a, letters_b = _letters(x), _letters(y)
    spelt = len(letters_a & letters_b) / max(1, min(len(letters_a), len(letters_b)))
    mine, theirs = story.states[i], story.states[j]
    return {
        "same speaker": float(same),
        "mouth": float(mouth),
        "speaker words": some if others else 0.0,
        "speaker letters": spelt if others else 0.0,
        "no speaker": float(none),
        "two names": float(others and a.named and b.named and not some),
        "no names": float(others and not a.named and not b.named),
        "one name": float(others and a.named != b.named),
        "one side": float(others and not mine.isdisjoint(theirs)),
        "two sides": float(others and bool(mine) and bool(theirs) and mine.isdisjoint(theirs)),
    }


def _quoted(story: Story, i: int, j: int, any_run: bool) -> Row:
    """Words in quotation marks are the speaker's own: whether the other has them tells more than any paraphrase.

    `any_run` says whether the two have words in a row at all.
    """
    a, b = story.said[i], story.said[j]
    x, y = story.words[i], story.words[j]
    run = max(_quoted_run(story.quoted[i], y), _quoted_run(story.quoted[j], x)) if any_run else 0
    least = min(sum(map(len, story.quoted[i])), sum(map(len, story.quoted[j])))
    shares = [_share(story, i, y), _share(story, j, x)]
    found = [share for share in shares if share is not None]
    return {
        "both direct": float(a.kind != "indirect" and b.kind != "indirect"),
        "quoted run": min(run, 8) / 8,
        "quoted share": min(1.0, run / least) if least else 0.0,
        "quoted apart": float(least > 2 and run < 3),
        "quoted in": max(found, default=0.0),
        "quoted out": 1 - max(found, default=1.0),
        "both quoted out": 1 - max(found) if len(found) > 1 else 0.0,
    }


def _quoted_run(passages: Sequence[Sequence[str]], other: Words) -> int:
    return max((longest_run(passage, other.plain) for passage in passages), default=0)


def _share(story: Story, i: int, other: Words) -> float | None:
    """Return how much of what one has in quotation marks stands in the other, None where nothing does."""
    stems = story.quoted_stems[i]
    return story.own_mass(stems & other.stems.keys()) / story.own_mass(stems) if stems else None


def _numbers(a: frozenset[float], b: frozenset[float]) -> Row:
    return {"numbers shared": min(2, len(a & b)) / 2, "numbers differ": float(bool(a - b) and bool(b - a))}


def _places(story: Story, i: int, j: int) -> Row:
    a, b = story.said[i], story.said[j]
    inside = a.document == b.document
    return {
        "nested alike": float(a.nested == b.nested),
        "wrapping": abs(story.wraps[i] - story.wraps[j]),
        "same document": float(inside),
        "beside": float(inside and abs(a.n - b.n) <= BESIDE),
        "told first": float(inside and min(story.place[i], story.place[j]) < LEAD),
    }

"""Made-up reports that overlap as those of a long story do: takes a number and a seed, gives Documents, always the same.

An event has a day, a place, words of its own, statements by a few speakers, and a toll that rises from day to day. One to
nine outlets report it: each carries some of the statements, whole, cut or with other words, adds statements nobody else has, and
now and then is a copy of another. Nothing of it is anybody's text: words are drawn from syllables, frequent ones often (Zipf).
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from evals.names import synthetic
from onrecord.document import Document, Figure, Mention, Origin, Span, Speaker, Statement

START = date(2031, 1, 1)
OUTLETS = [f"Outlet {n}" for n in range(40)]
ACTS = ("assert", "assert", "assert", "demand", "refuse", "deny", "offer", "assess")
SYLLABLES = "ba ke mo ri tu sa len dor vi gan po shi ter un dal fe cro mel nix ha lo per ti zen".split()
A_REPORT = 25  # statements


@dataclass(frozen=True)
class Event:
    """What several outlets report: `said` are (speaker, act, words), `toll` what rises by the day."""

    day: date
    place: str
    words: tuple[str, ...]
    said: tuple[tuple[str, str, tuple[str, ...]], ...]
    toll: int
    outlets: tuple[str, ...]


@cache
def vocabulary(size: int = 20_000) -> tuple[str, ...]:
    """Return made-up words, the frequent ones first."""
    rng = random.Random(5)
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3, 3, 4))))] = None
    return tuple(found)


def drawn(rng: random.Random, count: int) -> tuple[str, ...]:
    """Return words, frequent ones often."""
    words = vocabulary()
    return tuple(words[min(len(words) - 1, int(len(words) ** rng.random()) - 1)] for _ in range(count))


def events(seed: int, names: list[str]) -> Iterator[Event]:
    """Yield events without end, about twelve a day."""
    rng = random.Random(seed)
    n = 0
    while True:
        n += 1
        own = tuple(rng.choice(vocabulary()[500:]) for _ in range(12))
        cast = [rng.choice(names) for _ in range(5)]
        said = tuple(
            (rng.choice(cast), rng.choice(ACTS), tuple(rng.sample([*drawn(rng, 12), *rng.sample(own, 4)], 16)))
            for _ in range(18)
        )
        place = rng.choice(vocabulary()[2000:]).capitalize()
        many = min(9, 1 + int(rng.expovariate(0.4)))
        yield Event(
            START + timedelta(days=n // 12), place, own, said, rng.randint(3, 400), tuple(rng.sample(OUTLETS, many))
        )


def reports(count: int, seed: int = 1, statements: int = A_REPORT) -> Iterator[Document]:
    """Yield so many reports, event by event, each with at most so many statements."""
    names = synthetic(max(200, count // 4))
    rng = random.Random(seed + 1)
    n = 0
    for event in events(seed, names):
        first: Document | None = None
        for nth, outlet in enumerate(event.outlets):
            if n == count:
                return
            copied = first is not None and rng.random() < 0.05
            doc = (
                _again(first, n, outlet, nth)
                if copied and first
                else report(n, event, outlet, nth, rng, names, statements)
            )
            first = first or doc
            n += 1
            yield doc


def _again(doc: Document, n: int, outlet: str, nth: int) -> Document:
    """Return a copy that another outlet printed."""
    from dataclasses import replace

    day = (date.fromisoformat(str(doc.published)) + timedelta(days=nth % 3)).isoformat()
    return replace(doc, name=f"r{n:06}", outlet=outlet, published=day, origin=_origin(n))


def _origin(n: int) -> Origin:
    return Origin(f"r{n:06}.txt", hashlib.sha256(str(n).encode()).hexdigest())


def report(n: int, event: Event, outlet: str, nth: int, rng: random.Random, names: list[str], most: int) -> Document:
    """Return what one outlet makes of an event: some of its statements, changed, and some of its own."""
    day = event.day + timedelta(days=nth % 3)
    toll = event.toll + 3 * (nth % 3)
    head = f"{event.place}: at least {toll} people killed, {' '.join(event.words[:5])}."
    text = head + "\n"
    figures = [
        Figure(
            "f1",
            Span(text.index("at least"), text.index(" killed")),
            toll,
            "people",
            "at_least",
            "people killed",
            by="made",
        )
    ]
    stmts: list[Statement] = []
    places: dict[str, list[Span]] = {}
    carried = [said for said in event.said[: max(2, most * 2 // 3)] if rng.random() < 0.7]
    own = [(rng.choice(names), rng.choice(ACTS), drawn(rng, 14)) for _ in range(most - len(carried))]
    for i, (who, act, words) in enumerate([*carried, *own], 1):
        start = len(text)
        told = " ".join(_changed(words, rng) if i <= len(carried) else words)
        text += f"{who} said that the {told}.\n"
        source = Span(start, start + len(who))
        cue, content = Span(source.end + 1, source.end + 5), Span(source.end + 6, len(text) - 2)
        places.setdefault(who, []).append(source)
        stmts.append(
            Statement(f"s{i}", (content,), (source,), (cue,), "indirect", speaker=who, speaker_type="person", named=True,
                      speaker_id=f"e{list(places).index(who) + 1}", act=act, by={"statement": "made"})  # type: ignore[arg-type]
        )  # fmt: skip
    speakers = tuple(
        Speaker(
            f"e{k}",
            who,
            "person",
            True,
            spellings=(who,),
            mentions=tuple(Mention(s, "name", f"e{k}", "made") for s in spans),
        )
        for k, (who, spans) in enumerate(places.items(), 1)
    )
    return Document(
        f"r{n:06}", text, _origin(n), title=head, outlet=outlet, published=day.isoformat(), language="en",
        statements=tuple(stmts), speakers=speakers, figures=tuple(figures), times=(),
    )  # fmt: skip


def _changed(words: tuple[str, ...], rng: random.Random) -> tuple[str, ...]:
    """Return a statement as another outlet has it: whole, cut, or with some other words."""
    how = rng.random()
    if how < 0.4:
        return words
    if how < 0.7:
        return words[: rng.randint(8, len(words))]
    return tuple(rng.choice(vocabulary()) if rng.random() < 0.25 else word for word in words)

"""Real reports for the benchmark of linking: takes ../shared, gives files to add, and other events made of what was read.

The reports are those of PolNeAR's training and development parts, the news clusters, BASIL and the six stories, 1,251. A
world is all of them once more as if other things had happened: every telling word is exchanged for another that is about as
frequent, the same one for the same one through the whole world, so that names, places and topics are others, endings stay where
the stem does, and how the reports of a world resemble, copy and quote one another stays what it is; digits are exchanged too, and
each day is a year later. Function words, months and days, titles and verbs of saying stay. What was extracted is carried over and
not read again.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from evals.basil import text as basil_text
from evals.campaign import SHARED, sidecar
from onrecord import lexicon
from onrecord.document import Condition, Document, Origin, Span, Speaker, Statement
from onrecord.vocabulary import stem

DATA = SHARED / "data"
Number = int | float | tuple[int | float, int | float]
ALIKE = 12  # a word takes the place of one of so many that are nearly as frequent
_WORD = re.compile(r"[^\W\d_]+")
_PART = re.compile(r"[^\W\d_]+|\d+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def write(folder: Path) -> int:
    """Write every real report as a file with its sidecar; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for count, (name, text, form) in enumerate(_real(), 1):  # noqa: B007
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        (folder / f"{name}.json").write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    return count


def _real() -> Iterator[tuple[str, str, dict[str, Any]]]:
    with (DATA / "polnear/metadata.tsv").open(encoding="utf-8", newline="") as file:
        rows = {row["filename"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    for path in sorted(DATA.glob("polnear/*/text/*.txt")):
        yield path.stem, path.read_text(encoding="utf-8"), sidecar(rows[path.stem]) if path.stem in rows else {}
    for line in (DATA / "news_clusters/articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        form = {key: row[key] for key in ("outlet", "published", "title", "authors", "url") if row.get(key)}
        yield f"cluster-{row['id']}", f"{row['title']}\n\n{row['text']}\n", form
    for path in sorted(DATA.glob("basil/articles/*/*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        yield f"basil-{path.stem}", basil_text(row)[0], {
            "outlet": row["source"], "published": row["date"], "title": row["title"], "url": row["url"],
        }  # fmt: skip
    for path in sorted(SHARED.glob("gold/stories/*/*.txt")):
        form = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        yield f"story-{path.stem}", path.read_text(encoding="utf-8"), form


class World:
    """Which word stands for which in one world."""

    def __init__(self, n: int, docs: Iterable[Document]) -> None:
        self.n = n
        small, large = _forms(docs)
        names = {root for root in large if large[root].total() > small[root].total()}
        self.stems = _exchanged([root for root in _by_frequency(small) if root not in names], n)
        self.stems |= _exchanged([root for root in _by_frequency(large) if root in names], n)
        self.usual = {root: (large if root in names else small)[root].most_common(1)[0][0] for root in self.stems}
        self.digits = {str(n): str((n - 1 + 4 * self.n) % 9 + 1) for n in range(1, 10)} | {"0": "0"}
        self.word = lru_cache(maxsize=200_000)(self._word)

    def _word(self, word: str) -> str:
        if word[0].isdigit():
            return "".join(self.digits.get(digit, digit) for digit in word)
        folded = word.casefold()
        root = stem(folded)
        if folded in _staying() or root not in self.stems:
            return word
        new = self.stems[root]
        if folded == self.usual[root] or not folded.startswith(root):
            new = self.usual[new]
        else:
            new += folded[len(root) :]
        return new.upper() if word.isupper() and len(word) > 1 else new.capitalize() if word[0].isupper() else new

    def told(self, text: str | None) -> str | None:
        """Return words as this world has them; the units of figures stay."""
        return text and _PART.sub(lambda found: self.word(found.group()), text)


def _forms(docs: Iterable[Document]) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Return how often each stem stands in small letters and with a capital, and in which forms."""
    small: dict[str, Counter[str]] = defaultdict(Counter)
    large: dict[str, Counter[str]] = defaultdict(Counter)
    for word, often in Counter(word for doc in docs for word in _WORD.findall(doc.text)).items():
        folded = word.casefold()
        if folded not in _staying() and len(folded) > 1:
            (small if word.islower() else large)[stem(folded)][folded] += often
    return small, large


def _by_frequency(forms: Mapping[str, Counter[str]]) -> list[str]:
    """Return the stems, the most frequent first."""
    return sorted(forms, key=lambda root: (-forms[root].total(), root))


def _exchanged(ordered: Sequence[str], n: int) -> dict[str, str]:
    """Return which of the stems, the most frequent first, stands for which: drawn among those that are nearly as frequent."""
    rng, found = random.Random(n), dict[str, str]()
    for at in range(0, len(ordered), ALIKE):
        some = list(ordered[at : at + ALIKE])
        by = rng.randrange(1, len(some)) if len(some) > 1 else 0
        found |= dict(zip(some, some[by:] + some[:by], strict=True))
    return found


@lru_cache(maxsize=1)
def _staying() -> frozenset[str]:
    """Return the words that are of no event: function words, months and days, titles, and verbs of saying."""
    days = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    rest = "september october november december said say says told tell according added asked"
    return frozenset({*lexicon.words("function_words"), *lexicon.words("titles"), *days.split(), *rest.split()})


def elsewhere(doc: Document, world: World) -> Document:
    """Return a report as its world has it: words exchanged, days moved by years, each layer where its words now stand."""
    text, place = _rewritten(doc.text, world)
    name = f"{doc.name}-{world.n}"

    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(place(span.start), place(span.end)) for span in spans)

    return replace(
        doc, name=name, text=text, origin=Origin(f"{name}.txt", hashlib.sha256(name.encode()).hexdigest()),
        title=world.told(doc.title), published=_later(doc.published, world.n), modified=_later(doc.modified, world.n),
        title_span=doc.title_span and moved((doc.title_span,))[0], boilerplate=moved(doc.boilerplate),
        credit=tuple(replace(one, span=moved((one.span,))[0]) for one in doc.credit),
        notes=tuple(replace(one, span=one.span and moved((one.span,))[0]) for one in doc.notes),
        statements=tuple(_statement(stmt, moved, world) for stmt in doc.statements or ()),
        speakers=tuple(_speaker(who, moved, world) for who in doc.speakers or ()),
        figures=tuple(
            replace(
                fig,
                span=moved((fig.span,))[0],
                measures=world.told(fig.measures),
                value=_counted(fig.value, fig.span.of(doc.text), world),
            ) for fig in doc.figures or ()
        ),
        times=tuple(replace(one, span=moved((one.span,))[0], value=_later(one.value, world.n)) for one in doc.times or ()),
    )  # fmt: skip


def _rewritten(text: str, world: World) -> tuple[str, Any]:
    """Return the text with words exchanged, and a function from places there to places here."""
    parts: list[str] = []
    before, after = [0], [0]
    at = length = 0
    for found in _PART.finditer(text):
        parts += (text[at : found.start()], world.word(found.group()))
        length += found.start() - at
        before.append(found.start())
        after.append(length)
        length += len(parts[-1])
        at = found.end()
        before.append(at)
        after.append(length)
    parts.append(text[at:])

    def place(where: int) -> int:
        n = bisect_right(before, where) - 1
        end = after[n + 1] if n + 1 < len(after) else length + len(text) - at
        return min(after[n] + where - before[n], end)

    return "".join(parts), place


def _later(day: str | None, years: int) -> str | None:
    """Return a partial date so many years later; what is none stays."""
    if not day or not day[:4].isdigit():
        return day
    return f"{int(day[:4]) + years:04}{day[4:].replace('-02-29', '-02-28')}"


def _counted(value: Number, words: str, world: World) -> Number:
    """Return a figure's value as many times larger as the number in its words is in this world."""
    found = _NUMBER.search(words)
    old = float(found.group().replace(",", "").replace(".", "")) if found else 0.0
    if not found or not old:
        return value
    times = float(str(world.told(found.group())).replace(",", "").replace(".", "")) / old
    if isinstance(value, tuple):
        return value[0] * times, value[1] * times
    return round(value * times) if isinstance(value, int) else value * times


def _statement(stmt: Statement, moved: Any, world: World) -> Statement:
    told = stmt.condition
    condition = told and Condition(
        moved((told.if_,))[0], moved((told.then,))[0], told.marker and moved((told.marker,))[0], told.negated, told.by
    )
    return replace(
        stmt, content=moved(stmt.content), source=moved(stmt.source), cue=moved(stmt.cue), speaker=world.told(stmt.speaker),
        role=world.told(stmt.role), addressee=world.told(stmt.addressee), channel=world.told(stmt.channel),
        said_on=_later(stmt.said_on, world.n), condition=condition,
    )  # fmt: skip


def _speaker(who: Speaker, moved: Any, world: World) -> Speaker:
    return replace(
        who, name=world.told(who.name) or who.name, role=world.told(who.role), affiliation=world.told(who.affiliation),
        institution=world.told(who.institution), spellings=tuple(world.told(one) or one for one in who.spellings),
        mentions=tuple(replace(one, span=moved((one.span,))[0]) for one in who.mentions),
    )  # fmt: skip

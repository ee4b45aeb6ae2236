"""Statements whose utterances are known: takes ../shared and tables of training/, gives `Sample`s to learn from and measure on.

The story gold, once with the gold's statements and once with our own; the sample story; pairs of statements that were judged by
reading, drawn by likelihood, each standing for as many as it was drawn from (training/utterance_pairs.tsv: PolNeAR's training
reports, news clusters); and, to measure on, events that were read whole (training/utterances_read.tsv: BASIL, and news clusters,
some of which have judged pairs), every statement of which is in one group, in none, or doubtful. The tables have ids and offsets
only. Events were read by language models: given the statements of two stories of the gold, they found 65 of 67 pairs, 71 in all.
"""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec

from evals import basil
from evals.link import with_gold
from evals.story import SHARED, scorer
from onrecord.demo import story_gold
from onrecord.demo.by_hand import documents_by_hand
from onrecord.document import Document, Origin, Span
from onrecord.form import document_form
from onrecord.link import sayings
from onrecord.link.clusters import components
from onrecord.link.comparing import Said, Story, pairs
from onrecord.link.signs import signs
from onrecord.pipeline import extract
from onrecord.read import read_one
from onrecord.record import Record

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ROOT / "training/utterance_pairs.tsv"
READ = ROOT / "training/utterances_read.tsv"
ENDS = (("article", "content"), ("other", "other_content"))  # columns of a judged pair
AT_PLACE = 0.7  # how much two contents must have in common to be the same statement
Row = dict[str, float]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sample:
    """The statements of one story as they are compared: pairs with their signs, and of some whether they are one utterance."""

    story: str
    own: bool
    said: list[Said]
    rows: dict[Pair, Row]
    known: dict[Pair, tuple[float, float]]  # whether one utterance, and how much that counts
    gold: list[str | None]
    wanted: set[frozenset[str]]


def linked(docs: list[Document]) -> tuple[list[Said], list[str]]:
    """Return the statements of documents as linking compares them, with the names of their documents."""
    with Record.open(":memory:") as record:
        for doc in docs:
            record.store.put(doc)
        record.link()
        keys = record.store.keys()
        said, _ = sayings.statements_of(record.store, [(key, record.store.load(key)) for key in keys])
        names: dict[int, str] = dict(record.store.db.run("SELECT key, name FROM documents"))
    return said, [names[int(one.document)] for one in said]


def compared(said: list[Said]) -> dict[Pair, Row]:
    """Return the pairs of statements that linking looks at, with their signs."""
    story = Story(said)
    return {pair: signs(story, *pair) for pair in pairs(story)}


def samples(own: tuple[bool, ...] = (False, True)) -> list[Sample]:
    """Return the stories of the gold."""
    score = scorer(SHARED / "gold/score.py")
    found = []
    for path in sorted((SHARED / "gold/answers").glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        gold = json.loads(path.read_text(encoding="utf-8"))
        for ours in own:
            docs: list[Document] = []
            matched: dict[str, str] = {}
            for article, rows in gold["articles"].items():
                doc = read_one(SHARED / "gold/stories" / name / f"{article}.txt")
                docs.append(extract(doc) if ours else with_gold(doc, rows))
                form = msgspec.to_builtins(document_form(docs[-1]))
                matched |= score.article(score.Tally(), article, doc.text, rows, form)[0]
            said, names = linked(docs)
            ids = [matched.get(f"{name}#{one.id}") for name, one in zip(names, said, strict=True)]
            found.append(_sample(name, ours, said, ids, score.pairs(gold["same"])))
    return found


def _sample(name: str, own: bool, said: list[Said], ids: list[str | None], wanted: set[frozenset[str]]) -> Sample:
    rows, known = compared(said), {}
    for i, j in rows:
        a, b = ids[i], ids[j]
        if a and b and a != b:
            known[i, j] = float(frozenset((a, b)) in wanted), 1.0
    return Sample(name, own, said, rows, known, ids, wanted)


def others() -> list[Sample]:
    """Return what is learned from besides the story gold: the sample story as it was annotated, and what was read."""
    gold = story_gold()
    said, names = linked(list(documents_by_hand()))
    ids: list[str | None] = [f"{name}#{one.id}" for name, one in zip(names, said, strict=True)]
    pairs = {frozenset(pair) for same in gold["same"] for pair in combinations(same, 2)}
    return [_sample("sample story", False, said, ids, pairs), *judged()]


def judged() -> list[Sample]:
    """Return the events of the news and of PolNeAR's training reports that have judged pairs.

    A pair counts by the root of how many it was drawn from.
    """
    lines = table(PAIRS)
    found = []
    for docs in judged_events(lines):
        said, names = linked(docs)
        known = {}
        for line in lines:
            i, j = (_at(said, names, line[article], line[content]) for article, content in ENDS)
            if i is not None and j is not None and i != j:
                known[min(i, j), max(i, j)] = float(line["same"]), math.sqrt(float(line["stands_for"]))
        rows = compared(said)
        known = {pair: of for pair, of in known.items() if pair in rows}
        found.append(Sample(names[0], True, said, rows, known, [], set()))
    return found


def judged_events(lines: list[dict[str, str]]) -> list[list[Document]]:
    """Return the reports of judged pairs: those of one event of the news, those of PolNeAR that a pair brings together."""
    text = (SHARED / "data/news_clusters/articles.jsonl").read_text(encoding="utf-8")
    news = {row["id"]: row for row in map(json.loads, text.splitlines())}
    wanted = sorted({line[article] for line in lines for article, _ in ENDS})
    events: dict[str, list[Document]] = {}
    for id in wanted:
        if id in news:
            events.setdefault(news[id]["event"], []).append(extract(article(news[id])))
    found = list(events.values())
    together = components([(line["article"], line["other"], 1.0) for line in lines if line["article"] not in news])
    alone = sorted(set(wanted) - set(news) - {id for some in together for id in some})
    for some in [*together, *([id] for id in alone)]:
        found.append([extract(read_one(SHARED / "data/polnear/train/text" / f"{id}.txt")) for id in some])
    return found


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def read_whole(part: str) -> list[Sample]:
    """Return the events that were read whole: those that are measured on ("held"), or the others, on which learning was tried."""
    events: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table(READ):
        if row["part"] == part:
            events[row["event"]].append(row)
    return [_read_event(event, rows) for event, rows in events.items()]


def _read_event(event: str, rows: list[dict[str, str]]) -> Sample:
    text = (SHARED / "data/news_clusters/articles.jsonl").read_text(encoding="utf-8")
    news = {row["id"]: row for row in map(json.loads, text.splitlines())}
    docs = [article(news[row["article"]]) if row["article"] in news else basil.article(row["article"]) for row in rows]
    said, names = linked([extract(doc) for doc in docs])
    marks: dict[int, set[str]] = {}
    for row in rows:
        for one in row["statements"].split():
            place, _, told = one.partition(":")
            if (at := _at(said, names, row["article"], place)) is not None:
                marks[at] = set(told.split(",")) - {""}
    group = {i: next(iter({mark for mark in told if mark[0] != "?"}), None) for i, told in marks.items()}
    compared_ = compared(said)
    doubts = _doubts(marks, group)
    known = {}
    for i, j in compared_:
        if i in marks and j in marks:
            same = group[i] is not None and group[i] == group[j]
            if same or doubts[i].isdisjoint(doubts[j]):
                known[i, j] = float(same), 1.0
    ids = [str(i) if i in marks else None for i in range(len(said))]
    wanted = {
        frozenset((str(i), str(j))) for i, j in combinations(sorted(marks), 2) if group[i] and group[i] == group[j]
    }
    return Sample(event, True, said, compared_, known, ids, wanted)


def _doubts(marks: dict[int, set[str]], group: dict[int, str | None]) -> dict[int, set[str]]:
    """Return the doubts that hang on each statement: its own, and those of its group."""
    of_group: dict[str | None, set[str]] = defaultdict(set)
    for i, told in marks.items():
        of_group[group[i]] |= {mark for mark in told if mark[0] == "?"}
    own = {i: {mark for mark in told if mark[0] == "?"} for i, told in marks.items()}
    return {i: own[i] | (of_group[group[i]] if group[i] else set()) for i in marks}


def _at(said: list[Said], names: list[str], article: str, content: str) -> int | None:
    """Return the statement that stands at a place of an article: what other weights find there may begin or end elsewhere."""
    start, end = map(int, content.split("-"))
    best, found = AT_PLACE, None
    for n, (name, one) in enumerate(zip(names, said, strict=True)):
        if name == article and one.start < end and start < one.end:
            share = (min(end, one.end) - max(start, one.start)) / (max(end, one.end) - min(start, one.start))
            if share > best:
                best, found = share, n
    return found


def article(row: dict[str, Any]) -> Document:
    """Return an article of the news clusters as it is read."""
    title = row["title"]
    return Document(
        name=row["id"],
        text=f"{title}\n\n{row['text']}",
        origin=Origin(row["id"], row["id"].ljust(64, "0")),
        title=title,
        outlet=row["outlet"],
        published=row["published"][:10],
        title_span=Span(0, len(title)),
        language="en",
    )

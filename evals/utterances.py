"""Learn and score which statements report one utterance: `python -m evals.utterances [--write]`.

Takes the story gold of ../shared, once with the gold's statements and once with our own, the sample story, and pairs of
statements of the news clusters and of PolNeAR's training reports judged by reading (training/utterance_pairs.tsv: ids and
offsets only, drawn by likelihood, each standing for as many as it was drawn from). Prints pair F1 of the shared scorer with
each story left out in turn; `--write` learns on all and writes the weights into data/utterances.toml. Needs ../shared; says so
and exits 0 where it is missing.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from evals.link import with_gold
from evals.story import SHARED, scorer
from evals.sts import pearson
from onrecord import lexicon
from onrecord.demo import story_gold
from onrecord.demo.by_hand import documents_by_hand
from onrecord.document import Document, Origin, Span
from onrecord.form import document_form
from onrecord.link import sayings, utterances
from onrecord.link.clusters import components
from onrecord.link.comparing import Said, Story, overlaps, pairs
from onrecord.link.rivals import rivals
from onrecord.link.signs import signs
from onrecord.pipeline import extract
from onrecord.read import read_one
from onrecord.record import Record

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ROOT / "training/utterance_pairs.tsv"
WEIGHTS = ROOT / "src/onrecord/data/utterances.toml"
LOOKS = ("first", "second")
PULL = 10.0  # of each weight towards nothing
ENDS = (("article", "content"), ("other", "other_content"))  # columns of a judged pair
AT_PLACE = 0.7  # how much two contents must have in common to be the same statement
BY_HAND = {
    "days": -1.0
}  # said again a week later is another utterance; of that the stories, which last two days, show nothing
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
    """Return what is learned from besides the story gold: the sample story as annotated by hand, and pairs judged by reading."""
    gold = story_gold()
    said, names = linked(list(documents_by_hand()))
    ids: list[str | None] = [f"{name}#{one.id}" for name, one in zip(names, said, strict=True)]
    pairs = {frozenset(pair) for same in gold["same"] for pair in combinations(same, 2)}
    return [_sample("sample story", False, said, ids, pairs), *judged()]


def judged() -> list[Sample]:
    """Return the events of the news and of PolNeAR's training reports that have judged pairs.

    A pair counts by the root of how many it was drawn from.
    """
    with PAIRS.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
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
            events.setdefault(news[id]["event"], []).append(extract(_article(news[id])))
    found = list(events.values())
    together = components([(line["article"], line["other"], 1.0) for line in lines if line["article"] not in news])
    alone = sorted(set(wanted) - set(news) - {id for some in together for id in some})
    for some in [*together, *([id] for id in alone)]:
        found.append([extract(read_one(SHARED / "data/polnear/train/text" / f"{id}.txt")) for id in some])
    return found


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


def _article(row: dict[str, Any]) -> Document:
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


def learn(some: list[Sample]) -> dict[str, Row]:
    """Return the weights of the first look, and those of the second on what the first leaves."""
    cases = [(row, *one.known[pair]) for one in some for pair, row in one.rows.items() if pair in one.known]
    first = fit(cases)
    again = []
    for one in some:
        rows, _ = second_rows(one, first)
        again += [(row, *one.known[pair]) for pair, row in rows.items() if pair in one.known]
    return {"first": first, "second": fit(again)}


def second_rows(one: Sample, first: Row) -> tuple[dict[Pair, Row], dict[Pair, float]]:
    """Return what the second look sees of a story, and the first likelihoods."""
    values = {pair: round(utterances.likelihood(row, first), 6) for pair, row in one.rows.items()}
    likely = {pair: value for pair, value in values.items() if value >= utterances.POSSIBLE}
    more = rivals(one.said, likely)
    return {pair: one.rows[pair] | extra for pair, extra in zip(likely, more, strict=True)}, likely


def fit(cases: list[tuple[Row, float, float]]) -> Row:
    """Return the weights of a logistic regression (Newton's method), those of the signs as they are, with "bias"."""
    names = sorted(cases[0][0])
    x = np.array([[row[name] for name in names] for row, _, _ in cases])
    y, w = np.array([truth for _, truth, _ in cases]), np.array([weight for *_, weight in cases])
    mean, spread = np.average(x, axis=0, weights=w), x.std(0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    b, pull = np.zeros(z.shape[1]), np.diag([*[PULL] * len(names), 0.0])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(z @ b, -30, 30)))
        step = np.linalg.solve((z * (w * p * (1 - p))[:, None]).T @ z + pull, z.T @ (w * (y - p)) - pull @ b)
        b += step
        if np.abs(step).max() < 1e-6:
            break
    plain = b[:-1] / spread
    return dict(zip(names, map(float, plain), strict=True)) | {"bias": float(b[-1] - plain @ mean)} | BY_HAND


def counts(one: Sample, weights: dict[str, Row]) -> tuple[int, int, int]:
    """Return of a story how many pairs are found and right, how many are found, and how many the gold has."""
    rows, _ = second_rows(one, weights["first"])
    some = [utterances.Same(i, j, utterances.likelihood(row, weights["second"]), ()) for (i, j), row in rows.items()]
    found = set()
    for group in utterances.group(len(one.said), some, overlaps(one.said)):
        ids = sorted({one.gold[i] for i in group} - {None}, key=str)
        found |= {frozenset((a, b)) for n, a in enumerate(ids) for b in ids[n + 1 :]}
    return len(found & one.wanted), len(found), len(one.wanted)


def figures(of: list[tuple[int, int, int]]) -> dict[str, float]:
    """Return precision, recall and F1 of counts.

    >>> figures([(1, 2, 4)])
    {'p': 0.5, 'r': 0.25, 'f1': 0.333}
    """
    right, found, wanted = (sum(each) for each in zip(*of, strict=True))
    p, r = right / max(1, found), right / max(1, wanted)
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r) if right else 0.0, 3)}


def left_out(some: list[Sample], news: list[Sample]) -> dict[str, dict[str, float]]:
    """Return the figures with each story left out of what is learned from, by whose statements they are."""
    got: dict[bool, list[tuple[int, int, int]]] = {False: [], True: []}
    for story in sorted({one.story for one in some}):
        weights = learn([*(one for one in some if one.story != story), *news])
        for one in some:
            if one.story == story:
                got[one.own].append(counts(one, weights))
    return {"own statements" if own else "gold statements": figures(of) for own, of in got.items() if of}


def floored() -> dict[str, float]:
    """Return what the gate holds: F1 with a story left out, F1 of the weights as they are, and how likeness follows people's."""
    some = samples()
    kept = {which: dict(utterances.weights(which)) for which in LOOKS}
    found = {f"a story left out, {name}": each["f1"] for name, each in left_out(some, others()).items()}
    for own, name in ((False, "gold statements"), (True, "own statements")):
        found[name] = figures([counts(one, kept) for one in some if one.own is own])["f1"]
    return found | {"STS 2014 headlines": pearson("2014/headlines")[0]}


def write(weights: dict[str, Row]) -> None:
    """Write the weights where linking reads them."""
    text = WEIGHTS.read_text(encoding="utf-8")
    for which in LOOKS:
        before, _, after = text.partition(f"[{which}.table]\n")
        following = after.partition("\n[")
        table = [f'"{name}" = {weights[which][name]:.4f}' for name in sorted(set(weights[which]) - {"bias"})]
        lines = [f"[{which}.table]", f"bias = {weights[which]['bias']:.4f}", *table, ""]
        text = before + "\n".join(lines) + "".join(following[1:])
    WEIGHTS.write_text(text, encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    arguments = sys.argv[1:] if argv is None else argv
    if not SHARED.is_dir():
        print("../shared does not exist here: there is no story gold")
        return 0
    if "--write" in arguments:
        write(learn([*samples(), *others()]))
        lexicon.load.cache_clear()
        utterances.weights.cache_clear()
    for name, value in floored().items():
        print(f"{name:36s} {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

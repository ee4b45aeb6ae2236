"""Learn and score which statements report one utterance: `python -m evals.utterances [--write]`.

Takes the story gold of ../shared, once with the gold's statements and once with our own, and 206 pairs of statements of the news
clusters judged by reading (training/utterance_pairs.tsv: ids and offsets only, drawn by likelihood, each standing for as many
as it was drawn from). Prints pair F1 of the shared scorer with each story left out in turn; `--write` learns on all and writes
the weights into data/utterances.toml. Needs ../shared; says so and exits 0 where it is missing.
"""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from evals.link import with_gold
from evals.story import SHARED, scorer
from evals.sts import pearson
from onrecord import lexicon
from onrecord.document import Document, Origin, Span
from onrecord.form import document_form
from onrecord.link import comparing, sayings, utterances
from onrecord.pipeline import extract
from onrecord.read import read_one
from onrecord.record import Record

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ROOT / "training/utterance_pairs.tsv"
WEIGHTS = ROOT / "src/onrecord/data/utterances.toml"
NEWS_WEIGHT = 0.3  # what a judged pair of the news counts beside one of the gold
PULL = 3.0  # of each weight towards nothing
BY_HAND = {
    "days": -1.5
}  # said again a week later is another utterance; of that the stories, which last two days, show nothing
Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class Sample:
    """The statements of one story as they are compared: pairs, features, and which gold statement each is, if any."""

    story: str
    own: bool
    size: int
    near: list[tuple[int, int]]
    rows: list[Row]
    gold: list[str | None]
    wanted: set[frozenset[str]]

    def truth(self) -> list[float | None]:
        """Return of each pair whether it is one utterance, None where the gold has not both."""
        names = [(self.gold[i], self.gold[j]) for i, j in self.near]
        return [float(frozenset((a, b)) in self.wanted) if a and b and a != b else None for a, b in names]


def compared(docs: list[Document]) -> tuple[list[comparing.Said], list[str], list[tuple[int, int]], list[Row]]:
    """Return the statements of documents as linking compares them, with the names of their documents, pairs and features."""
    with Record.open(":memory:") as record:
        for doc in docs:
            record.store.put(doc)
        record.link()
        keys = record.store.keys()
        said, _ = sayings.statements_of(record.store, [(key, record.store.load(key)) for key in keys])
        names = dict(record.store.db.run("SELECT key, name FROM documents"))
    story = comparing.Story(said)
    near = comparing.pairs(story)
    return said, [names[int(one.document)] for one in said], near, comparing.features(story, near)


def samples(own: tuple[bool, ...] = (False, True)) -> list[Sample]:
    """Return the stories of the gold."""
    score = scorer(SHARED / "gold/score.py")
    found = []
    for path in sorted((SHARED / "gold/answers").glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        gold = json.loads(path.read_text(encoding="utf-8"))
        for ours in own:
            docs, matched = [], {}
            for article, rows in gold["articles"].items():
                doc = read_one(SHARED / "gold/stories" / name / f"{article}.txt")
                docs.append(extract(doc) if ours else with_gold(doc, rows))
                form = msgspec.to_builtins(document_form(docs[-1]))
                matched |= score.article(score.Tally(), article, doc.text, rows, form)[0]
            said, names, near, features = compared(docs)
            ids = [matched.get(f"{name}#{one.id}") for name, one in zip(names, said, strict=True)]
            found.append(Sample(name, ours, len(said), near, features, ids, score.pairs(gold["same"])))
    return found


def judged() -> list[tuple[Row, float, float]]:
    """Return the judged pairs of the news: features, whether one utterance, and for how many pairs each stands."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    news = (SHARED / "data/news_clusters/articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = {row["id"]: row for row in map(json.loads, news)}
    wanted = sorted({line[column] for line in lines for column in ("article", "other")})
    events: dict[str, list[Document]] = {}
    for id in wanted:
        row = articles[id]
        events.setdefault(row["event"], []).append(extract(_article(row)))
    found = []
    for docs in events.values():
        said, names, near, features = compared(docs)
        places = {(name, f"{one.start}-{one.end}"): n for n, (name, one) in enumerate(zip(names, said, strict=True))}
        rows = dict(zip(near, features, strict=True))
        for line in lines:
            i, j = places.get((line["article"], line["content"])), places.get((line["other"], line["other_content"]))
            row = rows.get((min(i, j), max(i, j))) if i is not None and j is not None else None
            if row is not None:
                found.append((row, float(line["same"]), float(line["stands_for"])))
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


def learn(some: list[Sample], news: list[tuple[Row, float, float]]) -> Row:
    """Return the weights of a logistic regression (Newton's method), those of the features as they are, with "bias"."""
    names = sorted(some[0].rows[0])
    cases = [
        (row, truth, 1.0) for one in some for row, truth in zip(one.rows, one.truth(), strict=True) if truth is not None
    ]
    cases += [(row, truth, NEWS_WEIGHT * weight) for row, truth, weight in news]
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


def counts(one: Sample, weights: Row) -> tuple[int, int, int]:
    """Return of a story how many pairs are found and right, how many are found, and how many the gold has."""
    some = []
    for (i, j), row in zip(one.near, one.rows, strict=True):
        total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in sorted(row.items()))
        some.append(utterances.Same(i, j, float(1 / (1 + np.exp(-np.clip(total, -30, 30)))), ()))
    found = set()
    for group in utterances.group(one.size, some):
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


def left_out(some: list[Sample], news: list[tuple[Row, float, float]]) -> dict[str, dict[str, float]]:
    """Return the figures with each story left out of what is learned from, by whose statements they are."""
    got: dict[bool, list[tuple[int, int, int]]] = {False: [], True: []}
    for story in sorted({one.story for one in some}):
        weights = learn([one for one in some if one.story != story], news)
        for one in some:
            if one.story == story:
                got[one.own].append(counts(one, weights))
    return {"own statements" if own else "gold statements": figures(of) for own, of in got.items() if of}


def floored() -> dict[str, float]:
    """Return what the gate holds: F1 with a story left out, F1 of the weights as they are, and how likeness follows people's."""
    some = samples()
    kept = {name: float(value) for name, value in lexicon.table("utterances", "weights").items()}
    found = {f"a story left out, {name}": each["f1"] for name, each in left_out(some, judged()).items()}
    for own, name in ((False, "gold statements"), (True, "own statements")):
        found[name] = figures([counts(one, kept) for one in some if one.own is own])["f1"]
    return found | {"STS 2014 headlines": pearson("2014/headlines")[0]}


def write(weights: Row) -> None:
    """Write the weights where linking reads them."""
    lines = WEIGHTS.read_text(encoding="utf-8").split("[weights.table]\n")[0]
    table = [f'"{name}" = {weights[name]:.4f}' for name in sorted(set(weights) - {"bias"})]
    WEIGHTS.write_text(
        lines + "\n".join(["[weights.table]", f"bias = {weights['bias']:.4f}", *table, ""]), encoding="utf-8"
    )


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    arguments = sys.argv[1:] if argv is None else argv
    if not SHARED.is_dir():
        print("../shared does not exist here: there is no story gold")
        return 0
    if "--write" in arguments:
        write(learn(samples(), judged()))
        lexicon.load.cache_clear()
    for name, value in floored().items():
        print(f"{name:36s} {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What extraction finds, measured: takes texts and their gold from ../shared, gives the scorers' figures. It decides nothing.

Three measures. PolNeAR dev with its own scorer, our outermost statements against its attributions. The story gold with its
scorer. FactAppeal val by a mapping of ours (`factappeal`). Any of them can be run with other weights than the package's:
a folder made by training/export.py, so that float and int8 can be compared.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from onrecord.document import Document, Origin, Statement
from onrecord.encode import encode, encode_text
from onrecord.encode.network import load as load_network
from onrecord.extract import settings as settings_room
from onrecord.extract.page import page_of
from onrecord.extract.settle import decode
from onrecord.extract.statements import statements, statements_of
from onrecord.segment import segment

SHARED = Path(__file__).resolve().parents[2] / "shared"
POLNEAR = SHARED / "data" / "polnear"
STORIES = SHARED / "gold"
FACTAPPEAL = SHARED / "data" / "factappeal" / "val.csv"
Extract = Callable[[str], tuple[Statement, ...]]
WORD = re.compile(r"\w+")
TAG = re.compile(r"<(/?)([A-Za-z_]+)((?::[A-Za-z_]+)*)>")


def module(path: Path) -> ModuleType:
    """Import a shared scorer from its file, unchanged."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def extractor(weights: Path | None = None) -> Extract:
    """Return the function text -> statements, of the package's weights or of those in a folder."""
    if weights is None:
        return lambda text: statements(encode(segment(_document(text)))).statements or ()
    net, to = load_network(weights), settings_room.load(weights / "settings.json")

    def extract(text: str) -> tuple[Statement, ...]:
        doc = segment(_document(text))
        starts = [s.start for s in doc.sentences or ()]
        doc = replace(doc, encoding=encode_text(text, doc.paragraphs or (), starts, doc.quotations or (), net))
        page = page_of(doc)
        return statements_of(page, decode(page, doc.encoding.heads["cues"] if doc.encoding else (), to), net.version)

    return extract


def _document(text: str) -> Document:
    return Document("text", text, Origin("text", "0" * 64))


def text_of(path: Path) -> str:
    """Return a file's text to the character."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def digest(paths: Iterable[Path]) -> str:
    """Return one SHA-256 for some files, so that a floor says which data it was set on."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def polnear_articles() -> list[str]:
    """Return the names of PolNeAR's dev articles, in order."""
    return sorted(path.stem for path in (POLNEAR / "dev" / "text").glob("*.txt"))


def polnear(extract: Extract, articles: Sequence[str]) -> dict[str, float]:
    """Return F1 of PolNeAR's metrics over some dev articles; only statements inside no other count."""
    score = module(POLNEAR / "score.py")
    gold = {k: v for k, v in score.load(POLNEAR / "dev.gold.jsonl").items() if k in set(articles)}
    found = {}
    for name in articles:
        outer = [s for s in extract(text_of(POLNEAR / "dev" / "text" / f"{name}.txt")) if s.parent is None]
        found[name] = [{"source": s.source, "cue": s.cue, "content": s.content} for s in outer]
    figures = score.score(gold, found, POLNEAR / "dev" / "text")
    names = (
        "attr",
        "attr_direct",
        "attr_mixed",
        "attr_indirect",
        "content_only",
        "tok_source",
        "tok_cue",
        "tok_content",
    )
    return {name: round(figures[name]["f"], 4) for name in names} | {"precision": round(figures["attr"]["p"], 4)}


def story_names() -> list[str]:
    """Return the names of the stories."""
    return sorted(path.name.removesuffix(".gold.json") for path in (STORIES / "answers").glob("*.gold.json"))


def stories(extract: Extract, names: Sequence[str]) -> dict[str, float]:
    """Return what the story scorer says of statements: F1 of content and of content with source, recall by kind."""
    score = module(STORIES / "score.py")
    tally = score.Tally()
    for name in names:
        gold = json.loads((STORIES / "answers" / f"{name}.gold.json").read_text(encoding="utf-8"))
        folder = STORIES / "stories" / name
        answer = {
            article: {"statements": [row(s) for s in extract(text_of(folder / f"{article}.txt"))]}
            for article in gold["articles"]
        }
        score.story(tally, gold, {"articles": answer}, str(folder))
    figures = score.report(tally)
    keys = (
        "content",
        "attr",
        "content/exact",
        "attr/direct",
        "attr/mixed",
        "attr/indirect",
        "attr/nested",
        "kind",
        "parent",
    )
    return {key: figures[key].get("f1", figures[key].get("acc")) for key in keys if key in figures}


def row(s: Statement) -> dict[str, Any]:
    """Return a statement in the scorer's form."""
    return {"id": s.id, "content": s.content, "source": s.source, "cue": s.cue, "kind": s.kind, "parent": s.parent}


def factappeal(extract: Extract) -> dict[str, float]:
    """Return how our statements agree with FactAppeal's direct and indirect appeals.

    The mapping: every sentence of the file is a text of its own. An appeal is found where the content of one of our
    statements has at least half of its words in common with the appeal's (Jaccard). Its source is right where ours shares
    a word with one of the sources tagged in the sentence, or neither has one. What is not a fact (opinions, plans) is not
    tagged there, so that precision would say nothing and is not given.
    """
    counts: Counter[str] = Counter()
    with FACTAPPEAL.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text, appeals, sources = untagged(row["annotation"])
            found = extract(text) if appeals else ()
            for kind, span in appeals:
                best = max(found, key=lambda s: _jaccard(text, [span], s.content), default=None)
                counts[kind] += 1
                if best is not None and _jaccard(text, [span], best.content) >= 0.5:
                    counts[f"{kind} found"] += 1
                    counts[f"{kind} source"] += _shares(best.source, sources)
    out = {}
    for kind in ("Direct_Quote", "Indirect_Quote"):
        out[f"{kind} recall"] = round(counts[f"{kind} found"] / max(1, counts[kind]), 4)
        out[f"{kind} source right"] = round(counts[f"{kind} source"] / max(1, counts[f"{kind} found"]), 4)
    return out


def untagged(tagged: str) -> tuple[str, list[tuple[str, tuple[int, int]]], list[tuple[int, int]]]:
    """Return a sentence without its tags, its appeals as (kind, span) and the spans of its sources.

    >>> tagged = "<Source:Named:null>Lee</Source:Named:null> said <Fact_Appeal:Direct_Quote>so</Fact_Appeal:Direct_Quote>."
    >>> untagged(tagged)
    ('Lee said so.', [('Direct_Quote', (9, 11))], [(0, 3)])
    """
    text, at, open_at = "", 0, {}
    appeals, sources = [], []
    for match in TAG.finditer(tagged):
        text += tagged[at : match.start()]
        at = match.end()
        name, more = match.group(2), match.group(3)
        if not match.group(1):
            open_at[name + more] = len(text)
        elif name + more in open_at:
            span = (open_at.pop(name + more), len(text))
            if name == "Fact_Appeal":
                appeals.append((more.strip(":"), span))
            elif name == "Source":
                sources.append(span)
    return text + tagged[at:], appeals, sources


def _words(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    return {m.start() for s, e in spans for m in WORD.finditer(text, s, e)}


def _jaccard(text: str, some: Iterable[Sequence[int]], others: Iterable[Sequence[int]]) -> float:
    a, b = _words(text, some), _words(text, others)
    return len(a & b) / len(a | b) if a | b else 0.0


def _shares(ours: Sequence[Sequence[int]], theirs: Sequence[Sequence[int]]) -> bool:
    if not ours or not theirs:
        return not ours and not theirs
    return any(s < b and e > a for s, e in ours for a, b in theirs)

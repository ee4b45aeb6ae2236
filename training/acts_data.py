"""What the acts are learned from: takes `../shared/data`, gives rows of source, cue, content, kind and act.

Three kinds of rows: statements labelled by hand (`acts_labels.tsv` holds a key and an act, never a word of the text),
PolNeAR statements whose cue gives the act away, and sentences of other corpora cut by a crude pattern, found again by key.
"""

from __future__ import annotations

import html
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from onrecord.resolve.cues import read_cue
from onrecord.verbs import inflections, spell

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
LABELS = Path(__file__).with_name("acts_labels.tsv")
CODES = {
    "a": "assert", "s": "assess", "d": "demand", "o": "offer", "c": "commit", "r": "refuse", "g": "agree",
    "n": "deny", "x": "accuse", "t": "threaten", "p": "support", "k": "condemn", "q": "question",
}  # fmt: skip
CUES = (
    "say tell add declare announce insist claim warn suggest argue believe expect hope call predict contend maintain explain "
    "want urge respond reply confirm note assert stress vow promise accuse acknowledge"
)
FORMS = "|".join(sorted({form for cue in CUES.split() for form in inflections(cue)}, key=len, reverse=True))
VERB = rf"(?P<cue>(?:has |have |had |also |later |repeatedly |are |is )*(?:{FORMS}))"
SENTENCE = re.compile(r"(?<=[.!?][\"”'’])\s+(?=[\"“A-Z])|(?<=[.!?])\s+(?=[\"“A-Z])|\n\s*\n")
BEFORE = re.compile(
    rf"^(?P<src>[^,\"“]{{2,90}}?)\s+{VERB}(?P<mid>(?: (?:reporters?|[A-Z]\w+|in a statement|(?:on )?\w+day))*)?(?:,|:)? "
    r"(?P<content>(?:that |[\"“]|it |he |she |they |the |a |to |there |we )[^\n]{20,}.*)$",
    re.S,
)
AFTER = re.compile(
    rf"^(?P<content>.{{20,}}?[,?!][\"”']*) (?:(?P<src>[^,\"“]{{2,80}}?) {VERB}|{VERB.replace('cue', 'cue2')} "
    r"(?P<src2>[^\"“]{2,80}?))(?P<rest>(?: (?:on|in|at|to|reporters|\w+day).*)?)\.?$",
    re.S,
)


class Row(NamedTuple):
    """A statement to learn from; `key` finds its label again."""

    key: str
    source: str
    cue: str
    content: str
    kind: str


def key(corpus: str, document: str, content: str) -> str:
    """Return what a label is kept under: the corpus, the document and a checksum of the words."""
    return f"{corpus}:{document}:{zlib.crc32(' '.join(content.split()).encode()):08x}"


def kind_of(content: str) -> str:
    """Return direct, mixed or indirect by the quotation marks."""
    if re.match(r"\s*(?:that )?[\"“‘']", content) and content.rstrip().rstrip(",.").endswith(('"', "”", "'")):
        return "direct"
    return "mixed" if re.search(r"[\"“]", content) else "indirect"


def polnear(split: str = "train") -> Iterator[Row]:
    """Yield the statements of PolNeAR."""
    for line in (SHARED / f"polnear/{split}.gold.jsonl").open(encoding="utf-8"):
        doc = json.loads(line)
        text = (SHARED / f"polnear/{split}/text/{doc['id']}.txt").open(encoding="utf-8", newline="").read()
        for row in doc["attributions"]:
            parts = {role: " ".join(text[a:b] for a, b in row[role]) for role in ("source", "cue", "content")}
            if parts["content"]:
                yield Row(key("polnear", doc["id"], parts["content"]), *parts.values(), kind_of(parts["content"]))


def _texts() -> Iterator[tuple[str, str, str]]:
    for line in (SHARED / "news_clusters/articles.jsonl").open(encoding="utf-8"):
        article = json.loads(line)
        yield "news_clusters", article["id"], article["text"]
    for path in sorted((SHARED / "tempeval3/TBAQ-cleaned").glob("*/*.tml")):
        found = re.search(r"<TEXT>(.*?)</TEXT>", path.read_text(errors="replace"), re.S)
        if found:
            yield "tempeval3", path.stem, html.unescape(re.sub(r"<[^>]+>", "", found[1]))
    for path in sorted((SHARED / "basil/articles").glob("*/*.json")):
        paragraphs = json.loads(path.read_text())["body-paragraphs"]
        yield "basil", path.stem, "\n\n".join(sentence for paragraph in paragraphs for sentence in paragraph)


def crude() -> Iterator[Row]:
    """Yield statements cut out of other corpora's sentences by pattern: "X said Y" and "Y, X said"."""
    for corpus, name, text in _texts():
        for sentence in SENTENCE.split(text):
            sentence = " ".join(sentence.split())
            found = len(sentence) <= 450 and (AFTER.match(sentence) or BEFORE.match(sentence))
            if found:
                parts = found.groupdict()
                content = parts["content"]
                source, cue = parts["src"] or parts.get("src2") or "", parts["cue"] or parts.get("cue2") or ""
                yield Row(key(corpus, name, content), source, cue, content, kind_of(content))


def labels() -> dict[str, str]:
    """Return the acts given by hand, by key."""
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    return {where: CODES[code] for where, code in (line.split("\t") for line in lines if line and line[0] != "#")}


def by_hand() -> Iterator[tuple[Row, str]]:
    """Yield the rows that were labelled by hand, each once, with their act."""
    known, seen = labels(), set()
    for rows in (polnear(), crude()):
        for row in rows:
            if row.key in known and row.key not in seen:
                seen.add(row.key)
                yield row, known[row.key]


def by_cue() -> Iterator[tuple[Row, str]]:
    """Yield the rows whose cue gives the act away."""
    for row in polnear():
        words = spell(row.content)
        act = read_cue(spell(row.cue), words).act
        if act != "open" and len(words) >= 4:
            yield row, act

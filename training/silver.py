"""News without labels, for the teacher to mark: texts of `../shared/data` whose statements nobody marked.

Gives name and text; nothing that statements are measured on is among them (no dev article, no story, of FactAppeal the
training part alone).
"""

import csv
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def texts(shared: Path) -> Iterator[tuple[str, str]]:
    """The articles of the news clusters, of BASIL and of TempEval-3, then single sentences; always in the same order."""
    for line in (shared / "news_clusters" / "articles.jsonl").open(encoding="utf-8"):
        article = json.loads(line)
        yield f"clusters/{article['id']}", article["text"]
    for path in sorted((shared / "basil" / "articles").rglob("*.json")):
        body = json.loads(path.read_text(encoding="utf-8"))["body-paragraphs"]
        yield f"basil/{path.stem}", "\n\n".join(" ".join(part) for part in body)
    for path in sorted((shared / "tempeval3").rglob("*.tml")):
        found = TEXT.search(path.read_text(encoding="utf-8"))
        if found:
            yield f"tempeval3/{path.stem}", unescape(TAG.sub("", found[1])).strip()
    yield from sentences(shared)


def sentences(shared: Path) -> Iterator[tuple[str, str]]:
    """Single sentences of news: FactAppeal's training part, BABE, and of each Microsoft pair the first."""
    for name, path, column, mark in (
        ("factappeal", "factappeal/train.csv", "sentence", ","),
        ("babe", "babe/final_labels_SG1.csv", "text", ";"),
        ("msr", "sts/msr/msr-para-train.tsv", "#1 String", "\t"),
    ):
        with (shared / path).open(encoding="utf-8-sig", newline="") as file:
            quoting = csv.QUOTE_NONE if mark == "\t" else csv.QUOTE_MINIMAL
            for n, row in enumerate(csv.DictReader(file, delimiter=mark, quoting=quoting)):
                yield f"{name}/{n}", row[column].strip()

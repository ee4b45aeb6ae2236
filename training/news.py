"""News whose statements were read and marked for this project after the guidelines of the story gold: places only, no words.

Takes `news_statements.tsv` (an article of `../shared/data` a line, named as in `silver`, with the places of each statement's
content, source and cue, parted by "/", a "*" before one that stands in another; those of the news clusters and of BASIL are
counted in headline, two line ends and text) and gives labelled documents as `train` has them. What stands inside a statement is marked too,
which PolNeAR leaves open. Articles of the part "held" are for measuring (`evals/news.py`): all reports of five events.
"""

import csv
import json
from pathlib import Path

import data

MARKED = Path(__file__).with_name("news_statements.tsv")
TRUST = (
    0.7  # share of these marks where teachers have a say: they say what the guidelines count, which no teacher learned
)
ROLES = ("content", "source", "cue")


def marked(part: str) -> dict[str, list[dict]]:
    """The statements of the articles of a part, "train" or "held", by the articles' names."""
    with MARKED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["part"] == part]
    return {row["article"]: [statement(text) for text in row["statements"].split()] for row in rows}


def statement(text: str) -> dict:
    """One statement as it is written.

    >>> statement("*10-20,30-40//5-9")
    {'content': [(10, 20), (30, 40)], 'source': [], 'cue': [(5, 9)], 'inside': True}
    """
    parts = text.removeprefix("*").split("/")
    places = [[tuple(map(int, place.split("-"))) for place in part.split(",") if place] for part in parts]
    return dict(zip(ROLES, places, strict=True)) | {"inside": text.startswith("*")}


def between(some: list[dict], start: int, stop: int) -> list[dict]:
    """The statements whose cue lies between two places of an article, their places counted from the first."""
    found = []
    for one in some:
        if one["cue"] and start <= one["cue"][0][0] < stop:
            moved = {role: [(a - start, b - start) for a, b in one[role] if start <= a and b <= stop] for role in ROLES}
            found.append({**moved, "top": not one["inside"], "open": True})
    return found


def documents(tok, texts: dict[str, str], titles: dict[str, str]) -> list[dict]:
    """Labelled documents, headline and text apart, the text under the name that `silver` gives it.

    texts: what `silver` has, by name. titles: headlines by the same names, of those articles that have one.
    """
    out = []
    for name, some in marked("train").items():
        title = titles.get(name)
        parts = [(name, texts[name], len(title) + 2 if title else 0)]
        if title:
            parts.append((f"headline/{name}", title, 0))
        for called, part, start in parts:
            found = between(some, start, start + len(part))
            paras = data.build(tok, part, found)
            for p in paras:
                p.trust = TRUST
            out.append({"id": called, "text": part, "versions": [found], "paras": [paras]})
    return out


def titles(shared: Path) -> dict[str, str]:
    """The headlines of the news clusters and of BASIL, by the names of their articles."""
    lines = (shared / "news_clusters" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    basil = sorted((shared / "basil" / "articles").rglob("*.json"))
    return {f"clusters/{row['id']}": row["title"] for row in map(json.loads, lines)} | {
        f"basil/{path.stem}": json.loads(path.read_text(encoding="utf-8"))["title"] for path in basil
    }

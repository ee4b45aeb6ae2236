"""Scores the dates against TimeBank and AQUAINT (TimeML): DATE expressions found, and valued as in the gold.

usage: python -m evals.times [--show N]      (needs ../shared; says so where it is absent)

A gold TIMEX3 of type DATE counts as found when a mention overlaps it, as valued when its value is the same; quarters, weeks,
weekends and seasons are compared in TimeML's spelling, "now" and the like by TimeML's PRESENT_REF, PAST_REF and FUTURE_REF.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from onrecord.document import Document, Origin, TimeMention
from onrecord.extract.times import times
from onrecord.segment import segment

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "tempeval3" / "TBAQ-cleaned"
TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
REFERENCES = {"now": "PRESENT_REF", "past": "PAST_REF", "future": "FUTURE_REF"}
SEASON = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}


def timeml(mention: TimeMention) -> str:
    """Spell a value the TimeML way."""
    kind = mention.by.split(".")[1]
    if mention.value is None:
        return REFERENCES.get(kind, "")
    value = mention.value.removesuffix("/..")
    if "/" in value:
        start = date.fromisoformat(value.split("/")[0])
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}" + ("-WE" if start.weekday() == 5 else "")
    if len(value) == 7 and value[5:] > "32":
        return f"{value[:4]}-Q{int(value[5:]) - 32}"
    if len(value) == 7 and value[5:] in SEASON:
        return f"{value[:4]}-{SEASON[value[5:]]}"
    return value.rstrip("X")


def same(gold: str, found: str) -> bool:
    """Compare values, time of day and spelling of weeks aside."""
    gold = re.sub(r"-W(\d)(?!\d)", r"-W0\1", re.sub(r"T[\dNMEA].*$", "", gold))
    return gold.removesuffix("-XX").rstrip("X") == found


def read(path: Path) -> tuple[str, str, list[tuple[int, int, str, str]]]:
    """Return text, document date, and the gold (start, end, type, value)."""
    xml = path.read_text(encoding="utf-8")
    stamp = re.search(r'<DCT>.*?value="([^"]*)"', xml, re.DOTALL)
    body = xml[xml.index("<TEXT>") + 6 : xml.index("</TEXT>")]
    text, at, stack, gold = "", 0, [], []
    for tag in TAG.finditer(body):
        text += html.unescape(body[at : tag.start()])
        at = tag.end()
        if tag[2] == "TIMEX3" and not tag[1]:
            stack.append((len(text), tag[3]))
        elif tag[2] == "TIMEX3":
            start, fields = stack.pop()
            kind = re.search(r'type="(\w+)"', fields)
            value = re.search(r'value="([^"]*)"', fields)
            gold.append((start, len(text), kind[1] if kind else "", value[1] if value else ""))
    return text + html.unescape(body[at:]), stamp[1] if stamp else "", gold


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", type=int, default=0, help="print that many misses of each kind")
    args = parser.parse_args()
    if not DATA.is_dir():
        print("../shared/data/tempeval3 is not here: nothing to score")
        return 0
    tally: Counter[str] = Counter()
    rows: dict[str, list[str]] = {"missed": [], "wrong": [], "extra": []}
    for path in sorted(DATA.glob("*/*.tml")):
        text, stamp, gold = read(path)
        doc = Document(path.stem, text, Origin(path.name, "0" * 64), published=stamp[:10])
        found = list(times(segment(doc)).times or ())
        taken: set[int] = set()
        for start, end, kind, value in gold:
            hit = next(
                (i for i, m in enumerate(found) if i not in taken and m.span.start < end and m.span.end > start), None
            )
            context = text[max(0, start - 40) : end + 20].replace("\n", " ")
            if kind != "DATE":
                taken |= {hit} if hit is not None else set()
                continue
            tally["gold"] += 1
            if hit is None:
                rows["missed"].append(f"{text[start:end]!r} = {value} in {context!r}")
                continue
            taken.add(hit)
            tally["found"] += 1
            if same(value, timeml(found[hit])):
                tally["valued"] += 1
            else:
                rows["wrong"].append(
                    f"{stamp[:10]} {text[start:end]!r} = {value}, not {timeml(found[hit])} in {context!r}"
                )
        extra = [m for i, m in enumerate(found) if i not in taken]
        tally["predicted"] += len(extra)
        rows["extra"] += [
            f"{m.span.of(text)!r} {m.value} in {text[max(0, m.span.start - 40) : m.span.end + 20]!r}" for m in extra
        ]
    tally["predicted"] += tally["found"]
    for name in ("found", "valued"):
        precision, recall = tally[name] / tally["predicted"], tally[name] / tally["gold"]
        print(
            f"DATE {name:7s} p {precision:.3f}  r {recall:.3f}  f1 {2 * precision * recall / (precision + recall):.3f}"
        )
    for kind, lines in rows.items():
        step = max(1, len(lines) // args.show) if args.show else 1
        for line in lines[::step][: args.show]:
            print(f"  {kind}: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Scores the figures on the story gold, on Recognizers' sentences and on MeasEval's modifiers.

usage: python -m evals.figures [--show N]      (needs ../shared; says so where it is absent)

Story gold: as the shared scorer does (overlap of number tokens, value, unit, qualifier; the asserter is scored by `evals.story`).
Recognizers (currency, dimension): value F1, and value with unit, as CQE's evaluation counts them; a unit is right when it
means the same (ISO codes against currency names) or shares its head word. MeasEval: the modifier of found quantities.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord import lexicon
from onrecord.document import Document, Figure, Origin
from onrecord.extract.figures import figures
from onrecord.extract.times import times
from onrecord.segment import segment

SHARED = Path(__file__).resolve().parents[2] / "shared"
WORD = re.compile(r"\w+")


def read(text: str, published: str | None = None) -> tuple[Figure, ...]:
    doc = Document("eval", text, Origin("eval.txt", "0" * 64), published=published)
    return figures(times(segment(doc))).figures or ()


def numbers(text: str, start: int, end: int) -> set[int]:
    return {m.start() for m in WORD.finditer(text, start, end)}


def unit_ok(gold: str | None, found: str | None) -> bool:
    a, b = (set(WORD.findall((x or "").casefold())) - {"a", "an", "the"} for x in (gold, found))
    union = a | b
    return (len(a & b) / len(union) if union else 0) >= 0.5 or (bool(a) and bool(b) and (a <= b or b <= a))


def score_story(show: int) -> None:
    tally: Counter[str] = Counter()
    rows: dict[str, list[str]] = {"missed": [], "value": [], "unit": [], "qualifier": [], "extra": []}
    for path in sorted((SHARED / "gold" / "answers").glob("*.gold.json")):
        story = json.loads(path.read_text(encoding="utf-8"))
        for name, answers in story["articles"].items():
            base = SHARED / "gold" / "stories" / story["story"] / name
            with base.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
                text = file.read()
            published = json.loads(base.with_suffix(".json").read_text(encoding="utf-8")).get("published")
            score_article(text, answers["figures"], read(text, published), tally, rows)
    report(tally, rows, show)


def score_article(
    text: str, gold: list[dict[str, Any]], found: tuple[Figure, ...], tally: Counter[str], rows: dict[str, list[str]]
) -> None:
    spans = [numbers(text, *g["span"]) for g in gold]
    mine = [numbers(text, *f.span) for f in found]
    values = [list(f.value) if isinstance(f.value, tuple) else f.value for f in found]
    cands = sorted(
        (-(len(a & b) / len(a | b) + 0.5 * (gold[i]["value"] == values[j])), i, j)
        for i, a in enumerate(spans)
        for j, b in enumerate(mine)
        if a & b
    )
    pairs: dict[int, int] = {}
    for _, i, j in cands:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    tally["gold"] += len(gold)
    tally["found"] += len(found)
    tally["span"] += len(pairs)
    for i, g in enumerate(gold):
        start, end = g["span"]
        context = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", "/")
        if i not in pairs:
            rows["missed"].append(f"{g['value']} {g['unit']} | {context}")
            continue
        f = found[pairs[i]]
        for key, ok, got in (
            ("value", g["value"] == values[pairs[i]], f.value),
            ("unit", unit_ok(g["unit"], f.unit), f.unit),
            ("qualifier", g["qualifier"] == f.qualifier, f.qualifier),
        ):
            tally[key] += ok
            if not ok:
                rows[key].append(f"{g[key]} not {got} | {context}")
    for j, f in enumerate(found):
        if j not in pairs.values():
            context = f"{text[max(0, f.span.start - 40) : f.span.start]}[{f.span.of(text)}]{text[f.span.end : f.span.end + 40]}"
            rows["extra"].append(f"{f.value} {f.unit} {f.by} | {context}".replace("\n", "/"))


def f1(right: int, found: int, gold: int) -> str:
    p, r = right / max(1, found), right / max(1, gold)
    return f"p {p:.3f} r {r:.3f} f1 {2 * p * r / max(1e-9, p + r):.3f}"


def report(tally: Counter[str], rows: dict[str, list[str]], show: int) -> None:
    print("story span     ", f1(tally["span"], tally["found"], tally["gold"]))
    print("story value    ", f1(tally["value"], tally["found"], tally["gold"]))
    print(f"story unit      {tally['unit'] / tally['span']:.3f}   qualifier {tally['qualifier'] / tally['span']:.3f}")
    for key, lines in rows.items():
        for line in lines[:show]:
            print(f"  {key}: {line}")


def score_recognizers(show: int) -> None:
    names: dict[str, set[str]] = {str(v): set() for v in lexicon.table("units", "currency_names").values()}
    for word, code in lexicon.table("units", "currency_names").items():
        names[code].add(word)
    for name in ("currency", "dimension"):
        rows = json.loads(
            (SHARED / "data" / "figures" / "recognizers" / f"{name}-model.json").read_text(encoding="utf-8")
        )
        tally: Counter[str] = Counter()
        missed, extra, wrong = [], [], []
        for row in rows:
            gold = [
                (float(part), q["normalized_unit"])
                for q in row["quantities"]
                for part in re.findall(r"(?<![\d.])-?\d[\d.]*", str(q["value"] or ""))
            ]
            mine = [
                (v, f.unit) for f in read(row["text"]) for v in (f.value if isinstance(f.value, tuple) else (f.value,))
            ]
            tally["gold"] += len(gold)
            tally["found"] += len(mine)
            left = list(mine)
            for value, unit in gold:
                same = [m for m in left if abs(m[0] - value) <= 1e-6 * max(1, abs(value))]
                if not same:
                    missed.append(f"{value} {unit} | {row['text'][:140]}")
                    continue
                best = next((m for m in same if means(unit, m[1], names)), same[0])
                left.remove(best)
                tally["value"] += 1
                tally["unit"] += means(unit, best[1], names)
                if not means(unit, best[1], names):
                    wrong.append(f"{unit} not {best[1]} | {row['text'][:140]}")
            extra += [f"{m} | {row['text'][:140]}" for m in left]
        print(f"{name:9s} value ", f1(tally["value"], tally["found"], tally["gold"]))
        print(f"{name:9s} +unit ", f1(tally["unit"], tally["found"], tally["gold"]))
        for key, lines in (("missed", missed), ("unit", wrong), ("extra", extra)):
            for line in lines[:show]:
                print(f"  {name} {key}: {line}")


def means(gold: str | None, found: str | None, names: dict[str, set[str]]) -> bool:
    if gold in {None, "-", "count"}:
        return True
    spelled = {"percentage": "percent", "people": "person", "celsius": "degree Celsius"}.get(gold or "", gold or "")
    american = (found or "").replace("meter", "metre").replace("liter", "litre").replace("km", "kilometre")
    options = names.get(found or "", set()) | {american, found or ""}
    return any(unit_ok(spelled.split(" per ")[0].removesuffix("-mass"), option) for option in options)


def score_measeval(show: int) -> None:
    """Modifiers of MeasEval's quantities: about, range, and one-sided bounds against all else."""
    base = SHARED / "data" / "figures" / "measeval" / "data" / "eval"
    tally: Counter[str] = Counter()
    for path in sorted((base / "tsv").glob("*.tsv")):
        with (base / "text" / f"{path.stem}.txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        found = read(text)
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            if cells[2] != "Quantity":
                continue
            start, end = int(cells[3]), int(cells[4])
            mods = json.loads(cells[7]).get("mods", []) if len(cells) > 7 and cells[7] else []
            hit = next((f for f in found if f.span.start < end and f.span.end > start), None)
            tally["gold"] += 1
            if hit is None:
                continue
            tally["found"] += 1
            gold = "about" if "IsApproximate" in mods else "range" if "IsRange" in mods else "exact"
            mine = hit.qualifier if hit.qualifier in {"about", "exact"} else "range"
            tally["same"] += gold == mine
    print(
        f"measeval found {tally['found']}/{tally['gold']}, modifier right {tally['same'] / max(1, tally['found']):.3f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", type=int, default=0, help="print that many misses of each kind")
    args = parser.parse_args()
    if not SHARED.is_dir():
        print("../shared is not here: nothing to score")
        return 0
    score_story(args.show)
    score_recognizers(args.show)
    score_measeval(args.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())

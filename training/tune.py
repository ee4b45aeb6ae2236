"""Decode kept raw outputs and score them: tune.py OUT.pkl [--part dev] [--settings FILE] [--set NAME=VALUE ...]."""

import argparse
import importlib.util
import json
import pickle
from dataclasses import replace
from pathlib import Path

from predict import SHARED

from onrecord.extract import settle
from onrecord.extract.page import page_of
from onrecord.extract.settings import Settings, load
from onrecord.extract.statements import kind_of


def module(path: Path, name: str):
    spec = importlib.util.spec_from_file_location(name, path)
    m = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(m)
    return m


polnear = module(SHARED / "data" / "polnear" / "score.py", "polnear_score")


def prepared(path):
    out = {}
    for k, (doc, encoding) in pickle.load(open(path, "rb")).items():
        doc = replace(doc, encoding=encoding)
        out[k] = page_of(doc), encoding.heads["cues"]
    return out


def decode_all(pages, to):
    return {k: settle.decode(p, c, to) for k, (p, c) in pages.items()}


def as_polnear(drafts):
    return {
        k: [{"source": d.source, "cue": d.cue, "content": d.content} for d in ds if d.parent is None]
        for k, ds in drafts.items()
    }


def gold_of(part, ids):
    return {k: v for k, v in polnear.load(SHARED / "data" / "polnear" / f"{part}.gold.jsonl").items() if k in ids}


LINE = (
    "attr",
    "attr_direct",
    "attr_mixed",
    "attr_indirect",
    "content_only",
    "content_direct",
    "content_indirect",
    "tok_source",
    "tok_cue",
    "tok_content",
)


def line(R):
    return (
        " ".join(f"{n.replace('attr_', 'a_').replace('content_', 'c_')} {R[n]['f']:.3f}" for n in LINE)
        + f" P {R['attr']['p']:.3f} R {R['attr']['r']:.3f} src {R['src_acc']:.3f}"
    )


def score_part(drafts, part):
    d = SHARED / "data" / "polnear" / ("dev" if part == "dev" else "train") / "text"
    return polnear.score(gold_of("dev" if part == "dev" else "train", set(drafts)), as_polnear(drafts), d)


def story(drafts, texts):
    mod = module(SHARED / "gold" / "score.py", "gold_score")
    t = mod.Tally()
    for f in sorted((SHARED / "gold" / "answers").glob("*.gold.json")):
        g = json.load(f.open())
        pred = {"articles": {}}
        for a in g["articles"]:
            ds = drafts.get(a, [])
            pred["articles"][a] = {
                "statements": [
                    {
                        "id": f"s{i}",
                        "content": d.content,
                        "source": d.source,
                        "cue": d.cue,
                        "kind": kind_of(d, texts[a]),
                        "parent": None if d.parent is None else f"s{d.parent}",
                    }
                    for i, d in enumerate(ds)
                ]
            }
        mod.story(t, g, pred, SHARED / "gold" / "stories" / f.name[: -len(".gold.json")])
    return t, mod.report(t)


def settings_of(path, sets):
    """Settings from a file, changed by NAME=VALUE."""
    to = load(Path(path)) if path else Settings()
    return replace(to, **{k: float(v) for k, v in (x.split("=") for x in sets)})


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("pkl")
    ap.add_argument("--set", nargs="*", default=[])
    ap.add_argument("--part", default="dev")
    ap.add_argument("--settings")
    a = ap.parse_args()
    knobs = settings_of(a.settings, a.set)
    pages = prepared(a.pkl)
    drafts = decode_all(pages, knobs)
    if a.part == "gold":
        _, r = story(drafts, {k: p for k, (p, _) in pages.items()})
        for k in (
            "content",
            "content/exact",
            "attr",
            "attr/direct",
            "attr/mixed",
            "attr/indirect",
            "attr/nested",
            "kind",
            "parent",
        ):
            print(k, r.get(k))
    else:
        print(line(score_part(drafts, a.part)))


if __name__ == "__main__":
    main()

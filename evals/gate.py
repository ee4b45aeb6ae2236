"""The gate: `python -m evals.gate [--fast] [--weights FOLDER] [--set-floors]` prints the figures and fails below a floor.

Without `--fast`: PolNeAR dev, the story gold and FactAppeal val, whole, and the held-out part of the news that was marked; with
the weights that are kept, so without `--weights`, also the speakers of that news, every field of the stories on the whole way,
utterances, linking and copies. With `--fast`: every sixth article of PolNeAR dev and one story, in well under a minute. Floors
stand in floors.json beside the digest of the data they were set on; other data is measured and not judged. They are raised
freely and lowered only on purpose. Needs ../shared; where that does not exist it says so and passes.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from evals import copies, extraction, link, news, story, utterance_samples, utterances

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.003  # what a floor lies below the figure it was set by: another processor rounds otherwise
Figures = dict[str, dict[str, float]]


def measure(fast: bool, weights: Path | None) -> tuple[Figures, dict[str, str]]:
    """Return the figures by measure, and the digest of the data of each."""
    extract = extraction.extractor(weights)
    articles = extraction.polnear_articles()[:: 6 if fast else 1]
    names = extraction.story_names()[-2:-1] if fast else extraction.story_names()
    end = " fast" if fast else ""
    figures = {
        f"polnear dev{end}": extraction.polnear(extract, articles),
        f"stories{end}": extraction.stories(extract, names),
    }
    digests = {
        f"polnear dev{end}": extraction.digest(
            [extraction.POLNEAR / "dev.gold.jsonl", extraction.POLNEAR / "score.py"]
        ),
        f"stories{end}": extraction.digest(
            [*(extraction.STORIES / "answers").glob("*.json"), extraction.STORIES / "score.py"]
        ),
    }
    if not fast:
        figures["factappeal val"] = extraction.factappeal(extract)
        digests["factappeal val"] = extraction.digest([extraction.FACTAPPEAL])
        for kind in news.KINDS:
            name = f"{kind}, held out"
            figures[name] = news.score(extract, "held", kind) | (news.speakers("held", kind) if weights is None else {})
            digests[name] = extraction.digest([news.MARKED, news.SPEAKERS, extraction.STORIES / "score.py"])
        if weights is None:
            figures["stories, every field"] = story.fields()
            digests["stories, every field"] = digests["stories"]
            figures["utterances"] = utterances.floored()
            digests["utterances"] = extraction.digest(
                [*(extraction.STORIES / "answers").glob("*.json"), utterance_samples.READ]
            )
            figures["linking"] = link.fields()
            digests["linking"] = digests["stories"]
            figures["copies"] = copies.fields()
            digests["copies"] = extraction.digest([copies.PAIRS, copies.SHARED / "data/news_clusters/articles.jsonl"])
    return figures, digests


def judge(figures: Figures, digests: dict[str, str], floors: dict[str, dict[str, object]]) -> list[str]:
    """Return what lies below its floor, in words; nothing for data that no floor was set on."""
    failed = []
    for name, values in figures.items():
        known = floors.get(name, {})
        least = known.get("floors", {})
        if known.get("digest") != digests[name] or not isinstance(least, dict):
            print(f"{name}: no floor was set on this data")
            continue
        failed += [
            f"{name} {key}: {values.get(key)} < {floor}" for key, floor in least.items() if values.get(key, 0.0) < floor
        ]
    return failed


def main(argv: list[str] | None = None) -> int:
    """Measure, print, judge; 1 where a figure lies below its floor."""
    args = _arguments().parse_args(argv)
    if not extraction.SHARED.is_dir():
        print("../shared does not exist here: there is nothing to measure on, and the gate passes")
        return 0
    figures, digests = measure(args.fast, args.weights)
    for name, values in figures.items():
        print(name)
        for key, value in values.items():
            print(f"  {key:28s} {value:.3f}")
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    if args.set_floors:
        for name, values in figures.items():
            floors[name] = {"digest": digests[name], "floors": {k: round(v - SLACK, 3) for k, v in values.items()}}
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    failed = judge(figures, digests, floors)
    for line in failed:
        print("below the floor:", line)
    return 1 if failed else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fast", action="store_true", help="a part of the data, for `make check`")
    parser.add_argument("--weights", type=Path, help="a folder made by training/export.py, instead of the package's")
    parser.add_argument("--set-floors", action="store_true", help="write the figures found as the new floors")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""The sample story: takes nothing, gives the files of an invented dispute that ship with the package, and its gold.

Twelve short reports by five invented outlets, March to May 2024, about two lake republics, a sluice and a harbour. What each
report is there to show stands in docs/sample-story.md. Reading, extracting and judging are not done here.
"""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

STORY = "lake-sluice"
READ = (".html", ".rss", ".txt")


def reports_folder() -> Path:
    """Return the folder that holds the reports, ready for `onrecord add`.

    >>> reports_folder().name
    'reports'
    """
    with as_file(files(__name__) / "reports") as folder:
        return folder


def story_paths() -> tuple[Path, ...]:
    """Return the files of the sample story, sorted by name: pages, plain texts and one feed, without their NAME.json.

    >>> len(story_paths())
    11
    """
    return tuple(sorted(path for path in reports_folder().iterdir() if path.suffix in READ))


def story_gold() -> dict[str, Any]:
    """Return the gold of the sample story as it is written, with strings; `onrecord.demo.gold.spans` makes spans of it.

    >>> len(story_gold()["articles"])
    12
    """
    text = (files(__name__) / "gold" / f"{STORY}.gold.json").read_text(encoding="utf-8")
    gold: dict[str, Any] = json.loads(text)
    return gold

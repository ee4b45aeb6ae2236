"""Others on the same texts: `python -m evals.compare` prints ours, four regular expressions, and textacy if it is installed.

Takes PolNeAR dev from ../shared and its scorer. The regular expressions are the floor that anything must beat. textacy finds
direct quotations alone; it is run where it and one of spaCy's English pipelines are installed (`pip install
onrecord[peers]`, then a pipeline, which PyPI does not carry under spaCy's own name); else this says that it was not run.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable

from evals import extraction
from onrecord.document import Span, Statement

VERBS = (
    "said says say told tells added asked wrote writes announced argued believes called claimed claims confirmed declared "
    "denied explained insisted noted promised replied reported stated suggested tweeted urged vowed warned warns"
)
VERB = rf"(?P<cue>{'|'.join(VERBS.split())})"
NAME = r"(?P<source>(?:[A-Z][\w.’'-]{0,30} ){0,4}[A-Z][\w’'-]{0,30}|[Hh]e|[Ss]he|[Tt]hey|[Ii]t)"
QUOTE = r"(?P<content>[“\"][^“”\"\n]{2,1500}[”\"])"
REST = r"(?P<content>[^\n.“”\"]{3,300})"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{QUOTE},? {NAME} {VERB}\b",
        rf"{NAME} {VERB}[:,]? {QUOTE}",
        rf"{NAME} {VERB} {REST}",
        rf"(?P<cue>[Aa]ccording to) {NAME}, {REST}",
    )
)


def by_regex(text: str) -> tuple[Statement, ...]:
    """Return the statements that four regular expressions see; the first to take a cue has it.

    >>> [s.content[0].of("Lee said it rained.") for s in by_regex("Lee said it rained.")]
    ['it rained']
    """
    taken: dict[Span, Statement] = {}
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            cue, source, content = (Span(*match.span(role)) for role in ("cue", "source", "content"))
            taken.setdefault(cue, Statement("s", (content,), (source,), (cue,)))
    return tuple(taken[cue] for cue in sorted(taken))


def by_textacy() -> Callable[[str], tuple[Statement, ...]] | None:
    """Return textacy's finder of direct quotations, None where it or a pipeline is missing."""
    try:
        import spacy
        import textacy.extract

        pipeline = spacy.load("en_core_web_sm")
    except (ImportError, OSError):
        return None

    def find(text: str) -> tuple[Statement, ...]:
        doc = pipeline(text)

        def span(tokens: object) -> Span:
            parts = list(tokens)  # type: ignore[call-overload]
            return Span(parts[0].idx, parts[-1].idx + len(parts[-1]))

        return tuple(
            Statement("s", (span(q.content),), (span(q.speaker),), (span(q.cue),))
            for q in textacy.extract.direct_quotations(doc)
            if q.speaker and q.cue
        )

    return find


def main() -> int:
    """Print a row for each."""
    if not extraction.SHARED.is_dir():
        print("../shared does not exist here: there is nothing to compare on")
        return 0
    peers = {"onrecord": extraction.extractor(), "four regular expressions": by_regex, "textacy": by_textacy()}
    articles = extraction.polnear_articles()
    words = sum(len(extraction.text_of(extraction.POLNEAR / "dev" / "text" / f"{a}.txt").split()) for a in articles)
    print(f"{'PolNeAR dev, F1':26s}  attr direct indirect  token source cue content  words a CPU second")
    for name, find in peers.items():
        if find is None:
            print(f"{name:26s}  not run: it or its pipeline is not installed")
            continue
        start = time.process_time()
        f = extraction.polnear(find, articles)
        speed = words / (time.process_time() - start)
        shown = (f["attr"], f["attr_direct"], f["attr_indirect"], f["tok_source"], f["tok_cue"], f["tok_content"])
        print(f"{name:26s}  " + " ".join(f"{x:.3f}" for x in shown) + f"  {speed:,.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

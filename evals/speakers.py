"""Score who is meant by sources on GUM: `python -m evals.speakers [KIND] [--show N]` prints the share right by kind of source.

Takes the texts of GUM (news, interview, bio, speech; or one KIND of them), runs the whole way, and looks at the statements
whose source is, but for marks and spaces, a gold mention whose entity bears a name somewhere in the text. Right is a speaker
whose words are in one of the entity's names, or the other way round, titles and articles left out. What a text says in the
first person of its writer is left out, as are entities with no name. GUM marks no sources itself: what our extraction does not
find is not asked. Needs ../shared; says so and exits 0 where it is missing.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping

from evals.coreference_texts import GUM, Corefered, gum
from onrecord import pipeline
from onrecord.document import Document, Span, Statement
from onrecord.read import read_bytes
from onrecord.resolve.phrase import PRONOUNS
from onrecord.resolve.vocabulary import FIRST_PLURAL, FIRST_SINGULAR, FUNCTION_WORDS, SECOND, fold

KINDS = ("pronoun", "description", "name")


def words(text: str) -> frozenset[str]:
    """Return the words of a name that tell, folded."""
    return frozenset(fold(word.strip(".,’'\"“”()")) for word in text.split()) - FUNCTION_WORDS - {"", "'s", "’s"}


def names_of(text: Corefered) -> Mapping[int, list[frozenset[str]]]:
    """Return the names of each entity that has any: mentions of at most six words, all but small ones with a capital."""
    found: dict[int, list[frozenset[str]]] = {}
    for (start, end), who in text.mentions.items():
        parts = text.text[start:end].split()
        telling = [part for part in parts if part.lower() not in FUNCTION_WORDS and part not in ("'s", "’s")]
        if telling and len(parts) <= 6 and all(part[0].isupper() for part in telling):
            found.setdefault(who, []).append(words(text.text[start:end]))
    return found


def asked(text: Corefered, doc: Document) -> Iterator[tuple[Statement, str, int]]:
    """Yield the statements whose source is a gold mention, the kind of source, and the gold's entity."""
    for stmt in doc.statements or ():
        if len(stmt.source) != 1:
            continue
        start, end = _trimmed(doc.text, stmt.source[0])
        who = text.mentions.get((start, end))
        source = doc.text[start:end]
        if who is not None and source.lower() not in FIRST_SINGULAR | FIRST_PLURAL | SECOND:
            capital = any(word[0].isupper() for word in source.split()[1:] or source.split())
            yield stmt, "pronoun" if source.lower() in PRONOUNS else "name" if capital else "description", who


def _trimmed(text: str, span: Span) -> tuple[int, int]:
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def is_right(speaker: str | None, names: list[frozenset[str]]) -> bool:
    """Say whether a speaker's words and one of the names hold each other.

    >>> is_right("Ada Brook", [frozenset({"brook"})]), is_right("Karl Moss", [frozenset({"brook"})])
    (True, False)
    """
    mine = words(speaker or "")
    return bool(mine) and any(mine <= name or name <= mine for name in names)


def main(argv: list[str] | None = None) -> int:
    """Print the shares."""
    given = sys.argv[1:] if argv is None else argv
    if not GUM.is_dir():
        print("../shared does not exist here: GUM cannot be scored")
        return 0
    show = int(given[given.index("--show") + 1]) if "--show" in given else 0
    right, total = Counter[str](), Counter[str]()
    for text in gum(next((word for word in given if word.isalpha()), "")):
        [doc] = read_bytes(text.text.encode(), path=f"{text.name}.txt")
        assert isinstance(doc, Document) and doc.text == text.text
        known = names_of(text)
        done = pipeline.extract(doc)
        for stmt, kind, who in asked(text, done):
            if who in known:
                good = is_right(stmt.speaker, known[who])
                right[kind], total[kind] = right[kind] + good, total[kind] + 1
                if not good and show > 0:
                    show -= 1
                    start = max(0, stmt.source[0].start - 250)
                    print(text.name, kind, repr(stmt.speaker), sorted(map(sorted, known[who]))[:2], stmt.by["speaker"])
                    print("   ", " ".join(doc.text[start : stmt.source[0].end + 60].split()))
    for kind in KINDS:
        print(f"{kind:12s} {right[kind]} of {total[kind]} right ({right[kind] / max(1, total[kind]):.3f})")
    print(f"{'all':12s} {right.total() / max(1, total.total()):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

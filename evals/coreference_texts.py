"""Texts with coreference: takes GUM (CoNLL-U) and LitBank (CoNLL) from ../shared, gives running text and who each span means.

GUM (news, interviews, biographies, speeches; CC BY and CC BY-NC-SA by document) and LitBank (CC BY 4.0). A span is a pair of
offsets, an entity a number within its text. Nothing is learned here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
GUM = SHARED / "data/gum/sources"
LITBANK = SHARED / "data/litbank/coref/conll"
CLOSING = frozenset(". , ; : ! ? ) ] } % 's 'm 're 've 'll 'd n't ’s ''".split())


@dataclass
class Corefered:
    """A text, and for each mention (start, end) the number of its entity; `people` are the entities known to be persons."""

    name: str
    text: str
    mentions: dict[tuple[int, int], int] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)


def gum(part: str = "") -> Iterator[Corefered]:
    """Yield the texts of a kind ("news", "bio", "interview", "speech"), all for none, in the order of their names."""
    for path in sorted(GUM.glob(f"GUM_{part}*.conllu")):
        yield _gum(path)


def _gum(path: Path) -> Corefered:
    text, found, open_at = "", Corefered(path.stem, ""), list[tuple[int, int]]()
    space, covered, start = "", 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line == "# newpar" or line.startswith("# newpar "):
            space = "\n\n" if text else ""
        if line.startswith("#") or not line:
            continue
        cells = line.split("\t")
        if "." in cells[0]:
            continue
        if "-" in cells[0]:  # one written word of several: its parts get its place
            start, text = len(text) + len(space), text + space + cells[1]
            covered = int(cells[0].split("-")[1])
            space = "" if "SpaceAfter=No" in cells[9] else " "
            continue
        if int(cells[0]) <= covered:
            end = len(text)
        else:
            start, text = len(text) + len(space), text + space + cells[1]
            end, space, covered = len(text), "" if "SpaceAfter=No" in cells[9] else " ", 0
        _brackets(cells[9], start, end, open_at, found)
    found.text = text
    return found


def _brackets(misc: str, start: int, end: int, open_at: list[tuple[int, int]], found: Corefered) -> None:
    entity = next((cell[7:] for cell in misc.split("|") if cell.startswith("Entity=")), "")
    at = 0
    while at < len(entity):
        if entity[at] == "(":
            head = re.match(r"\((\d+)-(\w+)", entity[at:])
            assert head, entity
            open_at.append((int(head[1]), start))
            if head[2] == "person":
                found.people.add(int(head[1]))
            at += head.end()
        elif entity[at] == ")":
            number = re.search(r"(?:^|[()])(\d+)$", entity[:at])
            place = len(open_at) - 1
            if number:
                place = max(n for n, (who, _) in enumerate(open_at) if who == int(number[1]))
            who, first = open_at.pop(place)
            found.mentions[first, end] = who
            at += 1
        else:
            at += 1


def litbank() -> Iterator[Corefered]:
    """Yield the texts in the order of their names."""
    for path in sorted(LITBANK.glob("*.conll")):
        yield _litbank(path)


def _litbank(path: Path) -> Corefered:
    text, found, open_at = "", Corefered(path.stem, ""), dict[int, list[int]]()
    before = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 12:
            continue
        word = cells[3].replace("``", "“").replace("''", "”")
        glued = word in CLOSING or word == "”" or before in ("“", "(", "[", "")
        start = len(text) + (not glued)
        text += ("" if glued else " ") + word
        before = word
        for bracket in cells[12].split("|") if len(cells) > 12 and cells[12] not in ("", "_") else ():
            number = int(bracket.strip("()"))
            if bracket.startswith("("):
                open_at.setdefault(number, []).append(start)
            if bracket.endswith(")"):
                found.mentions[open_at[number].pop(), len(text)] = number
    found.text = text
    return found

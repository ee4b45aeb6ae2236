"""What a person types to search, as a full-text query: takes their words, gives FTS5's syntax, and asks nothing.

Words must all occur, in any order and inflection ("hostages" finds "hostage"). Words in quotation marks occur together. `OR`,
`NOT` and parentheses work, in capitals; `word*` finds beginnings; `speaker:` looks in the speaker's name alone, `content:` in
what was said. Everything else is looked for as it stands, so that "al-Qassam" and "20%" are no syntax errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.errors import QueryError

LONGEST = 1000
SHORTEST = 3
"""How many letters a beginning needs: all words that have it are gone through."""
_CURLY = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_TOKEN = re.compile(r'"[^"]*"\*?|[()]|(?:speaker|content):|[^\s()"]+')
_OPERATORS = {"AND", "OR", "NOT"}
HELP = 'write words, "words together", begin*, a OR b, a NOT b, (a b), speaker:name'


def fts_query(text: str) -> str:
    """Return what FTS5 is asked for.

    >>> fts_query("ceasefire al-Qassam")
    '"ceasefire" AND "al-Qassam"'
    >>> fts_query('“prisoner swap” OR hostag* speaker:Moss')
    '"prisoner swap" OR "hostag"* AND speaker: "Moss"'

    Raises:
        QueryError: nothing to look for, a quotation mark or parenthesis left open, or an operator without its words.
    """
    text = text.translate(_CURLY).replace("\x00", " ").encode("utf-8", "replace").decode()
    if len(text) > LONGEST:
        raise QueryError(f"the search has {len(text)} characters, at most {LONGEST} are looked for; shorten it")
    if text.count('"') % 2:
        raise QueryError(f"a quotation mark is opened and not closed in the search; {HELP}")
    tokens = [_token(token) for token in _TOKEN.findall(text)]
    if not any(re.search(r"\w", token) and token not in _OPERATORS and not token.endswith(":") for token in tokens):
        raise QueryError(f"there is no word to look for in the search; {HELP}")
    return " ".join(_joined(tokens))


def _joined(tokens: list[str]) -> Iterator[str]:
    """Yield the tokens with the AND that people leave out: FTS5 takes it for granted between words, not beside parentheses."""
    before = ""
    for token in tokens:
        if before and before not in {*_OPERATORS, "("} and not before.endswith(":") and token not in {*_OPERATORS, ")"}:
            yield "AND"
        yield token
        before = token


def _token(token: str) -> str:
    if token in _OPERATORS or token in {"(", ")"} or token.endswith(":"):
        return token if not token.endswith(":") or token[:-1] in {"speaker", "content"} else f'"{token}"'
    star = "*" if token.endswith("*") and len(token) > 1 else ""
    word = token.removesuffix("*").strip('"')
    if star and len(word) < SHORTEST:
        raise QueryError(f"{token} begins too many words; give at least {SHORTEST} letters before the *")
    return f'"{word}"{star}'

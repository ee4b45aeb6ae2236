"""Turns gold written as strings into gold with spans: takes a story's gold and its texts, gives the form the exports have.

People write gold with the words as they stand in the report; programs compare places. Where words stand more than once the
annotation guidelines decide: content lies behind that of the statement before it, source and cue as near to the content as
they can, and `nth` (from 1, over the whole text) overrules both. Only whole words count as a place, so "he" is never found
inside "the". Judging an extraction against the gold is not done here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.document import Span
from onrecord.errors import BadForm

Item = dict[str, Any]


def spans(story: Mapping[str, Any], texts: Mapping[str, str]) -> Item:
    """Return the gold `story` with every string replaced by its `[start, end)` places in `texts` (by article id).

    Statements keep their fields; figures, credits and boilerplate keep their strings and figures get a `span`.

    Raises:
        BadForm: a string does not stand in its text, stands nowhere that the rules allow, or an id points to nothing.

    >>> told = {"id": "s1", "content": ["rain would fall"], "source": "She", "cue": "said", "kind": "indirect"}
    >>> gold = {"story": "rain", "articles": {"a": {"statements": [told], "figures": []}}}
    >>> spans(gold, {"a": "She said rain would fall."})["articles"]["a"]["statements"][0]["content"]
    [[9, 24]]
    """
    articles = {}
    for name, article in story["articles"].items():
        if name not in texts:
            raise BadForm(name, "the gold speaks of it, and no such report was read", "give its text")
        articles[name] = _article(name, article, texts[name])
    _check_links(story, articles)
    return {**story, "articles": articles}


def _article(name: str, article: Mapping[str, Any], text: str) -> Item:
    statements: list[Item] = []
    after = 0
    for item in article.get("statements", []):
        stmt = _statement(_Finder(text, f"{name}#{item['id']}", item.get("nth", {})), item, after)
        after = stmt["content"][-1][1]
        statements.append(stmt)
    by_id = {stmt["id"]: stmt for stmt in statements}
    _check_parents(name, by_id)
    figures, after = [], 0
    for item in article.get("figures", []):
        finder = _Finder(text, f"{name}#{item['id']}", item.get("nth", {}))
        place = finder.first("text", item["text"], after)
        after = place.end
        _check_asserter(finder.where, place, item.get("statement"), by_id)
        figures.append({**_plain(item), "span": list(place)})
    for kind in ("boilerplate", "credit"):
        for entry in article.get(kind, []):
            _Finder(text, name, {}).first(kind, entry["text"] if kind == "credit" else entry, 0)
    return {**article, "statements": statements, "figures": figures}


def _statement(finder: _Finder, item: Item, after: int) -> Item:
    content: list[Span] = []
    for number, string in enumerate(item["content"]):
        content.append(finder.first("content", string, content[-1].end if content else after, number))
    stmt = _plain(item)
    stmt["content"] = [list(piece) for piece in content]
    for role in ("source", "cue"):
        string = item.get(role)
        stmt[role] = [list(finder.nearest(role, string, content))] if string else []
    if condition := item.get("condition"):
        stmt["condition"] = {
            part: list(finder.nearest(part, condition[part], content, inside=True)) for part in ("if", "then")
        }
    return stmt


def _plain(item: Item) -> Item:
    return {key: value for key, value in item.items() if key != "nth"}


class _Finder:
    """The places of one item's strings; `where` names the item in messages, `nth` says which place is meant."""

    def __init__(self, text: str, where: str, nth: Mapping[str, Any]) -> None:
        self.text, self.where, self.nth = text, where, nth

    def first(self, field: str, string: str, after: int, number: int = 0) -> Span:
        """Return the only place of `string`, the one `nth` says, or the first that starts at or behind `after`."""
        places = self._places(field, string, number)
        if len(places) == 1:
            return places[0]
        for place in places:
            if place.start >= after:
                return place
        raise BadForm(
            self.where,
            f"{field} {string!r} stands {len(places)} times, each before the item ahead of it ends",
            "say which one with nth",
        )

    def nearest(self, field: str, string: str, content: list[Span], *, inside: bool = False) -> Span:
        """Return the place of `string` nearest to `content`; within it only where `inside` is true, then at best there."""
        places = self._places(field, string, 0)
        if not inside:
            places = [place for place in places if not any(_overlap(place, piece) for piece in content)] or places
        return min(places, key=lambda place: (min(_gap(place, piece) for piece in content), place))

    def _places(self, field: str, string: str, number: int) -> list[Span]:
        places = occurrences(self.text, string)
        if not places:
            raise BadForm(self.where, f"{field} {string!r} does not stand in the text", "write it as it stands there")
        nth = self.nth.get(field)
        nth = nth[number] if isinstance(nth, list) else nth if number == 0 else None
        if nth is None:
            return places
        if not 1 <= nth <= len(places):
            raise BadForm(self.where, f"{field} {string!r} stands {len(places)} times, nth is {nth}", "correct nth")
        return [places[nth - 1]]


def occurrences(text: str, string: str) -> list[Span]:
    """Return every place where `string` stands in `text` as whole words, in text order; places may overlap.

    >>> occurrences("the heron, he said", "he")
    [Span(start=11, end=13)]
    """
    places, at = [], text.find(string) if string else -1
    while at >= 0:
        end = at + len(string)
        if not (_glued(text, at) or _glued(text, end)):
            places.append(Span(at, end))
        at = text.find(string, at + 1)
    return places


def _glued(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _gap(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _check_parents(name: str, by_id: Mapping[str, Item]) -> None:
    for stmt in by_id.values():
        if (parent := stmt.get("parent")) is None:
            continue
        if parent not in by_id:
            raise BadForm(f"{name}#{stmt['id']}", f"parent {parent!r} is no statement of this report", "correct it")
        outer = by_id[parent]["content"]
        if not all(any(a <= start and end <= b for a, b in outer) for start, end in stmt["content"]):
            raise BadForm(
                f"{name}#{stmt['id']}", f"its content does not lie in that of {parent}", "correct parent or nth"
            )


def _check_asserter(where: str, place: Span, statement: str | None, by_id: Mapping[str, Item]) -> None:
    if statement is None:
        return
    if statement not in by_id:
        raise BadForm(where, f"statement {statement!r} is none of this report", "correct it")
    if not any(_overlap(place, Span(*piece)) for piece in by_id[statement]["content"]):
        raise BadForm(where, f"the figure does not stand in the content of {statement}", "correct statement or nth")


def _check_links(story: Mapping[str, Any], articles: Mapping[str, Item]) -> None:
    known = {
        kind: {f"{name}#{item['id']}" for name, article in articles.items() for item in article[kind]}
        for kind in ("statements", "figures")
    }
    groups = [("same", "statements", ids) for ids in story.get("same", [])]
    groups += [("figures_same", "figures", group["ids"]) for group in story.get("figures_same", [])]
    for field, kind, ids in groups:
        if missing := [each for each in ids if each not in known[kind]]:
            raise BadForm(
                str(story.get("story", "story")), f"{field} names {missing[0]!r}, which is not in it", "correct it"
            )
    for pair in story.get("copies", []):
        if missing := [pair[side] for side in ("a", "b") if pair[side] not in articles]:
            raise BadForm(
                str(story.get("story", "story")), f"copies names {missing[0]!r}, which is not in it", "correct it"
            )

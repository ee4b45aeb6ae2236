"""The stage `speakers`: takes a segmented document with statements, gives each its speaker, and the document its cast.

A statement with no source has no speaker. Everything is decided by rules over words and the features of `pronouns`; relay,
acts and identity across documents are decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from onrecord.document import Document, Mention, Span, Speaker, Statement
from onrecord.resolve.anonymity import reason
from onrecord.resolve.columns import QUOTE_MARKS, Columns
from onrecord.resolve.earlier import Earlier
from onrecord.resolve.entities import Cast, Entity, best_role
from onrecord.resolve.institutions import affiliation_of, find_institution
from onrecord.resolve.phrase import Phrase, read_phrase, together
from onrecord.resolve.pronouns import Scene, occurrence
from onrecord.resolve.scene import Reading, reading
from onrecord.resolve.sources import OWN_WORDS, Given, Sources
from onrecord.resolve.states import States
from onrecord.resolve.vocabulary import fold
from onrecord.stage import stage

BY = "resolve.speakers 1"
ISSUED_BY = frozenset("a an the his her its their another".split())

CLOSING = frozenset("\"”’'")
ARTICLES = (["the"], ["a"], ["an"])

Pointing = Literal["name", "description", "pronoun"]
KINDS: dict[str, Pointing] = {
    "pronoun": "pronoun", "relative": "pronoun", "name": "name", "description": "description", "list": "description",
}  # fmt: skip


@stage(
    needs=("text", "paragraphs", "sentences", "tokens", "quotations", "encoding", "statements", "authors", "outlet"),
    adds=("speakers", "statements.speaker"),
)
def speakers(doc: Document) -> Document:
    """Add the speakers, and to each statement its own, with type, name or description, role and the rule that found it.

    >>> from onrecord.document import Origin
    >>> from onrecord.segment import segment
    >>> text = "Mayor Ada Brook said it was late. She said it was cold."
    >>> doc = segment(Document("a", text, Origin("a.txt", "0" * 64)))
    >>> said = [Statement(f"s{n}", (), (Span(a, b),)) for n, (a, b) in enumerate([(0, 15), (34, 37)], 1)]
    >>> done = speakers(replace(doc, statements=tuple(said)))
    >>> [(stmt.speaker, stmt.role) for stmt in done.statements]
    [('Ada Brook', 'Mayor'), ('Ada Brook', 'Mayor')]
    """
    stmts = doc.statements or ()
    if not stmts:
        return replace(doc, speakers=())
    read = reading(doc)
    work = _Work(doc, read.cols, read.cast, sources_of(read))
    work.sources.author, work.sources.outlet = _author(doc), _outlet(doc)
    work.places = {stmt.id: number for number, stmt in enumerate(stmts)}
    work.by_id = {stmt.id: stmt for stmt in stmts}
    for stmt in sorted(stmts, key=_place):
        work.speaker_of(stmt)
    return work.finish()


def sources_of(read: Reading) -> Sources:
    """Return what finds who is meant by the words of a source, for a document that nobody was asked about yet."""
    states = States(read.cols, read.cast)
    ruling = states.ruling()
    earlier = Earlier(read.cols, read.cast, read.scene, read.mentions, fold(ruling) if ruling else None)
    return Sources(read.cols, read.cast, read.scene, earlier, states)


def _place(stmt: Statement) -> tuple[int, int]:
    spans = (*stmt.source, *stmt.cue, *stmt.content)
    first = stmt.source[0].start if stmt.source else min((span.start for span in spans), default=0)
    return first, min((span.start for span in spans), default=0)


def _author(doc: Document) -> Entity | None:
    return Entity(doc.authors[0], "person") if len(doc.authors) == 1 and " " in doc.authors[0].strip() else None


def _outlet(doc: Document) -> Entity | None:
    return Entity(doc.outlet, "organisation") if doc.outlet else None


@dataclass(slots=True)
class _Work:
    doc: Document
    cols: Columns
    made: Cast
    sources: Sources
    found: dict[str, tuple[Entity | None, str]] = field(default_factory=dict)
    said: list[Entity] = field(default_factory=list)
    pointed: list[tuple[Span, Pointing, Entity]] = field(default_factory=list)
    because: dict[int, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    by_id: dict[str | None, Statement] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)

    def speaker_of(self, stmt: Statement) -> Entity | None:
        """Return who said it; found once, after the speaker of the statement around it."""
        if stmt.id not in self.found:
            self.busy.add(stmt.id)
            self.found[stmt.id] = self._find(stmt)
            entity = self.found[stmt.id][0]
            if entity is not None and (not self.said or self.said[-1] is not entity):
                self.said.append(entity)
        return self.found[stmt.id][0]

    def _find(self, stmt: Statement) -> tuple[Entity | None, str]:
        if not stmt.source:
            return None, "no source"
        phrase = self._phrase(stmt)
        if phrase is None:
            return None, "no words"
        first = phrase.first
        given = self._given(stmt, first)
        entity, rule = self.sources.meant(phrase, given)
        if entity is not None:
            kind = KINDS[phrase.kind]
            if phrase.kind == "pronoun" and entity.maybe and rule == "he or she":
                entity.type, entity.maybe = "person", False
            self.pointed.append((Span(stmt.source[0].start, stmt.source[-1].end), kind, entity))
            self.sources.scene = self._with(entity, phrase.first, phrase.core, phrase.kind)
            if entity.institution is None:
                entity.institution = find_institution(self.cols, self.made, phrase, entity)
            self._anonymity(stmt, entity)
            self._issued(stmt, entity)
        return entity, rule

    def _issued(self, stmt: Statement, entity: Entity) -> None:
        """ "said in a statement posted on Monday": a later "the statement" is the same one's word."""
        cols, told, own = self.cols, self.sources.scene.told, self.places[stmt.id]
        first, end = cols.sentence_of(cols.at(stmt.source[0].start))
        for at in range(first, end):
            if cols.lower[at] in OWN_WORDS and told[at] != own and (stmt.parent or told[at] == -1):
                before = cols.lower[max(first, at - 5) : at]
                if any(a in ("in", "on", "via", "by", "through") and b in ISSUED_BY for a, b in pairwise(before)):
                    self.sources.issue(cols.lower[at], entity, at)

    def _phrase(self, stmt: Statement) -> Phrase | None:
        """The source's words: the pieces as members of a list where words stand between them, else as one phrase."""
        pieces = [self.cols.within(span) for span in stmt.source]
        whole = pieces[0][0], pieces[-1][1]
        gap = any(
            self.cols.words[at][0].isalnum() for (_, end), (first, _) in pairwise(pieces) for at in range(end, first)
        )
        if not gap:
            return self._with_name(read_phrase(self.cols, self.made.at_token, *whole))
        parts = [part for first, end in pieces if (part := read_phrase(self.cols, self.made.at_token, first, end))]
        return together(parts) if len(parts) > 1 else parts[0] if parts else None

    def _with_name(self, phrase: Phrase | None) -> Phrase | None:
        """ "the team's coach", where ", Ada Brook," follows: the name in apposition is part of the source after all."""
        if phrase is not None and phrase.kind == "description" and phrase.type == "organisation":
            return self._with_marks(phrase)
        if phrase is None or phrase.kind != "description" or phrase.type != "person" or phrase.determiner == "a":
            return phrase
        cols, end = self.cols, phrase.end
        name = self.made.at_token.get(end + 1) if cols.words[end : end + 1] == [","] else None
        closes = name is not None and (name.end >= len(cols.words) or cols.words[name.end] in (",", ".", ":"))
        if name is None or not closes or name.kind != "person" or name.title != end + 1 or name.end - name.first < 2:
            return phrase
        return read_phrase(cols, self.made.at_token, phrase.first, name.end)

    def _with_marks(self, phrase: Phrase) -> Phrase | None:
        """ "movement", where a name in quotation marks stands before it: that is part of the source after all."""
        cols, first = self.cols, phrase.first
        if (
            first
            and cols.words[first - 1] in QUOTE_MARKS
            and any(cols.words[at] in CLOSING for at in range(first, phrase.core))
        ):
            return replace(phrase, first=first - 1)
        if first < 3 or cols.words[first - 1] not in CLOSING or cols.sentence[first - 1] != cols.sentence[first]:
            return phrase
        low = max(cols.sentence_of(first)[0], first - 9)
        opened = next((at for at in range(first - 2, low - 1, -1) if cols.words[at] in QUOTE_MARKS), None)
        if opened is None or not cols.words[opened + 1][0].isupper() or cols.lower[opened - 1 : opened] not in ARTICLES:
            return phrase
        return read_phrase(cols, self.made.at_token, opened - 1, phrase.end)

    def _with(self, entity: Entity, first: int, end: int, kind: str) -> Scene:
        """The scene with an unnamed source put in, so that a later pronoun can mean it."""
        scene = self.sources.scene
        if kind == "description":
            added = replace(occurrence(self.cols, entity, first, end, False), subject=True)
            scene.put(added)
        elif kind == "pronoun" and entity.type == "person":
            scene.meant[first] = entity
        return scene

    def _given(self, stmt: Statement, first: int) -> Given:
        outer = self._outer(stmt)
        holder = self.speaker_of(outer) if outer is not None and outer.id not in self.busy - set(self.found) else None
        quoted = first < len(self.cols.quoted) and self.cols.quoted[first] >= 0
        lasts = tuple(entity for entity in reversed(self.said[-8:]) if entity is not holder or not quoted)
        near = bool(lasts) and any(
            who is lasts[0] and self.cols.sentence[self.cols.at(span.start)] == self.cols.sentence[first]
            for span, _, who in self.pointed[-2:]
            if span.start < stmt.source[0].start
        )
        return Given(holder, quoted, lasts[0] if lasts else None, lasts[:4], near, self.places[stmt.id])

    def _outer(self, stmt: Statement) -> Statement | None:
        """The statement whose content holds this one's source: its parent, or the smallest that does."""
        place = stmt.source[0]
        if stmt.parent in self.by_id:
            return self.by_id[stmt.parent]
        token = self.cols.at(place.start)
        if token >= len(self.cols.words) or self.sources.scene.told[token] in (-1, self.places[stmt.id]):
            return None
        holders = [
            other for other in self.doc.statements or ()
            if other.id != stmt.id and any(piece.start <= place.start and place.end <= piece.end for piece in other.content)
        ]  # fmt: skip
        return min(holders, key=lambda other: sum(b - a for a, b in other.content), default=None)

    def _anonymity(self, stmt: Statement, entity: Entity) -> None:
        if entity.named or id(entity) in self.because:
            return
        told = reason(self.doc.text, stmt.source, (*stmt.cue, *stmt.content))
        if told:
            self.because[id(entity)] = told

    def finish(self) -> Document:
        """Return the document with its speakers numbered in the order of their first statement."""
        alias = self.sources.alias
        self.found = {key: (alias.get(id(who), who) if who else None, rule) for key, (who, rule) in self.found.items()}
        self.pointed = [(span, kind, alias.get(id(who), who)) for span, kind, who in self.pointed]
        order: dict[int, tuple[str, Entity]] = {}
        for stmt in sorted(self.doc.statements or (), key=_place):
            entity = self.found[stmt.id][0]
            if entity is not None and id(entity) not in order:
                order[id(entity)] = (f"e{len(order) + 1}", entity)
        stmts = tuple(self._filled(stmt, order) for stmt in self.doc.statements or ())
        return replace(
            self.doc, statements=stmts, speakers=tuple(self._frozen(key, entity) for key, entity in order.values())
        )

    def _filled(self, stmt: Statement, order: dict[int, tuple[str, Entity]]) -> Statement:
        entity, rule = self.found[stmt.id]
        by = {**stmt.by, "speaker": f"{BY}: {rule}"}
        if entity is None:
            return replace(stmt, speaker=None, speaker_type="unknown", named=False, role=None, speaker_id=None, by=by)
        role = best_role(entity) if entity.named and entity.type == "person" else None
        return replace(
            stmt,
            speaker=entity.name,
            speaker_type=entity.type,
            named=entity.named,
            role=role,
            speaker_id=order[id(entity)][0],
            by=by,
        )

    def _frozen(self, key: str, entity: Entity) -> Speaker:
        names = [self.made.names[number] for number in entity.places]
        named = [Mention(self.cols.span(name.title, name.end), "name", key, BY) for name in names]
        seen = {mention.span for mention in named}
        others = [
            Mention(span, kind, key, BY) for span, kind, who in self.pointed if who is entity and span not in seen
        ]
        spellings = entity.spellings or [entity.name]
        return Speaker(
            id=key,
            name=entity.name,
            type=entity.type,
            named=entity.named,
            role=best_role(entity) if entity.type == "person" and entity.named else None,
            affiliation=affiliation_of(entity),
            institution=entity.institution.name if entity.institution else None,
            unnamed_because=self.because.get(id(entity)),
            spellings=tuple(spellings),
            mentions=tuple(sorted(named + others, key=lambda each: each.span)),
            by=BY,
        )

"""Score who is who on MEANTIME: `python -m evals.meantime` prints coreference within its 90 documents and clusters across them.

Takes the English Wikinews articles of ../shared/data/meantime (Minard et al., LREC 2016), rebuilt as running text from their
tokens; title and date become lines of their own. Every ENTITY_MENTION that refers to an ENTITY is a mention, those that stand
alone too; two mentions of one extent are one.

Within a document: "gold mentions" are read one by one, in text order, as the words of a source would be, and get whomever these
mean; what we can say nothing of stands alone. "our mentions" are the names, descriptions and pronouns we find ourselves, with
the article and office before a name, and must have the gold's extent to the word: its extents hold whole relative clauses and
ours do not, so that much is lost by extents alone. CoNLL F1 is the mean of MUC, B-cubed and CEAF-e, with the mentions that
stand alone and without.

Across documents: the gold mentions that are names (syntactic type NAM or PRE.NAM; the untyped ones of two topics where their
words are a name to us) and whose entity has an instance in the list of the corpus. Of a mention the name it ends with counts
("US automaker GM": GM). Linking is told nothing but names: of each chain in a document all its spellings, and as its name a
person's longest, a body's commonest. B-cubed, once with the gold's chains within documents, so that only linking is measured,
once with our own. Needs ../shared; says so and exits 0 where it is missing.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.coreference import Cluster, Counts, b_cubed, clusters, conll, mean_f1
from onrecord import pipeline
from onrecord.document import Document, Span
from onrecord.link import short_forms
from onrecord.link.clusters import components
from onrecord.link.namesakes import find
from onrecord.link.speakers import Seen, bearers, differing, judge
from onrecord.read import read_bytes
from onrecord.resolve.entities import Entity
from onrecord.resolve.phrase import PRONOUNS, Phrase, read_phrase
from onrecord.resolve.pronouns import occurrence
from onrecord.resolve.scene import Reading, reading
from onrecord.resolve.sources import Given, Sources
from onrecord.resolve.speakers import sources_of

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "data/meantime/intra_cross-doc_annotation"
CLOSING = frozenset(". , ; : ! ? ) ] } % 's 'm 're 've 'll 'd n't ’s".split())
OPENING = frozenset("( [ { $ £ € # US$".split())
NAMES = frozenset(("NAM", "PRE.NAM"))


@dataclass(frozen=True)
class Article:
    """An article as running text, with its gold mentions: the entity's number, its instance (None without), and the type."""

    doc: Document
    gold: Mapping[Span, tuple[str, str | None, str]]


def articles() -> Iterator[Article]:
    """Yield the English articles in the order of their files' names."""
    for path in sorted(CORPUS.glob("*/*.xml")):
        root = ET.parse(path).getroot()
        text, spans = running_text([(token.get("sentence", ""), token.text or "") for token in root.iter("token")])
        at = dict(zip((token.get("t_id") for token in root.iter("token")), spans, strict=True))
        [doc] = read_bytes(text.encode(), path=f"{path.stem}.txt")
        assert isinstance(doc, Document) and doc.text == text
        yield Article(doc, _mentions(root, at))


def running_text(tokens: Sequence[tuple[str, str]]) -> tuple[str, list[Span]]:
    """Return the text of (sentence number, word) pairs, and where each stands; sentences 0 and 1 are title and date.

    >>> running_text([("0", "Ferry"), ("1", "May"), ("2", "It"), ("2", "sank"), ("2", ".")])[0]
    'Ferry\\n\\nMay\\n\\nIt sank.'
    """
    text, spans, before = "", list[Span](), ("", "")
    for sentence, word in tokens:
        if text and sentence != before[0] and before[0] in ("0", "1"):
            text += "\n\n"
        elif text and word not in CLOSING and before[1] not in OPENING:
            text += " "
        spans.append(Span(len(text), len(text) + len(word)))
        text += word
        before = (sentence, word)
    return text, spans


def _mentions(root: ET.Element, at: Mapping[str | None, Span]) -> dict[Span, tuple[str, str | None, str]]:
    extents = {}
    for each in root.iter("ENTITY_MENTION"):
        places = [at[anchor.get("t_id")] for anchor in each.iter("token_anchor")]
        if places:
            span = Span(min(start for start, _ in places), max(end for _, end in places))
            extents[each.get("m_id")] = (span, each.get("syntactic_type") or "")
    instances = {each.get("m_id"): each.get("instance_id") for each in root.iter("ENTITY")}
    found: dict[Span, tuple[str, str | None, str]] = {}
    for relation in root.iter("REFERS_TO"):
        target = relation.find("target")
        number = target.get("m_id") if target is not None else None
        for source in relation.iter("source"):
            if number in instances and source.get("m_id") in extents:
                span, kind = extents[source.get("m_id")]
                found.setdefault(span, (str(number), instances[number], kind))
    return found


class Resolved:
    """A document whose mentions are resolved one by one, in the order of the text."""

    def __init__(self, doc: Document) -> None:
        for step, done in pipeline.walk(doc):
            doc = done
            if step.name == "speakers":
                break
        self.doc = doc
        self.read: Reading = reading(doc)
        self.sources: Sources = sources_of(self.read)

    def chains(self, spans: Sequence[Span]) -> dict[Span, object]:
        """Return what each span means: an entity, or a thing of its own where we cannot say."""
        meant: dict[Span, Entity | None] = {}
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            first, end = self.read.cols.within(span)
            phrase = read_phrase(self.read.cols, self.read.cast.at_token, first, end) if first < end else None
            meant[span] = self._meant(phrase) if phrase is not None else None
        alias = self.sources.alias
        return {span: id(alias.get(id(who), who)) if who else span for span, who in meant.items()}

    def _meant(self, phrase: Phrase) -> Entity | None:
        cols, scene = self.read.cols, self.sources.scene
        entity = self.sources.meant(phrase, self._given(phrase.first))[0]
        if entity is not None and phrase.kind == "description":
            scene.put(occurrence(cols, entity, phrase.first, phrase.core, False))
        return entity

    def _given(self, at: int) -> Given:
        """Whoever's statement a mention stands in is the "I" and "we" of it."""
        stmts, told = self.doc.statements or (), self.sources.scene.told
        stmt = stmts[told[at]] if told[at] >= 0 else None
        if stmt is None or stmt.speaker is None or self.read.cols.quoted[at] < 0:
            return Given()
        return Given(self.read.cast.named(stmt.speaker, stmt.speaker_type or "unknown", stmt.named), quoted=True)

    def own(self) -> list[Span]:
        """Return our own mentions: names with the article and office before them, descriptions, pronouns."""
        cols, names = self.read.cols, self.read.cast.names
        found = []
        for name in names:
            first = name.title - 1 if name.title and cols.lower[name.title - 1] in ("the", "a", "an") else name.title
            found.append(cols.span(first, name.end))
        found += [cols.span(each.first, each.end) for each in self.read.mentions]
        found += [cols.span(at, at + 1) for at, lower in enumerate(cols.lower) if lower in PRONOUNS]
        return sorted(set(found))

    def name_in(self, span: Span) -> tuple[str, bool]:
        """Return the name that a mention ends with, else its words without the article, and whether it is a person's."""
        cols = self.read.cols
        first, end = cols.within(span)
        name = self.read.cast.at_token.get(end - 1)
        who = self.read.cast.meant(name) if name else None
        if name is None or who is None:
            return cols.phrase(first + (cols.lower[first] in ("the", "a", "an")), end), False
        return cols.phrase(name.first, name.end), who.type == "person"

    def is_name(self, span: Span) -> bool:
        """Say whether a span's words are a name to us and little else."""
        first, end = self.read.cols.within(span)
        name = self.read.cast.at_token.get(end - 1)
        return name is not None and first >= name.title - 1 and end == name.end


def within(some: Sequence[tuple[Article, Resolved]]) -> None:
    """Print coreference within documents."""
    for label, own in (("gold mentions", False), ("our mentions", True)):
        pairs: list[tuple[list[tuple[Span, object]], list[tuple[Span, object]]]] = []
        for article, resolved in some:
            key = [(span, entity) for span, (entity, _, _) in article.gold.items()]
            answer = Resolved(article.doc) if own else resolved
            pairs.append((list(key), list(answer.chains(answer.own() if own else list(article.gold)).items())))
        for alone in (True, False):
            scores = conll(
                (clusters(key, singletons=alone), clusters(response, singletons=alone)) for key, response in pairs
            )
            print(f"within, {label}, {'with' if alone else 'without'} those that stand alone:")
            for name, score in scores.items():
                _line(name, score)
            print(f"   CoNLL F1 {mean_f1(scores):.3f}")


def _line(name: str, score: Counts) -> None:
    print(f"   {name:8s} recall {score.recall:.3f}  precision {score.precision:.3f}  F1 {score.f1:.3f}")


@dataclass
class Chain:
    """The names of one entity in one document, each with where it stands."""

    document: str
    spans: list[Span] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    people: int = 0

    def seen(self) -> Seen:
        """What linking gets: a person's longest name, a body's commonest, and all spellings."""
        is_body = self.people * 2 < len(self.spans)
        best = max(self.names, key=lambda name: (self.names[name] if is_body else 0, len(name), name))
        return Seen(best, self.document, spellings=tuple(self.names), is_body=is_body)


def across(some: Sequence[tuple[Article, Resolved]]) -> None:
    """Print clusters across documents, by the gold's chains within them and by our own."""
    for label, ours in (("the gold's chains", False), ("our own chains", True)):
        key: list[tuple[tuple[str, Span], str]] = []
        chains: dict[tuple[str, object], Chain] = {}
        for article, resolved in some:
            meant = resolved.chains(list(article.gold)) if ours else {}
            for span, (entity, instance, kind) in sorted(article.gold.items()):
                if instance and (kind in NAMES or (not kind and resolved.is_name(span))):
                    key.append(((article.doc.name, span), instance))
                    known = (article.doc.name, meant[span] if ours else entity)
                    chain = chains.setdefault(known, Chain(article.doc.name))
                    name, is_person = resolved.name_in(span)
                    chain.spans.append(span)
                    chain.names[name] += 1
                    chain.people += is_person
        score = b_cubed(clusters(key), clusters(linked(list(chains.values()))))
        print(f"across, {label}: {len(key)} names of {len(set(dict(key).values()))} entities in {len(some)} documents")
        _line("B-cubed", score)


def linked(chains: Sequence[Chain]) -> Iterator[tuple[tuple[str, Span], object]]:
    """Yield each name's place and the cluster it is in, by the names alone."""
    seen = [chain.seen() for chain in chains]
    found = bearers(seen)
    joined = judge(find([(one.name, one.is_body) for one in seen]), found) + short_forms.find(found)
    groups = components([(one.a, one.b, one.score) for one in joined], (), differing(joined))
    home: dict[str, object] = {name: number for number, group in enumerate(groups) for name, _ in group}
    for chain, one in zip(chains, seen, strict=True):
        yield from (((chain.document, span), home.get(one.name, one.name)) for span in chain.spans)


def main() -> int:
    """Print the figures."""
    if not CORPUS.is_dir():
        print("../shared does not exist here: MEANTIME cannot be scored")
        return 0
    some = [(article, Resolved(article.doc)) for article in articles()]
    gold = [((a.doc.name, span), (a.doc.name, entity)) for a, _ in some for span, (entity, _, _) in a.gold.items()]
    total: Sequence[Cluster] = clusters(gold)
    print(f"{len(some)} documents, {sum(map(len, total))} mentions, {len(total)} entities")
    within(some)
    across(some)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Which word governs which: takes the encoder's vectors of a sentence's words, gives each word's governor, relation and clause.

A small learned parser (`training/parser.py`, from the trees of GUM), rough: three words in four get their governor. It serves
features of pronouns and of what they can mean, never a rule by itself, and is bound to the encoder as `vectors` is. Relations are
those of Universal Dependencies that these features ask for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from onrecord.encoding import Encoding
from onrecord.resolve.columns import Columns
from onrecord.resolve.vectors import form, mean_vectors

LONGEST = 120  # words of a sentence that are parsed
FAR = 12  # words apart beyond which distance no longer tells
RELATIONS = (
    "other nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss appos conj root advcl acl acl:relcl ccomp xcomp parataxis csubj"
    " aux cop mark case det amod advmod flat compound punct cc nummod"
).split()


def heads(arrays: Mapping[str, Any], vectors: Any) -> tuple[Any, Any]:
    """Return for each word the number of its governor (0 for none, else place + 1), and the number of its relation."""
    x = (vectors - arrays["parse shift"]) * arrays["parse scale"]

    def layer(key: str, given: Any) -> Any:
        return given @ arrays[f"parse {key}"] + arrays[f"parse {key} bias"]

    governor = np.concatenate([arrays["parse root"][None], np.maximum(layer("governor", x), 0)])
    dependent = layer("both", np.maximum(layer("dependent", x), 0))
    places = np.arange(len(x))
    score = dependent @ governor.T
    score[:, 1:] += arrays["parse far"][np.clip(places[None, :] - places[:, None], -FAR, FAR) + FAR]
    score[places, places + 1] = -np.inf
    told = layer("name", np.maximum(layer("relation", x), 0))
    return score.argmax(1), told.argmax(1)


CLAUSES = frozenset("root advcl acl acl:relcl ccomp xcomp parataxis csubj".split())
SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
HIGHEST = 12  # steps up a tree that may be a ring


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree of one sentence, by tokens of the document: what governs each, what it is to that, what each governs."""

    governors: dict[int, int]
    relations: dict[int, str]
    below: dict[int, list[int]]


@dataclass(slots=True)
class Syntax:
    """The trees of a document's sentences, made when first asked for."""

    cols: Columns
    encoding: Encoding
    arrays: Mapping[str, Any]
    kept: dict[int, Tree] = field(default_factory=dict)

    def governor(self, at: int) -> int:
        """Return the token that governs token `at`, -1 for none."""
        return self._tree(at).governors[at]

    def relation(self, at: int) -> str:
        """Return what token `at` is to its governor."""
        return self._tree(at).relations[at]

    def below(self, at: int) -> list[int]:
        """Return the tokens that token `at` governs."""
        return self._tree(at).below.get(at, [])

    def head(self, first: int, end: int) -> int:
        """Return the token of a phrase that is governed from outside it: the last such one, else its last token."""
        outside = [at for at in range(first, end) if not first <= self.governor(at) < end]
        return outside[0] if outside else end - 1

    def clause(self, at: int) -> int:
        """Return the head of the clause that token `at` is in, `at` itself where it heads one."""
        for _ in range(HIGHEST):
            above = self.governor(at)
            if above < 0 or self.relation(at) in CLAUSES or self._conjoined(at):
                return at
            at = above
        return at

    def _conjoined(self, at: int) -> bool:
        """A second verb ("went and told her"): a clause of its own, whose subject may be the first one's."""
        return self.relation(at) == "conj" and self._verbal(at)

    def _verbal(self, at: int) -> bool:
        return any(
            self.relation(under) in (*SUBJECTS, "obj", "aux", "mark", "xcomp", "ccomp") for under in self.below(at)
        )

    def above(self, clause: int) -> int:
        """Return the head of the clause that a clause is in, -1 for none."""
        over = self.governor(clause)
        return self.clause(over) if over >= 0 else -1

    def child(self, clause: int, relations: Sequence[str]) -> int:
        """Return the first token that stands so to a clause's head, -1 for none."""
        return next((under for under in self.below(clause) if self.relation(under) in relations), -1)

    def subject(self, clause: int) -> int:
        """Return a clause's subject; where it has none, that of the clause it belongs to; -1 for none."""
        for _ in range(HIGHEST):
            found = self.child(clause, SUBJECTS)
            if found >= 0 or clause < 0:
                return found
            relation, clause = self.relation(clause), self.above(clause)
            if clause >= 0 and relation == "xcomp" and (found := self.child(clause, ("obj",))) >= 0:
                return found
            if clause < 0 or relation in ("acl:relcl", "ccomp", "root"):
                return -1
        return -1

    def _tree(self, at: int) -> Tree:
        tree = self.kept.get(at)
        if tree is None:
            first, end = self.cols.sentence_of(at)
            tree = self._grown(first, end)
            self.kept.update(dict.fromkeys(range(first, end), tree))
        return tree

    def _grown(self, first: int, end: int) -> Tree:
        cut = min(end, first + LONGEST)
        vectors = mean_vectors(self.encoding, [self.cols.span(at, at + 1) for at in range(first, cut)])
        ours, told = (found.tolist() for found in heads(self.arrays, vectors))
        tree = Tree(dict.fromkeys(range(cut, end), -1), dict.fromkeys(range(cut, end), "other"), {})
        for at, (governor, relation) in enumerate(zip(ours, told, strict=True), first):
            tree.governors[at] = first + governor - 1 if governor else -1
            tree.relations[at] = RELATIONS[relation]
        for at in range(first, end):
            tree.below.setdefault(tree.governors[at], []).append(at)
        return tree


def syntax(encoding: Encoding | None, cols: Columns) -> Syntax | None:
    """Return the trees of a document, None without an encoding or where the parser was learned with another encoder."""
    learned = form()
    if (
        encoding is None
        or learned is None
        or learned.by != encoding.by
        or not len(encoding.spans)
        or not learned.parser
    ):
        return None
    return Syntax(cols, encoding, learned.parser)


def placed(trees: Syntax, at: int, first: int, end: int) -> dict[str, float]:
    """Return the features of a pronoun at token `at` and a mention that their places in the trees give."""
    mine, theirs = trees.clause(at), trees.head(first, end)
    clause, role, relation = trees.clause(theirs), trees.relation(at), trees.relation(theirs)
    row = dict.fromkeys(
        (
            f"tree, pronoun {role}",
            f"tree, mention {relation}",
            f"tree, pronoun's clause {trees.relation(mine)}",
            f"tree, mention's clause {trees.relation(clause)}",
        ),
        1.0,
    )
    row["tree, parallel"] = float(role[:5] == relation[:5])
    row["tree, modifies"] = float(relation in ("nmod", "nmod:poss", "appos", "compound"))
    if trees.cols.sentence[at] != trees.cols.sentence[first]:
        return row
    kind = role if role in ("nsubj", "obj", "nmod:poss") else "obl"
    own = trees.subject(mine)
    row[f"tree, subject of {kind}"] = float(first <= own < end and own != at)
    row[f"tree, other subject of {kind}"] = float(own >= 0 and own != at and not first <= own < end)
    row[f"tree, same clause, {kind}"] = float(clause == mine)
    row["tree, beneath"] = float(trees.above(clause) == mine)
    row["tree, governs"] = float(trees.governor(at) == theirs or trees.governor(theirs) == at)
    over, climbed = trees.above(mine), 1
    part = relation if relation in ("nsubj", "obj", "obl") else "other"
    while over >= 0 and climbed < 4:
        if clause == over:
            row[f"tree, {min(climbed, 2)} up, {part}"] = row[f"tree, up, {kind}, {part}"] = 1.0
        over, climbed = trees.above(over), climbed + 1
    return row

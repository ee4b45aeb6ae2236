"""States as speakers: takes columns and a document's cast, gives the state, government or army that a phrase means.

"Tehran said", "the government", "Kenya's army", "officials" in a report about one state. Other bodies are for `earlier`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from onrecord.resolve.columns import Columns
from onrecord.resolve.entities import Cast, Entity
from onrecord.resolve.institutions import HEADS_OF_STATE
from onrecord.resolve.likening import PLAIN, normal_words
from onrecord.resolve.phrase import Phrase
from onrecord.resolve.vocabulary import POSSESSIVES, Vocabulary, fold, vocabulary

STATE_BODIES = frozenset(
    "government authorities presidency military army regime administration police parliament navy".split()
)


AMERICAN = frozenset("republican republicans democrat democrats gop congressional".split())


@dataclass(slots=True)
class States:
    """The states a document speaks of, and their bodies."""

    cols: Columns
    cast: Cast
    known_bodies: dict[tuple[str, str], str] | None = None
    counts: Counter[str] | None = None  # how often the text names each state, once somebody asked

    def speaking(self, word: str, entity: Entity) -> Entity:
        """A state or its capital as speaker: its government where the text names that, else the state."""
        state = vocabulary().state_of.get(word)
        if state is None or (entity.place and word not in vocabulary().state_of):
            return entity
        body = self.government(state, "government")
        return body or self.cast.named(state, "organisation")

    def government(self, state: str, head: str) -> Entity | None:
        """A state's body as an entity, if the text speaks of it at all."""
        name = self.bodies().get((state, head))
        return self.cast.named(name, "organisation") if name else None

    def bodies(self) -> dict[tuple[str, str], str]:
        """Names of the state bodies the text speaks of: "the Kenyan army", "Kenya's army", "the Government of Kenya"."""
        if self.known_bodies is None:
            self.known_bodies = {}
            for at, lower in enumerate(self.cols.lower):
                if lower in STATE_BODIES:
                    self._note_body(at, lower)
            ruling = self.ruling()
            if ruling and any(
                self.cols.lower[at : at + 2] == ["the", "government"] for at in range(len(self.cols.words))
            ):
                self.known_bodies.setdefault((ruling, "government"), state_body(ruling, "government"))
        return self.known_bodies

    def _note_body(self, at: int, head: str) -> None:
        cols, known = self.cols, self.known_bodies
        assert known is not None
        before = at - 2 if at > 1 and cols.words[at - 1] in POSSESSIVES else at - 1
        name = self.cast.at_token.get(before) if before >= 0 else None
        if (
            name is not None
            and name.end == before + 1
            and (state := vocabulary().state_of.get(cols.phrase(name.first, name.end)))
        ):
            known.setdefault((state, head), state_body(state, head))
        if cols.lower[at + 1 : at + 2] == ["of"] and (state := self._state_at(at + 2) or self._state_at(at + 3)):
            known[state, head] = f"{head.capitalize()} of {state}"

    def described(self, phrase: Phrase) -> Entity | None:
        """ "Kenya's government", "the Kenyan army", "the government in Nairobi"; "the government" in a text about one state."""
        cols, vocab = self.cols, vocabulary()
        head = cols.lower[phrase.head]
        if head not in STATE_BODIES:
            return None
        states = [s for at in range(phrase.first, phrase.core) if (s := self._state_at(at))]
        modifiers = [
            cols.lower[at]
            for at in range(phrase.first, phrase.head)
            if cols.words[at] not in POSSESSIVES and cols.lower[at] not in PLAIN
        ]
        if len(set(states)) == 1:
            extra = [word for word in modifiers if not self._is_state_word(word, vocab)]
            if extra or head == "authorities" or head == "police":
                return None
            if head == "government" and not modifiers and self.cols.lower[phrase.head + 1 : phrase.head + 2] == ["in"]:
                return self.cast.named(states[0], "organisation")
            return self._body_of(states[0], head)
        if (
            states
            or modifiers
            or phrase.determiner != "the"
            or phrase.core > phrase.head + 1
            or head in ("authorities", "police", "administration")
        ):
            return self._administration(phrase) if head == "administration" and not modifiers else None
        ruling = self.ruling()
        return self._body_of(ruling, head) if ruling else self._only_named_body(head)

    def _only_named_body(self, head: str) -> Entity | None:
        """ "the army" after "the Kenyan army": the only state whose army the text speaks of."""
        names = sorted({name for (_, other), name in self.bodies().items() if other == head})
        return self.cast.named(names[0], "organisation") if len(names) == 1 else None

    def _body_of(self, state: str, head: str) -> Entity:
        existing = self.government(state, head)
        if existing is not None:
            return existing
        return self.cast.named(state_body(state, head), "organisation")

    def _administration(self, phrase: Phrase) -> Entity | None:
        """ "the administration": the one the text has named."""
        for at in range(len(self.cols.words) - 1):
            if (
                self.cols.lower[at + 1] == "administration"
                and self.cols.words[at][0].isupper()
                and at in self.cast.at_token
                and self.cols.lower[at] != "the"
            ):
                name = self.cast.at_token[at]
                return self.cast.named(f"{self.cols.phrase(name.first, name.end)} administration", "organisation")
        return None

    def _state_at(self, at: int) -> str | None:
        name = self.cast.at_token.get(at)
        if name is None or name.first != at:
            return None
        return vocabulary().state_of.get(self.cols.phrase(name.first, name.end))

    def _is_state_word(self, word: str, vocab: Vocabulary) -> bool:
        return (
            any(part == word for state in (*vocab.state_of, *vocab.peoples) for part in state.lower().split())
            if word
            else False
        )

    def ruling(self, but: frozenset[str] = frozenset()) -> str | None:
        """The state that the text names by far the most, those in `but` left out."""
        if self.counts is None:
            named = (
                vocabulary().state_of.get(self.cols.phrase(name.first, name.end))
                for name in self.cast.names
                if name.kind in ("state", "people")
            )
            self.counts = Counter(filter(None, named))
        ranked = [(state, count) for state, count in self.counts.most_common() if state not in but][:2]
        if not ranked or (len(ranked) > 1 and 2 * ranked[0][1] < 3 * ranked[1][1]):
            return None
        return ranked[0][0]

    def of_speaker(self, speaker: Entity) -> str | None:
        """The state a president without one speaks for: the one most named, unless it is in another's office."""
        others = {
            word for entity in self.cast.entities for role in entity.roles
            if entity is not speaker and entity.heads & HEADS_OF_STATE for word in normal_words(role.text)
        }  # fmt: skip
        taken = frozenset(state for state in vocabulary().state_of.values() if fold(state) in others)
        if "president" in speaker.heads and "United States" not in taken and self._is_american():
            return "United States"
        return self.ruling(taken)

    def _is_american(self) -> bool:
        """The text speaks of what only one president has; news in English then leaves out whose president it is."""
        lower = self.cols.lower
        return any(lower[at] in AMERICAN or (lower[at : at + 2] == ["white", "house"]) for at in range(len(lower)))

    def officials(self, phrase: Phrase) -> Entity | None:
        """ "officials", "authorities" with no word of whose: those of the state that the text is about."""
        head = self.cols.lower[phrase.head]
        if head not in ("officials", "authorities") or phrase.core - phrase.first > 1 + (phrase.determiner == "the"):
            return None
        ruling = self.ruling()
        return self.cast.named(state_body(ruling, head), "group", False) if ruling else None


def state_body(state: str, head: str) -> str:
    """Return how a state's body is named: "Kenyan government".

    >>> state_body("Kenya", "government"), state_body("Costa Rica", "military")
    ('Kenyan government', 'Costa Rican military')
    """
    adjective = vocabulary().adjective.get(state)
    return f"{adjective} {head}" if adjective else f"{state} {head}"

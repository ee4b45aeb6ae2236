"""Descriptions that point back: takes a definite phrase and what was mentioned before, gives the entity it means, or none.

"the minister", "the chipmaker", "the two leaders", "the 35-year-old": by role, kind, words and nearness. States are for `states`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord import lexicon
from onrecord.resolve.columns import Columns
from onrecord.resolve.descriptions import Described
from onrecord.resolve.entities import Cast, Entity, words_of
from onrecord.resolve.institutions import HEADS_OF_STATE
from onrecord.resolve.likening import PLAIN, alike, normal, normal_words, state_names, wider_than
from onrecord.resolve.phrase import Phrase, read_phrase
from onrecord.resolve.pronouns import Scene
from onrecord.resolve.vocabulary import POSSESSIVES, fold, vocabulary

LATEST = 400  # mentions and descriptions looked back on
COUNTS = {"two": 2, "three": 3, "four": 4, "both": 2}


@dataclass(slots=True)
class Earlier:
    """Who can be pointed back to: everybody named, the mentions around, and the sources described so far.

    `ruling` is the state that the text is about, folded, None where there is none.
    """

    cols: Columns
    cast: Cast
    scene: Scene
    mentions: Sequence[Described]
    ruling: str | None = None
    described: list[tuple[int, Phrase, Entity]] = field(default_factory=list)

    def find(self, phrase: Phrase) -> Entity | None:
        """Whoever was named or described before and agrees with a definite description."""
        head = self.cols.lower[phrase.head]
        modifiers = self.modifiers(phrase)
        if phrase.determiner in ("his", "her", "their", "its", "my", "our"):
            return None
        aged = next(
            (self.cols.lower[at] for at in range(phrase.first, phrase.core) if self.cols.lower[at].endswith("-old")),
            None,
        )
        if aged or head in ("man", "woman", "boy", "girl", "teen", "teenager"):
            return self._same_words(phrase, head, modifiers) or self._person_at_hand(phrase, aged or head)
        if phrase.type == "person":
            found = self._by_role(phrase, head, modifiers)
            return found or (
                self._subject_at_hand(phrase, head) if head in lexicon.words("roles", "epithets") else None
            )
        if phrase.type == "organisation":
            return self._body(phrase, head, modifiers)
        return self._same_words(phrase, head, modifiers)

    def _around(self, at: int) -> list[Entity]:
        """Everybody mentioned or described before token `at`, in the order of the cast; of thousands, the latest."""
        before = bisect_left(self.scene.firsts, at)
        found = {id(each.entity): each.entity for each in self.scene.occurrences[max(0, before - LATEST) : before]}
        found.update((id(entity), entity) for _, _, entity in self.described[-LATEST:])
        return sorted(found.values(), key=lambda entity: entity.order)

    def modifiers(self, phrase: Phrase) -> list[str]:
        """Return the words of a description besides its noun, in forms for comparison; names count as one word."""
        cols = self.cols
        words, at = [], phrase.first
        while at < phrase.core:
            name = self.cast.at_token.get(at)
            end = (
                min(name.end, phrase.core)
                if name is not None and name.first == at and name.end <= phrase.core and at != phrase.head
                else at + 1
            )
            if at != phrase.head and cols.words[at] not in POSSESSIVES:
                words.append(cols.phrase(at, end))
            at = end
        return [
            normal(word)
            for word in words
            if word.lower() not in PLAIN and word[0].isalnum() and word.lower() not in ("of", "for", "in", "at")
        ]

    def _same_words(self, phrase: Phrase, head: str, modifiers: list[str]) -> Entity | None:
        for token, earlier, entity in reversed(self.described[-LATEST:]):
            if (
                token < phrase.first
                and self.cols.lower[earlier.head] == head
                and set(modifiers) <= set(self.modifiers(earlier))
            ):
                return entity
        return None

    def _by_role(self, phrase: Phrase, head: str, modifiers: list[str]) -> Entity | None:
        best: tuple[int, int, Entity] | None = None
        told: dict[int, int] = {}
        for token, _, other in self.described[-LATEST:]:
            if token < phrase.first:
                told[id(other)] = max(token, told.get(id(other), -1))
        for entity in self._around(phrase.first):
            if entity.type != "person":
                continue
            rank = self._role_fit(entity, head, modifiers, phrase)
            if not rank:
                continue
            recent = max(_last_before(entity, phrase.first), told.get(id(entity), -1))
            if recent >= 0 and (best is None or (rank, recent) > best[:2]):
                best = (rank, recent, entity)
        return best[2] if best else None

    def _role_fit(self, entity: Entity, head: str, modifiers: list[str], phrase: Phrase) -> int:
        """0 where the description cannot be theirs; more where its words are in what the text calls them."""
        same = any(head == other or alike(head) == alike(other) for other in entity.heads)
        wider = not same and any(head in wider_than(other) for other in entity.heads)
        if not same and not wider:
            return 0
        gender = vocabulary().noun_gender.get(head)
        if gender and entity.gender and gender != entity.gender:
            return 0
        known = {word for role in entity.roles for word in normal_words(role.text)}
        if not entity.named:
            known |= normal_words(entity.name)
        proper = [word for word in modifiers if word in known]
        strange = [word for word in modifiers if word not in known]
        foreign = [word for word in strange if word in state_names()]
        if foreign and (known & state_names() or (entity.named and not (same and foreign == [self.ruling]))):
            return 0
        if len(strange) > len(foreign) and not proper:
            return 0
        plain = head in HEADS_OF_STATE and not modifiers and entity.named and not known & state_names()
        return (4 if same else 2) + 2 * len(proper) + plain

    def _person_at_hand(self, phrase: Phrase, head: str) -> Entity | None:
        gender = vocabulary().noun_gender.get(head)
        for each in reversed(self.scene.occurrences):
            if (
                each.first < phrase.first
                and each.entity.type == "person"
                and (gender is None or each.entity.gender in (None, gender))
            ):
                aged = head.split("-")[0].isdigit() and self._aged(each.entity, head.split("-")[0])
                if aged or self.cols.sentence[phrase.first] - self.cols.sentence[each.first] <= 2:
                    return each.entity
        return None

    def _subject_at_hand(self, phrase: Phrase, head: str) -> Entity | None:
        """The named person who was the last subject, two sentences back at most."""
        gender = vocabulary().noun_gender.get(head)
        for each in reversed(self.scene.occurrences):
            entity = each.entity
            if each.first < phrase.first and entity.type == "person" and entity.named and each.subject:
                near = self.cols.sentence[phrase.first] - self.cols.sentence[each.first] <= 2
                return entity if near and (gender is None or entity.gender in (None, gender)) else None
        return None

    def _aged(self, entity: Entity, age: str) -> bool:
        cols = self.cols
        return any(age in cols.words[token : token + 6] for token in entity.tokens)

    def _body(self, phrase: Phrase, head: str, modifiers: list[str]) -> Entity | None:
        """A body whose name or earlier description has the head noun, else the nearest that can be called so."""
        cols = self.cols
        best: tuple[int, int, Entity] | None = None
        for entity in self._around(phrase.first):
            if entity.type != "organisation" or entity.place or not entity.tokens:
                continue
            recent = _last_before(entity, phrase.first)
            if recent < 0:
                continue
            own = {normal(word) for word in words_of(entity.name)} | {fold(word) for word in entity.heads}
            marked = any("-" in word and word in own for word in modifiers)
            if ((normal(head) in own and all(word in own for word in modifiers)) or marked) and (
                best is None or (1 + marked, recent) > best[:2]
            ):
                best = (1 + marked, recent, entity)
        if best is not None:
            return best[2]
        same = self._same_words(phrase, head, modifiers)
        if same is not None:
            return same
        if head in lexicon.words("roles", "companies") or head in (
            "group",
            "movement",
            "organisation",
            "organization",
            "faction",
        ):
            return self._nearest_body(phrase.first, cols)
        return None

    def _nearest_body(self, at: int, cols: Columns) -> Entity | None:
        vocab = vocabulary()
        for wanted in (True, False):
            for each in reversed(self.scene.occurrences):
                entity = each.entity
                if each.first >= at or entity.type != "organisation" or entity.place or entity.name in vocab.state_of:
                    continue
                if cols.sentence[at] - cols.sentence[each.first] > 3:
                    break
                if each.subject or not wanted:
                    return entity
        return None

    def several(self, phrase: Phrase) -> Entity | None:
        """ "the two leaders", "the three ministers": the last so many people with such an office, or the list of them."""
        cols = self.cols
        count = next((COUNTS[cols.lower[at]] for at in range(phrase.first, phrase.head) if cols.lower[at] in COUNTS), 0)
        head = vocabulary().persons_plural.get(cols.lower[phrase.head])
        if phrase.determiner != "the" or not count or head is None:
            return None
        chosen: list[Entity] = []
        for each in reversed(self.scene.occurrences):
            entity = each.entity
            if (
                each.first < phrase.first
                and entity.type == "person"
                and entity.named
                and entity not in chosen
                and self._holds(entity, head)
            ):
                chosen.append(entity)
            if len(chosen) == count:
                return self._together(chosen[::-1])
        return None

    def _holds(self, entity: Entity, head: str) -> bool:
        return any(alike(head) == alike(other) or head in wider_than(other) for other in entity.heads)

    def _together(self, found: Sequence[Entity]) -> Entity:
        names = [entity.name for entity in found]
        entity = self.cast.named(f"{', '.join(names[:-1])} and {names[-1]}", "group", True)
        entity.members = tuple(found)
        return entity

    def fuller(self, phrase: Phrase) -> Phrase | None:
        """ "officials", "the board": the nearest description in the text with the same noun that says whose, if there is one."""
        cols = self.cols
        if phrase.type == "group" and self.cols.lower[phrase.head] not in vocabulary().persons_plural:
            return None
        bare = phrase.core == phrase.head + 1 and phrase.head - phrase.first <= (phrase.determiner == "the")
        if not bare or phrase.type not in ("organisation", "group") or phrase.determiner not in ("", "the"):
            return None
        head, found = cols.lower[phrase.head], {}
        for each in self.mentions:
            owned = cols.lower[each.first] in ("its", "their", "his", "her") and each.first < phrase.first
            whose = owned or any(at in self.cast.at_token for at in range(each.first, each.end - 1))
            here = each.first < phrase.first or phrase.type == "organisation"
            if cols.lower[each.end - 1] == head and whose and here:
                found[fold(cols.phrase(each.first, each.end)).removeprefix("the ")] = each
        if not found or (len(found) > 1 and phrase.type == "group"):
            return None
        before = [each for each in found.values() if each.first < phrase.first]
        best = max(before, key=lambda each: each.first) if before else next(iter(found.values()))
        return read_phrase(cols, self.cast.at_token, best.first, best.end)


def _last_before(entity: Entity, at: int) -> int:
    """The entity's last mention by name before token `at`, -1 for none."""
    place = bisect_left(entity.tokens, at)
    return entity.tokens[place - 1] if place else -1

"""Descriptions that point back: takes a definite phrase and what was mentioned before, gives the entity it means, or none.

"the minister", "the chipmaker", "the two leaders", "the 35-year-old": by role, kind, words and nearness. States are for `states`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord import lexicon
from onrecord.resolve.columns import Columns
from onrecord.resolve.descriptions import Described
from onrecord.resolve.entities import Cast, Entity, words_of
from onrecord.resolve.institutions import HEADS_OF_STATE
from onrecord.resolve.kinds import can_be, of_kind
from onrecord.resolve.likening import PLAIN, alike, normal, normal_words, state_names, wider_than
from onrecord.resolve.phrase import Phrase, read_phrase
from onrecord.resolve.pronouns import Occurrence, Scene
from onrecord.resolve.roles import Role
from onrecord.resolve.vocabulary import DETERMINERS, POSSESSIVES, fold, vocabulary

ANY_BODY = frozenset("group movement organisation organization faction".split())
OF_A_PLACE = frozenset("senator congressman congresswoman governor lawmaker".split())
LESSER = frozenset("vice deputy assistant".split())
LONGEST = 4  # words of a description that stands for a shorter one
LEAD = 4  # sentences of a report, its headline among them, that describe whom the next ones name
MENTIONS = 20  # before a description, among which a body is looked for as a subject
LATEST = 400  # mentions and descriptions looked back on
CREDITED = frozenset(
    "director producer founder boss captain manager coach".split()
)  # "the director", of a film just named


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

    def find(self, phrase: Phrase, outer: Entity | None = None) -> Entity | None:
        """Whoever was named or described before and agrees with a definite description.

        `outer` is who says it, whom it does not mean where nothing but nearness would speak for that.
        """
        head = self.cols.lower[phrase.head]
        modifiers = self.modifiers(phrase)
        if phrase.determiner in ("his", "her", "their", "its", "my", "our"):
            return None
        aged = next(
            (self.cols.lower[at] for at in range(phrase.first, phrase.core) if self.cols.lower[at].endswith("-old")),
            None,
        )
        if aged or head in ("man", "woman", "boy", "girl", "teen", "teenager"):
            return self.same_words(phrase, head, modifiers) or self._person_at_hand(phrase, aged or head, outer)
        if phrase.type == "person":
            found = self._by_role(phrase, head, modifiers)
            return found or self._called_now(phrase, head, modifiers, outer)
        if phrase.type == "organisation":
            return self._body(phrase, head, modifiers)
        return self.same_words(phrase, head, modifiers)

    def headed(self, phrase: Phrase) -> Entity | None:
        """ "Union boss quits" above a text: the only one whom the text below calls so; None where no or many are."""
        cols = self.cols
        if phrase.type != "person" or phrase.core > phrase.head + 1:
            return None
        head, modifiers = cols.lower[phrase.head], self.modifiers(phrase)
        if cols.sentence[phrase.first] and not self._opening(phrase, head, modifiers):
            return None
        if not cols.sentence[phrase.first] and cols.lower[phrase.first] in DETERMINERS:
            return None
        called = [
            e for e in self.cast.entities if e.type == "person" and e.named and e.tokens and cols.sentence[e.tokens[-1]]
        ]
        if head in ("woman", "man"):
            return self._only(called, head, phrase)
        found = [entity for entity in called if self._role_fit(entity, head, modifiers, phrase)]
        return found[0] if len(found) == 1 else None

    def _opening(self, phrase: Phrase, head: str, modifiers: list[str]) -> bool:
        """ "A dock union boss has quit": how a report introduces somebody whom it names a sentence or two later."""
        cols = self.cols
        bare = not phrase.determiner and cols.lower[phrase.first] not in DETERMINERS
        told = phrase.determiner in ("a", "an") and (bool(modifiers) or head in ("woman", "man"))
        single = head not in lexicon.words("roles", "anybody")
        return cols.sentence[phrase.first] <= LEAD and (told or (bare and cols.sentence[phrase.first] == 1)) and single

    def _only(self, called: Sequence[Entity], head: str, phrase: Phrase) -> Entity | None:
        """The one woman or man whom a report names, where it is somebody it has not named yet."""
        gender = vocabulary().noun_gender.get(head)
        found = [entity for entity in called if gender in (entity.gender, entity.likely)]
        return found[0] if len(found) == 1 and found[0].tokens[0] > phrase.first else None

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
            whole = name is not None and name.first == at and name.end <= phrase.core and at != phrase.head
            end = min(name.end, phrase.head) if name and whole and at < phrase.head < name.end else at + 1
            end = name.end if name and whole and not at < phrase.head < name.end else end
            if at != phrase.head and cols.words[at] not in POSSESSIVES:
                words.append(cols.phrase(at, end))
            at = end
        return [
            normal(word)
            for word in words
            if word.lower() not in PLAIN and word[0].isalnum() and word.lower() not in ("of", "for", "in", "at")
        ]

    def of_theirs(self, phrase: Phrase, owner: Entity) -> Entity | None:
        """ "his lawyer", "Mr. Brook's lawyer": the only one whom the text names and calls so, wherever that is."""
        head, whose = alike(self.cols.lower[phrase.head]), owner.words[-1] if owner.words else ""
        modifiers = {word for word in self.modifiers(phrase) if word not in owner.words}
        found = []
        for entity in self.cast.entities:
            for role in entity.roles if entity.type == "person" and entity.named and entity is not owner else ():
                words = normal_words(role.text)
                owned = whose in words or (role.text.split()[0] in ("his", "her") and self._beside(role, owner))
                if alike(role.head) == head and owned and modifiers <= words and entity not in found:
                    found.append(entity)
        return found[0] if len(found) == 1 else None

    def _beside(self, role: Role, owner: Entity) -> bool:
        """The owner is the last person named before a role that begins with "his" or "her", but for its bearer."""
        near = [token for token in owner.tokens if token < role.first]
        return bool(near) and self.cols.sentence[role.first] - self.cols.sentence[near[-1]] <= 1

    def same_words(self, phrase: Phrase, head: str, modifiers: list[str]) -> Entity | None:
        """Return the last source described with the same noun and with all the modifiers; None where there is none."""
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
        offices = [role for role in entity.roles if role.head == head]
        if offices and not set(modifiers) & LESSER and not any(map(_first_rate, offices)):
            return head != "president"  # of deputies only a vice president is never called so
        plain = head in HEADS_OF_STATE and not modifiers and entity.named and not known & state_names()
        return (4 if same else 2) + 2 * len(proper) + plain

    def _person_at_hand(self, phrase: Phrase, head: str, outer: Entity | None) -> Entity | None:
        """Who was last spoken of and can be called a man, a girl or so many years old: a subject before anybody else."""
        gender = vocabulary().noun_gender.get(head)
        age = head.split("-")[0]
        near: list[Occurrence] = []
        for each in reversed(self.scene.occurrences):
            person = each.entity.type == "person" and each.entity is not outer
            if each.first < phrase.first and person and gender in (None, each.entity.gender or gender):
                if age.isdigit() and self._aged(each.entity, age):
                    return each.entity
                if self._gap(each, phrase) <= 2:
                    near.append(each)
        told = self.scene.told
        chosen = [each for each in near if each.subject and (not told or told[each.first] == -1)] or near
        return chosen[0].entity if chosen else None

    def _gap(self, each: Occurrence, phrase: Phrase) -> int:
        return self.cols.sentence[phrase.first] - self.cols.sentence[each.first]

    def _called_now(self, phrase: Phrase, head: str, modifiers: list[str], outer: Entity | None) -> Entity | None:
        """ "the candidate", "the Ohio Republican", "the actress": who was the last subject, where nothing speaks against it."""
        if head in lexicon.words("roles", "epithets"):
            rival = outer is not None and outer.type == "person" and outer.named  # of whom one speaks is open then
            return None if rival and modifiers else self._subject_at_hand(phrase, head, modifiers, outer)
        bare = head in CREDITED and not modifiers
        known = bare or head in OF_A_PLACE or head in lexicon.words("roles", "professions") or self._with_body(phrase)
        if not known or phrase.core > phrase.head + 1:
            return None
        named = [self.cast.at_token[at] for at in range(phrase.first, phrase.core) if at in self.cast.at_token]
        places = all(name.kind in ("place", "state") for name in named)
        owned = any(self.cols.words[at] in POSSESSIVES for at in range(phrase.first, phrase.head))
        if (head in OF_A_PLACE and not named) or (owned and not places) or any(name.kind == "person" for name in named):
            return None
        found = (
            self._subject_at_hand(phrase, head, modifiers, outer)
            or self._one_of_gender(phrase, head, outer)
            or (self._only_one(phrase, outer) if named else None)
        )
        return found if found is not None and not self._called_otherwise(found, head) else None

    def _with_body(self, phrase: Phrase) -> bool:
        """ "the Quay Rocket frontman": the name of a body stands before the noun."""
        names = [self.cast.at_token.get(at) for at in range(phrase.first, phrase.head)]
        return any(name is not None and name.kind in ("organisation", "unsure") for name in names)

    def _one_of_gender(self, phrase: Phrase, head: str, outer: Entity | None) -> Entity | None:
        """ "the actress": the only woman whom the text has named so far."""
        gender = vocabulary().noun_gender.get(head)
        found = {
            id(each.entity): each.entity for each in self.scene.occurrences[: bisect_left(self.scene.firsts, phrase.first)]
            if gender and each.entity.type == "person" and each.entity.named and each.entity.gender == gender
        }  # fmt: skip
        one = next(iter(found.values()), None)
        return one if len(found) == 1 and one is not outer else None

    def _only_one(self, phrase: Phrase, outer: Entity | None) -> Entity | None:
        """ "the Texas governor": the only person named in this sentence before it and the two before that."""
        here = bisect_left(self.scene.firsts, phrase.first)
        near = (each for each in self.scene.occurrences[:here] if each.named and self._gap(each, phrase) <= 2)
        found = {id(each.entity): each.entity for each in near if each.entity.type == "person"}
        one = next(iter(found.values()), None)
        return one if len(found) == 1 and one is not outer else None

    def _called_otherwise(self, entity: Entity, head: str) -> bool:
        """Say whether the text calls somebody by an office or a profession that does not go with this one."""
        others = {alike(other) for other in entity.heads & vocabulary().callings}
        return any(
            other != alike(head) and other not in wider_than(head) and alike(head) not in wider_than(other)
            for other in others
        )

    def _subject_at_hand(self, phrase: Phrase, head: str, modifiers: list[str], outer: Entity | None) -> Entity | None:
        """The named person who was the last subject, two sentences back at most; one called so before any other."""
        gender = vocabulary().noun_gender.get(head)
        near = [
            each.entity for each in self._lately(phrase)
            if each.entity.named and each.entity is not outer and gender in (None, each.entity.gender or gender)
        ]  # fmt: skip
        for entity in near:
            if any(word in normal_words(role.text) for role in entity.roles for word in modifiers):
                return entity
        return near[0] if near else None

    def _lately(self, phrase: Phrase) -> Iterator[Occurrence]:
        """The people who were subjects of the last sentences in the voice of the same one, the last first."""
        told = self.scene.told
        for each in reversed(self.scene.occurrences):
            voice = not told or told[each.first] in (-1, told[phrase.first])
            if each.first < phrase.first and each.subject and voice and each.entity.type == "person":
                if self._gap(each, phrase) > 2:
                    return
                yield each

    def _aged(self, entity: Entity, age: str) -> bool:
        cols = self.cols
        return any(age in cols.words[token : token + 6] for token in entity.tokens)

    def _body(self, phrase: Phrase, head: str, modifiers: list[str]) -> Entity | None:
        """A body whose name or earlier description has the head noun, else the nearest that can be called so."""
        best: tuple[int, int, int, int, Entity] | None = None
        for entity in self._around(phrase.first):
            if entity.type != "organisation" or entity.place or not entity.tokens:
                continue
            recent = _last_before(entity, phrase.first)
            if recent < 0:
                continue
            own = {normal(word) for word in words_of(entity.name)} | {fold(word) for word in entity.heads}
            marked = any("-" in word and word in own for word in modifiers)
            if ((of_kind(head, own) and all(word in own for word in modifiers)) or marked) and (
                best is None or (1 + marked, *self._standing(entity, phrase.first), recent) > best[:4]
            ):
                best = (1 + marked, *self._standing(entity, phrase.first), recent, entity)
        if best is not None:
            return best[-1]
        same = self.same_words(phrase, head, modifiers)
        if same is not None:
            return same
        company = head in lexicon.words("roles", "companies") and not any(vocabulary().is_common(w) for w in modifiers)
        return self._nearest_body(phrase.first, head) if company or head in ANY_BODY else None

    def _standing(self, entity: Entity, at: int) -> tuple[int, int]:
        """Whether a body was a subject in the last sentences before token `at`, and how often it was named: what it is about."""
        cols, near = self.cols, bisect_left(self.scene.firsts, at)
        lately = self.scene.occurrences[max(0, near - MENTIONS) : near]
        acted = any(
            each.entity is entity and each.subject and cols.sentence[at] - cols.sentence[each.first] <= 2
            for each in lately
        )
        told = sum(other is entity and token < at for token, _, other in self.described[-LATEST:])
        return int(acted), bisect_left(entity.tokens, at) + told

    def _nearest_body(self, at: int, head: str) -> Entity | None:
        """The last body that was a subject, else the last at all, that can be called so; three sentences back at most."""
        vocab, cols = vocabulary(), self.cols
        told = [(token, e) for token, _, e in self.described[-LATEST:] if token < at and e.type == "organisation"]
        spoke = next(((token, e) for token, e in reversed(told) if cols.sentence[at] - cols.sentence[token] <= 3), None)
        for wanted in (True, False):
            for each in reversed(self.scene.occurrences):
                entity = each.entity
                if each.first >= at or entity.type != "organisation" or entity.place or entity.name in vocab.state_of:
                    continue
                if cols.sentence[at] - cols.sentence[each.first] > 3:
                    break
                person = entity.maybe and bool(entity.words) and entity.words[0] in vocab.first_names
                if (each.subject or not wanted) and can_be(entity, head) and not person:
                    return spoke[1] if spoke and spoke[0] > each.first and can_be(spoke[1], head) else entity
        return None

    def _is_short(self, each: Described) -> bool:
        """A description of a few words, not one that has run into the clause before it."""
        words = self.cols.words[each.first : each.end]
        return len(words) <= LONGEST and all(word[0].isalnum() or word in POSSESSIVES for word in words)

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
            if cols.lower[each.end - 1] == head and whose and here and self._is_short(each):
                found[fold(cols.phrase(each.first, each.end)).removeprefix("the ")] = each
        if not found or (len(found) > 1 and phrase.type == "group"):
            return None
        before = [each for each in found.values() if each.first < phrase.first]
        best = max(before, key=lambda each: each.first) if before else next(iter(found.values()))
        return read_phrase(cols, self.cast.at_token, best.first, best.end)


def _first_rate(role: Role) -> bool:
    """The office itself, not that of a deputy."""
    return not set(words_of(role.text)) & LESSER


def _last_before(entity: Entity, at: int) -> int:
    """The entity's last mention by name before token `at`, -1 for none."""
    place = bisect_left(entity.tokens, at)
    return entity.tokens[place - 1] if place else -1

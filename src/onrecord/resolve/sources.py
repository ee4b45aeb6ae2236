"""From a source's phrase to somebody: takes read phrases in the order of the text, gives the entity each means, or none.

Names mean the entity they belong to; descriptions the one whose role, kind or earlier description agrees; pronouns are ranked
by `pronouns`; documents mean their issuer. Nothing is guessed for "it" where no body is near.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from onrecord import lexicon
from onrecord.document import SpeakerType
from onrecord.resolve.columns import QUOTE_MARKS, Columns
from onrecord.resolve.descriptions import Described
from onrecord.resolve.entities import Cast, Entity, add_role, words_of
from onrecord.resolve.institutions import HEADS_OF_STATE
from onrecord.resolve.names import Name
from onrecord.resolve.phrase import Phrase, described, read_phrase
from onrecord.resolve.pronouns import Context, Scene, resolve
from onrecord.resolve.vocabulary import (
    FIRST_PLURAL,
    FIRST_SINGULAR,
    NEUTER,
    PERSON_PRONOUNS,
    POSSESSIVES,
    SECOND,
    Vocabulary,
    fold,
    vocabulary,
)

COUNTS = {"two": 2, "three": 3, "four": 4, "both": 2}
PLAIN = frozenset(
    "the a an this that these those his her their its our my senior top former new late same another one other".split()
)
OWN_WORDS = frozenset(
    "statement release letter memo memorandum email filing notice communique communiqué declaration announcement".split()
)
STATE_BODIES = frozenset(
    "government authorities presidency military army regime administration police parliament navy".split()
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the statement around a source says: the speaker of the statement that holds it, and whether in quotation marks.

    `last` is the speaker of the statement before it in the text, `near` that it has its source in the same sentence, `lasts` are
    the latest ones, the last first, `own` the statement's number.
    """

    outer: Entity | None = None
    quoted: bool = False
    last: Entity | None = None
    lasts: tuple[Entity, ...] = ()
    near: bool = False
    own: int = -1


@dataclass(slots=True)
class Sources:
    """Finds who is meant, phrase by phrase in the order of the text; remembers whom it has described before."""

    cols: Columns
    cast: Cast
    scene: Scene
    mentions: Sequence[Described]
    author: Entity | None = None
    outlet: Entity | None = None
    unnamed: list[tuple[int, Phrase, Entity]] = field(default_factory=list)
    known_bodies: dict[tuple[str, str], str] | None = None
    issued: dict[str, Entity] = field(default_factory=dict)
    alias: dict[int, Entity] = field(default_factory=dict)

    def meant(self, phrase: Phrase, given: Given) -> tuple[Entity | None, str]:
        """Return the entity that a source means, and the rule that says so; None where the text leaves it open."""
        if phrase.kind == "pronoun":
            return self._pronoun(phrase, given)
        if phrase.kind == "relative":
            return self._antecedent(phrase, given)
        if phrase.kind == "name" and phrase.name is not None:
            return self._name(phrase, phrase.name), "name"
        if phrase.kind == "list":
            return self._list(phrase, given)
        return self._description(phrase, given)

    def _name(self, phrase: Phrase, name: Name) -> Entity | None:
        entity = self.cast.meant(name)
        if entity is None:
            return None
        if phrase.determiner == "the" and (family := self._family(phrase, name)):
            return family
        if name.kind in ("state", "place", "people") and entity.type == "organisation":
            return self._state(self.cols.phrase(name.first, name.end), entity)
        if entity.type == "person":
            add_role(self.cols, entity, phrase.role)
            self._merge(phrase, entity)
        return entity

    def _family(self, phrase: Phrase, name: Name) -> Entity | None:
        """ "the Clintons": those who bear the name."""
        word = self.cols.words[name.first]
        if name.end - name.first > 1 or not word.endswith("s") or name.kind in ("state", "people", "place"):
            return None
        bearers = [
            e for e in self.cast.entities if e.type == "person" and len(e.words) > 1 and e.words[-1] == fold(word[:-1])
        ]
        return self._named(word, "group") if bearers else None

    def _merge(self, phrase: Phrase, entity: Entity) -> None:
        """ "A spokesman said ... the spokesman, Ada Brook, said": the one described before has a name after all."""
        if phrase.determiner != "the" or phrase.role is None:
            return
        head = phrase.role.head
        for token, earlier, other in reversed(self.unnamed):
            if head and token < phrase.first and not other.named and other.type == "person":
                mine, theirs = set(words_of(phrase.role.text)) - {head}, set(self._modifiers(earlier))
                if mine and theirs and not mine & theirs:
                    continue
                if alike(self.cols.lower[earlier.head]) == alike(head) and self.cols.lower[earlier.first] in (
                    "a",
                    "an",
                ):
                    self.alias[id(other)] = entity
                    return

    def _state(self, word: str, entity: Entity) -> Entity:
        """A state or its capital as speaker: its government where the text names that, else the state."""
        state = vocabulary().state_of.get(word)
        if state is None or (entity.place and word not in vocabulary().state_of):
            return entity
        body = self._government(state, "government")
        return body or self._named(state, "organisation")

    def _government(self, state: str, head: str) -> Entity | None:
        """A state's body as an entity, if the text speaks of it at all."""
        name = self.bodies().get((state, head))
        return self._named(name, "organisation") if name else None

    def bodies(self) -> dict[tuple[str, str], str]:
        """Names of the state bodies the text speaks of: "the Kenyan army", "Kenya's army", "the Government of Kenya"."""
        if self.known_bodies is None:
            self.known_bodies = {}
            for at, lower in enumerate(self.cols.lower):
                if lower in STATE_BODIES:
                    self._note_body(at, lower)
            ruling = self._ruling_state(len(self.cols.words))
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

    def _named(self, name: str, kind: SpeakerType, named: bool = True) -> Entity:
        key = fold(name)
        for entity in self.cast.entities:
            if entity.type == kind and fold(entity.name) == key:
                return entity
        entity = Entity(name, kind, named=named, words=tuple(fold(word) for word in name.split()))
        self.cast.entities.append(entity)
        return entity

    def _list(self, phrase: Phrase, given: Given) -> tuple[Entity | None, str]:
        members = [self.meant(part, given)[0] for part in phrase.parts]
        found = tuple(entity for entity in members if entity is not None)
        if len(found) < 2:
            return (found[0], "list") if found else (None, "list")
        names = [entity.name for entity in found]
        kind: SpeakerType = "organisation" if all(entity.type == "organisation" for entity in found) else "group"
        entity = self._named(f"{', '.join(names[:-1])} and {names[-1]}", kind, any(e.named for e in found))
        entity.members = found
        return entity, "list"

    # pronouns

    def _pronoun(self, phrase: Phrase, given: Given) -> tuple[Entity | None, str]:
        lower = self.cols.lower[phrase.first]
        if lower in FIRST_SINGULAR:
            return (given.outer, "I: the one quoted") if given.outer or given.quoted else (self.author, "I: the author")
        if lower in FIRST_PLURAL:
            return self._we(given)
        if lower in PERSON_PRONOUNS:
            barred = (given.outer,) if given.outer and given.quoted else ()
            context = Context(given.last, None if given.quoted else given.outer, barred, people=True)
            return self._known(resolve(self.scene, phrase.first, PERSON_PRONOUNS[lower], context), given), "he or she"
        if lower in NEUTER:
            return self._it(phrase, given), "it"
        return (None, "you") if lower in SECOND else (self._they(phrase, given), "they")

    def _known(self, entity: Entity | None, given: Given) -> Entity | None:
        """A description that a pronoun points back to, as the entity that the description itself means."""
        if entity is None or entity.named or entity in self.cast.entities:
            return entity
        place = next((each for each in self.scene.occurrences if each.entity is entity), None)
        inner = read_phrase(self.cols, self.cast.at_token, place.first, place.end) if place else None
        return self.meant(inner, given)[0] if inner and inner.kind == "description" else entity

    def _we(self, given: Given) -> tuple[Entity | None, str]:
        speaker = given.outer
        if speaker is None:
            return (None, "we") if given.quoted else (self.outlet, "we: the outlet")
        if speaker.type == "person" and speaker.institution is not None:
            return speaker.institution, "we: the speaker's body"
        if speaker.type == "person" and speaker.heads & HEADS_OF_STATE and (ruling := self._state_of(speaker)):
            return self._government(ruling, "government") or self._named(
                ruling, "organisation"
            ), "we: the speaker's state"
        return speaker, "we: the one quoted"

    def _state_of(self, speaker: Entity) -> str | None:
        """The state a president without one speaks for: the one most named, unless it is in another's office."""
        others = {
            word for entity in self.cast.entities for role in entity.roles
            if entity is not speaker and entity.heads & HEADS_OF_STATE for word in normal_words(role.text)
        }  # fmt: skip
        taken = frozenset(state for state in vocabulary().state_of.values() if fold(state) in others)
        return self._ruling_state(len(self.cols.words), taken)

    def _it(self, phrase: Phrase, given: Given) -> Entity | None:
        """A body that speaks in the same sentence or was the last to speak; nobody else."""
        if given.outer is not None and not given.quoted and given.outer.type == "organisation":
            return given.outer
        if given.last is not None and given.last.type in ("organisation", "document") and given.near:
            return given.last
        near = self._near_body(phrase.first, given.own)
        if near is not None:
            return near
        return given.last if given.last is not None and given.last.type in ("organisation", "document") else None

    def _near_body(self, at: int, own: int = -1) -> Entity | None:
        cols = self.cols
        best: tuple[float, int, Entity] | None = None
        for each in reversed(self.scene.occurrences):
            if each.first >= at or each.entity.type != "organisation" or each.entity.place:
                continue
            gap = cols.sentence[at] - cols.sentence[each.first]
            if gap > 1:
                break
            told = self.scene.told
            if told and told[each.first] not in (-1, own, told[at]):
                continue
            if each.subject and (cols.quoted[each.first] >= 0) == (cols.quoted[at] >= 0):
                rank = (-gap, each.first)
                if best is None or rank > best[:2]:
                    best = (*rank, each.entity)
        return best[2] if best else None

    def _they(self, phrase: Phrase, given: Given) -> Entity | None:
        if given.outer is not None and not given.quoted and given.outer.type in ("group", "organisation"):
            return given.outer
        near = self._near_plural(phrase.first)
        if near is not None:
            return near
        return next((entity for entity in given.lasts[:3] if entity.type in ("group", "organisation")), None)

    def _near_plural(self, at: int) -> Entity | None:
        """The last source or subject in the plural within two sentences."""
        cols = self.cols
        for token, phrase, entity in reversed(self.unnamed):
            if token < at and cols.sentence[at] - cols.sentence[token] <= 1 and entity.type == "group":
                return entity
        for each in reversed(self.mentions):
            if (
                each.end <= at
                and cols.sentence[at] - cols.sentence[each.first] <= 1
                and each.plural
                and cols.opens[each.first]
            ):
                inner = read_phrase(cols, self.cast.at_token, each.first, each.end)
                return self._description(inner, Given())[0] if inner else None
        return None

    def _antecedent(self, phrase: Phrase, given: Given) -> tuple[Entity | None, str]:
        """ "lawyers, who say": whoever ends right before the relative pronoun."""
        cols, at = self.cols, phrase.first
        end = at
        while end > 0 and not cols.words[end - 1][0].isalnum() and cols.sentence[end - 1] == cols.sentence[at]:
            end -= 1
        if cols.lower[at] in ("who", "whose", "whom") and (person := self._person_before(end)):
            return person, "relative"
        name = self.cast.at_token.get(end - 1) if end else None
        first = (
            name.title
            if name
            else next(
                (
                    m.first
                    for m in reversed(self.mentions)
                    if m.end <= end and end - m.end <= 6 and cols.sentence[m.first] == cols.sentence[at]
                ),
                None,
            )
        )
        inner = read_phrase(cols, self.cast.at_token, first, end) if first is not None and first < end else None
        return (self.meant(inner, given)[0], "relative") if inner and inner.kind != "relative" else (None, "relative")

    def _person_before(self, end: int) -> Entity | None:
        """The last named person before "who", where a place or a body stands in between ("Brook of Texas, who")."""
        name = self.cast.at_token.get(end - 1)
        if name is None or name.kind not in ("place", "state", "organisation", "unsure"):
            return None
        for each in reversed(self.scene.occurrences):
            if (
                each.end <= name.title
                and self.cols.sentence[each.first] == self.cols.sentence[end - 1]
                and end - each.end < 8
            ):
                return each.entity if each.entity.type == "person" and each.named else None
        return None

    # descriptions

    def _description(self, phrase: Phrase, given: Given) -> tuple[Entity | None, str]:
        if phrase.type == "document":
            return self._document(phrase, given)
        if phrase.type == "organisation" and self._plainer(phrase, "") in self._quoted_names(phrase):
            return self._new(phrase, given), "description: name in marks"
        if phrase.type in ("organisation", "group") and (body := self._state_body(phrase)):
            return body, "state body"
        if phrase.type == "group" and (several := self._several(phrase)):
            return several, "description: several"
        if (
            self.cols.words[phrase.head] in vocabulary().state_of
            and phrase.determiner == "the"
            and phrase.head == phrase.first + 1
        ):
            return self._named(vocabulary().state_of[self.cols.words[phrase.head]], "organisation"), "people: state"
        if phrase.determiner == "the" or self._possessor(phrase):
            found = self._earlier(phrase)
            if found is not None:
                return found, "description: earlier"
        if fuller := self._fuller(phrase):
            return self._new(fuller, given), "description: fuller"
        if of_state := self._officials(phrase):
            return of_state, "description: of the state"
        return self._new(phrase, given), "description"

    def _quoted_names(self, phrase: Phrase) -> tuple[str, ...]:
        text = self._plainer(phrase, "")
        return (
            (text,) if text and any(self.cols.words[k] in QUOTE_MARKS for k in range(phrase.first, phrase.core)) else ()
        )

    def _possessor(self, phrase: Phrase) -> bool:
        """The description says whose: "Kenya's president", "his brother"."""
        return phrase.determiner in ("his", "her", "their", "its", "my", "our") or any(
            self.cols.words[at] in POSSESSIVES for at in range(phrase.first, phrase.head)
        )

    def _several(self, phrase: Phrase) -> Entity | None:
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
        entity = self._named(f"{', '.join(names[:-1])} and {names[-1]}", "group", True)
        entity.members = tuple(found)
        return entity

    def _officials(self, phrase: Phrase) -> Entity | None:
        """ "officials", "authorities" with no word of whose: those of the state that the text is about."""
        head = self.cols.lower[phrase.head]
        if head not in ("officials", "authorities") or phrase.core - phrase.first > 1 + (phrase.determiner == "the"):
            return None
        ruling = self._ruling_state(len(self.cols.words))
        return self._named(state_body(ruling, head), "group", False) if ruling else None

    def _fuller(self, phrase: Phrase) -> Phrase | None:
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
            if cols.lower[each.end - 1] == head and (
                owned or any(at in self.cast.at_token for at in range(each.first, each.end - 1))
            ):
                if each.first < phrase.first or phrase.type == "organisation":
                    found[fold(cols.phrase(each.first, each.end)).removeprefix("the ")] = each
        if not found or (len(found) > 1 and phrase.type == "group"):
            return None
        before = [each for each in found.values() if each.first < phrase.first]
        best = max(before, key=lambda each: each.first) if before else next(iter(found.values()))
        return read_phrase(cols, self.cast.at_token, best.first, best.end)

    def _new(self, phrase: Phrase, given: Given) -> Entity:
        text = self._worded(phrase, given)
        kind = phrase.type
        known = next((entity for _, _, entity in self.unnamed if fold(entity.name) == fold(text)), None)
        if known is not None and (phrase.determiner != "a" or phrase.type != "person"):
            return known
        named = kind == "organisation" and any(at in self.cast.at_token for at in range(phrase.first, phrase.core))
        entity = self._named(text, kind, named) if kind != "person" else Entity(text, kind, named=False)
        if entity not in self.cast.entities:
            self.cast.entities.append(entity)
        entity.heads.add(self.cols.lower[phrase.head])
        entity.gender = entity.gender or vocabulary().noun_gender.get(self.cols.lower[phrase.head])
        self.unnamed.append((phrase.first, phrase, entity))
        return entity

    def _worded(self, phrase: Phrase, given: Given) -> str:
        """The description, with a possessive pronoun in it replaced by its owner's name."""
        text = self._plainer(phrase, described(self.cols, phrase, self.cast.at_token))
        lower = self.cols.lower[phrase.first]
        if lower in ("his", "her", "their", "its", "my", "our"):
            inner = Phrase("pronoun", "person", phrase.first, phrase.first + 1, phrase.first + 1, phrase.first)
            owner = self._pronoun(inner, given)[0]
            if owner is not None:
                return f"{owner.name}'s {text.split(' ', 1)[-1]}"
        return text

    def _plainer(self, phrase: Phrase, text: str) -> str:
        """ "Kenya's security forces" as "Kenyan security forces"; a body named in quotation marks by that name."""
        cols = self.cols
        if phrase.type not in ("organisation", "group"):
            return text
        at = phrase.first + (cols.lower[phrase.first] in ("the", "some", "many"))
        name = self.cast.at_token.get(at)
        if name is not None and name.kind == "state" and name.end < phrase.core and cols.words[name.end] in POSSESSIVES:
            adjective = vocabulary().adjective.get(vocabulary().state_of.get(cols.phrase(name.first, name.end), ""))
            return f"{adjective} {cols.phrase(name.end + 1, phrase.core)}" if adjective else text
        marked = [
            k
            for k in range(phrase.first, phrase.core)
            if cols.words[k] in QUOTE_MARKS and cols.words[k] not in POSSESSIVES
        ]
        if phrase.type == "organisation" and len(marked) >= 2 and marked[1] > marked[0] + 1:
            return cols.phrase(marked[0] + 1, marked[1])
        return text

    def _document(self, phrase: Phrase, given: Given) -> tuple[Entity | None, str]:
        head = self.cols.lower[phrase.head]
        if phrase.issuer is not None:
            issuer = self.meant(phrase.issuer, given)[0]
            if issuer is not None:
                self.issued[head] = issuer
                return issuer, "document: issuer"
        if phrase.determiner == "the" or head == "post":
            for word in (head, *self.issued):
                if word == head and word in self.issued:
                    return self.issued[word], "document: earlier"
        owner = self.cols.lower[phrase.first]
        if owner in PERSON_PRONOUNS or owner in ("their", "its", "our", "my"):
            inner = Phrase("pronoun", "person", phrase.first, phrase.first + 1, phrase.first + 1, phrase.first)
            return self._pronoun(inner, given)[0], "document: owner"
        if head in OWN_WORDS and phrase.determiner == "a" and (near := self._near_body(phrase.first)):
            return near, "document: subject"
        return self._named(described(self.cols, phrase, self.cast.at_token), "document", False), "document"

    def _state_body(self, phrase: Phrase) -> Entity | None:
        """ "Kenya's government", "the Kenyan army", "the government in Nairobi", and "the government" where one state rules the text."""
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
                return self._named(states[0], "organisation")
            return self._body_of(states[0], head, phrase)
        if (
            states
            or modifiers
            or phrase.determiner != "the"
            or phrase.core > phrase.head + 1
            or head in ("authorities", "police", "administration")
        ):
            return self._administration(phrase) if head == "administration" and not modifiers else None
        ruling = self._ruling_state(len(cols.words))
        return self._body_of(ruling, head, None) if ruling else self._nearest_named_body(phrase.first, head)

    def _nearest_named_body(self, at: int, head: str) -> Entity | None:
        """ "the army" after "the Kenyan army": the only state whose army the text speaks of."""
        names = sorted({name for (_, other), name in self.bodies().items() if other == head})
        return self._named(names[0], "organisation") if len(names) == 1 else None

    def _body_of(self, state: str, head: str, phrase: Phrase | None) -> Entity:
        existing = self._government(state, head)
        if existing is not None:
            return existing
        return self._named(state_body(state, head), "organisation")

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
                return self._named(f"{self.cols.phrase(name.first, name.end)} administration", "organisation")
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

    def _ruling_state(self, at: int, but: frozenset[str] = frozenset()) -> str | None:
        """The state that the text before `at` names by far the most, those in `but` left out."""
        counts: Counter[str] = Counter()
        for name in self.cast.names:
            if name.kind in ("state", "people") and name.first < at:
                state = vocabulary().state_of.get(self.cols.phrase(name.first, name.end))
                if state and state not in but:
                    counts[state] += 1
        ranked = counts.most_common(2)
        if not ranked or (len(ranked) > 1 and 2 * ranked[0][1] < 3 * ranked[1][1]):
            return None
        return ranked[0][0]

    def _earlier(self, phrase: Phrase) -> Entity | None:
        """Whoever was named or described before and agrees with a definite description."""
        head = self.cols.lower[phrase.head]
        modifiers = self._modifiers(phrase)
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
            return found or (self._person_at_hand(phrase, head) if head in lexicon.words("roles", "epithets") else None)
        if phrase.type == "organisation":
            return self._body(phrase, head, modifiers)
        return self._same_words(phrase, head, modifiers)

    def _modifiers(self, phrase: Phrase) -> list[str]:
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
        for token, earlier, entity in reversed(self.unnamed):
            if (
                token < phrase.first
                and self.cols.lower[earlier.head] == head
                and set(modifiers) <= set(self._modifiers(earlier))
            ):
                return entity
        return None

    def _by_role(self, phrase: Phrase, head: str, modifiers: list[str]) -> Entity | None:
        best: tuple[int, int, Entity] | None = None
        for entity in self.cast.entities:
            if entity.type != "person":
                continue
            rank = self._role_fit(entity, head, modifiers, phrase)
            before = [token for token in entity.tokens if token < phrase.first]
            recent = max(before, default=-1)
            for token, earlier, other in self.unnamed:
                if other is entity and token < phrase.first:
                    recent = max(recent, token)
            if rank and recent >= 0 and (best is None or (rank, recent) > best[:2]):
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
        if foreign and (entity.named or known & state_names()):
            return 0
        if len(strange) > len(foreign) and not proper:
            return 0
        plain = not modifiers and entity.named and not known & state_names()
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

    def _aged(self, entity: Entity, age: str) -> bool:
        cols = self.cols
        return any(age in cols.words[token : token + 6] for token in entity.tokens)

    def _body(self, phrase: Phrase, head: str, modifiers: list[str]) -> Entity | None:
        """A body whose name or earlier description has the head noun, else the nearest that can be called so."""
        cols = self.cols
        best: tuple[int, int, Entity] | None = None
        for entity in self.cast.entities:
            if entity.type != "organisation" or entity.place or not entity.tokens:
                continue
            recent = max((token for token in entity.tokens if token < phrase.first), default=-1)
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


def state_body(state: str, head: str) -> str:
    """Return how a state's body is named: "Kenyan government".

    >>> state_body("Kenya", "government"), state_body("Costa Rica", "military")
    ('Kenyan government', 'Costa Rican military')
    """
    adjective = vocabulary().adjective.get(state)
    return f"{adjective} {head}" if adjective else f"{state} {head}"


def normal_words(text: str) -> set[str]:
    """The words of a role for comparison, pairs too, for states of two words.

    >>> sorted(normal_words("Costa Rican president"))[:2]
    ['costa', 'costa rica']
    """
    words = text.replace("'s", " ").replace("’s", " ").split()
    pairs = {normal(f"{one} {two}") for one, two in pairwise(words)}
    return {normal(word.strip(".,'’\"")) for word in words} | {pair for pair in pairs if pair in state_names()}


def normal(word: str) -> str:
    """A word for comparison: states for their adjectives, singulars for plurals."""
    vocab = vocabulary()
    state = vocab.state_of.get(word) or vocab.state_of.get(word.capitalize()) or vocab.state_of.get(word.title())
    if state:
        return fold(state)
    lower = fold(word)
    return vocab.persons_plural.get(lower) or vocab.organisations_plural.get(lower) or lower


@cache
def state_names() -> frozenset[str]:
    """Every state's name, folded."""
    return frozenset(fold(state) for state in vocabulary().state_of.values())


def alike(head: str) -> str:
    """One word for nouns that mean the same office.

    >>> alike("spokeswoman") == alike("spokesperson")
    True
    """
    return str(lexicon.table("roles", "alike").get(head, head))


def wider_than(head: str) -> frozenset[str]:
    """Return the nouns that a bearer of an office can be called as well."""
    return frozenset(str(lexicon.table("roles", "wider").get(alike(head), "")).split())

"""From a source's phrase to somebody: takes read phrases in the order of the text, gives the entity each means, or none.

Names mean the entity they belong to; descriptions the one whose role, kind or earlier description agrees; pronouns are ranked
by `pronouns`; documents mean their issuer. Nothing is guessed for "it" where no body is near.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.document import SpeakerType
from onrecord.resolve.columns import Columns
from onrecord.resolve.earlier import Earlier
from onrecord.resolve.entities import Cast, Entity, add_role, words_of
from onrecord.resolve.heads import is_site
from onrecord.resolve.institutions import HEADS_OF_STATE
from onrecord.resolve.likening import alike
from onrecord.resolve.names import Name
from onrecord.resolve.nearby import near_body, person_before
from onrecord.resolve.phrase import Phrase, described, read_phrase
from onrecord.resolve.pronouns import Context, Scene, nearest, resolve
from onrecord.resolve.states import States
from onrecord.resolve.together import several, together_named
from onrecord.resolve.vocabulary import (
    FIRST_PLURAL,
    FIRST_SINGULAR,
    NEUTER,
    PERSON_PRONOUNS,
    POSSESSIVES,
    SECOND,
    VERBS,
    fold,
    vocabulary,
)
from onrecord.resolve.worded import family, in_marks, is_proper, joint, plainer, short_form

OWN_WORDS = frozenset(
    """statement post tweet message note release letter memo memorandum email filing notice communique communiqué declaration
    announcement""".split()
)


# They belong to a party or a house, but "we" in their mouth is not that
HOUSES = frozenset("house senate congress parliament assembly".split())  # in whose members' mouths "we" is a party
FOR_THEMSELVES = frozenset(
    "candidate nominee contender hopeful front-runner frontrunner senator sen rep congressman".split()
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
    earlier: Earlier
    states: States
    author: Entity | None = None
    outlet: Entity | None = None
    issued: dict[str, Entity] = field(default_factory=dict)
    last_issued: int = 0
    alias: dict[int, Entity] = field(default_factory=dict)
    owned: dict[tuple[int, str], Entity] = field(default_factory=dict)

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

    def issue(self, head: str, issuer: Entity, at: int) -> None:
        """Remember who gave out a document, so that a later "the statement" can mean them."""
        self.issued.pop(head, None)
        self.issued[head] = issuer
        self.last_issued = at

    def _name(self, phrase: Phrase, name: Name) -> Entity | None:
        entity = self.cast.meant(name)
        if entity is None:
            return None
        if phrase.determiner == "the" and (bearers := family(self.cols, self.cast, name)):
            return bearers
        if entity.type == "organisation" and (both := joint(self.cols, self.cast, name)):
            return both
        if name.kind in ("state", "place", "people") and entity.type == "organisation":
            return self.states.speaking(self.cols.phrase(name.first, name.end), entity)
        if entity.type == "person":
            add_role(entity, phrase.role)
            self._merge(phrase, entity)
        return entity

    def _merge(self, phrase: Phrase, entity: Entity) -> None:
        """ "A spokesman said ... the spokesman, Ada Brook, said": the one described before has a name after all."""
        if phrase.determiner != "the" or phrase.role is None:
            return
        head = phrase.role.head
        for token, earlier, other in reversed(self.earlier.described):
            if head and token < phrase.first and not other.named and other.type == "person":
                mine, theirs = set(words_of(phrase.role.text)) - {head}, set(self.earlier.modifiers(earlier))
                if mine and theirs and not mine & theirs:
                    continue
                if alike(self.cols.lower[earlier.head]) == alike(head) and self.cols.lower[earlier.first] in (
                    "a",
                    "an",
                ):
                    self.alias[id(other)] = entity
                    return

    def _list(self, phrase: Phrase, given: Given) -> tuple[Entity | None, str]:
        members = [self._state(part) or self.meant(part, given)[0] for part in phrase.parts]
        found = tuple(entity for entity in members if entity is not None)
        if len(found) < 2:
            return (found[0], "list") if found else (None, "list")
        kind: SpeakerType = "organisation" if all(entity.type == "organisation" for entity in found) else "group"
        names = together_named(
            [(self.cols.lower[part.first], who) for part, who in zip(phrase.parts, members, strict=True)]
        )
        entity = self.cast.named(names, kind, any(e.named for e in found))
        entity.members = found
        return entity, "list"

    def _state(self, part: Phrase) -> Entity | None:
        """A state that stands in a list is the state, whatever its government is called elsewhere."""
        name = part.name
        return self.cast.meant(name) if name is not None and name.kind == "state" and part.kind == "name" else None

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
        place = nearest(self.scene, entity.tokens[0] + 1, entity) if entity.tokens else None
        inner = read_phrase(self.cols, self.cast.at_token, place.first, place.end) if place else None
        return self.meant(inner, given)[0] if inner and inner.kind == "description" else entity

    def _we(self, given: Given) -> tuple[Entity | None, str]:
        speaker = given.outer
        if speaker is None:
            return (None, "we") if given.quoted else (self.outlet, "we: the outlet")
        body = speaker.institution if speaker.type == "person" and not speaker.heads & FOR_THEMSELVES else None
        if body is not None and fold(body.name) not in HOUSES:
            return body, "we: the speaker's body"
        if speaker.type == "person" and self._heads_a_state(speaker) and (ruling := self.states.of_speaker(speaker)):
            return self.states.government(ruling, "government") or self.cast.named(
                ruling, "organisation"
            ), "we: the speaker's state"
        return speaker, "we: the one quoted"

    def _heads_a_state(self, speaker: Entity) -> bool:
        """A president or a minister, where no body is named whose president that is ("NOW president Ada Brook")."""
        of_state = ("state", "people", "person")
        offices = [role for role in speaker.roles if role.head in HEADS_OF_STATE]
        names = [self.cast.at_token.get(at) for role in offices for at in range(role.first, role.end)]
        return bool(offices) and not any(name is not None and name.kind not in of_state for name in names)

    def _it(self, phrase: Phrase, given: Given) -> Entity | None:
        """A body that speaks in the same sentence or was the last to speak; nobody else."""
        if given.outer is not None and not given.quoted and given.outer.type == "organisation":
            return given.outer
        if given.last is not None and given.last.type in ("organisation", "document") and given.near:
            return given.last
        near = near_body(self.cols, self.scene, phrase.first, given.own)
        if near is not None:
            return near
        if given.last is not None and given.last.type in ("organisation", "document"):
            return given.last
        return self._near_described(phrase.first)

    def _near_described(self, at: int) -> Entity | None:
        """ "The council met": a body described at the beginning of this sentence or the one before."""
        cols = self.cols
        for each in reversed(self.earlier.mentions):
            if each.end > at or each.type != "organisation" or each.plural or not cols.opens[each.first]:
                continue
            if cols.sentence[at] - cols.sentence[each.first] > 1:
                return None
            inner = read_phrase(cols, self.cast.at_token, each.first, each.end)
            if inner and inner.kind == "description" and inner.determiner == "the":
                return self._description(inner, Given())[0]
        return None

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
        for token, _, entity in reversed(self.earlier.described):
            if token < at and cols.sentence[at] - cols.sentence[token] <= 1 and entity.type == "group":
                return entity
        for each in reversed(self.earlier.mentions):
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
        if cols.lower[at] in ("who", "whose", "whom") and (
            person := person_before(self.cols, self.cast, self.scene, end)
        ):
            return person, "relative"
        name = self.cast.at_token.get(end - 1) if end else None
        first = (
            name.title
            if name
            else next(
                (
                    m.first if not any(cols.lower[k] in VERBS for k in range(m.first, end)) else None
                    for m in reversed(self.earlier.mentions)
                    if m.end <= end and end - m.end <= 6 and cols.sentence[m.first] == cols.sentence[at]
                ),
                None,
            )
        )
        inner = read_phrase(cols, self.cast.at_token, first, end) if first is not None and first < end else None
        return (self.meant(inner, given)[0], "relative") if inner and inner.kind != "relative" else (None, "relative")

    def _description(self, phrase: Phrase, given: Given) -> tuple[Entity | None, str]:
        if given.outer is not None and self.cols.lower[phrase.core - 2 : phrase.core] == ["of", "us"]:
            return given.outer, "all of us: the one quoted"
        if phrase.type == "document":
            return self._document(phrase, given)
        if short := short_form(self.cols, self.cast, phrase):
            return short, "name"
        if phrase.type == "organisation" and in_marks(self.cols, self.cast, phrase):
            return self._new(phrase, given), "description: name in marks"
        if phrase.type in ("organisation", "group") and (body := self.states.described(phrase)):
            return body, "state body"
        if phrase.type == "organisation" and (owned := self._owned(phrase, given)):
            return owned, "description: whose"
        if phrase.type == "person" and (owner := self._owner(phrase, given)):
            theirs = self.earlier.of_theirs(phrase, owner)
            if theirs is not None:
                return theirs, "description: whose"
        if headed := self.earlier.headed(phrase):
            return headed, "description: headline"
        if phrase.type == "group" and (some := several(self.cols, self.cast, self.scene, phrase)):
            return some, "description: several"
        if (
            self.cols.words[phrase.head] in vocabulary().state_of
            and phrase.determiner == "the"
            and phrase.head == phrase.first + 1
        ):
            return self.cast.named(vocabulary().state_of[self.cols.words[phrase.head]], "organisation"), "people: state"
        if (phrase.determiner == "the" or self._possessor(phrase)) and not self._told_apart(phrase):
            found = self.earlier.find(phrase, given.outer)
            if found is not None:
                return found, "description: earlier"
        if fuller := self.earlier.fuller(phrase):
            return self._owned(fuller, given) or self._new(fuller, given), "description: fuller"
        if of_state := self.states.officials(phrase):
            return of_state, "description: of the state"
        return self._new(phrase, given), "description"

    def _owned(self, phrase: Phrase, given: Given) -> Entity | None:
        """ "his campaign", "Ada Brook's campaign", "the Brook campaign": one body, whatever its owner is called."""
        cols, at = self.cols, phrase.first + (self.cols.lower[phrase.first] == "the")
        name = self.cast.at_token.get(at)
        if cols.lower[at] in PERSON_PRONOUNS and phrase.head == at + 1:
            owner = self._owner(phrase, given)
        else:
            end = name.end + (cols.words[name.end] in POSSESSIVES) if name and name.end < phrase.core else -1
            owner = self.cast.meant(name) if name and end == phrase.head else None
        if owner is None or owner.type != "person" or not owner.named or phrase.core > phrase.head + 1:
            return None
        key = id(owner), cols.lower[phrase.head]
        if key not in self.owned:
            self.owned[key] = self._new(phrase, given)
            self.owned[key].named = True
        return self.owned[key]

    def _owner(self, phrase: Phrase, given: Given) -> Entity | None:
        """Whose a description says somebody is: "his lawyer", "Mr. Brook's old lawyer"; None where it says no person."""
        at = phrase.first
        if self.cols.lower[at] in PERSON_PRONOUNS:
            return self._pronoun(Phrase("pronoun", "person", at, at + 1, at + 1, at), given)[0]
        name = self.cast.at_token.get(at)
        owns = name is not None and name.end < phrase.head and self.cols.words[name.end] in POSSESSIVES
        owner = self.cast.meant(name) if name is not None and owns else None
        return owner if owner is not None and owner.type == "person" else None

    def _told_apart(self, phrase: Phrase) -> bool:
        """ "the company that made it": a clause without a comma says which, and it is nobody's from before."""
        lower = self.cols.lower[phrase.core] if phrase.core < phrase.end else ""
        return phrase.determiner == "the" and phrase.type == "organisation" and lower in ("that", "which", "who")

    def _possessor(self, phrase: Phrase) -> bool:
        """The description says whose: "Kenya's president", "his brother"."""
        return phrase.determiner in ("his", "her", "their", "its", "my", "our") or any(
            self.cols.words[at] in POSSESSIVES for at in range(phrase.first, phrase.head)
        )

    def _new(self, phrase: Phrase, given: Given) -> Entity:
        text = self._worded(phrase, given)
        kind = phrase.type
        known = next((entity for _, _, entity in self.earlier.described if fold(entity.name) == fold(text)), None)
        if known is not None and (phrase.determiner != "a" or phrase.type != "person"):
            return known
        proper = any(is_proper(self.cols, self.cast, at) for at in range(phrase.first, phrase.core))
        named = is_site(text) or (kind == "organisation" and proper)
        entity = self.cast.named(text, kind, named) if kind != "person" else Entity(text, kind, named=False)
        if entity not in self.cast.entities:
            self.cast.add(entity)
        entity.heads.add(self.cols.lower[phrase.head])
        entity.gender = entity.gender or vocabulary().noun_gender.get(self.cols.lower[phrase.head])
        self.earlier.described.append((phrase.first, phrase, entity))
        return entity

    def _worded(self, phrase: Phrase, given: Given) -> str:
        """The description, with a possessive pronoun in it replaced by its owner's name."""
        text = plainer(self.cols, self.cast, phrase, described(self.cols, phrase, self.cast.at_token))
        lower = self.cols.lower[phrase.first]
        if lower in ("his", "her", "their", "its", "my", "our"):
            inner = Phrase("pronoun", "person", phrase.first, phrase.first + 1, phrase.first + 1, phrase.first)
            owner = self._pronoun(inner, given)[0]
            if owner is not None:
                return f"{owner.name}'s {text.split(' ', 1)[-1]}"
        return text

    def _document(self, phrase: Phrase, given: Given) -> tuple[Entity | None, str]:
        head = self.cols.lower[phrase.head]
        if phrase.issuer is not None:
            issuer = self.meant(phrase.issuer, given)[0]
            if issuer is not None:
                self.issue(head, issuer, phrase.first)
                return issuer, "document: issuer"
        if phrase.determiner == "the" and self.issued:
            if head in self.issued:
                return self.issued[head], "document: earlier"
            if head in OWN_WORDS and self.cols.sentence[phrase.first] - self.cols.sentence[self.last_issued] <= 4:
                return next(reversed(self.issued.values())), "document: last issued"
        owner = self.cols.lower[phrase.first]
        if owner in PERSON_PRONOUNS or owner in ("their", "its", "our", "my"):
            inner = Phrase("pronoun", "person", phrase.first, phrase.first + 1, phrase.first + 1, phrase.first)
            return self._pronoun(inner, given)[0], "document: owner"
        if head in OWN_WORDS and phrase.determiner == "a" and (near := near_body(self.cols, self.scene, phrase.first)):
            return near, "document: subject"
        if phrase.determiner == "the" and (
            known := self.earlier.same_words(phrase, head, self.earlier.modifiers(phrase))
        ):
            return known, "document: described"
        entity = self.cast.named(described(self.cols, phrase, self.cast.at_token), "document", False)
        self.earlier.described.append((phrase.first, phrase, entity))
        return entity, "document"

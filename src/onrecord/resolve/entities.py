"""Who is who within a document: the entity behind names and descriptions, and the cast of all of them.

Takes nothing by itself; `casting` fills a cast from names, `sources` adds what it describes. Here is how an entity is found by
its words, which names can be one person's, and which of several roles is given out.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.document import SpeakerType
from onrecord.resolve.names import Name
from onrecord.resolve.roles import Role
from onrecord.resolve.vocabulary import Gender, fold, vocabulary

CROWD = 200  # bearers of one word that are looked at, the latest: in a list of thousands the others are not meant
NO_SHORT_FORMS = frozenset("house union state party street united".split())  # "the House" is not the White House
SMALL_WORDS = frozenset("of the for and & in on".split())
ARTICLES = ("al-", "el-", "ul-", "as-", "ash-", "an-", "ad-", "ar-", "at-", "az-")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody the document names or describes: built up by `Cast`, frozen into a `Speaker` by the stage.

    `tokens` are the first tokens of its mentions in text order, `places` their numbers among the names; `heads` the
    nouns of its roles, in lower case. `maybe` says that
    one word is all there is, so that it may be a person's after all, `likely` the gender that the word would suggest, `inside`
    that it has been seen with a capital where none was due.
    """

    name: str
    type: SpeakerType
    named: bool = True
    gender: Gender | None = None
    words: tuple[str, ...] = ()
    tokens: list[int] = field(default_factory=list)
    spellings: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    place: bool = False
    sure: bool = True
    inside: bool = False
    maybe: bool = False
    likely: Gender | None = None
    members: tuple[Entity, ...] = ()
    institution: Entity | None = None
    order: int = 0
    places: list[int] = field(default_factory=list)

    def seen(self, token: int, spelling: str) -> None:
        """Note a mention."""
        self.tokens.append(token)
        if spelling and spelling not in self.spellings:
            self.spellings.append(spelling)


@dataclass(slots=True)
class Cast:
    """Every entity of a document, and the entity each of its names means (`of`, by position in `names`)."""

    names: Sequence[Name]
    entities: list[Entity] = field(default_factory=list)
    of: dict[int, Entity] = field(default_factory=dict)
    at_token: dict[int, Name] = field(default_factory=dict)
    number: dict[int, int] = field(default_factory=dict)
    having: dict[str, list[Entity]] = field(default_factory=dict)
    called: dict[tuple[str, str], Entity] = field(default_factory=dict)

    def add(self, entity: Entity) -> Entity:
        """Take in a new entity, and let it be found by its words and its name."""
        entity.order = len(self.entities)
        self.entities.append(entity)
        self.index(entity)
        return entity

    def index(self, entity: Entity) -> None:
        """Let an entity be found by its words and its name, new ones too."""
        letters = {f"{short} for short" for short in acronyms(entity.name)} if entity.type == "organisation" else set()
        hyphened = {half for word in entity.words[-1:] for half in word.split("-")}
        for word in {*entity.words, *map(stem, entity.words), *letters, *hyphened}:
            known = self.having.setdefault(word, [])
            if not any(each is entity for each in known[-CROWD:]):
                known.append(entity)
        self.called.setdefault((entity.type, fold(entity.name)), entity)

    def sharing(self, words: Iterable[str]) -> list[Entity]:
        """Return the entities that have one of the words in their name, the earliest first."""
        found = {id(entity): entity for word in sorted(set(words)) for entity in self.having.get(word, ())[-CROWD:]}
        return sorted(found.values(), key=lambda entity: entity.order)

    def meant(self, name: Name) -> Entity | None:
        """Return the entity a name means."""
        return self.of.get(self.number[name.first])

    def give(self, number: int, entity: Entity) -> None:
        """Say that the name of that number means `entity`."""
        self.of[number] = entity
        insort(entity.places, number)

    def named(self, name: str, kind: SpeakerType, named: bool = True) -> Entity:
        """Return the entity of that kind and name, a new one where there is none yet."""
        known = self.called.get((kind, fold(name)))
        if known is not None and known.type == kind:
            return known
        return self.add(Entity(name, kind, named=named, words=tuple(fold(word) for word in name.split())))


def stem(word: str) -> str:
    """A family name without the Arabic article.

    >>> stem("al-hayya")
    'hayya'
    """
    for article in ARTICLES:
        if word.startswith(article) and len(word) > len(article) + 1:
            return word[len(article) :]
    return word


def agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two folded names of at least two words can be one person's within one document.

    >>> agree(("luis", "guillermo", "solis"), ("luis", "solis")), agree(("eric", "trump"), ("donald", "trump"))
    (True, False)
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 2:
        return False
    if set(short) <= set(long):
        return True
    same_last = stem(short[-1]) == stem(long[-1])
    initial = short[0][0] == long[0][0] and (len(short[0]) == 1 or len(long[0]) == 1)
    return same_last and (short[0] == long[0] or initial)


def acronyms(name: str) -> frozenset[str]:
    """Return the acronyms a body's name can have, with and without its small words.

    >>> sorted(acronyms("International Committee of the Red Cross"))
    ['ICORC', 'ICOTRC', 'ICRC']
    """
    parts = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if len(parts) < 2:
        return frozenset()
    large = [word for word in parts if word.lower() not in SMALL_WORDS]
    no_article = [word for word in parts if word.lower() != "the"]
    return frozenset("".join(word[0].upper() for word in some) for some in (large, no_article, parts) if len(some) > 1)


def add_role(entity: Entity, role: Role | None) -> None:
    """Note a role, with its head noun and the words that tell it from other roles."""
    if role is None:
        return
    if all(role.first != known.first for known in entity.roles):
        entity.roles.append(role)
    if role.head:
        entity.heads.add(role.head)


def best_role(entity: Entity) -> str | None:
    """The first office or profession the document gives, or a later one that holds all its words; else the first tie."""
    if not entity.roles:
        return None
    vocab = vocabulary()
    roles = sorted(entity.roles, key=lambda role: (role.head not in vocab.callings, role.first))
    chosen = roles[0].text
    for role in roles[1:]:
        if set(words_of(chosen)) < set(words_of(role.text)) and len(role.text) < 90:
            chosen = role.text
    return chosen


def words_of(text: str) -> Iterable[str]:
    """The words of a text in lower case."""
    return [fold(word.strip(".,'’\"")) for word in text.replace("'s", " ").replace("’s", " ").split()]

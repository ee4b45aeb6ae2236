"""The cast of a document: takes names and their columns, gives entities, each with every spelling, gender, type and role.

Full names are joined with the surnames, acronyms and short forms that follow or precede them. Two who bear one surname stay
two. Pronouns and descriptions are for `pronouns` and `sources`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord import lexicon
from onrecord.document import SpeakerType
from onrecord.person_names import nicknames
from onrecord.resolve.columns import Columns
from onrecord.resolve.entities import NO_SHORT_FORMS, SMALL_WORDS, Cast, Entity, acronyms, add_role, agree, stem
from onrecord.resolve.forms import LEGAL_FORMS, display, fuller, name_words, nicknamed
from onrecord.resolve.heads import MASTHEADS
from onrecord.resolve.names import Name, in_own_marks
from onrecord.resolve.roles import role_after, role_before
from onrecord.resolve.vocabulary import DETERMINERS, PREPOSITIONS, Gender, Vocabulary, fold, is_verb, vocabulary

TIES = frozenset(
    "lady wife husband daughter son brother sister father mother widow aunt uncle niece nephew cousin".split()
)
ASSETS = 2  # a bearer this many times more often mentioned than another is the one meant by the surname alone


def cast(cols: Columns, names: Sequence[Name]) -> Cast:
    """Return the entities behind the names of a document."""
    made = Cast(names)
    for number, name in enumerate(names):
        made.number[name.first] = number
        for token in range(name.title, name.end):
            made.at_token[token] = name
    family = {fold(cols.words[name.end - 1]) for name in names if name.kind == "person" and name.end - name.first > 1}
    bodies = {cols.words[name.first] for name in names if name.kind == "organisation" and name.end - name.first > 1}
    full = [
        n
        for n, name in enumerate(names)
        if _is_full(cols, name)
        and not _shouted(cols, name, family)
        and not _surname(cols, name, family)
        and not _short_of(cols, name, bodies)
    ]
    # a headline, where every word has a capital, says less about where a name ends than a sentence does
    for number in sorted(full, key=lambda n: not cols.cased[names[n].first]):
        _place_full(cols, made, number)
    for number in full:
        entity = made.of[number]
        if entity.type == "person":
            for role in (role_before(cols, names[number]), role_after(cols, names[number], len(cols.words))):
                add_role(entity, role)
    _well_known(cols, made, names)
    for number, name in enumerate(names):
        if number not in made.of:
            _place_short(cols, made, number, name)
    _gather(cols, made)
    return made


def _shouted(cols: Columns, name: Name, family: set[str]) -> bool:
    """A family name in capitals, as in transcripts ("FALLIN: ..."), is no acronym."""
    word = cols.words[name.first]
    return name.end - name.first == 1 and word.isupper() and fold(word) in family


def _short_of(cols: Columns, name: Name, bodies: set[str]) -> bool:
    """ "Marlandish pledged to pay", where the text has told of Marlandish Airlines: a people would have an article or an "s"."""
    word, at = cols.words[name.first], name.end
    alone = name.kind == "people" and at - name.first == 1 and not word.endswith("s") and word in bodies
    bare = name.first == 0 or cols.lower[name.first - 1] not in DETERMINERS
    return alone and bare and at < len(cols.words) and is_verb(cols.lower[at])


def _surname(cols: Columns, name: Name, family: set[str]) -> bool:
    """A place that somebody in the document is called after ("Ada Jordan ... Jordan said"), not where it stands as one."""
    if name.kind not in ("place", "state") or name.end - name.first > 1 or fold(cols.words[name.first]) not in family:
        return False
    return (cols.lower[name.first - 1] if name.first else "") not in PREPOSITIONS


def _is_full(cols: Columns, name: Name) -> bool:
    count = sum(cols.words[at][0].isalnum() for at in range(name.first, name.end))
    return (count > 1 and cols.lower[name.end - 1] not in vocabulary().suffixes) or (
        name.kind in ("organisation", "state", "place", "people") and (name.sure or name.kind != "place")
    )


def _well_known(cols: Columns, made: Cast, names: Sequence[Name]) -> None:
    """Somebody whom all the world knows by the family name, where that stands alone and nobody is called so in full."""
    table = lexicon.table("well_known")
    alone = {cols.words[name.first] for name in names if name.end - name.first == 1}
    for family in sorted(alone & table.keys()):
        words = tuple(fold(word) for word in str(table[family]).split())
        last = words[-1]
        if any(
            e.words == words
            or (e.type == "person" and e.words[-1] == last and (e.words[0] == words[0] or nicknamed(e.words, words)))
            for e in made.sharing(words)
        ):
            continue
        made.add(Entity(str(table[family]), "person", words=words))


def _place_full(cols: Columns, made: Cast, number: int) -> None:
    name = made.names[number]
    words = name_words(cols, name)
    kind: SpeakerType = "person" if name.kind in ("person", "unsure") and len(words) > 1 else "organisation"
    if name.kind == "unsure" and (not _reads_as_person(cols, name) or in_own_marks(cols, name.first, name.end)):
        kind = "organisation"
    found = _same_person(made, words, name.gender) if kind == "person" else None
    if kind == "organisation":
        found = _in_brackets(cols, made, name) or _same_body(cols, made, name, words)
    if found is None:
        found = Entity(
            display(cols, name, kind),
            kind,
            words=words,
            gender=name.gender,
            place=name.kind in ("place", "people"),
            sure=name.sure,
        )
        made.add(found)
    elif kind == "person" and fuller(cols, name, words, found):
        found.name, found.words = display(cols, name, kind), words
        made.index(found)
    made.give(number, found)


def _reads_as_person(cols: Columns, name: Name) -> bool:
    before = cols.lower[name.first - 1] if name.first else ""
    return before not in ("the", "in", "at", "near") and not any(
        cols.lower[at] in SMALL_WORDS for at in range(name.first, name.end)
    )


def _same_person(made: Cast, words: tuple[str, ...], gender: Gender | None) -> Entity | None:
    """Somebody whose name agrees in the family name and the given one, or has all the words of this one, or is all in it."""
    for entity in made.sharing([*words, stem(words[-1])]):
        if entity.type != "person" or (gender and entity.gender and gender != entity.gender):
            continue
        if words == entity.words or agree(words, entity.words) or nicknamed(words, entity.words):
            return entity
    return None


def _in_brackets(cols: Columns, made: Cast, name: Name) -> Entity | None:
    """ "Ministry of Ports (Minports)": a name in brackets right behind a body's is another name of it."""
    at = name.first
    closed = cols.words[name.end : name.end + 1] == [")"] and name.end - at == 1 and cols.words[at].isupper()
    before = made.at_token.get(at - 2) if closed and at > 1 and cols.words[at - 1] == "(" else None
    if before is None or before.end != at - 1 or before.end - before.first < 2 or before.kind in ("state", "place"):
        return None
    found = made.meant(before)
    if found is None or found.type != "organisation":
        return None
    known = next((each for each in made.entities if each.words == (fold(cols.words[at]),)), None)
    if known is None:
        made.called.setdefault(("organisation", fold(cols.words[at])), found)
        made.having.setdefault(fold(cols.words[at]), []).insert(0, found)
        made.having.setdefault(f"{cols.words[at]} for short", []).insert(0, found)
    return found


def _same_body(cols: Columns, made: Cast, name: Name, words: tuple[str, ...]) -> Entity | None:
    vocab = vocabulary()
    shown = display(cols, name, "organisation")
    key = tuple(fold(word) for word in shown.split())
    for entity in made.sharing((*words, *key)):
        if entity.type == "organisation" and (entity.words == words or tuple(map(fold, entity.name.split())) == key):
            return entity
    if name.kind != "organisation":
        return None
    short = cols.words[name.first] if name.end - name.first == 1 else ""
    if short.isupper() and 2 <= len(short) <= 6 and short not in vocab.state_of:
        return next((e for e in made.sharing([f"{short} for short"]) if e.type == "organisation"), None)
    for entity in made.sharing(fold(letters) for letters in acronyms(shown) if 3 <= len(letters) <= 6):
        if entity.type == "organisation" and len(entity.words) == 1 and entity.name.isupper():
            entity.name, entity.words = shown, words
            made.index(entity)
            return entity
    return None


def _place_short(cols: Columns, made: Cast, number: int, name: Name) -> None:
    """A name of one word: somebody's surname, a body's short form, or a name of its own."""
    vocab = vocabulary()
    word = next(iter(name_words(cols, name)), "")
    bearers = _bearers(made, word, name)
    if bearers:
        made.give(number, _titled(cols, made, bearers, name) or _which(made, bearers, number))
        return
    if name.kind != "person":
        body = _short_body(made, word)
        if body:
            made.give(number, body)
            return
    existing = next(
        (
            e
            for e in made.sharing([word])
            if e.words == (word,) and not (name.gender and e.gender and e.gender != name.gender)
        ),
        None,
    )
    if existing is None:
        kind: SpeakerType = (
            "person"
            if name.kind == "person" or (word in vocab.first_names and name.kind == "unsure")
            else "organisation"
        )
        shown = cols.phrase(name.title if _kept(cols, name, vocab) else name.first, name.end)
        existing = Entity(shown, kind, words=(word,), gender=name.gender, place=name.kind == "place", sure=name.sure)
        existing.maybe = kind != "person" and word not in vocab.organisation_words and not shown.isupper()
        made.add(existing)
    elif name.kind == "person" and existing.type == "organisation" and not existing.place:
        existing.type = "person"
    elif existing.name.isupper() and len(word) > 3 and not cols.words[name.first].isupper():
        existing.name = cols.words[name.first]  # a place or a body in the capitals of a dateline or a headline
    made.give(number, existing)


def _titled(cols: Columns, made: Cast, bearers: list[Entity], name: Name) -> Entity | None:
    """ "former Vice President Cheney": of several, the only one whose full name stands with that office, too."""
    offices = vocabulary().callings

    def office(one: Name) -> set[str]:
        return {cols.lower[at] for at in range(one.title, one.first)} & offices

    own = office(name) if len(bearers) > 1 else set()
    found = [e for e in bearers if any(own & office(made.names[place]) for place in e.places)]
    return found[0] if len(found) == 1 else None


def _kept(cols: Columns, name: Name, vocab: Vocabulary) -> bool:
    return name.title < name.first and cols.lower[name.first - 1] in vocab.kept_titles


def _bearers(made: Cast, word: str, name: Name) -> list[Entity]:
    """People with this word in their name, those with it as family name first; nobody whose gender disagrees."""
    short = nicknames().get(word, word)
    people = [
        e for e in made.sharing([word, stem(word), short])
        if e.type == "person" and len(e.words) > 1 and not (name.gender and e.gender and name.gender != e.gender)
        and not (name.gender and e.gender is None and _first_gender(e) not in (None, name.gender))
    ]  # fmt: skip
    if any(not e.heads & TIES for e in people if stem(e.words[-1]) == stem(word)) or (
        name.title < name.first and not name.gender
    ):
        people = [e for e in people if not e.heads & TIES]
    key = stem(word)
    family = [e for e in people if stem(e.words[-1]) == key or ("-" in e.words[-1] and key in e.words[-1].split("-"))]
    return family or [e for e in people if key in map(stem, e.words) or short == e.words[0]]


def _related(cols: Columns, name: Name, vocab: Vocabulary) -> Gender | None:
    """ "his wife, Marta Brook": the gender of the noun before the name."""
    at = name.title - 1
    if at > 0 and cols.words[at] == ",":
        at -= 1
    elif at < 0 or not cols.words[at][0].isalpha():
        return None
    lower = cols.lower[at]
    beside = cols.lower[at - 1] if at else ""
    owned = beside in ("his", "her", "their", "my", "our", "'s", "’s") or cols.words[at + 1] != ","
    return vocab.noun_gender.get(lower) if lower in vocab.relations and owned else None


def _called(cols: Columns, name: Name) -> list[str]:
    """What stands right before a body's name: "the chipmaker Qualcomm", "Singapore-based Broadcom"."""
    vocab, found = vocabulary(), []
    for at in range(name.title - 1, max(name.title - 4, -1), -1):
        lower = cols.lower[at]
        if cols.sentence[at] != cols.sentence[name.first] or not (lower in vocab.organisations or "-" in lower[1:-1]):
            break
        found.append(lower)
    return found


def _first_gender(entity: Entity) -> Gender | None:
    return vocabulary().first_names.get(entity.words[0]) if entity.words else None


def _which(made: Cast, bearers: list[Entity], number: int) -> Entity:
    """Of several with one surname: the one far more often named in full or, failing that, the nearest named before."""
    if len(bearers) == 1:
        return bearers[0]
    famous = [entity for entity in bearers if not entity.tokens and entity.name in lexicon.table("well_known").values()]
    if famous:
        return famous[0]
    counts = {id(entity): bisect_left(entity.places, number) for entity in bearers}
    first, second = sorted(bearers, key=lambda e: -counts[id(e)])[:2]
    if counts[id(first)] >= ASSETS * max(counts[id(second)], 1):
        return first
    before = [entity for entity in bearers if counts[id(entity)]]
    if before:
        return max(before, key=lambda e: e.places[counts[id(e)] - 1])
    return max(bearers, key=lambda e: (len(e.places), -e.order))


def _short_body(made: Cast, word: str) -> Entity | None:
    """ "Elliott" for "Elliott Management": the first word of a longer name that is no place, or what the last says it is."""
    vocab = vocabulary()
    for entity in made.sharing([word]):
        body = entity.type == "organisation" and not entity.place and len(entity.words) in (2, 3)
        if body and entity.words[0] == word and (entity.words[1] in vocab.organisation_words | LEGAL_FORMS):
            return entity
        if body and entity.words[-1] == word and word.title() in MASTHEADS:
            return entity  # "the Post" for "The Northport Post"
    if word not in vocab.organisation_words or word in NO_SHORT_FORMS:
        return None
    bodies = [e for e in made.sharing([word]) if e.type == "organisation" and len(e.words) > 1]
    bodies = [e for e in bodies if word == e.words[-1] or (word == e.words[0] and e.words[1] in ("of", "for"))]
    return bodies[0] if len(bodies) == 1 else None  # "the Institute" for "Rijn Institute"


def _gather(cols: Columns, made: Cast) -> None:
    """Give every entity its mentions, spellings, gender and roles, in text order; settle what no list knew."""
    vocab = vocabulary()
    limit = len(cols.words)
    for number, name in enumerate(made.names):
        entity = made.of[number]
        entity.seen(name.first, cols.phrase(name.first, name.end))
        gender = name.gender or _related(cols, name, vocab)
        if gender and entity.gender is None:
            entity.gender = gender
        entity.sure = entity.sure or name.sure
        entity.inside = (
            entity.inside or not cols.opens[name.first] or name.end - name.first > 1 or name.kind != "unsure"
        )
        if entity.type == "organisation":
            entity.heads.update(_called(cols, name))
        if entity.type == "person":
            add_role(entity, role_before(cols, name))
            add_role(entity, role_after(cols, name, limit))
    for entity in made.entities:
        if _is_thing(cols, entity, vocab):
            entity.type, entity.roles, entity.heads = "organisation", [], set()
        if len(entity.words) == 1:
            entity.likely = vocab.first_names.get(entity.words[0])
        if entity.type == "person" and entity.gender is None:
            given = _given(entity, vocab)
            genders = [vocab.noun_gender[head] for head in sorted(entity.heads) if head in vocab.noun_gender]
            entity.gender = genders[0] if genders else vocab.first_names[given] if given else None


def _is_thing(cols: Columns, entity: Entity, vocab: Vocabulary) -> bool:
    """ "the Low Tide", "the Long Reach": a person's full name has no article before it; a known given name settles it."""
    if entity.type != "person" or len(entity.words) < 2 or entity.gender or entity.heads & vocab.callings:
        return False
    if not vocab.first_names.keys().isdisjoint(entity.words):
        return False
    articles = sum(at > 0 and cols.lower[at - 1] == "the" and cols.cased[at] for at in entity.tokens)
    return 2 * articles >= len(entity.tokens) > 0


def _given(entity: Entity, vocab: Vocabulary) -> str | None:
    """The given name of a full name that a list knows: the first word, or the one after an initial."""
    if len(entity.words) < 2:
        return None
    word = entity.words[1] if len(entity.words[0]) == 1 else entity.words[0]
    word = word if word in vocab.first_names else word.split("-")[0]
    return word if word in vocab.first_names else None

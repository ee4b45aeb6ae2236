"""Outlets: takes words, gives the outlet they name, and whether it is the article's own; finds no passages.

Known names come from `data/outlets.toml`; unknown ones are known by their shape ("the Northport Herald", "state news agency X"),
unnamed ones ("state television") by their noun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord import lexicon
from onrecord.document import Document

LIKE = (
    "agencies",
    "british_and_irish",
    "american",
    "european",
    "middle_east_and_africa",
    "asian_and_pacific",
    "latin_american",
    "magazines_and_sites",
)
OF_COUNTRY = re.compile(r"^(?:[A-Z][\w\-]+(?:'s|s')\s+|(?:the\s+)?[A-Z][\w\-]+[-\s](?:based|owned|run)\s+)")
KINDS = (
    "state|official|semi-official|local|public|private|national|daily|weekly|independent|pro-government|state-run|state-owned|opposition|"
    "satellite|regional|arab|pan-arab|arabic|business|german|french|italian|spanish|israeli|egyptian|iranian|russian|turkish|saudi|qatari|"
    "lebanese|polish|dutch|swedish|chinese|japanese|indian|hebrew|palestinian|emirati|iraqi|syrian"
)
NOUNS = (
    r"news\s+agency|newspaper|news\s+website|website|broadcaster|tv\s+channel|tv\s+station|tv|television|channel|radio\s+station|radio|"
    r"magazine|daily|weekly|affiliate"
)
LABEL = re.compile(rf"^(?:(?:{KINDS})[\s\-]+){{0,3}}(?:{NOUNS})\s+(?=(?-i:[A-Z]))", re.I)
MASTHEADS = ("Daily ", "Weekly ")  # written large they are part of a name
TAIL = re.compile(
    r"\s+(?:news\s+agency|newspaper|daily|magazine|news\s+website|television|tv|tv\s+channel|channel|radio|website|network)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet as the word list has it: its name, other spellings, and web domains."""

    name: str
    also: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@cache
def known() -> dict[str, Outlet]:
    """Return every listed outlet by the key of each of its spellings."""
    found: dict[str, Outlet] = {}
    for outlet in lexicon.rows("outlets", Outlet, *LIKE):
        for spelling in (outlet.name, *outlet.also):
            found.setdefault(key(spelling), outlet)
    return found


def key(words: str) -> str:
    """Return words in the form in which names are compared.

    >>> key("The  Wall Street Journal’s")
    'wall street journal'
    """
    plain = " ".join(words.replace("’", "'").split()).strip(" \"“”'.,")
    plain = plain.removesuffix("'s")
    return plain.casefold().removeprefix("the ")


def outlet_named(words: str) -> str | None:
    """Return the canonical name of the outlet that the words are, None if they are none; an unnamed one keeps its words.

    >>> outlet_named("the AP"), outlet_named("state news agency Sunna"), outlet_named("state television"), outlet_named("Ms Roe")
    ('The Associated Press', 'Sunna', 'state television', None)
    """
    words = " ".join(words.split()).strip(' "“”,.')
    if not words or len(words) > 80:
        return None
    for form in _forms(words):
        outlet = known().get(key(form))
        if outlet and (form[0].isupper() or form[:4].casefold() == "the " or form.isupper() or key(form) == form):
            return outlet.name
    return _unnamed(words) or _shaped(words)


def outlet_in(words: str, doc: Document) -> str | None:
    """Return the outlet that the words name; "the Journal" alone is the listed one that the document names in full.

    >>> from onrecord.document import Origin
    >>> outlet_in("the Journal", Document("a", "The Wall Street Journal said so.", Origin("a", "")))
    'The Wall Street Journal'
    """
    named = outlet_named(words)
    if named:
        return named
    last = key(words).split()
    if (
        len(last) != 1
        or not words.split()[-1][:1].isupper()
        or last[0].title() not in lexicon.words("outlets", "masthead_words")
    ):
        return None
    return next((name for name in _ending_in(last[0]) if name.removeprefix("The ") in doc.text), None)


@cache
def _ending_in(last: str) -> tuple[str, ...]:
    """Return the listed names of several words that end in a word, sorted."""
    names = {outlet.name for outlet in known().values()}
    return tuple(sorted(name for name in names if " " in key(name) and key(name).split()[-1] == last))


def _forms(words: str) -> tuple[str, ...]:
    plain = words.replace("’", "'")
    bare = OF_COUNTRY.sub("", plain)
    unlabelled = LABEL.sub("", bare.removeprefix("the ").removeprefix("The "))
    return tuple(dict.fromkeys((plain, bare, unlabelled, TAIL.sub("", unlabelled), re.sub(r"'s .+$", "", plain))))


def _unnamed(words: str) -> str | None:
    """State television, local media: a sort of outlet and its noun."""
    low = words.casefold().replace("’", "'").split()
    if low and low[0] in {"the", "a", "an", "several", "some", "other"}:
        words, low = " ".join(words.split()[1:]), low[1:]
    nouns = set(lexicon.words("outlets", "media_nouns"))
    for size in (2, 1):
        if len(low) >= size and " ".join(low[-size:]) in nouns:
            kinds = lexicon.words("outlets", "media_kinds")
            rest = low[:-size]
            named = all(word in kinds or word.endswith("'s") for word in rest)
            return words if named and (rest or low[-1] == "media") else None
    return None


def _shaped(words: str) -> str | None:
    plain = words.removeprefix("the ").removeprefix("The ")
    label = None if plain.startswith(MASTHEADS) else LABEL.match(plain)
    if label and plain[label.end() :].split()[0].casefold() not in {"in", "on", "of"}:
        rest = plain[label.end() :]
        return rest if all(word[0].isupper() or word[0].isdigit() or "-" in word for word in rest.split()) else None
    plain = TAIL.sub("", plain) if plain.startswith(MASTHEADS) else plain
    parts = plain.split()
    last = parts[-1] if parts else ""
    if len(parts) > 1 and len(parts) < 6 and all(word[0].isupper() for word in parts):
        return plain if plain.startswith(MASTHEADS) or last in lexicon.words("outlets", "masthead_words") else None
    return None


def is_own(name: str, doc: Document) -> bool:
    """Tell whether an outlet is the document's own, by its domains or its name.

    >>> from onrecord.document import Origin
    >>> doc = Document("a", "", Origin("a", ""), outlet="nytimes.com")
    >>> is_own("The New York Times", doc), is_own("Reuters", doc)
    (True, False)

    A paper calls itself by the last word of its name:

    >>> is_own("The Herald", Document("a", "", Origin("a", ""), outlet="The Port Sel Herald"))
    True
    """
    if doc.outlet and key(doc.outlet).endswith(" " + key(name)):
        return True
    own = [place.casefold() for place in (doc.outlet, doc.url) if place]
    outlet = known().get(key(name))
    if outlet and any(_same_site(place, domain) for place in own for domain in outlet.domains):
        return True
    squashed = _squash(name)
    return any(squashed and (squashed == _label(place) or squashed == _squash(place)) for place in own)


def _same_site(place: str, domain: str) -> bool:
    host = re.sub(r"^[a-z]+://", "", place).split("/")[0].split(":")[0]
    return host == domain or host.endswith("." + domain)


def _label(place: str) -> str:
    host = re.sub(r"^[a-z]+://", "", place).split("/")[0].removeprefix("www.")
    return _squash(host.split(".")[0])


def _squash(words: str) -> str:
    return re.sub(r"[^0-9a-z]", "", key(words))

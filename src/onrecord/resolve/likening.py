"""Words that mean the same of somebody: takes nouns and phrases, gives forms in which they can be compared.

"spokeswoman" and "spokesperson", "French" and "France", "president" and "leader". It knows no document.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from onrecord import lexicon
from onrecord.resolve.vocabulary import fold, vocabulary

PLAIN = frozenset(
    "the a an this that these those his her their its our my senior top former new late same another one other".split()
)


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

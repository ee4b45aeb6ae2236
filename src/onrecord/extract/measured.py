"""What a figure measures: takes a number and what it counts, gives the phrase that says what the number is of, by form."""

from __future__ import annotations

import re

from onrecord.document import Span
from onrecord.extract.counted import Counted
from onrecord.extract.quantities import Quantity

REACH = 150  # characters behind the counted words that are looked at
MOST = 12  # words in a phrase
# a clause or sentence edge ends the phrase, and so does the verb that the counted words are the subject of
EDGE = re.compile(
    r"[,.](?!\d)|[;:!?()\[\]“”\"—–]|\s-\s|\s(?:and|but|or|while|who|which|that|when|as|after|before|said"
    r"|says|is|are|was|were|has|have|had|will|would)\s"
)
OF = re.compile(r"\s(?:in|of|on|for|per|a|at|from|to|over|by)\s")
PREVIOUS = re.compile(
    r"(?P<noun>(?:[\w’'-]+\s){1,4})(?:of|to|at|by|worth|for)\s(?:(?:just|only|some|about|nearly"
    r"|almost|more than|less than|up to|at least|as much as|a|an|the)\s)*$"
)
# what was done to those counted: "45 people were killed"
BEFELL = re.compile(
    r"\s(?:(?:was|were|is|are|has|have|had|been|being|also|already|reportedly|later)\s)+"
    r"(?P<what>[a-z]{3,}(?:ed|en)|shot|hurt|held|dead|lost)\b"
)
SUBJECT_VERB = re.compile(
    r"(?P<noun>(?:[\w’'$€£-]+\s){1,8}?)(?:(?:has|have|had|will|would|could|may|might|can|also|already|now|only|then|since|again)\s)*"
    r"(?:r[oi]ses?|risen|f[ae]lls?|fallen|gr[eo]ws?|grown|stands?|stood|hits?|costs?|c[ao]mes?|shr[aiu]nk"
    r"|lasts?|lasted|takes?|took|taken|runs?|owes?|owed|is|are|was|were|been|be"
    r"|(?:climb|jump|surg|soar|plung|slump|edg|total|totall|amount|exceed|averag|reach|increas|decreas|declin)(?:e|es|s|ed)?"
    r"|(?:slip|drop)(?:s|ped)?)"
    r"(?P<rest>(?:\s(?:back|up|down|by|to|at|from|worth|just|only|some|about|around|nearly|almost|more|less|than|over|under|as|much"
    r"|high|low|least|most|a|an|estimated|record))*\s)$"
)
BESIDE = re.compile(r",\s(?:up|down|compared|against|from|versus)(?:\s(?:from|with|to))?\s$")
NOBODY = frozenset(
    ("it", "they", "he", "she", "that", "this", "these", "those", "which", "who", "there", "we", "i", "you")
)
BEFORE = 140  # characters before a number in which the subject it is said of stands


def measured(text: str, quantity: Quantity, counted: Counted, sent: Span) -> str | None:
    """Return the counted words with their complement; for money and shares, what is of that size; None where nothing says it.

    >>> from onrecord.extract.quantities import find_quantities
    >>> text = "It sold 20 boats from the north in May."
    >>> measured(text, next(find_quantities(text)), Counted("boat", 16, "noun"), Span(0, 39))
    'boats from the north in May'
    """
    limit = min(sent.end, counted.end + REACH)
    edge = EDGE.search(text, counted.end, limit)
    behind = text[
        quantity.end if counted.how in {"noun", "hyphen", "them"} else counted.end : edge.start() if edge else limit
    ]
    if counted.how in {"percent", "currency", "measure"}:
        of_what = (
            None
            if re.match(r"\sof\s", behind)
            else _subject(text[max(sent.start, quantity.start - BEFORE) : quantity.start])
        )
        if of_what is not None:
            return of_what
        before = PREVIOUS.search(text[max(sent.start, quantity.start - 70) : quantity.start])
        if before and not re.match(r"\s(?:of|in)\s", behind):
            return _clean(before["noun"] + (behind if OF.match(behind) else ""))
        behind = re.sub(r"^\s(?:of|in)\s", "", behind)
    phrase = _clean(behind)
    if phrase is None:
        return _subject(text[max(sent.start, quantity.start - BEFORE) : quantity.start])
    befell = BEFELL.match(text, edge.start(), limit) if edge else None
    return f"{phrase} {befell['what']}" if befell and len(phrase.split()) < MOST else phrase


def _subject(before: str) -> str | None:
    """The subject that a verb says a size of: "prices rose", "turnout was 61 percent, down from".

    >>> _subject("Officials said wages had risen by more than "), _subject("It fell "), _subject("It sold boats worth ")
    ('wages', None, None)
    """
    beside = BESIDE.search(before)
    found = SUBJECT_VERB.search(
        re.sub(r"\S+(?:\s(?:percent|per cent|million|billion))?$", "", before[: beside.start()]) if beside else before
    )
    if found is None:
        return None
    noun = " " + found["noun"]
    edges = [edge.end() for edge in EDGE.finditer(noun)]
    words = _clean(noun[edges[-1] :] if edges else noun)
    return None if words is None or words.casefold() in NOBODY else words


def _clean(phrase: str) -> str | None:
    words = phrase.strip(" -,'’\n\t").split()[:MOST]
    while words and words[0].casefold() in {"of", "the", "a", "an", "in", "its"}:
        words = words[1:]
    while words and words[-1].casefold() in {
        "of",
        "the",
        "a",
        "an",
        "in",
        "to",
        "on",
        "for",
        "by",
        "with",
        "from",
        "at",
    }:
        words = words[:-1]
    return " ".join(words) or None

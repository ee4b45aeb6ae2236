"""The types every stage shares: takes nothing, gives `Document` and what hangs on it, and does no work of its own.

A `Document` is one report as read. It walks through the stages; each stage returns a copy with its own layer filled in and
touches no other. All types are frozen; change one with `dataclasses.replace`. All spans are half-open `[start, end)`
code point offsets into `Document.text`, which never changes after reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from onrecord.encoding import Encoding

Kind = Literal["direct", "indirect", "mixed"]
SpeakerType = Literal["person", "organisation", "group", "document", "unknown"]
Act = Literal[
    "assert",
    "assess",
    "demand",
    "offer",
    "commit",
    "refuse",
    "agree",
    "deny",
    "accuse",
    "threaten",
    "support",
    "condemn",
    "question",
]
Qualifier = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than", "range"]


class Span(NamedTuple):
    """A half-open range of code points in `Document.text`.

    >>> Span(4, 9).of("the lake town")
    'lake '
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Note:
    """What looked wrong in a document, and where; `span` is None when it concerns the whole of it.

    `kind` is one of the kinds listed in docs/notes-kinds.md, such as ``unbalanced-quotation`` or ``not-english``.
    """

    kind: str
    message: str
    span: Span | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """A byline, dateline or agency credit line; `agency` is its canonical name, None where no agency is named."""

    span: Span
    agency: str | None = None
    place: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quoted region, its marks included; over several paragraphs it has one piece a paragraph, in text order.

    `depth` is 0 for an outermost quotation, 1 for one inside it. `closed` is False where the closing mark is missing: then
    the region ends at the end of its paragraph at the latest.
    """

    pieces: tuple[Span, ...]
    depth: int = 0
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from: `path` as given, SHA-256 `digest` of the file's bytes, and the `entry` inside it.

    `entry` is None for a file that is one document, the entry's id for a feed, the line number (from 1) for JSONL.
    `sidecar` is the SHA-256 digest of the NAME.json beside the file, None where there is none.
    """

    path: str
    digest: str
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    entry: str | None = None
    sidecar: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names or points to somebody: `kind` is how."""

    span: Span
    kind: Literal["name", "description", "pronoun"]
    speaker: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody a document gives words to, under one canonical `name`; `id` ("e1", ...) is unique in its document.

    `spellings` holds every form seen in the document, in text order, without repetition. `role` is the office or
    description given, `affiliation` the body it names, `institution` the `name` of the body a mouth speaks for.
    `unnamed_because` is the reason given for not naming an unnamed one.
    """

    id: str
    name: str
    type: SpeakerType = "unknown"
    named: bool = False
    role: str | None = None
    affiliation: str | None = None
    institution: str | None = None
    unnamed_because: str | None = None
    spellings: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing made to depend on another: the two clauses, the `marker` words between them left out.

    `negated` says that the marker turns the `if_` round: "no deal unless the siege ends" means that without the end of
    the siege there is no deal (`unless`, `until`, `without`).
    """

    if_: Span
    then: Span
    marker: Span | None = None
    negated: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One report, in one document, that somebody said, wrote, believes or wants something.

    `content`, `source` and `cue` are pieces in text order; an empty `source` means that the text gives none. `parent` is
    the id of the statement whose content holds this one. `by` maps each field group ("statement", "speaker", "act",
    "condition", "relay", "said_on") to the rule or model and version that filled it. `confidence` is a calibrated
    probability that the statement is one, with its source and content right; None where a rule made it.
    """

    id: str
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    kind: Kind = "indirect"
    parent: str | None = None
    speaker: str | None = None
    speaker_type: SpeakerType | None = None
    named: bool = False
    role: str | None = None
    speaker_id: str | None = None
    addressee: str | None = None
    channel: str | None = None
    via: tuple[str, ...] = ()
    said_on: str | None = None
    act: Act = "assert"
    act_confidence: float | None = None
    condition: Condition | None = None
    confidence: float | None = None
    by: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity somebody asserts: `value` is a number, or (low, high) for a range; `unit` as GUIDELINES say.

    `statement` is the id of the innermost statement whose content holds it, None for the reporter's own voice.
    """

    id: str
    span: Span
    value: int | float | tuple[int | float, int | float]
    unit: str | None = None
    qualifier: Qualifier = "exact"
    measures: str | None = None
    statement: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A date or time expression; `value` is EDTF ("2024-03-27", "2024-03", "2024-10/.."), None where it stays unresolved."""

    span: Span
    value: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One report as read, with the layers that the stages have added so far; a layer not yet added is None.

    An added layer that found nothing is an empty tuple. `name` is the file's name without its ending (for feeds and
    JSONL, made from the entry's own id); it is what exports call `id`. Dates are partial ISO strings ("2024-03-27",
    "2024-03"), None where unknown.
    """

    name: str
    text: str
    origin: Origin
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    title_span: Span | None = None
    boilerplate: tuple[Span, ...] = ()
    credit: tuple[Credit, ...] = ()
    notes: tuple[Note, ...] = ()
    paragraphs: tuple[Span, ...] | None = None
    sentences: tuple[Span, ...] | None = None
    tokens: tuple[Span, ...] | None = None
    quotations: tuple[Quotation, ...] | None = None
    encoding: Encoding | None = field(default=None, repr=False, compare=False)
    statements: tuple[Statement, ...] | None = None
    speakers: tuple[Speaker, ...] | None = None
    figures: tuple[Figure, ...] | None = None
    times: tuple[TimeMention, ...] | None = None

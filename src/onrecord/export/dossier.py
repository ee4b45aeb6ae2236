"""A dossier: takes a selection, gives one HTML file that holds all it needs, opens anywhere and prints well.

Statements by speaker, in the order they were made, each with its words in their context, its citation and the digest of its
source. The file has no script and allows itself none; its only links lead to the sources. Everything from the record is escaped.
Dossiers of an issue and of a comparison stand in `dossiers.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from html import escape
from urllib.parse import urlsplit

from onrecord.document import Document, Statement
from onrecord.export.citations import citation
from onrecord.export.selection import Selection
from onrecord.store.find import StatementFilter
from onrecord.store.rows import pieces

NOBODY = "Source not stated"
AROUND = 160
STYLE = """
:root{color-scheme:light dark}
body{font:1.05rem/1.6 Charter,'Bitstream Charter',Georgia,'Noto Serif',serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
body.wide{max-width:72rem}h1,h2,h3{line-height:1.2;break-after:avoid}h2{margin-top:2.5rem;border-bottom:1px solid}
article{margin:1.4rem 0;break-inside:avoid}blockquote{margin:.4rem 0;padding-left:.9rem;border-left:3px solid #94660a}
.around{opacity:.8}strong{font-weight:600}.head,.cite,td,th{overflow-wrap:anywhere}
.head,.cite{font-size:.86rem;font-family:system-ui,sans-serif;margin:0}nav li{margin:.2rem 0}
.rejected blockquote{text-decoration:line-through}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;border-bottom:1px solid #8886}
td ul{margin:0;padding:0;list-style:none}td li{margin:0 0 .5rem}ins{text-decoration:underline 2px;font-weight:600}
thead{display:table-header-group}tr{break-inside:avoid}
@media print{body,body.wide{max-width:none;margin:0;font-size:10.5pt}a{color:inherit;text-decoration:none}}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
ASKED = {"said": "said on", "text": "with the words", "judgement": "judged", "document": "report"}


def chunks(selection: Selection) -> Iterator[bytes]:
    """Yield the file: a head, the speakers, then each with what they said."""
    said: dict[str, list[tuple[str, str, Document, Statement]]] = defaultdict(list)
    for label, doc in selection.documents(linked=True):
        for stmt in doc.statements or ():
            said[stmt.speaker or NOBODY].append((stmt.said_on or doc.published or "", label, doc, stmt))
    names = sorted(said, key=lambda name: (name == NOBODY, -len(said[name]), name))
    yield utf8(_head(selection, [(name, len(said[name])) for name in names]))
    for n, name in enumerate(names, 1):
        yield utf8(f'<section aria-labelledby="n{n}"><h2 id="n{n}">{text(name)}</h2>\n')
        for _, label, doc, stmt in sorted(said[name], key=lambda each: (each[0], each[1], each[3].content)):
            yield utf8(statement(label, doc, stmt))
        yield b"</section>\n"
    yield END


END = b"</main></body></html>\n"


def head(title: str, lead: str, *, wide: bool = False) -> str:
    """Return the opening of a dossier: `title` is escaped here, `lead` is HTML."""
    body = '<body class="wide">' if wide else "<body>"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>{text(title)}</title><style>{STYLE}</style></head>{body}"
        f"<main><h1>{text(title)}</h1>\n<p>{lead}</p>\n"
    )


def _head(selection: Selection, names: list[tuple[str, int]]) -> str:
    items = "".join(f'<li><a href="#n{n}">{text(name)}</a>: {count}</li>' for n, (name, count) in enumerate(names, 1))
    asked = selection.asked or StatementFilter()
    parts = {name: value for name in ASKED_IN_ORDER if (value := getattr(asked, name)) is not None}
    about = names[0][0] if asked.speaker is not None and len(names) == 1 else selection.story
    told = ", ".join(f"{ASKED.get(name, name)} {_said(value)}" for name, value in parts.items())
    n = sum(n for _, n in names)
    lead = f"{n} {'statement' if n == 1 else 'statements'}, as they stand in their reports. Evidence and no verdicts."
    lead += f" From the record “{text(selection.story)}”" + (f": {text(told)}." if told else ".")
    return head(f"Dossier: {about}", lead) + f'<nav aria-label="Speakers"><ul>{items}</ul></nav>\n'


ASKED_IN_ORDER = (
    *("speaker", "outlet", "document", "act", "kind", "via", "said", "published", "condition", "figure", "named"),
    *("confidence", "judgement", "text"),
)


def _said(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def statement(label: str, doc: Document, stmt: Statement) -> str:
    """Return one statement: its act, its words in their context, its citation with a link to the original."""
    start, end = stmt.content[0].start, stmt.content[-1].end
    before, after = doc.text[max(0, start - AROUND) : start], doc.text[end : end + AROUND]
    language = f' lang="{escape(doc.language)}"' if doc.language else ""
    facts = [stmt.act, stmt.kind, stmt.said_on and f"said {stmt.said_on}", stmt.via and f"via {' → '.join(stmt.via)}"]
    if stmt.condition:
        word = "unless" if stmt.condition.negated else "if"
        facts.append(f"{word} {stmt.condition.if_.of(doc.text)}")
    if verdict := stmt.by.get("verdict"):
        facts.append(f"{verdict.removeprefix('person: ')} by a person")
    said = text(" · ".join(fact for fact in facts if fact))
    rejected = ' class="rejected"' if verdict == "person: rejected" else ""
    return (
        f'<article id="{escape(label, quote=True)}-{escape(stmt.id)}"{rejected}><p class="head">{said}</p>\n'
        f'<blockquote{language} dir="auto"><span class="around">{text(before)}</span>'
        f"<strong>{text(doc.text[start:end]) if len(stmt.content) == 1 else text(pieces(doc.text, stmt.content))}</strong>"
        f'<span class="around">{text(after)}</span></blockquote>\n<p class="cite">{text(citation(doc, stmt))}'
        f"{original(doc)}</p></article>\n"
    )


def original(doc: Document) -> str:
    """Return a link to where a report came from, nothing where that is no address of the web."""
    url = doc.url or ""
    plain = url.isascii() and url.isprintable() and not set(url) & set(' "<>\\^`{|}')
    if not plain or _scheme(url) not in {"http", "https"}:
        return ""
    return f' <a href="{escape(url, quote=True)}" rel="noopener noreferrer">original</a>'


def _scheme(url: str) -> str:
    """The scheme of an address; none where it cannot be taken apart: records made before kept such ones."""
    try:
        return urlsplit(url).scheme.lower()
    except ValueError:
        return ""


def text(words: str) -> str:
    """Return words for HTML: escaped, control characters as a sign that can be seen."""
    return escape("".join(c if c >= " " or c in "\n\t" else "\u2423" for c in words))


def utf8(words: str) -> bytes:
    """Return HTML as bytes; a lone surrogate is written out."""
    return words.encode("utf-8", "backslashreplace")

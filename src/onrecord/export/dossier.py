"""A dossier: takes a selection, gives one HTML file that holds all it needs, opens anywhere and prints well.

Statements by speaker, in the order they were made, each with its words in their context, its citation and the digest of its
source. The file has no script and allows itself none; its only links lead to the sources. Everything from the record is escaped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from html import escape

from onrecord.document import Document, Statement
from onrecord.export.citations import citation
from onrecord.export.selection import Selection
from onrecord.store.rows import pieces

NOBODY = "Source not stated"
AROUND = 160
STYLE = """
:root{color-scheme:light dark}
body{font:1.05rem/1.6 Charter,Georgia,'Noto Serif',serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
h1,h2{line-height:1.2}h2{margin-top:2.5rem;border-bottom:1px solid}article{margin:1.4rem 0;break-inside:avoid}
blockquote{margin:.4rem 0;padding-left:.9rem;border-left:3px solid #94660a}.around{opacity:.8}strong{font-weight:600}
.head,.cite{font-size:.86rem;font-family:system-ui,sans-serif;margin:0;overflow-wrap:anywhere}nav li{margin:.2rem 0}
@media print{body{max-width:none;margin:0}a{color:inherit;text-decoration:none}}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def chunks(selection: Selection) -> Iterator[bytes]:
    """Yield the file: a head, the speakers, then each with what they said."""
    said: dict[str, list[tuple[str, str, Document, Statement]]] = defaultdict(list)
    for label, doc in selection.documents(linked=True):
        for stmt in doc.statements or ():
            said[stmt.speaker or NOBODY].append((stmt.said_on or doc.published or "", label, doc, stmt))
    names = sorted(said, key=lambda name: (name == NOBODY, -len(said[name]), name))
    yield _utf8(_head(selection, [(name, len(said[name])) for name in names]))
    for n, name in enumerate(names, 1):
        yield _utf8(f'<section aria-labelledby="n{n}"><h2 id="n{n}">{_text(name)}</h2>\n')
        for _, label, doc, stmt in sorted(said[name], key=lambda each: (each[0], each[1], each[3].content)):
            yield _utf8(_statement(label, doc, stmt))
        yield b"</section>\n"
    yield b"</main></body></html>\n"


def _head(selection: Selection, names: list[tuple[str, int]]) -> str:
    items = "".join(f'<li><a href="#n{n}">{_text(name)}</a>: {count}</li>' for n, (name, count) in enumerate(names, 1))
    title = f"Dossier: {_text(selection.story)}"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>\n"
        f"<p>{sum(n for _, n in names)} statements, as they stand in their reports. Evidence and no verdicts.</p>\n"
        f'<nav aria-label="Speakers"><ul>{items}</ul></nav>\n'
    )


def _statement(label: str, doc: Document, stmt: Statement) -> str:
    start, end = stmt.content[0].start, stmt.content[-1].end
    before, after = doc.text[max(0, start - AROUND) : start], doc.text[end : end + AROUND]
    language = f' lang="{escape(doc.language)}"' if doc.language else ""
    facts = [stmt.act, stmt.kind, stmt.said_on and f"said {stmt.said_on}", stmt.via and f"via {' → '.join(stmt.via)}"]
    if stmt.condition:
        word = "unless" if stmt.condition.negated else "if"
        facts.append(f"{word} {stmt.condition.if_.of(doc.text)}")
    said = _text(" · ".join(fact for fact in facts if fact))
    return (
        f'<article id="{escape(label, quote=True)}-{escape(stmt.id)}"><p class="head">{said}</p>\n'
        f'<blockquote{language} dir="auto"><span class="around">{_text(before)}</span>'
        f"<strong>{_text(doc.text[start:end]) if len(stmt.content) == 1 else _text(pieces(doc.text, stmt.content))}</strong>"
        f'<span class="around">{_text(after)}</span></blockquote>\n<p class="cite">{_text(citation(doc, stmt))}</p></article>\n'
    )


def _text(text: str) -> str:
    return escape("".join(c if c >= " " or c in "\n\t" else "\u2423" for c in text))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")

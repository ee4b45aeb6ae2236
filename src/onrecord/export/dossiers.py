"""Dossiers of a comparison and of an issue: takes a `Store` and ids, gives one HTML file, made as `dossier.py` makes its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.ask import positions
from onrecord.ask.across import document_key, labels
from onrecord.ask.comparison import ComparedRow, compare
from onrecord.ask.positions import Position, PositionFilter
from onrecord.document import Document, Span
from onrecord.export.dossier import END, NOBODY, head, original, statement, text, utf8
from onrecord.store.judgements import as_seen
from onrecord.store.store import Store
from onrecord.store.whose import bearer_of


def of_comparison(store: Store, documents: Sequence[str]) -> bytes:
    """Return what reports (by id or name) let whom say, side by side, new words marked, and the text they share.

    Raises:
        NotFound: one of them is not in the record.
        QueryError: there are fewer than two.
    """
    lines = compare(store, documents)
    keys = list(dict.fromkeys(document_key(store, id) for id in documents))
    names, docs = labels(store, keys), {key: store.load(key) for key in keys}
    columns = "".join(f'<th scope="col">{_report(docs[key])}</th>' for key in keys)
    said: dict[str | None, dict[str, list[ComparedRow]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        if line.part != "text":
            said[line.speaker][line.document].append(line)
    body = ""
    for who, by in said.items():
        cells = "".join(f'<td dir="auto">{_cell(by.get(names[key], []))}</td>' for key in keys)
        body += f'<tr><th scope="row">{text(who or NOBODY)}</th>{cells}</tr>\n'
    shared = [line for line in lines if line.part == "text"]
    stretches = "".join(
        f"<li>{text(line.text)} <span class=head>({text(line.document)})</span></li>" for line in shared
    )
    sources = "".join(_source(docs[key]) for key in keys)
    lead = "What each lets whom say. Words that the report beside it has not are underlined. Evidence and no verdicts."
    table = f'<table><thead><tr><th scope="col">speaker</th>{columns}</tr></thead><tbody>\n{body}</tbody></table>\n'
    more = f"<h2>Text they share</h2><ul>{stretches}</ul>\n" if stretches else ""
    page = head(f"Comparison of {len(keys)} reports", lead, wide=True) + table + more
    return utf8(page + f"<h2>Sources</h2><ul>{sources}</ul>\n") + END


def _report(doc: Document) -> str:
    where = ", ".join(part for part in (doc.outlet, doc.published) if part)
    return f"{text(doc.title or doc.name)}<br><span class=head>{text(where)}</span>"


def _source(doc: Document) -> str:
    return f'<li class="cite">{text(doc.title or doc.name)}, sha256:{doc.origin.digest}{original(doc)}</li>'


def _cell(rows: Sequence[ComparedRow]) -> str:
    items = "".join(
        f'<li><span class="head">{text(row.act or "")}</span> {_marked(row.text, row.new)}</li>' for row in rows
    )
    return f"<ul>{items}</ul>" if items else '<span class="head">nothing found</span>'


def _marked(words: str, new: Sequence[Span]) -> str:
    out, at = "", 0
    for span in new:
        out += f"{text(words[at : span.start])}<ins>{text(words[span.start : span.end])}</ins>"
        at = span.end
    return out + text(words[at:])


def of_issue(store: Store, issue: str) -> bytes:
    """Return who stood where on an issue (by id or name), step by step, with every statement behind each step.

    Raises:
        NotFound: there is no such issue, or the record was never linked.
    """
    found = positions.issue_named(store, issue)
    rows = positions.with_statements(store, positions.positions(store, PositionFilter(issue=found.id)))
    docs: dict[str, tuple[str, Document]] = {}
    body = ""
    held: dict[tuple[str, int | None], list[Position]] = defaultdict(list)
    for row in rows:
        held[row.holder, row.node].append(row)
    for n, ((name, node), steps) in enumerate(held.items(), 1):
        bearer = None if node is None else bearer_of(store, node, name)
        called = name if bearer is None else f"{name} ({bearer + 1})"
        body += f'<section aria-labelledby="n{n}"><h2 id="n{n}">{text(called)}</h2>\n'
        for row in steps:
            word = "unless" if row.negated else "if"
            facts = [row.day or "no date", row.way, *row.does, row.change, row.if_ and f"{word} {row.if_}"]
            body += f"<h3>{text(' · '.join(fact for fact in facts if fact))}</h3>\n"
            for said in row.statements:
                label, doc = docs.setdefault(said.document_id, (said.document, _seen(store, said.document_id)))
                own = next((stmt for stmt in doc.statements or () if stmt.id == said.statement.id), said.statement)
                body += statement(f"{n}-{row.n}-{label}", doc, own)
        body += "</section>\n"
    lead = (
        f"{found.statements} statements by {found.speakers} speakers, in the order of time. Evidence and no verdicts."
    )
    return utf8(head(f"Dossier: {found.name}", lead) + body) + END


def _seen(store: Store, id: str) -> Document:
    return as_seen(store, store.key(id) or 0)[0]

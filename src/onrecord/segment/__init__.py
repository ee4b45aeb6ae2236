"""Where a text's parts lie: takes a `Document` as read, gives paragraphs, sentences, tokens and quotations as spans, with notes.

Nothing here changes the text, knows who speaks, or needs a model. Each part has its module; this one puts them together.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.document import Document
from onrecord.segment.garbling import garbled, unbalanced
from onrecord.segment.paragraphs import find_paragraphs
from onrecord.segment.quotations import find_quotations
from onrecord.segment.sentences import find_sentences
from onrecord.segment.tokens import find_tokens
from onrecord.stage import stage

__all__ = ["segment"]


@stage(
    needs=("text", "boilerplate", "title_span"),
    adds=("paragraphs", "sentences", "tokens", "quotations", "notes"),
)
def segment(doc: Document) -> Document:
    """Add paragraphs, sentences, tokens and quotations, and notes on marks out of place and on text that reads as garbled.

    >>> from onrecord.document import Origin
    >>> text = "“No deal,” she said.\\nHe left."
    >>> doc = segment(Document("a", text, Origin("a.txt", "0" * 64)))
    >>> [span.of(text) for span in doc.sentences], doc.quotations[0].pieces[0].of(text)
    (['“No deal,” she said.', 'He left.'], '“No deal,”')
    """
    text = doc.text
    paras = find_paragraphs(text, doc.title_span)
    sents = find_sentences(text, paras)
    quotations, orphans = find_quotations(text, paras, doc.boilerplate)
    notes = unbalanced(text, paras, quotations, orphans, doc.boilerplate)
    notes += garbled(text, paras, sents, quotations, orphans, doc.boilerplate)
    return replace(
        doc,
        paragraphs=paras,
        sentences=sents,
        tokens=find_tokens(text),
        quotations=quotations,
        notes=doc.notes + notes,
    )

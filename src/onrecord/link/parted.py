"""Where the parts of a kept document lie: takes a `Document`, gives it with paragraphs, sentences and quotations; no more.

Linking asks no more of segmentation. Tokens and notes on garbled text take two thirds of its time, and a record of many thousand
reports is segmented more than once.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.document import Document
from onrecord.segment.paragraphs import find_paragraphs
from onrecord.segment.quotations import find_quotations
from onrecord.segment.sentences import find_sentences


def parted(doc: Document) -> Document:
    """Return a document with the parts that linking looks at, as `onrecord.segment.segment` finds them.

    >>> from onrecord.document import Origin
    >>> doc = parted(Document("a", "“No deal,” she said.\\nHe left.", Origin("a.txt", "0" * 64)))
    >>> [span.of(doc.text) for span in doc.sentences], doc.tokens
    (['“No deal,” she said.', 'He left.'], None)
    """
    paragraphs = find_paragraphs(doc.text, doc.title_span)
    quotations, _ = find_quotations(doc.text, paragraphs, doc.boilerplate)
    sentences = find_sentences(doc.text, paragraphs)
    return replace(doc, paragraphs=paragraphs, sentences=sentences, quotations=quotations)

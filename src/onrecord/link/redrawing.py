"""After a person judged: takes a linked `Store`, draws utterances anew where that changed them, and compares nothing twice.

Speakers have theirs, `linking.redraw_speakers`. A record that was never linked is left as it is.
"""

from __future__ import annotations

from onrecord.link import sayings
from onrecord.link.linking import VERSION
from onrecord.store import links
from onrecord.store.store import Store


def redraw_utterances(store: Store) -> None:
    """Draw anew what reports the same utterance, after a person said of two statements that they do or do not."""
    if links.state(store, "version") == VERSION and links.state(store, "sayings") is not None:
        with store.db.transaction():
            sayings.draw(store)

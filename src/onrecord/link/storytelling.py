"""Stories in a record: takes a `Store`, groups its reports into events, and keeps which report belongs to which.

How two reports are alike depends on all words of the record, so the groups are drawn anew each time. See `stories` for how.
"""

from __future__ import annotations

from onrecord.link import stories
from onrecord.link.stories import READ_CHARS, Report
from onrecord.store import links
from onrecord.store.store import Store


def draw(store: Store) -> None:
    """Draw the stories: the cluster of a report is the least number among those of its story."""
    keys = {}
    reports = []
    sql = f"SELECT key, id, title, substr(text_of(text), 1, {READ_CHARS}), published FROM documents ORDER BY id"
    for key, id, title, text, published in store.db.run(sql):
        keys[id] = key
        reports.append(Report(id, title or "", text, published[:10] if published else None))
    clusters: dict[int, int] = {}
    for group in stories.find(reports):
        if len(group) > 1:
            members = sorted(keys[id] for id in group)
            clusters |= dict.fromkeys(members, members[0])
    links.replace_clusters(store, "story", clusters)

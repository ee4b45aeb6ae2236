"""The tables of links: takes nothing, gives the migration's SQL, and runs none.

All but `aliases`, which a person gave, are drawn from the documents and from people's judgements, and can be thrown away. What a
number in `a`, `b` or `node` counts depends on `kind`: a name (see `onrecord.store.links.speaker_node`), a document, a statement,
or a figure (`figure_node`).
"""

from __future__ import annotations

LINKS = """
CREATE TABLE links (
  kind TEXT NOT NULL,
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  score REAL NOT NULL,
  reasons TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES words,
  PRIMARY KEY (kind, a, b)
) WITHOUT ROWID;
CREATE INDEX links_b ON links (kind, b);

-- Which things are one: `cluster` is the least number of those that are; a thing that is alone has no row.
CREATE TABLE clusters (
  kind TEXT NOT NULL,
  node INTEGER NOT NULL,
  cluster INTEGER NOT NULL,
  PRIMARY KEY (kind, node)
) WITHOUT ROWID;
CREATE INDEX clusters_cluster ON clusters (kind, cluster);

-- Where several people bear one name, whom a document means by it; 0, the first of them, has no row.
CREATE TABLE personas (
  name INTEGER NOT NULL REFERENCES names,
  document INTEGER NOT NULL REFERENCES documents,
  persona INTEGER NOT NULL,
  PRIMARY KEY (name, document)
) WITHOUT ROWID;
CREATE INDEX personas_document ON personas (document);

-- What one speaker is called when several names are theirs; `node` is the cluster's.
CREATE TABLE canonical (node INTEGER PRIMARY KEY, name INTEGER NOT NULL REFERENCES names);

-- Of each document's text: its opening, the hashes of its lines, and the fingerprints of each
-- (hashes, then lines, packed by zlib), little-endian.
CREATE TABLE sketches (document INTEGER PRIMARY KEY, opening INTEGER NOT NULL, lines BLOB NOT NULL, prints BLOB NOT NULL);
-- The names that were compared with all others, as a person's (0) or a body's (1).
CREATE TABLE compared (name INTEGER NOT NULL REFERENCES names, body INTEGER NOT NULL, PRIMARY KEY (name, body)) WITHOUT ROWID;
CREATE TABLE link_state (what TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The user's own: other names of a speaker.
CREATE TABLE aliases (name TEXT NOT NULL, alias TEXT NOT NULL, wikidata TEXT, PRIMARY KEY (name, alias)) WITHOUT ROWID;
"""

TELLING = """
-- Of each report: its day as an ordinal, its telling words (packed: steps between hashes, how often each stands there), a digest
-- of all that it is compared by, and the documents that are like it (key, ten-thousandths), little-endian (`link.storytelling`).
CREATE TABLE telling (
  document INTEGER PRIMARY KEY,
  day INTEGER,
  words BLOB NOT NULL,
  signature BLOB NOT NULL,
  near BLOB NOT NULL
);
"""

WORDINGS = """
-- Of each report: what it calls things, in whose voice, and where, packed (`link.wordings`). It stood in link_state before, whose
-- rows are long for a table without rowids: half of their pages was empty. A record is to be linked anew.
CREATE TABLE wordings (document INTEGER PRIMARY KEY, found BLOB NOT NULL);
DELETE FROM link_state WHERE what = 'documents' OR what LIKE 'wording %';
"""

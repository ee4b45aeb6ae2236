"""The tables of people's judgements: takes nothing, gives the migration's SQL, and runs none.

`judgements` is a log that only grows: what was judged, by whom, when, what stood there before and after; undoing adds a line.
It holds ids, places and words and no keys, so that it outlives the statements it speaks of. `judged` and `judged_names` are drawn
from it for the questions lists ask, and can be thrown away.
"""

from __future__ import annotations

JUDGEMENTS = """
CREATE TABLE judgements (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  kind TEXT NOT NULL,
  document TEXT,
  statement TEXT,
  content TEXT,
  words TEXT,
  other_document TEXT,
  other_statement TEXT,
  other_content TEXT,
  other_words TEXT,
  before TEXT,
  after TEXT,
  undoes INTEGER REFERENCES judgements
);
CREATE INDEX judgements_document ON judgements (document);
CREATE INDEX judgements_other_document ON judgements (other_document);

-- What judgements say of statements that are there now; a part that nobody judged is NULL.
CREATE TABLE judged (
  statement INTEGER PRIMARY KEY,
  verdict TEXT,
  speaker INTEGER REFERENCES names,
  act INTEGER REFERENCES words,
  n INTEGER NOT NULL
);
CREATE INDEX judged_speaker ON judged (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX judged_act ON judged (act) WHERE act IS NOT NULL;
CREATE INDEX judged_verdict ON judged (verdict) WHERE verdict IS NOT NULL;

-- The name a person said a speaker is the same as.
CREATE TABLE judged_names (name INTEGER PRIMARY KEY REFERENCES names, main INTEGER NOT NULL REFERENCES names);
CREATE INDEX judged_names_main ON judged_names (main);
"""

# FTS5 is told the words it is to forget: so the words under the speakers that were found go out before the view changes, and come
# in again under those that people set.
PLACES = """
ALTER TABLE judged ADD COLUMN content TEXT;
ALTER TABLE judged ADD COLUMN source TEXT;
ALTER TABLE judged ADD COLUMN cue TEXT;
ALTER TABLE judged ADD COLUMN kind INTEGER REFERENCES words;
CREATE INDEX judged_kind ON judged (kind) WHERE kind IS NOT NULL;
INSERT INTO statements_fts (statements_fts, rowid, content, speaker)
  SELECT 'delete', key, content, speaker FROM statement_words
  WHERE key IN (SELECT statement FROM judged WHERE speaker IS NOT NULL);
DROP VIEW statement_words;
CREATE VIEW statement_words AS
SELECT s.key AS key, cut(d.text, coalesce(j.content, s.content)) AS content,
  (SELECT name FROM names WHERE names.key = coalesce(j.speaker, s.speaker)) AS speaker
FROM statements s JOIN documents d ON d.key = s.document LEFT JOIN judged j ON j.statement = s.key;
INSERT INTO statements_fts (rowid, content, speaker)
  SELECT key, content, speaker FROM statement_words
  WHERE key IN (SELECT statement FROM judged WHERE speaker IS NOT NULL);
"""

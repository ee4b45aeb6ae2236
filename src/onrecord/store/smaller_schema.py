"""The migration that makes records smaller: takes nothing, gives its SQL, and runs none.

What was packed from then on (texts, layers, conditions, what is said of speakers, reasons of edges) is read in its old form as
well, so that old rows stay as they are until their report is read again. What is only an index, or can be drawn again, is made
anew: a linked record is to be linked once more.
"""

from __future__ import annotations

SMALLER = """
-- Lists of speakers sort by the statements; of names with as many, few are asked for.
DROP INDEX names_statements;
CREATE INDEX names_statements ON names (statements DESC);
-- '' where `lower` folds as well: see `find.FOLDED`.
UPDATE names SET folded = '' WHERE folded = lower(name);

DROP INDEX documents_name;
CREATE INDEX documents_name ON documents (name);

-- A document's statements stand one behind the other, and of an act that is frequent some come soon on the way through the days.
DROP INDEX statements_document;
CREATE INDEX statements_document ON statements (document);
DROP INDEX statements_act;
CREATE INDEX statements_act ON statements (act);
-- The day of a statement that has one is when it was said.
DROP INDEX statements_said_on;

-- `body` and `mentions` are packed: see `layers`.
CREATE TABLE told (
  document INTEGER NOT NULL REFERENCES documents,
  n INTEGER NOT NULL,
  id TEXT NOT NULL,
  name INTEGER NOT NULL REFERENCES names,
  type INTEGER NOT NULL REFERENCES words,
  named INTEGER NOT NULL,
  body BLOB NOT NULL,
  mentions BLOB,
  PRIMARY KEY (document, n)
) WITHOUT ROWID;
INSERT INTO told SELECT document, n, id, name, type, named, body, mentions FROM speakers ORDER BY document, n;
DROP TABLE speakers;
ALTER TABLE told RENAME TO speakers;
CREATE INDEX speakers_name ON speakers (name);

-- The type and the role are numbers of words, 0 for none.
CREATE TABLE facts (
  name INTEGER NOT NULL REFERENCES names,
  type INTEGER NOT NULL,
  named INTEGER NOT NULL,
  role INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  PRIMARY KEY (name, type, named, role)
) WITHOUT ROWID;
INSERT INTO facts
  SELECT name, coalesce((SELECT key FROM words WHERE word = type), 0), named,
    coalesce((SELECT key FROM words WHERE word = role), 0), sum(statements)
  FROM name_facts GROUP BY 1, 2, 3, 4;
DROP TABLE name_facts;
ALTER TABLE facts RENAME TO name_facts;

-- Edges are asked for by their first end; by the other only where reports are linked anew.
DROP INDEX links_b;
-- Of each document's text: its opening, the hashes of its lines, how many fingerprints each has (`rows.packed`), these, and what
-- stands together in it (`link.copying`); the fingerprints apart, for short rows fill a page better.
DROP TABLE sketches;
CREATE TABLE sketches (
  document INTEGER PRIMARY KEY,
  opening INTEGER NOT NULL,
  lines BLOB NOT NULL,
  often BLOB NOT NULL,
  ties BLOB NOT NULL
);
CREATE TABLE prints (document INTEGER PRIMARY KEY, found BLOB NOT NULL);
-- What linking keeps of each report is packed otherwise (`link.storytelling`, `link.wordings`).
DELETE FROM telling;
DELETE FROM wordings;
DELETE FROM link_state WHERE what = 'documents';
"""

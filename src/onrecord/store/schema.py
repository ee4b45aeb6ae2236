"""What a record's tables are: takes an open connection, brings its schema up to this version, and keeps no data itself.

A schema only ever changes by one more migration at the end of `MIGRATIONS`; one that has been released is never edited. A file
is known as ours by its `application_id`, its version is `user_version` = how many migrations it has had.

Nothing is stored twice. A document's text stands in `documents`; everything else holds code point offsets into it. Words that
come again and again (outlets, roles, acts, what made a layer) stand once in `words`, speakers' names once in `names`. The
full-text index has no text of its own: the view `statement_words` shows it the words, cut from the text.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.store.judged_schema import JUDGEMENTS, PLACES
from onrecord.store.links_schema import LINKS, TELLING, WORDINGS
from onrecord.store.smaller_schema import SMALLER

TOKENS = "porter unicode61 remove_diacritics 2"
"""How FTS5 tells words: English endings fall away, and so do accents."""
PAGE_SIZE = 2048
"""Half of what SQLite takes: most rows here are a few kilobytes or a few bytes, and waste less of it."""
APPLICATION_ID = 0x4F6E5263  # "OnRc", at offset 68 of the file


class Migration(NamedTuple):
    """One step of the schema; `name` is kept in the record, so that a person can see what it has been through."""

    name: str
    sql: str


_FIRST = """
CREATE TABLE migrations (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE words (key INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);

-- A speaker's name, in whatever documents it occurs. The counts, and those of
-- `name_facts` (what a speaker is said to be, and how often), are kept by put and remove: lists need them at once.
CREATE TABLE names (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  folded TEXT NOT NULL,
  statements INTEGER NOT NULL DEFAULT 0,
  documents INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX names_statements ON names (statements DESC, name);
CREATE TABLE name_facts (
  name INTEGER NOT NULL REFERENCES names,
  type TEXT NOT NULL,
  named INTEGER NOT NULL,
  role TEXT NOT NULL,
  statements INTEGER NOT NULL,
  PRIMARY KEY (name, type, named, role)
) WITHOUT ROWID;

CREATE TABLE documents (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  title TEXT,
  outlet INTEGER REFERENCES words,
  url TEXT,
  published TEXT,
  modified TEXT,
  language TEXT,
  media_type TEXT NOT NULL,
  encoding TEXT NOT NULL,
  digest BLOB NOT NULL,
  sidecar BLOB,
  entry TEXT,
  statements INTEGER NOT NULL,
  layers TEXT NOT NULL,
  text BLOB NOT NULL  -- UTF-8, packed by zlib: see `rows.text_column`; last, so that a list of documents need not read past it
);
CREATE INDEX documents_name ON documents (name, id);
CREATE INDEX documents_published ON documents (published, statements);
CREATE INDEX documents_outlet ON documents (outlet, statements);

-- One row a file (or standard input): `place` is its absolute path, `path` what the user typed, `whole` 1 once all of it is in.
CREATE TABLE sources (
  key INTEGER PRIMARY KEY,
  place TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  digest BLOB NOT NULL,
  sidecar BLOB,
  whole INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE origins (
  source INTEGER NOT NULL REFERENCES sources,
  entry TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents,
  PRIMARY KEY (source, entry, document)
) WITHOUT ROWID;
CREATE INDEX origins_document ON origins (document);

CREATE TABLE failures (
  place TEXT NOT NULL,
  path TEXT NOT NULL,
  kind TEXT NOT NULL,
  found TEXT NOT NULL,
  todo TEXT NOT NULL,
  PRIMARY KEY (place, path, found)
) WITHOUT ROWID;

-- Spans are packed (`rows.places_column`; "start-end" in records made before schema 6); confidences are ten-thousandths. `day` is
-- said_on, else published, as a number (2024-03 is 20240300): lists sort by it.
CREATE TABLE statements (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents,
  n INTEGER NOT NULL,
  id TEXT NOT NULL,
  content TEXT NOT NULL,
  source TEXT NOT NULL,
  cue TEXT NOT NULL,
  kind INTEGER NOT NULL REFERENCES words,
  parent TEXT,
  speaker INTEGER REFERENCES names,
  speaker_type INTEGER REFERENCES words,
  named INTEGER NOT NULL,
  role INTEGER REFERENCES words,
  speaker_id TEXT,
  addressee INTEGER REFERENCES words,
  channel INTEGER REFERENCES words,
  via TEXT,
  said_on TEXT,
  act INTEGER NOT NULL REFERENCES words,
  act_confidence INTEGER,
  condition TEXT,
  confidence INTEGER,
  made_by TEXT NOT NULL,  -- the keys of words such as "act=acts-1", packed: `rows.makers_column`
  outlet INTEGER REFERENCES words,
  day INTEGER
);
CREATE UNIQUE INDEX statements_document ON statements (document, n);
CREATE INDEX statements_day ON statements (day);
CREATE INDEX statements_speaker ON statements (speaker, day);
CREATE INDEX statements_act ON statements (act, day);
CREATE INDEX statements_said_on ON statements (said_on) WHERE said_on IS NOT NULL;
CREATE INDEX statements_condition ON statements (day) WHERE condition IS NOT NULL;

CREATE TABLE relays (
  word INTEGER NOT NULL REFERENCES words,
  statement INTEGER NOT NULL REFERENCES statements,
  PRIMARY KEY (word, statement)
) WITHOUT ROWID;
CREATE INDEX relays_statement ON relays (statement);

CREATE TABLE speakers (
  document INTEGER NOT NULL REFERENCES documents,
  n INTEGER NOT NULL,
  id TEXT NOT NULL,
  name INTEGER NOT NULL REFERENCES names,
  type INTEGER NOT NULL REFERENCES words,
  named INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE UNIQUE INDEX speakers_document ON speakers (document, n);
CREATE INDEX speakers_name ON speakers (name);

CREATE TABLE figures (
  document INTEGER NOT NULL REFERENCES documents,
  n INTEGER NOT NULL,
  id TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  value TEXT NOT NULL,
  unit INTEGER REFERENCES words,
  qualifier INTEGER NOT NULL REFERENCES words,
  measures TEXT,
  statement TEXT,
  made_by INTEGER NOT NULL REFERENCES words,
  PRIMARY KEY (document, n)
) WITHOUT ROWID;

CREATE TABLE notes (
  document INTEGER NOT NULL REFERENCES documents,
  n INTEGER NOT NULL,
  kind INTEGER NOT NULL REFERENCES words,
  message TEXT NOT NULL,
  start INTEGER,
  "end" INTEGER,
  made_by INTEGER NOT NULL REFERENCES words,
  PRIMARY KEY (document, n)
) WITHOUT ROWID;

-- `cut` is a function of the connection, as is `text_of` (a text unpacked): FTS5 may read no table-valued functions here.
CREATE VIEW statement_words AS
SELECT s.key AS key, cut(d.text, s.content) AS content,
  (SELECT name FROM names WHERE names.key = s.speaker) AS speaker
FROM statements s JOIN documents d ON d.key = s.document;

CREATE VIRTUAL TABLE statements_fts USING fts5(
  content, speaker,
  content='statement_words', content_rowid='key', tokenize='porter unicode61 remove_diacritics 2'
);
"""

MIGRATIONS: tuple[Migration, ...] = (
    Migration("0001-documents-and-statements", _FIRST),
    Migration("0002-judgements", JUDGEMENTS),
    Migration("0003-links", LINKS),
    Migration("0004-places-that-people-set", PLACES),
    Migration("0005-telling-words", TELLING),
    Migration("0006-mentions-packed", "ALTER TABLE speakers ADD COLUMN mentions BLOB;\n"),
    Migration("0007-wordings", WORDINGS),
    Migration("0008-smaller", SMALLER),
)

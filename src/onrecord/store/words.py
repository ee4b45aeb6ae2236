"""Words that come again and again, kept once: takes a word, gives its number in this record, and back."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.store.connection import Connection
from onrecord.store.rows import clean

AT_ONCE = 500


class Words:
    """A table of words and their numbers, with what has been looked up so far held in memory.

    >>> acts = Words(Connection(":memory:"), "words", "word")
    >>> acts.key("assert"), acts.key(None), acts.at(acts.key("assert"))
    (1, None, 'assert')
    """

    def __init__(self, db: Connection, table: str, column: str) -> None:
        self._db, self._table, self._column = db, table, column
        self._keys: dict[str, int] = {}
        self._words: dict[int, str] = {}
        db.when_taken_back(self._forget)  # the numbers given in that change do not exist

    def key(self, word: str | None) -> int | None:
        """Return the number of `word`, which it is given if it is new; None for None."""
        if word is None:
            return None
        word = clean(word)
        found = self._keys.get(word)
        if found is None:
            found = self._keys[word] = self.find(word) or self._insert(word)
        return found

    def number(self, word: str) -> int:
        """Return the number of `word`, which it is given if it is new."""
        key = self.key(word)
        assert key is not None
        return key

    def word(self, key: int) -> str:
        """Return the word that has this number."""
        word = self.at(key)
        assert word is not None
        return word

    def find(self, word: str) -> int | None:
        """Return the number of `word`, None where the record does not have it; adds nothing."""
        found = self._db.run(f"SELECT key FROM {self._table} WHERE {self._column} = ?", (clean(word),))
        return int(found[0][0]) if found else None

    def at(self, key: int | None) -> str | None:
        """Return the word that has this number; None for None."""
        if key is None:
            return None
        found = self._words.get(key)
        if found is None:
            rows = self._db.run(f"SELECT {self._column} FROM {self._table} WHERE key = ?", (key,))
            found = self._words[key] = str(rows[0][0])
        return found

    def look_up(self, keys: Iterable[int]) -> None:
        """Look these numbers up, so that `at` need not ask for each."""
        missing = sorted(set(keys) - self._words.keys())
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            sql = f"SELECT key, {self._column} FROM {self._table} WHERE key IN ({','.join('?' * len(some))})"
            self._words |= dict(self._db.run(sql, some))

    def _forget(self) -> None:
        self._keys.clear()
        self._words.clear()

    def _insert(self, word: str) -> int:
        if self._table == "names":
            folded = "" if word.isascii() else word.casefold()  # SQLite can fold letters without accents
            return self._db.insert("INSERT INTO names (name, folded) VALUES (?, ?)", (word, folded))
        return self._db.insert(f"INSERT INTO {self._table} ({self._column}) VALUES (?)", (word,))

"""What lists ask again and again is worked out once, and anew as soon as anybody wrote."""

from functools import partial
from itertools import count

from onrecord.store.connection import Connection
from onrecord.store.once import once
from onrecord.store.store import Store


def test_what_was_found_holds_until_somebody_writes(tmp_path):
    path, numbers = str(tmp_path / "r.db"), count(1)
    mine, theirs = Connection(path), Connection(path)
    store = Store(mine)
    assert [once(store, "n", lambda: next(numbers)) for _ in range(3)] == [1, 1, 1]
    store.names.key("Ada Moss")
    assert once(store, "n", lambda: next(numbers)) == 2
    Store(theirs).names.key("Tom Pell")
    assert [once(store, "n", lambda: next(numbers)) for _ in range(2)] == [3, 3]
    theirs.close()
    mine.close()


def test_what_is_found_in_a_change_that_may_be_taken_back_is_not_kept():
    db = Connection(":memory:")
    store = Store(db)
    try:
        with db.transaction():
            store.names.key("Ada Moss")
            assert once(store, "names", lambda: db.run("SELECT count(*) FROM names")) == [(1,)]
            raise KeyError
    except KeyError:
        pass
    assert once(store, "names", lambda: db.run("SELECT count(*) FROM names")) == [(0,)]
    db.close()


def pair(store, what):
    return store, what


def test_two_questions_and_two_records_are_kept_apart():
    one, other = (Store(Connection(":memory:")) for _ in "ab")
    found = [once(store, what, partial(pair, store, what)) for store in (one, other) for what in "xy"]
    assert found == [(one, "x"), (one, "y"), (other, "x"), (other, "y")]
    one.db.close()
    other.db.close()

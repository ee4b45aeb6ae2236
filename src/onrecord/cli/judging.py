"""What `merge` and `split` share: takes what was typed, keeps it as a judgement and draws the speakers anew, or undoes it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from onrecord.cli.filters import there
from onrecord.errors import NotFound, QueryError
from onrecord.record import Record
from onrecord.store.judgements import Judgement


def judging(
    record: Path, kind: Literal["merge", "split"], given: tuple[str, str], author: str | None, undo: bool
) -> str:
    """Keep a merge or a split, or undo the last that stands; return what to say of it."""
    from onrecord.judgements import Judge
    from onrecord.link.linking import redraw_speakers

    with Record.open(there(record)) as rec:
        judge = Judge(rec.store, author or login())
        names = _meant(rec, kind, given)
        if undo:
            line = _last(rec, kind, names)
            judge.undo(line.n)
        else:
            line = _judge(judge, kind, names)
        redraw_speakers(rec.store)
    what = f"{names[0]} and {names[1]} are {'one' if kind == 'merge' else 'two'}"
    return f"no longer judged: {what}" if undo else f"judged by {line.author}: {what}"


def login() -> str:
    """Return the login name, or what stands for one."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"


def _meant(rec: Record, kind: str, given: tuple[str, str]) -> tuple[str, str]:
    """Return the two names, or the name and the document's id, as the record has them."""
    name = one_name(rec, given[0])
    try:
        other = one_name(rec, given[1])
    except NotFound:
        if kind == "merge":
            raise
        found = rec.store.db.run("SELECT id FROM documents WHERE id = ? OR name = ?", (given[1], given[1]))
        if len(found) != 1:
            raise NotFound(f"{given[1]!r} is neither a name nor a document of this record") from None
        return name, f"{found[0][0]}"
    if name == other and kind == "split":
        raise QueryError(f"both are {name!r}; give the name they go under, and the spelling that is somebody else's")
    return name, other


def one_name(rec: Record, given: str) -> str:
    """Return the one name that `given` means: that name in any case, else the only one with its words.

    Raises:
        NotFound: there is none.
        QueryError: there are several; the message names them.
    """
    from onrecord.store.find import speakers_named

    names = sorted({str(rec.store.names.at(key)) for key in speakers_named(rec.store, given)})
    if given in names:
        return given
    if not names:
        raise NotFound(f"nobody called {given!r} is in the record")
    if len(names) > 1:
        raise QueryError(f"{given!r} can mean {', '.join(names[:8])}; write the whole name")
    return names[0]


def _judge(judge: object, kind: str, names: tuple[str, str]) -> Judgement:
    from onrecord.judgements import Judge

    assert isinstance(judge, Judge)
    if kind == "merge":
        return judge.merge(names[1], names[0])
    if judge.store.key(names[1]) is not None:
        return judge.split_document(names[0], names[1])
    return judge.split(names[1], names[0])


def _last(rec: Record, kind: str, names: tuple[str, str]) -> Judgement:
    from onrecord.judgements import log, standing

    for line in reversed(standing(log(rec.store))):
        said = {line.before, line.after} if line.document is None else {line.before, line.document}
        if line.kind == kind and said == set(names):
            return line
    raise NotFound(f"no {kind} of {names[0]!r} and {names[1]!r} stands; see what was judged in the reading room")

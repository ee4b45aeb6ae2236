"""What a stage is: takes a function `Document -> Document`, marks what it needs and adds, and runs nothing itself."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.document import Document


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the way: `run` returns a copy of the document with the layers named in `adds` filled.

    Layer names are fields of `Document`, or "statements.FIELD" for a field group of its statements.
    """

    name: str
    needs: tuple[str, ...]
    adds: tuple[str, ...]
    run: Callable[[Document], Document]

    def __call__(self, doc: Document) -> Document:
        """Run it, and let Python look for rings of dead objects afterwards: a stage leaves hardly any, and looking takes time."""
        looking = gc.isenabled()
        gc.disable()
        try:
            return self.run(doc)
        finally:
            if looking:
                gc.enable()


def stage(*, needs: tuple[str, ...], adds: tuple[str, ...]) -> Callable[[Callable[[Document], Document]], Stage]:
    """Mark a function as a stage.

    >>> @stage(needs=("text",), adds=("paragraphs",))
    ... def whole(doc: Document) -> Document:
    ...     '''One paragraph.'''
    ...     return doc
    >>> whole.name, whole.adds
    ('whole', ('paragraphs',))
    """

    def mark(run: Callable[[Document], Document]) -> Stage:
        return Stage(run.__name__, needs, adds, run)

    return mark

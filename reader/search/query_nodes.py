"""What our language asks beyond Whoosh's own queries: word families, and what the store knows and the index does not."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from whoosh import matching, query

Marks = Callable[[str, str], Collection[str]]
"""The ids of the stories that something holds of, as in `is:starred`: its field and its text."""

KIN = 0.01
"""What another word of a family counts beside the word itself: so little that stories with the word come first."""


class WordFamily(query.Term):  # type: ignore[misc] # Whoosh has no types
    """A word and all others of its family that the index knows; on its own, as for stock Whoosh, only the word."""


class StateFilter(query.Query):  # type: ignore[misc]
    """The stories that something holds of, which the store knows."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind, self.text, self.boost = kind, text, 1.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StateFilter) and (self.kind, self.text) == (other.kind, other.text)

    def __hash__(self) -> int:
        return hash((self.kind, self.text))

    def __repr__(self) -> str:
        return f"{self.kind}:{self.text}"

    def is_leaf(self) -> bool:
        """It is asked whole."""
        return True

    def field(self) -> None:
        """It is asked of no field of the index."""

    def estimate_size(self, reader: Any) -> int:
        """All there are, for all that Whoosh knows."""
        return int(reader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Stock Whoosh knows none."""
        return matching.NullMatcher()


def nothing_marked(kind: str, text: str) -> Collection[str]:
    """No stories: what holds where nobody is asked."""
    return ()

"""Query nodes beyond Whoosh's own: word families, and filters that the store resolves."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from whoosh import matching, query

FilterLookup = Callable[[str, str], Collection[str]]
"""Ids of the stories for which a filter such as `is:starred` holds, by field and text."""

FAMILY_WEIGHT = 0.01
"""Weight of other members of a family relative to the word itself: so small that exact matches come first."""


class WordFamily(query.Term):  # type: ignore[misc] # Whoosh has no types
    """A word and all members of its family in the index; stock Whoosh matches the word only."""


class StateFilter(query.Query):  # type: ignore[misc]
    """Stories for which a filter holds that only the store can resolve."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind, self.text, self.boost = kind, text, 1.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StateFilter) and (self.kind, self.text) == (other.kind, other.text)

    def __hash__(self) -> int:
        return hash((self.kind, self.text))

    def __repr__(self) -> str:
        return f"{self.kind}:{self.text}"

    def is_leaf(self) -> bool:
        """The node has no children."""
        return True

    def field(self) -> None:
        """The node concerns no field of the index."""

    def estimate_size(self, reader: Any) -> int:
        """All documents, because Whoosh cannot resolve the filter."""
        return int(reader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Match nothing in stock Whoosh."""
        return matching.NullMatcher()


def no_filters(kind: str, text: str) -> Collection[str]:
    """Lookup that matches no stories."""
    return ()

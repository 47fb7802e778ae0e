"""Earlier queries, newest first, and the text being typed."""

from __future__ import annotations

from collections.abc import Sequence


class QueryHistory:
    """Steps through earlier queries and back to the text that was typed."""

    def __init__(self) -> None:
        self._queries: list[str] = []
        self._back = 0
        """How many queries back the reader is; 0 is the typed text."""
        self._typed = ""

    def load(self, queries: Sequence[str]) -> None:
        """Set the earlier queries, newest first."""
        self._queries = list(queries)

    def reset(self) -> None:
        """Start over: the text was edited."""
        self._back = 0

    def step(self, by: int, text: str) -> str | None:
        """Return the query before (1) or after (-1) the present one, or None if there is none; `text` is the text on the screen."""
        if self._back == 0:
            self._typed = text
            self._queries = [query for query in self._queries if query != text.strip()]
        back = self._back + by
        if not 0 <= back <= len(self._queries):
            return None
        self._back = back
        return self._queries[back - 1] if back else self._typed

"""Completion of field values in a query: `outlet:co` → Coast Courier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.models import FieldValue
from reader.tui.controllers.requests import Requests
from reader.tui.state.query_completion import accept, completion_at, remainder, suggestions
from reader.tui.widgets.line_editor import LineEditor

if TYPE_CHECKING:
    from reader.library import Library


class QueryCompleter:
    """Finds the values that match what is typed; loads the values of a field when it is first typed."""

    def __init__(self, library: Library, requests: Requests, editor: LineEditor, on_change: Callable[[], None]) -> None:
        self._library = library
        self._requests = requests
        self._editor = editor
        self._on_change = on_change
        self._values: dict[str, list[FieldValue]] = {}
        self.completions: Sequence[FieldValue] = ()
        """Matching values, the most likely first."""
        self.ghost = ""
        """The rest of the first completion, shown after the cursor."""

    def update(self) -> None:
        """Find the completions of the text at the cursor."""
        request = completion_at(self._editor)
        if request is None:
            self.completions, self.ghost = (), ""
            return
        if request.field not in self._values:
            self._load(request.field)
        self.completions = suggestions(request, self._values[request.field])
        self.ghost = remainder(request, self.completions[0]) if self.completions else ""

    def _load(self, field: str) -> None:
        def loaded(values: list[FieldValue]) -> None:
            self._values[field] = values
            self._on_change()

        self._values[field] = []
        self._requests.run(f"values of {field}", lambda: self._library.search.field_values(field), loaded)

    def accept(self) -> bool:
        """Put the first completion into the query; return False if there is none."""
        request = completion_at(self._editor)
        if request is None or not self.completions:
            return False
        accept(self._editor, request, self.completions[0])
        return True

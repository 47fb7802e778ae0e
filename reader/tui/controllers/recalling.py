"""What the search remembers and offers: queries asked before, values of fields as they are typed, searches saved under a name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.models import FieldValue, SavedSearch
from reader.tui.controllers.search import Seeking
from reader.tui.screens.finder import SearchSelection
from reader.tui.state.query_completion import offers, rest, take, wish

if TYPE_CHECKING:
    from reader.library import Library


class Recalling(Seeking):
    """The search screen that remembers; `name` is that of the saved search it began with."""

    def __init__(self, library: Library, query: str = "", name: str = "") -> None:
        super().__init__(library, query)
        self.name_of_saved = name
        self.saved = False
        """Whether a search was saved here."""
        self._values: dict[str, list[FieldValue]] = {}
        self._queries: list[str] = []
        self._back = 0
        """How many queries back the reader has gone; 0 is what was typed."""
        self._draft = ""

    def on_mount(self) -> None:
        """Begin with the query given, have the index opened, and call to mind the queries asked before."""
        super().on_mount()
        if self.asking is None:
            self.ask("preparing", self.library.search.prepare, lambda _: None, lambda _: None)

        def came(queries: list[str]) -> None:
            self._queries = queries

        self.ask("queries", self.library.search.recent_queries, came)

    def say(self) -> None:
        """Say what was found, and what the value being typed may be."""
        wished = wish(self.edit)
        if wished is None:
            self.offers, self.ghost = (), ""
        else:
            field = wished.field
            if field not in self._values:
                self._values[field] = []
                self.ask(
                    f"values of {field}", lambda: self.library.search.field_values(field), lambda values: self._knows(field, values)
                )
            self.offers = offers(wished, self._values[field])
            self.ghost = rest(wished, self.offers[0]) if self.offers else ""
        super().say()

    def _knows(self, field: str, values: list[FieldValue]) -> None:
        """What a field can be asked for is known."""
        self._values[field] = values
        self.say()

    def take_offer(self) -> bool:
        """Put the likeliest value in place of what is typed of it; says whether there is one."""
        wished = wish(self.edit)
        if wished is None or not self.offers:
            return False
        take(self.edit, wished, self.offers[0])
        self.typed_in(changed=True)
        return True

    # queries asked before

    def step_back(self, by: int) -> None:
        """To the query asked before the one that stands here, or after it; at the end what was typed."""
        if self._back == 0:
            self._draft = self.edit.text
            self._queries = [query for query in self._queries if query != self.typed]
        back = self._back + by
        if not 0 <= back <= len(self._queries):
            self.hints.say("No query was asked after this one" if by < 0 else "No query was asked before this one")
            return
        self._back = back
        self.edit.replace(self._queries[back - 1] if back else self._draft)
        super().typed_in(changed=True)

    def typed_in(self, *, changed: bool) -> None:
        """The query or its cursor changed; what is typed now is what ctrl+n comes back to."""
        if changed:
            self._back = 0
        super().typed_in(changed=changed)

    def leave(self, picked: SearchSelection | None) -> None:
        """End the search; a query that found something is remembered."""
        findings = self.findings
        if findings and findings.groups and findings.typed == self.typed:
            # by the app: what a screen has asked goes with it
            self.app.run_worker(partial(self.library.search.remember_query, findings.typed), thread=True, exit_on_error=False)
        super().leave(picked)

    # saved searches

    def ask_name(self) -> None:
        """Ask for a name, and save the search under it."""
        if not self.typed or self.fault:
            self.hints.say(
                "Type what to look for: then it can be saved" if not self.typed else "A query that is wrong is not saved"
            )
            return
        query = self.findings.results.query if self.findings and self.findings.typed == self.typed else self.typed
        self.ask_line("Save as: ", self.name_of_saved or query, lambda name: self._save(name, query))

    def _save(self, name: str, query: str) -> None:
        def kept(saved: SavedSearch) -> None:
            self.saved, self.name_of_saved = True, saved.name
            self.hints.say(f"Saved as “{saved.name}”", " · it stands above the threads")

        def save() -> SavedSearch:
            before = self.library.saved_searches.named(name)
            return self.library.saved_searches.save(SavedSearch(name, query, before is not None and before.notify))

        self.ask("save", save, kept, lambda fault: self.hints.say(f"That could not be saved: {fault}"))

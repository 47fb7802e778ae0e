"""The comparison on the screen: marks on and off, in step with what is being read, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.presentation import comparison_summary
from reader.presentation.comparison_loader import ONE_STORY, LoadedComparison, load_comparison, load_guests, preload
from reader.presentation.comparison_summary import PassageFilter
from reader.tui import status_line
from reader.tui.controllers.navigation import Moving
from reader.tui.state.comparison_state import ComparisonState
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.widgets.story_column import ScrollAnchor, StoryColumn

if TYPE_CHECKING:
    from reader.library import Comparison, Library

AHEAD_AFTER = 0.4
"""Seconds in a thread after which its stories are compared, so that the marks come at once."""


class Marked(Moving):
    """The desk, with the marks."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.marking = ComparisonState()

    # on and off

    def action_compare(self) -> None:
        """The marks on, or off."""
        if self.marking.on:
            self.drop("compare")
            self.drop("beside")
            places = self._places()
            self.marking = ComparisonState()
            self._show_at(places)
        elif self.reading is not None:
            self.marking = ComparisonState(on=True)
            self._compare(self.reading)

    def _compare(self, reading: ReadingPosition) -> None:
        """Compare the stories of a reading; the text stays as it is until that is done."""
        marking = self.marking
        wanted = marking.begin(reading)
        heads = [head for head in reading.heads[: reading.own] if head.id in wanted]
        faint = marking.faint

        def came(collated: LoadedComparison) -> None:
            if marking is not self.marking or marking.stories != wanted:
                return
            marking.collated = collated
            self._show_at(self._places())
            wishes, marking.wishes = marking.wishes, []
            for wish in wishes:
                wish()

        if len(heads) == 1:
            self.drop("compare")
            came(LoadedComparison(why=ONE_STORY))
        else:
            self.ask("compare", lambda: load_comparison(self.library, heads, faint=faint), came, self._not_compared)

    def _not_compared(self, fault: Exception) -> None:
        """Turn the marks off and say why."""
        self.marking = ComparisonState()
        self.show_reading()
        self.failed(fault)

    def _related_later(self, reading: ReadingPosition) -> None:
        """Compare the stories of a thread, too, once the reader stays in it."""
        super()._related_later(reading)
        ids = [head.id for head in reading.heads[: reading.own]]

        def stayed() -> None:
            if reading is self.reading and len(ids) > 1 and not self.marking.on:
                wanted = ComparisonState().begin(reading)
                self.ask("ahead", lambda: preload(self.library, wanted), lambda _: None, self.log.error)

        self.set_timer(AHEAD_AFTER, stayed)

    def _when_compared(self, act: Callable[[], None]) -> None:
        """Act on the marks, now or as soon as they are there; they come on for it."""
        if not self.marking.on:
            self.action_compare()
        if self.marking.pending:
            self.marking.wishes.append(act)
        elif self.marking.on:
            act()

    # back on the screen

    def _column(self, reading: ReadingPosition, place: int) -> StoryColumn:
        column = super()._column(reading, place)
        marking, story = self.marking, column.head.id
        if marking.compared is not None and not self.wordings.get(story):
            column.noted = marking.fitting(story, column.story)
            column.hidden = comparison_summary.hidden_passages(marking.compared, story, marking.shown) if column.noted else None
        return column

    def show_reading(self, then: Callable[[], None] | None = None) -> None:
        """Show the stories in sight with their marks; those of another thread are compared anew."""
        reading, marking = self.reading, self.marking
        if reading is not None and marking.on and not marking.holds(reading):
            self._compare(reading)
        self.columns.leveled = marking.level and marking.compared is not None
        super().show_reading(then)

    def arrived(self) -> None:
        """Light what the reader is at in the columns, and mark those that are not marked yet."""
        self._relight()
        super().arrived()
        self._mend()
        self._welcome()

    def _places(self, shown: PassageFilter = "all") -> dict[str, ScrollAnchor | None]:
        """Where the columns stand: of each the first passage in sight that is `shown` and stays on its row."""
        compared = self.marking.compared
        if compared is None:
            return {}
        places = {}
        for column in self.columns.columns:
            hidden = comparison_summary.hidden_passages(compared, column.head.id, shown) or {}
            noted = compared.of(column.head.id)
            places[column.head.id] = column.anchor([each.passage for each in noted if each.passage.index not in hidden])
        return places

    def _show_at(self, places: dict[str, ScrollAnchor | None]) -> None:
        self.columns.hold(places)
        self.show_reading()

    def _mend(self) -> None:
        """See that what is compared is what stands on the screen: a text that changed is compared anew, an old one fetched anew."""
        marking, reading = self.marking, self.reading
        if marking.compared is None or reading is None:
            return
        for column in self.columns.columns:
            story = column.head.id
            if self.wordings.get(story) or not marking.compared.of(story):
                continue
            if not column.noted and story not in marking.texts:
                marking.texts[story] = column.story
                self.texts.pop(story, None)
                self.show_reading()
                return
            if marking.texts.setdefault(story, column.story) != column.story:
                marking.texts[story] = column.story
                self._compare(reading)
                return

    def _welcome(self) -> None:
        """Mark what related stories in sight have in common with the thread's own."""
        marking = self.marking
        collated = marking.collated
        if collated is None or collated.compared is None:
            return
        new = [column.head.id for column in self.columns.columns if column.head.id not in collated.compared.noted]
        new = [story for story in new if story not in marking.guests and story not in collated.left_out]
        if not new:
            return
        marking.guests |= set(new)

        def came(found: dict[str, Comparison]) -> None:
            if marking is self.marking and marking.collated is collated and collated.found is not None:
                marking.collated = collated.marked(faint=marking.faint, guests={**collated.guests, **found})
                self._show_at(self._places())

        self.ask("beside", lambda: load_guests(self.library, collated.counting, new), came, self.log.error)

    def _relight(self) -> None:
        """Light what the reader is at in the columns in sight: the same passage, its counterpart, or the first in sight."""
        marking, column = self.marking, self.columns.current
        if marking.compared is None or column is None:
            return
        story, follow = column.head.id, False
        shown = column.shown()
        if marking.lit is not None and marking.lit[0] != story:
            beside = [
                other for other in comparison_summary.counterparts(marking.compared, marking.lit).get(story, []) if other in shown
            ]
            follow = bool(beside)
            marking.lit = (story, beside[0]) if beside else None
        if marking.lit is None or marking.lit[1] not in shown:
            first = column.first_in_sight()
            marking.lit = None if first is None else (story, first)
        self._light(follow=follow)

    def _light(self, *, follow: bool) -> bool:
        """Light the passage the reader is at and its counterparts; says whether the story being read scrolled."""
        marking, column = self.marking, self.columns.current
        if marking.compared is None or column is None:
            return False
        lit = comparison_summary.counterparts(marking.compared, marking.lit) if marking.lit else {}
        cursor = marking.lit[1] if marking.lit and marking.lit[0] == column.head.id else None
        return self.columns.light(lit, cursor, follow=follow)

    # what stands where

    def signpost(self) -> None:
        """Say what the comparison came to, and which keys help there."""
        marking, reading, width = self.marking, self.reading, self.app.size.width
        compared, column = marking.compared, self.columns.current
        if reading is None or not (compared or marking.why):
            super().signpost()
            return
        full = self.columns.full
        alone = f"{status_line.nth(reading)} · {column.percent} %" if full and column else ""
        totals = alone or status_line.totals(self.threads, width)
        self.place_line.show(*status_line.marked_place(reading.thread.name, self._pieces(reading), self._at(), totals, width))
        if self.pane == "rail":
            self.hints.show(status_line.rail_hints(searches=self.rail.cursor < self.threads.searches))
        elif compared is None:
            self.hints.show(status_line.story_hints(width, full=full, hunt=self.hunt, story=reading.head.id, marked=True))
        else:
            self.hints.show(*status_line.marked_hints(width, full=full, hunt=self.hunt, story=reading.head.id))

    def _pieces(self, reading: ReadingPosition) -> list[comparison_summary.Piece]:
        """What the comparison came to, piece by piece."""
        collated = self.marking.collated
        if collated is None or collated.compared is None:
            return [(self.marking.why, self.marking.why)]
        numbers = {head.id: place for place, head in enumerate(reading.heads, 1)}
        pieces = comparison_summary.summary(collated.compared, numbers, collated.outlets, reading.head.id)
        pieces += [(f"{numbers[story]} is {why}",) * 2 for story, why in collated.left_out.items() if story in numbers]
        if reading.own > len(self.marking.stories):
            of = f"{len(self.marking.stories)} of {reading.own}"
            pieces.insert(0, (f"{of} stories compared", f"{of} compared"))
        return pieces

    def _at(self) -> str:
        """What is to be said of the passage the reader is at."""
        compared, lit = self.marking.compared, self.marking.lit
        return comparison_summary.passage_note(compared, compared.at(lit)) if compared and lit else ""

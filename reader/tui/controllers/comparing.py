"""What the keys do with the marks: from passage to passage, to what differs, level, and what is not shown."""

from __future__ import annotations

from functools import partial

from reader.presentation import comparison_summary
from reader.presentation.comparison_summary import ORDER, PassageFilter
from reader.tui.controllers.comparison import Marked


class Comparing(Marked):
    """The desk, with the ways through what is marked."""

    # from passage to passage

    def _step(self, by: int) -> None:
        if self.pane == "columns" and self.marking.on:
            self._when_compared(partial(self._passage_step, by))
        else:
            super()._step(by)

    def _passage_step(self, by: int) -> None:
        """The next passage, or the one before; through one that is longer than the screen by pages, beyond the last by lines."""
        column = self.columns.current
        shown = column.shown() if column else []
        if column is None or not shown:
            super()._step(by)
            return
        at = column.cursor
        if at is None or at not in shown or not column.in_sight(at):
            first = column.first_in_sight()
            self.go_to_passage(first if first is not None else shown[0])
            return
        rows = column.rows_of(at)
        beyond = rows.stop - column.top - column.room if by > 0 else column.top - rows.start
        following = shown.index(at) + by
        if beyond > 0:
            self._scrolled(self.columns.scroll_lines(by * min(beyond, column.room - 1)))
        elif 0 <= following < len(shown):
            self.go_to_passage(shown[following])
        else:
            self._scrolled(self.columns.scroll_lines(by))

    def go_to_passage(self, passage: int) -> None:
        """Light a passage of the story being read and its counterparts, the page following."""
        column = self.columns.current
        if column is not None and passage in column.shown():
            self.marking.lit = (column.head.id, passage)
            self._scrolled(self._light(follow=True))
            self.signpost()

    def action_next_difference(self) -> None:
        """To the next quotation or figure that differs; where there is none, to what only this story tells."""
        self._when_compared(partial(self._difference_step, 1))

    def action_previous_difference(self) -> None:
        """To the difference before."""
        self._when_compared(partial(self._difference_step, -1))

    def _difference_step(self, by: int) -> None:
        compared, column = self.marking.compared, self.columns.current
        if compared is None or column is None:
            self.hints.say(self.marking.why)
            return
        self.focus_pane("columns")
        story = column.head.id
        found, kind = comparison_summary.differences(compared, story)
        at, first = column.cursor, column.first_in_sight() or 0
        if at is None or not column.in_sight(at):
            at = first - 1 if by > 0 else first
        ahead = [passage for passage in found if (passage > at if by > 0 else passage < at)]
        others = comparison_summary.elsewhere(compared, story)
        if not ahead:
            only = f" · {others} between the other stories" if others else ""
            self.hints.say(
                f"No {'further' if by > 0 else 'earlier'} {kind} in this story" if found else "Nothing differs here", only
            )
            return
        target = min(ahead) if by > 0 else max(ahead)
        if target not in column.shown():
            self._show("all")
        self.go_to_passage(target)
        if kind != comparison_summary.DIFFERENCE:
            self.hints.say("Nothing differs in this story", " · ] goes to what only this one tells")

    # what is shown, and how

    def action_show_marked(self) -> None:
        """All passages, only those told here, those told by all, those that differ."""

        def act() -> None:
            compared, reading = self.marking.compared, self.reading
            if compared is None or reading is None:
                self.hints.say(self.marking.why)
                return
            shown = ORDER[(ORDER.index(self.marking.shown) + 1) % len(ORDER)]
            self._show(shown)
            self.hints.say(comparison_summary.filter_note(compared, shown, reading.head.id), " · x goes on")

        self._when_compared(act)

    def _show(self, shown: PassageFilter) -> None:
        places = self._places(shown)
        self.marking.shown = shown
        self._show_at(places)

    def action_level(self) -> None:
        """The same passages at one height, or each story as it is."""

        def act() -> None:
            if self.marking.compared is None:
                self.hints.say(self.marking.why)
            elif not self.marking.level and (self.columns.full or len(self.columns.columns) < 2):
                self.hints.say("To be level takes two stories in sight")
            else:
                places = self._places(self.marking.shown)
                self.marking.level = not self.marking.level
                self._show_at(places)
                said = "The same passages are level" if self.marking.level else "Each story as it is set"
                self.hints.say(said, " · a changes it")

        self._when_compared(act)

    def action_faint(self) -> None:
        """Mark also what may be the same, or only what is sure."""

        def act() -> None:
            marking = self.marking
            if marking.collated is None or marking.compared is None:
                self.hints.say(marking.why)
                return
            places = self._places(marking.shown)
            marking.faint = not marking.faint
            marking.collated = marking.collated.marked(faint=marking.faint, guests=marking.collated.guests)
            self._show_at(places)
            self.hints.say(
                "What may be the same is marked ?" if marking.faint else "Only what is sure is marked", " · ~ changes it"
            )

        self._when_compared(act)

    def _show_hit(self) -> None:
        """A hit in a passage that is not shown brings all passages back."""
        if self.marking.shown != "all":
            self._show("all")
        super()._show_hit()

"""How stories are shown: alone or side by side, with or without the list, with what was left out, as they read before."""

from __future__ import annotations

from dataclasses import replace

from reader.presentation import formatting
from reader.tui.controllers.comparing import Comparing
from reader.tui.widgets.thread_rows import WIDE_FROM


class Showing(Comparing):
    """The desk, with the keys that show it otherwise."""

    def action_full(self) -> None:
        """One story alone, or columns."""
        if self.reading is None:
            return
        self.columns.set_full(not self.columns.full)
        self.pane = "columns"
        self.lay_out()
        self.show_reading()

    def action_lock(self) -> None:
        """Scroll the columns together, or each alone."""
        self.columns.locked = not self.columns.locked
        self.hints.say("Columns scroll together" if self.columns.locked else "Each column scrolls alone", " · = changes it")
        self.signpost()

    def action_fold(self) -> None:
        """Hide the list of threads, or show it."""
        if self.app.size.width < WIDE_FROM:
            self.action_next_pane()
            return
        self.folded = not self.folded
        if self.folded and self.reading:
            self.pane = "columns"
        self.lay_out()

    def action_removed(self) -> None:
        """Show what was left out of the stories, or hide it."""
        setting = self.columns.setting
        self.columns.set_as(replace(setting, removed=not setting.removed))
        story = self.columns.current.story if self.columns.current else None
        if story is not None and not setting.removed:
            count = len(story.removed)
            shown = f"{formatting.count(count, 'line')} left out, shown with ×"
            self.hints.say(*([shown, " · v hides"] if count else ["Nothing was left out of this story"]))
        self.signpost()

    def action_wording(self) -> None:
        """The story as it read before, or as it reads now."""
        story = self.reading.head.id if self.reading else ""
        text = self.texts.get(story)
        if text is None or not text.versions:
            self.hints.say("No earlier wording of this story is kept")
            return
        self.wordings[story] = (self.wordings.get(story, 0) + 1) % (len(text.versions) + 1)
        self.show_reading()
        self.hints.say(*(["An earlier wording", " · V shows the next"] if self.wordings[story] else ["The wording of now"]))

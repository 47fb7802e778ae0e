"""The list of feeds: how each of them is, what came of asking it, and moving in it. What is done with feeds stands in `feeds`."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from reader.models import Feed
from reader.presentation import formatting
from reader.presentation.messages import feed_failure
from reader.presentation.text_layout import Line
from reader.tui.commands.registry import hints
from reader.tui.controllers.prompt import InquiringScreen
from reader.tui.state import job_progress
from reader.tui.widgets.feed_rows import FeedRows
from reader.tui.widgets.status_bars import NoteLine, TitleLine
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.tui.screens.main import MainScreen

HINTS = ("feed_stories", "ask_feed", "ask_all", "add_feed", "edit_feed", "remove_feed", "next_failure", "feed_keys", "leave_feeds")
NARROW_HINTS = ("feed_stories", "ask_feed", "add_feed", "leave_feeds")
NARROW_BELOW = 60
"""Columns below which the hints are few, and in few words."""


class FeedList(InquiringScreen[str]):
    """The screen of feeds without what is done with them."""

    def __init__(self, home: MainScreen) -> None:
        super().__init__()
        self.home = home
        self.library = home.state.library
        self.feeds: list[Feed] = []
        self.list = VirtualList()
        self.note = NoteLine()
        self.place = TitleLine()

    def compose(self) -> ComposeResult:
        """Place, feeds, what is known of the one under the cursor, hints."""
        yield self.place
        yield self.list
        yield self.note
        yield self.hints

    def on_mount(self) -> None:
        """Show the feeds, and hear of what goes on."""
        self.list.focus_here(True)
        self.home.runner.progressed.connect(self.heard)
        self.load()

    def on_unmount(self) -> None:
        """Hear no more."""
        self.home.runner.progressed.disconnect(self.heard)

    def change(self, call: Callable[[], None]) -> None:
        """Change something of the feeds, one change after another, and show them as they are then."""
        self.load(self.home.journal.submit(call))

    def load(self, after: Future[None] | None = None) -> None:
        """Ask for the feeds and show them, the cursor on the one it is on when they have come."""

        def came(feeds: list[Feed]) -> None:
            address = self.feed.address if self.feed else None
            at = next((number for number, feed in enumerate(feeds) if feed.address == address), self.list.cursor)
            self.feeds = feeds
            self._show(at)

        def asked() -> list[Feed]:
            if after is not None:
                after.result()
            return self.library.feeds.all()

        self.ask("feeds", asked, came)

    def heard(self) -> None:
        """Something came of asking: show it, and when all is done the feeds as they are then."""
        self._show(self.list.cursor)
        if not self.home.runner.is_running:
            self.load()

    def _show(self, cursor: int) -> None:
        self.list.show(FeedRows(self.feeds, self.home.runner.steps), cursor, still=True)
        self.signpost()

    @property
    def feed(self) -> Feed | None:
        """The feed under the cursor."""
        return self.feeds[self.list.cursor] if self.list.cursor < len(self.feeds) else None

    def standing(self) -> Line:
        """How far what goes on is."""
        return self.home.runner.line

    def signpost(self) -> None:
        """Say where the reader is, what is known of the feed under the cursor, and which keys help."""
        tags = {tag for feed in self.feeds for tag in feed.tags}
        told = formatting.count(len(self.feeds), "feed") + (f", {formatting.count(len(tags), 'tag')}" if tags else "")
        self.place.show([("Feeds", "name"), (f"  {told}", "muted")])
        self.note.show(self._note())
        self.show_standing()
        narrow = self.app.size.width < NARROW_BELOW
        self.hints.show(hints(NARROW_HINTS, {"feed_stories": "open", "ask_feed": "ask"}) if narrow else hints(HINTS))

    def _note(self) -> str:
        """What to do about the failure of the feed under the cursor, else its address and what is set of it."""
        feed = self.feed
        if feed is None:
            return "No feed is followed yet: a adds one"
        step = self.home.runner.steps.get(feed.address)
        remedy = (step.remedy if step else "") or feed_failure(feed)[1]
        if feed.error or job_progress.is_failure(step):
            return f"{remedy[:1].upper()}{remedy[1:]} · {feed.address}" if remedy else feed.address
        every = [f"every {feed.interval:,} min"] if feed.interval else []
        return " · ".join([feed.address, *every, *["full text"] * feed.full_text])

    # moving

    def action_feed_down(self) -> None:
        """The next feed."""
        self.list.move(1)

    def action_feed_up(self) -> None:
        """The feed before."""
        self.list.move(-1)

    def action_feeds_down(self) -> None:
        """A page of feeds on."""
        self.list.page(1)

    def action_feeds_up(self) -> None:
        """A page of feeds back."""
        self.list.page(-1)

    def action_first_feed(self) -> None:
        """To the first feed."""
        self.list.first()

    def action_last_feed(self) -> None:
        """To the last feed."""
        self.list.last()

    def action_next_failure(self) -> None:
        """The next feed that failed."""
        self._to_failure(1)

    def action_previous_failure(self) -> None:
        """The failed feed before."""
        self._to_failure(-1)

    def _to_failure(self, by: int) -> None:
        steps = self.home.runner.steps
        failed = [n for n, feed in enumerate(self.feeds) if feed.error or job_progress.is_failure(steps.get(feed.address))]
        beyond = [n for n in failed if (n - self.list.cursor) * by > 0]
        if beyond:
            self.list.go(beyond[0] if by > 0 else beyond[-1])
        else:
            self.hints.say("No other feed failed that way" if failed else "No feed failed")

    # the mouse

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Another feed: say what is known of it."""
        self.signpost()

    def on_resize(self) -> None:
        """Another size: other hints, and what is asked has another width."""
        self.signpost()

    def failed(self, fault: Exception) -> None:
        """Say that the library could not do it."""
        self.hints.say(str(fault))

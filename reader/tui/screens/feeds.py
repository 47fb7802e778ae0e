"""The feeds: their state, and subscribing, refreshing, changing and removing them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from reader.models import Feed, Place
from reader.presentation import formatting
from reader.presentation.messages import feed_failure
from reader.presentation.text_layout import Line
from reader.tui.commands.bindings import bindings, press, run_command
from reader.tui.commands.registry import hints, key_note
from reader.tui.controllers.job_runner import JobRunner
from reader.tui.controllers.journal import Journal
from reader.tui.controllers.library_jobs import LibraryJobs, as_source
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.requests import Requests
from reader.tui.state import job_progress
from reader.tui.widgets.feed_rows import FeedRows
from reader.tui.widgets.status_bars import NoteLine, StatusBar, TitleLine
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.library import Library

HINTS = ("feed_stories", "ask_feed", "ask_all", "add_feed", "edit_feed", "remove_feed", "next_failure", "feed_keys", "leave_feeds")
NARROW_HINTS = ("feed_stories", "ask_feed", "add_feed", "leave_feeds")
MOST_NOTE_LINES = 5
"""Maximum number of lines for the reason of a failure and its remedy."""
NARROW_BELOW = 60
"""Screen width in cells below which the hints are few and short."""
SHORTEST_INTERVAL, LONGEST_INTERVAL = 5, 7 * 24 * 60
"""Minutes between two refreshes of a feed."""
CHANGE: Line = [
    *[("Change  ", "ink"), ("n", "key"), (" name  ", "muted"), ("t", "key"), (" tags  ", "muted"), ("i", "key")],
    *[(" interval  ", "muted"), ("f", "key"), (" full text  ", "muted"), ("p", "key"), (" private host  ", "muted")],
    *[("Esc", "key"), (" cancel", "muted")],
]


class FeedsScreen(Screen[Place]):
    """The list of feeds; returns the one whose stories are to be listed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("feeds")

    def __init__(self, library: Library, runner: JobRunner, jobs: LibraryJobs, journal: Journal) -> None:
        super().__init__()
        self.library = library
        self.feeds: list[Feed] = []
        self.title_line = TitleLine()
        self.list = VirtualList(active=True)
        self.note = NoteLine(most=MOST_NOTE_LINES)
        self.status_bar = StatusBar()
        self.prompt = Prompt(self.status_bar)
        self.requests = Requests(self, self.show_error)
        self._runner = runner
        self._jobs = jobs
        self._journal = journal
        self._removed: list[str] = []
        """Addresses of the feeds removed here, the latest last."""

    def compose(self) -> ComposeResult:
        """Title line, feeds, a note on the selected one, status bar."""
        yield self.title_line
        yield self.list
        yield self.note
        yield self.status_bar

    def on_mount(self) -> None:
        """Load the feeds, and follow the progress of jobs."""
        self._runner.progressed.connect(self._show_progress)
        self.load()

    def on_unmount(self) -> None:
        """Stop following jobs."""
        self._runner.progressed.disconnect(self._show_progress)

    def load(self, after: Future[None] | None = None) -> None:
        """Load the feeds, once a change is written, and keep the cursor on its feed."""

        def load() -> list[Feed]:
            if after is not None:
                after.result()
            return self.library.feeds.all()

        def loaded(feeds: list[Feed]) -> None:
            address = self.feed.address if self.feed else None
            at = next((number for number, feed in enumerate(feeds) if feed.address == address), self.list.cursor)
            self.feeds = feeds
            self._show(at)

        self.requests.run("feeds", load, loaded)

    def _change(self, call: Callable[[], None]) -> None:
        """Write a change after all earlier ones, and load the feeds."""
        self.load(self._journal.submit(call))

    def _show_progress(self) -> None:
        """Show the progress of a job; afterwards the feeds, and the choice among those of a page that was added."""
        self._show(self.list.cursor)
        if not self._runner.is_running:
            self.load()
            if self._jobs.has_offered and not self.prompt.is_open and self.is_current:
                self._choose_offered()

    def _show(self, cursor: int) -> None:
        self.list.show(FeedRows(self.feeds, self._runner.steps), cursor, still=True)
        self.show_status()

    @property
    def feed(self) -> Feed | None:
        """The selected feed."""
        return self.feeds[self.list.cursor] if self.list.cursor < len(self.feeds) else None

    def show_status(self) -> None:
        """Show totals, a note on the selected feed, and key hints."""
        tags = {tag for feed in self.feeds for tag in feed.tags}
        totals = formatting.count(len(self.feeds), "feed") + (f", {formatting.count(len(tags), 'tag')}" if tags else "")
        self.title_line.show([("Feeds", "name"), (f"  {totals}", "muted")])
        self.note.show(self._note())
        self.prompt.set_background(self._runner.line)
        narrow = self.app.size.width < NARROW_BELOW
        self.status_bar.show(hints(NARROW_HINTS, {"feed_stories": "open", "ask_feed": "refresh"}) if narrow else hints(HINTS))

    def _note(self) -> str:
        """Return why the selected feed failed and what to do, otherwise its address and settings."""
        feed = self.feed
        if feed is None:
            return f"No feeds yet{key_note('add_feed', 'adds one')}"
        step = self._runner.steps.get(feed.address)
        remedy = (step.remedy if step else "") or feed_failure(feed)[1]
        if feed.error or job_progress.is_failure(step):
            why = job_progress.happened(step) or feed_failure(feed)[0]
            told = "; ".join(filter(None, (why, remedy)))
            return " · ".join(filter(None, (f"{told[:1].upper()}{told[1:]}", feed.address)))
        interval = [f"every {feed.interval:,} min"] if feed.interval else []
        return " · ".join([feed.address, *interval, *["full text"] * feed.full_text])

    def show_error(self, error: Exception) -> None:
        """Show why the library could not be read or changed."""
        self.status_bar.say(str(error))

    # moving

    def action_feed_down(self) -> None:
        """Move to the next feed."""
        self.list.move(1)

    def action_feed_up(self) -> None:
        """Move to the previous feed."""
        self.list.move(-1)

    def action_feeds_down(self) -> None:
        """Move down a page."""
        self.list.page(1)

    def action_feeds_up(self) -> None:
        """Move up a page."""
        self.list.page(-1)

    def action_first_feed(self) -> None:
        """Move to the first feed."""
        self.list.first()

    def action_last_feed(self) -> None:
        """Move to the last feed."""
        self.list.last()

    def action_next_failure(self) -> None:
        """Move to the next feed that failed."""
        self._move_to_failure(1)

    def action_previous_failure(self) -> None:
        """Move to the previous feed that failed."""
        self._move_to_failure(-1)

    def _move_to_failure(self, by: int) -> None:
        steps = self._runner.steps
        failed = [n for n, feed in enumerate(self.feeds) if feed.error or job_progress.is_failure(steps.get(feed.address))]
        beyond = [n for n in failed if (n - self.list.cursor) * by > 0]
        if beyond:
            self.list.go(beyond[0] if by > 0 else beyond[-1])
        else:
            self.status_bar.say("No more failed feeds in that direction" if failed else "No failed feeds")

    # commands

    def action_feed_stories(self) -> None:
        """List the stories of the feed."""
        if self.feed:
            self.dismiss(Place(kind="feed", key=self.feed.address, name=self.feed.name))

    def action_ask_feed(self) -> None:
        """Refresh the feed."""
        if self.feed:
            self._jobs.refresh_feeds([self.feed.address])

    def action_ask_all(self) -> None:
        """Refresh all feeds."""
        self._jobs.refresh_feeds()

    async def action_add_feed(self) -> None:
        """Ask for a source to add, or choose among the feeds of the page added last."""
        if self._jobs.has_offered:
            self._choose_offered()
        else:
            await self._ask_source()

    async def _ask_source(self) -> None:
        if text := await self.prompt.line("Address, list of feeds or folder: "):
            if source := as_source(text):
                self._jobs.add([source])
            else:
                self.status_bar.say(f"“{text}” is neither a file nor an address")

    def _choose_offered(self) -> None:
        from reader.tui.screens.feed_picker import ANOTHER, FeedPickerScreen

        async def chosen(address: str | None) -> None:
            if address == ANOTHER:
                await run_command(self, "add_feed")
            elif address is not None:
                self._jobs.add([address])

        self.app.push_screen(FeedPickerScreen(self._jobs.take_offered()), chosen)

    def action_remove_feed(self) -> None:
        """Unsubscribe from the feed."""
        if self.feed:
            address, name = self.feed.address, self.feed.name
            self._removed.append(address)
            self._change(lambda: self.library.feeds.unsubscribe(address))
            self.status_bar.say(f"Unsubscribed from {name}; stories kept", key_note("undo_removal", "undoes"))

    def action_undo_removal(self) -> None:
        """Subscribe again to the feed removed last."""
        if self._removed:
            address = self._removed.pop()
            self._change(lambda: self.library.feeds.restore(address))
        else:
            self.status_bar.say("Nothing to undo")

    def action_stop_asking(self) -> None:
        """Cancel the running task."""
        self._runner.cancel()

    def action_feed_keys(self) -> None:
        """Show the keys of this screen."""
        from reader.tui.screens.key_help import KeyHelpScreen

        async def chosen(command: str | None) -> None:
            if command is not None:
                await run_command(self, command)

        self.app.push_screen(KeyHelpScreen("feeds"), chosen)

    def action_leave_feeds(self) -> None:
        """Return to the stories; a running task goes on."""
        self.dismiss(None)

    # settings of a feed

    async def action_edit_feed(self) -> None:
        """Ask which setting to change, and for its value."""
        key = await self.prompt.key(CHANGE)
        feed = self.feed
        if key == "p":
            await self._ask_host()
        elif feed is None:
            return
        elif key == "n":
            if name := await self.prompt.line("Name: ", feed.name):
                self._set(feed, name=name)
        elif key == "t":
            if tags := await self.prompt.line("Tags, separated by commas, - for none: ", ", ".join(feed.tags)):
                self._set(feed, tags=parse_tags(tags))
        elif key == "i":
            await self._ask_interval(feed)
        elif key == "f":
            self._set(feed, full_text=not feed.full_text)
            self.status_bar.say("Full texts are no longer fetched" if feed.full_text else "Full texts are fetched from now on")

    def _set(self, feed: Feed, **settings: object) -> None:
        self._change(lambda: self.library.feeds.change(feed.address, **settings))

    async def _ask_interval(self, feed: Feed) -> None:
        label = f"Minutes between refreshes, at least {SHORTEST_INTERVAL}, 0 for automatic: "
        text = await self.prompt.line(label, str(feed.interval or 0))
        if text == "0" or (text.isdecimal() and SHORTEST_INTERVAL <= int(text) <= LONGEST_INTERVAL):
            self._set(feed, interval=int(text) or None)
        elif text:
            self.status_bar.say(f"“{text}” is not valid; type {SHORTEST_INTERVAL} to {LONGEST_INTERVAL:,} minutes, or 0")

    async def _ask_host(self) -> None:
        """Ask for a host in a private network, and allow it or disallow it."""
        from reader.library import host

        text = await self.prompt.line("Private host to allow or disallow: ", host(self.feed.address) if self.feed else "")
        if not text:
            return
        name = host(text)
        if not name:
            self.status_bar.say(f"“{text}” is not a host")
            return

        def toggle() -> bool:
            allow = name not in self.library.feeds.allowed_hosts()
            self.library.feeds.allow_host(name, allow)
            return allow

        self.requests.run("host", toggle, lambda on: self.status_bar.say(f"{name} is {'now' if on else 'no longer'} allowed"))

    # keys and mouse

    def on_key(self, event: events.Key) -> None:
        """Pass keys to an open question."""
        self.prompt.on_key(event)

    def on_paste(self, event: events.Paste) -> None:
        """Pass pasted text to an open question."""
        self.prompt.on_paste(event)

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Show the note on the selected feed."""
        self.show_status()

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """Show the stories of a feed that was double-clicked."""
        self.action_feed_stories()

    def on_resize(self) -> None:
        """Fit hints and questions to the new size."""
        self.show_status()

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """Run the command of the hint that was clicked."""
        await press(self, "feeds", message.key)


def parse_tags(text: str) -> tuple[str, ...]:
    """Return the tags in a line, without duplicates and number signs; "-" stands for none."""
    return tuple(dict.fromkeys(tag for part in text.split(",") if (tag := part.strip().lstrip("#")) and tag != "-"))

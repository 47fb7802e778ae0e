"""The feeds: asking, adding, changing and removing them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from reader.presentation.text_layout import Line
from reader.tui.commands.bindings import bindings, press
from reader.tui.controllers.library_jobs import as_source
from reader.tui.screens.feed_list import FeedList
from reader.tui.widgets.status_bars import StatusBar
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.tui.screens.main import MainScreen

LEAST, MOST = 5, 7 * 24 * 60
"""Minutes between two visits."""
_CHANGE: Line = [
    *[("Change  ", "ink"), ("n", "key"), (" name  ", "muted"), ("t", "key"), (" tags  ", "muted"), ("i", "key")],
    *[(" minutes  ", "muted"), ("f", "key"), (" full text  ", "muted"), ("p", "key"), (" private host  ", "muted")],
    *[("Esc", "key"), (" nothing", "muted")],
]


class FeedsScreen(FeedList):
    """A list of the feeds; ends with the name of one whose stories are to be shown."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("feeds")

    def __init__(self, home: MainScreen) -> None:
        super().__init__(home)
        self._removed: list[str] = []

    def action_feed_stories(self) -> None:
        """Show the stories of the feed."""
        if self.feed and Path(self.feed.address).is_absolute():
            self.hints.say("The files of a folder name no outlet in common; / finds them by their words")
        elif self.feed:
            self.dismiss(self.feed.title or self.feed.name)

    def action_ask_feed(self) -> None:
        """Ask this feed."""
        if self.feed:
            self.home.jobs.refresh_feeds([self.feed.address])

    def action_ask_all(self) -> None:
        """Ask all feeds."""
        self.home.jobs.refresh_feeds()

    def action_add_feed(self) -> None:
        """Ask what to add, or which of the feeds that a page named."""
        if self.home.jobs.has_offered:
            self._choose_offered()
        else:
            self._ask_address()

    def _ask_address(self) -> None:
        def typed(text: str) -> None:
            if source := as_source(text):
                self.home.jobs.add([source])
            else:
                self.hints.say(f"There is no file and no address “{text}”")

        self.ask_line("Address, list of feeds or folder: ", "", typed)

    def heard(self) -> None:
        """Something came of what goes on; where a page was added that names feeds, one can be chosen."""
        super().heard()
        if not self.home.runner.is_running and self.home.jobs.has_offered and not self.inquiring and self.is_current:
            self._choose_offered()

    def _choose_offered(self) -> None:
        from reader.tui.screens.feed_picker import ANOTHER, FeedPickerScreen

        def chosen(address: str | None) -> None:
            if address == ANOTHER:
                self._ask_address()
            elif address is not None:
                self.home.jobs.add([address])

        offered = self.home.jobs.take_offered()
        self.app.push_screen(FeedPickerScreen(offered), chosen)

    def action_remove_feed(self) -> None:
        """Remove the feed, until that is taken back."""
        if self.feed:
            address, name = self.feed.address, self.feed.name
            self._removed.append(address)
            self.change(lambda: self.library.feeds.drop(address))
            self.hints.say(f"{name} is followed no more; its stories stay", " · u undoes")

    def action_undo_removal(self) -> None:
        """Take the last removal back."""
        if self._removed:
            address = self._removed.pop()
            self.change(lambda: self.library.feeds.restore(address))
        else:
            self.hints.say("Nothing to take back")

    def action_feed_keys(self) -> None:
        """Every key over the feeds; the one chosen is done."""
        from reader.tui.screens.key_help import KeyHelpScreen

        async def chosen(command: str | None) -> None:
            if command is not None:
                await self.run_action(command)

        self.app.push_screen(KeyHelpScreen("feeds"), chosen)

    def action_leave_feeds(self) -> None:
        """Back to the stories; what goes on goes on."""
        self.dismiss(None)

    def action_stop_asking(self) -> None:
        """Stop what goes on."""
        self.home.runner.cancel()

    # what is set of a feed

    def action_edit_feed(self) -> None:
        """Ask what to change."""
        self.ask_key(_CHANGE, self._edit_field)

    def _edit_field(self, key: str) -> None:
        """Ask for the new value of a setting, and set it."""
        feed = self.feed
        if key == "p":
            self._ask_host()
        if feed is None:
            return
        keep = self._keeper(feed.address)
        if key == "n":
            self.ask_line("Name: ", feed.name, lambda text: keep(name=text))
        elif key == "t":
            self.ask_line("Tags, with commas between, - for none: ", ", ".join(feed.tags), lambda text: keep(tags=_tags(text)))
        elif key == "i":
            prompt = f"Minutes between two visits, {LEAST} at least, 0 as it asks: "
            self.ask_line(prompt, str(feed.interval or 0), lambda text: self._set_minutes(text, keep))
        elif key == "f":
            keep(full_text=not feed.full_text)
            told = "Its stories stay as it lists them" if feed.full_text else "Its stories are fetched in full from now on"
            self.hints.say(told)

    def _keeper(self, address: str) -> Callable[..., None]:
        """Sets what is given of a feed."""
        return lambda **settings: self.change(lambda: self.library.feeds.change(address, **settings))

    def _set_minutes(self, text: str, keep: Callable[..., None]) -> None:
        """Set the time between two visits."""
        if text == "0" or (text.isdecimal() and LEAST <= int(text) <= MOST):
            keep(interval=int(text) or None)
        else:
            self.hints.say(f"That takes minutes from {LEAST} to {MOST:,}, or 0, not “{text}”")

    def _ask_host(self) -> None:
        """Ask which host of this machine or a private network may be asked, or no more."""
        from reader.library import host

        self.ask_line("Private host to allow, or to allow no more: ", host(self.feed.address) if self.feed else "", self._allow)

    def _allow(self, text: str) -> None:
        """Allow a host to be asked, or no more."""
        from reader.library import host as plain

        host = plain(text)
        if not host:
            self.hints.say(f"“{text}” names no host")
            return

        def turn() -> bool:
            on = host not in self.library.feeds.allowed_hosts()
            self.library.feeds.allow_host(host, on)
            return on

        self.ask("allow", turn, lambda on: self.hints.say(f"{host} may {'now' if on else 'no longer'} be asked"))

    # the mouse

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """A double click shows its stories."""
        self.action_feed_stories()

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await press(self, "feeds", message.key)


def _tags(text: str) -> tuple[str, ...]:
    """Tags out of a line."""
    return tuple(dict.fromkeys(tag for part in text.split(",") if (tag := part.strip().lstrip("#")) and tag != "-"))

"""The feeds: how each of them is, what came of asking it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from reader.model import Feed
from reader.ui import tidings, words
from reader.ui.asking import AskingScreen
from reader.ui.bindings import bindings
from reader.ui.commands import commands, hints
from reader.ui.edit import Edit
from reader.ui.paint import Line, cells, cut
from reader.ui.widgets.bars import Hints, PlaceLine
from reader.ui.widgets.feeds import FeedRows
from reader.ui.widgets.list import List

if TYPE_CHECKING:
    from reader.ui.screens.home import Home

_HINTS = ("feed_stories", "ask_feed", "ask_all", "add_feed", "edit_feed", "remove_feed", "next_failure", "leave_feeds")
_FIELDS = {"n": "name", "t": "tags", "i": "interval", "f": "full_text"}
_EDIT: Line = [
    *[("Change   ", "ink"), ("n", "key"), (" name   ", "muted"), ("t", "key"), (" tags   ", "muted"), ("i", "key")],
    *[(" minutes   ", "muted"), ("f", "key"), (" full text always   ", "muted"), ("Esc", "key"), (" nothing", "muted")],
]


class FeedsScreen(AskingScreen[str]):
    """A list of the feeds; ends with the name of one whose stories are to be shown."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("feeds")

    def __init__(self, home: Home) -> None:
        super().__init__()
        self.home = home
        self.library = home.library
        self.feeds: list[Feed] = []
        self._removed: list[str] = []
        self._edit: Edit | None = None
        self._prompt = ""
        self._typed: Callable[[str], None] = lambda text: None
        self._choosing = False
        self.list = List()
        self.hints = Hints()
        self.place = PlaceLine()

    def compose(self) -> ComposeResult:
        """Place, feeds, hints."""
        yield self.place
        yield self.list
        yield self.hints

    def on_mount(self) -> None:
        """Show the feeds, and hear of what goes on."""
        self.list.focus_here(True)
        self.home.on_tidings = self.heard
        self.load()

    def on_unmount(self) -> None:
        """Hear no more."""
        self.home.on_tidings = lambda: None

    def load(self, then: Callable[[], None] | None = None) -> None:
        """Ask for the feeds and show them, the cursor where it was."""

        def came(feeds: list[Feed]) -> None:
            address = self.feed.address if self.feed else None
            self.feeds = feeds
            at = next((number for number, feed in enumerate(feeds) if feed.address == address), self.list.cursor)
            self.list.show(FeedRows(feeds, self.home.tidings.steps), at, still=True)
            self.signpost()
            if then:
                then()

        self.ask("feeds", self.library.feeds, came)

    @property
    def feed(self) -> Feed | None:
        """The feed under the cursor."""
        return self.feeds[self.list.cursor] if self.list.cursor < len(self.feeds) else None

    def heard(self) -> None:
        """Something came of asking: show it, and when all is done the feeds as they are then."""
        if self.home.stop is None:
            self.load()
        else:
            self.list.show(FeedRows(self.feeds, self.home.tidings.steps), self.list.cursor, still=True)
            self.signpost()

    def signpost(self) -> None:
        """Say where the reader is, what goes on, what to do about a failure, and which keys help."""
        tags = {tag for feed in self.feeds for tag in feed.tags}
        told = words.count(len(self.feeds), "feed") + (f", {words.count(len(tags), 'tag')}" if tags else "")
        self.place.show([("Feeds", "name"), (f"  {told}", "muted")])
        if self._edit is not None:
            self.hints.stand([(self._prompt, "ink"), *self._edit.paint(self.app.size.width - cells(self._prompt) - 2)])
        elif self._choosing:
            self.hints.stand(_EDIT)
        elif self.home.stop is not None:
            self.hints.stand([*self.home.tidings.line(), ("   Esc", "key"), (" stops", "muted")])
        else:
            self.hints.stand([])
        remedy = (self.feed.remedy or "") if self.feed and self.feed.error else ""
        self.hints.show(hints(_HINTS), cut(remedy, self.app.size.width // 2))

    # what is done with feeds

    def action_feed_down(self) -> None:
        """The next feed."""
        self.list.move(1)

    def action_feed_up(self) -> None:
        """The feed before."""
        self.list.move(-1)

    def action_feed_stories(self) -> None:
        """Show the stories of the feed."""
        if self.feed:
            self.dismiss(self.feed.title or self.feed.name)

    def action_ask_feed(self) -> None:
        """Ask this feed."""
        if self.feed:
            self.home.refresh_feeds([self.feed.address])

    def action_ask_all(self) -> None:
        """Ask all feeds."""
        self.home.refresh_feeds()

    def action_add_feed(self) -> None:
        """Ask what to add, and add it."""
        self._ask_for("Address, list of feeds or folder: ", self.home.offered, lambda typed: self.home.add([typed]))

    def action_edit_feed(self) -> None:
        """Ask what to change."""
        self._choosing = self.feed is not None
        self.signpost()

    def action_remove_feed(self) -> None:
        """Remove the feed, until that is taken back."""
        if self.feed:
            address, name = self.feed.address, self.feed.name
            self._removed.append(address)
            self.ask("change", lambda: self.library.drop_feed(address), lambda _: self.load())
            self.hints.say(f"{name} is followed no more; its stories stay", " · u undoes")

    def action_undo_removal(self) -> None:
        """Take the last removal back."""
        if not self._removed:
            self.hints.say("Nothing to take back")
            return
        address = self._removed.pop()
        self.ask("change", lambda: self.library.restore_feed(address), lambda _: self.load())

    def action_next_failure(self) -> None:
        """The next feed that failed."""
        self._to_failure(1)

    def action_previous_failure(self) -> None:
        """The failed feed before."""
        self._to_failure(-1)

    def _to_failure(self, by: int) -> None:
        steps = self.home.tidings.steps
        failed = [n for n, feed in enumerate(self.feeds) if feed.error or tidings.is_failure(steps.get(feed.address))]
        beyond = [n for n in failed if (n - self.list.cursor) * by > 0]
        if beyond:
            self.list.go(beyond[0] if by > 0 else beyond[-1])
        else:
            self.hints.say("No other feed failed that way")

    def action_leave_feeds(self) -> None:
        """Stop what goes on, or go back."""
        if not self.home.stop_work():
            self.dismiss(None)

    # what is typed

    def _ask_for(self, prompt: str, text: str, then: Callable[[str], None]) -> None:
        self._edit, self._prompt, self._typed = Edit(text, len(text)), prompt, then
        self.hints.hush()
        self.signpost()

    def on_key(self, event: events.Key) -> None:
        """While a line is typed every key is text; while it is asked what to change, one letter answers."""
        if self._edit is None and not self._choosing:
            return
        event.stop()
        event.prevent_default()
        if self._choosing:
            self._choosing = False
            self._change(_FIELDS.get(event.key, ""))
        elif event.key in ("enter", "escape"):
            text, self._edit = self._edit.text.strip() if self._edit else "", None
            if event.key == "enter" and text:
                self._typed(text)
        elif self._edit:
            self._edit.press(event.key, event.character)
        self.signpost()

    def on_paste(self, event: events.Paste) -> None:
        """An address can be pasted."""
        if self._edit is not None:
            event.stop()
            self._edit.insert(event.text)
            self.signpost()

    def _change(self, name: str) -> None:
        """Ask for the new value of a setting of the feed, and set it."""
        feed = self.feed
        if feed is None or not name:
            return
        address = feed.address

        def keep(value: Any) -> None:
            self.ask("change", lambda: self.library.change_feed(address, **{name: value}), lambda _: self.load())

        if name == "full_text":
            keep(not feed.full_text)
            self.hints.say(
                "Its stories are fetched in full from now on" if not feed.full_text else "Its stories stay as it lists them"
            )
        elif name == "name":
            self._ask_for("Name: ", feed.name, keep)
        elif name == "tags":
            self._ask_for("Tags, with commas between: ", ", ".join(feed.tags), lambda text: keep(_tags(text)))
        else:
            self._ask_for("Minutes between two visits, 0 as it asks: ", str(feed.interval or 0), lambda text: keep(_minutes(text)))

    # the mouse

    def on_list_chosen(self, message: List.Chosen) -> None:
        """Another feed: say what helps with it."""
        self.signpost()

    def on_list_opened(self, message: List.Opened) -> None:
        """A double click shows its stories."""
        self.action_feed_stories()

    async def on_hints_pressed(self, message: Hints.Pressed) -> None:
        """A click on a hint does what its key does."""
        for command in commands("feeds"):
            if command.label == message.key:
                await self.run_action(command.id)

    def failed(self, fault: Exception) -> None:
        """Say that the library could not do it."""
        self.hints.say(str(fault))


def _tags(text: str) -> tuple[str, ...]:
    """Tags out of a line."""
    return tuple(dict.fromkeys(tag for part in text.split(",") if (tag := part.strip().lstrip("#"))))


def _minutes(text: str) -> int | None:
    """Minutes out of a line, at least five; None for nothing, which leaves it to the feed."""
    return max(5, min(int(text), 7 * 24 * 60)) if text.isdecimal() and int(text) else None

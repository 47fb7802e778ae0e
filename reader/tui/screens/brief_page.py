"""What stands on a brief's page, and where: events, passages told by several, passages told by one; what it asks and shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from reader.models import StoryHeader, Thread, ThreadEvent
from reader.presentation import formatting
from reader.presentation.brief_view import NUMBERED, BriefPassage, BriefSection, BriefView, load_brief
from reader.presentation.text_layout import cells
from reader.tui.commands.registry import Hint, hints
from reader.tui.controllers.prompt import InquiringScreen
from reader.tui.state.reading_position import THREE_FROM, TWO_FROM
from reader.tui.widgets.brief_rows import BriefPassageRows, DaysLine, EventRows
from reader.tui.widgets.painted import Rule
from reader.tui.widgets.status_bars import NoteLine, TitleLine
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.library import Library, Passage

NARROWEST, WIDEST = 38, 46
"""The timeline's width in cells beside one list of passages, and beside two."""
WAITING, FAILED = BriefSection("", (), "Reading the stories …"), BriefSection("", (), "The stories could not be read.")


@dataclass(frozen=True, slots=True)
class BriefSource:
    """Where to read on: a story, and the passage of it, None for its beginning."""

    story: str
    passage: Passage | None = None


class BriefPage(InquiringScreen[BriefSource]):
    """The page without its keys; it ends with the source that is to be read."""

    def __init__(self, library: Library, thread: Thread, heads: Sequence[StoryHeader]) -> None:
        super().__init__()
        self.library = library
        self.thread = thread
        self.heads = list(heads)
        self.happenings: list[ThreadEvent] = []
        self.briefing: BriefView | None = None
        self.place_line = TitleLine()
        self.days = DaysLine()
        self.timeline = VirtualList(id="events")
        self.several = VirtualList(id="several", ruled=False)
        self.alone = VirtualList(id="alone")
        self.note = NoteLine()
        self.at = self.several
        self._wishes: list[Callable[[], None]] = []

    def compose(self) -> ComposeResult:
        """Place line, the days or the timeline, the passages, a note, hints."""
        yield self.place_line
        yield self.days
        with Container(id="panes"):
            yield self.timeline
            yield Rule(id="first-rule")
            yield self.several
            yield Rule(id="second-rule")
            yield self.alone
        yield self.note
        yield self.hints

    def on_mount(self) -> None:
        """Ask for the events, and for the passages."""
        self._lay_out()
        self.several.show(BriefPassageRows([WAITING]))
        self.ask("timeline", lambda: self.library.threads.timeline(self.thread.id), self._show_events)
        self.ask("brief", lambda: load_brief(self.library, self.heads), self._show, self._not_read)

    def _show_events(self, happenings: list[ThreadEvent]) -> None:
        self.happenings = happenings
        self.timeline.show(EventRows(happenings, self.heads), 1)
        self.days.show(happenings)

    def _show(self, found: BriefView) -> None:
        self.briefing = found
        self._fill()
        self.signpost()
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            wish()

    def _not_read(self, fault: Exception) -> None:
        """Say that there are no passages, and why."""
        self._wishes.clear()
        self.several.show(BriefPassageRows([FAILED]))
        self.failed(fault)

    def _fill(self, at: BriefPassage | None = None) -> None:
        """Show the passages, in two lists where these stand beside each other, the cursor on the passage given."""
        if self.briefing is None:
            return
        parts, beside = self.briefing.parts, self.alone.display
        for pane, shown in ((self.several, [part for part in parts if not (beside and part.unique)]), (self.alone, parts[-1:])):
            rows = BriefPassageRows(shown)
            place = rows.place(at) if at else None
            pane.show(rows, place or 0)
            if place is not None and pane.display:
                self.turn(pane)

    # where everything stands

    def on_resize(self, event: events.Resize) -> None:
        """Another size: the timeline beside the passages or its days above them, one list of passages or two."""
        at = self.piece
        self._lay_out()
        self._fill(at)
        self.signpost()

    def _lay_out(self) -> None:
        width = self.app.size.width
        beside, two = width >= TWO_FROM, width >= THREE_FROM
        self.days.display, self.timeline.display, self.alone.display = not beside, beside, two
        self.timeline.styles.width = WIDEST if two else NARROWEST
        self.query_one("#first-rule").display, self.query_one("#second-rule").display = beside, two
        self.several.ruled = beside
        self.turn(self.at if self.at.display else self.several)

    def turn(self, pane: VirtualList) -> None:
        """Give a list the keys."""
        self.at = pane
        for each in (self.timeline, self.several, self.alone):
            each.focus_here(each is pane)

    def signpost(self) -> None:
        """Say what the page is of, which keys help, and who the digits are."""
        found, width = self.briefing, self.app.size.width
        of = formatting.stories(len(self.heads))
        read = len(found.brief.stories) if found else len(self.heads)
        wide = width >= TWO_FROM
        said = f"brief, verbatim from {of}"
        if found and read < found.brief.of:
            of = f"{read} of {of}"
            said = f"brief, verbatim from {of}, those of the newest events" if wide else f"brief of the newest {of}"
        self.place_line.show([(self.thread.name, "name"), (f"  {said}", "muted")])
        shown: list[Hint] = [
            *hints(["brief_down", "brief_up"]),
            ("1 2", "open its source there" if wide else "source"),
            *hints(["export_brief", "copy_passage", "leave_brief"]),
        ]
        legend = "   ".join(f"{number} {formatting.outlet(head)}" for number, head in enumerate(self.heads, 1))
        told = sum(cells(key) + 1 + cells(word) + 3 for key, word in shown)
        fits = len(self.heads) <= NUMBERED and cells(legend) <= min(width // 2, width - told - 3)
        self.note.display = not fits
        self.note.show(self._told_by())
        rows = self.at.rows
        nth = "passage {} of {}".format(*rows.nth(self.at.cursor)) if isinstance(rows, BriefPassageRows) and self.piece else ""
        self.hints.show(
            shown, legend if fits else nth if wide else formatting.count(len(set(map(formatting.outlet, self.heads))), "outlet")
        )

    def _told_by(self) -> str:
        """Who tells the passage under the cursor, by their digits."""
        heads = {head.id: head for head in self.heads}
        sources = self.piece.sources.items() if self.piece else ()
        return "   ".join(f"{number} {formatting.outlet(heads[passage.story])}" for number, passage in sorted(sources))

    @property
    def piece(self) -> BriefPassage | None:
        """The passage under the cursor, if the cursor is among passages."""
        rows = self.at.rows
        return rows.piece(self.at.cursor) if isinstance(rows, BriefPassageRows) else None

    def when_there(self, act: Callable[[], None]) -> None:
        """Do something with the passages, as soon as they are there."""
        if self.briefing is None and self.at is not self.timeline:
            self._wishes.append(act)
        else:
            act()

    def failed(self, fault: Exception) -> None:
        """Say that the library could not answer."""
        self.hints.say(f"That could not be read: {fault}")

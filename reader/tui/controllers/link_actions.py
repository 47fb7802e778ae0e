"""Links and media of the story being read: opened, copied, or added to the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reader.models import Media
from reader.presentation.media import describe, media_text
from reader.presentation.text_layout import Line, cut
from reader.settings import Settings
from reader.tui import handoff
from reader.tui.controllers.library_jobs import LibraryJobs
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.widgets.link_hints import LinkPlace, labels, visible_links
from reader.tui.widgets.story_columns import StoryColumns

ADDS = ("plus", "equals_sign")
"""Keys after which a letter adds its link to the library: + and the same key without shift."""
OPENS: Line = [
    *[("Link   ", "ink"), ("a", "key"), (" opens   ", "muted"), ("A", "key"), (" copies   ", "muted")],
    *[("+ a", "key"), (" adds to the library   ", "muted"), ("Esc", "key"), (" cancel", "muted")],
]
ADDING: Line = [("Add to the library   ", "ink"), ("a", "key"), (" this link   ", "muted"), ("Esc", "key"), (" cancel", "muted")]
LONGEST = 60
"""Cells of an address or a name in a message."""
NO_LINKS = "No links in view"
NO_MEDIA = "This story has no sound, video, file or picture"
ROLES = ("audio", "video", "file", "picture")
"""Media in the order in which they are offered."""
MOST_OFFERED = 9


class LinkActions:
    """Shows a letter at each link in view and does what the next key asks; opens media."""

    def __init__(
        self, columns: StoryColumns, prompt: Prompt, jobs: LibraryJobs, status: StatusLines, *, settings: Callable[[], Settings]
    ) -> None:
        self._settings = settings
        self._columns = columns
        self._prompt = prompt
        self._jobs = jobs
        self._status = status

    async def follow(self) -> None:
        """Ask for a link in view: a letter opens it, a capital copies it, + and a letter adds it to the library."""
        column = self._columns.current
        places = visible_links(column.lines, column.top, column.room) if column else []
        if not places:
            self._status.say(NO_LINKS)
            return
        found = dict(zip(labels(len(places)), places, strict=False))
        typed, adding = "", False
        try:
            while typed not in found:
                self._show({letters: place for letters, place in found.items() if letters.startswith(typed.lower())})
                key = await self._prompt.key(ADDING if adding else OPENS)
                if key in ADDS:
                    adding = not adding
                    continue
                typed += key if len(key) == 1 else ""
                if len(key) != 1 or not any(letters.startswith(typed.lower()) for letters in found):
                    return
                if typed.lower() in found:
                    break
        finally:
            self._show({})
        self._act(found[typed.lower()], copy=not typed.islower(), add=adding)

    def _show(self, found: Mapping[str, LinkPlace]) -> None:
        hints: dict[int, list[tuple[int, str]]] = {}
        for letters, place in found.items():
            hints.setdefault(place.line, []).append((place.at, letters))
        self._columns.show_hints(hints)

    def _act(self, place: LinkPlace, *, copy: bool, add: bool) -> None:
        if copy:
            self._columns.app.copy_to_clipboard(place.href)
            self._status.say(f"Link copied: {cut(place.href, LONGEST)}")
        elif not add:
            column = self._columns.current
            self._open(place.href, "link" if place.media is None or column is None else column.story.media[place.media].role)
        elif place.href.startswith("mailto:"):
            self._status.say("A mail address cannot be added to the library")
        else:
            self._jobs.add([place.href])

    async def open_media(self) -> None:
        """Open the sound, video, file or picture of the story; ask which if there are several."""
        column = self._columns.current
        media = sorted((each for each in column.story.media if each.url), key=lambda each: ROLES.index(each.role)) if column else []
        if not media:
            self._status.say(NO_MEDIA)
            return
        chosen = media[0] if len(media) == 1 else await self._choose(media[:MOST_OFFERED])
        if chosen is not None:
            self._open(chosen.url, chosen.role)

    async def _choose(self, media: list[Media]) -> Media | None:
        room = max(LONGEST // 6, self._columns.app.size.width // len(media) - 5)
        question: Line = [("Open   ", "ink")]
        for number, each in enumerate(media, 1):
            name = media_text(each) if each.role == "picture" else describe(each)
            question += [(str(number), "key"), (f" {cut(name, room)}   ", "muted")]
        key = await self._prompt.key(question)
        return media[int(key) - 1] if key.isdecimal() and 1 <= int(key) <= len(media) else None

    def _open(self, url: str, role: str) -> None:
        command = handoff.program(self._settings(), role, url)
        if handoff.start(command):
            self._status.say(f"Opened with {command[0]}: {cut(url, LONGEST)}")
        else:
            self._status.say(f"{command[0]} could not be started; name a program in the settings")

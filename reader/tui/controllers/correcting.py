"""What may be said of threads, with the keys of `C`: each word is for the thread at hand, or for the story being read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reader.models import StoryHeader, Thread
from reader.tui.controllers.corrections import Saying
from reader.tui.screens.story_picker import StoryPickerOptions
from reader.tui.state.reading_position import ReadingPosition

WORDY_FROM = 60
"""Columns from which a question is asked in full."""
FOUND = "-"
"""What is typed for the name found in a thread's stories."""
SPLIT = StoryPickerOptions("split off", several=True, not_all="These are all its stories; leave out those that stay")
PART = StoryPickerOptions("not the same; it leaves")


class Correcting(Saying):
    """The desk, with every word on threads."""

    def action_correct(self) -> None:
        """What may be said here; the one chosen is done."""
        from reader.tui.screens.correction_menu import CorrectionMenu

        thread = self._thread_meant()
        if thread is None:
            return
        reading = self.reading
        head = reading.head if reading and (self.pane == "columns" or reading.thread.id == thread.id) else None
        self.app.push_screen(CorrectionMenu(thread, head), self.do)

    def _thread_meant(self) -> Thread | None:
        """The thread that words are for; where there is none, it is said why."""
        thread = self.at_hand
        search = self.search_chosen if self.pane == "rail" else None
        if search is not None:
            self.hints.say(f"“{search.name}” is a saved search, no thread", " · S changes it")
        elif thread is None:
            self.hints.say("There is no thread to correct yet")
        return thread

    async def do(self, command: str | None) -> None:
        """Do the act of a command that was chosen elsewhere."""
        if command is not None:
            await self.run_action(command)

    # the thread as a whole

    def action_rename_thread(self) -> None:
        """Ask for a name."""
        thread = self._thread_meant()
        if thread is None:
            return

        def typed(text: str) -> None:
            if text == thread.name:
                self.hints.say("That is its name")
            else:
                self.say_word(lambda library: library.corrections.rename(thread.id, "" if text == FOUND else text))

        wordy = self.app.size.width >= WORDY_FROM
        self.ask_line(f"Name, {FOUND} for the one found in its stories: " if wordy else "Name: ", thread.name, typed)

    def action_pin_thread(self) -> None:
        """Pinned, or no longer."""
        if thread := self._thread_meant():
            flagged = self._flagged(replace(thread, pinned=not thread.pinned))
            self.say_word(lambda library: library.corrections.pin(flagged.id, flagged.pinned))

    def action_follow_thread(self) -> None:
        """Followed, or no longer."""
        if thread := self._thread_meant():
            flagged = self._flagged(replace(thread, followed=not thread.followed))
            self.say_word(lambda library: library.corrections.follow(flagged.id, flagged.followed))

    def action_mute_thread(self) -> None:
        """Muted, or no longer."""
        if thread := self._thread_meant():
            flagged = self._flagged(replace(thread, muted=not thread.muted))
            self.say_word(lambda library: library.corrections.mute(flagged.id, flagged.muted))

    def _flagged(self, thread: Thread) -> Thread:
        """Show a thread's flags at once; it goes to its place when the library has it."""
        place = self.thread_index(thread.id)
        if place is not None:
            self.threads.put(place, thread)
            self.rail.redraw()
            self.signpost()
        return thread

    # which stories are together

    def action_merge_thread(self) -> None:
        """Ask with which thread."""
        thread = self._thread_meant()
        if thread is None:
            return

        def chosen(other: str) -> None:
            self.say_word(lambda library: library.corrections.merge([thread.id, other]))

        self._choose_thread(thread, f"merge “{thread.name}” with", thread.stories[-1], chosen)

    def action_move_story(self) -> None:
        """Ask where the story belongs."""
        self.with_story(self._move)

    def _move(self, reading: ReadingPosition) -> None:
        story = reading.head.id
        holder = self.threads.holder(story)

        def chosen(thread: str) -> None:
            self.say_word(lambda library: library.corrections.move([story], thread))

        home = None if holder is None else self.threads[holder]
        self._choose_thread(home, f"“{reading.head.title}” belongs to", story, chosen)

    def _choose_thread(self, home: Thread | None, heading: str, story: str, then: Callable[[str], None]) -> None:
        """Ask for another thread than `home`; those with stories near to one stand first."""
        from reader.tui.screens.thread_picker import ThreadPickerScreen

        others = [thread for thread in self.threads if home is None or thread.id != home.id]
        if not others:
            self.hints.say("There is no other thread")
            return

        def chosen(thread: str | None) -> None:
            if thread is not None:
                then(thread)

        self.app.push_screen(ThreadPickerScreen(self.library, heading, others, story), chosen)

    def _with_thread(self, act: Callable[[ReadingPosition], None]) -> None:
        """Do what is for a story in its thread; one read in a saved search is looked up in the thread it belongs to."""

        def lies_open(reading: ReadingPosition) -> None:
            if not reading.thread.query:
                act(reading)
            elif thread := self._thread_meant():
                story = reading.head.id
                self.ask(
                    "its thread", lambda: self.library.threads.headers(thread.id), lambda heads: act(_at(thread, heads, story))
                )

        self.with_story(lies_open)

    def action_split_thread(self) -> None:
        """Ask which stories stand alone."""
        self._with_thread(self._split)

    def _split(self, reading: ReadingPosition) -> None:
        if reading.own < 2:
            self.hints.say("One story: there is nothing to split off")
            return

        def chosen(stories: tuple[str, ...]) -> None:
            self.say_word(lambda library: library.corrections.split(stories))

        self._choose_stories(reading, f"split stories off “{reading.thread.name}”", reading.heads[: reading.own], chosen, SPLIT)

    def action_part_story(self) -> None:
        """Ask which other story is not the same; of two, it is the other one."""
        self._with_thread(self._part)

    def _part(self, reading: ReadingPosition) -> None:
        head = reading.head
        others = [other for other in reading.heads[: reading.own] if other.id != head.id]
        if not others:
            self.hints.say("One story: there is no other in its thread")
            return

        def chosen(stories: tuple[str, ...]) -> None:
            self.say_word(lambda library: library.corrections.apart(head.id, stories[0]))

        if len(others) == 1:
            chosen((others[0].id,))
        else:
            self._choose_stories(reading, f"not the same as “{head.title}”", others, chosen, PART)

    def _choose_stories(
        self,
        reading: ReadingPosition,
        heading: str,
        heads: Sequence[StoryHeader],
        then: Callable[[tuple[str, ...]], None],
        asks: StoryPickerOptions,
    ) -> None:
        from reader.tui.screens.story_picker import StoryPickerScreen

        def chosen(stories: tuple[str, ...] | None) -> None:
            if stories is not None:
                then(stories)

        self.app.push_screen(StoryPickerScreen(heading, heads, reading.head.id, asks), chosen)

    # all that was said

    def action_corrections(self) -> None:
        """All words on threads, the newest first; the last can be taken back there."""
        from reader.tui.screens.corrections_log import CorrectionsLogScreen

        self.app.push_screen(CorrectionsLogScreen(self.library, self.unsay_last))


def _at(thread: Thread, heads: list[StoryHeader], story: str) -> ReadingPosition:
    """A thread at one of its stories."""
    reading = ReadingPosition(thread, heads, len(heads))
    reading.at = reading.place_of(story) or 0
    return reading

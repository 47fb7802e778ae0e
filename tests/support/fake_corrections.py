"""Words on threads over the fake library: the face of the real `library.correct`, undone by going back to what was before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.errors import CorrectionError
from reader.models import Correction

if TYPE_CHECKING:
    from tests.support.fake_library import FakeLibrary


class FakeWords:
    """`said` is the log; while `refuses` is set every word is refused with it."""

    def __init__(self, library: FakeLibrary) -> None:
        self.library = library
        self.said: list[Correction] = []
        self.refuses = ""
        self._before: dict[int, Any] = {}

    def rename(self, thread: str, name: str) -> Correction:
        return self._say("rename", thread, f"“{self._name(thread)}” is called “{name}”", text=name)

    def pin(self, thread: str, on: bool = True) -> Correction:
        return self._say("pin", thread, f"“{self._name(thread)}” is {'' if on else 'no longer '}pinned", text="on" if on else "off")

    def mute(self, thread: str, on: bool = True) -> Correction:
        return self._say("mute", thread, f"“{self._name(thread)}” is {'' if on else 'no longer '}muted", text="on" if on else "off")

    def follow(self, thread: str, on: bool = True) -> Correction:
        self.library.stories.mark_seen(self._members(thread))
        return self._say(
            "follow", thread, f"“{self._name(thread)}” is {'' if on else 'no longer '}followed", text="on" if on else "off"
        )

    def merge(self, threads: Sequence[str]) -> Correction:
        first, other = threads
        word = self._say("merge", first, f"“{self._name(first)}” and “{self._name(other)}” are one")
        members = self._members(other)
        self._set(other, ())
        self._set(first, (*self._members(first), *members))
        return word

    def split(self, stories: Sequence[str]) -> Correction:
        return self._leave(stories, f"{len(stories)} of “{self._name(self._home(stories[0]))}” are a thread of their own", None)

    def move(self, stories: Sequence[str], thread: str) -> Correction:
        return self._leave(stories, f"{len(stories)} went to “{self._name(thread)}”", thread)

    def apart(self, story: str, other: str) -> Correction:
        return self._leave([other], f"“{story}” and “{other}” are not the same", None)

    def undo(self, number: int | None = None) -> Correction | None:
        last = next((word for word in reversed(self.said) if not word.undone), None)
        if last is None or last.number != (number or last.number):
            return None
        self.library.groups, self.library.flags = self._before.pop(last.number)
        self.said[last.number - 1] = replace(last, undone=True)
        return last

    def log(self) -> list[Correction]:
        return list(self.said)

    # inside

    def _say(self, kind: Any, thread: str, said: str, text: str = "") -> Correction:
        if self.refuses:
            raise CorrectionError(self.refuses)
        library = self.library
        number = len(self.said) + 1
        self._before[number] = list(library.groups), {id_: dict(flags) for id_, flags in library.flags.items()}
        if text:
            library.flags.setdefault(thread, {})[kind] = text
        word = Correction(
            number=number,
            kind=kind,
            stories=self._members(thread),
            text=text,
            message=("text", said),
            at=f"2026-11-20T10:{number:02}:00Z",
        )
        self.said.append(word)
        return word

    def _leave(self, stories: Sequence[str], said: str, thread: str | None) -> Correction:
        home = self._home(stories[0])
        word = self._say("move" if thread else "split", home, said)
        self._set(home, (each for each in self._members(home) if each not in stories))
        if thread is None:
            self.library.groups.append((f"c{word.number}", f"Thread {word.number}", tuple(stories)))
        else:
            self._set(thread, (*self._members(thread), *stories))
        return word

    def _set(self, thread: str, stories: Iterable[str]) -> None:
        members = tuple(stories)
        groups = [(id_, name, members if id_ == thread else inside) for id_, name, inside in self.library.groups]
        self.library.groups = [group for group in groups if group[2]]

    def _home(self, story: str) -> str:
        return str(self.library.thread_of(story))

    def _members(self, thread: str) -> tuple[str, ...]:
        found = next((members for id_, _, members in self.library.groups if id_ == thread), None)
        if found is None:
            raise CorrectionError(f"the thread “{thread}” no longer exists; reload the list")
        return found

    def _name(self, thread: str) -> str:
        return next(str(each.name) for each in self.library.threads.all() if each.id == thread)

"""What the reader may say of threads; each word is kept for ever, can be taken back, and holds whatever the stories are tied by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.errors import CorrectionError
from reader.library.correction_overlay import resolved, update_overlay
from reader.library.followed_threads import FollowedThreads
from reader.models import Correction, CorrectionImport, CorrectionKind
from reader.storage.store import Store
from reader.text.tokens import shortened

_LONGEST = 200
"""Characters a name may have."""
_TOLD = 32
"""Characters of a title that are told where two are."""


class Corrections:
    """The reader's corrections of threads, which are named by their ids as shown; each call is one transaction.

    Each word gives the correction as it was written, that `undo` takes back. Raises `CorrectionError` for one that cannot be taken:
    a thread or story that is not there, a thread merged with itself, a whole thread split off, a story moved to where it stands.
    """

    def __init__(self, store: Store, followed: FollowedThreads) -> None:
        self._store = store
        self._followed = followed

    # one thread as a whole

    def rename(self, thread: str, name: str) -> Correction:
        """Give a thread a name; an empty one gives it back the one found in its stories."""
        from reader.text.sanitize import clean_line

        before, stories = self._thread(thread)
        name = clean_line(name)[:_LONGEST]
        message = ("renamed", before, name) if name else ("name_reset", before)
        return self._record("rename", stories, message=message, text=name)

    def pin(self, thread: str, on: bool = True) -> Correction:
        """Let a thread stand before all others, or no more."""
        return self._flag("pin", thread, on)

    def mute(self, thread: str, on: bool = True) -> Correction:
        """Let a thread stand after all others, or no more."""
        return self._flag("mute", thread, on)

    def follow(self, thread: str, on: bool = True) -> Correction:
        """Mark a thread as one the reader follows, or no more; what it holds now is seen, what comes later is new."""
        with self._store.database.writing():
            word = self._flag("follow", thread, on)
            self._store.flags.set_seen(word.stories)
        return word

    # which stories are together

    def merge(self, threads: Sequence[str]) -> Correction:
        """Make one thread of several."""
        (name, stories), *others = [self._thread(thread) for thread in dict.fromkeys(threads)] or [("", ())]
        if not others:
            raise CorrectionError("merging takes two or more threads; name another one")
        message = ("merged", name, others[0][0]) if len(others) == 1 else ("merged_many", name, str(len(others)))
        return self._record("merge", stories, [told for _, told in others], message)

    def split(self, stories: Sequence[str]) -> Correction:
        """Let some stories of one thread stand in a thread of their own."""
        threads = self._threads(stories)
        if len(threads) > 1:
            raise CorrectionError("the stories belong to several threads; name stories of one thread")
        name, inside = self._thread(threads[0])
        rest = _without(inside, stories)
        if not rest:
            raise CorrectionError(f"these are all stories of “{name}”; leave out the ones that stay")
        return self._record("split", stories, [rest], ("split", name, str(len(stories))))

    def move(self, stories: Sequence[str], thread: str) -> Correction:
        """Let stories leave their threads and stand in another one."""
        name, target = self._thread(thread)
        leaving = _without(stories, target)
        left = [self._thread(each) for each in self._threads(stories) if each != thread]
        if not leaving:
            raise CorrectionError(f"“{name}” already contains these stories; name another thread")
        rest = _without([story for _, inside in left for story in inside], leaving)
        moved = str(len(leaving))
        message = ("moved", name, moved, left[0][0]) if len(left) == 1 else ("moved_from_many", name, moved, str(len(left)))
        return self._record("move", leaving, [target, rest], message)

    def apart(self, story: str, other: str) -> Correction:
        """Say that two stories are not the same and never belong together; the second leaves, if they stand together.

        With it go those of its event, unless the first is of that event too.
        """
        if story == other:
            raise CorrectionError("a story cannot be kept apart from itself; name two stories")
        threads = self._threads([story, other])
        inside = self._thread(threads[-1])[1]
        events = self._store.threads.clustered(inside).events
        event = events.get(other)
        leaving = [
            each for each in inside if each == other or (event is not None and events.get(each) == event != events.get(story))
        ]
        one, two = (shortened(head.title, _TOLD) for head in self._store.stories.headers(ids=[story, other]))
        rest, together = _without(inside, leaving), len(threads) == 1
        return self._record("apart", leaving if together else (), [(story, other), rest], ("separated", one, two))

    # the log

    def undo(self, number: int | None = None) -> Correction | None:
        """Take back the last word that is not taken back, and tell which it was.

        None if there is none, or if it is not the one of the `number` given: then another was said since, or it was taken back.
        """
        with self._store.database.writing():
            undone = self._store.corrections.undo(number)
            if undone is not None:
                update_overlay(self._store)
        return undone

    def log(self) -> list[Correction]:
        """All corrections in the order they were made, those that were taken back too."""
        return resolved(self._store, self._store.corrections.all(undone=True))

    def write(self) -> str:
        """All corrections that hold as YAML, with stories by where they were found, for another library."""
        from reader.library.correction_yaml import write

        log = resolved(self._store, self._store.corrections.all())
        return write(
            log, self._store.stories.locators({story for word in log for side in (word.stories, *word.others) for story in side})
        )

    def read(self, data: bytes, source: str) -> CorrectionImport:
        """Take in corrections from the bytes of a YAML file, after those made here; `source` is named in errors.

        Those that are here already are passed over. What is said of stories that are not here holds as soon as they come.
        """
        from reader.library.correction_yaml import read
        from reader.text.encoding import decode

        listed = read(decode(data), source)
        with self._store.database.writing():
            told = resolved(self._store, listed)
            known = {_meant(word) for word in resolved(self._store, self._store.corrections.all())}
            new = [word for word in told if _meant(word) not in known]
            for word in new:
                self._store.corrections.add(word)
            update_overlay(self._store)
            places = dict.fromkeys(story for word in told for side in (word.stories, *word.others) for story in side)
            there = {head.id for head in self._store.stories.headers(ids=places)}
        return CorrectionImport(len(new), len(told) - len(new), tuple(place for place in places if place not in there))

    # inside

    def _record(
        self,
        kind: CorrectionKind,
        stories: Iterable[str],
        others: Sequence[Iterable[str]] = (),
        message: tuple[str, ...] = (),
        text: str = "",
    ) -> Correction:
        """Write a correction, and show the threads as it makes them."""
        new = Correction(number=0, kind=kind, stories=tuple(stories), others=tuple(map(tuple, others)), text=text, message=message)
        with self._store.database.writing():
            written = self._store.corrections.add(new)
            update_overlay(self._store)
        return written

    def _flag(self, kind: CorrectionKind, thread: str, on: bool) -> Correction:
        name, stories = self._thread(thread)
        state = "on" if on else "off"
        return self._record(kind, stories, message=(kind, name, state), text=state)

    def _thread(self, thread: str) -> tuple[str, Sequence[str]]:
        """The name and the stories of a thread as it is shown."""
        shown = self._store.threads.shown(thread)
        if shown is None:
            raise CorrectionError(f"the thread “{thread}” no longer exists; reload the list")
        name, renamed, stories = shown
        return name if renamed else self._followed.stored_name(thread) or name, stories

    def _threads(self, stories: Sequence[str]) -> list[str]:
        """The threads that hold stories, in their order."""
        heads = {head.id: head for head in self._store.stories.headers(ids=stories)}
        gone = [story for story in stories if story not in heads]
        if gone or not stories:
            raise CorrectionError(f"there is no story “{gone[0]}”" if gone else "name at least one story")
        return list(dict.fromkeys(str(heads[story].thread) for story in stories))


def _without(stories: Iterable[str], others: Iterable[str]) -> list[str]:
    """Stories that are not among others, each once."""
    out = set(others)
    return [story for story in dict.fromkeys(stories) if story not in out]


def _meant(word: Correction) -> tuple[object, ...]:
    """What tells one correction from another."""
    return word.kind, word.stories, word.others, word.text, word.at

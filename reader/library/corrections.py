"""The user's corrections of threads: stored forever, undoable, and independent of how stories are clustered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.errors import CorrectionError
from reader.library.correction_overlay import resolve_locators, update_overlay
from reader.library.followed_threads import FollowedThreads
from reader.models import Correction, CorrectionImport, CorrectionKind
from reader.storage.store import Store
from reader.text.tokens import truncated

_MAX_NAME = 200
"""Maximum length of a name in characters."""
_MAX_TITLE = 32
"""Maximum length of a title in messages that name two stories."""


class Corrections:
    """The user's corrections of threads, which are given by their ids as shown; each call is one transaction.

    Each method returns the correction as stored. Raises `CorrectionError` for an invalid one: an unknown thread or story, a thread
    merged with itself, a whole thread split off, or a story moved to its own thread.
    """

    def __init__(self, store: Store, followed: FollowedThreads) -> None:
        self._store = store
        self._followed = followed

    # one thread as a whole

    def rename(self, thread: str, name: str) -> Correction:
        """Rename a thread; an empty name restores the automatic one."""
        from reader.text.sanitize import clean_line

        before, stories = self._thread(thread)
        name = clean_line(name)[:_MAX_NAME]
        message = ("renamed", before, name) if name else ("name_reset", before)
        return self._record("rename", stories, message=message, text=name)

    def pin(self, thread: str, on: bool = True) -> Correction:
        """Pin a thread to the top, or unpin it."""
        return self._flag("pin", thread, on)

    def mute(self, thread: str, on: bool = True) -> Correction:
        """Move a thread to the end, or unmute it."""
        return self._flag("mute", thread, on)

    def follow(self, thread: str, on: bool = True) -> Correction:
        """Follow a thread, or unfollow it; its current stories count as seen, later ones as new."""
        with self._store.database.writing():
            correction = self._flag("follow", thread, on)
            self._store.flags.set_seen(correction.stories)
        return correction

    # composition of threads

    def merge(self, threads: Sequence[str]) -> Correction:
        """Merge threads into one."""
        (name, stories), *others = [self._thread(thread) for thread in dict.fromkeys(threads)] or [("", ())]
        if not others:
            raise CorrectionError("merging takes two or more threads; name another one")
        message = ("merged", name, others[0][0]) if len(others) == 1 else ("merged_many", name, str(len(others)))
        return self._record("merge", stories, [inside for _, inside in others], message)

    def split(self, stories: Sequence[str]) -> Correction:
        """Move some stories of one thread to a new thread."""
        threads = self._threads(stories)
        if len(threads) > 1:
            raise CorrectionError("the stories belong to several threads; name stories of one thread")
        name, inside = self._thread(threads[0])
        rest = _without(inside, stories)
        if not rest:
            raise CorrectionError(f"these are all stories of “{name}”; leave out the ones that stay")
        return self._record("split", stories, [rest], ("split", name, str(len(stories))))

    def move(self, stories: Sequence[str], thread: str) -> Correction:
        """Move stories from their threads to another one."""
        name, target = self._thread(thread)
        moved_stories = _without(stories, target)
        left = [self._thread(each) for each in self._threads(stories) if each != thread]
        if not moved_stories:
            raise CorrectionError(f"“{name}” already contains these stories; name another thread")
        rest = _without([story for _, inside in left for story in inside], moved_stories)
        moved = str(len(moved_stories))
        message = ("moved", name, moved, left[0][0]) if len(left) == 1 else ("moved_from_many", name, moved, str(len(left)))
        return self._record("move", moved_stories, [target, rest], message)

    def apart(self, story: str, other: str) -> Correction:
        """Keep two stories in different threads; the second leaves if they share one.

        The other stories of its event leave with it, unless the first story is part of that event.
        """
        if story == other:
            raise CorrectionError("a story cannot be kept apart from itself; name two stories")
        threads = self._threads([story, other])
        inside = self._thread(threads[-1])[1]
        events = self._store.threads.clustered(inside).events
        event = events.get(other)
        moved_stories = [
            each for each in inside if each == other or (event is not None and events.get(each) == event != events.get(story))
        ]
        one, two = (truncated(head.title, _MAX_TITLE) for head in self._store.stories.headers(ids=[story, other]))
        rest, together = _without(inside, moved_stories), len(threads) == 1
        return self._record("apart", moved_stories if together else (), [(story, other), rest], ("separated", one, two))

    # the log

    def undo(self, number: int | None = None) -> Correction | None:
        """Undo the last active correction, and return it.

        None if there is none, or if its number is not `number` because it was undone or followed by another one.
        """
        with self._store.database.writing():
            undone = self._store.corrections.undo(number)
            if undone is not None:
                update_overlay(self._store)
        return undone

    def log(self) -> list[Correction]:
        """All corrections in the order they were made, including undone ones."""
        return resolve_locators(self._store, self._store.corrections.all(undone=True))

    def write(self) -> str:
        """All active corrections as YAML, with locators in place of story ids, for another library."""
        from reader.library.correction_yaml import write

        log = resolve_locators(self._store, self._store.corrections.all())
        return write(log, self._store.stories.locators(_stories(log)))

    def read(self, data: bytes, source: str) -> CorrectionImport:
        """Import corrections from the bytes of a YAML file, after existing ones; `source` names the file in errors.

        Corrections that exist already are skipped. Those of missing stories apply as soon as the stories arrive.
        """
        from reader.library.correction_yaml import read
        from reader.text.encoding import decode

        listed = read(decode(data), source)
        with self._store.database.writing():
            imported = resolve_locators(self._store, listed)
            known = {_identity(correction) for correction in resolve_locators(self._store, self._store.corrections.all())}
            new = [correction for correction in imported if _identity(correction) not in known]
            for correction in new:
                self._store.corrections.add(correction)
            update_overlay(self._store)
            places = _stories(imported)
            present = {head.id for head in self._store.stories.headers(ids=places)}
        return CorrectionImport(len(new), len(imported) - len(new), tuple(place for place in places if place not in present))

    # inside

    def _record(
        self,
        kind: CorrectionKind,
        stories: Iterable[str],
        others: Sequence[Iterable[str]] = (),
        message: tuple[str, ...] = (),
        text: str = "",
    ) -> Correction:
        """Store a correction, and update the overlay."""
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
        """Name and stories of a thread as shown."""
        shown = self._store.threads.shown(thread)
        if shown is None:
            raise CorrectionError(f"the thread “{thread}” no longer exists; reload the list")
        name, renamed, stories = shown
        return name if renamed else self._followed.stored_name(thread) or name, stories

    def _threads(self, stories: Sequence[str]) -> list[str]:
        """Threads that contain these stories, in order."""
        heads = {head.id: head for head in self._store.stories.headers(ids=stories)}
        gone = [story for story in stories if story not in heads]
        if gone or not stories:
            raise CorrectionError(f"there is no story “{gone[0]}”" if gone else "name at least one story")
        return list(dict.fromkeys(str(heads[story].thread) for story in stories))


def _stories(log: Iterable[Correction]) -> list[str]:
    """Distinct stories, or locators of missing ones, in corrections."""
    return list(dict.fromkeys(story for each in log for side in (each.stories, *each.others) for story in side))


def _without(stories: Iterable[str], others: Iterable[str]) -> list[str]:
    """Distinct stories that are not among `others`."""
    out = set(others)
    return [story for story in dict.fromkeys(stories) if story not in out]


def _identity(correction: Correction) -> tuple[object, ...]:
    """Identity of a correction, for finding duplicates."""
    return correction.kind, correction.stories, correction.others, correction.text, correction.at

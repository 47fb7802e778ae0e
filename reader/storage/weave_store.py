"""What the threads remember, in the same file as the stories."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reader.storage import clusters
from reader.storage import threads as derived
from reader.storage.correction_store import CorrectionStore
from reader.storage.threads import DerivedState, ThreadUpdate

_NAMES = "SELECT id, automatic, names FROM thread WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class StoryChange:
    """The last thing that happened to a story: its number in the log, and whether the story is gone."""

    seq: int
    story: str
    gone: bool


class WeaveStore(CorrectionStore):
    """The part of the store that knows which stories are woven, and how."""

    def backlog(self) -> list[StoryChange]:
        """The changes that no thread knows of yet: stories that are gone first, then the others by date, the oldest first."""
        with self._database.reading() as db:
            return [StoryChange(row["seq"], row["story"], bool(row["gone"])) for row in clusters.backlog(db)]

    def unforeseen(self, days: float) -> int:
        """How many of those came otherwise than in order of date, by so many days: see `woven.unforeseen`."""
        with self._database.reading() as db:
            return clusters.unforeseen(db, days)

    def woven(self) -> int:
        """How many stories are woven."""
        with self._database.reading() as db:
            return int(db.execute("SELECT count(*) FROM member").fetchone()[0])

    def members_since(self, arrival: int) -> dict[str, bytes]:
        """The members of the events that hold a story which came at this place or later."""
        with self._database.reading() as db:
            return clusters.members_since(db, arrival)

    def members_of(self, *, stories: Iterable[str] = (), events: Iterable[int] = ()) -> dict[str, bytes]:
        """The members for these stories, and those of these events."""
        with self._database.reading() as db:
            return clusters.members_of(db, stories=stories, events=events)

    def stories_of(self, events: Iterable[int]) -> dict[str, int]:
        """The stories of these events, each with its event's number."""
        with self._database.reading() as db:
            return clusters.stories_of(db, events)

    def event_of(self, stories: Iterable[str]) -> dict[str, int]:
        """The number of the event of each of these stories; one that is not tied yet has none."""
        with self._database.reading() as db:
            return clusters.event_of(db, stories)

    def events_of(self, stories: Collection[str]) -> dict[str, set[int]]:
        """The threads that hold these stories, each with the numbers of all its events."""
        with self._database.reading() as db:
            return clusters.events_of(db, stories)

    def names_of(self, threads: Iterable[str]) -> dict[str, tuple[str, str]]:
        """The automatic name of each of these threads, and the names found for it as they were kept."""
        with self._database.reading() as db:
            found = db.execute(_NAMES, (json.dumps(list(threads)),))
            return {row["id"]: (row["automatic"], row["names"]) for row in found}

    def sharing(self, terms: Iterable[str], newest: int, before: int | None = None) -> dict[str, list[int]]:
        """When stories came that have these terms among their heaviest: see `woven.sharing`."""
        with self._database.reading() as db:
            return clusters.sharing(db, terms, newest, before)

    def arrived(self, arrivals: Iterable[int]) -> dict[int, str]:
        """The stories that came at these places and are still as they were then."""
        with self._database.reading() as db:
            return clusters.arrived(db, arrivals)

    def save_weave(self, weave: ThreadUpdate) -> None:
        """Keep what a step of weaving changed."""
        with self._database.writing() as db:
            clusters.write(db, weave)

    def forget_weave(self, recipe: int) -> None:
        """Forget all that was woven, and begin anew by another recipe."""
        with self._database.writing() as db:
            clusters.forget(db)
            derived.write_state(db, "threads", DerivedState(recipe, 0))

"""The stories and what the reader made of them: the truth of the library, in one SQLite file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from reader.models import Facets, FieldValue, ImportReport, Outcome, Story, StoryHeader, StoryText, Thread, ThreadHeading, Version
from reader.storage import facets, feed_items, story_rows
from reader.storage import stories as keeping
from reader.storage import threads as derived
from reader.storage.feed_items import FeedItemRow
from reader.storage.reading_history import SeenStore
from reader.storage.threads import DerivedState
from reader.storage.weave_store import StoryChange

# ids go into a statement as one JSON parameter, so that any number of them fits
_STORIES = "SELECT * FROM story JOIN text ON text.story = story.id WHERE id IN (SELECT value FROM json_each(?))"
_TELLINGS = """
    SELECT id, title, title_made, published, outlet, body FROM story JOIN text ON text.story = story.id
    WHERE id IN (SELECT value FROM json_each(?))
"""
_HEADS = """
    SELECT s.*, e.time, e.sure, e.why, coalesce(o.thread, p.thread, 'w' || s.id) AS thread,
           EXISTS (SELECT 1 FROM mark m WHERE m.name = 'read' AND m.story = s.id) AS read,
           EXISTS (SELECT 1 FROM mark m WHERE m.name = 'starred' AND m.story = s.id) AS starred
    FROM story s LEFT JOIN estimate e ON e.story = s.id
    LEFT JOIN placed p ON p.story = s.id LEFT JOIN own_placed o ON o.story = s.id
"""
_INSIDE = "s.id IN (SELECT story FROM shown_placed WHERE thread = ?) ORDER BY coalesce(o.place, p.place)"
_AMONG = "s.id IN (SELECT value FROM json_each(?))"
_COPIES = "SELECT id FROM story WHERE wording = (SELECT wording FROM story WHERE id = ?) AND id <> ? ORDER BY published, id"
_WORDINGS = "SELECT id, wording FROM story WHERE id IN (SELECT value FROM json_each(?)) AND wording IS NOT NULL"
_SET_MARK = "INSERT OR IGNORE INTO mark SELECT ?, id FROM story WHERE id IN (SELECT value FROM json_each(?))"
_TAKE_MARK = "DELETE FROM mark WHERE name = ? AND story IN (SELECT value FROM json_each(?))"


class Store(SeenStore):
    """The library's stories and feeds, and what the reader said of threads; any thread may call it.

    Raises `ShelfError` where the file cannot be used.
    """

    # Stories

    def put(self, story: Story) -> tuple[str, Outcome]:
        """Keep a story; its id, and whether it was added, updated or known already: see `keeping.put`."""
        with self._database.writing() as db:
            return keeping.put(db, story)

    def put_entries(self, feed: str, listed: Iterable[FeedItemRow]) -> ImportReport:
        """Keep what a feed lists; what became of each entry: see `entries.put_entries`."""
        with self._database.writing() as db:
            return feed_items.put_entries(db, feed, listed)

    def set_full_text(self, key: str, page: Story) -> Outcome:
        """Give a story the text of its page; what the feed gave of it stays as its summary."""
        with self._database.writing() as db:
            return feed_items.put_full_text(db, key, page)

    def versions(self, key: str) -> list[Version]:
        """The wordings a story had before, the latest first."""
        with self._database.reading() as db:
            return keeping.versions(db, key)

    def copies(self, key: str) -> list[str]:
        """The ids of the other stories whose body has the very same words."""
        with self._database.reading() as db:
            found = db.execute(_COPIES, (key, key))
            return [row["id"] for row in found]

    def wordings(self, ids: Iterable[str]) -> dict[str, str]:
        """The digest of the words of each body, the same for those that have the very same words; a short body has none."""
        with self._database.reading() as db:
            found = db.execute(_WORDINGS, (json.dumps(list(ids)),))
            return {row["id"]: row["wording"] for row in found}

    def remove(self, ids: Iterable[str]) -> int:
        """Take stories off the shelf with all that belongs to them; how many there were."""
        with self._database.writing() as db:
            return sum(keeping.remove(db, key) for key in ids)

    def story(self, key: str) -> Story:
        """The whole story by its id; raises KeyError if there is none."""
        with self._database.reading() as db:
            row = db.execute(keeping.STORY, (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return story_rows.restore(row)

    def stories(self, ids: Iterable[str]) -> list[Story]:
        """The whole stories in the order asked; an id without a story is left out."""
        asked = list(ids)
        with self._database.reading() as db:
            found = {row["id"]: story_rows.restore(row) for row in db.execute(_STORIES, (json.dumps(asked),))}
        return [found[key] for key in asked if key in found]

    def tellings(self, ids: Iterable[str]) -> dict[str, StoryText]:
        """What threads read of stories, by their ids in the order asked; an id without a story is left out."""
        asked = list(ids)
        with self._database.reading() as db:
            found = {row["id"]: story_rows.telling(row) for row in db.execute(_TELLINGS, (json.dumps(asked),))}
        return {key: found[key] for key in asked if key in found}

    def heads(self, ids: Iterable[str] | None = None, thread: str | None = None) -> list[StoryHeader]:
        """Stories without their text: these ids in the order asked, or a thread's or all, the oldest first."""
        with self._database.reading() as db:
            if ids is not None:
                asked = list(ids)
                chosen = db.execute(f"{_HEADS} WHERE {_AMONG}", (json.dumps(asked),))
                found = {row["id"]: story_rows.head(row) for row in chosen}
                return [found[key] for key in asked if key in found]
            if thread is not None:
                inside = [story_rows.head(row) for row in db.execute(f"{_HEADS} WHERE {_INSIDE}", (thread,))]
                if inside or not thread.startswith("w"):
                    return inside
                return [story_rows.head(row) for row in db.execute(f"{_HEADS} WHERE s.id = ?", (thread[1:],))]
            return [story_rows.head(row) for row in db.execute(f"{_HEADS} ORDER BY coalesce(s.published, e.time, '~'), s.id")]

    def find(self, prefix: str) -> list[str]:
        """The ids that begin so, in order; none for an empty prefix."""
        start = prefix.strip().lower()
        with self._database.reading() as db:
            found = db.execute("SELECT id FROM story WHERE id >= ? AND id < ? ORDER BY id", (start, f"{start}~"))
            return [row["id"] for row in found] if start else []

    def addresses(self, key: str) -> list[str]:
        """Every address a story stands at now, in alphabetical order."""
        with self._database.reading() as db:
            return keeping.addresses(db, key)

    def outlets(self) -> list[str]:
        """The outlets that are named, in alphabetical order."""
        with self._database.reading() as db:
            found = db.execute("SELECT DISTINCT outlet FROM story WHERE outlet IS NOT NULL ORDER BY outlet")
            return [row["outlet"] for row in found]

    def headings(self, threads: Iterable[str]) -> dict[str, ThreadHeading]:
        """The threads of these ids, as shown, by their id: see `tallies.headings`."""
        with self._database.reading() as db:
            return facets.headings(db, threads)

    def names(self) -> list[tuple[str, str, bool]]:
        """What each thread is called: its id, its name, and whether that is the reader's own."""
        with self._database.reading() as db:
            return facets.names(db)

    def stories_in(self, threads: Collection[str]) -> list[str]:
        """The ids of the stories of these threads."""
        with self._database.reading() as db:
            return facets.stories_of(db, threads)

    def tally(self, stories: Collection[str]) -> Facets:
        """How many of these stories there are by outlet and by month."""
        with self._database.reading() as db:
            return facets.tally(db, stories)

    def values(self, field: str) -> list[FieldValue]:
        """What a field of the query language can be asked for: see `tallies.values`."""
        with self._database.reading() as db:
            return facets.values(db, field)

    def contents(self) -> dict[str, str]:
        """The digest of what each story says, by id."""
        with self._database.reading() as db:
            return {row["id"]: row["content"] for row in db.execute("SELECT id, content FROM story")}

    def count(self) -> int:
        """How many stories there are."""
        with self._database.reading() as db:
            return int(db.execute("SELECT count(*) FROM story").fetchone()[0])

    # The reader's marks

    def set_read(self, ids: Iterable[str], on: bool) -> int:
        """Mark stories read, or unread; how many that changed."""
        return self._mark("read", ids, on)

    def set_starred(self, ids: Iterable[str], on: bool) -> int:
        """Star stories, or take their stars; how many that changed."""
        return self._mark("starred", ids, on)

    def set_seen(self, ids: Iterable[str]) -> int:
        """Note that the reader has seen these stories in a followed thread; how many that changed."""
        return self._mark("seen", ids, True)

    def marked(self, name: str) -> list[str]:
        """The ids of the stories with a mark: 'read', 'starred', 'seen'."""
        with self._database.reading() as db:
            # as one text, for there may be a hundred thousand
            return str(
                db.execute("SELECT coalesce(group_concat(story, ' '), '') FROM mark WHERE name = ?", (name,)).fetchone()[0]
            ).split()

    def unread(self) -> int:
        """How many stories are not read yet."""
        with self._database.reading() as db:
            read = db.execute("SELECT count(*) FROM mark WHERE name = 'read'").fetchone()[0]
            return int(db.execute("SELECT count(*) FROM story").fetchone()[0] - read)

    def _mark(self, name: str, ids: Iterable[str], on: bool) -> int:
        with self._database.writing() as db:
            return db.execute(_SET_MARK if on else _TAKE_MARK, (name, json.dumps(list(ids)))).rowcount

    # The log, and what is derived from it

    def changes(self, after: int, limit: int = -1) -> list[StoryChange]:
        """What happened after this number of the log: of each story the last change, in order; after 0, every story."""
        with self._database.reading() as db:
            found = db.execute("SELECT seq, story, gone FROM change WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit))
            return [StoryChange(row["seq"], row["story"], bool(row["gone"])) for row in found]

    def last_change(self) -> int:
        """The number of the last change of the log; 0 where there was none."""
        with self._database.reading() as db:
            return int(db.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])

    def state(self, name: str) -> DerivedState:
        """How far a derived thing ('threads', 'index') is; `DerivedState()` if it was never made."""
        with self._database.reading() as db:
            return derived.read_state(db, name)

    def set_state(self, name: str, state: DerivedState) -> None:
        """Note how far a derived thing is that is kept elsewhere."""
        with self._database.writing() as db:
            derived.write_state(db, name, state)

    def threads(self) -> list[Thread]:
        """The threads as they are shown, the latest first (see `derived.read_threads`); what is unread is counted now."""
        with self._database.reading() as db:
            return derived.read_threads(db)

    def note(self, key: str) -> str | None:
        """A small text kept under a key."""
        with self._database.reading() as db:
            row = db.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
            return None if row is None else str(row["value"])

    def set_note(self, key: str, value: str) -> None:
        """Keep a small text under a key."""
        with self._database.writing() as db:
            db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (key, value))

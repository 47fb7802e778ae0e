"""What a feed lists, to stories: which are new, which are changed, and which another feed told already."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.models import FeedEntry, ImportReport, Outcome, Story
from reader.storage import stories, story_rows
from reader.storage.database import Database

_MUCH_LONGER = 1.5
"""How much longer a body must be to be another one's full text."""


@dataclass(frozen=True, slots=True)
class FeedItemRow:
    """An entry made ready for the shelf: its id in the feed, the digest of what it says, and its rows, that still want an id."""

    guid: str
    content: str
    story_row: dict[str, story_rows.Value]
    text_row: dict[str, story_rows.Value]

    @property
    def story(self) -> Story:
        """The story it tells."""
        return story_rows.restore(self.story_row | self.text_row)


def listed(entries: Iterable[FeedEntry]) -> list[FeedItemRow]:
    """Make entries ready; it takes longer than keeping them, and any process may do it."""
    return [
        FeedItemRow(entry.guid, content, story_rows.story_row(entry.story, "", content), story_rows.text_row(entry.story, ""))
        for entry in entries
        for content in (story_rows.digest(entry.story),)
    ]


class FeedItemStore:
    """The items that feeds list, each of which is a story."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, feed: str, entries: Iterable[FeedItemRow]) -> ImportReport:
        """Store what the feed at this address lists; empty for a feed that is not followed.

        An entry is known by its id in this feed: one with the same content as before is passed over; one with other content updates
        its story, whose older wording is kept. An entry that is new here is the story of the same content, or of the same address
        in another feed, if there is one; of two wordings that only differ in how much they give of the text the longer stays. Else
        it is a new story.
        """
        made: dict[Outcome, list[str]] = {"added": [], "updated": [], "unchanged": []}
        with self._database.writing() as db:
            known = {
                row["guid"]: (row["story"], row["digest"])
                for row in db.execute("SELECT guid, story, digest FROM feed_item WHERE feed = ?", (feed,))
            }
            for entry in entries:
                story, digest = known.get(entry.guid, (None, ""))
                if digest != entry.content:
                    story, outcome = _changed(db, story, entry) if story else _new(db, feed, entry)
                    _note(db, feed, entry, story)
                    known[entry.guid] = (story, entry.content)
                else:
                    outcome = "unchanged"
                made[outcome].append(str(story))
        return ImportReport(tuple(made["added"]), tuple(made["updated"]), tuple(made["unchanged"]))

    def set_full_text(self, key: str, page: Story) -> Outcome:
        """Give a story the text of its page: the feed's text stays as its summary, and what the feed stated stays as it is."""
        with self._database.writing() as db:
            kept = story_rows.restore(db.execute(stories.STORY, (key,)).fetchone())
            full = replace(
                kept,
                body=page.body,
                captions=page.captions,
                removed=page.removed,
                summary=kept.summary or (kept.body if _length(kept) * _MUCH_LONGER < _length(page) else ()),
                byline=kept.byline if kept.byline.value else page.byline,
                published=kept.published if kept.published.value else page.published,
            )
            content = story_rows.digest(full)
            if db.execute("SELECT 1 FROM story WHERE digest = ?", (content,)).fetchone():
                return "unchanged"
            stories.write(db, key, full, content)
            return "updated"


def _changed(db: sqlite3.Connection, key: str, entry: FeedItemRow) -> tuple[str, Outcome]:
    """The story of an entry that says something else now."""
    kept, story, content = story_rows.restore(db.execute(stories.STORY, (key,)).fetchone()), entry.story, entry.content
    if _length(kept) > _MUCH_LONGER * _length(story):  # its full text was fetched; the feed goes on listing a summary
        story = replace(story, body=kept.body, captions=kept.captions, removed=kept.removed, summary=story.summary or story.body)
        content = story_rows.digest(story)
    if twin := db.execute("SELECT id FROM story WHERE digest = ?", (content,)).fetchone():
        return twin["id"], "unchanged"
    stories.revise(db, key, replace(story, address=kept.address, source=kept.source), content)
    return key, "updated"


def _new(db: sqlite3.Connection, feed: str, entry: FeedItemRow) -> tuple[str, Outcome]:
    """The story of an entry that this feed did not list before."""
    row = entry.story_row
    twin = db.execute("SELECT id FROM story WHERE digest = ?", (entry.content,)).fetchone()
    if twin:
        stories.note_address(db, twin["id"], row)
        return twin["id"], "unchanged"
    held = db.execute("SELECT story FROM story_address WHERE address = ?", (row["address"],)).fetchone()
    if held and not db.execute("SELECT 1 FROM feed_item WHERE story = ? AND feed = ?", (held["story"], feed)).fetchone():
        key, story = held["story"], entry.story
        kept = story_rows.restore(db.execute(stories.STORY, (key,)).fetchone())
        if _length(story) <= _MUCH_LONGER * _length(kept):
            return key, "unchanged"
        stories.revise(db, key, replace(story, source=kept.source), entry.content)
        return key, "updated"
    if held:  # a feed that gives several of its stories one address
        row = row | {"address": f"{feed}#{entry.guid}"}
    key = stories.add(db, row, entry.text_row, entry.content)
    stories.note_address(db, key, row)
    return key, "added"


def _note(db: sqlite3.Connection, feed: str, entry: FeedItemRow, key: str) -> None:
    """Note that the feed lists the story."""
    published = entry.story_row["published"]
    row = (feed, entry.guid, key, entry.story_row["address"], published and str(published)[:10], entry.content)
    db.execute("INSERT OR REPLACE INTO feed_item VALUES (?, ?, ?, ?, ?, ?)", row)


def _length(story: Story) -> int:
    """Characters of the body."""
    return sum(map(len, story.body))

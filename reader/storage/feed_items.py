"""What a feed lists, to stories: which are new, which are changed, and which another feed told already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.models import FeedEntry, ImportReport, Outcome, Story
from reader.storage import outlets, stories, story_rows
from reader.storage.database import Database
from reader.storage.item_matcher import MUCH_LONGER, ItemMatcher
from reader.storage.outlets import FeedOutlet


@dataclass(frozen=True, slots=True)
class FeedItemRow:
    """An entry made ready for the shelf: its id in the feed, the digest of what it says, and its rows, that still want an id."""

    guid: str
    content: str
    story_row: dict[str, story_rows.Value]
    text_row: dict[str, story_rows.Value]

    @property
    def url(self) -> str | None:
        """The address of its page."""
        url = self.story_row["url"]
        return None if url is None else str(url)

    @property
    def outlet(self) -> str | None:
        """The outlet it states."""
        outlet = self.story_row["outlet"]
        return None if outlet is None else str(outlet)

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

    def put(self, feed: str, entries: Iterable[FeedItemRow], outlet: FeedOutlet | None = None) -> ImportReport:
        """Store what the feed at this address lists; empty for a feed that is not followed, whose `outlet` must be given.

        An entry is known by its id in this feed: one with the same content as before is passed over; one with other content updates
        its story, whose older wording is kept. An entry that is new here is the story of the same content, or of the same address
        in another feed, if there is one; of two wordings that only differ in how much they give of the text the longer stays. Else
        it is a new story.
        """
        items = list(entries)
        made: dict[Outcome, list[str]] = {"added": [], "updated": [], "unchanged": []}
        with self._database.writing() as db:
            matcher = ItemMatcher(db, feed, items, outlet or outlets.of_feed(db, feed))
            for entry in items:
                story, outcome = matcher.put(entry)
                made[outcome].append(story)
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
                summary=kept.summary or (kept.body if _length(kept) * MUCH_LONGER < _length(page) else ()),
                byline=kept.byline if kept.byline.value else page.byline,
                published=kept.published if kept.published.value else page.published,
            )
            content = story_rows.digest(full)
            if db.execute("SELECT 1 FROM story WHERE digest = ?", (content,)).fetchone():
                return "unchanged"
            stories.write(db, key, full, content)
            if page.outlet.value:
                outlets.state(db, key, page.outlet.value)
            return "updated"


def _length(story: Story) -> int:
    """Characters of the body."""
    return sum(map(len, story.body))

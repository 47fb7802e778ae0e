"""Storage of feed items: new stories, changed ones, and those that another feed lists too."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from reader.models import FeedEntry, ImportReport, Outcome, Story
from reader.storage import outlets, stories, story_rows
from reader.storage.database import Database
from reader.storage.item_matcher import MUCH_LONGER, ItemMatcher
from reader.storage.outlets import FeedOutlet

_SAME_PAGE = """
    INSERT INTO feed_item SELECT feed, :guid, story, address, :day, :digest FROM feed_item
    WHERE feed = :feed AND address = :address LIMIT 1
"""


class FeedItemRow(Struct, frozen=True):
    """A feed entry prepared for storage: its id in the feed, the digest of its content, and its rows without a story id."""

    guid: str
    digest: str
    story_row: dict[str, story_rows.Value]
    text_row: dict[str, story_rows.Value]

    @property
    def url(self) -> str | None:
        """Address of its page."""
        url = self.story_row["url"]
        return None if url is None else str(url)

    @property
    def outlet(self) -> str | None:
        """Outlet that the entry states."""
        outlet = self.story_row["outlet"]
        return None if outlet is None else str(outlet)

    @property
    def story(self) -> Story:
        """Story of the entry."""
        return story_rows.restore(self.story_row | self.text_row)


def feed_item_rows(entries: Iterable[FeedEntry]) -> list[FeedItemRow]:
    """Prepare entries for storage: slower than storing them, and possible in any process."""
    return [
        FeedItemRow(entry.guid, digest, story_rows.story_row(entry.story, "", digest), story_rows.text_row(entry.story, ""))
        for entry in entries
        for digest in (story_rows.digest(entry.story),)
    ]


class FeedItemStore:
    """Items of feeds; each is a story."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, feed: str, entries: Iterable[FeedItemRow], outlet: FeedOutlet | None = None) -> ImportReport:
        """Store the entries of the feed at this address; of a feed without subscription, the `outlet` must be given.

        An entry is identified by its id in this feed: one with unchanged content is skipped; one with new content updates its
        story, whose earlier version is kept. An entry with a new id belongs to the story with the same content, or with the same
        address in another feed, if there is one; of two versions that differ only in how much of the text they contain, the longer
        one is kept. Otherwise it is a new story.
        """
        items = list(entries)
        made: dict[Outcome, list[str]] = {"added": [], "updated": [], "unchanged": []}
        with self._database.writing() as db:
            matcher = ItemMatcher(db, feed, items, outlet or outlets.of_feed(db, feed))
            for entry in items:
                story, outcome = matcher.put(entry)
                made[outcome].append(story)
        return ImportReport(tuple(made["added"]), tuple(made["updated"]), tuple(made["unchanged"]))

    def put_missing(self, feed: str, entries: Iterable[FeedItemRow], outlet: FeedOutlet | None = None) -> list[str]:
        """Store the entries whose ids the feed has not listed before, as `put` does; returns the ids of new stories.

        An entry whose page the feed listed under another id is recorded under both, and its story stays as it is.
        """
        with self._database.writing() as db:
            known = {row["guid"] for row in db.execute("SELECT guid FROM feed_item WHERE feed = ?", (feed,))}
            new = [entry for entry in entries if entry.guid not in known]
            for entry in new if known else ():
                db.execute(_SAME_PAGE, {"feed": feed, "guid": entry.guid, "digest": entry.digest, **_page(entry)})
            known = {row["guid"] for row in db.execute("SELECT guid FROM feed_item WHERE feed = ?", (feed,))} if known else known
            return list(self.put(feed, [entry for entry in new if entry.guid not in known], outlet).added)

    def stories(self, feed: str) -> dict[str, str]:
        """Ids of the stories of a feed by their ids in the feed."""
        with self._database.reading() as db:
            return {row["guid"]: row["story"] for row in db.execute("SELECT guid, story FROM feed_item WHERE feed = ?", (feed,))}

    def set_full_text(self, key: str, page: Story) -> Outcome:
        """Give a story the text of its page: the feed's text becomes its summary, and the fields stated by the feed are kept."""
        with self._database.writing() as db:
            kept = story_rows.restore(db.execute(stories.STORY, (key,)).fetchone())
            full = replace(
                kept,
                body=page.body,
                captions=page.captions,
                removed=page.removed,
                blocks=page.blocks,
                media=(*(each for each in kept.media if each.at is None), *(each for each in page.media if each.at is not None)),
                subscribers_only=page.subscribers_only,
                summary=kept.summary or (kept.body if _length(kept) * MUCH_LONGER < _length(page) else ()),
                byline=kept.byline if kept.byline.value else page.byline,
                published=kept.published if kept.published.value else page.published,
            )
            digest = story_rows.digest(full)
            if db.execute("SELECT 1 FROM story WHERE digest = ?", (digest,)).fetchone():
                return "unchanged"
            stories.write(db, key, full, digest)
            if page.outlet.value:
                outlets.state(db, key, page.outlet.value)
            return "updated"


def _page(entry: FeedItemRow) -> dict[str, story_rows.Value]:
    """Address and day of an entry."""
    published = entry.story_row["published"]
    return {"address": entry.story_row["address"], "day": published and str(published)[:10]}


def _length(story: Story) -> int:
    """Number of characters in the body."""
    return sum(map(len, story.body))

"""Matching of feed items to stories: an unchanged one, a changed one, one that another feed lists, or a new one."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.models import Outcome, Story
from reader.storage import outlets, stories, story_rows
from reader.storage.outlets import FeedOutlet
from reader.text.tokens import fold, tokens

if TYPE_CHECKING:
    from reader.storage.feed_items import FeedItemRow

MUCH_LONGER = 1.5
"""Ratio of lengths from which a body counts as the full text of another."""
MOST_VERSIONS = 20
"""Maximum number of earlier versions per story: the first one and the latest ones."""
_SAME_TITLE, _SAME_BODY = 1 / 3, 0.5  # the share of words below which texts are of different stories
_SAME_DAY_FACTOR = 0.5  # factor of both for stories of one day
_COMPARED = 4000  # characters of a body that are compared
_TAIL = 40  # characters at the end of a body that may hold a counter
_COUNTED = (
    "comments?|kommentare?r?|commentaires?|comentarios?|comentários?|commenti|reacties|komentarz[ey]|replies|responses|views?|aufrufe"
    "|vues|visualizaciones|likes?|shares?|votes?|points?|reads?|retweets?|upvotes?|plays|downloads|followers|コメント|评论|评论数|回复"
)
_DIGITS = re.compile(r"\d[\d.,]*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_UNLISTED = """
    SELECT feed_item.guid, feed_item.story, story.title FROM feed_item JOIN story ON story.id = feed_item.story
    WHERE feed_item.feed = ? AND NOT title_generated AND (day IS NULL OR day IN (SELECT value FROM json_each(?)))
"""


class ItemMatcher:
    """Matches the items of one fetch of a feed to stories; requires a transaction.

    `feed` is the feed's address, `outlet` its outlet. Items are identified by their key in the feed;
    where a feed gives new keys to the same items or one key to different items, link, headline and text decide.
    """

    def __init__(self, db: sqlite3.Connection, feed: str, entries: Sequence[FeedItemRow], outlet: FeedOutlet) -> None:
        self._db, self._feed, self._entries, self._outlet = db, feed, entries, outlet
        self._listed = {entry.guid for entry in entries}
        self._next_time = datetime.now(UTC)
        found = db.execute("SELECT guid, story, digest FROM feed_item WHERE feed = ?", (feed,))
        self._known: dict[str, tuple[str, str]] = {row["guid"]: (row["story"], row["digest"]) for row in found}

    def put(self, entry: FeedItemRow) -> tuple[str, Outcome]:
        """Store an item; returns the id of its story, and the outcome. Items are given in the order of the feed, newest first."""
        self._next_time -= timedelta(microseconds=1)  # undated stories keep the order of the feed
        key = entry.guid
        for key in (entry.guid, f"{entry.guid}#{fold(str(entry.story_row['title']))[:100]}"):
            if key not in self._known:
                break
            story, digest = self._known[key]
            if digest == entry.digest:
                stories.restructure(self._db, story, entry.story_row, entry.text_row)
                return story, "unchanged"
            kept = self._story(story)
            if key != entry.guid or not is_other_story(kept, entry.story):
                return self._record(key, entry, *self._update(kept, entry))
        return self._record(key, entry, *self._match_new(entry))

    def _update(self, kept: Story, entry: FeedItemRow) -> tuple[str, Outcome]:
        """Give a story the new content of its item; the earliest stated date is kept, and changed counters are ignored."""
        story = entry.story
        if _length(kept) > MUCH_LONGER * _length(story):  # its full text was fetched, and the feed still lists a summary
            story = replace(
                story,
                body=kept.body,
                blocks=kept.blocks,
                media=kept.media,
                captions=kept.captions,
                removed=kept.removed,
                summary=story.summary or story.body,
            )
        earlier = _is_earlier(story.published.value, kept.published.value)
        story = replace(story, published=story.published if earlier else kept.published, address=kept.address, source=kept.source)
        same = replace(kept, published=story.published)
        digest = story_rows.digest(story)
        if digest == story_rows.digest(kept):
            stories.restructure(self._db, kept.id, entry.story_row, entry.text_row)
            return kept.id, "unchanged"
        if self._is_counter(kept, story) and not earlier:
            return kept.id, "unchanged"
        if twin := self._db.execute("SELECT id FROM story WHERE digest = ?", (digest,)).fetchone():
            return twin["id"], "unchanged"
        if not earlier and is_same_text(kept, story):
            if len(story.removed) > len(kept.removed):
                stories.write(self._db, kept.id, story, digest)
            return kept.id, "unchanged"
        if digest == story_rows.digest(same):
            stories.write(self._db, kept.id, story, digest)
        else:
            stories.revise(self._db, kept.id, story, digest)
            self._prune_versions(kept.id)
        return kept.id, "updated"

    def _match_new(self, entry: FeedItemRow) -> tuple[str, Outcome]:
        """Story of an item that this feed has not listed before."""
        row = entry.story_row
        if twin := self._db.execute("SELECT id FROM story WHERE digest = ?", (entry.digest,)).fetchone():
            stories.add_address(self._db, twin["id"], row)
            return twin["id"], "unchanged"
        places = [place for place in dict.fromkeys((row["address"], row["url"])) if place]
        if row["address"] == f"{self._feed}#{entry.guid}":
            places = places[:1]  # other items share its link
        for place in places:
            held = self._db.execute("SELECT story FROM story_address WHERE address = ?", (place,)).fetchone()
            if held and (found := self._at_address(held["story"], entry)):
                return found
        if renamed := self._renamed.get(str(row["title"])) if not row["title_generated"] else None:
            kept = self._story(renamed)
            if not is_other_story(kept, entry.story):
                return self._update(kept, entry)
        if self._db.execute("SELECT 1 FROM story_address WHERE address = ?", (row["address"],)).fetchone():
            row = row | {"address": f"{self._feed}#{entry.guid}"}
        outlet = outlets.of_entry(self._db, self._outlet, entry.url, entry.outlet)
        key = stories.add(self._db, row, entry.text_row, entry.digest, outlet, self._next_time, self._listed_by(entry))
        stories.add_address(self._db, key, row)
        return key, "added"

    def _at_address(self, story: str, entry: FeedItemRow) -> tuple[str, Outcome] | None:
        """Outcome for the story at the address of a new item; None if it is a different story."""
        found = self._db.execute("SELECT guid FROM feed_item WHERE story = ? AND feed = ?", (story, self._feed))
        keys = [row["guid"] for row in found]
        kept = self._story(story)
        if any(key in self._listed for key in keys) or is_other_story(kept, entry.story):
            return None
        if keys:  # the feed gave the item a new guid
            return self._update(kept, entry)
        if _length(entry.story) <= MUCH_LONGER * _length(kept):
            return story, "unchanged"
        stories.revise(self._db, story, replace(entry.story, source=kept.source, address=kept.address), entry.digest)
        return story, "updated"

    def _listed_by(self, entry: FeedItemRow) -> str | None:
        """Time by which a new story that is dated ahead is listed: just below the newest dated story of the feed."""
        if entry.story_row["published"] or not self._newest:
            return None
        reason: str = json.loads(str(entry.text_row["field_reasons"]))["published"][1]
        return self._newest if reason.startswith("feed_ahead") else None

    @cached_property
    def _newest(self) -> str | None:
        """The minute before the newest stated time of the feed; None without any."""
        times = [str(time) for entry in self._entries if (time := entry.story_row["published"])]
        if not times:
            return None
        return (datetime.fromisoformat(max(times).removesuffix("Z")) - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M")

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """Stories of the same days whose items the feed no longer lists, by headline."""
        if not self._known:
            return {}
        days = {str(entry.story_row["published"] or "")[:10] for entry in self._entries}
        found = self._db.execute(_UNLISTED, (self._feed, json.dumps(sorted(days))))
        return {row["title"]: row["story"] for row in found if row["guid"] not in self._listed}

    @cached_property
    def _tails(self) -> frozenset[str]:
        """Ends of texts, digits masked, that several items share: `(# comments)`."""
        tails = Counter(tail for entry in self._entries if (tail := _tail(" ".join(json.loads(str(entry.text_row["body"]))))))
        return frozenset(tail for tail, count in tails.items() if count > 1)

    def _is_counter(self, kept: Story, story: Story) -> bool:
        """Whether two versions differ only in counters: of comments or views, or at the end of every text of this feed."""
        if _without_text(kept) != _without_text(_with_notes(story, kept)):
            return False
        pairs = ((kept.body, story.body), (kept.summary, story.summary))
        return all(self._masked(old) == self._masked(new) for old, new in pairs)

    def _masked(self, paragraphs: Iterable[str]) -> str:
        text = " ".join(paragraphs)
        tail = _tail(text)
        return _counter().sub("#", text[: _tail_start(text)] + tail if tail in self._tails and tail else text)

    def _record(self, key: str, entry: FeedItemRow, story: str, outcome: Outcome) -> tuple[str, Outcome]:
        """Record that the feed lists a story under a key."""
        published = entry.story_row["published"]
        row = (self._feed, key, story, entry.story_row["address"], published and str(published)[:10], entry.digest)
        self._db.execute("INSERT OR REPLACE INTO feed_item VALUES (?, ?, ?, ?, ?, ?)", row)
        self._known[key] = (story, entry.digest)
        return story, outcome

    def _prune_versions(self, story: str) -> None:
        """Delete surplus versions of a story between the first and the latest ones."""
        numbers = [row[0] for row in self._db.execute("SELECT number FROM story_version WHERE story = ? ORDER BY number", (story,))]
        surplus = [(number,) for number in numbers[1 : 1 + max(0, len(numbers) - MOST_VERSIONS)]]
        self._db.executemany("DELETE FROM story_version WHERE number = ?", surplus)

    def _story(self, key: str) -> Story:
        return story_rows.restore(self._db.execute(stories.STORY, (key,)).fetchone())


def is_same_text(kept: Story, story: Story) -> bool:
    """Whether two versions differ only in which of their paragraphs are taken for boilerplate of the feed."""
    if not (kept.removed or story.removed) or _without_text(kept) != _without_text(_with_notes(story, kept)):
        return False
    return _all_text(kept) == _all_text(story)


def _all_text(story: Story) -> Counter[str]:
    """The paragraphs of a story, with those that were left out."""
    return Counter([*story.body, *(line.text for line in story.removed)])


def _without_text(story: Story) -> Story:
    """A story without its text and the structure of it."""
    return replace(story, body=(), summary=(), blocks=(), media=())


def _with_notes(story: Story, kept: Story) -> Story:
    """A new version with everything of the kept one that is no content of its own."""
    return replace(
        story,
        id=kept.id,
        url=kept.url,
        updated=kept.updated,
        categories=kept.categories,
        links=kept.links,
        removed=kept.removed,
    )


def is_other_story(kept: Story, story: Story) -> bool:
    """Whether headline, text and date differ so much that the item must be a different story."""
    same_day = kept.published.value and kept.published.value[:10] == (story.published.value or "")[:10]
    least = _SAME_DAY_FACTOR if same_day else 1.0
    return (
        _overlap(kept.title.value or "", story.title.value or "") < least * _SAME_TITLE
        and _overlap(" ".join(kept.body)[:_COMPARED], " ".join(story.body)[:_COMPARED]) < least * _SAME_BODY
    )


def _overlap(one: str, other: str) -> float:
    """Share of the shorter text's words that the other contains; character pairs in scripts without spaces."""
    ours, theirs = _words(one), _words(other)
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else float(ours == theirs)


def _words(text: str) -> set[str]:
    found: set[str] = set()
    for token in map(fold, tokens(text)):
        found |= {token[at : at + 2] for at in range(max(1, len(token) - 1))} if _WIDE.search(token) else {token}
    return found


def _is_earlier(time: str | None, kept: str | None) -> bool:
    """Whether a stated time is earlier than the stored one, or more precise on the same day."""
    time, kept = story_rows.without_zone(time), story_rows.without_zone(kept)
    if not time or not kept:
        return bool(time)
    return time[:10] < kept[:10] or (time[:10] == kept[:10] and (len(time) > len(kept) or (len(time) == len(kept) and time < kept)))


def _tail(text: str) -> str | None:
    """Last bracket or column of a text with its digits masked; None without digits."""
    end = text[_tail_start(text) :]
    return _DIGITS.sub("#", end) if len(end) <= _TAIL and _DIGITS.search(end) else None


def _tail_start(text: str) -> int:
    return max(0, *(text.rfind(mark) for mark in "([|·"))


def _length(story: Story) -> int:
    """Number of characters in the body."""
    return sum(map(len, story.body))


@cache
def _counter() -> re.Pattern[str]:
    """The pattern of a counter; compiled on first use, because opening a library does not need it."""
    number, counted = r"\d[\d.,\u00a0\u202f]{0,12}", rf"(?:{_COUNTED})"
    return re.compile(rf"\b{number}\s?[kKmM]?\s?{counted}\b|\b{counted}\s?[:(]?\s?\d[\d.,]{{0,12}}", re.IGNORECASE)

"""What a feed lists, to stories: which are new, which are changed, and which another feed told already."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from reader.model import Entry, Outcome, Report, Story
from reader.shelf import keeping, rows

_MUCH_LONGER = 1.5
"""How much longer a body must be to be another one's full text."""


def put_entries(db: sqlite3.Connection, feed: str, entries: Iterable[Entry]) -> Report:
    """Keep what the feed at this address lists; empty for a feed that is not followed.

    An entry is known by its id in this feed: one that says what it said is passed over; one that says something else updates its
    story, whose older wording is kept. An entry that is new here is the story of the same content, or of the same address in
    another feed, if there is one; of two wordings that only differ in how much they give of the text the longer stays. Else it
    is a new story.
    """
    known = {
        row["guid"]: (row["story"], row["digest"])
        for row in db.execute("SELECT guid, story, digest FROM item WHERE feed = ?", (feed,))
    }
    made: dict[Outcome, list[str]] = {"added": [], "updated": [], "unchanged": []}
    for entry in entries:
        content = rows.digest(entry.story)
        story, digest = known.get(entry.guid, (None, ""))
        if digest != content:
            story, outcome = _changed(db, story, entry.story, content) if story else _new(db, feed, entry, content)
            _note(db, feed, entry, story, content)
            known[entry.guid] = (story, content)
        else:
            outcome = "unchanged"
        made[outcome].append(str(story))
    return Report(tuple(made["added"]), tuple(made["updated"]), tuple(made["unchanged"]))


def put_full_text(db: sqlite3.Connection, key: str, page: Story) -> Outcome:
    """Give a story the text of its page: what the feed gave of it stays as its summary, what the feed stated stays as it is."""
    kept = rows.restore(db.execute(keeping.STORY, (key,)).fetchone())
    full = replace(
        kept,
        body=page.body,
        captions=page.captions,
        removed=page.removed,
        summary=kept.summary or (kept.body if _length(kept) * _MUCH_LONGER < _length(page) else ()),
        byline=kept.byline if kept.byline.value else page.byline,
        published=kept.published if kept.published.value else page.published,
    )
    content = rows.digest(full)
    if db.execute("SELECT 1 FROM story WHERE content = ?", (content,)).fetchone():
        return "unchanged"
    keeping.write(db, key, full, content)
    return "updated"


def _changed(db: sqlite3.Connection, key: str, story: Story, content: str) -> tuple[str, Outcome]:
    """The story of an entry that says something else now."""
    twin = db.execute("SELECT id FROM story WHERE content = ?", (content,)).fetchone()
    if twin:
        return twin["id"], "unchanged"
    kept = rows.restore(db.execute(keeping.STORY, (key,)).fetchone())
    if _length(kept) > _MUCH_LONGER * _length(story):  # its full text was fetched; the feed goes on listing a summary
        story = replace(story, body=kept.body, captions=kept.captions, removed=kept.removed, summary=story.summary or story.body)
        content = rows.digest(story)
    story = replace(story, address=kept.address, source=kept.source)
    keeping.revise(db, key, story, content)
    return key, "updated"


def _new(db: sqlite3.Connection, feed: str, entry: Entry, content: str) -> tuple[str, Outcome]:
    """The story of an entry that this feed did not list before."""
    story = entry.story
    twin = db.execute("SELECT id FROM story WHERE content = ?", (content,)).fetchone()
    if twin:
        keeping.note_address(db, twin["id"], story)
        return twin["id"], "unchanged"
    held = db.execute("SELECT story FROM address WHERE address = ?", (story.address,)).fetchone()
    if held and not db.execute("SELECT 1 FROM item WHERE story = ? AND feed = ?", (held["story"], feed)).fetchone():
        key = held["story"]
        kept = rows.restore(db.execute(keeping.STORY, (key,)).fetchone())
        if _length(story) <= _MUCH_LONGER * _length(kept):
            return key, "unchanged"
        keeping.revise(db, key, replace(story, source=kept.source), content)
        return key, "updated"
    if held:  # a feed that gives several of its stories one address
        story = replace(story, address=f"{feed}#{entry.guid}")
    key = keeping.add(db, story, content)
    keeping.note_address(db, key, story)
    return key, "added"


def _note(db: sqlite3.Connection, feed: str, entry: Entry, key: str, content: str) -> None:
    """Note that the feed lists the story."""
    published = entry.story.published.value
    row = (feed, entry.guid, key, entry.story.address, published and published[:10], content)
    db.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?)", row)


def _length(story: Story) -> int:
    """Characters of the body."""
    return sum(map(len, story.body))

"""A story as rows of the shelf, and back again without loss; its digest and its id."""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
from collections.abc import Mapping

from reader.model import Estimate, Fact, Head, Removed, Story

FIELDS = ("title", "outlet", "agency", "byline", "place", "published")
"""The fields of a story that are facts."""

Value = str | int | None


def digest(story: Story) -> str:
    """What a story says, as 64 hexadecimal digits (SHA-256): fields, body, captions; not where it was found or how read."""
    values = [getattr(story, field).value for field in FIELDS]
    said = json.dumps([*values, story.title_made, story.body, story.captions])
    return hashlib.sha256(said.encode()).hexdigest()


def short_id(content: str, clash: int = 0) -> str:
    """Eight lower-case base32 characters out of a digest: the first 40 bits; others for each `clash` with a different story."""
    whole = hashlib.sha256(f"{content} {clash}".encode()).digest() if clash else bytes.fromhex(content)
    return base64.b32encode(whole[:5]).decode().lower()


def story_row(story: Story, key: str) -> dict[str, Value]:
    """The columns of table `story`."""
    return {
        "id": key,
        "content": digest(story),
        "source": story.source,
        "address": story.address,
        "url": story.url,
        "title_made": story.title_made,
        **{field: getattr(story, field).value for field in FIELDS},
    }


def text_row(story: Story, key: str) -> dict[str, Value]:
    """The columns of table `text`."""
    facts = {field: getattr(story, field) for field in FIELDS}
    return {
        "story": key,
        "facts": json.dumps({field: [fact.sure, fact.why] for field, fact in facts.items()}),
        "body": json.dumps(story.body),
        "captions": json.dumps(story.captions),
        "removed": json.dumps([[line.text, line.label, line.why, line.before] for line in story.removed]),
    }


def restore(row: sqlite3.Row) -> Story:
    """The story out of its row of `story` joined with that of `text`."""
    facts: Mapping[str, tuple[float, str]] = json.loads(row["facts"])
    return Story(
        id=row["id"],
        source=row["source"],
        address=row["address"],
        url=row["url"],
        title_made=bool(row["title_made"]),
        body=tuple(json.loads(row["body"])),
        captions=tuple(json.loads(row["captions"])),
        removed=tuple(Removed(*line) for line in json.loads(row["removed"])),
        **{field: Fact(row[field], *facts[field]) for field in FIELDS},
    )


def head(row: sqlite3.Row) -> Head:
    """The head out of a row of the store's heads."""
    return Head(
        id=row["id"],
        source=row["source"],
        url=row["url"],
        title=row["title"],
        title_made=bool(row["title_made"]),
        outlet=row["outlet"],
        agency=row["agency"],
        byline=row["byline"],
        place=row["place"],
        published=row["published"],
        estimate=None if row["time"] is None else Estimate(row["time"], row["sure"], row["why"]),
        thread=row["thread"],
        read=bool(row["read"]),
        starred=bool(row["starred"]),
    )

"""Conversion of stories to rows and back without loss; their digests and ids."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sqlite3
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from reader.errors import StorageError
from reader.models import (
    NOT_STATED,
    Block,
    DateEstimate,
    ExtractedField,
    Inline,
    Link,
    Media,
    RemovedLine,
    Story,
    StoryHeader,
    StoryText,
)
from reader.storage.json_column import read_json
from reader.text.languages import ENGLISH

FIELDS = ("title", "outlet", "agency", "byline", "place", "published")
"""Fields of a story that are extracted facts and part of its content."""

_FACTS = (*FIELDS, "language")
"""All fields that are extracted facts."""

_UNEXPLAINED = (0.9, "stop_words")
"""Confidence and reason of a language that was detected in a story of an older version."""

Value = str | int | None

Row = sqlite3.Row | Mapping[str, Any]

_WORD = re.compile(r"[^\W_]+")
_DATELINE = re.compile(
    r"\s*(?:[^.!?()]{0,60}\([^()]{2,40}\)|[A-Z\u00c0-\u00de][^.!?a-z]{2,40}(?:,[^.!?]{0,30})?)\s{0,2}[\u2013\u2014:-]{1,2}\s"
    r"|\s*\([^()]{2,40}\)\s"
)
"""The place, the day and the agency before a text: `OSLO, Nov 26 (Agency) - `, `(Agency) `."""
_CREDITS = re.compile(r"\s*(?:\([^()]{2,300}\)[.\s]*|(?:\u00a9|\([cC]\)|[Cc]opyright\b).{0,200})\Z", re.DOTALL)
"""The credits behind a text: `(Reporting by A; editing by B)`, `(c) 2026 Agency. All rights reserved.`"""
_CREDIT_TAIL = 1000
"""Characters at the end of a text in which its last credit begins: more than any can have."""
_MOST_CREDITS = 4
_MIN_WORDS = 40
"""Minimum number of words in a body for its digest to identify copies."""


def digest(story: Story) -> str:
    """Digest of a story's content (SHA-256, hexadecimal): fields, body, captions; not its source or how it was extracted.

    The layout of preformatted text does not count, nor whether the zone of a time is known.
    """
    values = [getattr(story, field).value for field in FIELDS]
    values[-1] = without_zone(values[-1])
    body = [" ".join(paragraph.split()) if "\n" in paragraph else paragraph for paragraph in story.body]
    content = json.dumps([*values, story.title_made, body, story.captions, *([story.summary] if story.summary else [])])
    return hashlib.sha256(content.encode()).hexdigest()


def without_zone(time: str | None) -> str | None:
    """A time without the `Z` of UTC."""
    return time.removesuffix("Z") if time else time


def body_digest(body: Sequence[str]) -> str | None:
    """Digest of the words of a body, ignoring case, accents and punctuation; None for a short one.

    A dateline before the text and credits behind it do not count, so that an agency's text is one text in every outlet.
    """
    text = " ".join(body)
    text = text[match.end() :] if (match := _DATELINE.match(text)) else text
    for _ in range(_MOST_CREDITS):
        start = max(0, len(text) - _CREDIT_TAIL)
        if not (credit := _CREDITS.search(text, start)):
            break
        text = text[: credit.start()]
    text = text.casefold()
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    words = _WORD.findall(text)
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:32] if len(words) >= _MIN_WORDS else None


def short_id(digest: str, clash: int = 0) -> str:
    """First 40 bits of a digest as eight lower-case base32 characters; others for each `clash` with a different story."""
    whole = hashlib.sha256(f"{digest} {clash}".encode()).digest() if clash else bytes.fromhex(digest)
    return base64.b32encode(whole[:5]).decode().lower()


def story_row(story: Story, key: str, digest: str) -> dict[str, Value]:
    """Row of table `story`; `digest` is that of its content."""
    return {
        "id": key,
        "digest": digest,
        "source": story.source,
        "address": story.address,
        "url": story.url,
        "title_generated": story.title_made,
        **{field: getattr(story, field).value for field in _FACTS},
        "body_digest": body_digest(story.body),
    }


def text_row(story: Story, key: str) -> dict[str, Value]:
    """Row of table `story_text`."""
    facts = {field: getattr(story, field) for field in _FACTS}
    return {
        "story": key,
        "field_reasons": json.dumps({field: [fact.sure, fact.why] for field, fact in facts.items()}),
        "body": json.dumps(story.body),
        "captions": json.dumps(story.captions),
        "removed_lines": json.dumps([[line.text, line.label, line.why, line.before] for line in story.removed]),
        "extra": json.dumps(more) if (more := _extra_fields(story)) else None,
        "structure": structure(story),
    }


class Structure(Struct, frozen=True, omit_defaults=True):
    """The column `structure`: the blocks of the body, the media, and the inline spans of the removed lines."""

    blocks: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()
    removed: tuple[tuple[Inline, ...], ...] = ()


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Structure)


def structure(story: Story) -> str | None:
    """Structure of a story as JSON; None for plain paragraphs."""
    removed = tuple(line.inline for line in story.removed) if any(line.inline for line in story.removed) else ()
    if not (story.blocks or story.media or removed):
        return None
    return _ENCODER.encode(Structure(story.blocks, story.media, removed)).decode()


def _read_structure(row: Row, name: str) -> Structure:
    """Structure in a row; rows of versions that older libraries kept have none."""
    text = row["structure"] if "structure" in row.keys() else None  # noqa: SIM118 a row of SQLite is no mapping
    if not text:
        return Structure()
    try:
        return _DECODER.decode(text)
    except msgspec.MsgspecError as error:
        raise StorageError(f"the stored {name} is damaged; newsloom check lists all damage") from error


def _extra_fields(story: Story) -> dict[str, Any]:
    """Fields that only some stories have."""
    links = [astuple(link) for link in story.links]
    more: dict[str, Any] = {"updated": story.updated, "summary": story.summary, "categories": story.categories, "links": links}
    more["subscribers_only"] = story.subscribers_only
    return {name: value for name, value in more.items() if value}


def restore(row: Row) -> Story:
    """Story of a row of `story` joined with `story_text`; raises `StorageError` if it is damaged."""
    name = f"story {row['id']}"
    facts: Mapping[str, tuple[float, str]] = read_json(row["field_reasons"], name)
    more = read_json(row["extra"], name) if row["extra"] else {}
    body, form = tuple(read_json(row["body"], name)), _read_structure(row, name)
    removed = read_json(row["removed_lines"], name)
    inline = form.removed if len(form.removed) == len(removed) else ((),) * len(removed)
    return Story(
        id=row["id"],
        source=row["source"],
        address=row["address"],
        url=row["url"],
        title_made=bool(row["title_generated"]),
        body=body,
        blocks=form.blocks if len(form.blocks) == len(body) else (),
        media=form.media,
        captions=tuple(read_json(row["captions"], name)),
        removed=tuple(
            RemovedLine(text, label, why, before, spans) for (text, label, why, before), spans in zip(removed, inline, strict=True)
        ),
        updated=more.get("updated"),
        summary=tuple(more.get("summary", ())),
        categories=tuple(more.get("categories", ())),
        links=tuple(Link(*link) for link in more.get("links", ())),
        subscribers_only=bool(more.get("subscribers_only")),
        language=_language(row, facts),
        **{field: ExtractedField(row[field], *facts[field]) for field in FIELDS},
    )


def _language(row: Row, facts: Mapping[str, tuple[float, str]]) -> ExtractedField:
    """Language of a row; a row from before languages were stored has none, or one without a reason."""
    code = row["language"] if "language" in row.keys() else None  # noqa: SIM118 a sqlite3.Row contains its values
    return ExtractedField(code, *facts.get("language", _UNEXPLAINED)) if code else NOT_STATED


def story_text(row: sqlite3.Row) -> StoryText:
    """Parts of a story that clustering reads."""
    title = "" if row["title_generated"] else row["title"] or ""
    language = "" if row["language"] in (None, ENGLISH) else row["language"]
    return StoryText(title, read_json(row["body"], f"story {row['id']}"), row["published"], row["outlet"] or "", language)


def header(row: sqlite3.Row) -> StoryHeader:
    """Header of a row of the store's header query."""
    return StoryHeader(
        id=row["id"],
        source=row["source"],
        url=row["url"],
        title=row["title"],
        title_made=bool(row["title_generated"]),
        outlet=row["shown_outlet"],
        agency=row["agency"],
        byline=row["byline"],
        place=row["place"],
        published=row["published"],
        estimate=None if row["time"] is None else DateEstimate(row["time"], row["confidence"], row["reason"]),
        thread=row["thread"],
        read=bool(row["read"]),
        starred=bool(row["starred"]),
        outlet_id=row["outlet_id"],
        found=row["found"],
    )

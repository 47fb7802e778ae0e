"""The index schema, and the conversion of stories to documents."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

import numpy as np
from whoosh import analysis, columns, fields

from reader.models import Story
from reader.search.array_file import Array
from reader.search.tokenizer import terms
from reader.storage import story_rows

_LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", np.uint8)
"""The base32 alphabet, five bits per character: ids are converted often enough to be worth an array."""

_FIVES = np.arange(35, -1, -5)

_FIVE_BITS = np.zeros(256, np.int64)
_FIVE_BITS[_LETTERS] = np.arange(32)


class TokenizerAnalyzer(analysis.Analyzer):  # type: ignore[misc] # Whoosh has no types
    """Whoosh analyzer around `reader.search.tokenizer`."""

    def __call__(self, value: str, positions: bool = False, chars: bool = False, **options: Any) -> Iterator[analysis.Token]:
        """Yield the terms of a text, reusing one token as Whoosh does."""
        token = analysis.Token(positions, chars, boost=1.0, stopped=False)
        for token.pos, (token.text, token.startchar, token.endchar) in enumerate(terms(value)):
            yield token


@cache
def schema() -> fields.Schema:
    """The fields. The store has the texts: the index keeps terms and positions, and columns for ids and fingerprints."""
    number = {"signed": True, "sortable": True, "shift_step": 0}
    text = {"analyzer": TokenizerAnalyzer(), "multitoken_query": "phrase"}
    return fields.Schema(
        id=fields.NUMERIC(int, bits=64, unique=True, **number),
        content=fields.COLUMN(columns.NumericColumn("q")),
        title=fields.TEXT(**text),
        body=fields.TEXT(**text),
        author=fields.TEXT(**text),
        date=fields.NUMERIC(int, bits=32, **number),
        minute=fields.COLUMN(columns.NumericColumn("q")),
        language=fields.NUMERIC(int, bits=32, **number),
    )


def document(story: Story) -> dict[str, Any]:
    """Convert a story to a document; a title made from the lead and a date that is not stated are left out.

    `minute` is the minute of the day in UTC, for a time whose zone is known.
    """
    document = {"id": number(story.id), "content": fingerprint(story_rows.digest(story)), "body": "\n".join(story.body)}
    if not story.title_made:
        document["title"] = story.title.value
    if story.byline.value:
        document["author"] = story.byline.value
    if story.language.value:
        document["language"] = language_number(story.language.value)
    if story.published.value:
        document["date"] = int(story.published.value[:10].replace("-", ""))
        if story.published.value.endswith("Z"):
            document["minute"] = int(story.published.value[11:13]) * 60 + int(story.published.value[14:16])
    return document


def language_number(code: str) -> int:
    """Number of a language in the index: the bytes of its ISO 639-1 code."""
    return int.from_bytes(code.encode())


def number(key: str) -> int:
    """Number of a story in the index: its id, eight base32 characters, as 40 bits."""
    return int.from_bytes(base64.b32decode(key.upper()))


def numbers(keys: Collection[str]) -> Array:
    """Numbers of many story ids."""
    letters = np.frombuffer("".join(keys).encode("ascii"), np.uint8).reshape(-1, 8)
    found: Array = (_FIVE_BITS[letters] << _FIVES).sum(axis=1)
    return found


def keys(numbers: Array) -> list[str]:
    """Story ids of these numbers."""
    text = _LETTERS.take((numbers[:, None] >> _FIVES) & 31).tobytes().decode()
    return [text[place : place + 8] for place in range(0, len(text), 8)]


def fingerprint(digest: str) -> int:
    """The first 60 bits of a story's digest, to detect outdated documents."""
    return int(digest[:15], 16)

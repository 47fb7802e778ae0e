"""Stories for the shelf's tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reader.models import ExtractedField, Story

LONE = "'Policy has not changed': Mark Esper denies Iraqi claim that signed withdrawal letter was sent"
"""The headline of the sample story that is a thread by itself."""


def story(
    address: str = "/news/one.txt",
    title: str = "Harbour reopens",
    body: Sequence[str] = ("The harbour is open again.",),
    **more: Any,
) -> Story:
    """A story with plain strings for its facts; `more` are further fields of Story, empty ones not stated."""
    named = ("outlet", "agency", "byline", "place", "published")
    facts: dict[str, Any] = {
        name: ExtractedField(str(value), 0.9, "stated") for name, value in more.items() if name in named and value
    }
    others = {name: value for name, value in more.items() if name not in named}
    return Story(
        source=address.rpartition("/")[2],
        address=address,
        title=ExtractedField(title, 0.8, "the first line"),
        body=tuple(body),
        **{**facts, **others},
    )

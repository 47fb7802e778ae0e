"""Excerpts: stories of which a feed gives a headline and a sentence, and whose page has the rest."""

from __future__ import annotations

from reader.models import Story

SHORT = 600
"""Characters up to which the text of a story is no more than a sentence or two."""


def is_short(story: Story) -> bool:
    """Whether a story is little more than a headline."""
    return sum(map(len, story.body)) <= SHORT


def is_excerpt(story: Story) -> bool:
    """Whether a short story has a page, which may have more text."""
    return is_short(story) and bool(story.url)

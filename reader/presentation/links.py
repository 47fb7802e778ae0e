"""Links of stories that may be handed to a browser."""

from __future__ import annotations

from reader.models import StoryHeader

SCHEMES = ("http://", "https://", "mailto:")


def address(head: StoryHeader) -> str | None:
    """The story's address, where it states one that a browser may be given."""
    url = (head.url or "").strip()
    safe = url.lower().startswith(SCHEMES) and url.isprintable() and " " not in url
    return url if safe else None

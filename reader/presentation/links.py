"""Links of stories that are safe to open in a browser."""

from __future__ import annotations

from reader.models import StoryHeader

SCHEMES = ("http://", "https://", "mailto:")


def address(head: StoryHeader) -> str | None:
    """The story's link if it is safe to open in a browser, else None."""
    url = (head.url or "").strip()
    safe = url.lower().startswith(SCHEMES) and url.isprintable() and " " not in url
    return url if safe else None

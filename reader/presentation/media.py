"""The pictures, sounds, videos and files of a story in words."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from reader.models import Media
from reader.presentation import formatting

MOST_NAMED = 3
"""Sounds, videos and files that a note names."""
LONGEST_NAME = 60
"""Characters of a file name that are shown."""


def media_text(media: Media) -> str:
    """What is known of a picture or file: its text alternative and the text shown over it, or else its name."""
    words = dict.fromkeys(filter(None, (media.alt, media.title)))
    return " · ".join(words) or file_name(media.url)


def file_name(url: str) -> str:
    """The last part of an address, decoded; the host of an address without a path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url[:LONGEST_NAME]
    name = parts.path.rstrip("/").rpartition("/")[2]
    decoded = unquote(name)
    return (decoded if decoded.isprintable() else name)[:LONGEST_NAME] or parts.hostname or ""


def host(url: str) -> str:
    """The host of an address without `www.`; "" if it cannot be read."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def media_note(media: Sequence[Media]) -> str:
    """The sounds, videos and files of a story with duration and size, and the number of its pictures; "" for none."""
    named = [describe(each) for each in media if each.role != "picture"]
    pictures = sum(each.role == "picture" for each in media)
    kept = list(dict.fromkeys(named))
    more = [f"{len(kept) - MOST_NAMED} more"] if len(kept) > MOST_NAMED else []
    return " · ".join([*kept[:MOST_NAMED], *more, *([formatting.count(pictures, "picture")] if pictures else [])])


def describe(media: Media) -> str:
    """A sound, video or file with duration and size: "audio 34:12, 31 MB"."""
    known = [clock(media.seconds) if media.seconds else "", size(media.bytes) if media.bytes else ""]
    details = ", ".join(filter(None, known))
    name = file_name(media.url)
    name = name if media.role == "file" or "." in name else host(media.url)
    return f"{media.role} {details or media.title or name}"


def clock(seconds: int) -> str:
    """A duration: 34:12, 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size(count: int) -> str:
    """A size in bytes: 31 MB."""
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            break
        count = round(count / 1000)
    return f"{count:,} {unit}"

"""The pictures, sounds, videos and files of a story in words."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from reader.models import Media

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
    """The sounds, videos and files of a story with duration and size; "" for none. Pictures stand in the text."""
    named = list(dict.fromkeys(describe(each) for each in media if each.role != "picture"))
    more = [f"{len(named) - MOST_NAMED} more"] if len(named) > MOST_NAMED else []
    return " · ".join([*named[:MOST_NAMED], *more])


def describe(media: Media) -> str:
    """A sound, video or file with duration and size: "audio 34:12, 31 MB"."""
    name = file_name(media.url)
    name = name if media.role == "file" or "." in name else host(media.url)
    return f"{media.role} {', '.join(details(media)) or media.title or name}"


def details(media: Media) -> list[str]:
    """Duration and size of a file, where they are known."""
    return [*([clock(media.seconds)] if media.seconds else []), *([size(media.bytes)] if media.bytes else [])]


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

"""What feeds attach to an item: sounds, videos and files, with size and duration as stated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from reader.models import Media, MediaRole

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:\.\d{1,3})?")
_YOUTUBE = re.compile(r"https://www\.youtube\.com/v/([\w-]{6,20})")
_SECONDS = re.compile(r"(\d{1,6})(?:\.\d{1,6})?")
_LARGEST = 1 << 40
_LEAST = 1024  # bytes; some feeds state 0 or 1 for an unknown size
_ENDINGS: dict[str, MediaRole] = {
    **dict.fromkeys(("mp3", "m4a", "ogg", "oga", "opus", "flac", "wav", "aac"), "audio"),
    **dict.fromkeys(("mp4", "m4v", "webm", "mov", "mkv"), "video"),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "avif", "svg"), "picture"),
}


def attachments(found: Any) -> Iterator[Media]:
    """Yield the enclosures and media of an entry of feedparser, addresses as written."""
    seconds = duration(found.get("itunes_duration"))
    for link in found.get("links", ()):
        if link.get("rel") == "enclosure" and link.get("href"):
            yield attachment(link["href"], link.get("type"), link.get("length"), seconds, link.get("title"))
    for media in (*_parts(found, "media_content"), *_parts(found, "media_thumbnail")):
        if url := media.get("url"):
            length, kind = media.get("filesize") or media.get("fileSize"), media.get("type") or media.get("medium")
            yield attachment(url, kind, length, duration(media.get("duration")), None, picture="type" not in media and not kind)


def attachment(
    url: str, kind: str | None, length: Any = None, seconds: int | None = None, title: str | None = None, *, picture: bool = False
) -> Media:
    """An attached file; its role follows from its media type, or else from the end of its address."""
    if match := _YOUTUBE.match(url):
        url, kind = f"https://www.youtube.com/watch?v={match[1]}", "video"
    role = media_role(kind, url)
    role = "picture" if role == "file" and picture else role
    return Media(
        url, role, kind if kind and "/" in kind else None, size(length), seconds if role in ("audio", "video") else None, title
    )


def media_role(kind: str | None, url: str) -> MediaRole:
    """Role of a file by its media type, or else by the end of its address."""
    name = (kind or "").partition("/")[0].strip().lower()
    if name in ("audio", "video"):
        return "audio" if name == "audio" else "video"
    if name == "image":
        return "picture"
    return _ENDINGS.get(url.partition("?")[0].rpartition(".")[2].lower(), "file") if not name or name == "application" else "file"


def size(stated: Any) -> int | None:
    """Size in bytes; None if it is not stated or cannot be right."""
    text = str(stated or "").strip()
    return int(text) if text.isdecimal() and len(text) < 14 and _LEAST <= int(text) < _LARGEST else None


def duration(stated: Any) -> int | None:
    """Duration in seconds, from "1:02:03", "34:12" or seconds; None for anything else."""
    text = str(stated or "").strip()
    if match := _CLOCK.fullmatch(text):
        return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]) or None
    match = _SECONDS.fullmatch(text)
    return int(match[1]) or None if match else None


def _parts(found: Any, name: str) -> Iterable[Any]:
    return [each for each in found.get(name) or () if hasattr(each, "get")]

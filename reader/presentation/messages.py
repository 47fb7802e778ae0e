"""Messages that the library stores as codes with arguments, in words."""

from __future__ import annotations

from collections.abc import Sequence

from reader.library import failure_texts
from reader.models import BulkChange, Feed
from reader.presentation import formatting

_FLAGS = {"pin": "Pinned", "mute": "Muted", "follow": "Followed"}


def correction_text(message: Sequence[str]) -> str:
    """Render what a correction did: a code and its arguments, or `text` and a sentence written before codes existed."""
    match message:
        case ["renamed", before, name]:
            return f"Renamed “{before}” to “{name}”"
        case ["name_reset", before]:
            return f"Restored the automatic name of “{before}”"
        case [("pin" | "mute" | "follow") as kind, name, state]:
            return f"{_FLAGS[kind] if state == 'on' else f'Un{_FLAGS[kind].lower()}'} “{name}”"
        case ["merged", name, other]:
            return f"Merged “{name}” and “{other}”"
        case ["merged_many", name, others]:
            return f"Merged “{name}” and {others} others"
        case ["split", name, number]:
            return f"Split {_stories(number)} from “{name}”"
        case ["moved", target, number, home]:
            return f"Moved {_stories(number)} from “{home}” to “{target}”"
        case ["moved_from_many", target, number, threads]:
            return f"Moved {_stories(number)} from {threads} threads to “{target}”"
        case ["separated", one, two]:
            return f"Kept “{one}” and “{two}” apart"
        case ["text", sentence]:
            return sentence
        case _:
            return " ".join(message)


def change_text(change: BulkChange) -> str:
    """Render what a change of marks did: "38 stories marked read"."""
    done = {
        ("read", True): "marked read",
        ("read", False): "marked unread",
        ("starred", True): "starred",
        ("starred", False): "unstarred",
    }
    return f"{formatting.stories(change.stories)} {done[change.flag, change.on]}"


def feed_failure(feed: Feed) -> tuple[str, str]:
    """Render why the last visit to a feed failed, and what to do about it; two empty strings if it did not."""
    return failure_texts(feed.error, feed.remedy or "") if feed.error else ("", "")


def _stories(number: str) -> str:
    return formatting.stories(int(number)) if number.isdecimal() else number

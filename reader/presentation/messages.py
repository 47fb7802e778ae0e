"""Messages that the library stores as codes with arguments, in words."""

from __future__ import annotations

from collections.abc import Sequence

from reader.library import failure_texts
from reader.models import Feed
from reader.presentation import formatting

_FLAGS = {"pin": "pinned", "mute": "muted", "follow": "followed"}


def correction_text(message: Sequence[str]) -> str:
    """Render what a correction did: a code and its arguments, or `text` and a sentence written before codes existed."""
    match message:
        case ["renamed", before, name]:
            return f"“{before}” is called “{name}”"
        case ["name_reset", before]:
            return f"“{before}” has its automatic name again"
        case [("pin" | "mute" | "follow") as kind, name, state]:
            return f"“{name}” is {_FLAGS[kind] if state == 'on' else f'no longer {_FLAGS[kind]}'}"
        case ["merged", name, other]:
            return f"“{name}” and “{other}” are one"
        case ["merged_many", name, others]:
            return f"“{name}” and {others} others are one"
        case ["split", name, number]:
            alone = "is a thread of its own" if number == "1" else "are a thread of their own"
            return f"{_stories(number)} of “{name}” {alone}"
        case ["moved", target, number, home]:
            return f"{_stories(number)} of “{home}” moved to “{target}”"
        case ["moved_from_many", target, number, threads]:
            return f"{_stories(number)} of {threads} threads moved to “{target}”"
        case ["separated", one, two]:
            return f"“{one}” and “{two}” are not the same"
        case ["text", sentence]:
            return sentence
        case _:
            return " ".join(message)


def feed_failure(feed: Feed) -> tuple[str, str]:
    """Render why the last visit to a feed failed, and what to do about it; two empty strings if it did not."""
    return failure_texts(feed.error, feed.remedy or "") if feed.error else ("", "")


def _stories(number: str) -> str:
    return formatting.stories(int(number)) if number.isdecimal() else number

"""The handoff of a story to other programs: its link to the browser, its text with the source to the clipboard."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence

from reader.models import Story, StoryHeader
from reader.presentation import formatting
from reader.settings import Settings

PIPE_SECONDS = 60
"""Seconds for which a program may take a story."""
LONGEST_MESSAGE = 300
"""Bytes of a message of a program that are shown."""


def browser(url: str) -> list[str]:
    """The command that opens a link: the first one in BROWSER, else that of the platform; it runs without a shell."""
    named = os.environ.get("BROWSER", "").split(os.pathsep)[0]
    if named:
        parts = shlex.split(named)
        return [part.replace("%s", url) for part in parts] if any("%s" in part for part in parts) else [*parts, url]
    return ["open" if sys.platform == "darwin" else "xdg-open", url]


def program(settings: Settings, role: str, url: str) -> list[str]:
    """The command that opens an address: as settings name it for what it leads to, else the browser. It runs without a shell.

    `role` is that of media, or "link". An argument `%s` stands for the address, which otherwise comes last.
    """
    named = {"audio": settings.player, "video": settings.player, "picture": settings.viewer}.get(role) or settings.browser
    if not named:
        return browser(url)
    return [part.replace("%s", url) for part in named] if any("%s" in part for part in named) else [*named, url]


def start(command: Sequence[str]) -> bool:
    """Start a program detached from the terminal; returns whether it could be started."""
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen(list(command), stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    except OSError:
        return False
    return True


def source(head: StoryHeader) -> str:
    """The source of a story in one line: outlet, headline, date, link."""
    pieces = [formatting.outlet(head), f"“{head.title}”", formatting.published(head), head.url or head.source]
    return ", ".join(pieces)


def passage(head: StoryHeader, text: str) -> str:
    """A passage with its source, as text."""
    return f"{text}\n— {source(head)}\n"


def whole(head: StoryHeader, story: Story) -> str:
    """A whole story with its source at the end; the structure of its text is written as Markdown."""
    from reader.presentation.export.story import markdown_body

    text = markdown_body(story) if story.blocks else "\n\n".join(story.body)
    return "\n\n".join([head.title, text, f"— {source(head)}"]) + "\n"


def pipe(command: Sequence[str], text: str) -> str:
    """Run a program without a shell and give it a text; returns why it failed, "" if it did not."""
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603 the user typed the command
            list(command), input=text.encode(), stdout=quiet, stderr=subprocess.PIPE, timeout=PIPE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"it did not end within {PIPE_SECONDS} seconds"
    except OSError as error:
        return error.strerror or str(error)
    if not done.returncode:
        return ""
    said = done.stderr[-LONGEST_MESSAGE:].decode("utf-8", "replace")
    return (
        " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())
        or f"it ended with code {done.returncode}"
    )

"""The question for an export format in the status bar, and writing the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from reader.presentation.export.files import save
from reader.presentation.text_layout import Line, cells
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.requests import Requests
from reader.tui.widgets.status_bars import StatusBar

if TYPE_CHECKING:
    from reader.tui.app import Newsloom

FORMATS = {"m": ("markdown", "md"), "h": ("html", "html"), "j": ("json", "json")}
"""The name of each format and the extension of its files, by its key."""
QUESTION: Line = [
    *[("Export as   ", "ink"), ("m", "key"), (" Markdown   ", "muted"), ("h", "key"), (" HTML   ", "muted")],
    *[("j", "key"), (" JSON   ", "muted"), ("Esc", "key"), (" cancel", "muted")],
]
LABEL_WIDTH = 12
"""Cells around the path in the message."""


class ExportPrompt:
    """Asks for a format and writes a document to a new file in the export folder."""

    def __init__(self, prompt: Prompt, requests: Requests, status_bar: StatusBar) -> None:
        self._prompt = prompt
        self._requests = requests
        self._status_bar = status_bar

    async def run(self, name: str, render: Callable[[str], str]) -> None:
        """Ask for a format, and write the document that `render` returns for it to a file with that name."""
        key = await self._prompt.key(QUESTION)
        if key not in FORMATS:
            return
        form, extension = FORMATS[key]
        app = cast("Newsloom", self._status_bar.app)
        folder = Path(app.settings.export_folder)
        self._requests.run(
            "export",
            lambda: save(folder, name, extension, render(form) + "\n"),
            lambda path: self._status_bar.say("Exported to ", truncated(path, app.size.width - LABEL_WIDTH)),
            lambda error: self._status_bar.say(f"Export failed: {reason(error)}"),
        )


def truncated(path: Path, room: int) -> str:
    """Return a path in `room` cells: ~ for the home folder, and only the last folders of a long path."""
    home = Path.home()
    text = f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
    while cells(text) > room and "/" in text[2:]:
        text = f"…/{text[2:].partition('/')[2]}"
    return text


def reason(error: Exception) -> str:
    """Return the reason of an error, with the file of an OSError."""
    return f"{error.strerror}: {error.filename}" if isinstance(error, OSError) and error.strerror else str(error)

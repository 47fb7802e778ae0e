"""Asking how something is to be exported, in the place of the hints, and writing it to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from reader.presentation.export.files import save
from reader.presentation.text_layout import Line, cells
from reader.tui.controllers.prompt import InquiringScreen

FORMS = {"m": ("markdown", "md"), "h": ("html", "html"), "j": ("json", "json")}
"""The key of each form, its name, and the ending of its files."""
FORM: Line = [
    *[("Export as   ", "ink"), ("m", "key"), (" Markdown   ", "muted"), ("h", "key"), (" HTML   ", "muted")],
    *[("j", "key"), (" JSON   ", "muted"), ("Esc", "key"), (" nothing", "muted")],
]


def ask_export(screen: InquiringScreen[Any], name: str, written: Callable[[str], str]) -> None:
    """Ask for a form, write what is `written` in it to a new file named so, and say where it lies."""
    from reader.tui.app import Newsloom

    folder = Path(cast(Newsloom, screen.app).settings.export_folder)

    def chosen(key: str) -> None:
        if key not in FORMS:
            return
        form, ending = FORMS[key]
        screen.ask(
            "export",
            lambda: save(folder, name, ending, written(form) + "\n"),
            lambda path: screen.hints.say("Written: ", shown(path, screen.app.size.width - 12)),
            lambda fault: screen.hints.say(f"Nothing was written: {why(fault)}"),
        )

    screen.ask_key(FORM, chosen)


def shown(path: Path, room: int) -> str:
    """A path in `room` cells: the home folder by its sign, and of a long one the last folders."""
    home = Path.home()
    text = f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
    while cells(text) > room and "/" in text[2:]:
        text = f"…/{text[2:].partition('/')[2]}"
    return text


def why(fault: Exception) -> str:
    """What went wrong, in words."""
    return f"{fault.strerror}: {fault.filename}" if isinstance(fault, OSError) and fault.strerror else str(fault)

"""Writes README's tables and pictures from the program itself: `make docs`."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from reader.cli.parser import COMMANDS, OPEN, OPTIONS
from reader.paths import places, shipped
from reader.presentation.query_examples import EXAMPLES
from reader.settings import Settings
from reader.tui.commands.registry import rows

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PICTURES = ROOT / "docs" / "pictures"
SHOTS = {
    "threads": ("paper", ("J",)),
    "marks": ("paper", ("c", "]")),
    "level": ("night", ("J", "c", "a", "]")),
    "search": ("paper", ("slash", *"withdraw*")),
    "keys": ("paper", ("question_mark",)),
}
"""Each picture's name, its theme, and the keys that lead to it from the start."""


def tables() -> dict[str, str]:
    """README's generated parts by the name of their markers."""
    return {"asking": asking_table(), "keys": key_table(), "commands": command_table()}


def asking_table() -> str:
    """The query language by its examples as Markdown."""
    lines = ["| query | finds |", "|---|---|"]
    for example in EXAMPLES:
        queries = ", ".join(f"`{_cell(query)}`" for query in example.queries)
        lines.append(f"| {queries} | {_cell(example.full or example.finds)} |")
    return "\n".join(lines)


def key_table() -> str:
    """The keys as Markdown."""
    lines = ["| | keys | what they do |", "|---|---|---|"]
    for group, found in rows():
        for at, row in enumerate(found):
            keys = " ".join(f"`{_cell(command.label)}`" for command in row.commands)
            lines.append(f"| {'' if at else f'**{group}**'} | {keys} | {_cell(row.words)} |")
    return "\n".join(lines)


def command_table() -> str:
    """The commands and the options as Markdown."""
    lines = ["| command | what it does |", "|---|---|", f"| `newsloom {OPEN.usage}` | {OPEN.help} |"]
    lines += [
        f"| `{_cell(f'newsloom {name} {command.usage}'.strip())}` | {_cell(command.help)} |" for name, command in COMMANDS.items()
    ]
    lines += ["", "| option | |", "|---|---|"]
    lines += [f"| `{option}` | {help} |" for option, help in OPTIONS.items()]
    lines += [
        f"| `{name} {option.name}{f' {option.value}' if option.value else ''}` | {option.help} |"
        for name, command in COMMANDS.items()
        for option in command.arguments
        if option.is_option
    ]
    return "\n".join(lines)


def fill(text: str, parts: dict[str, str]) -> str:
    """The text with what stands between each part's markers put anew."""
    for name, part in parts.items():
        opening, closing = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, rest = text.split(opening)
        text = f"{before}{opening}{part}\n{closing}{rest.split(closing)[1]}"
    return text


async def picture(name: str, theme: str, keys: tuple[str, ...], folder: Path) -> None:
    """Drive the reader on the samples with `keys` and keep its screen, 120 by 40, as an SVG."""
    from reader.library import Library
    from reader.tui.app import Newsloom
    from reader.tui.controllers.prompt import InquiringScreen

    library = Library.open(folder, follow=shipped("seeds") / "threads.yaml")
    library.add([str(shipped("seeds"))])
    app = Newsloom(library, places(folder), Settings(theme=theme))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
        await settle(pilot)
        if isinstance(app.screen, InquiringScreen):
            app.screen.hints.hush()
            await pilot.pause()
        drawn = app.export_screenshot(title="newsloom")
    library.close()
    # The fonts are named by address; a picture in a README asks nobody for anything.
    (PICTURES / f"{name}.svg").write_text(re.sub(r"@font-face\s*{.*?}", "", drawn, flags=re.S), encoding="utf-8")


async def settle(pilot: Pilot[int]) -> None:
    """Wait until the workers are done and the screen is drawn."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.3)


def _cell(text: str) -> str:
    """Text for a cell of a table."""
    return text.replace("|", "\\|")


def main() -> None:
    """Write all."""
    README.write_text(fill(README.read_text(encoding="utf-8"), tables()), encoding="utf-8")
    PICTURES.mkdir(exist_ok=True)
    for name, (theme, keys) in SHOTS.items():
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(picture(name, theme, keys, Path(folder)))


if __name__ == "__main__":
    main()

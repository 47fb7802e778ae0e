"""Generates the tables and pictures of the documentation from the program: `make docs`."""

from __future__ import annotations

import ast
import asyncio
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

from textual.pilot import Pilot

from reader.cli.parser import COMMANDS, OPEN, OPTIONS
from reader.paths import places, shipped
from reader.presentation.query_examples import EXAMPLES
from reader.settings import SETTINGS, Settings, setting_line
from reader.tui.commands.registry import rows

DOCS = Path(__file__).resolve().parent
PACKAGE = DOCS.parent / "reader"
PICTURES = DOCS / "pictures"
MORNING = DOCS / "morning.txt"
"""Made-up feeds: `= outlet`, then its items, each a line `time | headline` and the text."""
STRUCTURE = DOCS / "structure.xml"
"""A made-up feed of a link blog, a programmer's blog and a podcast."""
SAMPLES = shipped("seeds")
SHOTS = {
    "front": (MORNING, "paper", ()),
    "compact": (MORNING, "night", ("d", "d")),
    "threads": (SAMPLES, "paper", ("enter",)),
    "marks": (SAMPLES, "paper", ("c", "]")),
    "level": (SAMPLES, "night", ("c", "a", "]")),
    "search": (SAMPLES, "paper", ("slash", *"withdraw*")),
    "keys": (SAMPLES, "paper", ("question_mark",)),
    "links": (STRUCTURE, "paper", ("enter",)),
    "code": (STRUCTURE, "night", ("j", "enter")),
    "podcast": (STRUCTURE, "paper", ("j", "j", "enter")),
}
"""Pictures by name, with the stories, the theme and the keys that lead to the screen."""


def tables() -> dict[tuple[str, str], str]:
    """Return the generated tables by page and marker."""
    return {
        ("keys.md", "keys"): key_table(),
        ("settings.md", "settings"): setting_table(),
        ("queries.md", "queries"): query_table(),
        ("command-line.md", "commands"): command_table(),
        ("architecture.md", "modules"): module_table(),
    }


def query_table() -> str:
    """The query language by its examples, as Markdown."""
    lines = ["| query | finds |", "|---|---|"]
    for example in EXAMPLES:
        queries = ", ".join(f"`{_cell(query)}`" for query in example.queries)
        lines.append(f"| {queries} | {_cell(example.full or example.finds)} |")
    return "\n".join(lines)


def key_table() -> str:
    """The key bindings as Markdown."""
    lines = ["| | keys | action |", "|---|---|---|"]
    for group, found in rows():
        for at, row in enumerate(found):
            keys = " ".join(f"`{_cell(command.label)}`" for command in row.commands)
            lines.append(f"| {'' if at else f'**{group}**'} | {keys} | {_cell(row.words)} |")
    return "\n".join(lines)


def setting_table() -> str:
    """The settings with their defaults and values, as Markdown."""
    lines = ["| setting | default | effect | values |", "|---|---|---|---|"]
    for name, setting in SETTINGS.items():
        lines.append(f"| `{name}` | `{setting_line(name).partition(': ')[2]}` | {setting.about} | {setting.values} |")
    return "\n".join(lines)


def command_table() -> str:
    """The commands and their options as Markdown."""
    lines = ["| command | |", "|---|---|", f"| `newsloom {OPEN.usage}` | {OPEN.help} |"]
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


def module_table() -> str:
    """The modules of the package with the first sentences of their docstrings, as Markdown."""
    lines = ["| module | content |", "|---|---|"]
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).with_suffix("").as_posix()
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if not name.endswith("__init__"):
            lines.append(f"| `{name}` | {_cell(docstring.partition(chr(10))[0])} |")
    return "\n".join(lines)


def fill(text: str, marker: str, table: str) -> str:
    """Replace the table between a page's markers."""
    opening, closing = f"<!-- {marker} -->\n", f"<!-- /{marker} -->"
    before, rest = text.split(opening)
    return f"{before}{opening}{table}\n{closing}{rest.split(closing)[1]}"


def feeds(text: str) -> Iterator[tuple[str, str]]:
    """The name and the XML of each feed in a text such as `MORNING`."""
    for part in re.split(r"^= ", text, flags=re.M)[1:]:
        outlet, *items = part.strip().split("\n\n")
        site, listed = f"https://{_slug(outlet)}.example/", []
        for item in items:
            head, _, body = item.partition("\n")
            stated, title = head.split(" | ")
            when = format_datetime(datetime.fromisoformat(stated).replace(tzinfo=UTC))
            listed.append(
                f"<item><title>{escape(title)}</title><link>{site}{_slug(title)}</link><pubDate>{when}</pubDate>"
                f"<description>{escape(body)}</description></item>"
            )
        head = f"<title>{escape(outlet)}</title><link>{site}</link>"
        yield outlet, f"<rss version='2.0'><channel>{head}{''.join(listed)}</channel></rss>"


def _slug(text: str) -> str:
    """Text as a part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


async def picture(name: str, stories: Path, theme: str, keys: tuple[str, ...], folder: Path) -> None:
    """Press `keys` in the reader on these stories and save the screen, 120 by 40, as SVG."""
    from reader.library import Library
    from reader.tui.app import Newsloom
    from reader.tui.widgets.status_bars import StatusBar

    library = Library.open(folder, followed=SAMPLES / "threads.yaml" if stories == SAMPLES else None)
    if stories == MORNING:
        stories = folder / "feeds"
        stories.mkdir()
        for outlet, xml in feeds(MORNING.read_text(encoding="utf-8")):
            (stories / f"{outlet}.xml").write_text(xml, encoding="utf-8")
    library.importer.add([str(stories)])
    app = Newsloom(library, places(folder), Settings(theme=theme))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
        await settle(pilot)
        for status_bar in app.screen.query(StatusBar):
            status_bar.hush()
        await pilot.pause()
        drawn = app.export_screenshot(title="newsloom")
    library.close()
    # without the addresses of fonts: a picture must not load anything
    (PICTURES / f"{name}.svg").write_text(re.sub(r"@font-face\s*{.*?}", "", drawn, flags=re.S), encoding="utf-8")


async def settle(pilot: Pilot[int]) -> None:
    """Wait until the workers are done and the screen is painted."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.3)


def _cell(text: str) -> str:
    """Text for a table cell."""
    return text.replace("|", "\\|")


def write_tables() -> None:
    """Write the tables into their pages."""
    for (page, marker), table in tables().items():
        path = DOCS / page
        path.write_text(fill(path.read_text(encoding="utf-8"), marker, table), encoding="utf-8")


def main() -> None:
    """Write all tables and pictures."""
    write_tables()
    PICTURES.mkdir(exist_ok=True)
    for name, (stories, theme, keys) in SHOTS.items():
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(picture(name, stories, theme, keys, Path(folder)))


if __name__ == "__main__":
    main()

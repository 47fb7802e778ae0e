"""User settings, kept in one small YAML file."""

from __future__ import annotations

import difflib
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import SettingsError
from reader.text.user_files import read_user_file
from reader.text.yaml_nodes import compose, kind_of, line_of

if TYPE_CHECKING:
    import yaml

_MAX_BYTES = 64 * 1024
_WEEK = 7 * 24 * 60
_WIDEST = 1000
_EXAMPLE = "write lines like `theme: paper`"


AUTO = "auto"
"""The setting that leaves the choice to the program."""


class Settings(Struct, frozen=True):
    """User settings; every field is a key of the settings file.

    `theme` is a theme's name, or auto for one that suits the terminal's background. `density` is the room for a row of the list:
    compact, normal or roomy. `list_width` is the width of the list in cells, 0 for half of the screen. `glyphs` is auto, unicode
    or ascii. `paragraphs` separates paragraphs by a blank line or an indent. `refresh_minutes` is the time between two checks for
    due feeds while the program runs, 0 for never. `remember_passages` records which passages were read, so that other stories show
    what is new. `related` shows stories of other threads that are surely related after those of a thread. `export_folder` takes
    exported files; `.` is the folder Newsloom was started in. `browser`, `player` and `viewer` are the programs that open links,
    sounds and videos, and pictures: a list of arguments, empty for the default. `notify` signals new stories of saved searches
    outside the screen: off, the terminal's bell, or a desktop notification (OSC 9).
    """

    theme: str = AUTO
    density: str = "normal"
    list_width: int = 0
    glyphs: str = AUTO
    paragraphs: str = "blank"
    refresh_minutes: int = 15
    remember_passages: bool = True
    related: bool = True
    export_folder: str = "."
    notify: str = "off"
    browser: tuple[str, ...] = ()
    player: tuple[str, ...] = ()
    viewer: tuple[str, ...] = ()


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) and value else "a name"


def _switch(value: Any) -> str | None:
    return None if isinstance(value, bool) else "true or false"


def _minutes(value: Any) -> str | None:
    valid = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _WEEK
    return None if valid else f"minutes from 0 to {_WEEK}"


def _one_of(*choices: str) -> Callable[[Any], str | None]:
    return lambda value: None if value in choices else " or ".join(choices)


def _cells(value: Any) -> str | None:
    valid = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _WIDEST
    return None if valid else f"cells from 0 to {_WIDEST:,}"


def _program(value: Any) -> str | None:
    valid = isinstance(value, tuple) and value and all(value)
    return None if valid else "a program, or a list of a program and its arguments"


_EXPECTED: Mapping[str, Callable[[Any], str | None]] = {
    "theme": _text,
    "density": _one_of("compact", "normal", "roomy"),
    "list_width": _cells,
    "glyphs": _one_of("auto", "unicode", "ascii"),
    "paragraphs": _one_of("blank", "indent"),
    "refresh_minutes": _minutes,
    "remember_passages": _switch,
    "related": _switch,
    "export_folder": _text,
    "notify": _one_of("off", "bell", "desktop"),
    "browser": _program,
    "player": _program,
    "viewer": _program,
}
"""For each setting a check that returns what it takes, or None for a valid value."""


def load_settings(path: Path) -> Settings:
    """Settings in a file, the defaults if it does not exist.

    Raises:
        SettingsError: The file cannot be read, or has mistakes; the message lists them all, each with its line.
    """
    try:
        text = read_user_file(path, _MAX_BYTES)
    except FileNotFoundError:
        return Settings()
    except OSError as fault:
        raise SettingsError(f"{path} cannot be read ({fault.strerror}); fix it or move it away") from fault
    return _parse(text, path)


class SettingsNode(Struct, frozen=True):
    """A part of a settings file with its line: a word, a list, or names with their values. The others are empty."""

    kind: str
    line: int
    word: str = ""
    items: tuple[SettingsNode, ...] = ()
    pairs: tuple[tuple[SettingsNode, SettingsNode], ...] = ()


def load_tree(path: Path, example: str) -> SettingsNode | None:
    """The parts of a file of settings, None if it is missing or empty; raises SettingsError if it cannot be read or is not YAML."""
    try:
        text = read_user_file(path, _MAX_BYTES)
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise SettingsError(f"{path} cannot be read ({fault.strerror}); fix it or move it away") from fault
    return parse_tree(text, path, example)


def parse_tree(text: str, path: Path, example: str) -> SettingsNode | None:
    """The parts of a text, None for an empty one; `path` names it and `example` ends a SettingsError."""
    root = compose(text, str(path), SettingsError, example)
    return None if root is None else _tree(root)


def _tree(node: yaml.Node) -> SettingsNode:
    kind, line = kind_of(node), line_of(node)
    if kind == "mapping":
        return SettingsNode(kind, line, pairs=tuple((_tree(key), _tree(value)) for key, value in node.value))
    if kind == "sequence":
        return SettingsNode(kind, line, items=tuple(map(_tree, node.value)))
    return SettingsNode(kind, line, word=str(node.value))


def save_setting(path: Path, name: str, value: str | int | bool) -> None:
    """Set one setting in a file, leaving its other lines and comments as they are.

    Raises:
        SettingsError: The file has mistakes, or the new text would have.
        OSError: The file cannot be written; the old one is kept.
    """
    change: dict[str, Any] = {name: value}
    wanted = replace(load_settings(path), **change)
    text = read_user_file(path, _MAX_BYTES) if path.exists() else ""
    line = f"{name}: {_yaml_value(value)}"
    changed, found = re.subn(rf"(?m)^{name}[ \t]*:.*$", lambda _: line, text, count=1)
    if not found:
        changed = f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{line}\n"
    if _parse(changed, path) != wanted:
        raise SettingsError(f"{path}: “{name}” could not be changed; edit the file by hand")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(changed)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _yaml_value(value: str | int | bool) -> str:
    import yaml

    return yaml.safe_dump(value, width=_MAX_BYTES).removesuffix("\n").removesuffix("\n...")


def _parse(text: str, path: Path) -> Settings:
    root = compose(text, str(path), SettingsError, _EXAMPLE)
    if root is None:
        return Settings()
    if kind_of(root) != "mapping":
        raise SettingsError(f"{path}, line {line_of(root)}: not a list of settings; {_EXAMPLE}")
    values: dict[str, Any] = {}
    mistakes: list[str] = []
    for key, node in root.value:
        name, value = str(key.value), _scalar(node, str(key.value))
        if mistake := _mistake(name, value, node, repeated=name in values):
            mistakes.append(f"line {line_of(key)}: {mistake}")
        else:
            values[name] = value
    if mistakes:
        raise SettingsError("\n".join(f"{path}, {mistake}" for mistake in mistakes))
    return replace(Settings(), **values)


def _mistake(name: str, value: Any, node: yaml.Node, *, repeated: bool) -> str | None:
    known = list(Settings.__struct_fields__)
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        return f"there is no setting “{name}”; " + (
            f"did you mean “{near[0]}”?" if near else f"the settings are {', '.join(known)}"
        )
    if repeated:
        return f"“{name}” is set twice; remove one of the two lines"
    expected = _EXPECTED[name](value)
    shown = node.value if kind_of(node) == "scalar" else f"a {kind_of(node)}"
    return f"“{name}” takes {expected}, not “{shown}”" if expected else None


def _scalar(node: yaml.Node, name: str) -> Any:
    """Value of a scalar, or of a list of words where one is wanted; None for anything else."""
    if isinstance(getattr(Settings(), name, None), tuple):
        words = node.value if kind_of(node) == "sequence" else [node]
        return tuple(str(word.value) if kind_of(word) == "scalar" else "" for word in words)
    kind = node.tag.rpartition(":")[2] if kind_of(node) == "scalar" else ""
    # YAML takes a plain `off` for false; where a word is wanted it is that word
    if kind == "str" or (kind == "bool" and isinstance(getattr(Settings(), name, None), str)):
        return node.value
    if kind == "bool":
        return node.value.lower() in ("true", "yes", "on")
    return int(node.value) if kind == "int" and re.fullmatch(r"[0-9]{1,9}", node.value) else None

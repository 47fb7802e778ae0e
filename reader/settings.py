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
    """User settings; every field is a key of the settings file, described in `SETTINGS`."""

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
    valid = isinstance(value, tuple) and all(value)
    return None if valid else "a program, or a list of a program and its arguments"


class Setting(Struct, frozen=True):
    """What a setting does, the values it takes, and a check that returns what it takes, or None for a valid value."""

    about: str
    values: str
    expected: Callable[[Any], str | None]


def _choice(about: str, *choices: str) -> Setting:
    return Setting(about, ", ".join(f"`{choice}`" for choice in choices), _one_of(*choices))


_PROGRAM = "a word, or a list of a program and its arguments: `[mpv, --force-window]`"

SETTINGS: Mapping[str, Setting] = {
    "theme": Setting(
        "colors, changed by `T`; `auto` is `paper` in a light terminal, `night` in a dark one, otherwise `terminal 16`",
        "`auto`, or the name of a theme",
        _text,
    ),
    "density": _choice("room for a row of the list, changed by `d`", "compact", "normal", "roomy"),
    "list_width": Setting("cells of the list, 0 for half of the screen, changed by `<` and `>`", f"0 to {_WIDEST:,}", _cells),
    "glyphs": _choice("symbols; `auto` follows the locale", "auto", "unicode", "ascii"),
    "paragraphs": _choice("separate paragraphs by an empty line or by an indent", "blank", "indent"),
    "refresh_minutes": Setting(
        "minutes between two checks for feeds that are due while the reader is open, 0 for never", f"0 to {_WEEK:,}", _minutes
    ),
    "remember_passages": Setting("keep a reading history, so that other stories show what is new", "`true`, `false`", _switch),
    "related": Setting("show related stories of other threads after those of a thread", "`true`, `false`", _switch),
    "export_folder": Setting("folder for exported files; `.` is the working directory", "a folder", _text),
    "notify": _choice("announce new stories of saved searches; `desktop` is OSC 9", "off", "bell", "desktop"),
    "browser": Setting("program that opens links; `[]` is that of `BROWSER` or the platform", _PROGRAM, _program),
    "player": Setting("program for sounds and videos; `[]` is the browser", _PROGRAM, _program),
    "viewer": Setting("program for pictures; `[]` is the browser", _PROGRAM, _program),
}
"""What each setting does and takes, in the order of the documentation."""


def example() -> str:
    """A settings file with a comment on every setting, and every setting at its default."""
    lines = ["# Settings of Newsloom. Each line has the default; remove what you do not change."]
    for name, setting in SETTINGS.items():
        lines += ["", f"# {setting.about[:1].upper()}{setting.about[1:]}.", f"# Values: {setting.values}.", setting_line(name)]
    return "\n".join([*lines, ""]).replace("`", "")


def setting_line(name: str, settings: Settings | None = None) -> str:
    """The line of a settings file for a setting, by default with its default."""
    value = getattr(settings or Settings(), name)
    return f"{name}: {_yaml_value(list(value) if isinstance(value, tuple) else value)}"


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


def save_setting(path: Path, name: str, value: str | int | bool | tuple[str, ...]) -> None:
    """Set one setting in a file, leaving its other lines and comments as they are.

    Raises:
        SettingsError: The file has mistakes, or the new text would have.
        OSError: The file cannot be written; the old one is kept.
    """
    change: dict[str, Any] = {name: value}
    wanted = replace(load_settings(path), **change)
    text = read_user_file(path, _MAX_BYTES) if path.exists() else ""
    changed = _with_value(text, path, name, _yaml_value(list(value) if isinstance(value, tuple) else value))
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


def _with_value(text: str, path: Path, name: str, value: str) -> str:
    """The text of a settings file with another value; all else stays, comments behind the value included."""
    root = compose(text, str(path), SettingsError, _EXAMPLE)
    for key, node in root.value if root is not None else ():
        if key.value == name:
            return f"{text[: node.start_mark.index]}{value}{text[node.end_mark.index :]}"
    return f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{name}: {value}\n"


def _yaml_value(value: str | int | bool | list[str]) -> str:
    import yaml

    return (
        yaml.safe_dump(value, width=_MAX_BYTES, default_flow_style=True, allow_unicode=True)
        .removesuffix("\n")
        .removesuffix("\n...")
    )


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
    expected = SETTINGS[name].expected(value)
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

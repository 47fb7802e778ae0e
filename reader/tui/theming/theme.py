"""Themes: YAML files that give each role a color and attributes. The built-in themes use the same format.

    kind: light                      # light, dark or either
    grounds: {ground: "#f6f1e6", …}  # see GROUNDS
    roles:
      ink: "#24211d"                 # see ROLES
      hit: default reverse           # a color, attributes, or both; "plain" removes the attributes of a role

A color is `#rrggbb` or one of the terminal's own sixteen (`bright_red`); `default` is the terminal's own foreground or background.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from msgspec import Struct

from reader.errors import ThemeError
from reader.presentation.styled_text import unstyled
from reader.tui.theming.roles import ATTRIBUTES, GROUNDS, ROLES

if TYPE_CHECKING:
    from rich.style import Style

Kind = Literal["light", "dark", "either"]
Look = tuple[str, tuple[str, ...]]
"""A color and its attributes."""

FALLBACK = "paper"
FOR_BACKGROUND: dict[str | None, str] = {"light": "paper", "dark": "night", None: "terminal 16"}
"""The theme for a terminal with a light or a dark background, and for one that does not state it."""
MOST_STYLES = 4096
"""Styles that are kept: those of some stories with many links."""
LARGEST = 64 * 1024
DEEPEST = 3
HUES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
ANSI = frozenset(("default", *HUES, *(f"bright_{hue}" for hue in HUES)))
HEX = re.compile(r"#[0-9A-Fa-f]{6}")


class Theme(Struct, frozen=True, eq=False):
    """A validated theme: every role and every background has a color and attributes."""

    name: str
    kind: Kind
    grounds: Mapping[str, Look]
    roles: Mapping[str, Look]
    _styles: dict[tuple[str, str], Style] = {}

    @property
    def ansi(self) -> bool:
        """Whether the theme uses the terminal's own colors, which must then reach it unchanged."""
        return any(color in ANSI for color, _ in (*self.grounds.values(), *self.roles.values()))

    def style(self, role: str, ground: str = "ground") -> Style:
        """Return the style of a styled role on a background; search roles bring their own. Raises KeyError for unknown names."""
        style = self._styles.get((role, ground))
        if style is None:
            if len(self._styles) >= MOST_STYLES:
                self._styles.clear()
            style = self._styles[role, ground] = self._make(role, ground)
        return style

    def _make(self, role: str, ground: str) -> Style:
        from rich.style import Style

        name, own, href = unstyled(role)
        color, attributes = self.roles[name]
        behind = ROLES[name].on or ground
        on = [attributes, own, *(self.grounds[name][1] for name in {ground, behind})]
        bold, italic, underline, dim = (any(name in each for each in on) for name in ("bold", "italic", "underline", "dim"))
        return Style(
            color=color,
            bgcolor=self.grounds[behind][0],
            bold=bold,
            italic=italic,
            underline=underline,
            dim=dim,
            strike="strike" in own,
            link=href or None,
            # Reverse on a reversed row stands out by being plain.
            reverse=sum("reverse" in each for each in on) % 2 == 1,
        )

    def variables(self) -> dict[str, str]:
        """Return CSS variables: each role, each background (`hit-ground` if a role has the same name), and Textual's own."""
        found = {name.replace("_", "-"): css(color) for name, (color, _) in self.roles.items()}
        for name, (color, _) in self.grounds.items():
            found[f"{name}-ground" if name in ROLES else name] = css(color)
        own = {"background": "ground", "surface": "ground", "panel": "tint", "foreground": "ink", "primary": "accent"}
        return found | {variable: found[name] for variable, name in own.items()}


def css(color: str) -> str:
    """Return a theme's color in the syntax of Textual's CSS."""
    return f"ansi_{color}" if color in ANSI else color


def themes(folders: Iterable[Path]) -> tuple[list[Theme], list[str]]:
    """Return all themes of the folders, light ones first, and messages about the files that were skipped.

    A theme in a later folder replaces one of the same name in an earlier folder.
    """
    found: dict[str, Theme] = {}
    problems = []
    for path in [path for folder in folders for path in sorted(folder.glob("*.yaml"))]:
        try:
            found[theme_name(path)] = load(path)
        except ThemeError as error:
            problems.append(f"{error.problem}; theme skipped")
    kinds = get_args(Kind)
    return sorted(found.values(), key=lambda theme: (kinds.index(theme.kind), theme.name)), problems


def named(name: str, folders: Sequence[Path]) -> Theme:
    """Return the theme of that name from the last folder that has it. Raises ThemeError if it is missing or invalid."""
    wanted = name.replace("-", " ")
    for folder in reversed(folders):
        for path in sorted(folder.glob("*.yaml")):
            if theme_name(path) == wanted:
                return load(path)
    raise ThemeError(f"there is no theme {quoted(name)}", FALLBACK)


def stamp(name: str, folder: Path) -> tuple[str, int, int] | None:
    """The name, time and size of a theme's file in a folder, which change when it is saved; None if there is no such file."""
    for path in (folder / f"{name}.yaml", folder / f"{name.replace(' ', '-')}.yaml"):
        try:
            found = path.stat()
        except OSError:
            continue
        return name, found.st_mtime_ns, found.st_size
    return None


def theme_name(path: Path) -> str:
    """Return the name of a theme: its file's name, with blanks for dashes."""
    return path.stem.replace("-", " ")


def load(path: Path) -> Theme:
    """Load one theme. Raises ThemeError with file, line and reason."""
    shown = f"{path.parent.name}/{path.name}"
    if not re.fullmatch(r"[\w -]{1,40}", path.stem):
        raise ThemeError(f"{quoted(shown)} is not a valid theme name; use letters, digits and dashes, at most 40", FALLBACK)
    try:
        if not path.is_file():
            raise ThemeError(f"{shown} is not a file", FALLBACK)
        if path.stat().st_size > LARGEST:
            raise ThemeError(f"{shown} is larger than {LARGEST // 1024} KB, the maximum for a theme", FALLBACK)
        data = path.read_bytes()
    except OSError as error:
        raise ThemeError(f"{shown} cannot be read: {error.strerror}", FALLBACK) from error
    return _ThemeParser(shown).theme(theme_name(path), data)


class _ThemeParser(Struct, frozen=True):
    """Parses a theme from YAML nodes instead of values: nodes have line numbers, and duplicate keys are visible."""

    path: str
    """The path as shown in messages."""

    def theme(self, name: str, data: bytes) -> Theme:
        parts = dict[str, Any]()
        for key, line, value in self.pairs(self.root(data), "a theme"):
            if key not in ("kind", "grounds", "roles"):
                raise self.error(line, f"unknown key {quoted(key)}; use kind, grounds and roles")
            parts[key] = value
        for key in ("kind", "grounds", "roles"):
            if key not in parts:
                raise self.error(1, f"{key} is missing")
        kind = parts["kind"].value
        if kind not in get_args(Kind):
            raise self.error(line_of(parts["kind"]), "kind must be light, dark or either")
        grounds = self.looks(parts["grounds"], "ground", {name: (ground.like, ()) for name, ground in GROUNDS.items()})
        roles = self.looks(parts["roles"], "role", {name: (role.like, role.attributes) for name, role in ROLES.items()})
        return Theme(name, kind, grounds, roles)

    def root(self, data: bytes) -> Any:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            text = data.decode("utf-8-sig")
            # PyYAML composes nodes by recursion, in C without a limit, so the depth is checked first.
            depth = 0
            for event in yaml.parse(text, Loader=loader):
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > DEEPEST:
                    raise self.error(line_of(event), "too deeply nested for a theme")
            return yaml.compose(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise self.error(line, f"invalid YAML ({error.problem})") from error
        except (yaml.YAMLError, ValueError) as error:  # ValueError: an escaped code point beyond Unicode, or not UTF-8
            raise self.error(1, "not a YAML file in UTF-8") from error

    def looks(self, node: Any, what: str, known: Mapping[str, tuple[str | None, tuple[str, ...]]]) -> dict[str, Look]:
        """Return the looks of all known names; missing ones inherit their color."""
        given: dict[str, Look] = {}
        for key, line, value in self.pairs(node, f"{what}s"):
            if key not in known:
                raise self.error(line, f"unknown {what} {quoted(key)}; use {', '.join(known)}")
            given[key] = self.look(key, line, value, known[key][1])
        looks: dict[str, Look] = {}
        for name, (like, attributes) in known.items():
            if name not in given and like is None:
                raise self.error(line_of(node), f"{what} {quoted(name)} is missing")
            looks[name] = given[name] if name in given else (looks[cast(str, like)][0], attributes)
        return looks

    def look(self, key: str, line: int, node: Any, attributes: tuple[str, ...]) -> Look:
        if not isinstance(node.value, str):
            raise self.error(line, f"{quoted(key)} needs a color and attributes on one line")
        words = node.value.split()
        if not words:
            raise self.error(line, f"{quoted(key)} has no color; quote colors that start with #")
        color = words.pop(0)
        if color not in ANSI and not HEX.fullmatch(color):
            raise self.error(line, f"{quoted(color)} is not a color; use #rrggbb, default, or one of the terminal's 16 names")
        for word in words:
            if word not in (*ATTRIBUTES, "plain"):
                raise self.error(line, f"{quoted(word)} is not an attribute; use {', '.join(ATTRIBUTES)} or plain")
        return color, tuple(word for word in words if word != "plain") if words else attributes

    def pairs(self, node: Any, what: str) -> Iterator[tuple[str, int, Any]]:
        """Yield key, line and value node of a mapping."""
        if node is None or not isinstance(node.value, list) or not node.tag.endswith(":map"):
            raise self.error(line_of(node), f'{what} must map names to values, one "name: value" per line')
        seen = set()
        for key, value in node.value:
            name = key.value if isinstance(key.value, str) else ""
            if name in seen:
                raise self.error(line_of(key), f"{quoted(name)} appears twice")
            seen.add(name)
            yield name, line_of(key), value

    def error(self, line: int, reason: str) -> ThemeError:
        return ThemeError(f"{self.path}, line {line}: {reason}", FALLBACK)


def line_of(node: Any) -> int:
    """Return the line where a YAML node starts, from 1."""
    return cast(int, node.start_mark.line) + 1 if node is not None else 1


def quoted(text: str) -> str:
    """Return text from a file in quotation marks, shortened, with control characters replaced."""
    return f"“{''.join(char if char.isprintable() else '�' for char in text[:40])}”"

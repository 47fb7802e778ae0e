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
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from reader.tui.theming.roles import ATTRIBUTES, GROUNDS, ROLES

if TYPE_CHECKING:
    from rich.style import Style

Kind = Literal["light", "dark", "either"]
Look = tuple[str, tuple[str, ...]]
"""A color and its attributes."""

FALLBACK = "paper"
LARGEST = 64 * 1024
DEEPEST = 3
HUES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
ANSI = frozenset(("default", *HUES, *(f"bright_{hue}" for hue in HUES)))
HEX = re.compile(r"#[0-9A-Fa-f]{6}")


class ThemeError(Exception):
    """An unusable theme: `problem` gives place and reason, the message adds the consequence."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}; {FALLBACK} is used")
        self.problem = problem


@dataclass(frozen=True, eq=False)
class Theme:
    """A validated theme: every role and every background has a color and attributes."""

    name: str
    kind: Kind
    grounds: Mapping[str, Look]
    roles: Mapping[str, Look]
    _styles: dict[tuple[str, str], Style] = field(default_factory=dict, repr=False)

    @property
    def ansi(self) -> bool:
        """Whether the theme uses the terminal's own colors, which must then reach it unchanged."""
        return any(color in ANSI for color, _ in (*self.grounds.values(), *self.roles.values()))

    def style(self, role: str, ground: str = "ground") -> Style:
        """Return the style of a role on a background; search roles bring their own. Raises KeyError for unknown names."""
        style = self._styles.get((role, ground))
        if style is None:
            style = self._styles[role, ground] = self._make(role, ground)
        return style

    def _make(self, role: str, ground: str) -> Style:
        from rich.style import Style

        color, attributes = self.roles[role]
        behind = ROLES[role].on or ground
        on = [attributes, *(self.grounds[name][1] for name in {ground, behind})]
        bold, italic, underline, dim = (any(name in each for each in on) for name in ("bold", "italic", "underline", "dim"))
        return Style(
            color=color,
            bgcolor=self.grounds[behind][0],
            bold=bold,
            italic=italic,
            underline=underline,
            dim=dim,
            # Reverse on a row that is reverse already stands out by being plain.
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
            problems.append(f"{error.problem}; the theme is left out")
    kinds = get_args(Kind)
    return sorted(found.values(), key=lambda theme: (kinds.index(theme.kind), theme.name)), problems


def named(name: str, folders: Sequence[Path]) -> Theme:
    """Return the theme of that name from the last folder that has it. Raises ThemeError if it is missing or invalid."""
    wanted = name.replace("-", " ")
    for folder in reversed(folders):
        for path in sorted(folder.glob("*.yaml")):
            if theme_name(path) == wanted:
                return load(path)
    raise ThemeError(f"no theme is called {quoted(name)}")


def theme_name(path: Path) -> str:
    """Return the name of a theme: its file's name, with blanks for dashes."""
    return path.stem.replace("-", " ")


def load(path: Path) -> Theme:
    """Load one theme. Raises ThemeError with file, line and reason."""
    shown = f"{path.parent.name}/{path.name}"
    if not re.fullmatch(r"[\w -]{1,40}", path.stem):
        raise ThemeError(f"{quoted(shown)} cannot name a theme: letters, digits, dashes, no more than 40")
    try:
        if not path.is_file():
            raise ThemeError(f"{shown} is not a file")
        if path.stat().st_size > LARGEST:
            raise ThemeError(f"{shown} is too large for a theme, over {LARGEST // 1024} KB")
        data = path.read_bytes()
    except OSError as error:
        raise ThemeError(f"{shown} cannot be read: {error.strerror}") from error
    return _File(shown).theme(theme_name(path), data)


@dataclass(frozen=True, slots=True)
class _File:
    """Reads a theme from YAML nodes rather than values: a node knows its line, and a key given twice is seen."""

    shown: str

    def theme(self, name: str, data: bytes) -> Theme:
        parts = dict[str, Any]()
        for key, line, value in self.pairs(self.root(data), "a theme"):
            if key not in ("kind", "grounds", "roles"):
                raise self.wrong(line, f"{quoted(key)} is not part of a theme: kind, grounds, roles")
            parts[key] = value
        for key in ("kind", "grounds", "roles"):
            if key not in parts:
                raise self.wrong(1, f"{key} is missing")
        kind = parts["kind"].value
        if kind not in get_args(Kind):
            raise self.wrong(line_of(parts["kind"]), "a kind is one of light, dark, either")
        grounds = self.looks(parts["grounds"], "ground", {name: (ground.like, ()) for name, ground in GROUNDS.items()})
        roles = self.looks(parts["roles"], "role", {name: (role.like, role.attributes) for name, role in ROLES.items()})
        return Theme(name, kind, grounds, roles)

    def root(self, data: bytes) -> Any:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            text = data.decode("utf-8-sig")
            # Nodes are made by recursion, in C without a limit: a file that nests deeper than any theme must not get there.
            depth = 0
            for event in yaml.parse(text, Loader=loader):
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > DEEPEST:
                    raise self.wrong(line_of(event), "a theme does not nest so deep")
            return yaml.compose(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise self.wrong(line, f"this is not YAML ({error.problem})") from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise self.wrong(1, "this is not YAML in UTF-8") from error

    def looks(self, node: Any, what: str, known: Mapping[str, tuple[str | None, tuple[str, ...]]]) -> dict[str, Look]:
        """The looks of all known names, those the file leaves out taken from the name each is like."""
        given: dict[str, Look] = {}
        for key, line, value in self.pairs(node, f"{what}s"):
            if key not in known:
                raise self.wrong(line, f"{quoted(key)} is not a {what}: {', '.join(known)}")
            given[key] = self.look(key, line, value, known[key][1])
        looks: dict[str, Look] = {}
        for name, (like, attributes) in known.items():
            if name not in given and like is None:
                raise self.wrong(line_of(node), f"the {what} {quoted(name)} is missing")
            looks[name] = given[name] if name in given else (looks[cast(str, like)][0], attributes)
        return looks

    def look(self, key: str, line: int, node: Any, attributes: tuple[str, ...]) -> Look:
        if not isinstance(node.value, str):
            raise self.wrong(line, f"{quoted(key)} wants a color and attributes on one line")
        words = node.value.split()
        if not words:
            raise self.wrong(line, f"{quoted(key)} has no color; one that begins with # must stand in quotation marks")
        color = words.pop(0)
        if color not in ANSI and not HEX.fullmatch(color):
            raise self.wrong(line, f"{quoted(color)} is not a color")
        for word in words:
            if word not in (*ATTRIBUTES, "plain"):
                raise self.wrong(line, f"{quoted(word)} is not an attribute: {', '.join(ATTRIBUTES)} or plain")
        return color, tuple(word for word in words if word != "plain") if words else attributes

    def pairs(self, node: Any, what: str) -> Iterator[tuple[str, int, Any]]:
        """Key, line and value node of a mapping."""
        if node is None or not isinstance(node.value, list) or not node.tag.endswith(":map"):
            raise self.wrong(line_of(node), f"{what} must be a list of names, each with a colon and its value")
        seen = set()
        for key, value in node.value:
            name = key.value if isinstance(key.value, str) else ""
            if name in seen:
                raise self.wrong(line_of(key), f"{quoted(name)} is given twice")
            seen.add(name)
            yield name, line_of(key), value

    def wrong(self, line: int, why: str) -> ThemeError:
        return ThemeError(f"{self.shown}, line {line}: {why}")


def line_of(node: Any) -> int:
    """The line a YAML node begins on, from 1."""
    return cast(int, node.start_mark.line) + 1 if node is not None else 1


def quoted(text: str) -> str:
    """Text from a file as a message may show it: in quotation marks, short, without what a terminal would obey."""
    return f"“{''.join(char if char.isprintable() else '�' for char in text[:40])}”"

"""Themes: YAML files that give each role a colour and attributes. The built-in ones are files like anybody's.

    kind: light                      # light, dark or either
    grounds: {ground: "#f6f1e6", …}  # see GROUNDS
    roles:
      ink: "#24211d"                 # see ROLES
      hit: default reverse           # a colour, attributes, or both; "plain" takes a role's attributes away

A colour is `#rrggbb` or one of the terminal's own sixteen (`bright_red`); `default` is the terminal's own text or ground.
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
"""A colour and attributes."""

FALLBACK = "paper"
LARGEST = 64 * 1024
DEEPEST = 3
HUES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
ANSI = frozenset(("default", *HUES, *(f"bright_{hue}" for hue in HUES)))
HEX = re.compile(r"#[0-9A-Fa-f]{6}")


class ThemeError(Exception):
    """A theme that cannot be used: `problem` says where and why, the text also what follows."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}; {FALLBACK} is used")
        self.problem = problem


@dataclass(frozen=True, eq=False)
class Theme:
    """A checked theme: every role and every ground has a colour and attributes."""

    name: str
    kind: Kind
    grounds: Mapping[str, Look]
    roles: Mapping[str, Look]
    _styles: dict[tuple[str, str], Style] = field(default_factory=dict, repr=False)

    @property
    def ansi(self) -> bool:
        """Whether the theme uses the terminal's own colours, which must then reach it unchanged."""
        return any(colour in ANSI for colour, _ in (*self.grounds.values(), *self.roles.values()))

    def style(self, role: str, ground: str = "ground") -> Style:
        """The style of a role on a ground; the hit roles bring their own ground. Raises KeyError for a name that is none."""
        style = self._styles.get((role, ground))
        if style is None:
            style = self._styles[role, ground] = self._make(role, ground)
        return style

    def _make(self, role: str, ground: str) -> Style:
        from rich.style import Style

        colour, attributes = self.roles[role]
        behind = ROLES[role].on or ground
        on = [attributes, *(self.grounds[name][1] for name in {ground, behind})]
        bold, italic, underline, dim = (any(name in each for each in on) for name in ("bold", "italic", "underline", "dim"))
        return Style(
            color=colour,
            bgcolor=self.grounds[behind][0],
            bold=bold,
            italic=italic,
            underline=underline,
            dim=dim,
            # Reverse on a row that is reverse already stands out by being plain.
            reverse=sum("reverse" in each for each in on) % 2 == 1,
        )

    def variables(self) -> dict[str, str]:
        """Variables for the screens' CSS: each role, each ground (`hit-ground` where a role has the name), and Textual's own."""
        found = {name.replace("_", "-"): css(colour) for name, (colour, _) in self.roles.items()}
        for name, (colour, _) in self.grounds.items():
            found[f"{name}-ground" if name in ROLES else name] = css(colour)
        own = {"background": "ground", "surface": "ground", "panel": "tint", "foreground": "ink", "primary": "accent"}
        return found | {variable: found[name] for variable, name in own.items()}


def css(colour: str) -> str:
    """A theme's colour as Textual's CSS spells it."""
    return f"ansi_{colour}" if colour in ANSI else colour


def themes(folders: Iterable[Path]) -> tuple[list[Theme], list[str]]:
    """All themes of the folders, light ones first, and in words what is wrong with the files left out.

    A later folder's theme takes the place of an earlier one's of the same name.
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
    """The theme of that name, from the last folder that has it. Raises ThemeError where none has, or where it cannot be used."""
    wanted = name.replace("-", " ")
    for folder in reversed(folders):
        for path in sorted(folder.glob("*.yaml")):
            if theme_name(path) == wanted:
                return load(path)
    raise ThemeError(f"no theme is called {quoted(name)}")


def theme_name(path: Path) -> str:
    """What a theme file's theme is called: the file's name, with blanks for dashes."""
    return path.stem.replace("-", " ")


def load(path: Path) -> Theme:
    """One theme from its file. Raises ThemeError with the file, the line and the reason."""
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
            raise self.wrong(line, f"{quoted(key)} wants a colour and attributes on one line")
        words = node.value.split()
        if not words:
            raise self.wrong(line, f"{quoted(key)} has no colour; one that begins with # must stand in quotation marks")
        colour = words.pop(0)
        if colour not in ANSI and not HEX.fullmatch(colour):
            raise self.wrong(line, f"{quoted(colour)} is not a colour")
        for word in words:
            if word not in (*ATTRIBUTES, "plain"):
                raise self.wrong(line, f"{quoted(word)} is not an attribute: {', '.join(ATTRIBUTES)} or plain")
        return colour, tuple(word for word in words if word != "plain") if words else attributes

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

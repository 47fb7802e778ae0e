"""The file of saved searches: hand-written YAML of which only the changed entry is rewritten."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.errors import SavedSearchError
from reader.models import SavedSearch
from reader.text.sanitize import clean_line
from reader.text.yaml_nodes import compose, line_of

if TYPE_CHECKING:
    import yaml

LARGEST = 256 * 1024
"""Maximum length of the file in characters."""
LONGEST = 200
"""Maximum length of a name in characters."""
_EXAMPLE = "write `- name: Ferries`, and below it `  query: ferry OR tram`"
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class YamlEntry(Struct, frozen=True):
    """A saved search and its lines in the text: from `first` to before `last`, counted from 0."""

    saved: SavedSearch
    first: int
    last: int


def read(text: str, source: str) -> list[YamlEntry]:
    """Parse the entries in order; raises `SavedSearchError` with line and remedy for the first mistake."""
    entries, problems = read_valid(text, source)
    if problems:
        raise problems[0]
    return entries


def read_valid(text: str, source: str) -> tuple[list[YamlEntry], list[SavedSearchError]]:
    """Parse the valid entries in order; returns them and an error for each invalid one."""
    import yaml

    try:
        root = _parse_list(text, source)
    except SavedSearchError as error:
        return [], [error]
    lines = text.splitlines()
    found: list[YamlEntry] = []
    problems: list[SavedSearchError] = []
    for node in root.value if isinstance(root, yaml.SequenceNode) else ():
        try:
            saved = _parse_entry(node, source)
            if any(other.saved.name.casefold() == saved.name.casefold() for other in found):
                raise SavedSearchError(
                    f"{source}, line {line_of(node)}: “{saved.name}” appears twice; give one of them another name"
                )
        except SavedSearchError as error:
            problems.append(error)
            continue
        first = node.start_mark.line
        while first and not lines[first].lstrip().startswith("-"):
            first -= 1
        end = node.value[-1][1].end_mark
        found.append(YamlEntry(saved, first, end.line + bool(end.column)))
    return found, problems


def _parse_list(text: str, source: str) -> yaml.Node | None:
    """Parse the list; None for an empty text."""
    import yaml

    if len(text) > LARGEST:
        raise SavedSearchError(f"{source}: more than {LARGEST // 1024} KB; too large for a list of searches")
    root = compose(text, source, SavedSearchError, _EXAMPLE)
    if root is not None and (not isinstance(root, yaml.SequenceNode) or root.flow_style):
        raise SavedSearchError(f"{source}, line {line_of(root)}: not a list with a line for each entry; {_EXAMPLE}")
    return root


def replace_entry(text: str, entry: YamlEntry, saved: SavedSearch | None) -> str:
    """Text with an entry replaced, or removed if `saved` is None."""
    lines = text.splitlines(keepends=True)
    formatted = _format(saved, _indent(lines[entry.first])) if saved else ""
    return "".join([*lines[: entry.first], formatted, *lines[entry.last :]])


def insert_entry(text: str, entries: list[YamlEntry], at: int, saved: SavedSearch) -> str:
    """Text with a search inserted as the entry number `at`, or appended."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    line = entries[at].first if at < len(entries) else len(lines)
    indent = _indent(lines[entries[0].first]) if entries else ""
    return "".join([*lines[:line], _format(saved, indent), *lines[line:]])


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _format(saved: SavedSearch, indent: str) -> str:
    """Format a search as an entry, indented like the others of the list."""
    import yaml

    fields: dict[str, object] = {"name": saved.name, "query": saved.query}
    if saved.notify:
        fields["notify"] = True
    return textwrap.indent(yaml.safe_dump([fields], sort_keys=False, allow_unicode=True, width=LARGEST), indent)


def _parse_entry(node: yaml.Node, source: str) -> SavedSearch:
    """Parse one entry."""
    import yaml

    if not isinstance(node, yaml.MappingNode):
        raise SavedSearchError(f"{source}, line {line_of(node)}: an entry needs a name and a query; {_EXAMPLE}")
    fields: dict[str, str] = {}
    for key, value in node.value:
        name, where = getattr(key, "value", ""), f"{source}, line {line_of(key)}"
        if name not in ("name", "query", "notify"):
            raise SavedSearchError(
                f"{where}: unknown field {clean_line(str(name)) or '(no name)'}; an entry has name, query and notify"
            )
        if not isinstance(value, yaml.ScalarNode):
            raise SavedSearchError(f"{where}: {name} is not text; write it in one line, in quotes if it holds `: ` or ` #`")
        fields[name] = clean_line(value.value)
    if not fields.get("name") or not fields.get("query"):
        raise SavedSearchError(f"{source}, line {line_of(node)}: an entry needs a name and a query; {_EXAMPLE}")
    if (notify := fields.get("notify", "no").casefold()) not in _FLAGS:
        raise SavedSearchError(f"{source}, line {line_of(node)}: notify is yes or no, not “{notify}”")
    return SavedSearch(fields["name"][:LONGEST], fields["query"], _FLAGS[notify])

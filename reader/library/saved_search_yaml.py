"""The list of saved searches as text: YAML that the reader may write by hand, of which only the entry that changes is rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.errors import SavedSearchError
from reader.models import SavedSearch
from reader.text.sanitize import clean_line
from reader.text.yaml_nodes import compose, line_of

if TYPE_CHECKING:
    import yaml

LARGEST = 256 * 1024
"""Characters of a list."""
LONGEST = 200
"""Characters of a name."""
_EXAMPLE = "write `- name: Ferries`, and below it `  query: ferry OR tram`"
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class YamlEntry:
    """A saved search, and the lines of the text it takes: from `first` to before `last`, counted from 0."""

    saved: SavedSearch
    first: int
    last: int


def read(text: str, source: str) -> list[YamlEntry]:
    """Parse the entries of a list in their order; raises `SavedSearchError` with line and remedy for the first mistake."""
    entries, problems = read_valid(text, source)
    if problems:
        raise problems[0]
    return entries


def read_valid(text: str, source: str) -> tuple[list[YamlEntry], list[SavedSearchError]]:
    """Parse the valid entries of a list in their order; returns them and an error for every other one."""
    import yaml

    try:
        root = _list(text, source)
    except SavedSearchError as error:
        return [], [error]
    lines = text.splitlines()
    found: list[YamlEntry] = []
    problems: list[SavedSearchError] = []
    for node in root.value if isinstance(root, yaml.SequenceNode) else ():
        try:
            saved = _saved(node, source)
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


def _list(text: str, source: str) -> yaml.Node | None:
    """Parse the list; None for an empty text."""
    import yaml

    if len(text) > LARGEST:
        raise SavedSearchError(f"{source}: more than {LARGEST // 1024} KB; too large for a list of searches")
    root = compose(text, source, SavedSearchError, _EXAMPLE)
    if root is not None and (not isinstance(root, yaml.SequenceNode) or root.flow_style):
        raise SavedSearchError(f"{source}, line {line_of(root)}: not a list with a line for each entry; {_EXAMPLE}")
    return root


def changed(text: str, entry: YamlEntry, saved: SavedSearch | None) -> str:
    """The text with another search in the place of an entry, or none."""
    lines = text.splitlines(keepends=True)
    return "".join([*lines[: entry.first], _written(saved) if saved else "", *lines[entry.last :]])


def inserted(text: str, entries: list[YamlEntry], at: int, saved: SavedSearch) -> str:
    """The text with one search more, the `at`th; the last where there are fewer."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    line = entries[at].first if at < len(entries) else len(lines)
    return "".join([*lines[:line], _written(saved), *lines[line:]])


def _written(saved: SavedSearch) -> str:
    """A search as an entry."""
    import yaml

    fields: dict[str, object] = {"name": saved.name, "query": saved.query}
    if saved.notify:
        fields["notify"] = True
    return yaml.safe_dump([fields], sort_keys=False, allow_unicode=True, width=LARGEST)


def _saved(node: yaml.Node, source: str) -> SavedSearch:
    """One entry."""
    import yaml

    if not isinstance(node, yaml.MappingNode):
        raise SavedSearchError(f"{source}, line {line_of(node)}: an entry needs a name and a query; {_EXAMPLE}")
    fields: dict[str, str] = {}
    for key, value in node.value:
        name, where = getattr(key, "value", ""), f"{source}, line {line_of(key)}"
        if name not in ("name", "query", "notify"):
            raise SavedSearchError(
                f"{where}: unknown field {clean_line(str(name)) or 'of fields'}; an entry has name, query and notify"
            )
        if not isinstance(value, yaml.ScalarNode):
            raise SavedSearchError(f"{where}: {name} is not text; write it in one line, in quotes if it holds `: ` or ` #`")
        fields[name] = clean_line(value.value)
    if not fields.get("name") or not fields.get("query"):
        raise SavedSearchError(f"{source}, line {line_of(node)}: an entry needs a name and a query; {_EXAMPLE}")
    if (notify := fields.get("notify", "no").casefold()) not in _FLAGS:
        raise SavedSearchError(f"{source}, line {line_of(node)}: notify is yes or no, not “{notify}”")
    return SavedSearch(fields["name"][:LONGEST], fields["query"], _FLAGS[notify])

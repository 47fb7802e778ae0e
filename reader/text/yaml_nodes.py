"""YAML from outside: parsed to nodes with line numbers, or to plain values.

No tag has an effect: nodes are composed but never constructed, and plain values are strings, lists and maps only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml

DEEPEST = 20
"""Maximum nesting of lists and maps."""


def compose(text: str, source: str, fault: Callable[[str], Exception], example: str) -> yaml.Node | None:
    """Parse a text to a node; None for an empty one or a document marker alone.

    `source` names the text in errors, which end with an `example`. Raises `fault` with the line if the text is not YAML.
    """
    import yaml

    node = _parsed(yaml.compose, yaml.SafeLoader, text, source, fault, example)
    is_empty = isinstance(node, yaml.ScalarNode) and node.style is None and not node.value
    return None if is_empty else node


def plain(text: str, source: str, fault: Callable[[str], Exception], example: str) -> Any:
    """Parse a text to strings, lists and maps; raises `fault` as `compose` does."""
    import yaml

    return _parsed(yaml.load, getattr(yaml, "CBaseLoader", yaml.BaseLoader), text, source, fault, example)


def _deep_line(text: str, loader: Any) -> int | None:
    """Return the line where a text is nested deeper than `DEEPEST`; None if it is not.

    PyYAML builds nodes by recursion, in C without a limit, so the depth is to be checked first.
    """
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return int(event.start_mark.line) + 1 if event.start_mark else 1
    return None


def _parsed(parse: Callable[..., Any], loader: Any, text: str, source: str, fault: Callable[[str], Exception], example: str) -> Any:
    """Parse a text that is not too deep; raises `fault` for any other, and for anything that is not YAML."""
    import yaml

    try:
        deep = _deep_line(text, loader)
        found = parse(text, Loader=loader) if deep is None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise fault(f"{source}, line {line}: not YAML ({error.problem}); {example}") from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: an escaped code point beyond Unicode
        raise fault(f"{source}: not YAML; {example}") from error
    if deep is not None:
        raise fault(f"{source}, line {deep}: nested too deeply; {example}")
    return found


def line_of(node: yaml.Node) -> int:
    """Line of a node, starting at 1."""
    return int(node.start_mark.line) + 1


def kind_of(node: yaml.Node) -> str:
    """Kind of a node: "scalar", "sequence" or "mapping"."""
    import yaml

    kinds: dict[type[yaml.Node], str] = {yaml.SequenceNode: "sequence", yaml.MappingNode: "mapping"}
    return kinds.get(type(node), "scalar")

"""Hand-written YAML, parsed to nodes.

YAML is composed but never constructed: nodes have line numbers, and tags and aliases have no effect.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import yaml


def compose(text: str, source: str, fault: Callable[[str], Exception], example: str) -> yaml.Node | None:
    """Parse a text to a node; None for an empty one or a document marker alone.

    `source` names the text in errors, which end with an `example`. Raises `fault` with the line if the text is not YAML.
    """
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise fault(f"{source}, line {line}: not YAML ({error.problem}); {example}") from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: an escaped code point beyond Unicode
        raise fault(f"{source}: not YAML; {example}") from error
    except RecursionError as error:
        raise fault(f"{source}: nested too deeply; {example}") from error
    is_empty = isinstance(node, yaml.ScalarNode) and node.style is None and not node.value
    return None if is_empty else node


def line_of(node: yaml.Node) -> int:
    """Line of a node, starting at 1."""
    return int(node.start_mark.line) + 1


def kind_of(node: yaml.Node) -> str:
    """Kind of a node: "scalar", "sequence" or "mapping"."""
    import yaml

    kinds: dict[type[yaml.Node], str] = {yaml.SequenceNode: "sequence", yaml.MappingNode: "mapping"}
    return kinds.get(type(node), "scalar")

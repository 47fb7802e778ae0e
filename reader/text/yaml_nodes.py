"""YAML that the reader may write by hand, as nodes.

Only composed, never constructed: nodes know their lines, and no tag or alias can make anything grow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import yaml


def compose(text: str, source: str, fault: Callable[[str], Exception], example: str) -> yaml.Node | None:
    """Parse a text; None for an empty one or one with a document marker only.

    `source` is the name for errors, which end with an `example` of what to write. Raises `fault` with the line if the text is not
    YAML.
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
    """The line a node begins in, counted from 1."""
    return int(node.start_mark.line) + 1


def kind_of(node: yaml.Node) -> str:
    """Kind of a node: "scalar", "sequence" or "mapping"."""
    import yaml

    kinds: dict[type[yaml.Node], str] = {yaml.SequenceNode: "sequence", yaml.MappingNode: "mapping"}
    return kinds.get(type(node), "scalar")

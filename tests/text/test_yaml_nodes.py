"""YAML nodes with line numbers, and errors that name the line."""

from __future__ import annotations

import pytest

from reader.text.yaml_nodes import compose, kind_of, line_of


def test_nodes_have_line_numbers() -> None:
    root = compose("# mine\n- ferry\n\n- tram\n", "list.yaml", ValueError, "write a list")
    assert root is not None
    assert [(node.value, line_of(node)) for node in root.value] == [("ferry", 2), ("tram", 4)]


def test_an_empty_text_has_no_node() -> None:
    assert compose("# nothing yet\n", "list.yaml", ValueError, "write a list") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- ferry\n- 'tram", "^list.yaml, line 2: not YAML .*; write a list$"),
        ("\x00", "^list.yaml: not YAML; write a list$"),
        ("[" * 1_500, "^list.yaml: nested too deeply; write a list$"),
    ],
)
def test_invalid_yaml_is_reported_with_an_example(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        compose(text, "list.yaml", ValueError, "write a list")


def test_the_kind_of_a_node() -> None:
    root = compose("a: [1]\nb: {c: 2}\nd: 3\n", "x.yaml", ValueError, "")
    assert root is not None
    assert [kind_of(root), *(kind_of(value) for _, value in root.value)] == ["mapping", "sequence", "mapping", "scalar"]

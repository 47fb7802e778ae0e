"""YAML nodes with line numbers, and errors that name the line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.text.yaml_nodes import DEEPEST, compose, kind_of, line_of, plain


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
        ("\n" + "[" * 300_000, "^list.yaml, line 2: nested too deeply; write a list$"),
    ],
)
def test_invalid_yaml_is_reported_with_an_example(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        compose(text, "list.yaml", ValueError, "write a list")


@pytest.mark.parametrize("parse", [compose, plain])
def test_the_deepest_text_that_is_taken(parse: Callable[..., object]) -> None:
    assert parse("[" * DEEPEST + "]" * DEEPEST, "list.yaml", ValueError, "write a list") is not None
    with pytest.raises(ValueError, match="too deeply"):
        parse("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "list.yaml", ValueError, "write a list")


def test_plain_values_are_strings_lists_and_maps() -> None:
    text = "at: 2018-12-21\nmany: [1, yes, null]\nmade: !!python/name:os.system x\n"
    expected = {"at": "2018-12-21", "many": ["1", "yes", "null"], "made": "x"}
    assert plain(text, "list.yaml", ValueError, "write a list") == expected


@pytest.mark.parametrize(("text", "told"), [("- 'tram", "line 1: not YAML"), ("\x00", "not YAML"), ("[" * 300_000, "too deeply")])
def test_what_has_no_plain_values_is_reported(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        plain(text, "list.yaml", ValueError, "write a list")


def test_the_kind_of_a_node() -> None:
    root = compose("a: [1]\nb: {c: 2}\nd: 3\n", "x.yaml", ValueError, "")
    assert root is not None
    assert [kind_of(root), *(kind_of(value) for _, value in root.value)] == ["mapping", "sequence", "mapping", "scalar"]

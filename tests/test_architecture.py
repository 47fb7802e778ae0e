"""The rules of the architecture: import directions, shallow classes, names with one meaning."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "reader"

ALLOWED = {
    "errors": set(),
    "log": set(),
    "models": set(),
    "text": {"models", "errors"},
    "extraction": {"text", "models", "errors"},
    "sources": {"extraction", "text", "models", "errors"},
    "storage": {"text", "models", "errors"},
    "search": {"storage", "text", "models", "errors", "log"},
    "clustering": {"text", "models", "errors"},
    "comparison": {"text", "models", "errors"},
    "paths": set(),
    "settings": {"text", "errors"},
    "library": {"sources", "extraction", "storage", "search", "clustering", "comparison", "text", "models", "errors", "log"},
    "presentation": {"library", "models", "errors"},
    "tui": {"presentation", "library", "paths", "settings", "models", "errors", "log"},
    "cli": {"presentation", "tui", "library", "paths", "settings", "models", "errors", "log"},
    "__main__": {"cli"},
}
WORD_LISTS = "whoosh.lang.stopwords"  # lists of words without code
OUTSIDERS = {"textual": "tui", "whoosh": "search", "numpy": "search", "sqlite3": "storage"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py" and "_files" not in path.parts)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield f"{node.module}.{node.names[0].name}" if node.module == "reader" else str(node.module)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_flow_one_way(path: Path) -> None:
    here = room(path)
    assert here in ALLOWED, f"{path} stands in no room"
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top == "reader":
            there = rest.partition(".")[0]
            assert there in {here, "__version__"} | ALLOWED[here], f"{path} imports {name}"
        elif top in OUTSIDERS and name != WORD_LISTS:
            assert here == OUTSIDERS[top], f"{path} imports {name}"


def loaded_by(*arguments: str, library: Path) -> set[str]:
    code = "import sys; from reader.cli import main; main(sys.argv[1:]); print('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, "--library", str(library), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def test_textual_is_not_loaded_by_the_command_line(tmp_path: Path) -> None:
    loaded = loaded_by("search", "ferry", library=tmp_path)
    assert "whoosh" in loaded
    assert "textual" not in loaded


def test_nothing_heavy_is_loaded_to_list_the_threads(tmp_path: Path) -> None:
    loaded = loaded_by("threads", library=tmp_path)
    assert "sqlite3" in loaded
    assert not loaded & {"textual", "whoosh", "numpy", "snowballstemmer", "ftfy", "charset_normalizer"}


# classes


MOST_CLASSES = 2
"""Classes of the project in a class's ancestry, itself included; exceptions may be deeper."""
SAME_NAME: dict[str, str] = {}
"""Public class names that occur twice, each with a reason; at most ten."""
VERB_MODULES = {
    "reader/presentation/formatting.py": "the standard term for values as text",
    "reader/text/encoding.py": "the standard term for character sets",
    "reader/clustering/reclustering.py": "a noun of the field: repeated clustering",
    "reader/search/spelling.py": "the noun of spelling suggestions",
    "reader/comparison/weighting.py": "the standard term for term weights",
}
"""Modules whose names end in -ing, each with a reason; at most five."""


def classes() -> dict[str, type]:
    """All classes of the package by module and name."""
    found: dict[str, type] = {}
    for path in modules():
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        if name == "reader.__main__":
            continue
        for each in vars(importlib.import_module(name)).values():
            if isinstance(each, type) and each.__module__ == name:
                found[f"{name}.{each.__qualname__}"] = each
    return found


def own(kind: type) -> list[type]:
    """The ancestry of a class as far as the project wrote it, itself included."""
    return [each for each in kind.__mro__ if each.__module__.startswith("reader.")]


def called_names() -> set[str]:
    """Everything that is called by name anywhere in the package: a class called so is instantiated."""
    return {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }


def test_classes_are_shallow() -> None:
    deep = {
        name: [each.__name__ for each in own(kind)]
        for name, kind in classes().items()
        if len(own(kind)) > MOST_CLASSES and not issubclass(kind, BaseException)
    }
    assert deep == {}


def test_no_base_has_a_single_subclass() -> None:
    children: dict[type, list[str]] = defaultdict(list)
    for kind in classes().values():
        for base in kind.__bases__:
            if base.__module__.startswith("reader."):
                children[base].append(kind.__name__)
    called = called_names()
    lonely = {
        base.__name__: names
        for base, names in children.items()
        if len(names) == 1 and base.__name__ not in called and not issubclass(base, BaseException)
    }
    assert lonely == {}


def test_a_public_class_name_has_one_meaning() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for kind in classes().values():
        if "." not in kind.__qualname__ and not kind.__name__.startswith("_"):
            places[kind.__name__].add(kind.__module__)
    assert {name: where for name, where in places.items() if len(where) > 1 and name not in SAME_NAME} == {}
    assert len(SAME_NAME) <= 10


def test_message_handlers_never_call_super() -> None:
    """Textual calls the handlers of every class in the ancestry by itself; `super().on_*` would run them twice."""
    found = [
        f"{path.relative_to(PACKAGE.parent)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr.startswith("on_")
        and node.func.attr != "on_event"  # the dispatcher itself, not a handler
        and isinstance(node.func.value, ast.Call)
        and isinstance(node.func.value.func, ast.Name)
        and node.func.value.func.id == "super"
    ]
    assert found == []


def test_module_names_are_nouns() -> None:
    found = {str(path.relative_to(PACKAGE.parent)) for path in modules() if path.stem.endswith("ing")}
    assert found - set(VERB_MODULES) == set()
    assert len(VERB_MODULES) <= 5


def test_the_exceptions_are_still_needed() -> None:
    paths = {str(path.relative_to(PACKAGE.parent)) for path in modules()}
    assert paths >= set(VERB_MODULES), "remove it from the list"

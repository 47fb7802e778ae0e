"""The command line imports the screen only in functions, and only to open it or to list its keys and themes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import reader.cli

PACKAGE = Path(reader.cli.__file__).parent
ALLOWED = {"commands/screen.py": {"reader.tui.start"}, "commands/program.py": {"reader.tui.commands", "reader.tui.theming"}}


def screen_imports(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """The modules of the screen that a module imports, and whether each import stands in a function."""
    inside = {node for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) for node in ast.walk(each)}
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            names = [str(node.module)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        yield from ((name, node in inside) for name in names if name.startswith("reader.tui"))


def test_the_screen_is_imported_lazily_and_in_two_modules() -> None:
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for name, lazy in screen_imports(ast.parse(path.read_text(encoding="utf-8"))):
            assert lazy, f"{path} imports {name} at the top"
            found.setdefault(str(path.relative_to(PACKAGE)), set()).add(".".join(name.split(".")[:3]))
    assert found == ALLOWED

"""The house's rules on imports: one way through the rooms, textual in tui alone, whoosh in search alone."""

from __future__ import annotations

import ast
import subprocess
import sys
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

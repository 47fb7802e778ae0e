"""README says what the program does: its tables are the program's own, its pictures and links are there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

_spec = importlib.util.spec_from_file_location("docs_write", ROOT / "docs" / "write.py")
assert _spec is not None and _spec.loader is not None
write = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(write)


def test_the_tables_are_the_programs() -> None:
    for name, table in write.tables().items():
        assert f"<!-- {name} -->\n{table}\n<!-- /{name} -->" in README, f"README's {name} are not the program's: make docs"


def test_every_picture_and_file_named_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert len([link for link in links if link.endswith(".svg")]) >= 3
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=\[]", requirement)[0]
        assert f"| `{name}` |" in README

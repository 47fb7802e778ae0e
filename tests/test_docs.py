"""The documentation matches the program: tables, links, settings, modules and dependencies."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
from msgspec.structs import fields

from reader import __version__
from reader.settings import SETTINGS, Settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])

_spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
assert _spec is not None and _spec.loader is not None
generate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(generate)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as public hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(("page", "marker"), generate.tables())
def test_tables_are_generated(page: str, marker: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert generate.fill(text, marker, generate.tables()[page, marker]) == text, f"docs/{page} is out of date: make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if link.startswith(("https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name}: {link}"
        assert not anchor or anchor in anchors(target), f"{page.name}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_named_in_the_text_exist(page: Path) -> None:
    examples = {"reader/extraction/epub.py", "themes/NAME.yaml"}
    rooms = "|".join(
        ["reader", "tests", "docs", "themes", *(folder.name for folder in generate.PACKAGE.iterdir() if folder.is_dir())]
    )
    for name in set(re.findall(rf"`((?:{rooms})/[\w./-]+)`", page.read_text(encoding="utf-8"))) - examples:
        places = [ROOT / name, ROOT / "reader" / name]
        assert any(place.exists() or place.with_suffix(".py").exists() for place in places), f"{page.name}: {name}"


def test_the_readme_is_short_and_links_every_page() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    for page in DOCS.glob("*.md"):
        assert f"(docs/{page.name})" in text, f"README does not link {page.name}"


def test_every_setting_is_described() -> None:
    assert list(SETTINGS) == [setting.name for setting in fields(Settings)]


def test_every_dependency_has_a_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=\[]", requirement)[0]
        assert f"| `{name}` |" in text


def test_the_version_has_a_dated_section_in_the_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(__version__)} - \d{{4}}-\d{{2}}-\d{{2}}$", text, re.M)


def test_the_documentation_has_no_emoji() -> None:
    for page in PAGES:
        assert not re.search("[\U0001f300-\U0001faff\u2705\u274c\u2728]", page.read_text(encoding="utf-8")), page

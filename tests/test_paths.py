"""Where things lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.paths import Directories, places, shipped


def test_the_shipped_folders_are_there() -> None:
    assert len(list(shipped("seeds").glob("*.txt"))) == 5
    assert (shipped("themes") / "paper.yaml").is_file()


def test_a_library_of_ones_own_holds_everything(tmp_path: Path) -> None:
    found = places(tmp_path)
    assert found == Directories(tmp_path, tmp_path)
    for path in (found.settings, found.themes, found.followed, found.searches):
        assert path.is_relative_to(tmp_path)


def test_the_environment_names_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLOOM_LIBRARY", str(tmp_path / "mine"))
    assert places().library == tmp_path / "mine"
    assert places(tmp_path / "other").library == tmp_path / "other"


def test_without_a_name_the_platform_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSLOOM_LIBRARY", raising=False)
    found = places()
    assert found.library.name == found.config.name == "newsloom"
    assert found.library.is_absolute()


def test_a_tilde_is_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert places("~/news").library == tmp_path / "news"

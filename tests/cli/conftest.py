"""Fixtures of the command line's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.shell import SEEDS, Shell, Site


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The command line on an empty library."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return Shell(tmp_path / "library", capsys)


@pytest.fixture
def samples_shell(shell: Shell) -> Shell:
    """The command line on a library of the samples."""
    assert shell("add", str(SEEDS)) == (0, "")
    assert shell.words == "5 stories added\n"
    return shell


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A web site on this machine, which nobody may ask yet."""
    folder = tmp_path / "site"
    folder.mkdir()
    site = Site(folder)
    yield site
    site.close()


@pytest.fixture
def online(shell: Shell, site: Site) -> Shell:
    """The command line on an empty library that may ask the site."""
    assert shell("feeds", "allow", "127.0.0.1") == (0, "")
    return shell

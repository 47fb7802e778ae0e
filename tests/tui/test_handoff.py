from __future__ import annotations

import sys

import pytest
from msgspec.structs import replace

from reader.models import StoryHeader
from reader.presentation import links
from reader.tui import handoff
from tests.support.example_library import shared_library


def head() -> StoryHeader:
    return shared_library().stories.header("councila")


@pytest.mark.parametrize("url", ["https://a.example/x?y=1&z=2", "http://a.example", "mailto:desk@a.example", "HTTPS://A.example"])
def test_addresses_for_a_browser(url: str) -> None:
    assert links.address(replace(head(), url=url)) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "-rf",
        "--help",
        "https://a.example/\x1b]0;x\x07",
        "https://a b.example",
        "ftp://a.example",
    ],
)
def test_what_no_browser_is_given(url: str | None) -> None:
    assert links.address(replace(head(), url=url)) is None


@pytest.mark.parametrize(
    ("named", "command"),
    [
        ("looker", ["looker", "https://a.example/;rm"]),
        ("looker --tab:other", ["looker", "--tab", "https://a.example/;rm"]),
        ("looker '%s' --quiet", ["looker", "https://a.example/;rm", "--quiet"]),
    ],
)
def test_the_command_is_a_list_of_arguments(named: str, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", named)
    assert handoff.browser("https://a.example/;rm") == command


@pytest.mark.parametrize(("platform", "opener"), [("darwin", "open"), ("linux", "xdg-open")])
def test_without_a_named_browser_the_platforms_own(platform: str, opener: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setattr("sys.platform", platform)
    assert handoff.browser("https://a.example") == [opener, "https://a.example"]


def test_a_program_that_is_not_there() -> None:
    assert not handoff.start(["/nonexistent/program", "https://a.example"])


def test_texts_carry_their_source() -> None:
    source = "townhall.example, “Council Votes for the New Bridge”, 7 Jan 2020, 23:09, https://townhall.example/bridge"
    assert handoff.source(head()) == source
    assert handoff.passage(head(), "A passage.") == f"A passage.\n— {source}\n"
    whole = handoff.whole(head(), shared_library().stories.get("councila"))
    assert whole.startswith("Council Votes for the New Bridge\n\nThe council voted")
    assert whole.endswith(f"\n\n— {source}\n")
    assert handoff.source(shared_library().stories.header("ferryxxc")).endswith("date not stated, about 21 Dec 2018, ferryxxc.txt")


def test_a_program_that_fails_says_why() -> None:
    assert handoff.pipe(["cat"], "text") == ""
    assert handoff.pipe(["/nonexistent/program"], "text") == "No such file or directory"
    assert (
        handoff.pipe([sys.executable, "-c", r"import sys; sys.stderr.write('no\x1b[31m room'); sys.exit(3)"], "t") == "no [31m room"
    )

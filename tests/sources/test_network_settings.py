"""Settings for HTTP: user agents, proxies, and credentials that are never stored."""

from __future__ import annotations

import base64
import sys
from pathlib import Path

import pytest

from reader.errors import NetworkSettingsError, SourceError
from reader.sources.network_settings import FeedAccess, NetworkSettings, authorization, load_network_settings

ADDRESS = "https://news.example/members/feed"


def command(code: str) -> str:
    return f'{sys.executable} -c "{code}"'


def test_settings_are_read_and_the_longest_prefix_counts(tmp_path: Path) -> None:
    (tmp_path / "network.yaml").write_text(
        "user_agent: All/1\nproxy: http://proxy.example:3128\nfeeds:\n"
        "  https://news.example:\n    user_agent: Host/1\n"
        "  https://news.example/members/:\n    user: ada\n    password_command: pass show news\n",
        encoding="utf-8",
    )
    settings = load_network_settings(tmp_path)
    assert settings.user_agent == "All/1"
    assert settings.access(ADDRESS) == FeedAccess(None, "ada", "pass show news")
    assert settings.access("https://news.example/feed").user_agent == "Host/1"
    assert settings.access("https://news.example.evil/feed") == FeedAccess()
    assert settings.proxy_for(ADDRESS) == "http://proxy.example:3128"


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert load_network_settings(tmp_path) == NetworkSettings()


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        "agent: x",
        "feeds: 3",
        "feeds: {news.example: {}}",
        "proxy: socks5://x",
        "user_agent: [1]",
        "{",
        'proxy: "\\U00110000"',
        "!!python/name:x y",
        "[" * 300_000,
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "network.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(NetworkSettingsError, match=r"network\.yaml"):
        load_network_settings(tmp_path)


def test_the_environment_names_a_proxy_and_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert NetworkSettings().proxy_for(ADDRESS) is None
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    assert NetworkSettings().proxy_for(ADDRESS) == "http://proxy.example"
    assert NetworkSettings().proxy_for("http://news.example/") is None
    monkeypatch.setenv("no_proxy", "other.example, .news.example")
    assert NetworkSettings().proxy_for(ADDRESS) is None


@pytest.mark.parametrize(
    ("user", "output", "expected"),
    [
        ("ada", "secret", "Basic " + base64.b64encode(b"ada:secret").decode()),
        (None, "ada:secret", "Basic " + base64.b64encode(b"ada:secret").decode()),
        (None, "Bearer token", "Bearer token"),
    ],
)
def test_a_command_gives_the_credentials(user: str | None, output: str, expected: str) -> None:
    access = FeedAccess(user=user, password_command=command(f"print('{output}')"))
    assert authorization(access, ADDRESS) == expected
    assert authorization(FeedAccess(), ADDRESS) is None


@pytest.mark.parametrize("run", [command("print('secret'); exit(3)"), "/nonexistent/command", command("pass"), '"'])
def test_a_command_that_fails_is_told_without_its_output(run: str) -> None:
    with pytest.raises(SourceError) as caught:
        authorization(FeedAccess(password_command=run), ADDRESS)
    assert "password command" in caught.value.why
    assert "secret" not in f"{caught.value.why} {caught.value.code}"


def test_a_command_is_no_shell() -> None:
    access = FeedAccess(user="a", password_command="echo x; touch /nonexistent")
    assert authorization(access, ADDRESS) == "Basic " + base64.b64encode(b"a:x; touch /nonexistent").decode()

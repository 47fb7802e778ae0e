"""Newsboat's `config`: settings with a counterpart, and a reason for every other line."""

from __future__ import annotations

import pytest

from reader.sources.newsboat_config import read_config


@pytest.mark.parametrize(
    ("line", "browser"),
    [
        ('browser "firefox --new-tab %u"', ("firefox", "--new-tab")),
        ("browser \"w3m '%u'\"", ("w3m",)),
        ("browser lynx", ("lynx",)),
        ('browser "firefox %u > /dev/null &"', None),
        ('browser "sh -c \\"open $1\\""', None),
        ('browser "echo %t %u"', None),
    ],
)
def test_a_browser_is_taken_over_only_as_a_plain_program(line: str, browser: tuple[str, ...] | None) -> None:
    found = read_config(line.encode(), "config")
    assert found.settings == ({"browser": (browser, "config, line 1")} if browser else {})
    assert len(found.refused) == (browser is None)


def test_each_other_line_is_refused_with_its_number() -> None:
    lines = ["# a comment", "", "auto-reload yes", "macro k open", "freshrss-login me", 'ignore-article "*" "title =~ \\"ad\\""']
    found = read_config("\n".join(lines).encode(), "config")
    assert [failure.source for failure in found.refused] == [f"config, line {number}" for number in (3, 4, 5, 6)]
    assert all(failure.why for failure in found.refused)


def test_a_filter_becomes_a_saved_search() -> None:
    config = 'define-filter "Fresh" "unread = \\"yes\\""\ndefine-filter "Odd" "enclosure_url = \\"x\\""'
    found = read_config(config.encode(), "config")
    assert [(search.name, search.query) for search in found.searches] == [("Fresh", "is:unread")]
    assert [failure.source for failure in found.refused] == ["config, line 2"]

"""Arguments parsed into a command and its options."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.cli.commands import compare, correct, feeds, refresh, screen, search, stories
from reader.cli.exit import CliExit
from reader.cli.parser import COMMANDS, OPTIONS, parse


def test_a_command_is_found_after_options_that_take_values() -> None:
    _, command, options = parse(["--library", "threads", "--limit", "3", "search", "ferry", "strike"])
    assert command.run is search.run_search
    assert (options.library, options.limit, options.query) == ("threads", 3, ["ferry", "strike"])


def test_options_may_follow_the_command() -> None:
    _, command, options = parse(["threads", "--json", "--follow", "mine.yaml"])
    assert command.run is stories.run_threads
    assert options.json
    assert options.follow == Path("mine.yaml")


def test_other_words_are_sources_to_open_with() -> None:
    _, command, options = parse(["news.txt", "folder"])
    assert command.run is screen.run_open
    assert options.source == ["news.txt", "folder"]


def test_no_words_open_the_reader() -> None:
    _, command, options = parse([])
    assert command.run is screen.run_open
    assert options.source == []


def test_a_command_word_behind_two_dashes_is_a_source() -> None:
    _, command, options = parse(["--", "threads"])
    assert command.run is screen.run_open
    assert options.source == ["threads"]


def test_standard_input_is_a_source() -> None:
    _, command, options = parse(["add", "-"])
    assert command.run is refresh.run_add
    assert options.source == ["-"]


def test_a_commands_own_options_are_taken() -> None:
    _, command, options = parse(["add", "list.opml", "--allow-private", "127.0.0.1", "--allow-private", "nas.local", "--watch"])
    assert command.run is refresh.run_add
    assert (options.source, options.allow_private, options.watch) == (["list.opml"], ["127.0.0.1", "nas.local"], True)
    assert parse(["refresh", "--due"])[2].due
    assert parse(["add", "list.opml"])[2].allow_private == []


def test_an_action_has_its_feed_and_values() -> None:
    _, command, options = parse(["feeds", "tag", "Courier", "sea", "big news"])
    assert command.run is feeds.run_feeds
    assert (options.action, options.feed, options.value) == ("tag", "Courier", ["sea", "big news"])
    assert parse(["feeds"])[2].action is None


def test_an_option_with_choices_is_one_of_them() -> None:
    _, command, options = parse(["compare", "one", "two", "--format", "html"])
    assert command.run is compare.run_compare
    assert (options.story, options.format, options.faint) == (["one", "two"], "html", False)
    assert parse(["brief", "ferry"])[2].format == "text"


def test_the_usage_says_what_an_argument_may_be() -> None:
    assert COMMANDS["compare"].usage == "THREAD | STORY STORY ..."
    assert COMMANDS["brief"].usage == "THREAD"


def test_completions_offer_what_a_command_takes() -> None:
    assert COMMANDS["feeds"].words[:3] == ("rename", "tag", "untag")
    assert COMMANDS["correct"].words[:-1] == tuple(correct.ACTIONS)
    assert COMMANDS["add"].words == ("--watch", "--allow-private")
    assert COMMANDS["compare"].words == ("--faint", "--format")
    assert COMMANDS["threads"].words == ()


@pytest.mark.parametrize(
    "typed",
    [
        ["search", "--sort", "size"],
        ["threads", "--limit", "0"],
        ["threads", "--limit", "many"],
        ["show"],
        ["add"],
        ["threads", "--jso"],
        ["completions", "tcsh"],
        ["feeds", "paint"],
        ["export", "rss"],
        ["compare"],
        ["brief", "ferry", "strike"],
        ["brief", "ferry", "--format", "pdf"],
        ["add", "news.txt", "--allow-private"],
    ],
)
def test_wrong_usage_ends_with_2(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(typed)
    assert ended.value.code == 2
    assert "usage: newsloom" in capsys.readouterr().err


def test_the_help_names_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    for name, command in COMMANDS.items():
        assert name in told
        assert command.help in told
    for option in OPTIONS:
        assert option in told


def test_a_misspelled_command_is_no_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CliExit, match="newsloom threads") as ended:
        parse(["thread"])
    assert ended.value.code == 2
    (tmp_path / "thread").touch()
    assert parse(["thread"])[2].source == ["thread"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_names_its_function(name: str) -> None:
    assert callable(COMMANDS[name].run)

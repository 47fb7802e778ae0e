"""The command line as scripts use it: fields, exit codes, data on standard output, messages on standard error."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from reader.tui.commands.registry import COMMANDS
from tests.support.shell import SEEDS, Shell
from tests.support.stories import LONE


def test_threads_fields(samples_shell: Shell) -> None:
    rows = samples_shell.rows("threads")
    assert [set(row) for row in rows] == [{"id", "name", "headline", "stories", "outlets", "first", "last", "terms"}] * 3
    assert [set(story) for row in rows for story in row["stories"]] == [{"id", "title", "outlet", "published", "source"}] * 5
    assert {row["name"]: (row["first"], row["last"], row["outlets"]) for row in rows} == {
        LONE: ("2020-01-07T23:09", "2020-01-07T23:09", ["washingtonexaminer.com"]),
        "Syria withdrawal": (None, None, []),
        "Mattis resignation": ("2018-12-21", "2018-12-21", ["Kazinform"]),
    }


def test_follow_names_for_this_call(samples_shell: Shell) -> None:
    rows = samples_shell.rows("threads", "--follow", str(SEEDS / "threads.yaml"))
    assert {row["name"] for row in rows} == {"Iraq letter", "Syria withdrawal", "Mattis exit"}
    assert "Mattis exit" not in {row["name"] for row in samples_shell.rows("threads")}


def test_search_fields(samples_shell: Shell) -> None:
    rows = samples_shell.rows("search", "clear-eyed")
    assert {row["id"] for row in rows} and len(rows) == 2
    for row in rows:
        assert set(row) == {"id", "title", "outlet", "published", "source", "thread", "score", "snippet", "matches"}
        assert set(row["thread"]) == {"id", "name"}
        assert [row["snippet"][start:end] for start, end in row["matches"]] == ["clear-eyed"]
    assert rows == sorted(rows, key=lambda row: -row["score"])
    assert len(samples_shell.rows("search", "syria", "--limit", "1")) == 1


def test_show_fields(samples_shell: Shell) -> None:
    (thread,) = [row for row in samples_shell.rows("threads") if row["name"] == "Syria withdrawal"]
    (row,) = samples_shell.rows("show", thread["stories"][0]["id"])
    wanted = {
        "id",
        "title",
        "title_made",
        "outlet",
        "byline",
        "published",
        "published_estimate",
        "published_why",
        "url",
        "source",
        "body",
        "blocks",
        "media",
    }
    assert wanted | {"captions", "thread"} <= set(row)
    assert row["published"] is None
    assert row["published_estimate"].startswith("2018-12-2")
    assert row["thread"] == {"id": thread["id"], "name": "Syria withdrawal"}


def test_show_hides_removed_lines_unless_asked(samples_shell: Shell) -> None:
    (row,) = samples_shell.rows("search", "wheelbarger")
    code, told = samples_shell("show", row["id"])
    assert code == 0
    assert "2,500 $" not in told
    assert "Caption: US forces drive" in told
    assert "2,500 $" in samples_shell("show", row["id"], "--removed")[1]


def test_a_story_is_found_by_the_beginning_of_its_id(samples_shell: Shell) -> None:
    (row,) = samples_shell.rows("search", "wheelbarger")
    assert samples_shell.rows("show", row["id"][:4])[0]["id"] == row["id"]
    assert samples_shell("show", "0000nothing")[0] == 1
    assert "newsloom threads" in samples_shell.words


def test_related_fields(samples_shell: Shell) -> None:
    (row,) = samples_shell.rows("search", "wheelbarger")
    rows = samples_shell.rows("related", row["id"], "--limit", "2")
    fields = {"id", "title", "outlet", "source", "score", "why", "names", "quotes", "days", "thread"}
    assert [set(each) for each in rows] == [fields] * 2
    assert all(each["why"] and each["names"] and each["days"] > 0 for each in rows)


def test_text_listings_spell_dates_out(samples_shell: Shell) -> None:
    told = samples_shell("threads")[1]
    assert "Mattis resignation  2 stories · about 20–21 Dec 2018" in told
    assert "7 Jan 2020" in told
    assert "\x1b" not in samples_shell("search", "syria")[1]


def test_without_a_terminal_the_threads_are_printed(samples_shell: Shell) -> None:
    code, told = samples_shell()
    assert code == 0
    assert LONE[:20] in told


def test_the_demo_without_a_terminal_prints_the_followed_threads(shell: Shell) -> None:
    code, told = shell("demo")
    assert code == 0
    assert all(name in told for name in ("Iraq letter", "Syria withdrawal", "Mattis exit"))
    assert not shell.library.exists()


def test_sources_named_without_a_command_are_added_first(shell: Shell) -> None:
    code, told = shell(str(SEEDS))
    assert code == 0
    assert LONE[:20] in told


def test_exit_codes(samples_shell: Shell, tmp_path: Path) -> None:
    assert samples_shell("search", "zzzzqqq") == (1, "")
    assert "zzzzqqq" in samples_shell.words
    assert samples_shell("add", str(SEEDS), str(tmp_path / "missing")) == (3, "")
    assert "missing" in samples_shell.words
    assert "5 stories already in the library" in samples_shell.words
    assert samples_shell("search", "date:soon") == (2, "")
    assert samples_shell.words.splitlines()[1].startswith("     ^ “soon” is not a date")
    assert samples_shell("threads", "--follow", str(tmp_path / "missing.yaml"))[0] == 2


def test_an_empty_library_has_no_threads(shell: Shell) -> None:
    assert shell("threads") == (1, "")
    assert shell("search", "anything")[0] == 1


def test_a_misspelled_command_is_reported(shell: Shell) -> None:
    assert shell("thread") == (2, "")
    assert "did you mean newsloom threads?" in shell.words


def test_an_empty_library_says_how_to_fill_it(shell: Shell) -> None:
    assert shell() == (0, "")
    assert "newsloom add" in shell.words


def test_standard_input_can_be_added(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ferry strike ends\n\n" + "The harbour council and the ferry crews agreed on Monday to end the strike. " * 5
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert shell("add", "-")[0] == 0
    assert [row["title"] for row in shell.rows("search", "ferry")] == ["Ferry strike ends"]


def test_a_hostile_story_is_printed_without_escapes(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "hostile\x1b[31m.txt"
    path.write_text(
        "[/b] \x1b]0;owned\x07 [@click=app.quit]x[/]\n\n" + "A harbour master said the ferry would sail again. " * 6,
        encoding="utf-8",
    )
    shell("add", str(path))
    assert "\x1b" not in shell.words
    (row,) = shell.rows("search", "ferry")
    assert row["title"] == "[/b] [@click=app.quit]x[/]"
    for told in (shell("threads")[1], shell("show", row["id"])[1], json.dumps(row)):
        assert "\x1b" not in told
        assert "[@click=app.quit]x[/]" in told


def test_keys_and_places_and_themes(shell: Shell) -> None:
    assert {row["id"] for row in shell.rows("keys")} == {command.id for command in COMMANDS}
    assert "search as you type" in shell("keys")[1]
    (places,) = shell.rows("where")
    assert places["library"] == str(shell.library)
    assert {row["name"] for row in shell.rows("themes")} >= {"paper", "night", "high contrast", "terminal 16", "monochrome"}
    assert "paper" in shell("themes")[1]


def test_check_reports_index_and_threads(samples_shell: Shell) -> None:
    assert samples_shell("check") == (0, "index: 5 stories, all indexed\nthreads: 5 of 5 stories in 3\n")
    assert samples_shell("check", "--rebuild") == samples_shell("check")


def test_completions_name_every_command(shell: Shell) -> None:
    code, told = shell("completions", "bash")
    assert code == 0
    assert "threads" in told and "--follow" in told

"""`newsloom correct`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.support.shell import Shell, about

THINGS = ("ferry", "brewery", "observatory", "quarry")


@pytest.fixture
def corrected(shell: Shell, tmp_path: Path) -> Shell:
    """The command line on a library of four stories that have little in common."""
    told = {
        "ferry": about("ferry"),
        "brewery": "Flames destroyed the old brewery, and firemen fought the smoke until rain came in the morning. " * 4,
        "observatory": "An astronomer photographed a comet whose tail spans nine degrees of the southern sky this week. " * 4,
        "quarry": "Granite from the abandoned quarry will pave two streets, said a surveyor whose drill broke twice. " * 4,
    }
    for name, text in told.items():
        (tmp_path / f"{name}.txt").write_text(f"News of the {name}\n\n{text}", encoding="utf-8")
    shell("add", *(str(tmp_path / f"{name}.txt") for name in told))
    return shell


def threads(shell: Shell) -> dict[str, list[str]]:
    """The things that the stories of each thread tell of, by the thread's name."""
    return {row["name"]: sorted(story["source"].split(".")[0] for story in row["stories"]) for row in shell.rows("threads")}


def thread_of(shell: Shell, thing: str) -> str:
    """The id of the thread of a thing's story."""
    return next(str(row["id"]) for row in shell.rows("threads") if thing in str(row["stories"]))


def story_of(shell: Shell, thing: str) -> str:
    return next(str(story["id"]) for row in shell.rows("threads") for story in row["stories"] if thing in story["source"])


def test_corrections_are_made_listed_and_undone(corrected: Shell) -> None:
    before = threads(corrected)
    assert sorted(before.values()) == [[thing] for thing in sorted(THINGS)]
    assert corrected("correct", "rename", thread_of(corrected, "ferry"), "By", "sea") == (0, "")
    assert corrected.words.endswith(" to “By sea”\n")
    assert corrected("correct", "merge", "by s", thread_of(corrected, "quarry"), thread_of(corrected, "brewery"))[0] == 0
    assert threads(corrected)["By sea"] == ["brewery", "ferry", "quarry"]
    assert corrected("correct", "split", story_of(corrected, "quarry"))[0] == 0
    assert corrected("correct", "move", story_of(corrected, "observatory"), "By sea")[0] == 0
    assert corrected("correct", "apart", story_of(corrected, "ferry"), story_of(corrected, "brewery"))[0] == 0
    now = threads(corrected)
    assert now["By sea"] == ["ferry", "observatory"]
    assert sorted(now.values()) == [["brewery"], ["ferry", "observatory"], ["quarry"]]
    rows = corrected.rows("correct", "list")
    assert [row["kind"] for row in rows] == ["rename", "merge", "split", "move", "apart"]
    assert set(rows[0]) == {"number", "kind", "at", "said", "text", "stories", "others", "undone"}
    assert len(corrected("correct", "list", "--limit", "2")[1].splitlines()) == 2
    for row in reversed(rows):
        assert corrected("correct", "undo") == (0, "")
        assert corrected.words == f"Undone: {row['said']}\n"
    assert threads(corrected) == before
    assert corrected("correct", "undo") == (1, "")
    assert corrected("correct", "list")[1].count("(undone)") == 5


def test_flags_are_turned_on_and_off(corrected: Shell) -> None:
    ids = [row["id"] for row in corrected.rows("threads")]
    corrected("correct", "pin", ids[-1])
    corrected("correct", "mute", ids[0])
    corrected("correct", "follow", ids[0])
    assert [row["id"] for row in corrected.rows("threads")] == [ids[-1], *ids[1:-1], ids[0]]
    told = corrected("threads")[1]
    assert " · pinned\n" in told
    assert " · muted · followed\n" in told
    for action, id in (("pin", ids[-1]), ("mute", ids[0]), ("follow", ids[0])):
        assert corrected("correct", action, id, "--off")[0] == 0
        assert "Un" in corrected.words
    assert [row["id"] for row in corrected.rows("threads")] == ids


def test_corrections_are_exported_and_imported(corrected: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corrected("correct", "merge", thread_of(corrected, "quarry"), thread_of(corrected, "brewery"))
    code, told = corrected("correct", "export")
    assert code == 0
    (tmp_path / "list.yaml").write_text(told + told.replace(str(tmp_path), "/elsewhere"), encoding="utf-8")
    assert corrected("correct", "import", str(tmp_path / "list.yaml")) == (0, "")
    assert corrected.words.startswith("1 correction imported, 1 already known\nStory not in the library yet: /elsewhere/")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(told.encode())))
    assert corrected("correct", "import", "-") == (0, "")
    assert corrected.words == "0 corrections imported, 1 already known\n"


def test_wrong_usage_is_refused(corrected: Shell, tmp_path: Path) -> None:
    ferry = thread_of(corrected, "ferry")
    assert corrected("correct", "merge", ferry)[0] == 2
    assert corrected("correct", "apart", story_of(corrected, "ferry"))[0] == 2
    assert corrected("correct", "undo", ferry)[0] == 2
    assert corrected("correct", "merge", ferry, ferry)[0] == 2
    assert corrected("correct", "rename", ferry, "Sea", "--off")[0] == 2
    assert corrected("correct", "pin", "no such thread")[0] == 1
    assert corrected("correct", "import", str(tmp_path / "missing"))[0] == 2
    corrected("correct", "rename", ferry, "Sea one")
    corrected("correct", "rename", thread_of(corrected, "quarry"), "Sea two")
    assert corrected("correct", "pin", "sea")[0] == 2
    assert f"{ferry} (Sea one)" in corrected.words
    assert corrected("correct", "split", story_of(corrected, "ferry"))[0] == 2
    assert len(corrected.rows("correct", "list")) == 2

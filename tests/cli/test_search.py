"""`newsloom search`: sorting, counts and saved searches."""

from __future__ import annotations

from tests.support.shell import Shell


def test_the_newest_first(samples_shell: Shell) -> None:
    rows = samples_shell.rows("search", "withdraw*", "--sort", "date")
    days = [row["published"] for row in rows if row["published"]]
    assert len(days) > 1
    assert days == sorted(days, reverse=True)
    assert [row["published"] for row in rows[len(days) :]] == [None] * (len(rows) - len(days)), "undated ones last"
    best = samples_shell.rows("search", "withdraw*")
    assert {row["id"]: row["score"] for row in rows} == {row["id"]: row["score"] for row in best}


def test_counts_instead_of_stories(samples_shell: Shell) -> None:
    rows = samples_shell.rows("search", "withdraw*", "--counts")
    total = len(samples_shell.rows("search", "withdraw*"))
    assert sum(row["stories"] for row in rows if "outlet" in row) == total
    months = [row for row in rows if "month" in row]
    assert {type(row["stated"]) for row in months} == {bool}
    assert sum(row["stories"] for row in months) == total
    code, told = samples_shell("search", "withdraw*", "--counts")
    assert code == 0
    assert "  outlet not stated" in told
    assert samples_shell("search", "zzzzqqq", "--counts") == (1, "")


def test_a_search_is_saved_listed_run_and_deleted(samples_shell: Shell) -> None:
    assert samples_shell("search")[0] == 1
    assert "--save NAME QUERY" in samples_shell.words
    assert samples_shell("search", "--save", "Coming home", "--notify", "syria", "OR", "iraq")[0] == 0
    (row,) = samples_shell.rows("search")
    assert row == {
        "name": "Coming home",
        "query": "syria OR iraq",
        "notify": True,
        "stories": row["unread"],
        "unread": row["unread"],
    }
    assert samples_shell("search")[1].startswith(f"Coming home  {row['unread']} unread of {row['unread']}  syria OR iraq\n")
    asked = samples_shell.rows("search", "syria", "OR", "iraq")
    assert samples_shell.rows("search", "--saved", "coming HOME") == asked
    narrowed = samples_shell.rows("search", "--saved", "Coming home", "letter")
    assert 0 < len(narrowed) < len(asked)
    assert {row["id"] for row in narrowed} == {row["id"] for row in samples_shell.rows("search", "(syria OR iraq) letter")}
    assert samples_shell("search", "--forget", "Coming home")[0] == 0
    assert samples_shell("search")[0] == 1


def test_a_bad_saved_search_is_refused(samples_shell: Shell) -> None:
    assert samples_shell("search", "--saved", "Nothing") == (1, "")
    assert "no saved search “Nothing”" in samples_shell.words
    assert samples_shell("search", "--save", "A", "date:soon") == (2, "")
    assert "^ “soon” is not a date" in samples_shell.words
    assert samples_shell("search", "--save", "A") == (2, "")
    (samples_shell.library / "searches.yaml").write_text("- name: A\n", encoding="utf-8")
    assert samples_shell("search") == (2, "")
    assert "line 1: an entry needs a name and a query" in samples_shell.words


def test_a_feed_list_adds_saved_searches(shell: Shell) -> None:
    path = shell.library.parent / "urls"
    path.write_text('"query:New:unread = \\"yes\\""\n', encoding="utf-8")
    assert shell("add", str(path))[0] == 0
    assert "1 search saved" in shell.words
    assert [row["query"] for row in shell.rows("search")] == ["is:unread"]

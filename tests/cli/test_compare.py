"""`newsloom compare` and `newsloom brief`: fields, exit codes, and how threads and stories are named."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.support.shell import Shell
from tests.support.stories import LONE

STRIKE = "Crews of the ferries in Norhavn walked out on Monday because of a plan to cut the night service to the islands."
HOSTILE = "Its union wrote <script>alert(1)</script> & *never* [click](javascript:x) on a banner in the harbour of Norhavn."
ALONE = {
    "Herald": [
        "A fishmonger on the quay threw away forty crates of herring because no lorry could cross the sound.",
        "Tourists slept in a gymnasium beside the lighthouse and were given soup by the volunteers of a choir.",
    ],
    "Courier": [
        "Schools on the islands taught their pupils over the radio, as in the winter of the great storm.",
        "Bakers in the mountain villages ran out of yeast before noon and sold flat bread to the hikers instead.",
    ],
}


def page(outlet: str, day: int) -> str:
    address = f"https://{outlet.lower()}.example/strike?a=1&amp;b=2"
    return (
        f'<html><head><title>{outlet} on the ferry strike</title><meta property="og:site_name" content="{outlet}">'
        f'<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">'
        f'<meta property="article:published_time" content="2018-12-{day}T08:00:00Z"></head><body><article>'
        f"<h1>{outlet} on the ferry strike</h1><p>{STRIKE}</p>"
        f"<p>{HOSTILE.replace('&', '&amp;').replace('<', '&lt;')}</p><p>{'</p><p>'.join(ALONE[outlet])}</p></article></body></html>"
    )


@pytest.fixture
def strike(shell: Shell, tmp_path: Path) -> Shell:
    """The command line on a library of one strike, told by two outlets."""
    for day, outlet in enumerate(ALONE, 20):
        (tmp_path / f"{outlet}.html").write_text(page(outlet, day), encoding="utf-8")
    assert shell("add", *(str(tmp_path / f"{outlet}.html") for outlet in ALONE))[0] == 0
    return shell


def ids(shell: Shell) -> list[str]:
    return [story["id"] for row in shell.rows("threads") for story in row["stories"]]


def test_compare_fields(strike: Shell) -> None:
    left, right = ids(strike)
    (row,) = strike.rows("compare", left, right)
    assert set(row) == {"stories", "pairs", "only", "numbers"}
    assert row["stories"] == [left, right]
    assert [pair["left"] for pair in row["pairs"]] == [{"story": left, "text": STRIKE}, {"story": left, "text": HOSTILE}]
    for pair in row["pairs"]:
        assert set(pair) == {"left", "right", "score", "band", "kind", "differs"}
        assert (pair["band"], pair["kind"], pair["right"]["story"]) == ("sure", "same", right)
    assert row["only"] == {left: ALONE["Herald"], right: ALONE["Courier"]}
    assert row["numbers"] == []


def test_figures_and_quotations_of_the_samples(samples_shell: Shell) -> None:
    (row,) = samples_shell.rows("compare", "Syria withdrawal")
    assert {(number["kind"], number["left"]["number"]) for number in row["numbers"]} == {
        ("differs", "some 2,000 troops"),
        ("compatible", "over 70 countries"),
    }
    assert [set(number) for number in row["numbers"]] == [{"left", "right", "band", "kind"}] * 2
    (resignation,) = samples_shell.rows("compare", "mattis")
    assert [["a right", "the right"]] in [pair["differs"] for pair in resignation["pairs"] if pair["kind"] == "quote"]


def test_text_hides_uncertain_matches_unless_asked(samples_shell: Shell) -> None:
    (row,) = samples_shell.rows("compare", "mattis")
    (faint,) = (pair for pair in row["pairs"] if pair["band"] == "faint")
    start = " ".join(faint["left"]["text"].split()[:6])
    assert start not in samples_shell("compare", "mattis")[1]
    assert samples_shell.words == "1 uncertain match hidden; --faint shows it\n"
    assert start in samples_shell("compare", "mattis", "--faint")[1]
    assert samples_shell.words == ""


def test_threads_and_stories_are_found_by_name_and_id(strike: Shell) -> None:
    (thread,) = strike.rows("threads")
    told = strike("compare", thread["id"])
    assert told[0] == 0
    assert strike("compare", thread["name"].upper()) == strike("compare", *ids(strike)) == told
    assert strike("compare", "no such thread") == (1, "")
    assert strike("brief", "no such thread") == (1, "")
    assert strike("compare", *ids(strike)[:1]) == (2, "")
    assert "is a story; name a thread" in strike.words
    assert strike("compare", ids(strike)[0], "0000nothing") == (1, "")


def test_an_ambiguous_thread_name_lists_the_matches(strike: Shell, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        "Comet seen over the observatory\n\n" + "A comet passed the planet in May, astronomers said. " * 5, encoding="utf-8"
    )
    strike("add", str(other))
    named = tmp_path / "threads.yaml"
    named.write_text("- name: Big ferry\n  about: ferries crews\n- name: Big comet\n  about: comet astronomers\n", encoding="utf-8")
    assert strike("brief", "big", "--follow", str(named)) == (2, "")
    assert "“big” matches 2 threads" in strike.words
    assert strike("compare", "big comet", "--follow", str(named)) == (1, "")
    assert strike.words == "Big comet has one story: nothing to compare yet\n"


def test_repeated_stories_count_once(samples_shell: Shell) -> None:
    samples = ids(samples_shell)
    assert samples_shell("compare", *samples * 2)[0] == 0
    assert samples_shell("compare", samples[0], samples[0]) == (2, "")
    assert "a single story cannot be compared" in samples_shell.words


def test_nothing_in_common_exits_with_1(samples_shell: Shell) -> None:
    threads = {row["name"]: row["stories"] for row in samples_shell.rows("threads")}
    lone, other = threads[LONE][0]["id"], threads["Mattis resignation"][0]["id"]
    code, told = samples_shell("compare", lone, other, "--json")
    assert (code, json.loads(told)["pairs"]) == (1, [])
    assert samples_shell("brief", LONE) == (1, "")
    assert "two independent outlets" in samples_shell.words


def test_brief_fields(strike: Shell) -> None:
    rows = strike.rows("brief", strike.rows("threads")[0]["id"])
    assert [row["text"] for row in rows] == [STRIKE, HOSTILE]
    left, right = ids(strike)
    for row in rows:
        assert set(row) == {"text", "story", "outlets", "stories", "first"}
        assert row["outlets"] == 2
        assert [story["id"] for story in row["stories"]] == [left, right]
        assert set(row["stories"][0]) == {"id", "title", "outlet", "published", "url", "source"}
        assert row["first"] == {"id": left, "outlet": "Herald"}
    assert len(strike.rows("brief", strike.rows("threads")[0]["id"], "--limit", "1")) == 1


def test_json_is_a_format_too(strike: Shell) -> None:
    thread = strike.rows("threads")[0]["id"]
    for command in ("compare", "brief"):
        assert strike(command, thread, "--format", "json") == strike(command, thread, "--json")


def test_hostile_text_is_escaped_and_links_lead_to_the_outlets(strike: Shell) -> None:
    thread = strike.rows("threads")[0]["id"]
    for command in ("compare", "brief"):
        made = strike(command, thread, "--format", "html")[1]
        read = Read()
        read.feed(made)
        assert "script" not in read.tags
        assert HOSTILE in read.text
        assert read.links >= {"https://herald.example/strike?a=1&b=2", "https://courier.example/strike?a=1&b=2"}
        assert all(link.startswith("https://") for link in read.links)
        written = strike(command, thread, "--format", "markdown")[1]
        assert r"\<script\>alert(1)\</script\> \& \*never\* \[click\](javascript:x)" in written
        assert "](<https://herald.example/strike?a=1&amp;b=2>)" in written
        assert "https://herald.example/strike?a=1&b=2\n" in strike(command, thread)[1]


def test_a_thread_of_more_than_eight_stories_is_refused(shell: Shell, tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(f"Ferry crews walk out\n\n{STRIKE} {STRIKE}\n\nPaper {number}.", encoding="utf-8")
    shell("add", *(str(tmp_path / f"{number}.txt") for number in range(9)))
    (thread,) = shell.rows("threads")
    assert shell("compare", thread["id"]) == (2, "")
    assert "9 stories are too many to compare; choose 2 to 8 of them" in shell.words


def test_a_brief_of_a_long_thread_covers_the_newest_events(strike: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    thread = strike.rows("threads")[0]
    assert strike("brief", thread["id"])[0] == 0
    assert strike.words == ""
    monkeypatch.setattr("reader.library.comparison._MAX_BRIEFED", 1)
    assert strike("brief", thread["id"]) == (1, "")
    assert strike.words.startswith(f"{thread['name']} has 2 stories; this brief covers 1, from its newest events")


def test_stories_in_another_language_are_reported(shell: Shell, tmp_path: Path) -> None:
    german = (
        "Die Mannschaften der Fähren in Norhavn legten am Montag die Arbeit nieder, weil Nachtfahrten entfallen sollen.\n\n"
        "Schulkinder auf den Inseln hörten ihren Unterricht im Radio, wie schon im Winter des großen Sturms."
    )
    for name, text in {"english": f"{STRIKE}\n\n{HOSTILE}", "german": german}.items():
        (tmp_path / f"{name}.txt").write_text(f"Norhavn {name}\n\n{text}", encoding="utf-8")
        shell("add", str(tmp_path / f"{name}.txt"))
    (found,) = shell.rows("search", "Mannschaften")
    (other,) = shell.rows("search", "ferries")
    shell("compare", found["id"], other["id"])
    assert f"{found['id']} is in another language" in shell.words
    assert f"{other['id']} is in" not in shell.words


class Read(HTMLParser):
    """A page as a browser reads it: its tags, its text and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.text, self.links = set[str](), "", set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links |= {value for name, value in attrs if name == "href" and value}

    def handle_data(self, data: str) -> None:
        self.text += data

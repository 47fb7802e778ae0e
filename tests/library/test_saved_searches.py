"""Saved searches: storage, threads, notifications, and recent queries."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import QueryError, SavedSearchError
from reader.library import Library
from reader.models import FieldValue, SavedSearch
from tests.support.flags import set_flag

TALES = {
    "ferry": ("Ferry strike ends", "The council and the ferry crews agreed to end the strike that had stopped every crossing."),
    "tram": ("Tram line opens", "The new tram line to the airport opened after nine years of digging under the old town."),
    "bridge": ("Bridge closes", "The bridge by the ferry pier is closed until the spring while its bearings are changed."),
}


@pytest.fixture
def told(library: Library, tmp_path: Path) -> dict[str, str]:
    """The ids of three stories by name."""
    return {name: tell(library, tmp_path, name, *tale) for name, tale in TALES.items()}


def tell(library: Library, folder: Path, name: str, title: str, text: str) -> str:
    path = folder / f"{name}.txt"
    path.write_text(f"{title}\n\n{f'{text} ' * 4}", encoding="utf-8")
    (id,) = library.importer.add([str(path)]).added
    return id


def text(library: Library) -> str:
    return (library.folder / "searches.yaml").read_text(encoding="utf-8")


def test_a_search_is_saved_changed_and_removed(library: Library) -> None:
    searches = library.saved_searches
    assert searches.all() == []
    searches.save(SavedSearch("Ferries", "ferry OR tram"))
    searches.save(SavedSearch("Bridges", '"old bridge"', notify=True))
    assert searches.all() == [SavedSearch("Ferries", "ferry OR tram"), SavedSearch("Bridges", '"old bridge"', True)]
    assert searches.change("ferries", name="By water") == SavedSearch("By water", "ferry OR tram")
    assert searches.save(SavedSearch("BY WATER", "ferry")) == SavedSearch("BY WATER", "ferry"), "one name in whatever case"
    removed, place = searches.remove("By water")
    assert (removed, place) == (SavedSearch("BY WATER", "ferry"), 0)
    assert [saved.name for saved in searches.all()] == ["Bridges"]
    searches.save(removed, place)
    assert [saved.name for saved in searches.all()] == ["BY WATER", "Bridges"]
    assert (library.folder / "searches.yaml").stat().st_mode & 0o777 == 0o600


def test_comments_around_an_entry_are_kept(library: Library) -> None:
    (library.folder / "searches.yaml").write_text(
        "# mine\n- name: Ferries   # by water\n  query: ferry\n\n# by land\n- query: tram\n  name: Trams\n  notify: yes", "utf-8"
    )
    assert library.saved_searches.all() == [SavedSearch("Ferries", "ferry"), SavedSearch("Trams", "tram", True)]
    library.saved_searches.save(SavedSearch("Bridges", "bridge: the old one is:unread"))
    library.saved_searches.change("Trams", notify=False)
    assert text(library) == (
        "# mine\n- name: Ferries   # by water\n  query: ferry\n\n# by land\n- name: Trams\n  query: tram\n"
        "- name: Bridges\n  query: 'bridge: the old one is:unread'\n"
    )
    library.saved_searches.remove("Ferries")
    assert text(library).startswith("# mine\n\n# by land\n- name: Trams\n")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("name: Ferries", "line 1: not a list"),
        ("- name: Ferries", "line 1: an entry needs a name and a query"),
        ("- name: A\n  query: a\n- name: a\n  query: b", "line 3: “a” appears twice"),
        ("- name: A\n  query: [a]", "line 2: query is not text"),
        ("- name: A\n  query: a\n  colour: red", "line 3: unknown field colour"),
        ("- name: A\n  query: a\n  notify: maybe", "notify is yes or no, not “maybe”"),
        ("- name: 'A", "not YAML"),
        ("[{name: a, query: b}]", "line 1: not a list with a line for each entry"),
    ],
)
def test_an_invalid_list_is_reported_with_its_line_and_not_overwritten(library: Library, written: str, why: str) -> None:
    (library.folder / "searches.yaml").write_text(written, encoding="utf-8")
    assert len(library.saved_searches.all()) < 2
    (problem,) = library.problems
    assert "searches.yaml" in problem
    assert why in problem
    with pytest.raises(SavedSearchError):
        library.saved_searches.save(SavedSearch("B", "b"))
    assert text(library) == written, "nothing is written over what cannot be read"


def test_an_indented_list_stays_a_list(library: Library) -> None:
    (library.folder / "searches.yaml").write_text("  - name: A\n    query: x1\n  - name: B\n    query: x2\n", "utf-8")
    library.saved_searches.save(SavedSearch("A", "oil"))
    library.saved_searches.save(SavedSearch("C", "coal"))
    assert library.saved_searches.all() == [SavedSearch("A", "oil"), SavedSearch("B", "x2"), SavedSearch("C", "coal")]


def test_a_list_of_a_document_marker_alone_is_empty(library: Library) -> None:
    (library.folder / "searches.yaml").write_text("---\n- name: A\n  query: x1\n", "utf-8")
    library.saved_searches.remove("A")
    assert text(library) == "---\n"
    assert library.saved_searches.all() == []
    library.saved_searches.save(SavedSearch("B", "tram"))
    assert library.saved_searches.all() == [SavedSearch("B", "tram")]


def test_valid_entries_beside_an_invalid_one_are_kept(library: Library) -> None:
    path = library.folder / "searches.yaml"
    path.write_text("- name: A\n  query: a\n- name: Broken\n- name: B\n  query: b\n", encoding="utf-8")
    assert [saved.name for saved in library.saved_searches.all()] == ["A", "B"]
    assert "line 3" in library.saved_searches.problems[0]
    path.write_text("- name: A\n  query: a\n", encoding="utf-8")
    assert len(library.saved_searches.all()) == 1
    assert library.problems == []


def test_a_byte_order_mark_is_ignored(library: Library) -> None:
    path = library.folder / "searches.yaml"
    path.write_text("- name: A\n  query: tram\n", encoding="utf-8-sig")
    assert library.saved_searches.all() == [SavedSearch("A", "tram")]
    library.saved_searches.save(SavedSearch("B", "bridge"))
    library.saved_searches.change("A", query="ferry")
    assert [(saved.name, saved.query) for saved in library.saved_searches.all()] == [("A", "ferry"), ("B", "bridge")]
    assert library.problems == []


def test_invalid_searches_are_not_saved(library: Library) -> None:
    searches = library.saved_searches
    with pytest.raises(QueryError):
        searches.save(SavedSearch("A", "date:soon"))
    with pytest.raises(SavedSearchError, match="needs a name"):
        searches.save(SavedSearch(" ", "ferry"))
    searches.save(SavedSearch("A", "ferry"))
    searches.save(SavedSearch("B", "tram"))
    with pytest.raises(SavedSearchError, match="another search is called “B”"):
        searches.change("A", name="b")
    with pytest.raises(SavedSearchError, match="no saved search “C”"):
        searches.remove("C")
    with pytest.raises(QueryError):
        searches.change("A", query="date:soon")
    assert searches.all() == [SavedSearch("A", "ferry"), SavedSearch("B", "tram")]


def test_a_search_is_read_as_a_thread(library: Library, told: dict[str, str]) -> None:
    library.saved_searches.save(SavedSearch("Ferries", "ferry"))
    library.saved_searches.save(SavedSearch("Trams", "tram"))
    (library.folder / "searches.yaml").write_text(text(library) + "- name: Wrong\n  query: date:soon\n", encoding="utf-8")
    set_flag(library, "read", [told["ferry"]], True)
    ferries, trams, wrong = library.saved_searches.threads()
    assert (ferries.id, ferries.query, set(ferries.stories)) == ("search:Ferries", "ferry", {told["ferry"], told["bridge"]})
    assert (ferries.unread, ferries.total) == (1, 2)
    assert (trams.unread, trams.total, trams.stories) == (1, 1, (told["tram"],))
    assert (wrong.unread, wrong.total, wrong.stories) == (0, 0, ())
    assert [(one.name, one.total, one.stories) for one in library.saved_searches.names()] == [
        (name, -1, ()) for name in ("Ferries", "Trams", "Wrong")
    ]


def test_new_matches_are_reported_once(library: Library, told: dict[str, str], tmp_path: Path) -> None:
    searches = library.saved_searches
    searches.save(SavedSearch("Ferries", "ferry", notify=True))
    searches.save(SavedSearch("Trams", "tram"))
    assert searches.news() == [], "what was there before is not new"
    tell(library, tmp_path, "second", "Second ferry", "A second ferry was bought for the islands, said the council.")
    tell(library, tmp_path, "third", "Tram stops", "The tram stopped for an hour, said the council of the town.")
    assert searches.news() == [(SavedSearch("Ferries", "ferry", True), 1)]
    assert searches.news() == []
    read = tell(library, tmp_path, "fourth", "Ferry late", "The ferry was late again, and those who waited were cold and wet.")
    set_flag(library, "read", [read], True)
    assert searches.news() == [], "what was read since is no news"


def test_recent_queries_are_listed_latest_first(library: Library) -> None:
    assert library.search.recent_queries() == []
    for query in ("ferry", "tram", "ferry", "“quoted” ☂"):
        library.search.remember_query(query)
    assert library.search.recent_queries() == ["“quoted” ☂", "ferry", "tram"]
    for number in range(250):
        library.search.remember_query(f"query {number}")
    assert len(library.search.recent_queries()) == 200
    assert library.search.recent_queries()[0] == "query 249"


def test_results_show_the_users_thread_names(samples: Library, library: Library, told: dict[str, str]) -> None:
    threads = {thread.id: thread for thread in samples.threads.all()}
    found = samples.threads.headings([*threads, "nowhere"])
    assert {id: (one.name, one.size) for id, one in found.items()} == {
        id: (thread.name, len(thread.stories)) for id, thread in threads.items()
    }
    assert "Mattis exit" in {one.name for one in found.values()}
    (thread,) = [thread for thread in library.threads.all() if told["tram"] in thread.stories]
    library.corrections.rename(thread.id, "By rail")
    (thread,) = [thread for thread in library.threads.all() if told["tram"] in thread.stories]
    assert [(one.name, one.renamed) for one in library.threads.headings([thread.id]).values()] == [("By rail", True)]


def test_counts_and_values(library: Library, told: dict[str, str]) -> None:
    assert library.search.facets("ferry").total == 2
    assert library.search.facets("nowhere").total == 0
    set_flag(library, "read", [told["tram"]], True)
    assert library.search.field_values("is")[:2] == [FieldValue("unread", 2), FieldValue("read")]
    assert sum(value.number or 0 for value in library.search.field_values("thread")) == 3


def test_snippets_can_be_loaded_after_the_results(library: Library, told: dict[str, str]) -> None:
    bare, whole = library.search.run("ferry", snippets=0), library.search.run("ferry")
    assert [(match.head, match.score) for match in bare.matches] == [(match.head, match.score) for match in whole.matches]
    assert {match.snippet for match in bare.matches} == {""}
    assert library.search.snippets("ferry", told.values()).keys() >= {told["ferry"], told["bridge"]}
    assert {
        match.head.id: (match.snippet, match.spans, match.title_spans) for match in whole.matches
    }.items() <= library.search.snippets("ferry", told.values()).items()


def test_query_feeds_of_a_list_are_saved(library: Library, tmp_path: Path) -> None:
    library.saved_searches.save(SavedSearch("Mine", "ferry"))
    (tmp_path / "urls").write_text(
        '"query:Unread:unread = \\"yes\\""\n"query:Mine:title =~ \\"x\\""\n"query:Odd:rssurl =~ \\"x\\""\n', encoding="utf-8"
    )
    report = library.importer.add([str(tmp_path / "urls")])
    assert report.saved == ("Unread",)
    assert library.saved_searches.all() == [SavedSearch("Mine", "ferry"), SavedSearch("Unread", "is:unread")]
    (as_failure,) = report.refused
    assert as_failure.source.endswith("urls, line 3")
    assert "no counterpart" in as_failure.why


def test_the_index_is_opened_by_preparing(library: Library, told: dict[str, str]) -> None:
    library.search.prepare()
    assert library.search.run("ferry").total == 2


def test_an_empty_library_can_be_prepared(library: Library) -> None:
    library.search.prepare()
    assert library.search.run("ferry").total == 0

"""Word families and state filters in searches."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.search import snapshot
from reader.search.index import SearchIndex
from reader.search.query import parse
from reader.storage.store import Store
from tests.support.stories import story

TEXTS = {
    "exact": ["The council met. It was long, and nobody there said that the ferry would withdraw. " + "It rained on and on. " * 20],
    "noun": ["Withdrawal, withdrawal, withdrawal of the ferry."],
    "past": ["The ferry withdrew."],
    "other": ["The ferry draws a crowd with its band."],
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    for name, body in TEXTS.items():
        opened.stories.put(story(f"/news/{name}", name, body))
    yield opened
    opened.close()


def titles(store: Store, index: SearchIndex, query: str, **lookup: list[str]) -> list[str]:
    keys = {head.title: head.id for head in store.stories.headers()}
    names = {key: title for title, key in keys.items()}
    found = index.search(parse(query), lookup=lambda kind, text: [keys[name] for name in lookup.get(text, [])]).found
    return [names[one.id] for one in found]


def test_exact_matches_rank_before_the_word_family(store: Store, index: SearchIndex) -> None:
    found = titles(store, index, "withdraw")
    assert found[0] == "exact"
    assert sorted(found[1:]) == ["noun", "past"]
    assert titles(store, index, "withdrew")[0] == "past"
    assert titles(store, index, '"withdraw"') == ["exact"]
    assert sorted(titles(store, index, "ferry -withdraw")) == ["other"]
    assert index.count(parse("withdraw ferry")) == 3


def test_a_family_is_searched_in_its_field(store: Store, index: SearchIndex) -> None:
    assert titles(store, index, "title:withdraw") == []
    assert titles(store, index, "title:others") == ["other"]


def test_state_filters_use_the_lookup(store: Store, index: SearchIndex) -> None:
    assert sorted(titles(store, index, "is:starred", starred=["past", "noun"])) == ["noun", "past"]
    assert titles(store, index, "withdraw is:unread", read=["exact", "noun"]) == ["past"]
    assert sorted(titles(store, index, "-is:unread", read=["other"])) == ["other"]
    assert sorted(titles(store, index, "thread:strike OR tag:sea", strike=["past"], sea=["other"])) == ["other", "past"]
    assert titles(store, index, "is:starred") == []


def test_a_large_index_is_verified_in_the_background(store: Store, index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    index.close()
    monkeypatch.setattr(snapshot, "EAGER_VERIFY_LIMIT", 0)
    monkeypatch.setattr(snapshot, "_VERIFY_DELAY", 0.2)
    segment = next(index.folder.glob("*.nla"))
    data = bytearray(segment.read_bytes())
    data[-1] ^= 1
    segment.write_bytes(data)
    again = SearchIndex(store.folder)
    again.search(parse("ferry"))
    next(one for one in threading.enumerate() if one.name == "verify").join()
    assert segment.name in again._snapshots.damage
    again.include_pending(store)
    assert again.check(store).consistent
    assert again.search(parse("ferry")).total == 4
    again.close()


def test_an_empty_index_has_no_matches(tmp_path: Path) -> None:
    empty = Store(tmp_path / "empty")
    index = SearchIndex(empty.folder)
    index.catch_up(empty)
    for text in (
        "ferry",
        "ferry band crowd",
        "ferry OR band OR crowd",
        "-ferry",
        '"ferry band"',
        '"ferry band"~3',
        "fer*",
        "date:2020",
        "is:starred",
    ):
        assert index.search(parse(text)).total == index.count(parse(text)) == 0
    index.close()
    empty.close()

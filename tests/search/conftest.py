"""Fixture: the search index of a store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reader.search.index import SearchIndex
from reader.storage.store import Store


@pytest.fixture
def index(store: Store) -> Iterator[SearchIndex]:
    """An index that is up to date with the store."""
    opened = SearchIndex(store.folder)
    opened.catch_up(store)
    yield opened
    opened.close()

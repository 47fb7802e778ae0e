"""What several tests of the shelf share: the index of their store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reader.search.index import SearchIndex
from reader.storage.store import Store


@pytest.fixture
def index(store: Store) -> Iterator[SearchIndex]:
    """The index of the store, caught up with it."""
    opened = SearchIndex(store.folder)
    opened.catch_up(store)
    yield opened
    opened.close()

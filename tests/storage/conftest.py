"""What several tests of the shelf share: the index of their store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reader.search.index import Index
from reader.storage.store import Store


@pytest.fixture
def index(store: Store) -> Iterator[Index]:
    """The index of the store, caught up with it."""
    opened = Index(store.folder)
    opened.catch_up(store)
    yield opened
    opened.close()

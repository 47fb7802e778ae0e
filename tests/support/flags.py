"""Flags that stories have before a test begins, without a change that could be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reader.library import Library
from reader.storage.flags import write_flag
from reader.storage.store import Store


def set_flag(owner: Library | Store, flag: Literal["read", "starred"], ids: Sequence[str], on: bool = True) -> int:
    """Set or clear a flag of stories; returns how many changed."""
    store = owner._store if isinstance(owner, Library) else owner
    with store.database.writing() as db:
        return write_flag(db, flag, ids, on)

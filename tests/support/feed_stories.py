"""A real library filled with stories of made-up feeds, grouped as a test says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reader.library import Library
from reader.library.title_evidence import TitleEvidence
from reader.models import FeedCandidate, FeedEntry, StoryFilter, Thread
from reader.storage.change_log import DerivedState
from reader.storage.clusters import ThreadUpdate
from reader.storage.feed_items import feed_item_rows
from reader.storage.versions import THREADS as RECIPE
from tests.support.stories import story

SEA, COAST, NOTES = "https://sea.com/feed", "https://coast.com/feed", "https://notes.net/feed"


def subscribe(library: Library, address: str, *names: str, tags: tuple[str, ...] = ()) -> list[str]:
    """Let a feed list stories, the oldest named first; their ids."""
    store = library._store
    store.feeds.subscribe(FeedCandidate(address, None, tags))
    host = address.split("/")[2]
    entries = [
        FeedEntry(
            name,
            story(
                f"https://{host}/{name}",
                f"About {name}",
                [f"Words of {name}."],
                url=f"https://{host}/{name}",
                published=f"2020-{at // 28 % 12 + 1:02}-{at % 28 + 1:02}",
            ),
        )
        for at, name in enumerate(names)
    ]
    rows = feed_item_rows(entries)
    title = f"{host.split('.')[0].title()} | World"
    outlet = store.feeds.describe(address, title=title, home=f"https://{host}", site_name=None, pages=[row.url for row in rows])
    return list(store.feed_items.put(address, rows, outlet).added)


def group(library: Library, *groups: Sequence[str]) -> None:
    """Put stories together in threads t0, t1, …, as clustering would, and each other one in a thread of its own; index all."""
    from reader.library.thread_builder import build

    store = library._store
    library._index.catch_up(store)
    together = {story for ids in groups for story in ids}
    alone = [[story] for story in store.listings.ids(StoryFilter()) if story not in together]
    threads: list[Thread] = [
        build(f"t{number}", store.stories.headers(ids=ids), (), store.stories.wordings(ids))
        for number, ids in enumerate([*groups, *alone])
    ]
    nameless = TitleEvidence(0, [], ()).stored()
    state = DerivedState(RECIPE, store.log.last())
    store.clusters.save(
        ThreadUpdate(state=state, totals="", threads=threads, names=dict.fromkeys((thread.id for thread in threads), nameless))
    )


def harbor_library(folder: Path) -> Library:
    """Open a library with two threads of two outlets, and single stories in two folders.

    Threads: t0 (ferry, strike) and t1 (storm, wind); t1 is the newer one. Folders: Daily (Sea), Water (Coast), and Notes without a
    folder.
    """
    library = Library.open(folder)
    ferry, storm, *_ = subscribe(library, SEA, "ferry", "storm", "pier", "dock", tags=("Daily",))
    strike, wind, *_ = subscribe(library, COAST, "strike", "wind", "gull", tags=("Water",))
    subscribe(library, NOTES, *(f"note{number:02}" for number in range(40)))
    group(library, [ferry, strike], [storm, wind])
    return library

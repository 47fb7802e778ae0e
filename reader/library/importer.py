"""What comes into the library: sources added, feeds refreshed, and all that is derived kept in step."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.errors import SourceError, StorageError
from reader.library.feeds import ADDRESS, Feeds
from reader.library.jobs import Cancelled, Jobs, Watch, run_apart
from reader.models import Feed, FeedCandidate, ImportReport, JobProgress, Outcome, RefreshReport, SourceFailure
from reader.storage.versions import RECIPES

if TYPE_CHECKING:
    from pathlib import Path

    from reader.library.came import ImportTally
    from reader.library.refresher import Refresher

_FEED = re.compile(r"feed:(?://)?(?=https?:)|feed:(?=//)", re.I)
_LARGE = 1000
"""Changes from which the index is brought up to date by a process of its own, beside the threads."""


class Incoming(Feeds):
    """The part of the library through which everything comes in."""

    @property
    def apart(self) -> Jobs:
        """The long works, each in a process of its own."""
        return Jobs(self.folder, self._asked_follow)

    # long works

    def add(self, sources: Iterable[str], *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> ImportReport:
        """Add files, folders, standard input (`-`), addresses and lists of feeds; then bring threads and index up to date.

        A feed and a list's feeds are followed and asked. What cannot be read is refused in the report, and the rest goes on.
        Cancelled, what was read so far is kept.
        """
        from reader.library.came import ImportTally
        from reader.library.document_loader import ParsedFeed, documents, read_all
        from reader.sources.dispatch import WebPage
        from reader.sources.subscriptions import SubscriptionList

        sources = list(sources)
        addresses = [_bare(source) for source in sources if ADDRESS.match(source)]
        came, wanted = ImportTally(), list[FeedCandidate]()
        files = documents(source for source in sources if not ADDRESS.match(source))
        for done, taken in enumerate(read_all(files, lambda: self._workers), 1):
            if cancelled and cancelled():
                break
            if isinstance(taken, SourceFailure):
                came.refused.append(taken)
                continue
            document, found = taken
            if isinstance(found, SubscriptionList):
                came.refused += found.refused
                wanted += found.feeds
                self._save_searches(found.searches, document.source, came)
            elif isinstance(found, ParsedFeed):
                came.count(self._store.put_entries("", found.entries))
            elif isinstance(found, WebPage) and found.story is None:
                came.refused.append(SourceFailure(document.source, found.why, "add the page of one story"))
            elif story := found.story if isinstance(found, WebPage) else found:
                came.keep(*self._store.put(story))
            if watch:
                watch(JobProgress("stories", done, 0))
        came.followed += self._follow_all(wanted, came)
        self._ask(addresses, [feed for feed in map(self._store.feed, came.followed) if feed], came, watch, cancelled)
        self.catch_up(watch=watch, cancelled=cancelled)
        return came.report()

    def refresh(
        self,
        feeds: Sequence[str] | None = None,
        *,
        due: bool = False,
        watch: Watch | None = None,
        cancelled: Cancelled | None = None,
    ) -> RefreshReport:
        """Ask these feeds, or all that have not ended, or only those that are due; then bring threads and index up to date.

        A feed whose server asked to be left alone for a while is left alone.
        """
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        chosen = self._store.feeds() if feeds is None else [feed for feed in map(self._store.feed, feeds) if feed]
        asked = [feed for feed in chosen if (feeds is not None or not feed.ended) and (not feed.quiet or feed.quiet <= now)]
        if due:
            asked = [feed for feed in asked if not feed.due or feed.due <= now]
        if not asked:
            self.catch_up(watch=watch, cancelled=cancelled)
            return RefreshReport()
        refresh = self._refresher(watch, cancelled)
        refresh.ask([], asked)
        self.catch_up(watch=watch, cancelled=cancelled)
        return refresh.came.refreshed()

    def full_text(self, story: str, *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> Outcome:
        """Fetch the page of a story and keep its text; raises `SourceError`, and KeyError if there is no such story."""
        kept = self._store.story(story)
        if not kept.url:
            raise SourceError(kept.source, "states no address", "there is no page to fetch")
        page = self._refresher(watch, cancelled).page(kept.url)
        outcome = self._store.set_full_text(story, page)
        self.catch_up(watch=watch, cancelled=cancelled)
        return outcome

    def catch_up(self, *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> None:
        """Bring threads and index in step with the stories, if they are not; side by side where there is much to do."""
        if not self.behind():  # what is needed for it takes longer to import than asking all feeds
            return
        ended = threading.Event()
        indexing = threading.Thread(
            target=self._index_large, args=(watch, lambda: ended.is_set() or bool(cancelled and cancelled()))
        )
        large = self._backlog() >= _LARGE
        if large:
            indexing.start()
        try:
            with self._weaving:
                self._weaver.weave(_stage("threads", watch), cancelled)
        except BaseException:
            ended.set()
            raise
        finally:
            if large:
                indexing.join()
        self._index.catch_up(self._store, progress=_stage("index", watch), cancelled=cancelled)

    def weave_anew(self, *, watch: Watch | None = None, cancelled: Cancelled | None = None) -> None:
        """Tie all stories into threads anew; until that is done, and if it is cancelled, the threads stay as they are."""
        with self._weaving:
            self._weaver.weave_anew(_stage("threads", watch), cancelled)

    def behind(self) -> bool:
        """Whether threads or index do not know of every story yet, as after a crash, or were made by another recipe."""
        last, states = self._store.last_change(), {name: self._store.state(name) for name in RECIPES}
        return any(state.seen < last or state.recipe != RECIPES[name] for name, state in states.items())

    def check(self) -> list[str]:
        """Say line by line whether index and threads agree with the stories, having rebuilt what did not."""
        lines = []
        state = self._index.check(self._store)
        lines.append(f"index: {state.why}")
        if not state.agrees:
            self._index.rebuild(self._store)
            lines.append(f"index: rebuilt; {self._index.check(self._store).why}")
        with self._weaving:
            behind = self._weaver.behind()
            self._weaver.weave()
        threads = self._store.threads()
        placed = sum(len(thread.stories) for thread in threads)
        lines.append(
            f"threads: {'brought up to date; ' if behind else ''}{placed} of {self._store.count()} stories in {len(threads)}"
        )
        return lines

    # what they are made of

    def _follow_all(self, wanted: Iterable[FeedCandidate], came: ImportTally) -> list[str]:
        """Follow the feeds of a list; the addresses of those that are new."""
        new = []
        for one in wanted:
            try:
                if self.follow(one):
                    new.append(one.address)
            except SourceError as fault:
                came.refuse(fault)
        return new

    def _refresher(self, watch: Watch | None, cancelled: Cancelled | None) -> Refresher:
        from reader.library.refresher import Refresher

        return Refresher(self._store, lambda: self._workers, watch, cancelled)

    def _ask(
        self, addresses: Sequence[str], feeds: Sequence[Feed], came: ImportTally, watch: Watch | None, cancelled: Cancelled | None
    ) -> None:
        """Ask addresses that were named and feeds that are new, and count in what came."""
        if addresses or feeds:
            refresh = self._refresher(watch, cancelled)
            refresh.came = came
            refresh.ask(addresses, feeds)

    def _backlog(self) -> int:
        return self._store.last_change() - self._store.state("index").seen

    def _index_large(self, watch: Watch | None, cancelled: Cancelled | None) -> None:
        """Bring the index up to date in another process; what it leaves undone is done next time."""
        with suppress(StorageError):
            run_apart(_index, self.folder, watch=watch, cancelled=cancelled)


def _bare(address: str) -> str:
    """An address as the net knows it: `feed:https://…` and `feed://…` are ways of pointing out a feed."""
    bare = _FEED.sub("", address, count=1)
    return f"https:{bare}" if bare.startswith("//") else bare


def _stage(what: str, watch: Watch | None) -> Callable[[int, int], None] | None:
    """Tells a stage of a work, if anybody listens."""
    return (lambda done, of: watch(JobProgress(what, done, of))) if watch else None


def _index(folder: Path, *, watch: Watch, cancelled: Cancelled) -> None:
    """Bring the index of the library in `folder` up to date."""
    from reader.search.index import SearchIndex
    from reader.storage.store import Store

    store = Store(folder)
    try:
        SearchIndex(folder).catch_up(store, progress=_stage("index", watch), cancelled=cancelled)
    finally:
        store.close()

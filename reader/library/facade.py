"""One library: what may be asked of it, in whole calls that any thread may make."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model import Advice, FollowError, Head, Match, Outcome, Refusal, Related, Report, Results, Span, Story, Thread
from reader.shelf.store import Store

if TYPE_CHECKING:
    from reader.library.following import Following
    from reader.library.weaving import Cancelled, Weaver
    from reader.shelf.query import Query
    from reader.shelf.search.index import Index

Progress = Callable[[int, int, str], None]
"""Hears how many of how many are done, and of what."""

_SHARED = 8
"""Words told of those that two stories share."""


class Library:
    """The stories kept in one folder, their threads and their index.

    Raises `ShelfError` where the folder cannot be used and `FollowError` where the list of followed threads cannot.
    """

    def __init__(self, folder: Path, follow: Path | None = None) -> None:
        self.folder = folder
        self._store = Store(folder)
        self._follow = follow or folder / "threads.yaml"
        self._weaving = threading.RLock()

    @classmethod
    def open(cls, folder: Path, *, follow: Path | None = None) -> Library:
        """The library in `folder`, made if there is none; `follow` is a list of followed threads to use instead of its own."""
        if follow and not follow.is_file():
            raise FollowError(f"{follow}: there is no such file; it should list the threads you follow")
        return cls(folder, follow)

    def close(self) -> None:
        """Close the files."""
        self._store.close()

    # The parts are made when first needed: what they import takes longer than opening the reader may.

    @cached_property
    def _weaver(self) -> Weaver:
        from reader.library.weaving import Weaver

        return Weaver(self._store)

    @cached_property
    def _index(self) -> Index:
        from reader.shelf.search.index import Index

        return Index(self.folder)

    @cached_property
    def _following(self) -> Following:
        from reader.library.following import Following

        return Following(self._follow, self._store)

    # What comes in

    def add(self, sources: Iterable[str], *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Report:
        """Add files, folders or `-`, standard input; then bring threads and index up to date.

        What cannot be read is refused in the report, and the rest goes on. Cancelled, what was read so far is kept.
        """
        from reader.library.intake import read

        ids: dict[Outcome, list[str]] = {"added": [], "updated": [], "unchanged": []}
        refused = []
        for done, found in enumerate(read(sources), 1):
            if cancelled and cancelled():
                break
            if isinstance(found, Refusal):
                refused.append(found)
                continue
            id, outcome = self._store.put(found)
            ids[outcome].append(id)
            if progress:
                progress(done, 0, "read")
        self.catch_up(progress=progress, cancelled=cancelled)
        return Report(tuple(ids["added"]), tuple(ids["updated"]), tuple(ids["unchanged"]), tuple(refused))

    def catch_up(self, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
        """Bring threads and index in step with the stories, if they are not."""
        with self._weaving:
            self._weaver.weave((lambda done, of: progress(done, of, "threads")) if progress else None, cancelled)
        self._index.catch_up(self._store)

    def behind(self) -> bool:
        """Whether threads or index do not know of every story yet, as after a crash."""
        last = self._store.last_change()
        return any(self._store.state(name).seen < last for name in ("threads", "index"))

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

    # Threads and stories

    def threads(self) -> list[Thread]:
        """All threads, the latest first, by the reader's own names where they are followed."""
        threads = self._store.threads()
        if not threads or not self._follow.exists():
            return threads
        with self._weaving:
            names = self._following.names(threads, lambda: self._weaver.loom, self._find)
        return [replace(thread, name=names.get(thread.id, thread.automatic)) for thread in threads]

    def thread(self, id: str) -> Thread | None:
        """One thread, None if there is none of this id."""
        return next((thread for thread in self.threads() if thread.id == id), None)

    def heads(self, thread: str) -> list[Head]:
        """The stories of a thread, the oldest first."""
        return self._store.heads(thread=thread)

    def head(self, story: str) -> Head:
        """What a list tells of one story; raises KeyError if there is none."""
        for head in self._store.heads(ids=[story]):
            return head
        raise KeyError(story)

    def story(self, id: str) -> Story:
        """One story whole; raises KeyError if there is none."""
        return self._store.story(id)

    def find(self, prefix: str) -> list[str]:
        """The ids of stories that begin so."""
        return self._store.find(prefix)

    def related(self, story: str, limit: int = 10) -> list[Related]:
        """The stories nearest to one, the nearest first, of its own thread and of others, with the words they share."""
        from reader.library.weaving import telling
        from reader.threads.related import nearest, shared_terms

        with self._weaving:
            members = self._weaver.loom.members
            if story not in members:
                return []
            found = dict(nearest(members[story].vector, members, limit, without={story}))
        own, *others = (telling(each) for each in self._store.stories([story, *found]))
        return [
            Related(head, found[head.id], shared_terms(own, other, _SHARED))
            for head, other in zip(self._store.heads(ids=list(found)), others, strict=True)
        ]

    # Search

    def search(self, query: str, limit: int = 50) -> Results:
        """The stories a query finds, the best first; raises `QueryError`."""
        from reader.shelf.query import parse
        from reader.shelf.snippet import snippet

        asked = parse(query)
        self._index.catch_up(self._store)
        ranking = self._index.search(asked, limit)
        ids = [found.id for found in ranking.found]
        heads = {head.id: head for head in self._store.heads(ids=ids)}
        texts = {story.id: story for story in self._store.stories(ids)}
        matches = tuple(
            Match(heads[found.id], found.score, *snippet(texts[found.id].body, asked))
            for found in ranking.found
            if found.id in heads
        )
        return Results(query, matches, ranking.total, None if matches else self._advice(asked))

    def hits(self, query: str, text: str) -> list[Span]:
        """Where the words of a query stand in a text; raises `QueryError`."""
        from reader.shelf.query import parse

        return parse(query).hits(text)

    def _advice(self, asked: Query) -> Advice:
        """What to try where a query found nothing."""
        from reader.shelf.advice import advise
        from reader.shelf.query import parse

        return advise(asked.text, self._store.outlets(), lambda query: self._index.count(parse(query)), self._index.suggest)

    def _find(self, query: str) -> set[str]:
        """The ids of all stories a query finds."""
        from reader.shelf.query import parse

        self._index.catch_up(self._store)
        return {found.id for found in self._index.search(parse(query), self._store.count()).found}

    # The reader's marks

    def mark_read(self, ids: Sequence[str], on: bool) -> None:
        """Mark stories read, or unread."""
        self._store.set_read(ids, on)

    def mark_starred(self, ids: Sequence[str], on: bool) -> None:
        """Star stories, or take their stars away."""
        self._store.set_starred(ids, on)

    def unread(self) -> int:
        """How many stories are unread."""
        return self._store.unread()

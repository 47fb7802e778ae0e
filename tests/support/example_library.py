"""A real library of made-up stories in a temporary folder, with each story in the thread where a test wants it.

`ExampleLibrary()` has three threads: the ferry (three stories, one outlet unnamed, one headline made, one date estimated), the
harbour (two, one starred) and the council (one, read). `ExampleLibrary(hostile=True)` adds a story whose every text attacks markup,
`ExampleLibrary(many=100)` adds that many threads of one story, and `ExampleLibrary(fill=function)` what a function puts in.

Libraries made alike are copies of one that is made once in a process. Nothing is clustered, and no process is started for a job:
`jobs` is a stub.
"""

from __future__ import annotations

import atexit
import functools
import itertools
import json
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import asdict, replace

from reader.clustering.cluster import Member, pack_member
from reader.clustering.clusterer import CorpusTotals
from reader.clustering.tfidf import heaviest, unpack
from reader.library import Library
from reader.library.correction_overlay import update_overlay
from reader.library.feature_extraction import prepare, read_chunk
from reader.library.thread_builder import build
from reader.library.title_evidence import TitleEvidence
from reader.models import (
    DateEstimate,
    Feed,
    FeedCandidate,
    FeedProgress,
    ImportReport,
    JobProgress,
    Outcome,
    RefreshReport,
    SourceFailure,
    Story,
)
from reader.storage import outlets, story_rows
from reader.storage.change_log import DerivedState
from reader.storage.clusters import ClusterMember, ThreadUpdate
from reader.storage.feeds import NOTES
from reader.storage.stories import add_address, revise, write
from reader.storage.versions import THREADS as RECIPE
from tests.support.example_stories import ESTIMATE, FEEDS, LISTED, STORIES, THREADS, fact, hostile_story, notice, story_id
from tests.support.flags import set_flag

_FOUND = "2026-11-20T10:00:00"
"""When the stories of the examples were found: the same on every day on which the tests run."""
_TERMS = 40
"""Heaviest terms by which stories near to one are found."""
_OPEN: list[ExampleLibrary] = []


@functools.cache
def temporary_folder() -> Path:
    """The folder of all libraries of this process."""
    folder = Path(tempfile.mkdtemp(prefix="newsloom-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class ExampleLibrary(Library):
    """A library whose stories and threads stand exactly where `put` and `place` set them."""

    def __init__(
        self,
        *,
        hostile: bool = False,
        many: int = 0,
        empty: bool = False,
        fill: Callable[[ExampleLibrary], None] | None = None,
        folder: Path | None = None,
    ) -> None:
        if folder is None:
            folder = Path(tempfile.mkdtemp(dir=temporary_folder())) / "library"
            shutil.copytree(_template(hostile, many, empty, fill), folder)
            _OPEN.append(self)
        super().__init__(folder)
        self._arrivals = itertools.count(self._store.clusters.count())
        self._events = itertools.count(1000 * self._store.clusters.count())
        self.__dict__["jobs"] = ExampleJobs(self)

    # placing

    def put(self, *stories: Story) -> None:
        """Store stories under the ids they have; other content for an id that is there is another wording of it."""
        with self._store.database.writing() as db:
            for one in stories:
                content = story_rows.digest(one)
                if db.execute("SELECT 1 FROM story WHERE id = ?", (one.id,)).fetchone():
                    revise(db, one.id, one, content)
                else:
                    write(db, one.id, one, content)
                outlet = outlets.of_page(db, one.url, one.outlet.value)
                listed = min(one.published.value or _FOUND, _FOUND)
                db.execute("UPDATE story SET outlet_id = ?, found = ?, listed = ? WHERE id = ?", (outlet, _FOUND, listed, one.id))
                add_address(db, one.id, story_rows.story_row(one, one.id, content))
        self._mark_current()

    def place(
        self,
        id: str,
        name: str,
        stories: Sequence[str],
        estimate: DateEstimate = ESTIMATE,
        *,
        events: Sequence[Sequence[str]] = (),
    ) -> None:
        """Make one thread of stories that are stored; those that state no time have the estimate.

        All of them are one event unless `events` are given. A thread of the same id is replaced, and one left without stories goes.
        """
        store = self._store
        headers = [
            header if header.published else replace(header, estimate=estimate) for header in store.stories.headers(ids=stories)
        ]
        texts = store.stories.texts(stories)
        features = dict(zip(texts, prepare([*texts.values()]), strict=True))
        vectors = {story: unpack(found.vector) for story, found in features.items()}
        ((names, words),) = read_chunk([([*texts.values()], [*vectors.values()])])
        first = next(self._events)
        numbers = {story: number for event, number in zip(events, self._events, strict=False) for story in event}
        members = {}
        for story, found in features.items():
            vector, number, arrival = vectors[story], numbers.get(story, first), next(self._arrivals)
            member = Member(vector, vector, found.day, found.short, found.source, found.language, arrival, 0.0, number)
            members[story] = ClusterMember(store.log.last(), arrival, number, pack_member(member), heaviest(vector, _TERMS))
        thread = replace(build(id, headers, words, store.stories.wordings(stories)), name=name, automatic=name)
        update = ThreadUpdate(
            state=DerivedState(RECIPE, store.log.last()),
            totals=json.dumps(asdict(CorpusTotals(next_event=1_000_000, next_arrival=10_000))),
            new=members,
            threads=[thread],
            dissolved=self._emptied(id, stories),
            estimates={header.id: estimate for header in headers if not header.published},
            names={id: TitleEvidence(len(stories), names, words).stored()},
        )
        with store.database.writing():
            store.clusters.save(update)
            update_overlay(store)

    def put_feed(self, feed: Feed, stories: Iterable[str] = ()) -> None:
        """Follow a feed that lists these stories, with what its visits have noted."""
        self._store.feeds.subscribe(FeedCandidate(feed.address, feed.name, feed.tags))
        self._store.feeds.record_visit(feed.address, **{name: getattr(feed, name) for name in NOTES})
        with self._store.database.writing() as db:
            rows = [(feed.address, story, story, f"{feed.address}/{story}", None, story) for story in stories]
            db.executemany("INSERT INTO feed_item (feed, guid, story, address, day, digest) VALUES (?, ?, ?, ?, ?, ?)", rows)

    def make_new(self, *stories: str) -> None:
        """Let stories count as come since their followed threads were left."""
        with self._store.database.writing() as db:
            db.executemany("DELETE FROM story_flag WHERE flag = 'seen' AND story = ?", [(story,) for story in stories])

    def remove(self, *stories: str) -> None:
        """Remove stories, and the threads that have no other."""
        self._store.stories.remove(stories)
        with self._store.database.writing() as db:
            db.execute("DELETE FROM thread WHERE id NOT IN (SELECT thread FROM thread_story)")
        self._mark_current()

    def _emptied(self, id: str, stories: Sequence[str]) -> list[str]:
        """The other threads that consist of some of these stories."""
        found = self._store.threads.clustered(stories).threads
        return [other for other, inside in found.items() if other != id and set(inside) <= set(stories)]

    def _mark_current(self) -> None:
        """Count what was put as clustered."""
        self._store.log.set_state("threads", DerivedState(RECIPE, self._store.log.last()))

    # looking

    @property
    def read(self) -> set[str]:
        """The ids of the stories that are marked read."""
        return set(self._store.flags.ids("read"))

    @property
    def starred(self) -> set[str]:
        """The ids of the starred stories."""
        return set(self._store.flags.ids("starred"))

    @property
    def seen_in_followed(self) -> set[str]:
        """The ids of the stories that were seen in a followed thread."""
        return set(self._store.flags.ids("seen"))

    def read_passages(self) -> dict[str, list[tuple[int, int]]]:
        """The spans that were read, by story."""
        with self._store.database.reading() as db:
            rows = db.execute("SELECT story, spans FROM read_passage ORDER BY number").fetchall()
        return {row["story"]: [(start, end) for start, end in json.loads(row["spans"])] for row in rows}


class ExampleJobs:
    """The long jobs, done at once in this process and without a network: `added` stories, `refreshed` feeds, `rebuilt` threads."""

    def __init__(self, library: ExampleLibrary) -> None:
        self._library = library
        self.added: list[str] = []
        self.refreshed: list[list[str]] = []
        self.rebuilt = 0

    def add(
        self, sources: Iterable[str], *, watch: Callable[[Any], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> ImportReport:
        """Add a story for each source, in a thread of its own."""
        for number, name in enumerate(sources, 1):
            if cancelled and cancelled():
                break
            one = replace(STORIES[-1], id=story_id("new", number), source=name, address=f"/{name}", title=fact(f"News from {name}"))
            self._library.put(one)
            self._library.place(f"n{number}", f"News {number}", [one.id])
            self.added.append(one.id)
            if watch:
                watch(JobProgress("stories", number, 0))
        return ImportReport(added=tuple(self.added))

    def refresh(
        self,
        feeds: Sequence[str] | None = None,
        *,
        due: bool = False,
        watch: Callable[[Any], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> RefreshReport:
        """Report two new stories for each feed that has no error."""
        asked = [feed for feed in self._library.feeds.all() if feeds is None or feed.address in feeds]
        self.refreshed.append([feed.address for feed in asked])
        for number, feed in enumerate(asked, 1):
            if watch:
                failed = FeedProgress(feed.address, "failed", why=feed.error or "")
                watch(failed if feed.error else FeedProgress(feed.address, "new", new=2))
                watch(JobProgress("feeds", number, len(asked)))
        failures = tuple(SourceFailure(feed.name, feed.error) for feed in asked if feed.error)
        return RefreshReport(len(asked), 2 * (len(asked) - len(failures)), 0, failures)

    def full_text(self, story: str, **_: Any) -> Outcome:
        """Add a paragraph to a story."""
        one = self._library.stories.get(story)
        self._library.put(replace(one, body=(*one.body, "And this is the rest of it.")))
        return "updated"

    def catch_up(self, **_: Any) -> None:
        """Do nothing: stories are where they were placed."""

    def rebuild_threads(self, **_: Any) -> None:
        """Count the call."""
        self.rebuilt += 1


@functools.cache
def _template(hostile: bool, many: int, empty: bool, fill: Callable[[ExampleLibrary], None] | None) -> Path:
    """The folder of a library to copy, made once in a process."""
    folder = Path(tempfile.mkdtemp(dir=temporary_folder())) / "template"
    library = ExampleLibrary(folder=folder)
    if not empty:
        library.put(*STORIES)
        for id, name, stories in THREADS:
            library.place(id, name, stories)
        for feed in FEEDS:
            library.put_feed(feed, LISTED.get(feed.address, ()))
        set_flag(library, "read", ["councila"], True)
        set_flag(library, "starred", ["harboura"], True)
    if hostile:
        library.put(hostile_story())
        library.place("t9", hostile_story().title.value or "", ["hostilex"], replace(ESTIMATE, time="2020-12-21"))
    library.put(*(notice(number) for number in range(many)))
    for number in range(many):
        library.place(f"m{number:03}", f"Harbour notice {number}", [story_id("many", number)])
    if fill:
        fill(library)
    library.search.prepare()
    library.close()
    return folder


@functools.cache
def shared_library(fill: Callable[[ExampleLibrary], None] | None = None) -> ExampleLibrary:
    """The one library of this process for tests that only read."""
    library = ExampleLibrary(fill=fill)
    _OPEN.remove(library)
    atexit.register(library.close)
    return library


class Gate:
    """Holds back a call until a test opens it."""

    def __init__(self) -> None:
        self._opened = threading.Event()

    def open(self) -> None:
        """Let the calls go on."""
        self._opened.set()

    def wait(self) -> None:
        """Wait until the gate is open; raises TimeoutError where a test forgot to open it."""
        if not self._opened.wait(30):
            raise TimeoutError("the test did not open the gate")


def stub(part: object, **methods: Callable[..., Any]) -> None:
    """Replace methods of one part of a library, where a test holds back an answer or needs a certain one or a failure."""
    for name, method in methods.items():
        assert callable(getattr(part, name)), name
        setattr(part, name, method)


def held(part: object, name: str, when: Callable[..., bool] = lambda *_, **__: True) -> Gate:
    """Hold back a method of one part of a library until the gate is opened; `when` says of its arguments whether to."""
    gate, plain = Gate(), getattr(part, name)

    def wait(*args: Any, **options: Any) -> Any:
        if when(*args, **options):
            gate.wait()
        return plain(*args, **options)

    stub(part, **{name: wait})
    return gate


def failing(fault: Exception) -> Callable[..., Any]:
    """A method that fails."""

    def fail(*_: Any, **__: Any) -> Any:
        raise fault

    return fail


def close_all() -> None:
    """Close every library that a test opened, and remove its folder."""
    while _OPEN:
        library = _OPEN.pop()
        library.close()
        shutil.rmtree(library.folder.parent, ignore_errors=True)

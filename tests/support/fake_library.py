"""A small library of made-up stories with the face of the real one, for tests of the screen; and the way to open the real one.

`FakeLibrary()` holds three threads: the ferry (three stories, one outlet unnamed, one headline made, one date estimated), the
harbour (two, one starred) and the council (one, read). `FakeLibrary(hostile=True)` adds a story whose every text is an attack on
markup. `FakeLibrary(many=100)` adds that many threads of one story.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.library import Brief, Freshness, Library
from reader.models import (
    DateEstimate,
    Explanation,
    ExtractedField,
    Facets,
    Feed,
    FeedProgress,
    FieldValue,
    ImportReport,
    JobProgress,
    Outcome,
    RefreshReport,
    RelatedStory,
    RemovedLine,
    SavedSearch,
    SearchAnswer,
    SearchMatch,
    Snippet,
    SourceFailure,
    Span,
    Story,
    StoryHeader,
    Suggestion,
    Thread,
    ThreadEvent,
    ThreadHeading,
    Version,
)
from tests.support.fake_corrections import FakeWords

if TYPE_CHECKING:
    from reader.library import Comparison

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HOSTILE = "[/b] [@click=app.quit]x[/] [red]$(touch /nowhere)"


def fact(value: str | None, why: str = "stated") -> ExtractedField:
    return ExtractedField(value, 1.0, why) if value else ExtractedField()


def story(
    id_: str, title: str, body: Sequence[str], *, made: bool = False, captions: Sequence[str] = (), **facts: str | None
) -> Story:
    return Story(
        id=id_,
        source=f"{id_}.txt",
        address=f"/stories/{id_}.txt",
        url=facts.get("url"),
        title=fact(title),
        title_made=made,
        outlet=fact(facts.get("outlet")),
        agency=fact(facts.get("agency")),
        byline=fact(facts.get("byline")),
        place=fact(facts.get("place")),
        published=fact(facts.get("published")),
        body=tuple(body),
        captions=tuple(captions),
        removed=(RemovedLine("Share this story with a friend", "furniture", "a call to share", 1),) if id_ == "ferry1" else (),
    )


def paragraphs(topic: str, count: int) -> list[str]:
    """Plain paragraphs of two or three sentences about a topic, all different."""
    said = [
        f"The {topic} was the only matter on the table when the meeting opened on Monday, and it was when the lamps were lit.",
        f"“Nobody planned for the {topic} to take this long,” said the chair, who has held the office for eleven years.",
        f"Two of the nine members spoke against it; the others asked for figures on the {topic} before the end of the month.",
        f"Fishermen who had waited at the pier since five in the morning called the {topic} a matter of bread, not of paper.",
        f"A study by the port puts the cost of the {topic} at 4.2 million, a third more than in the plan of last spring.",
    ]
    return [f"{said[n % len(said)]} It was point {n + 1} of the day." for n in range(count)]


STORIES = (
    story(
        "ferry1",
        "Ferry to the Islands Sails Again After Nine Weeks of Repairs at the Northern Yard",
        ["The ferry Halcyon sailed again on Monday, nine weeks after a cracked shaft had laid her up.", *paragraphs("ferry", 12)],
        outlet="Coast Courier",
        published="2018-12-20",
        byline="A. Lindqvist",
        place="Northhaven",
        url="https://courier.example/ferry",
        captions=("The Halcyon at the northern yard. Photo: harbour office",),
    ),
    story(
        "ferry2",
        "The island ferry left the pier on Monday with two hundred people on board, its first crossing since October",
        ["The island ferry left the pier on Monday with two hundred people on board.", *paragraphs("crossing", 9)],
        made=True,
        outlet="Island Wire",
        agency="Wire Service",
        published="2018-12-21T14:05",
        url="https://wire.example/crossing",
    ),
    story(
        "ferry3",
        "What the Ferry Means to Those Who Wait",
        ["Those who wait know the ferry by its sound.", *paragraphs("timetable", 6)],
    ),
    story(
        "harbour1",
        "Harbour Basin to Be Dredged",
        ["The basin of the harbour will be dredged before the spring.", *paragraphs("basin", 8)],
        outlet="Coast Courier",
        published="2018-12-23",
        url="https://courier.example/basin",
    ),
    story(
        "harbour2",
        "Dredging: What It Costs",
        ["The port has counted.", *paragraphs("dredger", 5)],
        outlet="Port Gazette",
        published="2019-04-10",
    ),
    story(
        "council1",
        "Council Votes for the New Bridge",
        [
            "The council voted for the bridge by five to four.",
            "The bridge over the harbour will carry no rails.",
            *paragraphs("bridge", 4),
        ],
        outlet="townhall.example",
        published="2020-01-07T23:09",
        byline="M. Okafor",
        url="https://townhall.example/bridge",
    ),
)
THREADS = (
    ("t3", "New bridge", ("council1",)),
    ("t2", "Harbour dredging", ("harbour1", "harbour2")),
    ("t1", "Island ferry", ("ferry1", "ferry2", "ferry3")),
)
ESTIMATE = DateEstimate("2018-12-21", 0.7, "the day of the nearest story of its thread")


FEEDS = (
    Feed(
        address="https://courier.example/feed",
        name="Coast Courier",
        title="Coast Courier",
        tags=("sea",),
        good="2026-11-20T10:00:00Z",
        stories=902,
        unread=3,
        per_day=4.5,
    ),
    Feed(
        address="https://gazette.example/feed",
        name=HOSTILE,
        error="did not answer in 20 s",
        remedy="it is asked again later",
        failures=2,
        stories=341,
    ),
    Feed(address="https://wire.example/feed", name="Island Wire", stories=0),
)


class FakeQueryError(Exception):
    """Stands for the library's QueryError: what is wrong, and at which column."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


class FakeSearches:
    """The saved searches of a fake library; those that are put into `fresh` are told of once."""

    def __init__(self, library: FakeLibrary) -> None:
        self.library = library
        self.kept: list[SavedSearch] = []
        self.fresh: list[tuple[SavedSearch, int]] = []

    def all(self) -> list[SavedSearch]:
        return list(self.kept)

    def named(self, name: str) -> SavedSearch | None:
        return next((saved for saved in self.kept if saved.name == name), None)

    def save(self, saved: SavedSearch, at: int | None = None) -> SavedSearch:
        names = [kept.name for kept in self.kept]
        if saved.name in names:
            self.kept[names.index(saved.name)] = saved
        else:
            self.kept.insert(len(names) if at is None else at, saved)
        return saved

    def change(self, name: str, /, **changes: str | bool) -> SavedSearch:
        place = next(place for place, saved in enumerate(self.kept) if saved.name == name)
        self.kept[place] = replace(self.kept[place], **changes)  # type: ignore[arg-type]
        return self.kept[place]

    def remove(self, name: str) -> tuple[SavedSearch, int]:
        place = next(place for place, saved in enumerate(self.kept) if saved.name == name)
        return self.kept.pop(place), place

    def heads(self, query: str) -> list[StoryHeader]:
        found = [match.head for match in self.library.search.run(query).matches]
        return sorted(found, key=lambda head: head.published or ESTIMATE.time)

    def news(self) -> list[tuple[SavedSearch, int]]:
        told, self.fresh = self.fresh, []
        return told

    def threads(self) -> list[Thread]:
        return [self._thread(saved) for saved in self.kept]

    def names(self) -> list[Thread]:
        return [replace(thread, stories=(), unread=0, total=-1) for thread in self.threads()]

    def _thread(self, saved: SavedSearch) -> Thread:
        heads = self.heads(saved.query)
        return Thread(
            id=f"search:{saved.name}",
            name=saved.name,
            automatic=saved.name,
            stories=tuple(head.id for head in heads),
            unread=sum(not head.read for head in heads),
            outlets=(),
            unnamed=0,
            first=None,
            last=None,
            earliest=None,
            latest=None,
            about=False,
            terms=(),
            query=saved.query,
            total=len(heads),
        )


class FakePart:
    """A part of a fake library: its method `run` is `search_run` of the library, so that a subclass may replace it."""

    def __init__(self, library: FakeLibrary, *names: str) -> None:
        self._library = library
        self._names = names

    def __getattr__(self, name: str) -> Any:
        for part in self._names:
            if hasattr(self._library, f"{part}_{name}"):
                return getattr(self._library, f"{part}_{name}")
        raise AttributeError(name)


def _part(library: FakeLibrary, *names: str) -> Any:
    return FakePart(library, *names)


class FakeLibrary(Library):
    """The library's face over a few stories in memory."""

    folder = Path("/nowhere")
    corrections: Any
    saved_searches: Any
    jobs: Any
    problems: Any = ()

    def __init__(self, *, hostile: bool = False, many: int = 0, empty: bool = False) -> None:
        self.threads = _part(self, "threads")
        self.stories = _part(self, "stories")
        self.search = _part(self, "search")
        self.comparison = _part(self, "comparison")
        self.history = _part(self, "history")
        self.feeds = _part(self, "feeds")
        self.importer = _part(self, "importer")
        self.synchronizer = _part(self, "synchronizer")
        self.jobs = _part(self, "importer", "synchronizer")
        self.by_id: dict[str, Story] = {} if empty else {story.id: story for story in STORIES}
        self.groups: list[tuple[str, str, tuple[str, ...]]] = [] if empty else list(THREADS)
        self.read: set[str] = {"council1"} & set(self.by_id)
        self.starred: set[str] = {"harbour1"} & set(self.by_id)
        self.seen_in_followed: set[str] = set()
        self.flags: dict[str, dict[str, str]] = {}
        self.corrections = FakeWords(self)
        self.added: list[str] = []
        self.followed: list[Feed] = [] if empty else list(FEEDS)
        self.dropped: set[str] = set()
        self.asked: list[list[str]] = []
        self.anew = 0
        self.prepared = 0
        self.asked_before: list[str] = []
        self.saved_searches = FakeSearches(self)
        self.hosts: set[str] = set()
        self.copied: dict[str, tuple[str, ...]] = {}
        self.changed: dict[str, tuple[Version, ...]] = {}
        self.guests: dict[str, tuple[str, ...]] = {}
        self.whys: dict[tuple[str, str], Explanation] = {}
        self.tongues: set[str] = set()
        self.events: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self.seen: dict[str, list[list[Span] | None]] = {}
        """What was said to have been read of each story, in order; None for all of it."""
        self.known: dict[str, set[int]] = {}
        """The numbers of the passages of each story that are known as soon as anything else was read."""
        self.forgotten: list[str | None] = []
        self.briefs: dict[str, Brief] = {}
        if hostile:
            attack = story(
                "hostile", HOSTILE, [HOSTILE, *paragraphs(HOSTILE, 3)], outlet=HOSTILE, byline=HOSTILE, url="javascript:alert(1)"
            )
            self.by_id[attack.id] = attack
            self.groups.insert(0, ("t9", HOSTILE, (attack.id,)))
        for number in range(many):
            one = story(f"many{number}", f"Notice {number} of the harbour office", paragraphs("notice", 3), published="2018-01-02")
            self.by_id[one.id] = one
            self.groups.append((f"m{number}", f"Harbour notice {number}", (one.id,)))

    def stories_header(self, story: str) -> StoryHeader:
        told = self.by_id[story]
        return StoryHeader(
            id=told.id,
            source=told.source,
            url=told.url,
            title=told.title.value or "",
            title_made=told.title_made,
            outlet=told.outlet.value,
            agency=told.agency.value,
            byline=told.byline.value,
            place=told.place.value,
            published=told.published.value,
            estimate=None if told.published.value else ESTIMATE,
            thread=self.thread_of(story),
            read=story in self.read,
            starred=story in self.starred,
        )

    def thread_of(self, story: str) -> str | None:
        return next((id_ for id_, _, members in self.groups if story in members), None)

    def threads_all(self) -> list[Thread]:
        return sorted((self._thread(*group) for group in self.groups), key=lambda thread: (not thread.pinned, thread.muted))

    def _thread(self, id_: str, name: str, members: tuple[str, ...]) -> Thread:
        heads = [self.stories_header(member) for member in members]
        stated = sorted(head.published for head in heads if head.published)
        times = sorted(head.published or ESTIMATE.time for head in heads)
        said = self.flags.get(id_, {})
        return Thread(
            id=id_,
            name=said.get("rename") or name,
            automatic=name,
            stories=members,
            unread=sum(not head.read for head in heads),
            outlets=tuple(dict.fromkeys(head.outlet for head in heads if head.outlet)),
            unnamed=sum(head.outlet is None for head in heads),
            first=stated[0] if stated else None,
            last=stated[-1] if stated else None,
            earliest=times[0],
            latest=times[-1],
            about=not stated or times[0] < stated[0] or times[-1] > stated[-1],
            terms=("harbour", "pier", name.split()[-1].lower()),
            renamed=bool(said.get("rename")),
            pinned=said.get("pin") == "on",
            muted=said.get("mute") == "on",
            followed=said.get("follow") == "on",
            new=sum(not head.read and head.id not in self.seen_in_followed for head in heads) if said.get("follow") == "on" else 0,
        )

    def threads_get(self, id: str) -> Thread | None:
        return next((thread for thread in self.threads_all() if thread.id == id), None)

    def threads_headers(self, thread: str) -> list[StoryHeader]:
        return [self.stories_header(member) for id_, _, members in self.groups if id_ == thread for member in members]

    def stories_get(self, id: str) -> Story:
        return self.by_id[id]

    def stories_copies(self, story: str) -> list[StoryHeader]:
        return [self.stories_header(other) for other in self.copied.get(story, ())]

    def stories_versions(self, story: str) -> list[Version]:
        return list(self.changed.get(story, ()))

    def stories_related(self, story: str, limit: int = 10) -> list[RelatedStory]:
        others = [other for other in self.by_id if other != story and not other.startswith("many")]
        near = sorted(others, key=lambda other: self.thread_of(other) != self.thread_of(story))
        return [
            RelatedStory(self.stories_header(other), round(0.9 - 0.1 * n, 2), ("harbour", "pier", "month"))
            for n, other in enumerate(near[:limit])
        ]

    def comparison_compare(self, stories: Sequence[str]) -> Comparison:
        from reader.comparison.compare import compare
        from reader.comparison.preprocess import prepare

        return compare([prepare(self.by_id[story]) for story in dict.fromkeys(stories)])

    def comparison_not_english(self, stories: Sequence[str]) -> list[str]:
        return [story for story in stories if story in self.tongues]

    def threads_timeline(self, thread: str) -> list[ThreadEvent]:
        return [self._event(label, stories) for label, stories in self.events.get(thread, [("", self._members(thread))])]

    def threads_also_in(self, thread: str) -> list[StoryHeader]:
        return [self.stories_header(story) for story in self.guests.get(thread, ())]

    def _members(self, thread: str) -> tuple[str, ...]:
        return next((members for id_, _, members in self.groups if id_ == thread), ())

    def _event(self, label: str, stories: tuple[str, ...]) -> ThreadEvent:
        copied = {copy for story in stories for copy in self.copied.get(story, ())}
        stand = [self.stories_header(story) for story in stories if story not in copied]
        times = [head.published or ESTIMATE.time for head in stand]
        copies = {head.id: self.copied[head.id] for head in stand if head.id in self.copied}
        about = not (stand[0].published and stand[-1].published)
        return ThreadEvent(
            label=label, first=times[0], last=times[-1], about=about, stories=tuple(head.id for head in stand), copies=copies
        )

    def stories_explain(self, story: str, other: str) -> Explanation:
        return self.whys.get(
            (story, other), Explanation(("harbour", "pier"), ("Halcyon",), ("a matter of bread, not of paper",), 3)
        )

    def stories_explain_thread(self, story: str) -> Explanation:
        return Explanation(("harbour", "pier", "month"), ("Halcyon",), (), 1, True)

    def search_highlights(self, query: str, text: str) -> list[Span]:
        if query.count('"') % 2:
            raise FakeQueryError("the quotation is not closed", query.rindex('"'))
        words = [
            re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) for word in query.replace('"', "").split()
        ]
        return [match.span() for match in re.finditer(rf"\b(?:{'|'.join(words)})\b", text, re.I)] if words else []

    def search_run(
        self,
        query: str,
        limit: int = 50,
        *,
        newest: bool = False,
        unfinished: bool = False,
        snippets: int | None = None,
        facets: bool = False,
    ) -> SearchAnswer:
        found = self._found(query)
        if unfinished and not found and query[-1:].isalpha() and (begun := self._found(f"{query}*")):
            found, query = begun, f"{query}*"
        if newest:
            found.sort(key=lambda match: match.head.published or "", reverse=True)
        shown = found[:limit]
        threads = self.threads_headings(match.head.thread or "" for match in shown)
        order = sorted(shown, key=lambda match: [other.head.thread for other in shown].index(match.head.thread))
        texts = self.search_snippets(query, [match.head.id for match in order][:snippets])
        matches = tuple(SearchMatch(match.head, match.score, *texts.get(match.head.id, ("", (), ()))) for match in shown)
        counted = self.search_facets(query) if facets else None
        suggestion = None if found else Suggestion(f"No story contains “{query}”.", "harbour", 3)
        return SearchAnswer(query, matches, len(found), threads, counted, suggestion)

    def _found(self, query: str) -> list[SearchMatch]:
        matches = []
        for told in self.by_id.values():
            for place, text in enumerate((told.title.value or "", *told.body)):
                spans = self.search_highlights(query, text)
                if spans:
                    matches.append(SearchMatch(self.stories_header(told.id), 9.0 - place, text, tuple(spans)))
                    break
        return sorted(matches, key=lambda match: (-match.score, match.head.id))

    def search_snippets(self, query: str, stories: Iterable[str]) -> dict[str, Snippet]:
        wanted = set(stories)
        return {
            match.head.id: Snippet(match.snippet, match.spans, tuple(self.search_highlights(query, match.head.title)))
            for match in self._found(query)
            if match.head.id in wanted
        }

    def threads_headings(self, threads: Iterable[str]) -> dict[str, ThreadHeading]:
        wanted = set(threads)
        return {id_: ThreadHeading(id_, name, len(members)) for id_, name, members in self.groups if id_ in wanted}

    def search_facets(self, query: str) -> Facets:
        total = len(self._found(query))
        return Facets(total, (("Coast Courier", total - 1), (None, 1)), ((("2018-12", True), total),))

    def search_field_values(self, field: str) -> list[FieldValue]:
        found = {"outlet": [("Coast Courier", 2), ("Island Wire", 1), ("Port Gazette", 1)], "is": [("unread", 5), ("starred", 1)]}
        return [FieldValue(text, number) for text, number in found.get(field, [])]

    def search_prepare(self) -> None:
        self.prepared += 1

    def search_recent_queries(self) -> list[str]:
        return list(self.asked_before)

    def search_remember_query(self, query: str) -> None:
        self.asked_before = [query, *(other for other in self.asked_before if other != query)]

    def stories_mark_read(self, ids: Sequence[str], on: bool) -> None:
        self.read = self.read | set(ids) if on else self.read - set(ids)

    def stories_mark_starred(self, ids: Sequence[str], on: bool) -> None:
        self.starred = self.starred | set(ids) if on else self.starred - set(ids)

    def stories_mark_seen(self, ids: Sequence[str]) -> None:
        self.seen_in_followed = self.seen_in_followed | set(ids)

    def synchronizer_is_behind(self) -> bool:
        return False

    def stories_unread(self) -> int:
        return sum(story not in self.read for story in self.by_id)

    def importer_add(
        self,
        sources: Iterable[str],
        *,
        watch: Callable[[FeedProgress | JobProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ImportReport:
        names = list(sources)
        for number, name in enumerate(names, 1):
            if cancelled and cancelled():
                break
            told = replace(STORIES[-1], id=f"new{number}", source=name, title=fact(f"News from {name}"))
            self.by_id[told.id] = told
            self.groups.insert(0, (f"n{number}", f"News {number}", (told.id,)))
            self.added.append(told.id)
            if watch:
                watch(JobProgress("stories", number, 0))
        return ImportReport(added=tuple(self.added))

    # feeds

    def feeds_all(self) -> list[Feed]:
        return [feed for feed in self.followed if feed.address not in self.dropped]

    def feeds_change(self, address: str, **news: Any) -> None:
        self.followed = [replace(feed, **news) if feed.address == address else feed for feed in self.followed]

    def feeds_allowed_hosts(self) -> frozenset[str]:
        return frozenset(self.hosts)

    def feeds_allow_host(self, host: str, on: bool) -> None:
        self.hosts = self.hosts | {host} if on else self.hosts - {host}

    def synchronizer_rebuild_threads(self, *, watch: Any = None, cancelled: Any = None) -> None:
        self.anew += 1

    def feeds_drop(self, address: str) -> None:
        self.dropped.add(address)

    def feeds_restore(self, address: str) -> None:
        self.dropped.discard(address)

    def importer_refresh(
        self,
        feeds: Sequence[str] | None = None,
        *,
        due: bool = False,
        watch: Callable[[FeedProgress | JobProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> RefreshReport:
        asked = [feed for feed in self.feeds_all() if feeds is None or feed.address in feeds]
        self.asked.append([feed.address for feed in asked])
        if watch:
            for number, feed in enumerate(asked, 1):
                failed = feed.error is not None
                watch(
                    FeedProgress(feed.address, "failed", why=feed.error or "")
                    if failed
                    else FeedProgress(feed.address, "new", new=2)
                )
                watch(JobProgress("feeds", number, len(asked)))
        failures = tuple(SourceFailure(feed.name, feed.error) for feed in asked if feed.error)
        return RefreshReport(len(asked), 2 * (len(asked) - len(failures)), 0, failures)

    def history_record(self, story: Story, spans: Iterable[Span] | None = None) -> None:
        self.seen.setdefault(story.id, []).append(None if spans is None else list(spans))

    def history_count(self, thread: str | None = None) -> int:
        return sum(thread in (None, self.thread_of(story)) for story in self.seen)

    def history_forget(self, thread: str | None = None) -> None:
        self.forgotten.append(thread)
        self.seen = {story: spans for story, spans in self.seen.items() if thread not in (None, self.thread_of(story))}

    def history_freshness(self, story: str) -> Freshness:
        from reader.comparison.preprocess import prepare

        passages = [reading.passage for reading in prepare(self.by_id[story]).features]
        known = self.known.get(story, set()) if set(self.seen) - {story} else set()
        found = tuple(passage for passage in passages if passage.index in known)
        return Freshness(found, len(passages), len(passages) - len(found))

    def comparison_brief(self, told: str | Sequence[str], most: int = 10) -> Brief:
        thread = told if isinstance(told, str) else self.thread_of(told[0]) or ""
        members = self._members(thread)
        return self.briefs.get(thread, Brief((), members, len(members)))

    def importer_full_text(self, story: str, *, watch: Any = None, cancelled: Any = None) -> Outcome:
        told = self.by_id[story]
        self.by_id[story] = replace(told, body=(*told.body, "And this is the rest of it."))
        return "updated"

    def close(self) -> None:
        pass


def real_library(folder: Path, *, followed: Path | None = None) -> Library:
    """The real library in a folder, with the five samples in it."""
    library = Library.open(folder, followed=followed)
    library.importer.add([str(SEEDS)])
    return library

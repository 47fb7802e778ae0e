"""Timelines of threads: events in order, with dates, labels and stories, copies folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from reader.clustering.titles.event_labels import labels
from reader.clustering.titles.term_usage import TermUsageTable
from reader.errors import WorkCancelled
from reader.library.thread_builder import fold_copies
from reader.models import StoryHeader, ThreadEvent
from reader.storage.store import Store

_READ = 4
"""Maximum number of stories per event that are read for its label, spread over the event."""
_LABELED = 40
"""Maximum number of events with labels, the newest ones, so that a timeline of any length takes less than a second."""


def timeline(store: Store, thread: str, cancelled: Callable[[], bool] = lambda: False) -> list[ThreadEvent]:
    """Events of a thread, earliest first, undated ones last; raises WorkCancelled between steps once `cancelled` returns true."""

    def proceed() -> None:
        if cancelled():
            raise WorkCancelled

    proceed()
    heads = {head.id: head for head in store.stories.headers(thread=thread)}
    proceed()
    copies = fold_copies(heads, store.stories.wordings(heads))
    proceed()
    copied = {story for others in copies.values() for story in others}
    groups: defaultdict[int | None, list[str]] = defaultdict(list)
    numbers = store.clusters.events_of_stories(heads)
    for story in heads:
        if story not in copied:
            groups[numbers.get(story)].append(story)
    events = sorted(groups.values(), key=lambda stories: (_time(heads[stories[0]]) or "~", stories[0]))
    return [
        _event(label, [heads[story] for story in stories], copies)
        for stories, label in zip(events, _labels(store, events, proceed), strict=True)
    ]


def _labels(store: Store, events: Sequence[Sequence[str]], proceed: Callable[[], None]) -> list[str]:
    """Labels of the events, which tell them apart; empty for the older events of a very long thread, and if there is only one.

    `proceed` is called before each step.
    """
    if len(events) < 2:
        return [""] * len(events)
    newest = events[-_LABELED:]
    chosen = [stories[:: -(-len(stories) // _READ)] for stories in newest]
    usages: list[TermUsageTable] = []
    for stories in chosen:
        proceed()
        usages.append(TermUsageTable([*store.stories.texts(stories).values()]))
    proceed()
    found = labels(usages)
    return [""] * (len(events) - len(newest)) + found


def _event(label: str, heads: Sequence[StoryHeader], copies: Mapping[str, tuple[str, ...]]) -> ThreadEvent:
    """Event made of the headers of its stories, oldest first."""
    dated = [head for head in heads if _time(head)]
    return ThreadEvent(
        label=label,
        first=_time(dated[0]) if dated else None,
        last=_time(dated[-1]) if dated else None,
        about=bool(dated) and not (dated[0].published and dated[-1].published),
        stories=tuple(head.id for head in heads),
        copies={head.id: copies[head.id] for head in heads if head.id in copies},
    )


def _time(head: StoryHeader) -> str | None:
    """Time of a story, stated or estimated."""
    return head.published or (head.estimate.time if head.estimate else None)

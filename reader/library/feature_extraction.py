"""What the threads need of a story by itself; worked out in other processes where there are many."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.clustering.related import thread_terms
from reader.clustering.tfidf import Vector, is_short, pack, vector
from reader.clustering.titles.candidates import TitleCandidate
from reader.clustering.titles.kickers import kickers
from reader.clustering.titles.term_usage import TermUsageTable
from reader.models import StoryText
from reader.text.dates import day_number
from reader.text.languages import language

if TYPE_CHECKING:
    from reader.library.worker_pool import WorkerPool
    from reader.storage.change_log import StoryChange
    from reader.storage.store import Store

TERMS = 12
"""Words kept of those that hold a thread together."""
_FEW = 100
"""Stories up to which no other process is asked."""
_CHUNK = 50
"""Stories given to a process at once,"""
_SOON, _AHEAD = 15, 60
"""and how many such gifts may be on their way: few at first, when the first threads wait to be read for their names, then more than
a step takes, for the next one must not wait behind what this one asks."""
_SECONDS_A_DAY = 86400
_THREADS = 10
"""Threads given to a process at once."""


@dataclass(frozen=True, slots=True)
class ClusteringFeatures:
    """A story's vector as bytes (see `pack`), day, shortness, source (empty: not known) and language (empty: English)."""

    vector: bytes
    day: float | None
    short: bool
    source: str
    language: str


def prepare(tellings: Sequence[StoryText]) -> list[ClusteringFeatures]:
    """Extract the features of stories; a date after today is a mistake and counts as today."""
    today = time.time() / _SECONDS_A_DAY
    return [_prepared(telling, today) for telling in tellings]


def _prepared(telling: StoryText, today: float) -> ClusteringFeatures:
    spoken = language(telling.title, telling.body)
    return ClusteringFeatures(
        pack(vector(telling.title, telling.body, spoken)),
        min(day_number(telling.published), today) if telling.published else None,
        is_short(telling.body),
        telling.outlet,
        spoken,
    )


def prepared(
    changes: Sequence[StoryChange], store: Store, workers: Callable[[], WorkerPool] | None
) -> Iterator[tuple[StoryChange, ClusteringFeatures | None]]:
    """The changes in order, each with what is needed of its story; None for one whose story is gone by now."""
    chunks = iter([changes[at : at + _CHUNK] for at in range(0, len(changes), _CHUNK)])
    if workers is None or len(changes) <= _FEW:
        for chunk in chunks:
            told = _told(chunk, store)
            yield from _joined(chunk, told, prepare([*told.values()]))
        return
    waiting: list[tuple[Sequence[StoryChange], Iterable[str], Future[list[ClusteringFeatures]]]] = []
    for ahead in itertools.count(_SOON):
        for chunk in itertools.islice(chunks, min(ahead, _AHEAD) - len(waiting)):
            told = _told(chunk, store)
            waiting.append((chunk, told.keys(), workers().submit(prepare, [*told.values()], deadline=None)))
        if not waiting:
            return
        chunk, ids, future = waiting.pop(0)
        yield from _joined(chunk, ids, future.result())


def read_threads(
    threads: Sequence[tuple[list[StoryText], list[Vector]]], workers: Callable[[], WorkerPool] | None
) -> Callable[[], list[tuple[list[TitleCandidate], tuple[str, ...]]]]:
    """The names that threads may have and the words that hold them together; a thread is its stories as told and their vectors.

    They are worked out elsewhere, if there are many, and come when the answer is called for.
    """
    if workers is None or sum(len(vectors) for _, vectors in threads) <= _FEW:
        return lambda: read_chunk(threads)
    chunks = [threads[at : at + _THREADS] for at in range(0, len(threads), _THREADS)]
    futures = [workers().submit(read_chunk, chunk, deadline=None) for chunk in chunks]
    return lambda: [found for future in futures for found in future.result()]


def read_chunk(threads: Sequence[tuple[list[StoryText], list[Vector]]]) -> list[tuple[list[TitleCandidate], tuple[str, ...]]]:
    """The same, in this process."""
    read = [(TermUsageTable(tellings), vectors) for tellings, vectors in threads]
    return [(kickers(usages), thread_terms(vectors, usages, TERMS)) for usages, vectors in read]


def _told(chunk: Sequence[StoryChange], store: Store) -> dict[str, StoryText]:
    """The stories of some changes as threads read them."""
    return store.stories.texts([change.story for change in chunk if not change.deleted])


def _joined(
    chunk: Sequence[StoryChange], ids: Iterable[str], made: Sequence[ClusteringFeatures]
) -> Iterator[tuple[StoryChange, ClusteringFeatures | None]]:
    """Changes with what was prepared for their stories."""
    found = dict(zip(ids, made, strict=True))
    for change in chunk:
        yield change, found.get(change.story)

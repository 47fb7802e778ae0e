"""Features of stories for clustering, extracted in worker processes if there are many."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.clustering.related import story_terms, thread_terms
from reader.clustering.tfidf import Vector, is_short, pack, vector
from reader.clustering.titles.candidates import TitleCandidate
from reader.clustering.titles.kickers import kickers
from reader.clustering.titles.term_usage import TermUsageTable
from reader.models import StoryText
from reader.text.dates import day_number

if TYPE_CHECKING:
    from reader.library.worker_pool import WorkerPool
    from reader.storage.change_log import StoryChange
    from reader.storage.store import Store

TERMS = 12
"""Number of key words stored per thread."""
_FEW = 100
"""Number of stories up to which no worker process is used."""
_CHUNK = 50
"""Stories per task of a worker."""
_SOON, _AHEAD = 15, 60
"""Tasks in flight: few at first, so that the first threads are named soon; later enough for the next step not to wait."""
_SECONDS_A_DAY = 86400
_THREADS = 10
"""Threads per task of a worker."""


class ClusteringFeatures(Struct, frozen=True):
    """Features of a story: packed vector (see `pack`), day, shortness, source (empty: unknown) and language (empty: English)."""

    vector: bytes
    day: float | None
    short: bool
    source: str
    language: str


def prepare(texts: Sequence[StoryText]) -> list[ClusteringFeatures]:
    """Extract the features of stories; a future date is a mistake and counts as today."""
    today = time.time() / _SECONDS_A_DAY
    return [_features(text, today) for text in texts]


def _features(text: StoryText, today: float) -> ClusteringFeatures:
    return ClusteringFeatures(
        pack(vector(text.title, text.body, text.language)),
        min(day_number(text.published), today) if text.published else None,
        is_short(text.body, text.language),
        text.outlet,
        text.language,
    )


def prepared(
    changes: Sequence[StoryChange], store: Store, workers: Callable[[], WorkerPool] | None
) -> Iterator[tuple[StoryChange, ClusteringFeatures | None]]:
    """Yield changes in order with the features of their stories, None for deleted ones."""
    chunks = iter([changes[at : at + _CHUNK] for at in range(0, len(changes), _CHUNK)])
    if workers is None or len(changes) <= _FEW:
        for chunk in chunks:
            texts = _texts(chunk, store)
            yield from _with_features(chunk, texts, prepare([*texts.values()]))
        return
    waiting: list[tuple[Sequence[StoryChange], Iterable[str], Future[list[ClusteringFeatures]]]] = []
    for ahead in itertools.count(_SOON):
        for chunk in itertools.islice(chunks, min(ahead, _AHEAD) - len(waiting)):
            texts = _texts(chunk, store)
            waiting.append((chunk, texts.keys(), workers().submit(prepare, [*texts.values()], deadline=None)))
        if not waiting:
            return
        chunk, ids, future = waiting.pop(0)
        yield from _with_features(chunk, ids, future.result())


def read_threads(
    threads: Sequence[tuple[list[StoryText], list[Vector]]], workers: Callable[[], WorkerPool] | None
) -> Callable[[], list[tuple[list[TitleCandidate], tuple[str, ...]]]]:
    """Extract title candidates and key words of threads, each given by its stories' texts and vectors.

    Large inputs are processed by workers; the returned function waits for the results.
    """
    if workers is None or sum(len(vectors) for _, vectors in threads) <= _FEW:
        return lambda: read_chunk(threads)
    chunks = [threads[at : at + _THREADS] for at in range(0, len(threads), _THREADS)]
    futures = [workers().submit(read_chunk, chunk, deadline=None) for chunk in chunks]
    return lambda: [found for future in futures for found in future.result()]


def read_chunk(threads: Sequence[tuple[list[StoryText], list[Vector]]]) -> list[tuple[list[TitleCandidate], tuple[str, ...]]]:
    """Extract title candidates and key words in this process."""
    return [_read_thread(texts, vectors) for texts, vectors in threads]


def _read_thread(texts: Sequence[StoryText], vectors: Sequence[Vector]) -> tuple[list[TitleCandidate], tuple[str, ...]]:
    """Title candidates and key words of a thread; a single story has no name, and so its usage of words is not read."""
    if len(texts) == len(vectors) == 1:
        return [], story_terms(texts[0], vectors[0], TERMS)
    usages = TermUsageTable(texts)
    return kickers(usages), thread_terms(vectors, usages.spellings, TERMS)


def _texts(chunk: Sequence[StoryChange], store: Store) -> dict[str, StoryText]:
    return store.stories.texts([change.story for change in chunk if not change.deleted])


def _with_features(
    chunk: Sequence[StoryChange], ids: Iterable[str], made: Sequence[ClusteringFeatures]
) -> Iterator[tuple[StoryChange, ClusteringFeatures | None]]:
    found = dict(zip(ids, made, strict=True))
    for change in chunk:
        yield change, found.get(change.story)

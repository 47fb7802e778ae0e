"""The threads that the reader's corrections make out of those found, kept in step with both."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.models import Correction, Thread
from reader.storage.corrections import CorrectionOverlay
from reader.storage.store import Store
from reader.storage.threads import ClusteredThreads
from reader.storage.versions import THREADS

if TYPE_CHECKING:
    from reader.clustering.correction_replay import CorrectedThread
    from reader.library.title_evidence import TitleEvidence

Readings = dict[frozenset[str], "TitleEvidence"]
"""What was read of threads, by their stories."""

REGROUPED = "regrouped"
"""The note of which threads hold other stories than those found: a digest."""
_ID = re.compile(r"[a-z2-7]{8}")
"""A story's id; whatever else stands in a correction is the place of a story that was not here when it was written."""


def update_overlay(store: Store) -> None:
    """Work out anew the threads that corrections make, after a change of either, in one transaction."""
    with store.database.writing():
        log = resolved(store, store.corrections.all())
        before = store.corrections.overlay_evidence()
        if not log:
            if before:
                store.corrections.save_overlay(CorrectionOverlay((), ()))
                store.notes.set(REGROUPED, "")
            return
        from reader.clustering.correction_replay import replay

        found = store.threads.clustered({story for word in log for story in _stories(word)})
        shown = replay(found.threads, found.events, log)
        others = {each.id: sorted(each.stories) for each in shown if set(each.stories) != set(found.threads.get(each.id, ()))}
        own = [each for each in shown if each.id in others or each.name is not None or each.pinned or each.muted or each.followed]
        home = {story: thread for thread, stories in found.threads.items() for story in stories}
        covered = {home[story] for each in own for story in each.stories}
        store.corrections.save_overlay(CorrectionOverlay(_built(store, own, found, before, covered), covered))
        store.notes.set(REGROUPED, hashlib.sha256(json.dumps(others, sort_keys=True).encode()).hexdigest())


def resolved(store: Store, log: Sequence[Correction]) -> list[Correction]:
    """Corrections with the stories that have come since they were taken in, in the place of their places."""
    places = {story for word in log for story in _stories(word) if not _ID.fullmatch(story)}
    if not places:
        return list(log)
    come = store.stories.at_locators(places)

    def known(stories: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(come.get(story, story) for story in stories))

    return [replace(word, stories=known(word.stories), others=tuple(map(known, word.others))) for word in log]


def _stories(word: Correction) -> tuple[str, ...]:
    return (*word.stories, *(story for side in word.others for story in side))


def _built(
    store: Store,
    own: Sequence[CorrectedThread],
    found: ClusteredThreads,
    before: dict[str, tuple[list[str], str]],
    covered: set[str],
) -> list[tuple[Thread, str]]:
    """The threads to show, with what was read for their names; none bears the name of another."""
    from reader.clustering.titles.kickers import distinct
    from reader.library.related import vectors
    from reader.library.thread_builder import build
    from reader.library.title_evidence import TitleEvidence

    names = store.threads.title_evidence(covered)
    read: Readings = {}
    earlier: Readings = {}
    if store.log.state("threads").recipe == THREADS:  # evidence by another recipe may have another form
        read = {frozenset(found.threads[id]): TitleEvidence.restored(kept) for id, (_, kept) in names.items()}
        earlier = {frozenset(stories): TitleEvidence.restored(kept) for stories, kept in before.values()}
    readings = [_reading(store, frozenset(shown.stories), read, earlier) for shown in own]
    unchanged = [set(shown.stories) == set(found.threads.get(shown.id, ())) and shown.id in names for shown in own]
    chosen = {shown.id: names[shown.id][0] for shown, same in zip(own, unchanged, strict=True) if same}
    others = {shown.id: reading.names for shown, reading in zip(own, readings, strict=True) if shown.id not in chosen}
    chosen |= zip(
        others,
        distinct(list(others.values()), others=[*store.threads.automatic_names(without=covered), *chosen.values()]),
        strict=True,
    )
    heads = {head.id: head for head in store.stories.headers(ids=[story for shown in own for story in shown.stories])}
    wordings = store.stories.wordings(heads)
    known, headlines = vectors(store, heads), store.threads.headlines(shown.id for shown in own)
    built = []
    for shown, reading in zip(own, readings, strict=True):
        thread = build(
            shown.id,
            [heads[story] for story in shown.stories],
            reading.words,
            wordings,
            {story: known[story] for story in shown.stories if story in known},
            headlines.get(shown.id, ""),
        )
        thread = replace(thread, name=shown.name or chosen[shown.id], automatic=chosen[shown.id], renamed=shown.name is not None)
        built.append((replace(thread, pinned=shown.pinned, muted=shown.muted, followed=shown.followed), reading.kept()))
    return built


def _reading(store: Store, stories: frozenset[str], read: Readings, earlier: Readings) -> TitleEvidence:
    """What is read of a thread for its name: what was read of these stories or of most of them, or else what they tell now."""
    from reader.library.title_evidence import READ, held

    if known := read.get(stories) or earlier.get(stories):
        return known
    touched = [(inside, reading) for inside, reading in read.items() if not inside.isdisjoint(stories)]
    if grown := held(len(stories), [reading for inside, reading in touched if inside < stories]):
        return grown
    shrunk = [reading for inside, reading in touched if stories < inside and len(inside) < 2 * len(stories)]
    return shrunk[0] if shrunk and len(stories) >= READ else _read(store, sorted(stories))


def _read(store: Store, stories: Sequence[str]) -> TitleEvidence:
    """What some of a thread's stories, spread over it, tell for its name."""
    from reader.library.feature_extraction import read_chunk
    from reader.library.related import vectors
    from reader.library.title_evidence import TitleEvidence, spread

    some = spread(stories)
    told = [*store.stories.texts(some).values()]
    return TitleEvidence(len(stories), *read_chunk([(told, list(vectors(store, some).values()))])[0])

"""The overlay of corrected threads, updated when clustered threads or corrections change."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.models import Correction, Thread
from reader.storage.corrections import CorrectionOverlay
from reader.storage.store import Store
from reader.storage.threads import ClusteredThreads
from reader.storage.versions import THREADS

if TYPE_CHECKING:
    from reader.clustering.correction_replay import CorrectedThread
    from reader.library.title_evidence import TitleEvidence

EvidenceByStories = dict[frozenset[str], "TitleEvidence"]
"""Title evidence of threads, by their stories."""

REGROUPED = "regrouped"
"""Key of the digest of threads whose stories differ from the clustered ones."""
_ID = re.compile(r"[a-z2-7]{8}")
"""A story id; anything else in a correction is the locator of a story that was missing when it was imported."""


def update_overlay(store: Store) -> None:
    """Rebuild the overlay after a change of clustered threads or corrections, in one transaction."""
    with store.database.writing():
        log = resolve_locators(store, store.corrections.all())
        before = store.corrections.overlay_evidence()
        if not log:
            if before:
                store.corrections.save_overlay(CorrectionOverlay((), ()))
                store.notes.set(REGROUPED, "")
            return
        from reader.clustering.correction_replay import replay

        found = store.threads.clustered({story for correction in log for story in _stories(correction)})
        shown = replay(found.threads, found.events, log)
        others = {each.id: sorted(each.stories) for each in shown if set(each.stories) != set(found.threads.get(each.id, ()))}
        corrected = [
            each for each in shown if each.id in others or each.name is not None or each.pinned or each.muted or each.followed
        ]
        thread_of = {story: thread for thread, stories in found.threads.items() for story in stories}
        covered = {thread_of[story] for each in corrected for story in each.stories}
        store.corrections.save_overlay(CorrectionOverlay(_build_threads(store, corrected, found, before, covered), covered))
        store.notes.set(REGROUPED, hashlib.sha256(json.dumps(others, sort_keys=True).encode()).hexdigest())


def resolve_locators(store: Store, log: Sequence[Correction]) -> list[Correction]:
    """Replace locators in corrections by the ids of stories that have arrived since."""
    locators = {story for correction in log for story in _stories(correction) if not _ID.fullmatch(story)}
    if not locators:
        return list(log)
    arrived = store.stories.at_locators(locators)

    def known(stories: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(arrived.get(story, story) for story in stories))

    return [
        replace(correction, stories=known(correction.stories), others=tuple(map(known, correction.others))) for correction in log
    ]


def _stories(correction: Correction) -> tuple[str, ...]:
    return (*correction.stories, *(story for side in correction.others for story in side))


def _build_threads(
    store: Store,
    corrected: Sequence[CorrectedThread],
    found: ClusteredThreads,
    before: dict[str, tuple[list[str], str]],
    covered: set[str],
) -> list[tuple[Thread, str]]:
    """Threads to show, with their title evidence; their names are distinct."""
    from reader.clustering.titles.kickers import distinct
    from reader.library.related import vectors
    from reader.library.thread_builder import build
    from reader.library.title_evidence import TitleEvidence

    names = store.threads.title_evidence(covered)
    read: EvidenceByStories = {}
    earlier: EvidenceByStories = {}
    if store.log.state("threads").recipe == THREADS:  # evidence of another recipe may have a different format
        read = {frozenset(found.threads[id]): TitleEvidence.restored(kept) for id, (_, kept) in names.items()}
        earlier = {frozenset(stories): TitleEvidence.restored(kept) for stories, kept in before.values()}
    readings = [_find_evidence(store, frozenset(shown.stories), read, earlier) for shown in corrected]
    unchanged = [set(shown.stories) == set(found.threads.get(shown.id, ())) and shown.id in names for shown in corrected]
    chosen = {shown.id: names[shown.id][0] for shown, same in zip(corrected, unchanged, strict=True) if same}
    others = {shown.id: reading.names for shown, reading in zip(corrected, readings, strict=True) if shown.id not in chosen}
    chosen |= zip(
        others,
        distinct(list(others.values()), others=[*store.threads.automatic_names(without=covered), *chosen.values()]),
        strict=True,
    )
    heads = {head.id: head for head in store.stories.headers(ids=[story for shown in corrected for story in shown.stories])}
    wordings = store.stories.wordings(heads)
    known, headlines = vectors(store, heads), store.threads.headlines(shown.id for shown in corrected)
    built = []
    for shown, reading in zip(corrected, readings, strict=True):
        thread = build(
            shown.id,
            [heads[story] for story in shown.stories],
            reading.words,
            wordings,
            {story: known[story] for story in shown.stories if story in known},
            headlines.get(shown.id, ""),
        )
        thread = replace(thread, name=shown.name or chosen[shown.id], automatic=chosen[shown.id], renamed=shown.name is not None)
        built.append((replace(thread, pinned=shown.pinned, muted=shown.muted, followed=shown.followed), reading.stored()))
    return built


def _find_evidence(store: Store, stories: frozenset[str], read: EvidenceByStories, earlier: EvidenceByStories) -> TitleEvidence:
    """Title evidence of a thread: stored for these stories or for most of them, or else extracted now."""
    from reader.library.title_evidence import READ, reusable

    if known := read.get(stories) or earlier.get(stories):
        return known
    touched = [(inside, reading) for inside, reading in read.items() if not inside.isdisjoint(stories)]
    if grown := reusable(len(stories), [reading for inside, reading in touched if inside < stories]):
        return grown
    shrunk = [reading for inside, reading in touched if stories < inside and len(inside) < 2 * len(stories)]
    return shrunk[0] if shrunk and len(stories) >= READ else _extract_evidence(store, sorted(stories))


def _extract_evidence(store: Store, stories: Sequence[str]) -> TitleEvidence:
    """Extract title evidence from a sample of a thread's stories."""
    from reader.library.feature_extraction import read_chunk
    from reader.library.related import vectors
    from reader.library.title_evidence import TitleEvidence, spread

    some = spread(stories)
    texts = [*store.stories.texts(some).values()]
    return TitleEvidence(len(stories), *read_chunk([(texts, list(vectors(store, some).values()))])[0])

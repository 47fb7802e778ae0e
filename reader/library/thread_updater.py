"""Keeps threads, their names and estimated times up to date with the stored stories."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict, replace

from reader.clustering.cluster import pack_member, unpack_member
from reader.clustering.clusterer import Clusterer, CorpusTotals
from reader.clustering.storylines import regroup
from reader.clustering.tfidf import heaviest, unpack
from reader.errors import DamagedThreadsError
from reader.library.correction_overlay import update_overlay
from reader.library.feature_extraction import ClusteringFeatures, prepared
from reader.library.reactivation import reactivated
from reader.library.thread_builder import build_all
from reader.library.thread_ledger import ThreadLedger
from reader.library.title_evidence import TitleEvidence, read_evidence
from reader.storage.change_log import DerivedState, StoryChange
from reader.storage.clusters import ClusterMember, ThreadUpdate
from reader.storage.file_lock import locked
from reader.storage.shadow import ThreadDraft
from reader.storage.store import Store
from reader.storage.versions import THREADS as RECIPE

if TYPE_CHECKING:
    from reader.library.worker_pool import WorkerPool

_FIRST, _MOST = 250, 2000
"""Stories clustered in the first step, small so that threads appear soon, and the maximum; each step is twice as large."""
_TURN = 0.005
"""Seconds of clustering after which other threads of the process get the interpreter."""
_LATE = 1.0
"""Days by which a story must be older than the latest one to count as late."""
_TOLERATED = 0.03
"""Share of late, changed and deleted stories from which all stories are clustered again in order of date."""
_OUT_OF_ORDER = "unforeseen"
_KNOWN_BY = 20
"""Heaviest terms of a story by which similar stories are found."""

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class ClusteredStep(Struct, frozen=True):
    """A clustered step: the update to save, the stories of its threads, and their title evidence."""

    update: ThreadUpdate
    lines: dict[str, list[str]]
    evidence: Callable[[], Iterable[tuple[str, TitleEvidence]]]


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Collect garbage rarely: vectors have hundreds of thousands of entries and no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(500_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class ThreadUpdater:
    """Clusters the stories of a store into threads, from the changes that the log holds beyond the last update.

    The working set holds the events of the latest stories. Older events are dormant; they are recalled when one of their stories
    changes or a new story belongs to them. Without `shown`, as for a draft, corrections are not applied.
    """

    def __init__(self, store: Store, workers: Callable[[], WorkerPool] | None = None, *, shown: bool = True) -> None:
        self._store = store
        self._workers = workers
        self._shown = shown
        self._clusterer = Clusterer()
        self._totals: str | None = None
        self._ledger = ThreadLedger(self._clusterer)

    def is_behind(self) -> bool:
        """Tell whether there are changes that the threads do not include."""
        state = self._store.log.state("threads")
        return state.recipe != RECIPE or state.seen < self._store.log.last()

    def update(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
        """Cluster the changes; `progress` receives the numbers done and in all. Canceled, it keeps what is done.

        Stories are best clustered in order of date. If many came late, changed or were deleted, all are clustered again.
        """
        if not self.is_behind():
            return
        with locked(self._store.folder, "threads"):
            members, other = self._store.clusters.count(), self._store.log.state("threads").recipe != RECIPE
            out_of_order = int(self._store.notes.get(_OUT_OF_ORDER) or 0) + self._store.clusters.out_of_order(_LATE)
            if other and members:
                self._rebuild(progress, cancelled)
                return
            if other or out_of_order > members:
                self._store.clusters.clear(RECIPE)
                out_of_order = 0
            self._cluster_backlog(progress, cancelled)
            self._store.notes.set(_OUT_OF_ORDER, str(out_of_order))
            if out_of_order > _TOLERATED * self._store.clusters.count() and not (cancelled and cancelled()):
                self._rebuild(progress, cancelled)

    def verify(self) -> None:
        """Read back the stored threads; raises `DamagedThreadsError` if they are damaged or do not fit the stories."""
        for data in self._store.clusters.members_since(0).values():
            unpack_member(data)
        threads = [thread.id for thread in self._store.threads.all()]
        for _, evidence in self._store.threads.title_evidence(threads).values():
            TitleEvidence.restored(evidence)
        if not self._store.clusters.agree_with_stories():
            raise DamagedThreadsError

    def rebuild(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
        """Cluster all stories again in order of date; the current threads stay until that is done, and if it is canceled."""
        with locked(self._store.folder, "threads"):
            self._rebuild(progress, cancelled)

    def _rebuild(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        draft = ThreadDraft(self._store.folder)
        try:
            draft.store.clusters.clear(RECIPE)
            ThreadUpdater(draft.store, self._workers, shown=False)._cluster_backlog(progress, cancelled)
            if not (cancelled and cancelled()):
                draft.store.notes.set(_OUT_OF_ORDER, "0")
                with draft.store.database.writing():
                    draft.publish()
                    update_overlay(draft.store)
        finally:
            draft.close()

    @_collecting_rarely()
    def _cluster_backlog(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        """Cluster the changes of the log, step by step."""
        if self._totals is None or self._totals != self._store.notes.get("totals"):
            self._restore()
        seen, last = self._store.log.state("threads").seen, self._store.log.last()
        changes = self._store.clusters.backlog()
        step: list[tuple[StoryChange, ClusteringFeatures | None]] = []
        clustered: ClusteredStep | None = None
        size = _FIRST
        for done, change in enumerate(prepared(changes, self._store, self._workers), 1):
            step.append(change)
            if done < len(changes) and len(step) < size:
                continue
            size = min(2 * size, _MOST)
            dormant = [change.story for change, _ in step if change.story not in self._clusterer.members]
            if clustered and self._store.clusters.members(stories=dormant):  # recalled events must be as the step before left them
                self._save(clustered)
                clustered = None
            self._recall(dormant)
            self._add(step)
            if clustered:  # while this step was clustered, workers extracted the title evidence of the one before
                self._save(clustered)
            self._reactivate(step)
            clustered = self._regroup(step, DerivedState(RECIPE, last if done == len(changes) else seen))
            step = []
            if progress:
                progress(done, len(changes))
            if cancelled and cancelled():
                break
        self._save(clustered or self._regroup([], DerivedState(RECIPE, last)))

    def _restore(self) -> None:
        """Load the working set as it was stored, by this process or another."""
        self._clusterer = Clusterer()
        self._ledger = ThreadLedger(self._clusterer)
        self._totals = self._store.notes.get("totals")
        totals = CorpusTotals(**json.loads(self._totals)) if self._totals else CorpusTotals()
        kept = self._store.clusters.members_since(max(0, totals.next_arrival - self._clusterer.parameters.working_set))
        self._clusterer.restore({story: unpack_member(data) for story, data in kept.items()}, totals)
        self._ledger.load(kept, self._store)

    def _recall(self, stories: Iterable[str]) -> None:
        """Recall dormant stories, with all of their events."""
        found = self._store.clusters.members(stories=stories)
        members = {story: unpack_member(data) for story, data in found.items()}
        whole = self._store.clusters.members(events={member.event for member in members.values()})
        members |= {story: unpack_member(data) for story, data in whole.items()}
        members = {story: member for story, member in members.items() if story not in self._clusterer.members}
        self._clusterer.recall(members)
        self._ledger.load(members, self._store)

    # one step

    def _add(self, step: Sequence[tuple[StoryChange, ClusteringFeatures | None]]) -> None:
        """Add the stories of a step to the clusterer, and remove deleted and changed ones."""
        clusterer = self._clusterer
        for change, found in step:
            if change.story in clusterer.members:
                clusterer.remove(change.story)
            if found is not None:
                vector = unpack(found.vector)
                clusterer.place(change.story, vector, found.day, found.short, found.source, found.language)
                if clusterer.is_due:
                    self._settle()
        self._settle()

    def _settle(self) -> None:
        """Settle pending stories, and yield to other threads of the process in between."""
        paused = time.monotonic()
        for _ in self._clusterer.settling():
            if time.monotonic() - paused >= _TURN:
                time.sleep(0)
                paused = time.monotonic()

    def _reactivate(self, step: Sequence[tuple[StoryChange, ClusteringFeatures | None]]) -> None:
        """Recall dormant events to which a story of the step belongs, and settle both together."""
        back = reactivated({change.story for change, found in step if found is not None}, self._clusterer, self._store)
        if back:
            self._recall(back)
            self._clusterer.unsettle({*back, *(story for stories in back.values() for story in stories)})
            self._settle()

    def _regroup(self, step: Sequence[tuple[StoryChange, ClusteringFeatures | None]], state: DerivedState) -> ClusteredStep:
        """Group what a step changed into threads, and start extracting title evidence for those whose names may change."""
        clusterer = self._clusterer
        gone = [change.story for change, found in step if found is None]
        changed = self._ledger.changed(change.story for change, _ in step)
        lines = self._ledger.replace_groups(regroup(clusterer, changed, self._ledger.group), changed)
        rest = {story: clusterer.members[story] for story in clusterer.changed}
        new = {
            change.story: ClusterMember(
                change.seq, member.arrival, member.event, pack_member(member), heaviest(member.vector, _KNOWN_BY)
            )
            for change, found in step
            if found is not None and (member := rest.pop(change.story))
        }
        moved = {story: (member.event, pack_member(member)) for story, member in rest.items()}
        totals = json.dumps(asdict(clusterer.totals))
        update = ThreadUpdate(state=state, totals=totals, new=new, moved=moved, gone=gone, dissolved=lines.dissolved)
        clusterer.saved()
        return ClusteredStep(update, lines.stories, read_evidence(lines.unnamed, clusterer.members, self._store, self._workers))

    def _save(self, clustered: ClusteredStep) -> None:
        """Build the threads of a step, name them, and save everything."""
        ledger = self._ledger
        ledger.evidence |= {id: found for id, found in clustered.evidence() if id in ledger.events}
        words = {id: ledger.evidence[id].words for id in clustered.lines}
        threads, estimates = build_all(clustered.lines, words, self._clusterer.members, self._store)
        renamed = ledger.name_all()
        update = replace(
            clustered.update,
            threads=[replace(thread, name=ledger.name(thread.id), automatic=ledger.name(thread.id)) for thread in threads],
            estimates=estimates,
            names={id: ledger.evidence[id].stored() for id in clustered.lines},
            renamed={id: name for id, name in renamed.items() if id not in clustered.lines},
        )
        with self._store.database.writing():
            self._store.clusters.save(update)
            if self._shown:
                update_overlay(self._store)
        self._totals = update.totals
        if self._clusterer.retire(self._clusterer.parameters.working_set):
            ledger.drop_dormant()

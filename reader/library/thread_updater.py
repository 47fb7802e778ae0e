"""Keeps threads, their names and estimated times up to date with the stored stories."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from reader.clustering.cluster import pack_member, unpack_member
from reader.clustering.clusterer import Clusterer, CorpusTotals
from reader.clustering.storylines import regroup
from reader.clustering.tfidf import heaviest, unpack
from reader.errors import DamagedThreadsError
from reader.library.correction_overlay import update_overlay
from reader.library.feature_extraction import ClusteringFeatures, prepared
from reader.library.reactivation import returning
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
"""Stories tied and kept in the first step, which is soon to be seen; each next one takes twice as many, up to so many."""
_TURN = 0.005
"""Seconds of settling after which other threads have their turn."""
_LATE = 1.0
"""Days by which a story is older than the latest one when it has come late."""
_BEARABLE = 0.03
"""Share of the stories that may have come late, changed or gone since all were tied in order of date."""
_UNFORESEEN = "unforeseen"
_KNOWN_BY = 20
"""Terms by which a story is found near another."""

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class ClusteredStep:
    """A step that is tied and grouped: what is to be kept of it, the stories of its threads, and what is read in them."""

    update: ThreadUpdate
    lines: dict[str, list[str]]
    readings: Callable[[], Iterable[tuple[str, TitleEvidence]]]


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Look for cycles seldom: vectors are hundreds of thousands of entries without any."""
    before = gc.get_threshold()
    gc.set_threshold(500_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class ThreadUpdater:
    """Ties the stories of one shelf into threads, taking up what the change log holds beyond what was woven before.

    It holds the working set: the events of the stories that came last. What rests is on the shelf, and comes back when a story of
    it changes or a new one takes it up again. What is not `shown`, as a draft is, has nothing of the reader's corrections.
    """

    def __init__(self, store: Store, workers: Callable[[], WorkerPool] | None = None, *, shown: bool = True) -> None:
        self._store = store
        self._workers = workers
        self._shown = shown
        self._loom = Clusterer()
        self._totals: str | None = None
        self._ledger = ThreadLedger(self._loom)

    def is_behind(self) -> bool:
        """Whether the shelf holds changes that no thread knows of yet."""
        state = self._store.log.state("threads")
        return state.recipe != RECIPE or state.seen < self._store.log.last()

    def update(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
        """Take up the changes; `progress` hears how many of how many are done. Cancelled, it keeps what was done.

        Stories are best tied in order of date. Where many came otherwise, changed or are gone, all are tied anew.
        """
        if not self.is_behind():
            return
        with locked(self._store.folder, "threads"):
            woven, other = self._store.clusters.count(), self._store.log.state("threads").recipe != RECIPE
            unforeseen = int(self._store.notes.get(_UNFORESEEN) or 0) + self._store.clusters.out_of_order(_LATE)
            if other and woven:
                self._rebuild(progress, cancelled)
                return
            if other or unforeseen > woven:
                self._store.clusters.clear(RECIPE)
                unforeseen = 0
            self._take_up(progress, cancelled)
            self._store.notes.set(_UNFORESEEN, str(unforeseen))
            if unforeseen > _BEARABLE * self._store.clusters.count() and not (cancelled and cancelled()):
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
        """Tie all stories anew, in order of date. What was woven stays until all is done; cancelled, it stays as it is."""
        with locked(self._store.folder, "threads"):
            self._rebuild(progress, cancelled)

    def _rebuild(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        draft = ThreadDraft(self._store.folder)
        try:
            draft.store.clusters.clear(RECIPE)
            ThreadUpdater(draft.store, self._workers, shown=False)._take_up(progress, cancelled)
            if not (cancelled and cancelled()):
                draft.store.notes.set(_UNFORESEEN, "0")
                with draft.store.database.writing():
                    draft.publish()
                    update_overlay(draft.store)
        finally:
            draft.close()

    @_collecting_rarely()
    def _take_up(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        """Tie what the change log holds, step by step."""
        if self._totals is None or self._totals != self._store.notes.get("totals"):
            self._restore()
        seen, last = self._store.log.state("threads").seen, self._store.log.last()
        changes = self._store.clusters.backlog()
        step: list[tuple[StoryChange, ClusteringFeatures | None]] = []
        tied: ClusteredStep | None = None
        size = _FIRST
        for done, change in enumerate(prepared(changes, self._store, self._workers), 1):
            step.append(change)
            if done < len(changes) and len(step) < size:
                continue
            size = min(2 * size, _MOST)
            resting = [change.story for change, _ in step if change.story not in self._loom.members]
            if tied and self._store.clusters.members(stories=resting):  # what is recalled must be as the step before left it
                self._keep(tied)
                tied = None
            self._recall(resting)
            self._tie(step)
            if tied:  # while a step is tied, the threads of the one before are read for their names elsewhere
                self._keep(tied)
            self._reactivate(step)
            tied = self._regroup(step, DerivedState(RECIPE, last if done == len(changes) else seen))
            step = []
            if progress:
                progress(done, len(changes))
            if cancelled and cancelled():
                break
        self._keep(tied or self._regroup([], DerivedState(RECIPE, last)))

    def _restore(self) -> None:
        """Take up the working set as it is kept, by this process or another."""
        self._loom = Clusterer()
        self._ledger = ThreadLedger(self._loom)
        self._totals = self._store.notes.get("totals")
        totals = CorpusTotals(**json.loads(self._totals)) if self._totals else CorpusTotals()
        kept = self._store.clusters.members_since(max(0, totals.next_arrival - self._loom.parameters.working_set))
        self._loom.restore({story: unpack_member(data) for story, data in kept.items()}, totals)
        self._ledger.take_up(kept, self._store)

    def _recall(self, stories: Iterable[str]) -> None:
        """Put stories that rest on the loom again, with all of their events."""
        found = self._store.clusters.members(stories=stories)
        members = {story: unpack_member(data) for story, data in found.items()}
        whole = self._store.clusters.members(events={member.event for member in members.values()})
        members |= {story: unpack_member(data) for story, data in whole.items()}
        members = {story: member for story, member in members.items() if story not in self._loom.members}
        self._loom.recall(members)
        self._ledger.take_up(members, self._store)

    # one step

    def _tie(self, step: Sequence[tuple[StoryChange, ClusteringFeatures | None]]) -> None:
        """Put the stories of a step on the loom, and take those off that are gone or changed."""
        loom = self._loom
        for change, found in step:
            if change.story in loom.members:
                loom.remove(change.story)
            if found is not None:
                vector = unpack(found.vector)
                loom.place(change.story, vector, found.day, found.short, found.source, found.language)
                if loom.is_due:
                    self._settle()
        self._settle()

    def _settle(self) -> None:
        """Settle what waits for it, and let other threads have their turn in between."""
        paused = time.monotonic()
        for _ in self._loom.settling():
            if time.monotonic() - paused >= _TURN:
                time.sleep(0)
                paused = time.monotonic()

    def _reactivate(self, step: Sequence[tuple[StoryChange, ClusteringFeatures | None]]) -> None:
        """Recall the events that rest and that a story of the step takes up again, and settle the two together."""
        back = returning({change.story for change, found in step if found is not None}, self._loom, self._store)
        if back:
            self._recall(back)
            self._loom.unsettle({*back, *(story for stories in back.values() for story in stories)})
            self._settle()

    def _regroup(self, step: Sequence[tuple[StoryChange, ClusteringFeatures | None]], state: DerivedState) -> ClusteredStep:
        """Group what a step changed into threads, and have those read whose names it may change."""
        loom = self._loom
        gone = [change.story for change, found in step if found is None]
        changed = self._ledger.changed(change.story for change, _ in step)
        lines = self._ledger.regrouped(regroup(loom, changed, self._ledger.group), changed)
        rest = {story: loom.members[story] for story in loom.changed}
        new = {
            change.story: ClusterMember(
                change.seq, member.arrival, member.event, pack_member(member), heaviest(member.vector, _KNOWN_BY)
            )
            for change, found in step
            if found is not None and (member := rest.pop(change.story))
        }
        moved = {story: (member.event, pack_member(member)) for story, member in rest.items()}
        totals = json.dumps(asdict(loom.totals))
        weave = ThreadUpdate(state=state, totals=totals, new=new, moved=moved, gone=gone, dissolved=lines.dissolved)
        loom.saved()
        return ClusteredStep(weave, lines.stories, read_evidence(lines.unread, loom.members, self._store, self._workers))

    def _keep(self, tied: ClusteredStep) -> None:
        """Build the threads of a step, name them, and keep it all."""
        ledger = self._ledger
        ledger.readings |= {id: reading for id, reading in tied.readings() if id in ledger.events}
        words = {id: ledger.readings[id].words for id in tied.lines}
        threads, estimates = build_all(tied.lines, words, self._loom.members, self._store)
        renamed = ledger.name_all()
        weave = replace(
            tied.update,
            threads=[replace(thread, name=ledger.name(thread.id), automatic=ledger.name(thread.id)) for thread in threads],
            estimates=estimates,
            names={id: ledger.readings[id].stored() for id in tied.lines},
            renamed={id: name for id, name in renamed.items() if id not in tied.lines},
        )
        with self._store.database.writing():
            self._store.clusters.save(weave)
            if self._shown:
                update_overlay(self._store)
        self._totals = weave.totals
        if self._loom.retire(self._loom.parameters.working_set):
            ledger.rest()

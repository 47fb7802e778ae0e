"""Queries of Whoosh answered by whole arrays: the same stories with the same scores (BM25F) as stock Whoosh, in less time.

One engine is one state of the index: the segments on disk, and those in memory behind them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from heapq import nlargest
from math import log
from typing import Any

import numpy as np
from whoosh import query, searching
from whoosh.index import FileIndex
from whoosh.util.numeric import byte_to_length

from reader.shelf.search.arrays import Array
from reader.shelf.search.codec import Segment, leaf_of
from reader.shelf.search.evaluating import Evaluator
from reader.shelf.search.folder import Storage
from reader.shelf.search.hits import NONE, Hits
from reader.shelf.search.leaf import Leaf
from reader.shelf.search.queries import KIN, Family, Marked, Marks, nothing_marked
from reader.shelf.search.schema import number, schema

K1, B = 1.2, 0.75
"""Whoosh's own parameters of BM25F (Robertson and Zaragoza 2009)."""

_CACHE = 32 << 20
"""Bytes of scores that are kept for words asked again."""

_LENGTHS = np.array([byte_to_length(code) for code in range(256)], float)


class Engine:
    """Answers queries over these segments; any thread may ask."""

    def __init__(self, storage: Storage, segments: Sequence[Segment]) -> None:
        self.schema = schema()
        self.segments = list(segments)
        self.leaves = [leaf_of(storage, segment) for segment in segments]
        self.total = sum(leaf.count for leaf in self.leaves)
        self._storage = storage
        self._alive = [_alive(segment) for segment in segments]
        self._norms: dict[str, Array] = {}
        self._scores: OrderedDict[tuple[Any, ...], Hits] = OrderedDict()
        self._kept = 0
        self._families: dict[tuple[str, str], list[str]] = {}

    def search(self, asked: query.Query, limit: int, marks: Marks = nothing_marked) -> tuple[list[tuple[float, int]], int]:
        """The best `limit` stories as (score, number), equals in the order of documents; and how many there are in all."""
        marked = _marked(asked, marks)
        best: list[tuple[float, int, int]] = []
        total = 0
        for place in range(len(self.leaves)):
            hits = self._living(place, Evaluator(self, place, marked).hits(asked))
            total += len(hits)
            scores, ids = _top(hits, limit)
            best += zip(scores.tolist(), [-place] * len(ids), (-ids.astype(np.int64)).tolist(), strict=True)
        found = nlargest(limit, best)
        return [(score, int(self.leaves[-place].column("id")[-document])) for score, place, document in found], total

    def count(self, asked: query.Query, marks: Marks = nothing_marked) -> int:
        """How many stories answer."""
        marked = _marked(asked, marks)
        return sum(len(self._living(place, Evaluator(self, place, marked).hits(asked))) for place in range(len(self.leaves)))

    def expanded(self, asked: query.Query) -> query.Query:
        """A query with each family spelt out: the word and the others that stand in its field, in Whoosh's own terms."""
        if not isinstance(asked, Family):
            return asked.apply(self.expanded) if not asked.is_leaf() else asked
        others = self._kin(asked.fieldname, asked.text)
        word = query.Term(asked.fieldname, asked.text, boost=asked.boost)
        return (
            query.Or([word, *(query.Term(asked.fieldname, other, boost=asked.boost * KIN) for other in others)]) if others else word
        )

    def term(self, place: int, field: str, word: bytes) -> Hits:
        """The documents of one segment that hold a word, scored; whether deleted or not, as for all parts of a query."""
        return self.kept((place, field, word), lambda: self._scored(place, field, word))

    def kept(self, key: tuple[Any, ...], make: Callable[[], Hits]) -> Hits:
        """Hits that are asked for again and again."""
        if key in self._scores:
            self._scores.move_to_end(key)
            return self._scores[key]
        hits = self._scores[key] = make()
        self._kept += _size(hits)
        while self._kept > _CACHE:
            self._kept -= _size(self._scores.popitem(last=False)[1])
        return hits

    def stock(self, place: int, asked: query.Query) -> Hits:
        """What stock Whoosh answers for one segment."""
        matcher = asked.matcher(self._searchers[place], self._searchers[place].context())
        ids, scores = [], []
        while matcher.is_active():
            ids.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
        return Hits(np.array(ids, np.int32), np.array(scores, float))

    def _kin(self, field: str, word: str) -> list[str]:
        """The other words of a word's family in a field, in order."""
        if (field, word) not in self._families:
            found = {other for leaf in self.leaves for other in leaf.postings(field).kin(word)}
            self._families[field, word] = sorted(found - {word})
        return self._families[field, word]

    @cached_property
    def searcher(self) -> searching.Searcher:
        """Stock Whoosh over the same segments."""
        return searching.Searcher(FileIndex._reader(self._storage, self.schema, self.segments, 0))

    @cached_property
    def _searchers(self) -> list[Any]:
        return [leaf for leaf, _ in self.searcher.leaf_searchers()]

    def _scored(self, place: int, field: str, word: bytes) -> Hits:
        leaf = self.leaves[place]
        postings = leaf.postings(field)
        number = postings.find(word)
        if number is None:
            return NONE
        ids, counts = postings.of(number)
        ids, counts = ids.astype(np.int32), counts.astype(float)
        if not self.schema[field].scorable:
            return Hits(ids, counts)
        norm = self._norm(field)[leaf.length_codes(field)[ids]]
        return Hits(ids, self._idf(field, word) * ((counts * (K1 + 1)) / (counts + norm)))

    def _idf(self, field: str, word: bytes) -> float:
        """Deleted documents count until they are merged away, as they do in Whoosh."""
        frequency = sum(_frequency(leaf, field, word) for leaf in self.leaves)
        return log(self.total / (frequency + 1)) + 1

    def _norm(self, field: str) -> Array:
        """What a field's length adds, by Whoosh's code of it."""
        if field not in self._norms:
            mean = sum(segment.lengths.get(field, 0) for segment in self.segments) / (self.total or 1) or 1
            self._norms[field] = K1 * ((1 - B) + B * _LENGTHS / mean)
        return self._norms[field]

    def _living(self, place: int, hits: Hits) -> Hits:
        alive = self._alive[place]
        return hits if alive is None or not len(hits) else hits.chosen(alive[hits.ids])


def _marked(asked: query.Query, marks: Marks) -> dict[query.Query, Array]:
    """The numbers of the stories that each mark asked for holds of."""
    marked = {leaf for leaf in asked.leaves() if isinstance(leaf, Marked)}
    return {mark: np.array([number(story) for story in marks(mark.kind, mark.text)], np.int64) for mark in marked}


def _frequency(leaf: Leaf, field: str, word: bytes) -> int:
    postings = leaf.postings(field)
    number = postings.find(word)
    return 0 if number is None else postings.frequency(number)


def _alive(segment: Segment) -> Array | None:
    if not segment.has_deletions():
        return None
    alive = np.ones(segment.count, bool)
    alive[segment.deleted()] = False
    return alive


def _top(hits: Hits, limit: int) -> tuple[Array, Array]:
    """The scores and documents of the best; of equals the first."""
    scores, ids = hits.dense(), hits.ids
    if len(ids) <= limit:
        return scores, ids
    bar = scores.max()
    best = scores == bar
    if np.count_nonzero(best) < limit:  # else all are equal, as the stories of a day are, which is dear to partition
        bar = np.partition(scores, -limit)[-limit]
        best = scores >= bar
    best = np.flatnonzero(best)
    level = np.flatnonzero(scores[best] == bar)
    best = np.delete(best, level[limit - len(best) + len(level) :])
    return scores[best], ids[best]


def _size(hits: Hits) -> int:
    return int(hits.ids.nbytes) + (hits.scores.nbytes if isinstance(hits.scores, np.ndarray) else 0)

"""Evaluation of Whoosh queries on whole arrays: the same results and scores (BM25F) as stock Whoosh, only faster.

An engine is a snapshot of the index: the committed segments, followed by those in memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from math import log
from typing import Any

import numpy as np
from whoosh import query, searching
from whoosh.index import FileIndex
from whoosh.util.numeric import byte_to_length

from reader.search.array_file import Array
from reader.search.evaluator import Evaluator
from reader.search.index_directory import IndexStorage
from reader.search.query_nodes import FAMILY_WEIGHT, FilterLookup, WordFamily, no_filters
from reader.search.result_set import NONE, ResultSet, concatenate, top
from reader.search.schema import schema
from reader.search.segment_codec import Segment, leaf_of

K1, B = 1.2, 0.75
"""Whoosh's default parameters of BM25F (Robertson and Zaragoza 2009)."""

_CACHE_BYTES = 32 << 20
"""Bytes of cached results for repeated terms."""

# glibc returns freed memory to the system and requests it again, page by page, with every query, until a block of this size
# was freed once; its pages are never touched (mallopt(3): M_MMAP_THRESHOLD)
np.empty(31 << 20, np.uint8)

_LENGTHS = np.array([byte_to_length(code) for code in range(256)], float)


class Engine:
    """Query engine over a list of segments, safe to use from any thread. Documents are numbered across all segments, in order."""

    def __init__(self, storage: IndexStorage, segments: Sequence[Segment]) -> None:
        self.schema = schema()
        self.segments = list(segments)
        self.leaves = [leaf_of(storage, segment) for segment in segments]
        *starts, self.total = accumulate((leaf.count for leaf in self.leaves), initial=0)
        self.leaf_bases = list(zip(self.leaves, starts, strict=True))
        self._storage = storage
        self._columns: dict[str, Array] = {}
        self._norms: dict[str, Array] = {}
        self._cache: OrderedDict[tuple[Any, ...], ResultSet] = OrderedDict()
        self._cached_bytes = 0
        self._families: dict[tuple[str, str], list[str]] = {}

    def search(self, node: query.Query, limit: int, lookup: FilterLookup = no_filters) -> tuple[Array, Array, int]:
        """Return scores and story numbers of the best `limit` matches, ties in document order, and the total number of matches."""
        hits = self.hits(node, lookup)
        found = top(hits, limit)
        return found.dense(), self.column("id")[found.ids], len(hits)

    def count(self, node: query.Query, lookup: FilterLookup = no_filters) -> int:
        """Number of matching stories."""
        return len(self.hits(node, lookup))

    def hits(self, node: query.Query, lookup: FilterLookup = no_filters) -> ResultSet:
        """All matching documents with their scores."""
        return self._without_deleted(Evaluator(self, lookup).hits(node))

    def expand(self, node: query.Query) -> query.Query:
        """Replace word families by an OR of their members, so that stock Whoosh can evaluate the query."""
        if not isinstance(node, WordFamily):
            return node.apply(self.expand) if not node.is_leaf() else node
        members = self.members(node)
        return query.Or(members) if len(members) > 1 else members[0]

    def members(self, family: WordFamily) -> list[query.Term]:
        """Terms of a word family: the word itself, then the other members that occur in its field."""
        others = self._family_words(family.fieldname, family.text)
        return [
            query.Term(family.fieldname, family.text, boost=family.boost),
            *(query.Term(family.fieldname, other, boost=family.boost * FAMILY_WEIGHT) for other in others),
        ]

    def term(self, field: str, word: bytes) -> ResultSet:
        """Documents that contain a term, scored, including deleted ones, as for all parts of a query."""
        return self.cached((field, word), lambda: self._score_term(field, word))

    def column(self, field: str) -> Array:
        """Values of a numeric field by document (see `SegmentReader.column`)."""
        if field not in self._columns:
            self._columns[field] = np.concatenate([np.empty(0, np.int64), *(leaf.column(field) for leaf in self.leaves)])
        return self._columns[field]

    def cached(self, key: tuple[Any, ...], make: Callable[[], ResultSet]) -> ResultSet:
        """Return a result from the cache, or compute and store it."""
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        hits = self._cache[key] = make()
        self._cached_bytes += _nbytes(hits)
        while self._cached_bytes > _CACHE_BYTES:
            self._cached_bytes -= _nbytes(self._cache.popitem(last=False)[1])
        return hits

    def run_whoosh(self, node: query.Query) -> ResultSet:
        """Evaluate a query with stock Whoosh."""
        found = []
        for searcher, first in self.searcher.leaf_searchers() if self.leaves else ():
            matcher = node.matcher(searcher, searcher.context())
            ids, scores = [], []
            while matcher.is_active():
                ids.append(matcher.id())
                scores.append(matcher.score())
                matcher.next()
            found.append(ResultSet(np.array(ids, np.int32) + np.int32(first), np.array(scores, float)))
        return concatenate(found)

    def _family_words(self, field: str, word: str) -> list[str]:
        """Other members of a word's family in a field, sorted."""
        if (field, word) not in self._families:
            found = {other for leaf in self.leaves for other in leaf.postings(field).family(word, leaf.languages)}
            self._families[field, word] = sorted(found - {word})
        return self._families[field, word]

    @cached_property
    def searcher(self) -> searching.Searcher:
        """Stock Whoosh searcher over the same segments."""
        return searching.Searcher(FileIndex._reader(self._storage, self.schema, self.segments, 0))

    @cached_property
    def _live_mask(self) -> Array | None:
        """Mask of documents that are not deleted; None if no document is."""
        if not any(segment.has_deletions() for segment in self.segments):
            return None
        alive = np.ones(self.total, bool)
        for segment, (_, first) in zip(self.segments, self.leaf_bases, strict=True):
            alive[segment.deleted() + first] = False
        return alive

    def _score_term(self, field: str, word: bytes) -> ResultSet:
        """Score a term; deleted documents count in its document frequency until a merge, as in Whoosh."""
        found = []
        for leaf, first in self.leaf_bases:
            postings = leaf.postings(field)
            number = postings.find(word)
            if number is not None:
                ids, counts = postings.posting_list(number)
                found.append((ids.astype(np.int32) + np.int32(first), counts, leaf.length_codes(field)[ids]))
        if not found:
            return NONE
        ids, counts, codes = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
        counts = counts.astype(float)
        if not self.schema[field].scorable:
            return ResultSet(ids, counts)
        idf = log(self.total / (len(ids) + 1)) + 1
        return ResultSet(ids, idf * ((counts * (K1 + 1)) / (counts + self._length_norm(field)[codes])))

    def _length_norm(self, field: str) -> Array:
        """Length normalization of a field, indexed by Whoosh's length code."""
        if field not in self._norms:
            mean = sum(segment.lengths.get(field, 0) for segment in self.segments) / (self.total or 1) or 1
            self._norms[field] = K1 * ((1 - B) + B * _LENGTHS / mean)
        return self._norms[field]

    def _without_deleted(self, hits: ResultSet) -> ResultSet:
        return hits if self._live_mask is None or not len(hits) else hits.take(self._live_mask[hits.ids])


def _nbytes(hits: ResultSet) -> int:
    return int(hits.ids.nbytes) + (hits.scores.nbytes if isinstance(hits.scores, np.ndarray) else 0)

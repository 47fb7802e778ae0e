"""Inversion of stories to the arrays of a segment: each text is tokenized once, then all terms are sorted at once."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from whoosh import fields

from reader.search.array_file import Array, narrow
from reader.search.segment_reader import MISSING
from reader.search.tokenizer import normalize, raw_terms


class Inverter:
    """Collects documents in the order of their numbers and returns their arrays (see `reader.search.segment_reader`)."""

    def __init__(self, schema: fields.Schema) -> None:
        self.count = 0
        self._builders: dict[str, Any] = {}
        for name, field in schema.items():
            if isinstance(field, fields.TEXT):
                self._builders[name] = _TextBuilder()
            else:
                self._builders[name] = _NumberBuilder(field if isinstance(field, fields.NUMERIC) else None)

    def add(self, document: Mapping[str, Any]) -> None:
        """Add a document: a value or none for each field."""
        for name, builder in self._builders.items():
            builder.add(document.get(name))
        self.count += 1

    def arrays(self) -> dict[str, Array]:
        """Arrays of all documents added."""
        found: dict[str, Array] = {}
        for name, builder in self._builders.items():
            found |= {f"{name}.{part}": made for part, made in builder.arrays().items()}
        return found


class _TermNumbers(dict[str, int]):
    """Term number by written form, -1 for what is not a term. Most forms repeat and are normalized only once."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}

    def __missing__(self, text: str) -> int:
        found = normalize(text)
        code = self[text] = self.terms.setdefault(found, len(self.terms)) if found else -1
        return code


class _TextBuilder:
    def __init__(self) -> None:
        self._codes = _TermNumbers()
        self._found = array("i")
        self._ends = array("q")

    def add(self, text: str | None) -> None:
        if text:
            self._found.extend(map(self._codes.__getitem__, raw_terms(text)))
        self._ends.append(len(self._found))

    def arrays(self) -> dict[str, Array]:
        codes, ends = np.frombuffer(self._found, np.int32), np.frombuffer(self._ends, np.int64)
        documents = np.repeat(np.arange(len(ends), dtype=np.int32), np.diff(ends, prepend=0))
        real = codes >= 0
        codes, documents = codes[real], documents[real]
        lengths = np.bincount(documents, minlength=len(ends))
        places = np.arange(len(codes)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        words = [word.encode() for word in self._codes.terms]
        order = sorted(range(len(words)), key=words.__getitem__)
        rank = np.empty(len(words), np.int32)
        rank[order] = np.arange(len(words), dtype=np.int32)
        ranked = rank[codes]
        sort = np.argsort(ranked, kind="stable")
        ranked, documents, places = ranked[sort], documents[sort], places[sort]
        new = np.ones(len(ranked), bool)
        new[1:] = (ranked[1:] != ranked[:-1]) | (documents[1:] != documents[:-1])
        firsts = np.flatnonzero(new)
        return {
            **pack_terms([words[place] for place in order]),
            "at": offsets(np.bincount(ranked[firsts], minlength=len(words))),
            "ids": narrow(documents[firsts]),
            "counts": narrow(np.diff(firsts, append=len(ranked))),
            "places": narrow(places),
            "places_at": offsets(np.bincount(ranked, minlength=len(words))),
            "lengths": narrow(lengths),
        }


class _NumberBuilder:
    """A numeric field: a column, and terms if stock Whoosh searches them (`field` is None otherwise)."""

    def __init__(self, field: fields.NUMERIC | None) -> None:
        self._field = field
        self._values: list[int | None] = []

    def add(self, value: int | None) -> None:
        self._values.append(value)

    def arrays(self) -> dict[str, Array]:
        made: dict[str, Array] = {
            "column": np.array([MISSING if value is None else value for value in self._values], np.int64),
        }
        return made | self._words(self._field) if self._field else made

    def _words(self, field: fields.NUMERIC) -> dict[str, Array]:
        documents: dict[int, list[int]] = {}
        for place, value in enumerate(self._values):
            if value is not None:
                documents.setdefault(value, []).append(place)
        ordered = sorted(documents)
        ids = np.array([place for value in ordered for place in documents[value]], np.int64)
        return {
            **pack_terms([field.to_bytes(value) for value in ordered]),
            "at": offsets(np.array([len(documents[value]) for value in ordered], np.int64)),
            "ids": narrow(ids),
            "counts": np.ones(len(ids), np.uint8),
        }


def pack_terms(words: Sequence[bytes]) -> dict[str, Array]:
    """Pack sorted words into arrays."""
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    return {"words": np.frombuffer(b"".join(words), np.uint8), "starts": offsets(sizes)}


def offsets(counts: Array) -> Array:
    """Start of each run with these lengths, and the end of the last one."""
    return narrow(np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64))))

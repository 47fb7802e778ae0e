"""Search engines to compare: each indexes stories and returns the fifty best matches of a query."""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from msgspec.structs import replace

from reader.models import ExtractedField, Story
from tests.bench.search_workload import IndexedStory, WorkloadQuery

LIMIT = 50


class Engine(Protocol):
    """The interface that is measured."""

    def __init__(self, folder: Path) -> None: ...

    def add(self, stories: Iterable[IndexedStory]) -> None:
        """Index all stories."""

    def search(self, query: WorkloadQuery) -> int:
        """Return the number of matches, at most `LIMIT`."""


class Newsloom:
    """Newsloom's own index, used as the library uses it."""

    def __init__(self, folder: Path) -> None:
        from reader.search.index import SearchIndex
        from reader.search.index_directory import IndexDirectory

        self._folder = IndexDirectory.create(folder / "index")
        self._index = SearchIndex(folder)

    def add(self, stories: Iterable[IndexedStory]) -> None:
        """Index in slices, as the synchronizer does."""
        from reader.search import index_writer, indexer

        waiting = iter(stories)
        while batch := list(islice(waiting, indexer.SLICE)):
            made = index_writer.invert(map(story, batch))
            index_writer.commit(self._folder, (), [index_writer.write_segment(self._folder, made.arrays(), made.count)], 0)

    def search(self, query: WorkloadQuery) -> int:
        """Search in the query language of the reader."""
        from reader.search.query import parse

        return len(self._index.search(parse(query_text(query)), LIMIT).found)


class Whoosh:
    """Stock Whoosh with our schema, its own codec and its own search."""

    def __init__(self, folder: Path) -> None:
        from whoosh import index

        from reader.search.schema import schema

        (folder / "whoosh").mkdir()
        self._index = index.create_in(str(folder / "whoosh"), schema())
        self._searcher: Any = None

    def add(self, stories: Iterable[IndexedStory]) -> None:
        """Index in one commit."""
        from reader.search.schema import document

        writer = self._index.writer(limitmb=128)
        for one in stories:
            writer.add_document(**document(story(one)))
        writer.commit()

    def search(self, query: WorkloadQuery) -> int:
        """Run the same query in Whoosh."""
        from reader.search.query import parse

        self._searcher = self._searcher or self._index.searcher()
        return len(self._searcher.search(parse(query_text(query)).whoosh, limit=LIMIT).top_n)


class Fts5:
    """SQLite's full-text search, ranked by its BM25."""

    _INDEXED = "SELECT rowid FROM news WHERE news MATCH ? AND day BETWEEN ? AND ? ORDER BY bm25(news, 2.0, 1.0) LIMIT ?"

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts5.db")
        self._db.execute("CREATE VIRTUAL TABLE news USING fts5(title, body, day UNINDEXED, prefix='2 3', tokenize='unicode61')")

    def add(self, stories: Iterable[IndexedStory]) -> None:
        """Insert in one transaction."""
        with self._db:
            self._db.executemany("INSERT INTO news VALUES (?, ?, ?)", ((one.title, one.body, one.day) for one in stories))

    def search(self, query: WorkloadQuery) -> int:
        """Run the query as a MATCH expression."""
        first, last = query.days if query.days[0] else (0, 99999999)
        return len(self._db.execute(self._INDEXED, (self._match(query), first, last, LIMIT)).fetchall())

    @staticmethod
    def _match(query: WorkloadQuery) -> str:
        one, *more = (f'"{word}"' for word in query.words)
        match query.kind:
            case "any":
                return " OR ".join((one, *more))
            case "not":
                return f"{one} NOT {more[0]}"
            case "phrase":
                return f'"{" ".join(query.words)}"'
            case "near":
                return f"NEAR({one} {more[0]}, 5)"
            case "prefix":
                return f"{' '.join((one, *more))} *"
            case "title":
                return f"title : {one}"
        return " ".join((one, *more))


class Like(Fts5):
    """SQLite without a full-text index, newest first, as newsboat searches."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "like.db")
        self._db.execute("CREATE TABLE news (title, body, day)")

    def search(self, query: WorkloadQuery) -> int:
        """Match substrings."""
        words = [" ".join(query.words)] if query.kind == "phrase" else query.words
        one = "(title LIKE ? OR body LIKE ?)"
        joint = {"any": " OR ", "not": " AND NOT "}.get(query.kind, " AND ")
        where = joint.join([one] * len(words))
        values = [f"%{word}%" for word in words for _ in range(2)]
        first, last = query.days if query.days[0] else (0, 99999999)
        found = self._db.execute(
            f"SELECT rowid FROM news WHERE ({where}) AND day BETWEEN ? AND ? ORDER BY day DESC LIMIT ?",
            (*values, first, last, LIMIT),
        )
        return len(found.fetchall())


class Tantivy:
    """Tantivy through its Python binding."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        (folder / "tantivy").mkdir()
        made = tantivy.SchemaBuilder().add_text_field("title").add_text_field("body")
        made.add_integer_field("day", indexed=True, fast=True)
        self._tantivy: Any = tantivy
        self._index: Any = tantivy.Index(made.build(), path=str(folder / "tantivy"))
        self._searcher: Any = None

    def add(self, stories: Iterable[IndexedStory]) -> None:
        """Index in one commit with one thread."""
        writer = self._index.writer(num_threads=1)
        for one in stories:
            writer.add_document(self._tantivy.Document(title=one.title, body=one.body, day=one.day))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, query: WorkloadQuery) -> int:
        """Search in its own language; prefixes become regular expressions, which the language lacks."""
        self._searcher = self._searcher or self._index.searcher()
        fields, words = ["title", "body"], list(query.words)
        text = " ".join(f"+{word}" for word in words)
        match query.kind:
            case "any":
                text = " OR ".join(words)
            case "not":
                text = f"+{words[0]} -{words[1]}"
            case "phrase" | "near":
                text = f'"{" ".join(words)}"{"~5" if query.kind == "near" else ""}'
            case "title":
                text = f"+title:{words[0]}"
            case "prefix":
                return len(self._searcher.search(self._begun(words), LIMIT).hits)
        if query.days[0]:
            text += f" +day:[{query.days[0]} TO {query.days[1]}]"
        return len(self._searcher.search(self._index.parse_query(text, fields), LIMIT).hits)

    def _begun(self, words: list[str]) -> Any:
        query, occur, schema = self._tantivy.Query, self._tantivy.Occur, self._index.schema
        begun = [query.regex_query(schema, field, f"{words[-1]}.*") for field in ("title", "body")]
        parts = [(occur.Must, query.boolean_query([(occur.Should, one) for one in begun]))]
        parts += [(occur.Must, self._index.parse_query(word, ["title", "body"])) for word in words[:-1]]
        return query.boolean_query(parts)


ENGINES: dict[str, type[Engine]] = {"newsloom": Newsloom, "whoosh": Whoosh, "fts5": Fts5, "tantivy": Tantivy, "like": Like}


def story(one: IndexedStory) -> Story:
    """The story as the store holds it."""
    day = f"{one.day // 10000}-{one.day // 100 % 100:02}-{one.day % 100:02}"
    made = Story(
        source="bench",
        address=f"/{one.number}",
        title=ExtractedField(one.title, 1.0, "made"),
        outlet=ExtractedField(one.outlet, 1.0, "made"),
        byline=ExtractedField(one.author, 1.0, "made"),
        published=ExtractedField(day, 1.0, "made"),
        body=(one.body,),
    )
    return replace(made, id=base64.b32encode(one.number.to_bytes(5)).decode().lower())


def query_text(query: WorkloadQuery) -> str:
    """A query in the reader's query language."""
    words = " ".join(query.words)
    match query.kind:
        case "any":
            return " OR ".join(query.words)
        case "not":
            return " -".join(query.words)
        case "phrase":
            return f'"{words}"'
        case "near":
            return f'"{words}"~5'
        case "prefix":
            return f"{words}*"
        case "title":
            return f"title:{words}"
    return f"{words} date:{_day(query.days[0])}..{_day(query.days[1])}" if query.days[0] else words


def _day(number: int) -> str:
    return f"{number // 10000}-{number // 100 % 100:02}-{number % 100:02}"

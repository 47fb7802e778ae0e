"""Lists of stories, newest first, read page by page, so that a list of any length opens quickly."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import Struct

from reader.models import StoryFilter
from reader.storage.database import Database
from reader.storage.outlets import read_names
from reader.text.tokens import fold

_FEW = 4000
"""Stories up to which a selective filter is sorted directly; otherwise the time index is read until the page is full."""

_ALONE = """
    NOT EXISTS (SELECT 1 FROM thread_story p JOIN thread t ON t.id = p.thread AND t.independent_outlets > 1
                WHERE p.story = s.id AND t.id NOT IN (SELECT id FROM replaced_thread))
    AND NOT EXISTS (SELECT 1 FROM corrected_thread_story p JOIN corrected_thread t ON t.id = p.thread
                    WHERE p.story = s.id AND (t.independent_outlets > 1 OR t.pinned OR t.followed OR t.muted))
"""
_STARRED = "SELECT story FROM story_flag WHERE flag = 'starred'"
_UNLISTED = """
    NOT EXISTS (SELECT 1 FROM feed_item i JOIN feed f ON f.address = i.feed WHERE i.story = s.id AND NOT f.dropped)
"""
_UNREAD = "NOT EXISTS (SELECT 1 FROM story_flag m WHERE m.flag = 'read' AND m.story = s.id)"
_AMONG = "SELECT value FROM json_each(?)"
_LISTED = f"SELECT story FROM feed_item WHERE feed IN ({_AMONG})"  # noqa: S608 a constant
_IS_LISTED = f"EXISTS (SELECT 1 FROM feed_item i WHERE i.story = s.id AND i.feed IN ({_AMONG}))"  # noqa: S608 a constant


class Position(NamedTuple):
    """Position in a list: the time by which its story is ordered, and the story's id."""

    listed: str
    story: str


class _Condition(Struct, frozen=True):
    """A condition of a statement: as a test of each story, and as a subquery of ids where these may be few."""

    test: str
    given: tuple[object, ...] = ()
    ids: str | None = None


class ListingStore:
    """Reads ids of stories that pass a filter, newest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, wanted: StoryFilter, after: Position | None = None, limit: int = -1) -> list[Position]:
        """Return up to `limit` positions (-1: all) of a list, after a position or from the start."""
        with self._database.reading() as db:
            conditions = _conditions(wanted)
            narrow = _narrow(db, conditions)
            tests = [f"s.id IN ({each.ids})" if each is narrow else each.test for each in conditions]
            given = [value for each in conditions for value in each.given]
            if after:
                tests.append("(s.listed, s.id) < (?, ?)")
                given += after
            if wanted.text:
                db.create_function("has_text", 2, _text_test(db, wanted.text), deterministic=True)
            # the unary plus keeps SQLite from scanning the whole time index when the filter leaves few rows
            order = "+s.listed DESC, s.id DESC" if narrow else "s.listed DESC, s.id DESC"
            rows = db.execute(
                f"SELECT s.listed, s.id FROM story s {_where(tests)} ORDER BY {order} LIMIT ?",  # noqa: S608 constants
                (*given, limit),
            )
            return [Position(*row) for row in rows]

    def ids(self, wanted: StoryFilter) -> list[str]:
        """Return the ids of all stories that pass a filter, newest first."""
        return [position.story for position in self.page(wanted)]

    def count(self, wanted: StoryFilter) -> int | None:
        """Return the number of stories that pass a filter; None where counting takes as long as reading the list."""
        if wanted.text or wanted.alone or wanted.before or (wanted.ids is not None and wanted.unread):
            return None
        with self._database.reading() as db:
            if wanted.ids is not None:
                return len(set(wanted.ids))
            if wanted.starred:
                read = "AND story NOT IN (SELECT story FROM story_flag WHERE flag = 'read')" if wanted.unread else ""
                return _number(db, f"SELECT count(*) FROM story_flag WHERE flag = 'starred' {read}")  # noqa: S608 a constant
            if wanted.feeds is not None:
                read = (
                    "LEFT JOIN story_flag m ON m.flag = 'read' AND m.story = i.story WHERE m.story IS NULL AND"
                    if wanted.unread
                    else "WHERE"
                )
                statement = f"SELECT count(DISTINCT i.story) FROM feed_item i {read} i.feed IN ({_AMONG})"  # noqa: S608 a constant
                return _number(db, statement, json.dumps(wanted.feeds))
            if wanted.unlisted:
                read = "AND id NOT IN (SELECT story FROM story_flag WHERE flag = 'read')" if wanted.unread else ""
                return _number(db, f"SELECT count(*) FROM story s WHERE {_UNLISTED} {read}")  # noqa: S608 constants
            every = _number(db, "SELECT count(*) FROM story")
            return every - _number(db, "SELECT count(*) FROM story_flag WHERE flag = 'read'") if wanted.unread else every

    def may_have_unlisted(self) -> bool:
        """Return whether there may be stories that no followed feed lists; False is certain, and quickly known."""
        with self._database.reading() as db:
            followed = "SELECT address FROM feed WHERE NOT dropped"
            if _number(db, f"SELECT count(*) FROM (SELECT DISTINCT feed FROM feed_item) WHERE feed NOT IN ({followed})"):  # noqa: S608
                return True
            return _number(db, "SELECT count(*) FROM story") > _number(
                db, "SELECT count(*) FROM (SELECT DISTINCT story FROM feed_item)"
            )

    def unread_alone(self) -> frozenset[str]:
        """Return the unread stories that are in no thread of the front page."""
        tests = _where([_ALONE, _UNREAD])
        with self._database.reading() as db:
            return frozenset(_joined(db, f"SELECT group_concat(id, ' ') FROM story s {tests}")) - {""}  # noqa: S608 constants

    def feed_counts(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Return for each feed address the ids of its stories, and of the unread ones."""
        with self._database.reading() as db:
            read = frozenset(_joined(db, "SELECT group_concat(story, ' ') FROM story_flag WHERE flag = 'read'"))
            # one string per feed, because there may be a hundred thousand stories
            listed = {
                feed: frozenset(stories.split(" "))
                for feed, stories in db.execute(
                    "SELECT feed, group_concat(story, ' ') FROM feed_item INDEXED BY feed_item_feed GROUP BY feed"
                )
            }
        return {feed: (stories, stories - read) for feed, stories in listed.items()}


def _conditions(wanted: StoryFilter) -> list[_Condition]:
    found = []
    if wanted.ids is not None:
        found.append(_Condition(f"s.id IN ({_AMONG})", (json.dumps(list(wanted.ids)),), _AMONG))
    if wanted.feeds is not None:
        found.append(_Condition(_IS_LISTED, (json.dumps(list(wanted.feeds)),), _LISTED))
    if wanted.unlisted:
        found.append(_Condition(_UNLISTED))
    if wanted.starred:
        found.append(_Condition(f"s.id IN ({_STARRED})", (), _STARRED))
    if wanted.unread:
        found.append(_Condition(_UNREAD))
    if wanted.before:
        found.append(_Condition("s.listed < ?", (wanted.before,)))
    if wanted.alone:
        found.append(_Condition(_ALONE))
    if wanted.text:
        found.append(_Condition("has_text(s.title, s.outlet_id)"))
    return found


def _narrow(db: sqlite3.Connection, conditions: Sequence[_Condition]) -> _Condition | None:
    """A condition that leaves few stories, if there is one."""
    for each in conditions:
        if each.ids and _number(db, f"SELECT count(*) FROM (SELECT 1 FROM ({each.ids}) LIMIT {_FEW + 1})", *each.given) <= _FEW:  # noqa: S608 constants
            return each
    return None


def _where(tests: Sequence[str]) -> str:
    return f"WHERE {' AND '.join(tests)}" if tests else ""


def _number(db: sqlite3.Connection, statement: str, *given: object) -> int:
    return int(db.execute(statement, given).fetchone()[0])


def _joined(db: sqlite3.Connection, statement: str) -> list[str]:
    return (db.execute(statement).fetchone()[0] or "").split(" ")


def _text_test(db: sqlite3.Connection, text: str) -> Callable[[str, str | None], bool]:
    """Test of a title and an outlet identity: whether each typed word is part of the title or the outlet's name."""
    words = fold(text).split()
    outlets = {identity: fold(name) for identity, name in read_names(db).items()}

    def test(title: str, outlet: str | None) -> bool:
        shown = f"{fold(title)}\n{outlets.get(outlet or '', '')}"
        return all(word in shown for word in words)

    return test

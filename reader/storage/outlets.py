"""Outlets of stories: one identity for all feeds and pages of a site, and its displayed name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.text.outlets import NAME_PREFIX, feed_identity, is_collection, named_identity, names_site, outlet_name, site_identity

if TYPE_CHECKING:
    from reader.storage.database import Database

SHOWN_NAME = "coalesce(o.own, o.name)"
"""Displayed name of an outlet joined as `o`: the user's own, or else the detected one."""

_TITLES = "SELECT name, title, site_name FROM feed WHERE outlet = ? ORDER BY address"


class FeedOutlet(Struct, frozen=True):
    """Outlet of a feed for its entries: identity, the title that entries may repeat, and whether it collects other outlets."""

    identity: str | None
    title: str | None = None
    collection: bool = False


class OutletStore:
    """Outlets of a library by identity."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self) -> dict[str, str]:
        """Return the displayed name of each outlet, by identity."""
        with self._database.reading() as db:
            return read_names(db)

    def story_ids(self, identities: Iterable[str]) -> list[str]:
        """Return the ids of the stories of these outlets."""
        requested = json.dumps(list(identities))
        with self._database.reading() as db:
            # one string, because there may be a hundred thousand ids
            found = db.execute(
                "SELECT group_concat(id, ' ') FROM story WHERE outlet_id IN (SELECT value FROM json_each(?))", (requested,)
            )
            return (found.fetchone()[0] or "").split()


def read_names(db: sqlite3.Connection) -> dict[str, str]:
    """Return the displayed name of each outlet, by identity."""
    return dict(db.execute(f"SELECT id, {SHOWN_NAME} FROM outlet o"))  # noqa: S608 a constant


# writing, within a transaction


def describe_feed(
    db: sqlite3.Connection, address: str, *, title: str | None, home: str | None, site_name: str | None, pages: Sequence[str | None]
) -> FeedOutlet:
    """Store what a feed states about itself, and return its outlet, named accordingly; `pages` are those of its entries.

    For an address without subscription, the outlet is only returned.
    """
    identity = feed_identity(home, address, pages)
    name = site_name or title or ""
    collection = is_collection(identity, pages)
    if identity is None and name:
        identity = _resolve_name(db, outlet_name([name], None))
    before = of_feed(db, address).identity
    db.execute(
        "UPDATE feed SET title = ?, home = ?, site_name = ?, outlet = ? WHERE address = ?",
        (title, home, site_name, identity, address),
    )
    if identity:
        ensure(db, identity, name)
        update_name(db, identity, [name])
        if before and before != identity:
            listed = "SELECT story FROM feed_item WHERE feed = ?"
            db.execute(
                f"UPDATE story SET outlet_id = ? WHERE outlet_id = ? AND id IN ({listed})",  # noqa: S608 a constant
                (identity, before, address),
            )
    return FeedOutlet(identity, title, collection)


def of_feed(db: sqlite3.Connection, address: str) -> FeedOutlet:
    """Return the outlet of a subscribed feed as of its last visit."""
    row = db.execute("SELECT outlet, title FROM feed WHERE address = ?", (address,)).fetchone()
    return FeedOutlet(row["outlet"], row["title"]) if row else FeedOutlet(None)


def of_entry(db: sqlite3.Connection, feed: FeedOutlet, url: str | None, stated: str | None) -> str | None:
    """Return the identity of an entry's outlet: that of its page if the feed collects other outlets, or else the feed's."""
    credited = stated if stated and stated != feed.title else None
    if feed.identity is None or credited or feed.collection:
        site = site_identity(url)
        if site and site != feed.identity:
            return ensure(db, site, credited or "")
        if credited:
            return _resolve_name(db, credited)
    return feed.identity


def of_page(db: sqlite3.Connection, url: str | None, stated: str | None) -> str | None:
    """Return the identity of the outlet of a page or file that states this outlet, and name it accordingly.

    It is the site of the page, unless the site goes by another name: then the page is a copy from another outlet. A page without a
    stated outlet belongs to its site only if the site's name is certain.
    """
    identity = site_identity(url)
    if not stated:
        return identity if identity and _is_certain(db, identity) else None
    if identity is None or _is_foreign(db, identity, stated):
        return _resolve_name(db, stated)
    ensure(db, identity, stated)
    if db.execute("UPDATE outlet SET stated = ? WHERE id = ? AND stated IS NOT ?", (stated, identity, stated)).rowcount:
        update_name(db, identity)
    return identity


def _is_certain(db: sqlite3.Connection, identity: str) -> bool:
    """Whether a feed confirms the name of a site, or it resembles the address."""
    row = db.execute("SELECT name FROM outlet WHERE id = ?", (identity,)).fetchone()
    if row is None:
        return False
    return names_site(row["name"], identity) or bool(db.execute("SELECT 1 FROM feed WHERE outlet = ?", (identity,)).fetchone())


def _is_foreign(db: sqlite3.Connection, identity: str, stated: str) -> bool:
    """Whether a name is not that of a site: it does not resemble the address, and another name is known for the site."""
    if names_site(stated, identity):
        return False
    row = db.execute(f"SELECT name, {SHOWN_NAME} AS shown FROM outlet o WHERE id = ?", (identity,)).fetchone()  # noqa: S608 a constant
    called = named_identity(outlet_name([stated], identity))
    if row and called in (named_identity(row["name"]), named_identity(row["shown"])):
        return False
    return bool(row and row["name"] != identity) or bool(_sites_named(db, stated))


def _sites_named(db: sqlite3.Connection, name: str) -> list[str]:
    found = db.execute("SELECT id FROM outlet WHERE name = ? COLLATE NOCASE", (name,))
    return [row["id"] for row in found if not row["id"].startswith(NAME_PREFIX)]


def ensure(db: sqlite3.Connection, identity: str, title: str) -> str:
    """Insert an outlet if its identity is unknown, named after a title; returns the identity."""
    if not db.execute("SELECT 1 FROM outlet WHERE id = ?", (identity,)).fetchone():
        name = outlet_name([title], identity)
        db.execute("INSERT INTO outlet (id, name, stated) VALUES (?, ?, ?)", (identity, name, title or None))
        if not identity.startswith(NAME_PREFIX):
            _merge_named(db, named_identity(name), identity)
    return identity


def update_name(db: sqlite3.Connection, identity: str, more: Iterable[str] = ()) -> None:
    """Name an outlet after its feeds and pages; an outlet known by this name alone is merged into it."""
    titles = [text for row in db.execute(_TITLES, (identity,)) for text in (row["name"], row["site_name"] or row["title"]) if text]
    row = db.execute("SELECT stated, name FROM outlet WHERE id = ?", (identity,)).fetchone()
    name = outlet_name([*titles, *([row["stated"]] if row["stated"] else []), *([] if titles else more)], identity)
    if name != row["name"]:
        db.execute("UPDATE outlet SET name = ? WHERE id = ?", (name, identity))
    if not identity.startswith(NAME_PREFIX):
        _merge_named(db, named_identity(name), identity)


def state(db: sqlite3.Connection, story: str, name: str) -> None:
    """Record the outlet name stated by the page of a story, which can change the outlet's name."""
    row = db.execute("SELECT outlet_id, url FROM story WHERE id = ?", (story,)).fetchone()
    if row["outlet_id"] and site_identity(row["url"]) == row["outlet_id"]:
        db.execute("UPDATE outlet SET stated = ? WHERE id = ?", (name, row["outlet_id"]))
        update_name(db, row["outlet_id"])


def rename(db: sqlite3.Connection, feed: str, name: str | None) -> None:
    """Set the displayed name of a feed's outlet; None restores the detected one. Feeds of one outlet share a name."""
    row = db.execute("SELECT outlet FROM feed WHERE address = ?", (feed,)).fetchone()
    if row is None or row["outlet"] is None:
        return
    others = [
        other["name"]
        for other in db.execute("SELECT name FROM feed WHERE outlet = ? AND address <> ? AND NOT dropped", (row["outlet"], feed))
        if other["name"]
    ]
    own = outlet_name([name, *others], row["outlet"]) if name and others else name
    db.execute("UPDATE outlet SET own = ? WHERE id = ?", (own, row["outlet"]))


def _resolve_name(db: sqlite3.Connection, name: str) -> str:
    """Return the identity for an outlet name: the only site of that name, or else an identity by name alone."""
    sites = _sites_named(db, name)
    return sites[0] if len(sites) == 1 else ensure(db, named_identity(name), name)


def _merge_named(db: sqlite3.Connection, named: str, identity: str) -> None:
    """Merge an outlet known by its name alone into the site of that name."""
    if db.execute("DELETE FROM outlet WHERE id = ?", (named,)).rowcount:
        db.execute("UPDATE story SET outlet_id = ? WHERE outlet_id = ?", (identity, named))
        db.execute("UPDATE feed SET outlet = ? WHERE outlet = ?", (identity, named))

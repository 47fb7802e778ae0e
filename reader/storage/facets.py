"""Counts of stories by outlet, by month, and by the values of query fields."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence

from reader.models import Facets, FieldValue
from reader.storage.database import Database
from reader.storage.json_column import read_json

_LOCAL_MONTH = "substr(CASE WHEN published LIKE '%Z' THEN datetime(published, 'localtime') ELSE published END, 1, 7)"
"""Month of a stated time in the user's time zone."""
_COUNTS_BY = f"""
    SELECT coalesce(l.own, l.name) AS outlet, coalesce({_LOCAL_MONTH}, substr(e.time, 1, 7)) AS month,
           s.published IS NOT NULL AS stated, count(*) AS number
    FROM json_each(?) asked CROSS JOIN story s ON s.id = asked.value LEFT JOIN outlet l ON l.id = s.outlet_id
    LEFT JOIN date_estimate e ON e.story = s.id AND s.published IS NULL
    GROUP BY 1, 2, 3
"""  # noqa: S608 a constant
_VALUES = {
    "outlet": "SELECT coalesce(l.own, l.name) AS value, count(*) AS number FROM story JOIN outlet l ON l.id = outlet_id GROUP BY 1",
    "author": "SELECT byline AS value, count(*) AS number FROM story WHERE byline IS NOT NULL GROUP BY byline",
    "lang": "SELECT language AS value, count(*) AS number FROM story WHERE language IS NOT NULL GROUP BY 1",
    "date": f"SELECT {_LOCAL_MONTH} AS value, count(*) AS number FROM story WHERE published IS NOT NULL GROUP BY 1",  # noqa: S608 a constant
}
_TAGS = """
    SELECT f.address, f.tags, count(DISTINCT i.story) AS number FROM feed f
    LEFT JOIN feed_item i ON i.feed = f.address WHERE NOT f.dropped
"""


class FacetStore:
    """Counts of stories with a value in common."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, stories: Collection[str]) -> Facets:
        """Count these stories by outlet and by month."""
        outlets: Counter[str | None] = Counter()
        months: Counter[tuple[str, bool]] = Counter()
        with self._database.reading() as db:
            for row in db.execute(_COUNTS_BY, (json.dumps(list(stories)),)):
                outlets[row["outlet"]] += row["number"]
                if row["month"]:
                    months[row["month"], bool(row["stated"])] += row["number"]
        return Facets(
            len(stories),
            tuple(_ranked(outlets)),
            tuple(sorted(months.items(), key=lambda one: (one[0][0], not one[0][1]), reverse=True)),
        )

    def values(self, field: str) -> list[FieldValue]:
        """Return the values of a query field with their numbers of stories, most frequent first (dates: latest first)."""
        with self._database.reading() as db:
            if field == "tag":
                tags: Counter[str] = Counter()
                for row in db.execute(f"{_TAGS} GROUP BY f.address"):
                    tags.update(dict.fromkeys(read_json(row["tags"], f"feed {row['address']}"), row["number"]))
                return [FieldValue(tag, number) for tag, number in _ranked(tags)]
            found = [(row["value"], row["number"]) for row in db.execute(_VALUES[field])] if field in _VALUES else []
        order = sorted(found, reverse=True) if field == "date" else sorted(found, key=lambda one: (-one[1], one[0]))
        return [FieldValue(value, number) for value, number in order]

    def outlets(self) -> list[str]:
        """Return the names of the outlets that have stories, in alphabetical order."""
        return sorted(value.text for value in self.values("outlet"))


def _ranked(counts: Counter[str] | Counter[str | None]) -> Sequence[tuple[str, int]]:
    """Most frequent first, then by name, None last."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0] is None, item[0] or ""))  # type: ignore[arg-type]

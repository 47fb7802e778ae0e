"""Disjoint sets of which some must not be joined."""

from __future__ import annotations

from collections.abc import Iterable


class DisjointSets:
    """What stands together and what must not: a union-find whose sets may refuse each other.

    `rooted` are the sets that hold a thread that was found, as such.
    """

    def __init__(self, rooted: Iterable[str]) -> None:
        self._parent: dict[str, str] = {}
        self._apart: dict[str, set[str]] = {}
        self.rooted = set(rooted)

    def find(self, one: str) -> str:
        """The one that stands for all that stand with this."""
        parent = self._parent
        while (above := parent.get(one, one)) != one:
            parent[one] = one = parent.get(above, above)
        return one

    def join(self, one: str, other: str) -> None:
        """Put two together with all that stand with them, unless any of these must not."""
        one, other = self.find(one), self.find(other)
        if one == other or other in self._apart.get(one, ()):
            return
        self._parent[other] = one
        for refused in self._apart.pop(other, ()):
            self._apart[refused].remove(other)
            self._refuse(one, refused)
        if other in self.rooted:
            self.rooted.remove(other)
            self.rooted.add(one)

    def part(self, one: str, other: str) -> None:
        """Let two never stand together, unless they do already."""
        one, other = self.find(one), self.find(other)
        if one != other:
            self._refuse(one, other)

    def _refuse(self, one: str, other: str) -> None:
        self._apart.setdefault(one, set()).add(other)
        self._apart.setdefault(other, set()).add(one)

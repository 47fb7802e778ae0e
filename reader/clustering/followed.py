"""Followed threads: names a reader gives, and the found threads they fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.clustering.terms import term
from reader.clustering.tfidf import Vector, dot, idf, unit
from reader.errors import FollowedThreadsError
from reader.text.sanitize import clean_line
from reader.text.tokens import tokens
from reader.text.yaml_nodes import compose, line_of

if TYPE_CHECKING:
    import yaml

_LIKENESS = 0.2  # least likeness of a followed thread's words to a found thread that may take its name
_SHARE = 0.25  # least share of a found thread's stories that a query must match
_TERMS = 80
_EXAMPLE = "write `- name: Harbour strike`, and below it `  about: dockers, port, walkout`"


class FollowedThread(Struct, frozen=True):
    """A thread a reader follows: its name, and words or a query that say what it is about (may be empty)."""

    name: str
    about: str = ""

    @property
    def vector(self) -> Vector:
        """Its words, each once, by how rare it is."""
        return _vector(f"{self.name} {self.about}")


def fit(
    followed: Sequence[FollowedThread],
    threads: Mapping[str, Vector],
    matched: Mapping[str, Mapping[str, float]] | None = None,
) -> dict[str, str]:
    """Give each name to the found thread it fits best, at most one name a thread; the answer maps thread ids to names.

    `threads` are found threads' vectors of unit length. A name fits by the likeness of its words and those of `about`. Where
    `about` is a query, `matched` holds by name and thread the share of the thread's stories that match it, which then counts as
    much. A name that is far from every thread is given to none.
    """
    offers = []
    for place, each in enumerate(followed):
        words = each.vector
        shares = (matched or {}).get(each.name)
        for thread, vector in threads.items():
            likeness = dot(words, vector)
            share = shares.get(thread, 0.0) if shares is not None else likeness
            if share >= (_LIKENESS if shares is None else _SHARE):
                offers.append((-(likeness + share) / 2, place, thread))
    names: dict[str, str] = {}
    given: set[int] = set()
    for _, place, thread in sorted(offers):
        if thread not in names and place not in given:
            names[thread] = followed[place].name
            given.add(place)
    return names


def read_followed(text: str, source: str) -> list[FollowedThread]:
    """Read a YAML list of followed threads; `source` is the file's name for errors.

    Raises:
        FollowError: the text is no such list; it says in which line, and what to do.
    """
    import yaml

    root = compose(text, source, FollowedThreadsError, _EXAMPLE)
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise FollowedThreadsError(f"{source}, line {line_of(root)}: not a list; {_EXAMPLE}")
    lines: dict[str, int] = {}
    found = []
    for node in root.value:
        each = _followed(node, source)
        if each.name.casefold() in lines:
            first = lines[each.name.casefold()]
            raise FollowedThreadsError(
                f"{source}, line {line_of(node)}: {each.name} is already followed in line {first}; remove one of the two"
            )
        lines[each.name.casefold()] = line_of(node)
        found.append(each)
    return found


def _followed(node: yaml.Node, source: str) -> FollowedThread:
    """Read one entry."""
    import yaml

    if not isinstance(node, yaml.MappingNode):
        raise FollowedThreadsError(f"{source}, line {line_of(node)}: an entry needs a name; {_EXAMPLE}")
    fields: dict[str, str] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        where = f"{source}, line {line_of(key)}"
        if name not in ("name", "about"):
            raise FollowedThreadsError(f"{where}: unknown field {clean_line(name) or '(no name)'}; an entry has name and about")
        if name in fields:
            raise FollowedThreadsError(f"{where}: {name} appears twice; remove one of them")
        if not isinstance(value, yaml.ScalarNode):
            raise FollowedThreadsError(f"{where}: {name} is not text; write it in one line, in quotes if it holds `: ` or ` #`")
        fields[name] = clean_line(value.value)
    if not fields.get("name"):
        raise FollowedThreadsError(f"{source}, line {line_of(node)}: the entry has no name; {_EXAMPLE}")
    return FollowedThread(fields["name"], fields.get("about", ""))


def _vector(text: str) -> Vector:
    """The vector of a few words: each once, by how rare it is."""
    weights = {found: idf(found) for word in tokens(text) if (found := term(word))}
    return unit(weights, _TERMS)

"""When stories that state no date were about published, judged by the dated stories nearest to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from reader.model import Estimate
from reader.text.dates import estimate
from reader.threads.vectors import Vector, dot

_NEAR = 0.12
"""The likeness from which a dated story outside the thread may lend its date."""

Body = Callable[[str], Sequence[str]]
"""The paragraphs of a story by its id."""


def estimate_thread(
    thread: Iterable[str], published: Mapping[str, str | None], vectors: Mapping[str, Vector], body: Body
) -> dict[str, Estimate]:
    """Estimates for the stories of a thread that state no date; `published` and `vectors` hold every story of the library.

    A story borrows the date of the dated story most like it: one of its own thread; or, where the thread has none, one from
    outside that is near enough, or else the estimate of its likest sibling. What its own text says of weekdays and days then
    moves that date.
    """
    undated = [story for story in thread if not published[story]]
    inside = {story: time for story in thread if (time := published[story])}
    if inside or not undated:
        return {story: made for story in undated if (made := _borrowed(story, inside, vectors, body, least=0.0))}
    outside = {story: time for story, time in published.items() if time}
    found = {story: made for story in undated if (made := _borrowed(story, outside, vectors, body, least=_NEAR))}
    siblings = {story: made.time for story, made in found.items()}
    for story in undated:
        if story not in found and (made := _borrowed(story, siblings, vectors, body, least=0.0)):
            found[story] = replace(made, sure=made.sure / 2)
    return found


def _borrowed(story: str, lenders: Mapping[str, str], vectors: Mapping[str, Vector], body: Body, least: float) -> Estimate | None:
    """The estimate from the likest of the `lenders` (story to time), None where none reaches the least likeness."""
    likeness, lender = max(((dot(vectors[story], vectors[other]), other) for other in lenders), default=(-1.0, ""))
    return estimate(body(story), lenders[lender]) if likeness >= least else None

"""Dates, counts and names in the words the screen uses; what a text does not state is said, never made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from reader.models import Explanation, Story, StoryHeader, Thread, Version
from reader.presentation.text_layout import cells, cut

if TYPE_CHECKING:
    from reader.library import Freshness

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_SPAN = 60
"""Days from which a span of time is told in months."""
WORDS_A_MINUTE = 220
NO_DATE = "date not stated"
NO_OUTLET = "outlet not stated"


def day(time: str) -> str:
    """The day of an ISO 8601 time: "21 Dec 2018"."""
    when = date.fromisoformat(time[:10])
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def moment(time: str) -> str:
    """An ISO 8601 time as exactly as it is known: "21 Dec 2018", or with the minute "7 Jan 2020, 23:09"."""
    return f"{day(time)}, {time[11:16]}" if "T" in time else day(time)


def here(time: str) -> str:
    """An ISO 8601 time with its zone as it is here, to the minute."""
    return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%dT%H:%M")


def told(head: StoryHeader) -> str:
    """When a story was published, over a story: stated, or that it is not and about when it was."""
    if head.published:
        return moment(head.published)
    return f"{NO_DATE}, about {day(head.estimate.time)}" if head.estimate else NO_DATE


def listed(head: StoryHeader) -> str:
    """When a story was published, in a list."""
    if head.published:
        return day(head.published)
    return f"about {day(head.estimate.time)}" if head.estimate else NO_DATE


def outlet(head: StoryHeader) -> str:
    """Who tells the story, or that it is not stated."""
    return head.outlet or NO_OUTLET


def span(first: str | None, last: str | None, *, about: bool = False) -> str:
    """From the first to the last day: "21 Dec 2018", "20–24 Dec 2018", over 60 days "Dec 2018–Apr 2019"; about where estimated."""
    if not first or not last:
        return "dates not stated"
    start, end = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    if (end - start).days > LONG_SPAN:
        return f"{MONTHS[start.month - 1]} {start.year}–{MONTHS[end.month - 1]} {end.year}"
    if start == end:
        said = day(first)
    elif (start.year, start.month) == (end.year, end.month):
        said = f"{start.day}–{day(last)}"
    elif start.year == end.year:
        said = f"{start.day} {MONTHS[start.month - 1]}–{day(last)}"
    else:
        said = f"{day(first)}–{day(last)}"
    return f"about {said}" if about else said


def thread_span(thread: Thread) -> str:
    """When a thread's stories were published."""
    return span(thread.earliest, thread.latest, about=thread.about)


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 story", "2 stories", "1,204 stories"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def stories(number: int) -> str:
    """How many stories."""
    return count(number, "story", "stories")


def outlets(thread: Thread, room: int) -> str:
    """Who tells a thread's stories, as many names as go into `room` cells: "Coast Courier, 1 unnamed", "AP, Kyodo +6"."""
    if not thread.outlets:
        return NO_OUTLET if len(thread.stories) == 1 else "outlets not stated"
    unnamed = [f"{thread.unnamed} unnamed"] if thread.unnamed else []
    whole = ", ".join([*thread.outlets, *unnamed])
    if cells(whole) <= room:
        return whole
    for kept in range(len(thread.outlets), 0, -1):
        rest = len(thread.outlets) - kept + thread.unnamed
        said = ", ".join(thread.outlets[:kept]) + (f" +{rest}" if rest else "")
        if cells(said) <= room:
            return said
    return cut(thread.outlets[0], room)


def credit_pieces(head: StoryHeader) -> list[str]:
    """When, by whom, through whom and from where, each a piece that is never torn: "21 Dec 2018", "by A. Writer"."""
    byline = f"by {head.byline}" if head.byline else None
    return [piece for piece in (told(head), byline, head.agency, head.place) if piece]


def notes(head: StoryHeader, copies: Sequence[StoryHeader], versions: Sequence[Version], wording: int = 0) -> tuple[str, ...]:
    """What must be said of a story's text: who else has it word for word, and that it read otherwise before.

    `wording` is the one shown: 0 as it is now, 1 the last before that.
    """
    said = []
    if copies:
        named = {told.outlet for told in (head, *copies) if told.outlet}
        said.append(f"the same text in {len(named)} outlets" if len(named) > 1 else f"the same text {len(copies) + 1} times")
    if wording:
        version = versions[wording - 1]
        said.append(f"as it read until {moment(here(version.until))}")
        if version.story.title.value and version.story.title.value != head.title:
            said.append(f"then headed “{version.story.title.value}”")
    elif versions:
        said.append("changed, earlier wording kept" if len(versions) == 1 else f"changed {len(versions)} times, all wordings kept")
    return tuple(said)


def news(fresh: Freshness, noun: str = "") -> str:
    """How many of a story's passages are new to the reader: "6 of 11 new", "6 of 11 passages new", "nothing new"."""
    return f"{fresh.new} of {fresh.passages}{f' {noun}' if noun else ''} new" if fresh.new else "nothing new"


def also(head: StoryHeader, copies: Sequence[StoryHeader]) -> str:
    """Who else tells a story word for word: "also in Coast Courier, same text", "also in 4 outlets, same text"."""
    named = {copy.outlet for copy in copies if copy.outlet} - {head.outlet}
    unnamed = sum(not copy.outlet for copy in copies)
    if len(named) + unnamed == 0:
        return f"told {count(len(copies) + 1, 'time')}, same text"
    return (
        f"also in {named.pop() if named and not unnamed and len(named) == 1 else count(len(named) + unnamed, 'outlet')}, same text"
    )


def apart(why: Explanation) -> str:
    """How far two stories are apart in time: "on the same day", "3 days apart", "about 1 day apart"."""
    if why.days is None:
        return "not stated"
    said = f"{count(why.days, 'day')} apart" if why.days else "on the same day"
    return f"about {said}" if why.about else said


def minutes(story: Story) -> str:
    """How long reading a story takes: "3 min"."""
    words = sum(paragraph.count(" ") + 1 for paragraph in story.body)
    return f"{max(1, round(words / WORDS_A_MINUTE))} min"

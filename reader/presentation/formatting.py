"""Dates, counts and names as text; unknown values are shown as not stated, never invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from reader.models import Explanation, Place, Story, StoryHeader, Thread, Version
from reader.presentation.text_layout import cells, cut

if TYPE_CHECKING:
    from reader.library import Freshness

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_SPAN = 60
"""Days from which a time span is shown in months."""
WORDS_A_MINUTE = 220
_HOUR, _DAY = 60, 24 * 60
_WEEK = 7
"""Days from which an age is shown as a date."""
PLACES = {"front": "Front page", "all": "All stories", "unread": "Unread", "starred": "Starred", "other": "Other stories"}
"""The names of the places that every library has."""
NO_DATE = "date not stated"
SUBSCRIBERS_ONLY = "For subscribers, its page says; the text may be incomplete."
NO_OUTLET = "outlet not stated"


def day(time: str) -> str:
    """The day of an ISO 8601 time in the reader's zone: "21 Dec 2018"."""
    when = local_date(time)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def moment(time: str) -> str:
    """An ISO 8601 time in the reader's zone, as precise as it is known: "21 Dec 2018" or "7 Jan 2020, 23:09"."""
    time = local_time(time)
    return f"{day(time)}, {time[11:16]}" if "T" in time else day(time)


def local_time(time: str) -> str:
    """Convert an ISO 8601 time in UTC (`Z`) to local time, to the minute; a day, or a time without a zone, stays as it is."""
    return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%dT%H:%M") if time.endswith("Z") else time


def local_date(time: str) -> date:
    """The day of an ISO 8601 time in the reader's zone."""
    return date.fromisoformat(local_time(time)[:10])


def published(head: StoryHeader) -> str:
    """The time of publication in a story's header: stated, or marked as not stated with an estimate."""
    if head.published:
        return moment(head.published)
    return f"{NO_DATE}, about {day(head.estimate.time)}" if head.estimate else NO_DATE


def published_day(head: StoryHeader) -> str:
    """The day of publication in a list."""
    if head.published:
        return day(head.published)
    return f"about {day(head.estimate.time)}" if head.estimate else NO_DATE


def outlet(head: StoryHeader) -> str:
    """The outlet of a story, or that it is not stated."""
    return head.outlet or NO_OUTLET


def span(first: str | None, last: str | None, *, about: bool = False) -> str:
    """A time span: "21 Dec 2018", "20–24 Dec 2018", over 60 days "Dec 2018–Apr 2019"; with "about" if estimated."""
    if not first or not last:
        return "dates not stated"
    start, end = local_date(first), local_date(last)
    if (end - start).days > LONG_SPAN:
        return f"{MONTHS[start.month - 1]} {start.year}–{MONTHS[end.month - 1]} {end.year}"
    if start == end:
        text = day(first)
    elif (start.year, start.month) == (end.year, end.month):
        text = f"{start.day}–{day(last)}"
    elif start.year == end.year:
        text = f"{start.day} {MONTHS[start.month - 1]}–{day(last)}"
    else:
        text = f"{day(first)}–{day(last)}"
    return f"about {text}" if about else text


def thread_span(thread: Thread) -> str:
    """The time span of a thread's stories."""
    return span(thread.earliest, thread.latest, about=thread.about)


def age(time: str | None, now: datetime) -> str:
    """The age of a time (ISO 8601, UTC) in a list: "12 m", "2 h", "3 d", after a week "17 Feb", "Feb 2018"; "" for None."""
    if not time:
        return ""
    then, moment = datetime.fromisoformat(time).replace(tzinfo=None), now.replace(tzinfo=None)
    minutes = int((moment - then).total_seconds() // 60)
    days = (moment.date() - then.date()).days
    if days >= _WEEK:
        month = MONTHS[then.month - 1]
        return f"{then.day} {month}" if then.year == moment.year else f"{month} {then.year}"
    if "T" not in time:
        return f"{days} d" if days > 0 else "today"
    if minutes < _HOUR:
        return f"{max(0, minutes)} m"
    return f"{minutes // _HOUR} h" if minutes < _DAY else f"{minutes // _DAY} d"


def story_age(head: StoryHeader, now: datetime) -> str:
    """The age of a story in a list, not before it was found; "~" before an estimate, "" where there is none."""
    time = head.published or (head.estimate.time if head.estimate else None)
    text = age(min(time, head.found) if time and head.found else time, now)
    return f"~{text}" if text and not head.published else text


def place_name(place: Place) -> str:
    """The name of a place of the list pane."""
    return PLACES.get(place.kind) or place.name or "Other feeds"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 feed", "1,204 feeds"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def stories(number: int) -> str:
    """A number of stories."""
    return count(number, "story", "stories")


def outlets(thread: Thread, room: int) -> str:
    """The outlets of a thread, as many as fit into `room` cells: "Coast Courier, 1 unnamed", "AP, Kyodo +6"."""
    if not thread.outlets:
        return NO_OUTLET if len(thread.stories) == 1 else "outlets not stated"
    unnamed = [f"{thread.unnamed} unnamed"] if thread.unnamed else []
    whole = ", ".join([*thread.outlets, *unnamed])
    if cells(whole) <= room:
        return whole
    for kept in range(len(thread.outlets), 0, -1):
        rest = len(thread.outlets) - kept + thread.unnamed
        text = ", ".join(thread.outlets[:kept]) + (f" +{rest}" if rest else "")
        if cells(text) <= room:
            return text
    return cut(thread.outlets[0], room)


def credit_pieces(head: StoryHeader) -> list[str]:
    """The credits of a story, each unbreakable: time of publication, byline, agency and place."""
    byline = f"by {head.byline}" if head.byline else None
    return [piece for piece in (published(head), byline, head.agency, head.place) if piece]


def version_notes(
    head: StoryHeader, copies: Sequence[StoryHeader], versions: Sequence[Version], wording: int = 0
) -> tuple[str, ...]:
    """Notes on a story's text: outlets with the same text, and earlier versions.

    `wording` is the version: 0 the current one, 1 the one before.
    """
    notes = []
    if copies:
        named = {each.outlet_id for each in (head, *copies) if each.outlet_id}
        notes.append(f"same text in {len(named)} outlets" if len(named) > 1 else f"same text in {stories(len(copies) + 1)}")
    if wording:
        version = versions[wording - 1]
        notes.append(f"version until {moment(local_time(version.until))}")
        if version.story.title.value and version.story.title.value != head.title:
            notes.append(f"earlier headline “{version.story.title.value}”")
    elif versions:
        notes.append(count(len(versions), "earlier version"))
    return tuple(notes)


def new_passages(fresh: Freshness, noun: str = "") -> str:
    """The number of a story's passages not read before: "6 of 11 new", "6 of 11 passages new", "nothing new"."""
    return f"{fresh.new} of {fresh.passages}{f' {noun}' if noun else ''} new" if fresh.new else "nothing new"


def copies_note(head: StoryHeader, copies: Sequence[StoryHeader]) -> str:
    """The outlets of a story's copies: "also in Coast Courier, same text", "also in 4 outlets, same text"."""
    named = {copy.outlet_id: copy.outlet for copy in copies if copy.outlet_id and copy.outlet_id != head.outlet_id}
    unnamed = sum(not copy.outlet_id for copy in copies)
    if len(named) + unnamed == 0:
        return f"published {count(len(copies) + 1, 'time')}, same text"
    only = next(iter(named.values())) if len(named) == 1 and not unnamed else None
    return f"also in {only or count(len(named) + unnamed, 'outlet')}, same text"


def days_apart(why: Explanation) -> str:
    """The time between two stories: "on the same day", "3 days apart", "about 1 day apart"."""
    if why.days is None:
        return "not stated"
    text = f"{count(why.days, 'day')} apart" if why.days else "on the same day"
    return f"about {text}" if why.about else text


def reading_time(story: Story) -> str:
    """The reading time of a story: "3 min"."""
    words = sum(paragraph.count(" ") + 1 for paragraph in story.body)
    return f"{max(1, round(words / WORDS_A_MINUTE))} min"

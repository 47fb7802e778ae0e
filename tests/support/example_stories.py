"""Made-up stories of a ferry, a harbor and a council, and the feeds they come from."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import DateEstimate, ExtractedField, Feed, RemovedLine, Story

HOSTILE = "[/b] [@click=app.quit]x[/] [red]$(touch /nowhere)"


def story_id(name: str, number: int = 0) -> str:
    """An id of the form that the library gives, eight letters: a name, filled up, and one or two letters that count."""
    letters = chr(97 + number) if number < 26 else chr(96 + number // 26) + chr(97 + number % 26)
    return name.ljust(8 - len(letters), "x") + letters


def fact(value: str | None, why: str = "stated") -> ExtractedField:
    return ExtractedField(value, 1.0, why) if value else ExtractedField()


def story(
    id_: str, title: str, body: Sequence[str], *, made: bool = False, captions: Sequence[str] = (), **facts: str | None
) -> Story:
    return Story(
        id=id_,
        source=f"{id_}.txt",
        address=f"/stories/{id_}.txt",
        url=facts.get("url"),
        title=fact(title),
        title_made=made,
        outlet=fact(facts.get("outlet")),
        agency=fact(facts.get("agency")),
        byline=fact(facts.get("byline")),
        place=fact(facts.get("place")),
        published=fact(facts.get("published")),
        body=tuple(body),
        captions=tuple(captions),
        removed=(RemovedLine("Share this story with a friend", "furniture", "a call to share", 1),) if id_ == "ferryxxa" else (),
    )


def paragraphs(topic: str, count: int) -> list[str]:
    """Plain paragraphs of two or three sentences about a topic, all different."""
    said = [
        f"The {topic} was the only matter on the table when the meeting opened on Monday, and it was when the lamps were lit.",
        f"“Nobody planned for the {topic} to take this long,” said the chair, who has held the office for eleven years.",
        f"Two of the nine members spoke against it; the others asked for figures on the {topic} before the end of the month.",
        f"Fishermen who had waited at the pier since five in the morning called the {topic} a matter of bread, not of paper.",
        f"A study by the port puts the cost of the {topic} at 4.2 million, a third more than in the plan of last spring.",
    ]
    return [f"{said[n % len(said)]} It was point {n + 1} of the day." for n in range(count)]


STORIES = (
    story(
        "ferryxxa",
        "Ferry to the Islands Sails Again After Nine Weeks of Repairs at the Northern Yard",
        ["The ferry Halcyon sailed again on Monday, nine weeks after a cracked shaft had laid her up.", *paragraphs("ferry", 12)],
        outlet="Coast Courier",
        published="2018-12-20",
        byline="A. Lindqvist",
        place="Northhaven",
        url="https://courier.example/ferry",
        captions=("The Halcyon at the northern yard. Photo: harbour office",),
    ),
    story(
        "ferryxxb",
        "The island ferry left the pier on Monday with two hundred people on board, its first crossing since October",
        ["The island ferry left the pier on Monday with two hundred people on board.", *paragraphs("crossing", 9)],
        made=True,
        outlet="Island Wire",
        agency="Wire Service",
        published="2018-12-20T14:05",
        url="https://wire.example/crossing",
    ),
    story(
        "ferryxxc",
        "What the Ferry Means to Those Who Wait",
        ["Those who wait know the ferry by its sound.", *paragraphs("timetable", 6)],
    ),
    story(
        "harboura",
        "Harbour Basin to Be Dredged",
        ["The basin of the harbour will be dredged before the spring.", *paragraphs("basin", 8)],
        outlet="Coast Courier",
        published="2018-12-23",
        url="https://courier.example/basin",
    ),
    story(
        "harbourb",
        "Dredging: What It Costs",
        ["The port has counted.", *paragraphs("dredger", 5)],
        outlet="Port Gazette",
        published="2019-04-10",
    ),
    story(
        "councila",
        "Council Votes for the New Bridge",
        [
            "The council voted for the bridge by five to four.",
            "The bridge over the harbour will carry no rails.",
            *paragraphs("bridge", 4),
        ],
        outlet="townhall.example",
        published="2020-01-07T23:09",
        byline="M. Okafor",
        url="https://townhall.example/bridge",
    ),
)
THREADS = (
    ("t3", "New bridge", ("councila",)),
    ("t2", "Harbour dredging", ("harboura", "harbourb")),
    ("t1", "Island ferry", ("ferryxxa", "ferryxxb", "ferryxxc")),
)
ESTIMATE = DateEstimate("2018-12-21", 0.7, "near_story:2018-12-21")

FEEDS = (
    Feed(
        address="https://courier.example/feed",
        name="Coast Courier",
        title="Coast Courier",
        tags=("sea",),
        good="2026-11-20T10:00:00Z",
    ),
    Feed(address="https://gazette.example/feed", name=f"Gazette {HOSTILE}", error="timeout:20", failures=2),
    Feed(address="https://wire.example/feed", name="Island Wire"),
)
LISTED = {FEEDS[0].address: ("ferryxxa", "harboura"), FEEDS[1].address: ("harbourb",)}
"""The stories that feeds list, by address."""


def hostile_story() -> Story:
    """A story whose every text attacks markup."""
    body = [HOSTILE, *paragraphs(HOSTILE, 3)]
    return story("hostilex", HOSTILE, body, outlet=HOSTILE, byline=HOSTILE, url="javascript:alert(1)")


def notice(number: int) -> Story:
    """One of many stories, each a thread of its own."""
    body = [f"Notice {number} was posted at the harbour office.", *paragraphs("notice", 3)]
    return story(story_id("many", number), f"Notice {number} of the harbour office", body, published="2018-01-02")

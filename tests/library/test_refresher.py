"""Refreshing feeds from a local server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.errors import SourceError
from reader.library import Library
from reader.models import FeedCandidate, FeedProgress, JobProgress
from tests.support.feed_server import Newsstand

pytestmark = pytest.mark.process

FERRY = (
    "ferry",
    "Ferry strike ends",
    "The harbour council and the ferry crews agreed on Monday to end the strike of nine days. " * 3,
)
TRAM = ("tram", "Tram line opens", "The new tram line to the airport opened on Friday after nine years under the old town. " * 3)


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    stand = Newsstand()
    stand.open()
    yield stand
    stand.close()


@pytest.fixture
def allowed(library: Library) -> Library:
    library.feeds.allow_host("127.0.0.1")
    return library


def test_a_feed_is_subscribed_and_its_stories_are_stored(allowed: Library, stand: Newsstand) -> None:
    address = stand.feed("/feed", [FERRY, TRAM])
    report = allowed.importer.add([address])
    assert (report.followed, len(report.added), report.refused) == ((address,), 2, ())
    feed = allowed.feeds.get(address)
    assert feed
    assert (feed.name, feed.stories, feed.unread, feed.error) == ("Harbour Courier", 2, 2, None)
    assert feed.good
    assert feed.due
    assert not allowed.synchronizer.is_behind()
    assert {match.head.title for match in allowed.search.run("airport").matches} == {"Tram line opens"}


def test_an_unchanged_feed_is_not_downloaded_again(allowed: Library, stand: Newsstand) -> None:
    address = stand.feed("/feed", [FERRY])
    allowed.importer.add([address])
    steps: list[FeedProgress | JobProgress] = []
    refreshed = allowed.importer.refresh(watch=steps.append)
    assert (refreshed.feeds, refreshed.added, refreshed.updated, refreshed.failed) == (1, 0, 0, ())
    assert FeedProgress(address, "same") in steps
    assert JobProgress("feeds", 1, 1) in steps


def test_a_changed_story_is_updated_and_its_earlier_version_kept(allowed: Library, stand: Newsstand) -> None:
    address = stand.feed("/feed", [FERRY])
    (story,) = allowed.importer.add([address]).added
    key, title, text = FERRY
    stand.feed("/feed", [(key, title, text + "Crossings begin again on Tuesday.")])
    refreshed = allowed.importer.refresh()
    assert (refreshed.added, refreshed.updated) == (0, 1)
    assert "Tuesday" in allowed.stories.get(story).body[0]
    (older,) = allowed.stories.versions(story)
    assert "Tuesday" not in older.story.body[0]


def test_a_story_in_two_feeds_is_stored_once(allowed: Library, stand: Newsstand) -> None:
    first, second = stand.feed("/one", [FERRY]), stand.feed("/two", [FERRY, TRAM])
    allowed.importer.add([first])
    report = allowed.importer.add([second])
    assert len(report.added) == 1
    story = next(
        head.id for thread in allowed.threads.all() for head in allowed.threads.headers(thread.id) if head.title == FERRY[1]
    )
    assert {origin.feed for origin in allowed.stories.origins(story)} == {first, second}


def test_a_failing_feed_is_reported_and_the_others_are_refreshed(allowed: Library, stand: Newsstand) -> None:
    good = stand.feed("/good", [FERRY])
    stand.bodies["/bad"] = b"<rss version='2.0'><channel><item"
    for address in (good, f"{stand.base}/bad", f"{stand.base}/missing"):
        allowed.feeds.subscribe(FeedCandidate(address))
    steps: list[FeedProgress | JobProgress] = []
    refreshed = allowed.importer.refresh(watch=steps.append)
    assert (refreshed.feeds, refreshed.added, len(refreshed.failed)) == (3, 1, 2)
    assert all(as_failure.why and as_failure.remedy for as_failure in refreshed.failed)
    missing = allowed.feeds.get(f"{stand.base}/missing")
    assert missing
    assert "404" in (missing.error or "")
    assert (missing.failures, missing.good) == (1, None)
    assert {step.state for step in steps if isinstance(step, FeedProgress)} >= {"asked", "new", "failed"}


def test_a_feed_that_is_gone_is_no_longer_fetched(allowed: Library, stand: Newsstand) -> None:
    address = f"{stand.base}/gone"
    stand.answers["/gone"] = (410, {})
    allowed.feeds.subscribe(FeedCandidate(address))
    allowed.importer.refresh()
    feed = allowed.feeds.get(address)
    assert feed
    assert feed.ended
    assert allowed.importer.refresh().feeds == 0, "a feed that ended is not asked again"
    assert stand.asked == ["/gone"]


def test_a_permanent_redirect_moves_the_feed(allowed: Library, stand: Newsstand) -> None:
    address = stand.feed("/new", [FERRY])
    stand.answers["/old"] = (301, {"Location": address})
    allowed.feeds.subscribe(FeedCandidate(f"{stand.base}/old", name="My ferry feed"))
    allowed.importer.refresh()
    (feed,) = allowed.feeds.all()
    assert (feed.address, feed.name, feed.stories) == (address, "My ferry feed", 1)


def test_a_requested_pause_is_respected(allowed: Library, stand: Newsstand) -> None:
    stand.answers["/busy"] = (429, {"Retry-After": "3600"})
    allowed.feeds.subscribe(FeedCandidate(f"{stand.base}/busy"))
    assert len(allowed.importer.refresh().failed) == 1
    assert allowed.importer.refresh().feeds == 0
    assert stand.asked == ["/busy"]


def test_only_due_feeds_are_fetched_on_request(allowed: Library, stand: Newsstand) -> None:
    allowed.importer.add([stand.feed("/feed", [FERRY])])
    assert allowed.importer.refresh(due=True).feeds == 0
    assert allowed.importer.refresh().feeds == 1


def test_a_page_is_stored_as_a_story_and_its_feeds_are_offered(allowed: Library, stand: Newsstand) -> None:
    feed = stand.feed("/feed", [TRAM])
    text = "\n\n".join([FERRY[2]] * 3)
    report = allowed.importer.add([stand.page("/stories/ferry", FERRY[1], text, ["/feed"])])
    assert len(report.added) == 1
    assert [wanted.address for wanted in report.offered] == [feed]
    assert allowed.feeds.all() == []
    assert allowed.stories.header(report.added[0]).title == FERRY[1]


def test_the_full_text_replaces_the_summary_permanently(allowed: Library, stand: Newsstand) -> None:
    feed = stand.feed("/feed", [("ferry", FERRY[1], "The strike is over.")])
    stand.page("/stories/ferry", FERRY[1], "\n\n".join([FERRY[2], "The first boat left at dawn with a full deck and a band. " * 3]))
    (story,) = allowed.importer.add([feed]).added
    assert allowed.importer.full_text(story) == "updated"
    assert "dawn" in " ".join(allowed.stories.get(story).body)
    stand.feed("/feed", [("ferry", FERRY[1], "The strike is over."), TRAM])
    allowed.importer.refresh()
    assert "dawn" in " ".join(allowed.stories.get(story).body)


def test_the_full_texts_of_several_stories_are_fetched_at_once(allowed: Library, stand: Newsstand) -> None:
    long = "\n\n".join([FERRY[2], "The first boat left at dawn with a full deck and a band. " * 30])
    feed = stand.feed("/feed", [(name, f"About the {name}", f"The {name} is open.") for name in ("ferry", "tram", "pier")])
    stand.page("/stories/ferry", "About the ferry", long)
    stand.page("/stories/tram", "About the tram", long.replace("boat", "tram"))
    ids = {allowed.stories.header(id).title.split()[-1]: id for id in allowed.importer.add([feed]).added}
    steps: list[JobProgress] = []
    report = allowed.importer.full_texts([*ids.values(), "gone"], watch=lambda step: steps.append(step))  # type: ignore[arg-type]
    assert set(report.updated) == {ids["ferry"], ids["tram"]}
    assert [failure.source for failure in report.failed] == [allowed.stories.header(ids["pier"]).url]
    assert not report.cancelled
    assert JobProgress("pages", 3, 3) in steps
    assert "dawn" in " ".join(allowed.stories.get(ids["tram"]).body)
    assert allowed.search.run("dawn").total == 2
    asked = len(stand.asked)
    again = allowed.importer.full_texts([ids["ferry"], ids["tram"]])
    assert (again.updated, again.failed, len(stand.asked)) == ((), (), asked), "what has its full text is not asked for again"


def test_fetching_full_texts_can_be_canceled(allowed: Library, stand: Newsstand) -> None:
    feed = stand.feed("/feed", [FERRY])
    ids = allowed.importer.add([feed]).added
    gate = threading.Event()

    class Held(dict[str, bytes]):
        def get(self, path: str, default: Any = None) -> Any:
            gate.wait(10)
            return super().get(path, default)

    stand.bodies = Held(stand.bodies)
    report = allowed.importer.full_texts(ids, cancelled=lambda: True)
    gate.set()
    assert report.cancelled
    assert (report.updated, report.failed) == ((), ())


def test_full_texts_are_fetched_for_a_feed_with_that_setting(allowed: Library, stand: Newsstand) -> None:
    feed = stand.feed("/feed", [("ferry", FERRY[1], "The strike is over.")])
    stand.page("/stories/ferry", FERRY[1], "\n\n".join([FERRY[2], "The first boat left at dawn with a full deck and a band. " * 3]))
    allowed.feeds.subscribe(FeedCandidate(feed))
    allowed.feeds.change(feed, full_text=True)
    allowed.importer.refresh()
    (thread,) = allowed.threads.all()
    assert "dawn" in " ".join(allowed.stories.get(thread.stories[0]).body)


def test_a_story_without_an_address_has_no_full_text(library: Library, tmp_path: Path) -> None:
    page = tmp_path / "ferry.txt"
    page.write_text(f"{FERRY[1]}\n\n{FERRY[2]}")
    (story,) = library.importer.add([str(page)]).added
    with pytest.raises(SourceError, match="has no link"):
        library.importer.full_text(story)


def test_private_addresses_are_refused_until_allowed(library: Library, stand: Newsstand) -> None:
    address = stand.feed("/feed", [FERRY])
    report = library.importer.add([address])
    assert not report.added
    assert "feeds allow 127.0.0.1" in report.refused[0].remedy
    with pytest.raises(SourceError):
        library.feeds.subscribe(FeedCandidate(address))
    assert stand.asked == []


def test_the_feeds_of_a_list_are_subscribed_and_fetched(allowed: Library, stand: Newsstand, tmp_path: Path) -> None:
    first, second = stand.feed("/one", [FERRY]), stand.feed("/two", [TRAM], title="Tram Times")
    file = tmp_path / "feeds.opml"
    file.write_text(
        f'<opml version="2.0"><body><outline text="Harbour"><outline type="rss" text="One" xmlUrl="{first}"/></outline>'
        f'<outline type="rss" text="Two" xmlUrl="{second}"/><outline type="rss" text="Bad" xmlUrl="|rm -rf ."/></body></opml>'
    )
    report = allowed.importer.add([str(file)])
    assert (report.followed, len(report.added), len(report.refused)) == ((first, second), 2, 1)
    assert {feed.name: feed.tags for feed in allowed.feeds.all()} == {"One": ("Harbour",), "Two": ()}


def test_a_changed_folder_is_read_again(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "ferry.txt").write_text(f"{FERRY[1]}\n\n{FERRY[2]}")
    library.feeds.subscribe(FeedCandidate(str(folder)))
    assert library.importer.refresh().added == 1
    steps: list[FeedProgress | JobProgress] = []
    library.importer.refresh(watch=steps.append)
    assert FeedProgress(str(folder), "same") in steps
    (folder / "tram.txt").write_text(f"{TRAM[1]}\n\n{TRAM[2]}")
    assert library.importer.refresh().added == 1


def test_a_canceled_refresh_keeps_its_results(allowed: Library, stand: Newsstand) -> None:
    for number in range(20):
        allowed.feeds.subscribe(FeedCandidate(stand.feed(f"/{number}", [(f"{number}", f"Story {number}", FERRY[2])])))
    came: list[FeedProgress | JobProgress] = []
    refreshed = allowed.importer.refresh(
        watch=came.append, cancelled=lambda: any(isinstance(event, FeedProgress) for event in came)
    )
    assert refreshed.cancelled
    allowed.importer.refresh()
    assert not allowed.synchronizer.is_behind()


def test_an_unsubscribed_feed_is_restored_unchanged(allowed: Library, stand: Newsstand) -> None:
    address = stand.feed("/feed", [FERRY])
    allowed.importer.add([address])
    allowed.feeds.change(address, name="Mine", tags=("harbour",), interval=15)
    allowed.feeds.unsubscribe(address)
    assert allowed.feeds.all() == []
    assert allowed.stories.count() == 1
    allowed.feeds.restore(address)
    (feed,) = allowed.feeds.all()
    assert (feed.name, feed.tags, feed.interval, feed.stories) == ("Mine", ("harbour",), 15, 1)

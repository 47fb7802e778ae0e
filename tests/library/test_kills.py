"""An import that is killed at any moment: nothing stored is lost, and the next start continues."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import Library
from tests.support.feed_server import Newsstand

pytestmark = pytest.mark.process

FEEDS, STORIES, KILLS = 6, 40, 5


@pytest.fixture
def list_of_feeds(tmp_path: Path) -> Iterator[Path]:
    stand = Newsstand()
    stand.open()
    for feed in range(FEEDS):
        items = [
            (
                f"{feed}-{n}",
                f"Story {feed} {n}",
                f"The council number {feed * n} met on day {n} about the harbour and the ferry. " * 3,
            )
            for n in range(STORIES)
        ]
        stand.feed(f"/{feed}", items, title=f"Feed {feed}")
    outlines = "".join(f'<outline type="rss" text="{feed}" xmlUrl="{stand.base}/{feed}"/>' for feed in range(FEEDS))
    file = tmp_path / "feeds.opml"
    file.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    yield file
    stand.close()


def test_killed_processes_lose_nothing_and_the_next_start_continues(tmp_path: Path, list_of_feeds: Path) -> None:
    library = Library.open(tmp_path / "library")
    library.feeds.allow_host("127.0.0.1")
    command = [sys.executable, "-m", "reader", "--library", str(tmp_path / "library"), "add", str(list_of_feeds)]
    chance = random.Random(7)
    seen: set[str] = set()
    for _ in range(KILLS):
        work = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        while not library.feeds.all() and work.poll() is None:  # a busy machine takes long to start it
            time.sleep(0.02)
        until = time.monotonic() + chance.uniform(0.3, 2.0)
        while time.monotonic() < until and work.poll() is None:
            seen |= {story for thread in library.threads.all() for story in thread.stories}
            time.sleep(0.02)
        if work.poll() is None:
            os.killpg(work.pid, signal.SIGKILL)
        work.wait()
        assert seen <= {story for thread in library.threads.all() for story in thread.stories}
    library.importer.refresh()
    assert library.stories.count() == FEEDS * STORIES
    assert not library.synchronizer.is_behind()
    assert library.synchronizer.check().lines[0] == f"index: {FEEDS * STORIES} stories, all indexed"
    assert not any(thread.waiting for thread in library.threads.all())
    library.close()

"""The list of threads: where each stands, what becomes of one in a newer list, and its counts."""

from __future__ import annotations

from dataclasses import replace

from reader.tui.state.thread_list import ThreadList
from tests.support.fake_library import FakeLibrary

BRIDGE, HARBOUR, FERRY = FakeLibrary().threads.all()


def test_threads_are_found_by_id_and_by_story() -> None:
    threads = ThreadList([BRIDGE, HARBOUR, FERRY])
    assert list(threads) == [BRIDGE, HARBOUR, FERRY]
    assert threads[1:] == [HARBOUR, FERRY]
    assert (threads.place("t1"), threads.place("t0"), threads.place(None)) == (2, None, None)
    assert (threads.holder("harbour2"), threads.holder("nowhere")) == (1, None)


def test_a_thread_is_found_again_by_its_id_or_by_a_story() -> None:
    newer = ThreadList([replace(FERRY, id="t8", stories=("ferry1",)), replace(FERRY, id="t9", stories=("ferry2",)), HARBOUR])
    assert newer.heir(HARBOUR) == 2
    assert newer.heir(FERRY) == 0
    assert newer.heir(FERRY, "ferry2") == 1
    assert newer.heir(BRIDGE) is None


def test_counts_follow_the_marks() -> None:
    threads = ThreadList([BRIDGE, HARBOUR, FERRY, replace(BRIDGE, id="w1", stories=("new",), unread=1, waiting=True)])
    assert (threads.unread, threads.grouped, threads.ungrouped) == (6, 3, 1)
    threads.recount("harbour1", -1)
    assert (threads.unread, threads[1].unread) == (5, HARBOUR.unread - 1)
    threads.recount("council1", -1)
    threads.recount("nowhere", 1)
    assert (threads.unread, threads[0].unread) == (5, 0), "no thread has fewer than none"


def test_saved_searches_stand_first_and_their_stories_belong_to_their_threads() -> None:
    search = replace(BRIDGE, id="search:All", stories=("ferry1", "council1"), unread=1, query="the", total=2)
    threads = ThreadList([BRIDGE, HARBOUR, FERRY], [search])
    assert (threads.searches, threads.grouped, threads.unread) == (1, 3, 5)
    assert (threads.place("search:All"), threads.holder("ferry1"), threads.holder("council1")) == (0, 3, 1)
    threads.recount("ferry1", -1)
    assert (threads[0].unread, threads[3].unread, threads.unread) == (0, 2, 4)
    assert threads.heir(replace(search, id="search:Gone", stories=())) is None
    assert threads.put_searches([replace(search, unread=7)])
    assert threads[0].unread == 7
    assert not threads.put_searches([])
    assert not threads.put_searches([replace(search, id="search:Other")])
    assert [thread.id for thread in threads.below([])] == [BRIDGE.id, HARBOUR.id, FERRY.id]

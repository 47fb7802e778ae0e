"""The list of threads: where each stands, what becomes of one in a newer list, and its counts."""

from __future__ import annotations

from dataclasses import replace

from reader.tui.state.thread_list import ThreadList
from tests.support.example_library import shared_library


def test_threads_are_found_by_id_and_by_story() -> None:
    bridge, harbour, ferry = shared_library().threads.all()
    threads = ThreadList([bridge, harbour, ferry])
    assert list(threads) == [bridge, harbour, ferry]
    assert threads[1:] == [harbour, ferry]
    assert (threads.place("t1"), threads.place("t0"), threads.place(None)) == (2, None, None)
    assert (threads.holder("harbourb"), threads.holder("nowhere")) == (1, None)


def test_a_thread_is_found_again_by_its_id_or_by_a_story() -> None:
    bridge, harbour, ferry = shared_library().threads.all()
    newer = ThreadList([replace(ferry, id="t8", stories=("ferryxxa",)), replace(ferry, id="t9", stories=("ferryxxb",)), harbour])
    assert newer.heir(harbour) == 2
    assert newer.heir(ferry) == 0
    assert newer.heir(ferry, "ferryxxb") == 1
    assert newer.heir(bridge) is None


def test_counts_follow_the_marks() -> None:
    bridge, harbour, ferry = shared_library().threads.all()
    threads = ThreadList([bridge, harbour, ferry, replace(bridge, id="w1", stories=("new",), unread=1, waiting=True)])
    assert (threads.unread, threads.grouped, threads.ungrouped) == (6, 3, 1)
    threads.recount("harboura", -1)
    assert (threads.unread, threads[1].unread) == (5, harbour.unread - 1)
    threads.recount("councila", -1)
    threads.recount("nowhere", 1)
    assert (threads.unread, threads[0].unread) == (5, 0), "no thread has fewer than none"


def test_saved_searches_stand_first_and_their_stories_belong_to_their_threads() -> None:
    bridge, harbour, ferry = shared_library().threads.all()
    search = replace(bridge, id="search:All", stories=("ferryxxa", "councila"), unread=1, query="the", total=2)
    threads = ThreadList([bridge, harbour, ferry], [search])
    assert (threads.searches, threads.grouped, threads.unread) == (1, 3, 5)
    assert (threads.place("search:All"), threads.holder("ferryxxa"), threads.holder("councila")) == (0, 3, 1)
    threads.recount("ferryxxa", -1)
    assert (threads[0].unread, threads[3].unread, threads.unread) == (0, 2, 4)
    assert threads.heir(replace(search, id="search:Gone", stories=())) is None
    assert threads.put_searches([replace(search, unread=7)])
    assert threads[0].unread == 7
    assert not threads.put_searches([])
    assert not threads.put_searches([replace(search, id="search:Other")])
    assert [thread.id for thread in threads.below([])] == [bridge.id, harbour.id, ferry.id]

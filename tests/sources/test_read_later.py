"""Exports of read-later services and bookmark files are refused, and texts are not."""

from __future__ import annotations

import pytest

from reader.errors import SourceError
from reader.sources.dispatch import read
from reader.sources.newsboat import is_url_list
from reader.sources.read_later import export_kind

EXPORTS = [
    "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Mine</TITLE><DL><DT><A HREF='https://x.example/'>One page about rowing</A></DL>",
    "<html><body><ul><li><a href='https://x.example/' time_added='1700000000' tags=''>One</a></li></ul></body></html>",
    'URL,Title,Selection,Folder,Timestamp\nhttps://x.example/1,"Rowing club, its books",,Unread,1700000000\n',
    "title,url,time_added,tags,status\nRowing,https://x.example/1,1700000000,,unread\n",
    '[{"url": "https://x.example/1", "title": "Rowing", "is_archived": 0, "content": "<p>Text</p>", "tags": []}]',
    '[{"id": "1", "slug": "rowing", "title": "Rowing", "link": "https://x.example/1", "savedAt": "2026-11-20", "labels": []}]',
    '{"guid": "root________", "title": "", "type": "text/x-moz-place-container", "children": []}',
    '{"checksum": "0", "roots": {"bookmark_bar": {"children": [], "type": "folder"}}, "version": 1}',
]


@pytest.mark.parametrize("text", EXPORTS)
@pytest.mark.parametrize("name", ["export.html", "export.csv", "export.json", "export"])
def test_an_export_is_refused_with_what_it_is(text: str, name: str) -> None:
    with pytest.raises(SourceError, match="a list of links") as caught:
        read(text.encode(), source=name, address=f"/{name}")
    assert caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[]",
        "[1, 2]",
        "Url and title were all that he wrote, again and again.",
        '{"version": "https://jsonfeed.org/version/1"}',
        '[{"title": "Rowing"}]',
    ],
)
def test_other_texts_are_no_exports(text: str) -> None:
    assert export_kind(text) is None


def test_rows_of_a_table_are_no_list_of_feeds() -> None:
    assert not is_url_list('https://x.example/1,"Rowing",,Unread\nhttps://x.example/2,"Oars",,Unread\n')
    assert not is_url_list("https://x.example/1,Rowing,,Unread\nhttps://x.example/2,Oars,,Unread\n")
    assert is_url_list("https://x.example/feed sea\nhttps://y.example/feed?a=1,2 news\n")

"""HTML as elements, as the text it shows, and the addresses in it."""

from __future__ import annotations

import pytest

from reader.extraction.html_tree import elements, page_text, shown_text, unfold_tables, web_address


def shown(page: str) -> list[str]:
    tree = elements(page)
    assert tree is not None
    return [" ".join(line.split()) for line in shown_text(tree).split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        ("<p>fâché".encode("latin-1"), "text/html; charset=iso-8859-1"),
        ("<meta charset=windows-1252><p>fâché".encode("latin-1"), None),
        ("<meta charset=utf-8><p>fâché".encode("latin-1"), "text/html; charset='latin-1'"),
        ("<meta charset=utf-16><p>fâché".encode(), None),
        ("<meta charset=nosuch><p>fâché".encode(), "text/html; charset=none"),
        ("<meta http-equiv=content-type content='text/html; charset=koi8-r'><p>fâché".encode("utf-8-sig"), None),
        ("<p>fâ\0ché".encode(), None),
        ("<p>fâché".encode("utf-16"), "text/html; charset=utf-8"),
    ],
)
def test_a_page_is_read_in_its_encoding(data: bytes, content_type: str | None) -> None:
    assert page_text(data, content_type).endswith("<p>fâché")


def test_a_block_is_a_line_and_what_is_not_shown_is_left_out() -> None:
    page = (
        "<html><head><title>Window</title><style>p {}</style></head><body>One <b>and</b>\nmore<!-- none --><p>two<br>three</p>four"
        "<script>five</script> six<ul><li>seven<li>eight</ul><template><p>nine</template><svg><text>ten</text></svg></body></html>"
    )
    assert shown(page) == ["One and more", "two", "three", "four six", "seven", "eight"]


def test_tables_that_lay_out_a_page_become_blocks_and_others_stay() -> None:
    data = "<table><tr><th>Fox</th><td>1</td></tr></table>"
    tree = elements(
        f"<table><tbody><tr><td>{data}</td><td><p>Text</p></td></tr></tbody></table><table><tr><td>Alone</td></tr></table>"
    )
    assert tree is not None
    unfold_tables(tree)
    assert [[cell.text for cell in table.iter("th", "td")] for table in tree.iter("table")] == [["Fox", "1"]]
    assert shown_text(tree).split() == ["Fox", "1", "Text", "Alone"]


@pytest.mark.parametrize("page", ["", "   ", "<!-- -->", "<!doctype html>"])
def test_a_page_of_nothing_has_no_elements(page: str) -> None:
    assert elements(page) is None


@pytest.mark.parametrize("tag", ["div", "b", "table", "blockquote", "fox"])
def test_a_page_of_great_depth_is_cut(tag: str) -> None:
    assert shown("<p>start" + f"<{tag}>" * 100_000 + "end") in (["start"], ["start", "end"], ["startend"])


@pytest.mark.parametrize(
    ("reference", "base", "address"),
    [
        (" https://example.org/a ", "", "https://example.org/a"),
        ("/b", "https://example.org/a/c", "https://example.org/b"),
        ("//other.org/b", "https://example.org/", "https://other.org/b"),
        ("b\x1b[31m", "https://example.org/a/", "https://example.org/a/b"),
        ("/b", "", None),
        ("/b", "/home/fox.html", None),
        ("javascript:x", "https://example.org/", None),
        ("file:///etc/passwd", "", None),
        ("https://", "", None),
        ("https://[", "https://example.org/", None),
        ("https://example.org/" + "x" * 2000, "", None),
    ],
)
def test_only_an_address_of_the_web_is_one(reference: str, base: str, address: str | None) -> None:
    assert web_address(reference, base) == address

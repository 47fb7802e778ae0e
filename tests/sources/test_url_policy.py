"""Which addresses may be asked, in every spelling."""

from __future__ import annotations

import ipaddress

import pytest

from reader.errors import SourceError
from reader.sources.url_policy import (
    bare_host,
    check,
    host,
    is_public,
    pasted_addresses,
    points_inward,
    without_feed_scheme,
    without_user,
)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://①②⑦.⓪.⓪.①/",
        "http://localhost/",
        "http://localhost./",
        "http://LOCALHOST:8080/feed",
        "http://news.localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1%25eth0]/",
        "http://[fec0::1]/",
        "http://[3fff::1]/",
        "http://10.0.0.1/",
        "http://172.16.3.4/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://168.63.129.16/",
        "http://192.88.99.1/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
    ],
)
def test_what_points_inward_is_refused_and_may_be_allowed(address: str) -> None:
    with pytest.raises(SourceError, match="this machine or a private network") as caught:
        check(address)
    assert "newsloom feeds allow" in caught.value.remedy
    assert check(address, {host(address)})


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("file:///etc/passwd", "not a web address"),
        ("javascript:alert(1)", "not a web address"),
        ("ftp://one.example/", "not a web address"),
        ("//one.example/", "not a web address"),
        ("|rm -rf .", "would run a command"),
        (" exec:rm", "would run a command"),
        ("https://user:secret@one.example/", "contains a user name"),
        ("https://user@one.example/", "contains a user name"),
        ("https:///feed", "names no host"),
        ("http://[::1", "is not an address"),
        ("http://one.example:99999/", "is not an address"),
        ("https://one.example/" + "a" * 3000, "longer than"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str, why: str) -> None:
    with pytest.raises(SourceError, match=why) as caught:
        check(address, {"one.example", "::1"})
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("https://One.Example/Feed?a=1&b=ü#part", "https://one.example/Feed?a=1&b=%C3%BC"),
        ("  http://one.example  ", "http://one.example/"),
        ("http://one.example:80/a b", "http://one.example/a%20b"),
        ("https://one.example:8443/", "https://one.example:8443/"),
        ("https://bücher.example/feed", "https://xn--bcher-kva.example/feed"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ("https://93.184.216.34/", "https://93.184.216.34/"),
    ],
)
def test_an_address_is_put_in_its_plain_form(address: str, plain: str) -> None:
    assert check(address) == plain
    assert check(plain) == plain


def test_allowing_one_host_allows_no_other() -> None:
    assert check("http://192.168.1.5/feed", {"192.168.1.5"})
    with pytest.raises(SourceError):
        check("http://192.168.1.6/feed", {"192.168.1.5"})


def test_a_host_is_named_by_itself_or_in_an_address() -> None:
    assert bare_host("127.1") == bare_host("http://127.0.0.1:80/x") == "127.0.0.1"
    assert bare_host("::1") == "::1"
    assert bare_host("Nas.Local.") == "nas.local"


def test_public_addresses_are_public() -> None:
    assert is_public(ipaddress.ip_address("93.184.216.34"))
    assert is_public(ipaddress.ip_address("2606:4700::1111"))
    assert not points_inward("one.example")


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("www.example.com/feed.xml", ["https://www.example.com/feed.xml"]),
        ("  <https://example.com/a>  ", ["https://example.com/a"]),
        ("https://a.example/1\n https://b.example/2\n", ["https://a.example/1", "https://b.example/2"]),
        ("feed:https://a.example/1", ["https://a.example/1"]),
        ("feed://a.example/1", ["https://a.example/1"]),
        ("bücher.example/feed", ["https://bücher.example/feed"]),
        ("story.txt", []),
        ("notes/story.html", []),
        ("my folder", []),
        ("https://a.example/1 and more", []),
        ("-", []),
        ("", []),
    ],
)
def test_pasted_addresses(text: str, addresses: list[str]) -> None:
    assert pasted_addresses(text) == addresses


def test_the_scheme_of_feed_addresses() -> None:
    assert without_feed_scheme("feed://127.0.0.1/x") == "http://127.0.0.1/x"
    assert without_feed_scheme("feed://a.example:8080/x") == "http://a.example:8080/x"
    assert check("feed:http://a.example/x") == "http://a.example/x"


def test_no_address_is_shown_with_its_password() -> None:
    assert without_user("https://me:secret@a.example/x?y=@") == "https://a.example/x?y=@"
    with pytest.raises(SourceError) as caught:
        check("https://me:secret@a.example/")
    assert "secret" not in str(caught.value)

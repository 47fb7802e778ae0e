from __future__ import annotations

import pytest

from reader.text.outlets import feed_identity, is_collection, named_identity, names_site, outlet_name, site_identity


@pytest.mark.parametrize(
    ("address", "identity"),
    [
        ("https://www.courier.com/world/harbor-strike", "courier.com"),
        ("https://feeds.world.courier.co.uk/rss", "courier.co.uk"),
        ("https://Courier.COM:8443/", "courier.com"),
        ("https://harbor-notes.github.io/feed.xml", "harbor-notes.github.io"),
        ("https://harbor.tumblr.com/post/1", "harbor.tumblr.com"),
        ("https://www.harbor.wordpress.com/", "harbor.wordpress.com"),
        ("https://github.com/harbor/tide/releases", "github.com/harbor"),
        ("https://www.math.college.edu/~ferry/weblog/?p=1", "college.edu/~ferry"),
        ("https://social.example/@ferry/1", "social.example/@ferry"),
        ("https://zeitung.courier.xn--p1ai/", "courier.xn--p1ai"),
        ("http://127.0.0.1/blog/", None),
        ("http://[::1]/blog/", None),
        ("http://localhost:1313/", None),
        ("http://[broken", None),
        ("/index.xml", None),
        ("", None),
        (None, None),
    ],
)
def test_the_registrable_domain_is_the_identity(address: str | None, identity: str | None) -> None:
    assert site_identity(address) == identity


def test_channel_paths_identify_members_on_home_pages_only() -> None:
    assert site_identity("https://tube.example/channel/UC42", home=True) == "tube.example/channel/UC42"
    assert site_identity("https://tube.example/channel/UC42/a-story") == "tube.example"


def test_site_pages_and_host_identify_a_feed_in_this_order() -> None:
    pages = ["https://www.globe.com/1", "https://www.globe.com/2", "https://elsewhere.org/3"]
    assert feed_identity("https://www.courier.com/", "https://feeds.host.net/x", pages) == "courier.com"
    assert feed_identity("http://localhost/", "https://feeds.host.net/x", pages) == "globe.com"
    assert feed_identity(None, "https://feeds.host.net/x", [*pages[1:], None]) == "host.net"
    assert feed_identity(None, "http://127.0.0.1/x") is None


def test_a_collection_links_mostly_to_several_other_sites() -> None:
    others = ["https://a.org/1", "https://b.org/1", "https://c.org/1"]
    own = [f"https://planet.net/{number}" for number in range(3)]
    assert is_collection("planet.net", [*others, own[0]])
    assert not is_collection("planet.net", [*others, *own])
    assert not is_collection("planet.net", ["https://a.org/1"] * 5)


@pytest.mark.parametrize(
    ("title", "identity", "name"),
    [
        ("World – COURIER", "courier.com", "COURIER"),
        ("World - Courier.com", "courier.com", "Courier.com"),
        ("Harbor News - Travel", "harbornews.com", "Harbor News"),
        ("HNN > World News", "hnnetwork.com", "HNN"),
        ("HNN Topics: World", "hnn.org", "HNN"),
        ("HNN News Search Records Found 1000", "hnn.com", "HNN News"),
        ("TheHarbor feed", "theharbor.com", "The Harbor"),
        ("Harbor Notes RSS Feed", "elsewhere.xyz", "Harbor Notes"),
        ("The Coast Globe Monitor | All stories", "cgmonitor.com", "The Coast Globe Monitor"),
        ("Bay Area Times: Latest", "bayareatimes.com", "Bay Area Times"),
        ("Bay Area Times: Latest", "baatimes.com", "Bay Area Times"),
        ("Comments on: Harbor Sketches – Home", "harborsketches.com", "Harbor Sketches"),
        ("The Harbor – Breaking News, World News and Video from The Harbor", "theharbor.net", "The Harbor"),
        ("Harbor-Monitor: The Pulse of the Coast", "harbor-monitor.com", "Harbor-Monitor"),
        ("Latest from Harbor.com", "harbor.com", "Harbor.com"),
        ("Rest of Coast -", "restofcoast.org", "Rest of Coast"),
        ("Jane Ferry – Photographer, Author", "janeferry.com", "Jane Ferry"),
        ("Jane Ferry's Blog", "ferry.dev", "Jane Ferry's Blog"),
        ("EL FARO in English", "elfaro.com", "EL FARO in English"),
        ("Out of the Fog", "telescope.blog", "Out of the Fog"),
        ("J-F Ferry's Notes", "ferry.blogspot.com", "J-F Ferry's Notes"),
        ("World", "www.courier.com", "www.courier.com"),
        ("Top Stories", "courier.net.au", "courier.net.au"),
        ("Today", "today.com", "Today"),
        ("Top Stories", "tube.example/channel/UC42", "Top Stories"),
        ("Startseite | Hafenkurier", "hafenkurier.de", "Hafenkurier"),
        ("", "courier.com", "courier.com"),
        ("Top Stories", None, "Top Stories"),
        ("– | –", None, "– | –"),
    ],
)
def test_the_name_is_the_part_of_the_title_that_is_not_a_section(title: str, identity: str | None, name: str) -> None:
    assert outlet_name([title], identity) == name


def test_the_best_match_for_the_domain_wins_then_the_most_frequent() -> None:
    assert outlet_name(["Top Stories", "World - Courier", "The daily bulletin"], "courier.com") == "Courier"
    assert outlet_name(["HN", "Harbor Notes", "Harbor Notes"], "elsewhere.xyz") == "Harbor Notes"
    assert outlet_name(["Harbor Notes", "HN", "HN"], "elsewhere.xyz") == "HN"


def test_the_order_of_the_titles_does_not_matter() -> None:
    titles = ["Harbor Notes", "Tide Notes", "World"]
    assert outlet_name(titles, "x.org") == outlet_name(titles[::-1], "x.org")


def test_names_match_domains() -> None:
    for name in ("Courier", "World | The Courier", "courier.com", "Cove Urban Riera"):
        assert names_site(name, "courier.com"), name
    for name in ("Gazette", "World", ""):
        assert not names_site(name, "courier.com"), name


def test_a_long_name_is_cut_between_words() -> None:
    name = outlet_name(["Notes " * 40], "x.org")
    assert len(name) <= 60
    assert name.endswith("Notes")


def test_long_labels_and_titles_are_matched() -> None:
    assert outlet_name(["ab " * 4000 + "c"], f"{'a' * 60}d.com").startswith("ab ab")


def test_identities_by_name_ignore_case_and_accents() -> None:
    assert named_identity("El Faró  Diario") == named_identity("el faro diario") != named_identity("El Faro")

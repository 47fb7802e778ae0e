"""What the data in a page states about its story."""

from __future__ import annotations

import json

import pytest

from reader.extraction.html_tree import elements
from reader.extraction.page_metadata import PageMetadata, extract_metadata
from reader.models import NOT_STATED


def said(head: str, body: str = "") -> PageMetadata:
    tree = elements(f"<html><head>{head}</head><body>{body}<p>Text.</p></body></html>")
    assert tree is not None
    return extract_metadata(tree)


def linked(*data: object) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(each)}</script>" for each in data)


def meta(**values: str) -> str:
    return "".join(f"<meta name='{name.replace('__', ':')}' content='{value}'>" for name, value in values.items())


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Fox &amp; dog",
    "datePublished": "2018-12-21T23:30:00-05:00",
    "dateModified": "2018-12-22T06:00Z",
    "author": [{"@type": "Person", "name": "By Ann Fox"}, {"name": "Bob Dog"}],
    "publisher": {"@type": "Organization", "name": "The Kennel"},
    "articleSection": ["Animals", "Animals", "Parks"],
    "articleBody": "The fox jumped.",
}


def test_a_page_that_says_nothing_states_nothing() -> None:
    assert said("") == PageMetadata()


@pytest.mark.parametrize("data", [ARTICLE, [ARTICLE], {"@graph": [{"@type": "WebPage", "datePublished": "2001-01-01"}, ARTICLE]}])
def test_the_article_among_linked_data_says_it_all(data: object) -> None:
    found = said(linked({"@type": "Organization", "name": "Other"}, data))
    assert found.titles[0].value == "Fox & dog"
    assert found.published.value == "2018-12-22T04:30Z"
    assert found.updated == "2018-12-22T06:00Z"
    assert found.authors.value == "Ann Fox, Bob Dog"
    assert found.site.value == "The Kennel"
    assert found.sections == ("Animals", "Parks")
    assert found.body == "The fox jumped."


def test_of_several_articles_the_one_that_is_told_most_of_counts() -> None:
    teaser = {"@type": ["Article", "CreativeWork"], "headline": "Another"}
    assert said(linked([teaser, ARTICLE, teaser])).titles[0].value == "Fox & dog"


def test_older_names_are_read_too() -> None:
    head = meta(
        og__title="Fox",
        article__published_time="2018-12-21",
        article__modified_time="Fri, 21 Dec 2018 20:30:00 GMT",
        author="Ann Fox",
        og__site_name="The Kennel",
        article__section="Animals",
        og__url="https://example.org/fox",
    )
    found = said(head + "<link rel=canonical href='/relative'><title>Fox - The Kennel</title>")
    assert [fact.value for fact in found.titles] == ["Fox", "Fox - The Kennel"]
    assert (found.published.value, found.updated) == ("2018-12-21", "2018-12-21T20:30Z")
    assert (found.authors.value, found.site.value, found.sections) == ("Ann Fox", "The Kennel", ("Animals",))
    assert found.url == "https://example.org/fox"


def test_every_field_is_clean_and_short() -> None:
    found = said(linked({**ARTICLE, "headline": "\x1b]0;x\x07" + "Fox " * 100_000}) + meta(og__site_name="a\u202eb"))
    assert found.site.value == "ab"
    assert 0 < len(found.titles[0].value or "") <= 300


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Ann Fox", "Ann Fox"),
        ("By Ann Fox | The Kennel", "Ann Fox"),
        ("Ann Fox, Bob Dog", "Ann Fox, Bob Dog"),
        ("Sammy Fox, Jr.", "Sammy Fox, Jr."),
        ("Ann Fox, Kennel.com", "Ann Fox"),
        (", The Kennel", None),
        ("The Kennel", None),
        ("https://example.org/ann", None),
        ("ann@example.org", None),
    ],
)
def test_only_names_are_authors(name: str, names: str | None) -> None:
    found = said(linked({**ARTICLE, "author": {"name": name}}) + meta(og__site_name="The Kennel"))
    assert found.authors.value == names


def test_an_author_that_the_page_marks_counts_where_its_data_names_none() -> None:
    assert said("", "<a rel='nofollow author' href='/ann'>Ann Fox</a>").authors.value == "Ann Fox"
    assert said("", "<span itemprop=author>Ann Fox</span>").authors.value == "Ann Fox"
    assert said(meta(author="Bob Dog"), "<a rel=author>Ann Fox</a>").authors.value == "Bob Dog"


@pytest.mark.parametrize(
    "data",
    ["{", "[" * 100_000, '{"@type": {"a": 1}, "headline": 5, "datePublished": [], "author": [[]]}', "null", "NaN", "", "<!--"],
)
def test_data_of_no_form_is_passed_over(data: str) -> None:
    script = f"<script type='application/ld+json'>{data}</script>"
    assert said(script).titles == ()
    assert said(script + linked(ARTICLE)).titles[0].value == "Fox & dog"
    assert said(script + meta(date="some day")).published == NOT_STATED

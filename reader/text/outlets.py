"""Outlets: the identity that makes two addresses one outlet, and the name that a feed or a page gives it."""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from reader.text import wordlists
from reader.text.tokens import fold

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

NAMED = "name:"
"""How the identity of an outlet begins that is known by its name alone, for want of a public address."""

_LONGEST_NAME = 60
"""Characters of a name; the longest are titles with a slogan that no separator parts from it."""
_MOST_WORDS = 24
"""Words of one part of a title that are looked at."""
_SLOGAN = 3
"""Words that may follow the name of the site within one part of a title; more of them are a slogan."""
_FEWEST_LETTERS = 2
"""Letters that a name must share with a domain to be recognized by it."""
_FEWEST_SITES = 3
"""Sites to which a feed must link to be a collection of what others publish."""

_SEPARATOR = re.compile(r"\s+(?:[-–—|>»›·•~/:]|--|::|\|\|)+(?:\s+|$)|:\s+|\s*[|»›]\s*|^[-–—|>»›·•\s]+|[-–—|>»›·•:\s]+$")
_WORD = re.compile(r"[^\W_]+")
_GLUED_ARTICLE = re.compile(r"^The(?=[A-Z][a-z])")
_MEMBER = re.compile(r"(?:^|/)(?P<name>[@~][\w.-]+)")
_MEMBER_HOME = re.compile(r"^/(?P<name>(?:channel|c|user|users|u|r)/[\w.@-]+)")
_WEB_LABELS = frozenset({"www", "www2", "m", "amp", "feeds", "feed", "rss", "blog", "blogs", "news", "en", "mobile", "web", "api"})
"""Names of hosts that stand for a part of a site, so that they name no outlet."""

_FEED = frozenset({"feed", "feeds", "rss", "rss2", "atom", "xml", "newsfeed"})
"""Words for a feed that end a title and are no part of a name."""


class _NamePart(NamedTuple):
    """A part of a title as a name: how surely it is the site's (higher is better), and how it reads."""

    rank: int
    text: str


# Identity


@lru_cache(maxsize=4096)
def site_identity(address: str | None, *, home: bool = False) -> str | None:
    """Identity of the outlet at a web address; None where it has no public name, as on a loopback or private network.

    It is the registrable domain (publicsuffix.org). On a host that many independent sites share it also names the site: its
    subdomain, or the part of the path that stands for a member, as in `/~name` and `/@name`, and of a `home`, the first page of a
    site, in `/channel/name` and its kind.
    """
    try:
        parts = urlsplit(address or "")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if not _is_public(host):
        return None
    domain = _suffixes().privatesuffix(host)
    if domain is None:
        return None
    shared = _shared_hosts()
    labels = host.split(".")
    for start in range(len(labels) - 1):
        parent = ".".join(labels[start + 1 :])
        if parent in shared and labels[start] not in _WEB_LABELS:
            return f"{labels[start]}.{parent}"
    member = _member(parts.path, home, f"{domain}/" in shared)
    return f"{domain}/{member}" if member else domain


def feed_identity(home: str | None, address: str, pages: Iterable[str | None] = ()) -> str | None:
    """Identity of a feed's outlet: that of its site, else of the site of most of its pages, else of its own address."""
    if found := site_identity(home, home=True):
        return found
    if (found := _majority(pages)) is not None:
        return found
    return site_identity(address)


def is_collection(identity: str | None, pages: Iterable[str | None]) -> bool:
    """Whether a feed only collects what others publish: most of its pages stand at several sites, none of them its own."""
    sites = [found for page in pages if (found := site_identity(page))]
    elsewhere = [site for site in sites if site != identity]
    return len(set(elsewhere)) >= _FEWEST_SITES and len(elsewhere) * 2 > len(sites)


def named_identity(name: str) -> str:
    """Identity of an outlet that is known by its name alone, whatever its case and accents."""
    return NAMED + " ".join(_WORD.findall(fold(name)))


def _majority(pages: Iterable[str | None]) -> str | None:
    sites = Counter(site_identity(page) for page in pages)
    found, number = max(sites.items(), key=lambda item: (item[1], item[0] or ""), default=(None, 0))
    return found if number * 2 > sites.total() else None


def _member(path: str, home: bool, shared: bool) -> str | None:
    """The part of a path that names one of the many sites of a host; None where none does."""
    if found := _MEMBER.search(path) or (_MEMBER_HOME.search(path) if home else None):
        return found["name"]
    return (path.strip("/").partition("/")[0] or None) if shared else None


def _is_public(host: str) -> bool:
    """Whether a host has a name in the public tree of names."""
    if "." not in host:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@cache
def _shared_hosts() -> frozenset[str]:
    return wordlists.words("shared_hosts")


# Name


def outlet_name(titles: Sequence[str], identity: str | None) -> str:
    """The name of an outlet out of what its feeds, its site and its pages call themselves, without the names of sections.

    A title counts as often as it is given. Where none holds more than sections, the name is the outlet's domain; without a domain
    it is the first title.
    """
    site = _SiteWords.of(identity)
    found = [part for title in titles if (part := _best_part(title, site))]
    if found:
        best = max(part.rank for part in found)
        votes = Counter(part.text for part in found if part.rank == best)
        return max(votes, key=lambda text: (votes[text], -len(text), text))
    if identity and not identity.startswith(NAMED) and "/" not in identity:
        return identity
    return next((title.strip() for title in titles if title.strip()), identity or "")


def names_site(name: str, identity: str) -> bool:
    """Whether a name resembles the domain of an outlet: is it, is abbreviated by it, or abbreviates it."""
    found = _best_part(name, _SiteWords.of(identity))
    return found is not None and found.rank > 1


class _SiteWords(NamedTuple):
    """The forms in which a name may stand in an address: whole labels without hyphens, and the label to be abbreviated to."""

    whole: frozenset[str]
    label: str

    @classmethod
    def of(cls, identity: str | None) -> _SiteWords:
        if not identity or identity.startswith(NAMED):
            return cls(frozenset(), "")
        host, _, member = identity.partition("/")
        labels = host.split(".")
        label = _letters(labels[0])
        whole = {label, _letters(host)}
        if member:
            whole.add(_letters(member.rpartition("/")[2]))
        return cls(frozenset(whole - {""}), label)


def _best_part(title: str, site: _SiteWords) -> _NamePart | None:
    """The part of a title that names its outlet; None where all of it names sections."""
    parts = [clean for part in _SEPARATOR.split(title) if part and (clean := _without_feed_words(part))]
    named = [found for part in parts if (found := _named(part, site))]
    return max(named, key=lambda part: part.rank, default=None)


def _named(part: str, site: _SiteWords) -> _NamePart | None:
    """A part of a title as a name, None if it only names a section."""
    words = part.split()[:_MOST_WORDS]
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            run = " ".join(words[start:end])
            if (letters := _letters(run)) and (letters in site.whole or _letters(run.removeprefix("www.")) in site.whole):
                return _NamePart(4, _tidy(_with_company(words, start, end)))
    if all(map(_is_section, words)):
        return None
    if len(site.label) >= _FEWEST_LETTERS:
        if _abbreviates(site.label, [fold(word) for word in _WORD.findall(" ".join(words))]):
            return _NamePart(3, _tidy(part))
        kept = words[: next((at for at, word in enumerate(words) if at and _is_section(word)), len(words))]
        letters = _letters("".join(kept))
        if len(kept) == 1 and len(letters) > _FEWEST_LETTERS and site.label.startswith(letters):
            return _NamePart(2, _tidy(kept[0]))
    return _NamePart(1, _tidy(part))


def _with_company(words: Sequence[str], start: int, end: int) -> str:
    """The words of a title that name the site, with those beside them that belong to the name and are no slogan or section."""
    before, after = words[:start], words[end:]
    if len(before) + len(after) > _SLOGAN:
        before, after = [], after if after and fold(after[0]) == "news" else []
        return " ".join([*before, *words[start:end], *after[:1]])
    if any(map(_is_plain_section, before)):
        before = []
    if after and fold(after[0]) not in _joining() and any(map(_is_plain_section, after)):
        after = after[:1] if fold(after[0]) == "news" else []
    return " ".join([*before, *words[start:end], *after])


def _without_feed_words(part: str) -> str:
    """A part of a title without the words for a feed at its end, as in "… RSS Feed"."""
    words = part.split()
    while len(words) > 1 and fold(words[-1]).strip(".()[]") in _FEED:
        words.pop()
    return " ".join(words)


def _is_section(word: str) -> bool:
    """Whether a word names a section or a selection, joins such names, or is no word at all."""
    return _is_plain_section(word) or _letters(word) in _joining()


def _is_plain_section(word: str) -> bool:
    letters = _letters(word)
    return not letters or letters.isdecimal() or letters in _section_words()


@cache
def _section_words() -> frozenset[str]:
    sections = {word for entry in wordlists.entries("sections") for word in entry.split()}
    return frozenset(sections) | wordlists.words("feed_words")


def _joining() -> frozenset[str]:
    return wordlists.words("stop_words")


def _abbreviates(label: str, words: Sequence[str]) -> bool:
    """Whether a domain's label joins the beginnings of a name's words in order; words after the first may be left out."""
    first = next((at for at, word in enumerate(words) if word not in {"the", "a"}), 0)
    if len(words) - first < 2 or label[0] != words[first][0]:
        return False
    reached = _ends(label, 0, words[first])
    for word in words[first + 1 :]:
        reached |= {end for start in reached for end in _ends(label, start, word)}
    return len(label) in reached


def _ends(label: str, start: int, word: str) -> set[int]:
    """The places in a label up to which the beginnings of a word reach from a place on."""
    return {start + taken for taken in range(1, len(word) + 1) if label.startswith(word[:taken], start)}


def _letters(text: str) -> str:
    """The letters and digits of a text, folded."""
    return "".join(_WORD.findall(fold(text)))


def _tidy(name: str) -> str:
    """A name without what is left over at its ends, and with a space after an article that is glued to it."""
    name = _GLUED_ARTICLE.sub("The ", name.strip(" \t-–—|>»›·•:,;'’\"“”").removeprefix("www."))
    if len(name) <= _LONGEST_NAME:
        return name
    return name[:_LONGEST_NAME].rpartition(" ")[0] or name[:_LONGEST_NAME]

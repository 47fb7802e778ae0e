"""Outlets: the identity shared by addresses of one outlet, and its name from the titles of feeds and pages."""

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

NAME_PREFIX = "name:"
"""Prefix of identities by name alone, for outlets without a public address."""

_MAX_NAME = 60
"""Maximum length of a name; longer ones are titles with a slogan but no separator."""
_MAX_WORDS = 24
"""Maximum number of words examined per part of a title."""
_MAX_EXTRA_WORDS = 3
"""Maximum number of words beside the site's name in one part of a title; more are a slogan."""
_MIN_LETTERS = 2
"""Minimum number of letters that a name must share with a domain to match it."""
_MIN_SITES = 3
"""Minimum number of sites that a feed links to if it is a collection of other outlets."""

_SEPARATOR = re.compile(r"\s+(?:[-–—|>»›·•~/:]|--|::|\|\|)+(?:\s+|$)|:\s+|\s*[|»›]\s*|^[-–—|>»›·•\s]+|[-–—|>»›·•:\s]+$")
_WORD = re.compile(r"[^\W_]+")
_GLUED_ARTICLE = re.compile(r"^The(?=[A-Z][a-z])")
_MEMBER = re.compile(r"(?:^|/)(?P<name>[@~][\w.-]+)")
_MEMBER_HOME = re.compile(r"^/(?P<name>(?:channel|c|user|users|u|r)/[\w.@-]+)")
_WEB_LABELS = frozenset({"www", "www2", "m", "amp", "feeds", "feed", "rss", "blog", "blogs", "news", "en", "mobile", "web", "api"})
"""Subdomains that are a part of a site and name no outlet."""

_FEED = frozenset({"feed", "feeds", "rss", "rss2", "atom", "xml", "newsfeed"})
"""Words for a feed at the end of a title."""


class _NamePart(NamedTuple):
    """A part of a title as a name: rank (higher matches the site better) and text."""

    rank: int
    text: str


# Identity


@lru_cache(maxsize=4096)
def site_identity(address: str | None, *, home: bool = False) -> str | None:
    """Identity of the outlet at a web address; None without a public name, as on loopback or private networks.

    It is the registrable domain (publicsuffix.org). On a host shared by many independent sites it includes the site: its subdomain,
    or the part of the path for a member, as in `/~name` and `/@name`, and for a `home` page also `/channel/name` and similar paths.
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
    """Identity of a feed's outlet: that of its site, or else of most of its pages, or else of its own address."""
    if found := site_identity(home, home=True):
        return found
    if (found := _majority(pages)) is not None:
        return found
    return site_identity(address)


def is_collection(identity: str | None, pages: Iterable[str | None]) -> bool:
    """Whether a feed only collects other outlets: most of its pages are on several sites, none of them its own."""
    sites = [found for page in pages if (found := site_identity(page))]
    elsewhere = [site for site in sites if site != identity]
    return len(set(elsewhere)) >= _MIN_SITES and len(elsewhere) * 2 > len(sites)


def named_identity(name: str) -> str:
    """Identity of an outlet known by name alone, ignoring case and accents."""
    return NAME_PREFIX + " ".join(_WORD.findall(fold(name)))


def _majority(pages: Iterable[str | None]) -> str | None:
    sites = Counter(site_identity(page) for page in pages)
    found, number = max(sites.items(), key=lambda item: (item[1], item[0] or ""), default=(None, 0))
    return found if number * 2 > sites.total() else None


def _member(path: str, home: bool, shared: bool) -> str | None:
    """Part of a path that identifies one of many sites on a host; None without one."""
    if found := _MEMBER.search(path) or (_MEMBER_HOME.search(path) if home else None):
        return found["name"]
    return (path.strip("/").partition("/")[0] or None) if shared else None


def _is_public(host: str) -> bool:
    """Whether a host has a public domain name."""
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
    """Name of an outlet from the titles of its feeds, its site and its pages, without names of sections.

    A title counts as often as it occurs. If all titles name only sections, the name is the outlet's domain, or without one the
    first title.
    """
    site = _SiteWords.from_identity(identity)
    found = [part for title in titles if (part := _best_part(title, site))]
    if found:
        best = max(part.rank for part in found)
        votes = Counter(part.text for part in found if part.rank == best)
        return max(votes, key=lambda text: (votes[text], -len(text), text))
    if identity and not identity.startswith(NAME_PREFIX) and "/" not in identity:
        return identity
    return next((title.strip() for title in titles if title.strip()), identity or "")


def names_site(name: str, identity: str) -> bool:
    """Whether a name matches the domain of an outlet: equal, abbreviated by it, or an abbreviation of it."""
    found = _best_part(name, _SiteWords.from_identity(identity))
    return found is not None and found.rank > 1


def can_name_outlet(name: str) -> bool:
    """Whether a name can be that of an outlet, and does not only name a section."""
    return _best_part(name, _SiteWords.from_identity(None)) is not None


class _SiteWords(NamedTuple):
    """Forms of a name in an address: whole labels without hyphens, and the label that can be an abbreviation."""

    whole: frozenset[str]
    label: str

    @classmethod
    def from_identity(cls, identity: str | None) -> _SiteWords:
        if not identity or identity.startswith(NAME_PREFIX):
            return cls(frozenset(), "")
        host, _, member = identity.partition("/")
        labels = host.split(".")
        label = _letters(labels[0])
        whole = {label, _letters(host)}
        if member:
            whole.add(_letters(member.rpartition("/")[2]))
        return cls(frozenset(whole - {""}), label)


def _best_part(title: str, site: _SiteWords) -> _NamePart | None:
    """Part of a title that names its outlet; None if all parts name sections."""
    parts = [clean for part in _SEPARATOR.split(title) if part and (clean := _without_feed_words(part))]
    named = [found for part in parts if (found := _named(part, site))]
    return max(named, key=lambda part: part.rank, default=None)


def _named(part: str, site: _SiteWords) -> _NamePart | None:
    """Part of a title as a name; None if it only names a section."""
    words = part.split()[:_MAX_WORDS]
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            run = " ".join(words[start:end])
            if (letters := _letters(run)) and (letters in site.whole or _letters(run.removeprefix("www.")) in site.whole):
                return _NamePart(4, _clean_name(_full_name(words, start, end)))
    if all(map(_is_section, words)):
        return None
    if len(site.label) >= _MIN_LETTERS:
        if _abbreviates(site.label, [fold(word) for word in _WORD.findall(" ".join(words))]):
            return _NamePart(3, _clean_name(part))
        kept = words[: next((at for at, word in enumerate(words) if at and _is_section(word)), len(words))]
        letters = _letters("".join(kept))
        if len(kept) == 1 and len(letters) > _MIN_LETTERS and site.label.startswith(letters):
            return _NamePart(2, _clean_name(kept[0]))
    return _NamePart(1, _clean_name(part))


def _full_name(words: Sequence[str], start: int, end: int) -> str:
    """Words that name the site, with adjacent ones that belong to the name and are neither slogan nor section."""
    before, after = words[:start], words[end:]
    if len(before) + len(after) > _MAX_EXTRA_WORDS:
        before, after = [], after if after and fold(after[0]) == "news" else []
        return " ".join([*before, *words[start:end], *after[:1]])
    if any(map(_is_plain_section, before)):
        before = []
    if after and fold(after[0]) not in _stop_words() and any(map(_is_plain_section, after)):
        after = after[:1] if fold(after[0]) == "news" else []
    return " ".join([*before, *words[start:end], *after])


def _without_feed_words(part: str) -> str:
    """Part of a title without words for a feed at its end, as in "… RSS Feed"."""
    words = part.split()
    while len(words) > 1 and fold(words[-1]).strip(".()[]") in _FEED:
        words.pop()
    return " ".join(words)


def _is_section(word: str) -> bool:
    """Whether a word names a section, joins such names, or has no letters."""
    return _is_plain_section(word) or _letters(word) in _stop_words()


def _is_plain_section(word: str) -> bool:
    letters = _letters(word)
    return not letters or letters.isdecimal() or letters in _section_words()


@cache
def _section_words() -> frozenset[str]:
    sections = {word for entry in wordlists.entries("sections") for word in entry.split()}
    return frozenset(sections) | wordlists.words("feed_words")


def _stop_words() -> frozenset[str]:
    return wordlists.words("stop_words")


def _abbreviates(label: str, words: Sequence[str]) -> bool:
    """Whether a domain label concatenates prefixes of a name's words in order; words after the first may be skipped."""
    first = next((at for at, word in enumerate(words) if word not in {"the", "a"}), 0)
    if len(words) - first < 2 or label[0] != words[first][0]:
        return False
    reached = _prefix_ends(label, 0, words[first])
    for word in words[first + 1 :]:
        reached |= {end for start in reached for end in _prefix_ends(label, start, word)}
    return len(label) in reached


def _prefix_ends(label: str, start: int, word: str) -> set[int]:
    """Positions in a label that prefixes of a word reach from a start."""
    return {start + taken for taken in range(1, len(word) + 1) if label.startswith(word[:taken], start)}


def _letters(text: str) -> str:
    """Letters and digits of a text, folded."""
    return "".join(_WORD.findall(fold(text)))


def _clean_name(name: str) -> str:
    """Name without stray punctuation at its ends, and with a space after a glued article."""
    name = _GLUED_ARTICLE.sub("The ", name.strip(" \t-–—|>»›·•:,;'’\"“”").removeprefix("www."))
    if len(name) <= _MAX_NAME:
        return name
    return name[:_MAX_NAME].rpartition(" ")[0] or name[:_MAX_NAME]

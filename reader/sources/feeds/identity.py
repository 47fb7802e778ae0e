"""Identity of feed items by guid, link or headline, whichever is unique within a fetch."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm|mtm|pk|piwik|at|ns|oly|guce|hsa|vero|trk|sc)_\w+|(?:fb|g|d|tw|y|tt)clid|[wg]braid|msclkid|igshid|igsh|mc_[ce]id"
    r"|mkt_tok|_hs(?:enc|mi)|wt_z?mc|xtor|cmp(?:id)?|s?c?_?campaign|ftcamp|ftag|intcid|ncid|ocid|icid|s_kwcid|guccounter"
    r"|sr_share|rss",
    re.IGNORECASE,
)
_LONGEST_KEY = 500
_CHANNEL_NAMES = frozenset({"ref", "source", "src", "from", "feed", "output", "traffic_source"})
_CHANNELS = frozenset({"rss", "feed", "atom", "feedburner", "rss-feed", "newsfeed", "google", "twitter", "facebook"})


class ItemIdentity(NamedTuple):
    """Key of an item within its feed, and its address if no other item shares it."""

    key: str
    address: str | None


class ItemLabels(NamedTuple):
    """Everything that can identify an item: as stated, with an absolute link."""

    guid: str | None
    link: str | None
    title: str
    published: str | None
    lead: str


def same_page(address: str) -> str:
    """Address without tracking parameters, trailing slash, default port, and with the host in lower case."""
    parts = urlsplit(address)
    query = urlencode([pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(*pair)])
    fragment = "" if _is_tracking_fragment(parts.fragment) else parts.fragment
    path = parts.path.rstrip("/") if not fragment else parts.path
    place = parts.netloc.lower().removesuffix({"http": ":80", "https": ":443"}.get(parts.scheme.lower(), ""))
    return urlunsplit((parts.scheme.lower(), place, path or "/", query, fragment))


def identify(items: Sequence[ItemLabels]) -> list[ItemIdentity]:
    """Identities of all items of one fetch, in order; equal keys mean that an item is listed twice.

    The guid is used unless different items share it, then the link likewise, then headline and link, and finally the date as well.
    """
    pages = [same_page(item.link) if item.link else None for item in items]
    labels = list(zip(items, pages, strict=True))
    distinct = {(item.guid, page, item.title, item.published, item.lead) for item, page in labels}
    guids = Counter(guid for guid, *_ in distinct)
    links = Counter(page for _, page, *_ in distinct)
    headlines = Counter((title, page) for _, page, title, *_ in distinct)
    found: list[ItemIdentity] = []
    for item, page in labels:
        alone = page if links[page] == 1 else None
        if item.guid and guids[item.guid] == 1:
            key = item.guid
        elif alone:
            key = alone
        elif headlines[item.title, page] == 1 and (item.title or page):
            key = short_digest(item.title, page)
        else:
            key = short_digest(item.title, page, item.published, item.lead)
        found.append(ItemIdentity(key, alone))
    return found


def item_key(guid: str) -> str:
    """Key of an item by its guid, or by a digest of a long one."""
    return guid if len(guid) <= _LONGEST_KEY else short_digest(guid)


def short_digest(*parts: str | None) -> str:
    """Key of 32 hexadecimal digits derived from texts."""
    return hashlib.sha256("\0".join(part or "" for part in parts).encode(errors="replace")).hexdigest()[:32]


def _is_tracking(name: str, value: str) -> bool:
    return bool(_TRACKING.fullmatch(name)) or (name.lower() in _CHANNEL_NAMES and value.lower() in _CHANNELS)


def _is_tracking_fragment(fragment: str) -> bool:
    name, _, value = fragment.partition("=")
    return bool(value) and _is_tracking(name, value)

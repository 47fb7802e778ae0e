"""Pictures, sounds, videos and embedded pages in HTML."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement
from msgspec.structs import replace

from reader.extraction.html_tree import link_address
from reader.models import Media, MediaRole
from reader.text.sanitize import clean_line

MOST_MEDIA = 1000
"""Pictures, sounds and videos kept of one document."""
_LONGEST_TEXT = 2000
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data-orig-file")
_ROLES: dict[str, MediaRole] = {"img": "picture", "audio": "audio", "video": "video", "iframe": "video", "embed": "file"}
_SIGN = re.compile(r"(?:^|[\s_-])(?:emoji|smiley|latex|tex|katex|math)(?:$|[\s_-])", re.I)
_PIXEL = re.compile(r"\s*[01](?:px)?\s*")
_PLAYERS = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitch\.tv|ted\.com|wistia\.(?:com|net)|loom\.com"
    r"|jwplatform\.com|brightcove\.net|peertube\.[a-z]+)$"
)
_SOUNDS = re.compile(
    r"(?:^|\.)(?:soundcloud\.com|spotify\.com|bandcamp\.com|libsyn\.com|simplecast\.com|buzzsprout\.com|transistor\.fm|acast\.com)$"
)
_YOUTUBE = re.compile(r"/embed/(?P<id>[\w-]{6,20})")


class MediaReader:
    """The media of a document in order, each with the number of the paragraph it stands before."""

    def __init__(self, base: str) -> None:
        self.found: list[Media] = []
        self._base = base
        self._placed = 0

    def add(self, element: HtmlElement, href: str) -> None:
        """Note a picture, a player, a source of one, or an embedded page; `href` is the link around it."""
        tag = element.tag
        parent = element.getparent()
        if len(self.found) >= MOST_MEDIA or (tag == "source" and (parent is None or parent.tag not in ("audio", "video"))):
            return
        url = self._address(element)
        alt = _text(element, "alt")
        if (not url and not alt) or _is_pixel(element):
            return
        role = _ROLES.get(parent.tag if tag == "source" and parent is not None else tag, "file")
        if tag in ("iframe", "embed", "object"):
            url, role = _embedded(url, role)
        media = Media(url, role, _text(element, "type"), None, None, _text(element, "title"), alt, href or None)
        if self.found and url and self.found[-1].url == url:  # the same one for browsers without scripts
            self.found[-1] = replace(self.found[-1], alt=self.found[-1].alt or alt)
        else:
            self.found.append(media)

    def place(self, paragraph: int) -> None:
        """Place the media that were found since the last paragraph before the one with this number."""
        if self._placed == len(self.found):
            return
        for number in range(self._placed, len(self.found)):
            self.found[number] = replace(self.found[number], at=paragraph)
        self._placed = len(self.found)

    def _address(self, element: HtmlElement) -> str:
        """Absolute address of what an element shows; "" for none, or for data within the page."""
        stated = [element.get(name) for name in (*_SOURCES, *(["data"] if element.tag == "object" else []))]
        stated.append((element.get("srcset") or element.get("data-srcset") or "").strip().split(" ")[0])
        found = (link_address(each, self._base) for each in stated if each and each[:5].lower() != "data:")
        return next((url for url in found if url and not url.lower().startswith("mailto:")), "")


def sign(element: HtmlElement) -> str:
    """Text of a picture that stands for signs in a line, as of an emoji or a formula; "" for any other picture."""
    return element.get("alt") or "" if element.tag == "img" and _SIGN.search(element.get("class") or "") else ""


def _text(element: HtmlElement, name: str) -> str | None:
    return clean_line((element.get(name) or "")[:_LONGEST_TEXT]) or None


def _is_pixel(element: HtmlElement) -> bool:
    """Whether a picture only counts readers."""
    return element.tag == "img" and any(_PIXEL.fullmatch(element.get(side) or "") for side in ("width", "height"))


def _embedded(url: str, role: MediaRole) -> tuple[str, MediaRole]:
    """Address and role of an embedded page: that of a player leads to its video or sound, any other is a file."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return url, "file"
    if "youtube" in host and (match := _YOUTUBE.match(parts.path)) and match["id"] != "videoseries":
        return f"https://www.youtube.com/watch?v={match['id']}", "video"
    if _SOUNDS.search(host):
        inner = parse_qs(parts.query).get("url", [""])[0]
        return link_address(inner) or url, "audio"
    return url, "video" if role == "video" and _PLAYERS.search(host) else "file"

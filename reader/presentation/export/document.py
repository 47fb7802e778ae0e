"""A document of passages and sources as plain text, Markdown or HTML, with all text escaped."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from html import escape

from msgspec import Struct

_INDENT = "    "
# Special in Markdown: anywhere, in an address that would become a link, and at the start of a line.
_SIGNS = re.compile(r"[\\`*_\[\]<>&~|#@$]|:(?=//)|(?<=www)\.|^[-+=]", re.I)
_NUMBER = re.compile(r"^(\d{1,9})(?=[.)])")
_HTML = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body {{ max-width: 40em; margin: 2em auto; padding: 0 1em; font-family: serif; line-height: 1.5 }}</style>
<h1>{title}</h1>
{rest}
</html>"""


class ExportNote(Struct, frozen=True):
    """A note below a passage, and the safe link it leads to, if any."""

    words: str
    url: str | None = None


class ExportItem(Struct, frozen=True):
    """Passages that belong together, each after a mark (which may be empty), and the notes below them."""

    passages: tuple[tuple[str, str], ...]
    notes: tuple[ExportNote, ...] = ()


class ExportSection(Struct, frozen=True):
    """Items under a heading."""

    heading: str
    items: tuple[ExportItem, ...]


class ExportDocument(Struct, frozen=True):
    """A title and its sections."""

    title: str
    sections: tuple[ExportSection, ...]


def text(document: ExportDocument, width: int) -> str:
    """Render as plain text wrapped to `width` columns; links stand whole on lines of their own."""
    blocks = [textwrap.fill(document.title, width)]
    for section in document.sections:
        blocks.append(textwrap.fill(section.heading, width))
        blocks += ["\n".join(_text_lines(item, width)) for item in section.items]
    return "\n\n".join(blocks)


def markdown(document: ExportDocument) -> str:
    """Render as Markdown (CommonMark)."""
    blocks = [f"# {_plain(document.title)}"]
    for section in document.sections:
        blocks.append(f"## {_plain(section.heading)}")
        for item in section.items:
            blocks += [f"> {f'**{_plain(mark)}** ' if mark else ''}{_plain(passage)}" for mark, passage in item.passages]
            if item.notes:
                blocks.append(" · ".join(_linked(note) for note in item.notes))
    return "\n\n".join(blocks)


def html(document: ExportDocument) -> str:
    """Render as an HTML page that fetches and runs nothing."""
    lines: list[str] = []
    for section in document.sections:
        lines.append(f"<h2>{escape(section.heading)}</h2>")
        for item in section.items:
            lines.append("<section>")
            for mark, passage in item.passages:
                lines.append(f"<blockquote>{f'<b>{escape(mark)}</b> ' if mark else ''}{escape(passage)}</blockquote>")
            if item.notes:
                lines.append(f"<footer>{' · '.join(_anchored(note) for note in item.notes)}</footer>")
            lines.append("</section>")
    return page(document.title, "\n".join(lines))


def page(title: str, content: str) -> str:
    """An HTML page with a headline and content that is HTML already; it fetches and runs nothing."""
    return _HTML.format(title=escape(title), rest=content)


def _text_lines(item: ExportItem, width: int) -> Iterable[str]:
    for mark, passage in item.passages:
        first = f"{mark}  " if mark else ""
        yield textwrap.fill(passage, width, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False)
    if item.notes:
        notes = " · ".join(note.words for note in item.notes)
        yield textwrap.fill(notes, width, initial_indent=_INDENT, subsequent_indent=_INDENT)
        yield from (_INDENT + note.url for note in item.notes if note.url)


def _plain(words: str) -> str:
    """Text escaped for Markdown."""
    return markdown_line(markdown_text(" ".join(words.split())))


def markdown_address(url: str) -> str:
    """An address as the target of a link in Markdown."""
    url = re.sub(r"[<>\\]", lambda sign: f"%{ord(sign.group()):02X}", url).replace("&", "&amp;")
    return f"<{url}>"


def markdown_text(words: str) -> str:
    """Part of a line escaped for Markdown, with its blanks."""
    return _SIGNS.sub(r"\\\g<0>", words)


def markdown_line(words: str) -> str:
    """A line of Markdown that must not begin a numbered list."""
    return _NUMBER.sub(r"\1\\", words)


def _linked(note: ExportNote) -> str:
    """A note with its link in Markdown."""
    if not note.url:
        return _plain(note.words)
    return f"[{_plain(note.words)}]({markdown_address(note.url)})"


def _anchored(note: ExportNote) -> str:
    """A note with its link in HTML."""
    if not note.url:
        return escape(note.words)
    return f'<a href="{escape(note.url)}" rel="noopener noreferrer">{escape(note.words)}</a>'

"""Stories as Markdown and HTML, with their structure; all text is escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape

from msgspec.structs import asdict

from reader.models import PLAIN, Block, Inline, InlineKind, Media, Story, StoryHeader
from reader.presentation import formatting
from reader.presentation.export.document import markdown_address, markdown_line, markdown_text, page
from reader.presentation.links import address
from reader.presentation.media import describe, media_text

_MARKDOWN: dict[InlineKind, tuple[str, str]] = {
    "strong": ("**", "**"),
    "emphasis": ("*", "*"),
    "deleted": ("~~", "~~"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
    "inserted": ("<ins>", "</ins>"),
}
_HTML: dict[InlineKind, str] = {
    "strong": "strong",
    "emphasis": "em",
    "deleted": "del",
    "superscript": "sup",
    "subscript": "sub",
    "inserted": "ins",
    "code": "code",
}
_BACKTICKS = re.compile("`+")
_DEEPEST = 6
_BULLETS = "*+o-"
Wrap = Callable[[Inline, str, str], str]
"""Renders a span: the span, its text as written, and its text with the spans in it rendered."""


def markdown(head: StoryHeader, story: Story) -> str:
    """Render a story as Markdown: headline, credits, text, media and link."""
    credits = " · ".join([formatting.outlet(head), *formatting.credit_pieces(head)])
    parts = [f"# {markdown_text(head.title)}", markdown_text(credits), markdown_body(story)]
    attached = [f"- [{markdown_text(describe(each))}]({markdown_address(each.url)})" for each in story.media if _is_attached(each)]
    parts += ["\n".join(attached), f"<{url}>" if (url := address(head)) else markdown_text(head.source)]
    return "\n\n".join(filter(None, parts))


def markdown_body(story: Story) -> str:
    """Render the text of a story as Markdown, with its pictures in their places."""
    out: list[str] = []
    above = PLAIN
    for text, block, pictures in _parts(story):
        out += [f"\n\n![{markdown_text(media_text(each))}]({markdown_address(each.url)})" for each in pictures if each.url]
        close = block.parting == "tight" and not pictures
        quote = "> " * min(block.quotes, _DEEPEST)
        between = "> " * min(block.quotes, above.quotes, _DEEPEST)
        if block.kind == "row":
            joined = close and above.kind == "row"
            lines = _markdown_row(text, block, first=not joined)
        else:
            joined = close and above.kind == block.kind and (bool(block.marker) or block.kind == "paragraph")
            lines = _markdown_lines(text, block)
        rule = [f"\n{between.rstrip()}\n{between}---"] if block.parting == "rule" else []
        end = ("  \n" if block.kind == "paragraph" else "\n") if joined else f"\n{between.rstrip()}\n"
        out += [*rule, end if out else "", "\n".join((quote + line).rstrip(" ") for line in lines)]
        above = block
    return "".join(out).strip("\n")


def _markdown_lines(text: str, block: Block) -> list[str]:
    if block.kind == "code":
        fence = "`" * (max((len(run) for run in _BACKTICKS.findall(text)), default=2) + 1)
        fence = fence if len(fence) > 2 else "```"
        return [f"{fence}{block.language}", *text.split("\n"), fence]
    words = _rendered(text, block, markdown_text, _markdown_span, block.marker)
    lines = words.split("\n")
    if block.kind == "heading":
        return [f"{'#' * min(6, block.level + 1)} {words}"]
    if block.kind == "term":
        return [f"**{words}**"]
    if block.kind == "caption":
        return [f"*{words}*"]
    indent = "    " * max(0, min(block.level, _DEEPEST) - 1)
    if block.marker:
        mark = text[: block.marker].strip()
        return [f"{indent}{'-' if mark in _BULLETS else mark} {line}" for line in lines]
    return [("    " * min(block.level, _DEEPEST)) + markdown_line(line) for line in lines]


def _markdown_row(text: str, block: Block, *, first: bool) -> list[str]:
    cells = [_rendered(text, block, markdown_text, _markdown_span, start, end) for start, end in block.cells]
    line = f"| {' | '.join(cells)} |"
    rule = f"|{' --- |' * len(cells)}"
    if not first:
        return [line]
    return [line, rule] if block.level else [f"|{'  |' * len(cells)}", rule, line]


def _markdown_span(span: Inline, written: str, words: str) -> str:
    if span.kind == "link":
        return f"[{words}]({markdown_address(span.href)})"
    if span.kind == "code":
        ticks = "`" * (max((len(run) for run in _BACKTICKS.findall(written)), default=0) + 1)
        return f"{ticks} {written} {ticks}" if "`" in written else f"`{written}`"
    start, end = _MARKDOWN[span.kind]
    return f"{start}{words}{end}"


def json_text(head: StoryHeader, story: Story) -> str:
    """Render a story as JSON on one line: its head, paragraphs, structure and media."""
    fields = {name: getattr(head, name) for name in ("id", "title", "outlet", "byline", "published", "url", "source")}
    structure = story.blocks or (PLAIN,) * len(story.body)
    blocks = [asdict(block) | {"inline": [asdict(each) for each in block.inline]} for block in structure]
    media = [asdict(each) for each in story.media]
    return json.dumps(fields | {"body": story.body, "blocks": blocks, "media": media}, ensure_ascii=False)


def several(name: str, stories: Sequence[tuple[StoryHeader, Story]], form: str) -> str:
    """Render stories one after another as "markdown", "html" or "json"; `name` is the title of an HTML page of several."""
    if form == "json":
        return "\n".join(json_text(head, story) for head, story in stories)
    if form == "markdown":
        return "\n\n---\n\n".join(markdown(head, story) for head, story in stories)
    if len(stories) == 1:
        return html(*stories[0])
    return page(name, "\n".join(f"<h2>{escape(head.title)}</h2>\n{_html_story(head, story)}" for head, story in stories))


def html(head: StoryHeader, story: Story) -> str:
    """Render a story as an HTML page that fetches and runs nothing; pictures are links."""
    return page(head.title, _html_story(head, story))


def _html_story(head: StoryHeader, story: Story) -> str:
    credits = " · ".join([formatting.outlet(head), *formatting.credit_pieces(head)])
    lines = [f"<p>{escape(credits)}</p>", html_body(story)]
    attached = [f"<li>{_anchor(each.url, describe(each))}</li>" for each in story.media if _is_attached(each)]
    lines += [f"<ul>{''.join(attached)}</ul>"] if attached else []
    url = address(head)
    lines.append(f"<footer>{_anchor(url, url) if url else escape(head.source)}</footer>")
    return "\n".join(lines)


def html_body(story: Story) -> str:
    """Render the text of a story as HTML."""
    out: list[str] = []
    around: list[str] = []
    for text, block, pictures in _parts(story):
        wanted = _elements_around(block)
        kept = 0
        while kept < min(len(around), len(wanted)) and around[kept] == wanted[kept]:
            kept += 1
        if block.kind == "row" and block.parting != "tight":
            kept = min(kept, len(wanted) - 1)
        out += [f"</{name}>" for name in reversed(around[kept:])] + [f"<{name}>" for name in wanted[kept:]]
        around = wanted
        out += [f"<figure>{_anchor(each.url, media_text(each))}</figure>" for each in pictures]
        out += ["<hr>"] * (block.parting == "rule") + [_html_block(text, block)]
    return "\n".join([*out, *(f"</{name}>" for name in reversed(around))])


def _elements_around(block: Block) -> list[str]:
    quotes = ["blockquote"] * min(block.quotes, _DEEPEST)
    if block.kind == "row":
        return [*quotes, "table"]
    lists = ["ul"] * min(block.level, _DEEPEST) if block.kind != "heading" else []
    return [*quotes, *lists]


def _html_block(text: str, block: Block) -> str:
    if block.kind == "row":
        cell = "th" if block.level else "td"
        cells = (_rendered(text, block, escape, _html_span, start, end) for start, end in block.cells)
        return f"<tr>{''.join(f'<{cell}>{words}</{cell}>' for words in cells)}</tr>"
    words = _rendered(text, block, escape, _html_span, block.marker)
    if block.kind == "code":
        return f"<pre><code>{words}</code></pre>"
    if block.kind == "heading":
        return f"<h{min(6, block.level + 1)}>{words}</h{min(6, block.level + 1)}>"
    if block.level:
        mark = text[: block.marker].strip()
        number = f' value="{mark[:-1]}" style="list-style: decimal"' if mark[:-1].isdecimal() else ""
        return f"<li{number}>{words}</li>" if block.marker else f'<li style="list-style: none">{words}</li>'
    name = {"caption": "small", "term": "b"}.get(block.kind, "")
    words = words.replace("\n", "<br>\n")
    return f"<p><{name}>{words}</{name}></p>" if name else f"<p>{words}</p>"


def _html_span(span: Inline, written: str, words: str) -> str:
    if span.kind == "link":
        return f'<a href="{escape(span.href)}" rel="noopener noreferrer">{words}</a>'
    return f"<{_HTML[span.kind]}>{words}</{_HTML[span.kind]}>"


def _anchor(url: str, words: str) -> str:
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(words)}</a>' if url else escape(words)


def _is_attached(media: Media) -> bool:
    """Whether a sound, video or file is listed below the text instead of standing in it."""
    return bool(media.url) and (media.role != "picture" or media.at is None)


def _parts(story: Story) -> Iterator[tuple[str, Block, list[Media]]]:
    """Yield each paragraph with its structure and the pictures before it; pictures at the end follow an empty paragraph."""
    pictures = [each for each in story.media if each.role == "picture" and each.at is not None]
    structure = story.blocks or (PLAIN,) * len(story.body)
    for number, (text, block) in enumerate(zip(story.body, structure, strict=True)):
        here = [each for each in pictures if (each.at or 0) <= number]
        pictures = pictures[len(here) :]
        yield text, block, here
    if pictures:
        yield "", PLAIN, pictures


def _rendered(text: str, block: Block, plain: Callable[[str], str], wrap: Wrap, start: int = 0, end: int | None = None) -> str:
    """Render a part of a paragraph: its text by `plain`, its spans by `wrap`; a span that crosses another one is cut."""
    end = len(text) if end is None else end
    return _nested(text, [each for each in block.inline if each.start < end and each.end > start], plain, wrap, start, end)


def _nested(text: str, inline: Sequence[Inline], plain: Callable[[str], str], wrap: Wrap, start: int, end: int) -> str:
    out: list[str] = []
    at, number = start, 0
    while number < len(inline):
        span = inline[number]
        begin, stop = max(span.start, at), min(span.end, end)
        inner = number + 1
        while inner < len(inline) and inline[inner].start < stop:
            inner += 1
        if begin < stop:
            out.append(plain(text[at:begin]) if begin > at else "")
            written = text[begin:stop]
            out.append(wrap(span, written, _nested(text, inline[number + 1 : inner], plain, wrap, begin, stop)))
            at = stop
        number = inner
    return "".join([*out, plain(text[at:end])])

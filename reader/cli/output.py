"""Answers of the library on standard output: as text, or as one JSON object per line."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import to_builtins
from msgspec.structs import asdict

from reader.models import NOT_STATED, PLAIN, Block
from reader.presentation import formatting
from reader.presentation.block_layout import TableLayout, line_spans, row_lines, table_layouts
from reader.presentation.languages import foreign_language
from reader.presentation.media import describe as describe_media
from reader.presentation.media import media_text
from reader.presentation.messages import correction_text, feed_failure
from reader.presentation.reasons import describe
from reader.presentation.text_layout import Line

if TYPE_CHECKING:
    from reader.library import Library
    from reader.models import Correction, Facets, Feed, RelatedStory, SearchAnswer, Story, StoryHeader, Thread

_WIDEST = 72
"""The widest line of text, in columns."""
_INDENT = "    "
_FEED_FIELDS = (
    *("address", "name", "title", "home", "tags", "interval", "full_text", "tried", "good", "due", "error", "remedy"),
    *("ended", "stories", "unread", "per_day"),
)
_CORRECTION_FIELDS = ("number", "kind", "at", "said", "text", "stories", "others", "undone")


def print_json(**fields: Any) -> None:
    """Print one JSON object on a line."""
    print(json.dumps(fields, default=to_builtins, ensure_ascii=False))


def columns() -> int:
    """The width of text, in columns."""
    return max(20, min(_WIDEST, shutil.get_terminal_size().columns))


def print_threads(threads: Sequence[Thread], library: Library, *, as_json: bool) -> bool:
    """Print threads with their stories; return whether there are any."""
    for at, thread in enumerate(threads):
        headers = library.threads.headers(thread.id)
        if as_json:
            print_json(
                id=thread.id,
                name=thread.name,
                headline=thread.headline,
                stories=[
                    {"id": h.id, "title": h.title, "outlet": h.outlet, "published": h.published, "source": h.source}
                    for h in headers
                ],
                outlets=list(dict.fromkeys(header.outlet for header in headers if header.outlet)),
                first=thread.first,
                last=thread.last,
                terms=thread.terms,
            )
            continue
        if at:
            print()
        flags = [name for name in ("pinned", "muted", "followed") if getattr(thread, name)]
        print(f"{thread.name}  {' · '.join([formatting.stories(len(headers)), formatting.thread_span(thread), *flags])}")
        for header in headers:
            _print_row(header)
    return bool(threads)


def print_results(results: SearchAnswer, *, as_json: bool) -> bool:
    """Print the stories that match a query; return whether there are any."""
    names = {id_: thread.name for id_, thread in results.threads.items()}
    for match in results.matches:
        header = match.head
        if as_json:
            print_json(
                id=header.id,
                title=header.title,
                outlet=header.outlet,
                published=header.published,
                source=header.source,
                thread=_thread(header, names),
                score=round(match.score, 6),
                snippet=match.snippet,
                matches=match.spans,
            )
            continue
        _print_row(header, names.get(header.thread or ""))
        print(textwrap.fill(_bold(match.snippet, match.spans), columns(), initial_indent=_INDENT, subsequent_indent=_INDENT))
    return bool(results.matches)


def print_facets(facets: Facets, *, as_json: bool) -> None:
    """Print how many stories match a query by outlet and by month."""
    for outlet, number in facets.outlets:
        if as_json:
            print_json(outlet=outlet, stories=number)
        else:
            print(f"{number:>7,}  {outlet or formatting.NO_OUTLET}")
    for (month, stated), number in facets.months:
        if as_json:
            print_json(month=month, stated=stated, stories=number)
        else:
            print(f"{number:>7,}  {month}" + ("" if stated else ", estimated"))


def print_saved_searches(searches: Sequence[Thread], library: Library, *, as_json: bool) -> bool:
    """Print saved searches with the number of stories each finds; return whether there are any."""
    notified = {saved.name: saved.notify for saved in library.saved_searches.all()}
    width = max((len(search.name) for search in searches), default=0)
    for search in searches:
        if as_json:
            print_json(
                name=search.name,
                query=search.query,
                notify=notified.get(search.name, False),
                stories=search.total,
                unread=search.unread,
            )
        else:
            print(f"{search.name:<{width}}  {search.unread:,} unread of {search.total:,}  {search.query}")
    return bool(searches)


def print_document(id_: str, library: Library, form: str) -> None:
    """Print a whole story as "markdown", "html" or "json"."""
    header, story = library.stories.header(id_), library.stories.get(id_)
    if form == "json":
        _print_story_json(id_, library, header, story)
        return
    from reader.presentation.export import story as export

    print({"markdown": export.markdown, "html": export.html}[form](header, story))


def print_story(id_: str, library: Library, *, removed: bool, earlier: bool) -> None:
    """Print a whole story as text; `removed` includes the removed lines and `earlier` the earlier versions."""
    header, story = library.stories.header(id_), library.stories.get(id_)
    width = columns()
    print(textwrap.fill(header.title, width))
    print(textwrap.fill(" · ".join([formatting.outlet(header), *formatting.credit_pieces(header)]), width))
    if header.title_made:
        print("No headline stated; the title is made from the first words")
    if not header.published and story.published.why != NOT_STATED.why:
        print(textwrap.fill(f"no date: {describe(story.published.why)}", width))
    if story.subscribers_only:
        print(formatting.SUBSCRIBERS_ONLY)
    if language := foreign_language(story.language.value):
        print(f"in {language}, {describe(story.language.why)}")
    if copies := library.stories.copies(id_):
        print(textwrap.fill("same text in " + ", ".join(dict.fromkeys(map(formatting.outlet, copies))), width))
    for origin in library.stories.origins(id_):
        feed = library.feeds.get(origin.feed) if origin.feed else None
        print(f"from {origin.address}" + (f", in {feed.name if feed else origin.feed}" if origin.feed else ""))
    attached = [media for media in story.media if media.at is None]
    for media in attached:
        print(f"{describe_media(media)}: {media.url}")
    for link in story.links:
        if link.rel == "enclosure" and link.url not in {media.url for media in attached}:
            print(f"{link.type or 'file'}: {link.url}")
    _print_text(story, removed=removed)
    _print_links(story)
    for version in library.stories.versions(id_) if earlier else ():
        until = formatting.moment(formatting.local_time(version.until))
        print(f"\n— until {until} —\n\n{textwrap.fill(version.story.title.value or '', width)}")
        _print_text(version.story, removed=removed)


def _print_story_json(id_: str, library: Library, header: StoryHeader, story: Story) -> None:
    names = {thread.id: thread.name for thread in library.threads.all()}
    print_json(
        id=id_,
        title=header.title,
        title_made=header.title_made,
        outlet=header.outlet,
        agency=header.agency,
        byline=header.byline,
        place=header.place,
        language=story.language.value,
        published=header.published,
        published_estimate=header.estimate.time if header.estimate else None,
        published_why=story.published.why if header.published or not header.estimate else header.estimate.why,
        url=header.url,
        source=header.source,
        body=story.body,
        blocks=_blocks(story),
        media=[asdict(media) for media in story.media],
        captions=story.captions,
        thread=_thread(header, names),
        removed=story.removed,
        updated=story.updated,
        subscribers_only=story.subscribers_only,
        summary=story.summary,
        categories=story.categories,
        links=story.links,
        origins=library.stories.origins(id_),
        copies=[copy.id for copy in library.stories.copies(id_)],
        versions=[
            {"until": version.until, "title": version.story.title.value, "body": version.story.body}
            for version in library.stories.versions(id_)
        ],
    )


def _blocks(story: Story) -> list[dict[str, Any]]:
    """The structure of each paragraph in JSON, with all its fields."""
    structure = story.blocks or (PLAIN,) * len(story.body)
    return [asdict(block) | {"inline": [asdict(each) for each in block.inline]} for block in structure]


def print_related(found: Sequence[RelatedStory], library: Library, *, as_json: bool) -> bool:
    """Print similar stories with the words they share; return whether there are any."""
    names = {thread.id: thread.name for thread in library.threads.all()}
    for related in found:
        header = related.head
        if as_json:
            print_json(
                id=header.id,
                title=header.title,
                outlet=header.outlet,
                source=header.source,
                score=round(related.score, 6),
                why=related.why,
                names=related.names,
                quotes=related.quotes,
                days=related.days,
                thread=_thread(header, names),
            )
        else:
            _print_row(header, names.get(header.thread or ""))
            shared = "shared words: " + ", ".join(related.why)
            print(textwrap.fill(shared, columns(), initial_indent=_INDENT, subsequent_indent=_INDENT))
    return bool(found)


def print_feed(feed: Feed, *, as_json: bool) -> None:
    """Print a feed: its name and volume, its address and health, and how to fix a failure."""
    if as_json:
        fields = asdict(feed)
        fields["remedy"] = feed_failure(feed)[1] or None
        print_json(**{name: fields[name] for name in _FEED_FIELDS})
        return
    pieces = [feed.name, *(f"#{tag}" for tag in feed.tags), formatting.stories(feed.stories), f"{feed.unread:,} unread"]
    pieces += [f"{feed.per_day:g} a day", *([f"every {feed.interval} min"] if feed.interval else [])]
    print(" · ".join([*pieces, *(["full text"] if feed.full_text else [])]))
    never = "no success yet" if feed.tried else "not refreshed yet"
    health = f"last success {formatting.moment(formatting.local_time(feed.good))}" if feed.good else never
    print(f"{_INDENT}{feed.address} · {health}")
    if feed.error:
        state = "ended" if feed.ended else "failed"
        error, remedy = feed_failure(feed)
        print(f"{_INDENT}{state}: {error}" + (f"; {remedy}" if remedy else ""))


def print_correction(correction: Correction, *, as_json: bool) -> None:
    """Print a correction: its number, time and effect."""
    if as_json:
        fields = asdict(correction) | {"said": correction_text(correction.message)}
        print_json(**{name: fields[name] for name in _CORRECTION_FIELDS})
        return
    when = formatting.moment(formatting.local_time(correction.at))
    print(f"{correction.number:>4}  {when}  {correction_text(correction.message)}{' (undone)' if correction.undone else ''}")


def _print_text(story: Story, *, removed: bool) -> None:
    """Print a story's paragraphs, an empty line before each that does not stand close to the one above."""
    for paragraph, close in _paragraphs(story, removed=removed):
        print(paragraph if close else f"\n{paragraph}")


def _print_links(story: Story) -> None:
    """Print the links of a story's text and its pictures, each once, in order."""
    found: dict[str, str] = {}
    for text, block in zip(story.body, story.blocks, strict=False):
        for each in block.inline:
            if each.kind == "link":
                found.setdefault(each.href, text[each.start : each.end])
    for media in story.media:
        if media.at is not None and media.url:
            found.setdefault(media.url, media_text(media))
    if found:
        print("\nLinks")
    for href, words in found.items():
        print(
            f"{_INDENT}{href}" if words == href else f"{_INDENT}{textwrap.shorten(words, columns() // 2, placeholder='…')}: {href}"
        )


def _paragraphs(story: Story, *, removed: bool) -> Iterable[tuple[str, bool]]:
    """The paragraphs of a story laid out for the width, and whether each stands close to the one above.

    Removed lines stand between them if asked for.
    """
    width = columns()
    lines = {at: [line for line in story.removed if line.before == at] for at in range(len(story.body) + 1)} if removed else {}
    structure = story.blocks or (PLAIN,) * len(story.body)
    tables = table_layouts(story.body, structure, width)
    for at in range(len(story.body) + 1):
        for line in lines.get(at, ()):
            yield textwrap.fill(f"[{describe(line.label)}] {line.text}", width, subsequent_indent=_INDENT), False
        if at < len(story.body):
            yield _laid_out(story.body[at], structure[at], tables.get(at), width), structure[at].parting == "tight"
    for caption in story.captions:
        yield textwrap.fill(f"Caption: {caption}", width, subsequent_indent=_INDENT), False


def _laid_out(text: str, block: Block, table: TableLayout | None, width: int) -> str:
    """A paragraph as plain text with the indents, bars and columns of its structure."""
    if "\n" in text:
        return text
    plain: Line = [(text, "ink")]
    spans = row_lines(text, block, table, plain, width) if table else line_spans(text, block, (0, len(text)), width)
    lines = (each.line or [*each.before, (text[each.start : each.end], "ink")] for each in spans)
    return "\n".join("".join(piece for piece, _ in line).rstrip() for line in lines)


def _print_row(header: StoryHeader, thread: str | None = None) -> None:
    """Print two lines for a story in a list: id, date, outlet and thread; the title below."""
    pieces = [formatting.published_day(header), formatting.outlet(header), *([thread] if thread else [])]
    print(f"  {header.id}  {' · '.join(pieces)}")
    print(textwrap.shorten(header.title, columns() - len(_INDENT), placeholder="…").join((_INDENT, "")))


def _thread(header: StoryHeader, names: Mapping[str, str]) -> dict[str, str] | None:
    """A story's thread in JSON."""
    id_ = header.thread
    return {"id": id_, "name": names[id_]} if id_ is not None and id_ in names else None


def _bold(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with its spans in bold on a terminal, unchanged elsewhere."""
    if not sys.stdout.isatty():
        return text
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}\x1b[1m{text[start:end]}\x1b[22m{text[end:]}"
    return text

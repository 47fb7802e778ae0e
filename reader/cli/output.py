"""How answers are told: as text for a person, or as one JSON object a line for a program."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.presentation import formatting

if TYPE_CHECKING:
    from reader.library import Library
    from reader.models import RelatedStory, SearchResults, Story, StoryHeader, Thread
    from reader.paths import Directories

_MEASURE = 72
"""The widest a paragraph is set, in columns."""


def tell_threads(threads: Sequence[Thread], library: Library, *, as_json: bool) -> bool:
    """Tell threads with their stories; False where there are none."""
    for at, thread in enumerate(threads):
        heads = library.heads(thread.id)
        if as_json:
            _line(
                id=thread.id,
                name=thread.name,
                stories=[
                    {"id": h.id, "title": h.title, "outlet": h.outlet, "published": h.published, "source": h.source} for h in heads
                ],
                outlets=list(dict.fromkeys(head.outlet for head in heads if head.outlet)),
                first=thread.first,
                last=thread.last,
                terms=thread.terms,
            )
            continue
        if at:
            print()
        flags = [name for name in ("pinned", "muted", "followed") if getattr(thread, name)]
        print(f"{thread.name}  {' · '.join([formatting.stories(len(heads)), formatting.thread_span(thread), *flags])}")
        for head in heads:
            _row(head)
    return bool(threads)


def tell_results(results: SearchResults, library: Library, *, as_json: bool) -> bool:
    """Tell the stories a query found; False where there are none."""
    threads = library.headings(match.head.thread for match in results.matches if match.head.thread)
    names = {id: thread.name for id, thread in threads.items()}
    for match in results.matches:
        head = match.head
        if as_json:
            _line(
                id=head.id,
                title=head.title,
                outlet=head.outlet,
                published=head.published,
                source=head.source,
                thread=_thread(head, names),
                score=round(match.score, 6),
                snippet=match.snippet,
                matches=match.spans,
            )
            continue
        _row(head, names.get(head.thread or ""))
        print(textwrap.fill(_bold(match.snippet, match.spans), columns(), initial_indent="    ", subsequent_indent="    "))
    return bool(results.matches)


def tell_story(id: str, library: Library, *, as_json: bool, removed: bool, earlier: bool) -> None:
    """Tell one story whole; with `removed`, the lines left out stand in their places; with `earlier`, its older wordings follow."""
    head, story = library.head(id), library.story(id)
    names = {thread.id: thread.name for thread in library.threads()}
    if as_json:
        _line(
            id=id,
            title=head.title,
            title_made=head.title_made,
            outlet=head.outlet,
            agency=head.agency,
            byline=head.byline,
            place=head.place,
            published=head.published,
            published_estimate=head.estimate.time if head.estimate else None,
            published_why=story.published.why if head.published or not head.estimate else head.estimate.why,
            url=head.url,
            source=head.source,
            body=story.body,
            captions=story.captions,
            thread=_thread(head, names),
            removed=[asdict(line) for line in story.removed],
            updated=story.updated,
            summary=story.summary,
            categories=story.categories,
            links=[asdict(link) for link in story.links],
            origins=[asdict(origin) for origin in library.origins(id)],
            copies=[copy.id for copy in library.copies(id)],
            versions=[
                {"until": version.until, "title": version.story.title.value, "body": version.story.body}
                for version in library.versions(id)
            ],
        )
        return
    width = columns()
    print(textwrap.fill(head.title, width))
    print(textwrap.fill(" · ".join([formatting.outlet(head), *formatting.credit_pieces(head)]), width))
    if head.title_made:
        print("no headline given; these are its first words")
    if copies := library.copies(id):
        print(textwrap.fill("the same text also in " + ", ".join(formatting.outlet(copy) for copy in copies), width))
    for origin in library.origins(id):
        feed = library.feed(origin.feed) if origin.feed else None
        print(f"from {origin.address}" + (f", in {feed.name if feed else origin.feed}" if origin.feed else ""))
    _tell_text(story, removed)
    for version in library.versions(id) if earlier else ():
        until = formatting.moment(formatting.here(version.until))
        print(f"\n— until {until} —\n\n{textwrap.fill(version.story.title.value or '', width)}")
        _tell_text(version.story, removed)


def _tell_text(story: Story, removed: bool) -> None:
    """Tell a story's paragraphs, a free line before each."""
    for paragraph in _paragraphs(story, removed):
        print()
        print(paragraph)


def tell_related(found: Sequence[RelatedStory], library: Library, *, as_json: bool) -> bool:
    """Tell the nearest stories and the words they share; False where there are none."""
    names = {thread.id: thread.name for thread in library.threads()}
    for related in found:
        head = related.head
        if as_json:
            _line(
                id=head.id,
                title=head.title,
                outlet=head.outlet,
                source=head.source,
                score=round(related.score, 6),
                why=related.why,
                names=related.names,
                quotes=related.quotes,
                days=related.days,
                thread=_thread(head, names),
            )
        else:
            _row(head, names.get(head.thread or ""))
            print(textwrap.fill("shares " + ", ".join(related.why), columns(), initial_indent="    ", subsequent_indent="    "))
    return bool(found)


def tell_keys(*, as_json: bool) -> None:
    """Tell the key table."""
    from reader.tui.commands.registry import COMMANDS, rows

    if as_json:
        for command in COMMANDS:
            _line(id=command.id, keys=command.keys, group=command.group, help=command.help)
        return
    for at, (group, lines) in enumerate(rows()):
        print(f"\n{group}" if at else group)
        for row in lines:
            print(f"  {row.keys:<10}{row.words}")


def tell_themes(folders: Sequence[Path], *, as_json: bool) -> list[str]:
    """Tell the themes in some folders with their lowest contrast; returns what is wrong with those that cannot be used."""
    from reader.tui.theming.contrast import contrast
    from reader.tui.theming.theme import themes

    usable, problems = themes(folders)
    for theme in usable:
        lowest = contrast(theme).text
        if as_json:
            _line(name=theme.name, kind=theme.kind, contrast=lowest and round(lowest, 1))
        else:
            print(f"{theme.name:<20}{theme.kind:<8}{f'lowest contrast {lowest:.1f}' if lowest else 'the colours of your terminal'}")
    return problems


def tell_places(places: Directories, *, as_json: bool) -> None:
    """Tell where the library, the followed threads, the saved searches, the settings and the themes lie."""
    rows = {
        "library": places.library,
        "followed": places.followed,
        "searches": places.searches,
        "settings": places.settings,
        "themes": places.themes,
    }
    if as_json:
        _line(**{name: str(path) for name, path in rows.items()})
        return
    for name, path in rows.items():
        print(f"{name:<10}{path}")


def _paragraphs(story: Story, removed: bool) -> Iterable[str]:
    """The story's paragraphs set to the width, with the lines left out between them where they are asked for."""
    width = columns()
    left_out = {at: [line for line in story.removed if line.before == at] for at in range(len(story.body) + 1)} if removed else {}
    for at in range(len(story.body) + 1):
        for line in left_out.get(at, ()):
            yield textwrap.fill(f"[{line.label}] {line.text}", width, subsequent_indent="    ")
        if at < len(story.body):
            yield textwrap.fill(story.body[at], width, break_on_hyphens=False)
    for caption in story.captions:
        yield textwrap.fill(f"Caption: {caption}", width, subsequent_indent="    ")


def _row(head: StoryHeader, thread: str | None = None) -> None:
    """Two lines for a story in a list: id, date, outlet and thread; below them its title."""
    pieces = [formatting.listed(head), formatting.outlet(head), *([thread] if thread else [])]
    print(f"  {head.id}  {' · '.join(pieces)}")
    print(textwrap.shorten(head.title, columns() - 4, placeholder="…").join(("    ", "")))


def _thread(head: StoryHeader, names: dict[str, str]) -> dict[str, str] | None:
    """A story's thread as JSON tells it."""
    return {"id": head.thread, "name": names[head.thread]} if head.thread in names else None


def _bold(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with its spans in bold, on a terminal; as it is elsewhere."""
    if not sys.stdout.isatty():
        return text
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}\x1b[1m{text[start:end]}\x1b[22m{text[end:]}"
    return text


def columns() -> int:
    """Columns to set text in."""
    return max(20, min(_MEASURE, shutil.get_terminal_size().columns))


def _line(**fields: Any) -> None:
    """One JSON object on a line of its own."""
    print(json.dumps(fields, ensure_ascii=False))

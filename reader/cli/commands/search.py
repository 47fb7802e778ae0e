"""What `newsloom search` does: stories of a query, counts of them, and the searches that are saved."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from reader.cli.commands.general import opened
from reader.cli.exit import DONE, NOTHING, WRONG, CliExit, say
from reader.errors import QueryError, SavedSearchError
from reader.models import SavedSearch

if TYPE_CHECKING:
    from reader.library import Library
    from reader.models import Facets, Thread

SORTS = ("score", "date")


def run_search(asked: argparse.Namespace) -> int:
    """List the stories a query finds, or count them; save a query, forget one, or list those that are saved."""
    query = " ".join(asked.query)
    with opened(asked) as library:
        try:
            if asked.forget:
                return _forget(library, asked.forget)
            if asked.saved:
                kept = _named(library, asked.saved[-1]).query
                query = f"({kept}) {query}" if query else kept
            if asked.save:
                return _save(library, asked, query)
            if not query:
                return DONE if tell_saved(library.searches.threads(), library, as_json=asked.json) else NOTHING
            return _found(library, asked, query)
        except QueryError as fault:
            raise CliExit(f"{query}\n{' ' * fault.column}^ {fault.message}", WRONG) from fault
        except SavedSearchError as fault:
            raise CliExit(str(fault), WRONG) from fault


def _found(library: Library, asked: argparse.Namespace, query: str) -> int:
    """Tell what a query finds."""
    from reader.cli.output import tell_results

    if asked.counts:
        return DONE if tell_tally(library.tally(query), as_json=asked.json) else NOTHING
    results = library.search(query, limit=asked.limit or 50, newest=asked.sort == "date")
    if tell_results(results, library, as_json=asked.json):
        return DONE
    say(library.advice(query).said)
    return NOTHING


def _save(library: Library, asked: argparse.Namespace, query: str) -> int:
    if not query:
        raise CliExit("say what to save: newsloom search --save NAME QUERY", WRONG)
    saved = library.searches.save(SavedSearch(asked.save[-1], query, asked.notify))
    say(f"saved as “{saved.name}”; newsloom search --saved asks it again")
    return DONE


def _forget(library: Library, names: list[str]) -> int:
    for name in names:
        _named(library, name)
        library.searches.remove(name)
        say(f"“{name}” is forgotten")
    return DONE


def _named(library: Library, name: str) -> SavedSearch:
    """The saved search of a name; raises `CliExit`."""
    if saved := library.searches.named(name):
        return saved
    known = ", ".join(f"“{one.name}”" for one in library.searches.all())
    raise CliExit(f"no search is saved as “{name}”" + (f"; there are {known}" if known else ""), NOTHING)


def tell_saved(searches: list[Thread], library: Library, *, as_json: bool) -> bool:
    """Tell the saved searches with how many stories they find; False where there are none."""
    if not searches:
        say("no search is saved yet; newsloom search --save NAME QUERY saves one")
    noticed = {saved.name: saved.notify for saved in library.searches.all()}
    width = max((len(search.name) for search in searches), default=0)
    for search in searches:
        if as_json:
            fields = {"name": search.name, "query": search.query, "notify": noticed.get(search.name, False)}
            print(json.dumps({**fields, "stories": search.total, "unread": search.unread}, ensure_ascii=False))
        else:
            print(f"{search.name:<{width}}  {search.unread:,} unread of {search.total:,}  {search.query}")
    return bool(searches)


def tell_tally(tally: Facets, *, as_json: bool) -> bool:
    """Tell how many stories were found by outlet and by month; False where there are none."""
    from reader.presentation.formatting import NO_OUTLET

    for outlet, number in tally.outlets:
        if as_json:
            print(json.dumps({"outlet": outlet, "stories": number}, ensure_ascii=False))
        else:
            print(f"{number:>7,}  {outlet or NO_OUTLET}")
    for (month, stated), number in tally.months:
        if as_json:
            print(json.dumps({"month": month, "stated": stated, "stories": number}))
        else:
            print(f"{number:>7,}  {month}" + ("" if stated else ", estimated"))
    if not tally.total:
        say("no stories")
    return bool(tally.total)

"""The command `search`: stories that match a query, counts of them, and saved searches."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reader.cli.context import invalid_query, open_library
from reader.cli.exit import CliExit, ExitCode, print_message
from reader.cli.output import print_facets, print_results, print_saved_searches
from reader.errors import QueryError
from reader.models import SavedSearch

if TYPE_CHECKING:
    from reader.library import Library

_RESULTS = 50
"""Stories listed without `--limit`."""


def run_search(options: argparse.Namespace) -> int:
    """List or count the stories that match a query; save a query; list, run or delete saved searches."""
    query = " ".join(options.query)
    with open_library(options) as library:
        if options.forget:
            return _delete(library, options.forget)
        if options.saved:
            saved = _saved_search(library, options.saved[-1]).query
            query = f"({saved}) {query}" if query else saved
        try:
            if options.save:
                return _save(library, options, query)
            return _find(library, options, query) if query else _list(library, options)
        except QueryError as error:
            raise invalid_query(query, error) from error


def _find(library: Library, options: argparse.Namespace, query: str) -> int:
    """Print the matching stories, or their counts."""
    if options.counts:
        facets = library.search.facets(query)
        print_facets(facets, as_json=options.json)
        if not facets.total:
            print_message("No stories match")
        return ExitCode.DONE if facets.total else ExitCode.NOTHING_FOUND
    results = library.search.run(query, limit=options.limit or _RESULTS, newest=options.sort == "date")
    if print_results(results, as_json=options.json):
        return ExitCode.DONE
    if results.suggestion:
        print_message(results.suggestion.message)
    return ExitCode.NOTHING_FOUND


def _list(library: Library, options: argparse.Namespace) -> int:
    """Print the saved searches."""
    if print_saved_searches(library.saved_searches.threads(), library, as_json=options.json):
        return ExitCode.DONE
    if library.saved_searches.problems:
        return ExitCode.USAGE
    print_message("No saved searches; newsloom search --save NAME QUERY saves one")
    return ExitCode.NOTHING_FOUND


def _save(library: Library, options: argparse.Namespace, query: str) -> int:
    if not query:
        raise CliExit("no query to save; usage: newsloom search --save NAME QUERY", ExitCode.USAGE)
    saved = library.saved_searches.save(SavedSearch(options.save[-1], query, options.notify))
    print_message(f"Saved “{saved.name}”; newsloom search --saved NAME runs it")
    return ExitCode.DONE


def _delete(library: Library, names: list[str]) -> int:
    for name in names:
        saved = _saved_search(library, name)
        library.saved_searches.remove(name)
        print_message(f"Deleted “{saved.name}”")
    return ExitCode.DONE


def _saved_search(library: Library, name: str) -> SavedSearch:
    """The saved search of a name; raises `CliExit`."""
    if saved := library.saved_searches.named(name):
        return saved
    names = ", ".join(f"“{each.name}”" for each in library.saved_searches.all())
    raise CliExit(f"no saved search “{name}”" + (f"; there are {names}" if names else ""), ExitCode.NOTHING_FOUND)

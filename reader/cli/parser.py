"""The command table, and the parser made from it."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Sequence
from pathlib import Path

from reader import __version__
from reader.cli.command import CliArgument, CliCommand
from reader.cli.exit import CliExit, ExitCode

_FORMATS = ("text", "markdown", "html", "json")
_FEED_ACTIONS = ("rename", "tag", "untag", "interval", "full-text", "allow", "disallow", "remove", "restore")
_CORRECTIONS = (
    *("rename", "pin", "mute", "follow", "merge", "split", "move", "apart"),
    *("undo", "list", "export", "import"),
)
_OTHER_READERS = ("newsboat", "freshrss", "google_reader")
_STORY = CliArgument("story", "a story id, or its first characters")
_FORMAT = CliArgument("--format", "output format: text, markdown, html or json", choices=_FORMATS, value="FORMAT")
OPEN = CliCommand(
    "screen.run_open",
    "open the reader, adding the named sources",
    (CliArgument("source", "feeds, pages, feed lists, files and folders to add", nargs="*"),),
)
"""The command that runs if no other is named."""
COMMANDS: dict[str, CliCommand] = {
    "demo": CliCommand("screen.run_demo", "open five sample stories in a temporary library"),
    "add": CliCommand(
        "refresh.run_add",
        "add feeds, pages, feed lists, files and folders",
        (
            CliArgument(
                "source",
                "addresses, feed lists (OPML or newsboat's urls file), files, folders, or - for standard input",
                nargs="+",
            ),
            CliArgument("--watch", "watch the folders: read them again on every refresh"),
            CliArgument("--allow-private", "allow this host on your own machine or network from now on", value="HOST"),
        ),
    ),
    "import": CliCommand(
        "move_in.run_import",
        "move in from another reader: feeds, stories, read and starred ones, searches",
        (
            CliArgument("reader", "the reader to move in from", choices=_OTHER_READERS),
            CliArgument("place", "its folder, list of feeds or export; without one, its usual folder", nargs="?"),
            CliArgument("--dry-run", "only print what would be moved in, and what not"),
        ),
    ),
    "refresh": CliCommand(
        "refresh.run_refresh",
        "fetch new stories from the feeds",
        (
            CliArgument("feed", "only these feeds, by address or name", nargs="*"),
            CliArgument("--due", "only feeds that are due"),
        ),
    ),
    "feeds": CliCommand(
        "feeds.run_feeds",
        "list the feeds, or change one",
        (
            CliArgument("action", "the change to make; without one, list the feeds", nargs="?", choices=_FEED_ACTIONS),
            CliArgument("feed", "the feed by address or name; for allow and disallow, a host", nargs="?"),
            CliArgument("value", "the new value: a name, tags, minutes or auto, on or off", nargs="*"),
        ),
    ),
    "export": CliCommand(
        "feeds.run_export", "print the feeds as OPML", (CliArgument("what", "the format", nargs="?", choices=("opml",)),)
    ),
    "threads": CliCommand("stories.run_threads", "list threads, latest first"),
    "search": CliCommand(
        "search.run_search",
        "list the stories that match a query, best first; without a query, list the saved searches",
        (
            CliArgument(
                "query",
                'words, OR, NOT, "phrase", "near words"~5, pre*, last 3 days,'
                " title: outlet: author: date: after: before: is: tag: thread:",
                nargs="*",
            ),
            CliArgument("--sort", "sort by score (best first) or by date (newest first)", choices=("score", "date"), value="ORDER"),
            CliArgument("--counts", "count the stories by outlet and month instead"),
            CliArgument("--save", "save the query under this name", value="NAME"),
            CliArgument("--notify", "with --save: announce new stories in the reader"),
            CliArgument("--saved", "run this saved search; a query narrows it", value="NAME"),
            CliArgument("--forget", "delete this saved search", value="NAME"),
        ),
    ),
    "show": CliCommand(
        "stories.run_show",
        "print a story",
        (
            _STORY,
            CliArgument("--removed", "include the removed lines, in place"),
            CliArgument("--earlier", "include earlier versions"),
            _FORMAT,
        ),
    ),
    "related": CliCommand("stories.run_related", "list similar stories from all threads", (_STORY,)),
    "compare": CliCommand(
        "compare.run_compare",
        "compare stories: shared passages, passages in one story only, figures that differ",
        (
            CliArgument("story", "a thread's id or name, or 2 to 8 story ids", nargs="+", usage="THREAD | STORY STORY ..."),
            CliArgument("--faint", "include uncertain matches"),
            _FORMAT,
        ),
    ),
    "brief": CliCommand(
        "compare.run_brief",
        "print the passages that most outlets report, verbatim, with their sources",
        (CliArgument("thread", "a thread's id or name"), _FORMAT),
    ),
    "correct": CliCommand(
        "correct.run_correct",
        "correct threads; corrections persist and can be undone",
        (
            CliArgument("action", "a correction to make, or undo, list, export or import", choices=_CORRECTIONS),
            CliArgument("what", "threads by id or name, stories by id, a name, a file", nargs="*"),
            CliArgument("--off", "with pin, mute and follow: turn it off"),
        ),
    ),
    "mark": CliCommand(
        "mark.run_mark",
        "mark the stories that match a query read or unread, or star or unstar them; undo and redo such a change",
        (
            CliArgument(
                "what",
                "a query, then read, unread, star or unstar; or undo or redo alone",
                nargs="+",
                usage="QUERY STATE | undo | redo",
                offered=("read", "unread", "star", "unstar", "undo", "redo"),
            ),
            CliArgument("--older-than", "only stories that are at least this many days old", value="DAYS"),
        ),
    ),
    "forget": CliCommand(
        "forget.run_forget",
        "clear the reading history of a thread, or all of it",
        (
            CliArgument("thread", "a thread's id or name; without one, clear everything", nargs="?"),
            CliArgument("--yes", "do not ask for confirmation"),
        ),
    ),
    "themes": CliCommand("program.run_themes", "list the themes"),
    "keys": CliCommand("program.run_keys", "print the key bindings"),
    "settings": CliCommand(
        "program.run_settings",
        "print the settings, or an example with all of them",
        (CliArgument("--example", "print a settings file with a comment on every setting and its default"),),
    ),
    "where": CliCommand("program.run_where", "print where files are kept"),
    "check": CliCommand(
        "program.run_check",
        "check that stories, index and threads agree, and repair them",
        (CliArgument("--rebuild", "rebuild all threads first"),),
    ),
    "man": CliCommand("program.run_man", "print the manual page, for man -l -"),
    "completions": CliCommand(
        "shell.run_completions",
        "print the completion script for a shell",
        (CliArgument("shell", "the shell to complete for", choices=("bash", "zsh", "fish")),),
    ),
}
OPTIONS = {
    "--library": "use DIR for the library and all settings (also NEWSLOOM_LIBRARY)",
    "--follow": "use this list of followed threads (YAML: name, about) for this run",
    "--limit": "print at most N rows",
    "--json": "print one JSON object per line",
    "--log": "append a log for bug reports to FILE, without any story text (also NEWSLOOM_LOG)",
}
"""Help lines of the options that every command takes, before or after its name."""
_SWITCHES = ("--json",)


def parse(arguments: Sequence[str]) -> tuple[str, CliCommand, argparse.Namespace]:
    """Parse the arguments into a command's name, the command and its options.

    If the first word is no command, all words are sources to open the reader with. Wrong usage exits with 2. Raises `CliExit` for a
    misspelled command.
    """
    at = _first_word(arguments)
    name = arguments[at] if at is not None and arguments[at] in COMMANDS else None
    if name is None or at is None:
        options = _parser("newsloom", OPEN, _overview()).parse_args(arguments)
        if at is not None:
            _check_spelling(options.source)
        return "open", OPEN, options
    command = COMMANDS[name]
    return name, command, _parser(f"newsloom {name}", command).parse_args([*arguments[:at], *arguments[at + 1 :]])


def _first_word(arguments: Sequence[str]) -> int | None:
    """The index of the first word that is neither an option nor an option's value."""
    skip = False
    for at, word in enumerate(arguments):
        if skip:
            skip = False
        elif word in OPTIONS and word not in _SWITCHES:
            skip = True
        elif word == "--":
            return None
        elif word == "-" or not word.startswith("-"):
            return at
    return None


def _check_spelling(sources: Sequence[str]) -> None:
    """Raise `CliExit` for a source that exists nowhere and resembles a command."""
    for source in sources:
        if "://" in source or Path(source).exists():
            continue
        if similar := difflib.get_close_matches(source, COMMANDS, n=1, cutoff=0.7):
            raise CliExit(f"“{source}” is not a command or a file; did you mean newsloom {similar[0]}?", ExitCode.USAGE)


def _overview() -> str:
    """The list of commands below the help."""
    rows = [(f"{name} {command.usage}".strip(), command.help) for name, command in COMMANDS.items()]
    width = max(len(usage) for usage, _ in rows)
    return "commands:\n" + "\n".join(f"  {usage:<{width}}  {help}" for usage, help in rows)


def _positive(text: str) -> int:
    """A whole number of at least 1; raises what argparse expects."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number of at least 1")
    return int(text)


def _parser(prog: str, command: CliCommand, epilog: str | None = None) -> argparse.ArgumentParser:
    """The parser of one command, with the options that all commands share."""
    parser = argparse.ArgumentParser(
        prog=prog, description=command.help, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    for argument in command.arguments:
        if argument.value and argument.choices:
            parser.add_argument(
                argument.name, metavar=argument.value, choices=argument.choices, default=argument.choices[0], help=argument.help
            )
        elif argument.value:
            parser.add_argument(argument.name, metavar=argument.value, action="append", default=[], help=argument.help)
        elif argument.is_option:
            parser.add_argument(argument.name, action="store_true", help=argument.help)
        else:
            parser.add_argument(
                argument.name,
                metavar=None if argument.choices else argument.name.upper(),
                nargs=argument.nargs,
                choices=argument.choices,
                help=argument.help,
            )
    parser.add_argument("--library", metavar="DIR", help=OPTIONS["--library"])
    parser.add_argument("--follow", metavar="FILE", type=Path, help=OPTIONS["--follow"])
    parser.add_argument("--limit", metavar="N", type=_positive, help=OPTIONS["--limit"])
    parser.add_argument("--json", action="store_true", help=OPTIONS["--json"])
    parser.add_argument("--log", metavar="FILE", type=Path, help=OPTIONS["--log"])
    parser.add_argument("--version", action="version", version=f"newsloom {__version__}")
    return parser

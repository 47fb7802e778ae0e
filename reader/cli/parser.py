"""What was typed after `newsloom`, to the command that runs and its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader import __version__
from reader.cli.commands import compare, correct, feeds, forget, general, refresh, search

Run = Callable[[argparse.Namespace], int]


@dataclass(frozen=True, slots=True)
class CliArgument:
    """A command's argument or own option: its name, how argparse takes it, and its line of help.

    An option's name begins with `--`; `value` is what follows it, None for one that stands alone. One with a value may be repeated,
    unless there are choices: then it is one of them, the first where nothing is said. `form` is how the usage shows an argument
    that may be more than one thing.
    """

    name: str
    help: str
    nargs: str | None = None
    choices: tuple[str, ...] | None = None
    value: str | None = None
    form: str | None = None

    @property
    def is_option(self) -> bool:
        """Whether it is an option."""
        return self.name.startswith("--")


@dataclass(frozen=True, slots=True)
class CliCommand:
    """A command: what runs it, its line of help, and its arguments."""

    run: Run
    help: str
    arguments: tuple[CliArgument, ...] = ()

    @property
    def usage(self) -> str:
        """The arguments as README and the help show them: `SOURCE ...`."""
        forms = {None: "{}", "+": "{} ...", "*": "[{} ...]", "?": "[{}]"}
        return " ".join(
            argument.form or forms[argument.nargs].format(argument.name.upper())
            for argument in self.arguments
            if not argument.is_option
        )

    @property
    def words(self) -> tuple[str, ...]:
        """The words that completions offer after it: what its arguments may be, and its own options."""
        return tuple(word for each in self.arguments for word in ((each.name,) if each.is_option else each.choices or ()))


_STORY = CliArgument("story", "a story's id, or its first characters")
_FORMAT = CliArgument("--format", "as text, markdown, html or json", choices=compare.FORMATS, value="FORMAT")
OPEN = CliCommand(
    general.run_open,
    "open the reader; named sources are added first",
    (CliArgument("source", "feeds, pages, lists of feeds, files and folders to add first", nargs="*"),),
)
COMMANDS: dict[str, CliCommand] = {
    "demo": CliCommand(general.run_demo, "open the five sample stories in a throw-away library"),
    "add": CliCommand(
        refresh.run_add,
        "add feeds, pages, lists of feeds, files and folders",
        (
            CliArgument(
                "source", "addresses, lists of feeds (OPML, newsboat's urls), files, folders, or - for standard input", nargs="+"
            ),
            CliArgument("--watch", "follow the folders: read them again with every refresh"),
            CliArgument("--allow-private", "ask this host of your own machine or network, now and later", value="HOST"),
        ),
    ),
    "refresh": CliCommand(
        refresh.run_refresh,
        "ask the feeds what is new",
        (
            CliArgument("feed", "only these, by address or name", nargs="*"),
            CliArgument("--due", "only those whose time has come, as for a timer"),
        ),
    ),
    "feeds": CliCommand(
        feeds.run_feeds,
        "list the feeds, or change one",
        (
            CliArgument("action", "what to do; without it the feeds are listed", nargs="?", choices=feeds.ACTIONS),
            CliArgument(
                "feed", "a feed's address or name; for allow and disallow a host of your own machine or network", nargs="?"
            ),
            CliArgument("value", "its new name, tags, minutes (or auto), on or off", nargs="*"),
        ),
    ),
    "export": CliCommand(
        feeds.run_export, "print the feeds as a list in OPML", (CliArgument("what", "opml", nargs="?", choices=("opml",)),)
    ),
    "threads": CliCommand(general.run_threads, "list the threads, the latest first"),
    "search": CliCommand(
        search.run_search,
        "list the stories a query finds, the best first; without a query the searches that are saved",
        (
            CliArgument(
                "query",
                'words, OR, NOT, "phrase", "near words"~5, pre*, last 3 days,'
                " title: outlet: author: date: after: before: is: tag: thread:",
                nargs="*",
            ),
            CliArgument("--sort", "by score, the best first, or by date, the newest first", choices=search.SORTS, value="ORDER"),
            CliArgument("--counts", "count the stories by outlet and month instead"),
            CliArgument("--save", "save the query under this name", value="NAME"),
            CliArgument("--notify", "with --save: tell of new stories in the reader"),
            CliArgument("--saved", "ask the saved search of this name; a query narrows it", value="NAME"),
            CliArgument("--forget", "forget the saved search of this name", value="NAME"),
        ),
    ),
    "show": CliCommand(
        general.run_show,
        "print one story",
        (
            _STORY,
            CliArgument("--removed", "show the lines left out, in their places"),
            CliArgument("--earlier", "show how it read before it was changed"),
        ),
    ),
    "related": CliCommand(general.run_related, "list the stories nearest to one, in its thread and beyond", (_STORY,)),
    "compare": CliCommand(
        compare.run_compare,
        "set stories side by side: what they share, what only one tells, which figures differ",
        (
            CliArgument("story", "a thread's id or name, or the ids of 2 to 8 stories", nargs="+", form="THREAD | STORY STORY ..."),
            CliArgument("--faint", "show the pairs that are less sure too"),
            _FORMAT,
        ),
    ),
    "brief": CliCommand(
        compare.run_brief,
        "print the passages told by most outlets, verbatim, with their sources",
        (CliArgument("thread", "a thread's id or name"), _FORMAT),
    ),
    "correct": CliCommand(
        correct.run_correct,
        "say what the threads should be; it holds whatever comes, and can be taken back",
        (
            CliArgument("action", "what to say, or to do with what was said", choices=correct.ACTIONS),
            CliArgument("what", "threads by id or name, stories by id, a name, a file", nargs="*"),
            CliArgument("--off", "with pin, mute and follow: no more"),
        ),
    ),
    "forget": CliCommand(
        forget.run_forget,
        "forget which passages you read, of a thread or of all",
        (CliArgument("thread", "a thread's id or name; without it all", nargs="?"), CliArgument("--yes", "do not ask")),
    ),
    "themes": CliCommand(general.run_themes, "list the themes"),
    "keys": CliCommand(general.run_keys, "print the keys"),
    "where": CliCommand(general.run_where, "print where things are kept"),
    "check": CliCommand(
        general.run_check,
        "say whether stories, index and threads agree, and rebuild what does not",
        (CliArgument("--anew", "sort all stories into threads anew, in order of date"),),
    ),
    "completions": CliCommand(
        general.run_completions,
        "print a shell's completions",
        (CliArgument("shell", "the shell", choices=("bash", "zsh", "fish")),),
    ),
}
OPTIONS = {
    "--library": "another library; everything it keeps lies below DIR (also NEWSLOOM_LIBRARY)",
    "--follow": "followed threads (YAML: name, about), for this call",
    "--limit": "at most N rows",
    "--json": "one JSON object a line",
}
"""The options every command takes, before or after its name, with their lines of help."""


def parse(arguments: Sequence[str]) -> tuple[Run, argparse.Namespace]:
    """The command to run and its arguments; words that name no command are sources to open the reader with.

    Wrong usage ends the program with 2.
    """
    at = _first_word(arguments)
    name = arguments[at] if at is not None and arguments[at] in COMMANDS else None
    if name is None or at is None:
        return OPEN.run, _parser("newsloom", OPEN, _overview()).parse_args(arguments)
    command = COMMANDS[name]
    asked = _parser(f"newsloom {name}", command).parse_args([*arguments[:at], *arguments[at + 1 :]])
    return command.run, asked


def _first_word(arguments: Sequence[str]) -> int | None:
    """The place of the first word that is neither an option nor an option's value."""
    skip = False
    for at, word in enumerate(arguments):
        if skip:
            skip = False
        elif word in OPTIONS and word != "--json":
            skip = True
        elif word == "--":
            return None
        elif word == "-" or not word.startswith("-"):
            return at
    return None


def _overview() -> str:
    """The list of commands under the help."""
    rows = [(f"{name} {command.usage}".strip(), command.help) for name, command in COMMANDS.items()]
    width = max(len(usage) for usage, _ in rows)
    return "commands:\n" + "\n".join(f"  {usage:<{width}}  {help}" for usage, help in rows)


def _positive(text: str) -> int:
    """A whole number of one or more; raises as argparse wants."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number of 1 or more")
    return int(text)


def _parser(prog: str, command: CliCommand, epilog: str | None = None) -> argparse.ArgumentParser:
    """The parser of one command, with the options all commands share."""
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
    parser.add_argument("--version", action="version", version=f"newsloom {__version__}")
    return parser

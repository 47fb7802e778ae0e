"""The command `correct`: make, undo, list, export and import corrections of threads."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.cli.context import open_library, resolve_story, resolve_thread
from reader.cli.exit import CliExit, ExitCode, print_message
from reader.cli.output import print_correction
from reader.models import Correction
from reader.presentation import formatting
from reader.presentation.messages import correction_text

if TYPE_CHECKING:
    from reader.library import Library


class CorrectAction(Struct, frozen=True):
    """An action of `newsloom correct`: its usage, and how many words follow it at least and at most (None: any number)."""

    usage: str
    least: int = 0
    most: int | None = 0


ACTIONS = {
    "rename": CorrectAction("THREAD [NAME]", 1, None),
    "pin": CorrectAction("THREAD", 1, 1),
    "mute": CorrectAction("THREAD", 1, 1),
    "follow": CorrectAction("THREAD", 1, 1),
    "merge": CorrectAction("THREAD THREAD ...", 2, None),
    "split": CorrectAction("STORY ...", 1, None),
    "move": CorrectAction("STORY ... THREAD", 2, None),
    "apart": CorrectAction("STORY STORY", 2, 2),
    "undo": CorrectAction(""),
    "list": CorrectAction(""),
    "export": CorrectAction(""),
    "import": CorrectAction("FILE", 1, 1),
}
_FLAGS = ("pin", "mute", "follow")


def run_correct(options: argparse.Namespace) -> int:
    """Make a correction, undo the last one, or list, export or import corrections."""
    action, words = options.action, options.what
    form = ACTIONS[action]
    if len(words) < form.least or (form.most is not None and len(words) > form.most):
        raise CliExit(f"usage: newsloom correct {action} {form.usage}".rstrip(), ExitCode.USAGE)
    if options.off and action not in _FLAGS:
        raise CliExit("--off works with pin, mute and follow only; newsloom correct undo undoes a correction", ExitCode.USAGE)
    with open_library(options) as library:
        match action:
            case "undo":
                return _undo(library, as_json=options.json)
            case "list":
                return _list(library, options)
            case "export":
                print(library.corrections.write(), end="")
            case "import":
                _import(library, words[0])
            case _:
                made = _correct(library, action, words, on=not options.off)
                print_correction(made, as_json=True) if options.json else print_message(correction_text(made.message))
        return ExitCode.DONE


def _correct(library: Library, action: str, words: Sequence[str], *, on: bool) -> Correction:
    """Make a correction of the threads and stories named."""
    corrections = library.corrections
    if action in _FLAGS:
        flag = {"pin": corrections.pin, "mute": corrections.mute, "follow": corrections.follow}[action]
        return flag(resolve_thread(library, words[0]).id, on)
    if action == "rename":
        return corrections.rename(resolve_thread(library, words[0]).id, " ".join(words[1:]))
    if action == "merge":
        return corrections.merge([resolve_thread(library, word).id for word in words])
    if action == "split":
        return corrections.split([resolve_story(library, word) for word in words])
    if action == "apart":
        return corrections.apart(*(resolve_story(library, word) for word in words))
    *stories, thread = words
    return corrections.move([resolve_story(library, word) for word in stories], resolve_thread(library, thread).id)


def _undo(library: Library, *, as_json: bool) -> int:
    """Undo the last correction."""
    undone = library.corrections.undo()
    if undone is None:
        return _none()
    print_correction(undone, as_json=True) if as_json else print_message(f"Undone: {correction_text(undone.message)}")
    return ExitCode.DONE


def _list(library: Library, options: argparse.Namespace) -> int:
    """Print the corrections, the last ones with `--limit`."""
    corrections = library.corrections.log()[-(options.limit or 0) :]
    for correction in corrections:
        print_correction(correction, as_json=options.json)
    return ExitCode.DONE if corrections else _none()


def _import(library: Library, source: str) -> None:
    """Import a list of corrections; print the stories it names that are not in the library."""
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).expanduser().read_bytes()
    except OSError as error:
        message = f"cannot read {source} ({error.strerror}); newsloom correct export writes such a file"
        raise CliExit(message, ExitCode.USAGE) from error
    imported = library.corrections.read(data, source)
    known = f", {imported.known:,} already known" if imported.known else ""
    print_message(f"{formatting.count(imported.taken, 'correction')} imported{known}")
    for place in imported.missing:
        print_message(f"Story not in the library yet: {place}")


def _none() -> int:
    print_message("No corrections yet; newsloom correct --help lists the kinds")
    return ExitCode.NOTHING_FOUND

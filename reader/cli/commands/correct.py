"""What the reader says of threads from the command line: say it, take it back, list it, hand it on."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.commands.general import named_story, opened
from reader.cli.exit import DONE, NOTHING, WRONG, CliExit, say
from reader.errors import CorrectionError
from reader.models import Correction, Thread
from reader.presentation import formatting

if TYPE_CHECKING:
    from reader.library import Library

_WANTS = {
    "rename": "a thread and its name (none: the one found in its stories)",
    "pin": "a thread",
    "mute": "a thread",
    "follow": "a thread",
    "merge": "two threads or more",
    "split": "stories of one thread",
    "move": "stories and the thread they go to",
    "apart": "two stories, of which the second leaves",
    "undo": "nothing more",
    "list": "nothing more",
    "export": "nothing more",
    "import": "a file, or - for standard input",
}
"""What follows each action."""
ACTIONS = tuple(_WANTS)
"""What may be said of threads, and done with what was said."""
_COUNTS = {
    "rename": (1, None),
    "merge": (2, None),
    "split": (1, None),
    "move": (2, None),
    "apart": (2, 2),
    "undo": (0, 0),
    "list": (0, 0),
    "export": (0, 0),
}
"""How many words follow an action, least and most; one, where it is not named here."""
_FLAGS = ("pin", "mute", "follow")


def run_correct(asked: argparse.Namespace) -> int:
    """Say something of threads, take the last word back, or list, print or take in what was said."""
    action, words = asked.action, asked.what
    least, most = _COUNTS.get(action, (1, 1))
    if len(words) < least or (most is not None and len(words) > most):
        raise CliExit(f"newsloom correct {action} wants {_WANTS[action]}", WRONG)
    if asked.off and action not in _FLAGS:
        raise CliExit(f"--off goes with {', '.join(_FLAGS)}; newsloom correct undo takes the last word back", WRONG)
    with opened(asked) as library:
        try:
            return _act(library, action, words, asked)
        except CorrectionError as fault:
            raise CliExit(str(fault), WRONG) from fault


def _act(library: Library, action: str, words: Sequence[str], asked: argparse.Namespace) -> int:
    """Do one of the actions."""
    match action:
        case "undo":
            return _undo(library, as_json=asked.json)
        case "list":
            log = library.correct.log()[-(asked.limit or 0) :]
            for word in log:
                _tell(word, as_json=asked.json)
            return DONE if log else _none()
        case "export":
            print(library.correct.write(), end="")
        case "import":
            return _import(library, words[0])
        case _:
            word = _say(library, action, words, on=not asked.off)
            _tell(word, as_json=True) if asked.json else say(word.said)
    return DONE


def _say(library: Library, action: str, words: Sequence[str], *, on: bool) -> Correction:
    """Say a word of threads and stories as they were named."""
    correct = library.correct
    if action in _FLAGS:
        flag = {"pin": correct.pin, "mute": correct.mute, "follow": correct.follow}[action]
        return flag(named_thread(library, words[0]), on)
    if action == "rename":
        return correct.rename(named_thread(library, words[0]), " ".join(words[1:]))
    if action == "merge":
        return correct.merge([named_thread(library, word) for word in words])
    if action == "split":
        return correct.split([named_story(library, word) for word in words])
    if action == "apart":
        return correct.apart(*(named_story(library, word) for word in words))
    *stories, thread = words
    return correct.move([named_story(library, word) for word in stories], named_thread(library, thread))


def named_thread(library: Library, asked: str) -> str:
    """The id of the thread of an id, a name or its beginning; raises `CliExit` where there is none or several."""
    threads = library.threads()
    if any(thread.id == asked for thread in threads):
        return asked
    wanted = asked.strip().casefold()
    begun = [thread for thread in threads if wanted and thread.name.casefold().startswith(wanted)]
    found = [thread for thread in begun if thread.name.casefold() == wanted] or begun
    if len(found) == 1:
        return found[0].id
    if found:
        raise CliExit(f"{len(found)} threads are called “{asked}” or begin so: {_named(found[:5])}; give an id", WRONG)
    if asked in library.find(asked):
        raise CliExit(f"“{asked}” is a story; name a thread", WRONG)
    raise CliExit(f"there is no thread “{asked}”; newsloom threads --json lists their ids and names", NOTHING)


def _named(threads: Sequence[Thread]) -> str:
    return ", ".join(f"{thread.id} ({thread.name})" for thread in threads)


def _undo(library: Library, *, as_json: bool) -> int:
    """Take the last word back."""
    undone = library.correct.undo()
    if undone is None:
        return _none()
    _tell(undone, as_json=True) if as_json else say(f"taken back: {undone.said}")
    return DONE


def _import(library: Library, source: str) -> int:
    """Take in a list of corrections; stories it names that are not here are told."""
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).expanduser().read_bytes()
    except OSError as fault:
        raise CliExit(f"{source} cannot be read ({fault.strerror}); newsloom correct export writes such a list", WRONG) from fault
    imported = library.correct.read(data, source)
    say(f"{imported.taken:,} taken in" + (f", {imported.known:,} already here" if imported.known else ""))
    for place in imported.missing:
        say(f"not here yet: {place}")
    return DONE


def _none() -> int:
    say("You corrected no thread; newsloom correct --help tells how.")
    return NOTHING


def _tell(word: Correction, *, as_json: bool) -> None:
    """Tell one correction."""
    if as_json:
        fields = {name: getattr(word, name) for name in ("number", "kind", "at", "said", "text", "stories", "others", "undone")}
        print(json.dumps(fields, ensure_ascii=False))
    else:
        print(
            f"{word.number:>4}  {formatting.moment(formatting.here(word.at))}  {word.said}{' (taken back)' if word.undone else ''}"
        )

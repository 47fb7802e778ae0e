"""A file of the library is damaged: commands repair it or say what is wrong, in words and not by a traceback."""

from __future__ import annotations

import contextlib
import io
import random
from pathlib import Path

from reader.cli import main
from reader.errors import NewsloomError
from reader.library import Library
from tests.faults.acts import STORIES

_TEXTS = {
    "threads.yaml": "- name: Ferry\n  query: ferry\n",
    "searches.yaml": "- name: Coal\n  query: coal\n",
    "settings.yaml": "theme: dark\nrefresh_minutes: 30\n",
}
_COMMANDS = (["threads"], ["search", "ferry"], ["search"], ["check"], ["feeds"], ["themes"], ["threads", "--json"], ["check"])


def run(folder: Path, seed: int) -> list[str]:
    """Damage one file at random and run commands; returns what is wrong with their answers."""
    draw = random.Random(seed)
    for name, text in _TEXTS.items():
        (folder / name).write_text(text)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith((".lock", "-shm")))
    weights = [3 if path.name == "library.db" else 1 for path in files]
    path = draw.choices(files, weights)[0]
    how = _damage(path, draw)
    wrong, sound = [], False
    for command in _COMMANDS:
        output, messages = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(messages):
            code = main(["--library", str(folder), *command])
        if "Unexpected error" in messages.getvalue() or "Traceback" in messages.getvalue():
            wrong.append(f"{path.name} {how}: {command}: {messages.getvalue().strip()}")
        if code and not messages.getvalue() and not output.getvalue():
            wrong.append(f"{path.name} {how}: {command}: code {code} without a word")
        sound = code == 0 if command == ["check"] else sound
    if sound and not wrong:
        wrong += _losses(folder, f"{path.name} {how}")
    return wrong


def _damage(path: Path, draw: random.Random) -> str:
    """Damage a file, and say how."""
    data = bytearray(path.read_bytes())
    at = draw.randrange(len(data)) if data else 0
    match draw.choice(("flip", "cut", "zeros", "noise", "remove", "append")):
        case "flip" if data:
            data[at] ^= 1 << draw.randrange(8)
            how = f"with a flipped bit at {at}"
        case "cut":
            del data[at:]
            how = f"cut at {at}"
        case "zeros":
            data[at : at + 512] = bytes(len(data[at : at + 512]))
            how = f"with zeros at {at}"
        case "noise":
            data[at : at + 64] = draw.randbytes(len(data[at : at + 64]))
            how = f"with noise at {at}"
        case "remove":
            path.unlink()
            return "removed"
        case _:
            data += draw.randbytes(100)
            how = "with noise appended"
    path.write_bytes(data)
    return how


def _losses(folder: Path, what: str) -> list[str]:
    """List stories that are gone from a library that was called sound."""
    try:
        library = Library.open(folder)
    except NewsloomError as error:
        return [f"{what}: called sound, and then: {error}"]
    try:
        shown = sum(len(thread.stories) for thread in library.threads.all())
        counted = library.search.run("ferry", limit=50).total
        return [] if (shown, counted) == (STORIES, STORIES) else [f"{what}: called sound with {shown} shown and {counted} found"]
    except NewsloomError as error:
        return [f"{what}: called sound, and then: {error}"]
    finally:
        library.close()

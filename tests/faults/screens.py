"""Random keys on a library of hostile stories in a terminal: no foreign escape is painted, and the reader ends when told to."""

from __future__ import annotations

import fcntl
import os
import pty
import random
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

from reader.library import Library
from reader.models import ExtractedField, Story

_HOSTILE = (
    "\x1b]0;HOSTILE\x07\x1b[31mHOSTILE\x9b5m\x1bPHOSTILE\x1b\\ [@click=app.quit]HOSTILE[/] [bold \u202eHOSTILE e\u0301\u0301\u0301"
)
_ESCAPES = (b"\x1b]0;HOSTILE", b"\x1bPHOSTILE", b"\x1b[31mHOSTILE", "\u202e".encode(), b"\xc2\x9b")
"""What a terminal would obey."""
_KEYS = [*"jklhJK nNgGcBtTF?/fmsu:eoxzd", "\r", "\t", "\x1b", "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~"]
_PRESSED = 60
_ENDS = (signal.SIGTERM, signal.SIGHUP, None)
"""Ways to end the reader; None hangs up the terminal."""
_PATIENCE = 10.0
"""Seconds for the start and for the end, on a busy machine."""


def run(folder: Path, seed: int) -> list[str]:
    """Press random keys in the reader and end it; returns what is wrong."""
    draw = random.Random(seed)
    _add_hostile_stories(folder)
    child, terminal = pty.fork()
    if not child:
        os.environ.update(TERM="xterm-256color", NO_COLOR="1")
        os.chdir(folder)  # where exported files go
        os.execv(sys.executable, [sys.executable, "-m", "reader", "--library", str(folder)])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    painted = _read(terminal, _PATIENCE, until=b"Ferry")
    wrong = [] if b"Ferry" in painted else ["did not start"]
    for _ in range(_PRESSED):
        os.write(terminal, draw.choice(_KEYS).encode())
        painted += _read(terminal, draw.choice((0, 0.01, 0.05)))
    painted += _read(terminal, 0.3)
    state = Path(f"/proc/{child}/stat")
    if not state.exists() or state.read_text().split()[2] == "Z":
        wrong.append("ended by itself")
    how = draw.choice(_ENDS)
    if how is None:
        os.close(terminal)
    else:
        os.kill(child, how)
        painted += _read(terminal, _PATIENCE, until=b"\x1b[?1049l")
    if not _ended(child):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        wrong.append(f"did not end after {how.name if how else 'the terminal was closed'}")
    if how is not None:
        os.close(terminal)
    if b"Traceback" in painted:
        wrong.append("a traceback on the screen")
    return wrong + [f"{escape!r} on the screen" for escape in _ESCAPES if escape in painted]


def _add_hostile_stories(folder: Path) -> None:
    library = Library.open(folder)
    for number in range(3):
        library._store.stories.put(
            Story(
                source=_HOSTILE,
                address=f"/{number}/{_HOSTILE}",
                title=ExtractedField(f"{_HOSTILE} {number}"),
                outlet=ExtractedField(_HOSTILE),
                body=(f"{_HOSTILE} number {number} left the harbor on Monday.", _HOSTILE),
                url="javascript:alert(1)",
            )
        )
    library.synchronizer.catch_up()
    library.close()


def _read(terminal: int, seconds: float, until: bytes | None = None) -> bytes:
    """Read what is painted within some seconds, or until something is."""
    data, end = b"", time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 or not data:
        if not select.select([terminal], [], [], max(0, left))[0]:
            break
        try:
            data += os.read(terminal, 1 << 16)
        except OSError:  # the reader has closed the terminal
            break
        if until and until in data:
            break
    return data


def _ended(child: int) -> bool:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            return True
        time.sleep(0.02)
    return False

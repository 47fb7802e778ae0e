"""The reader in a pseudo-terminal of its own, which goes away or is told to stop."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from reader.library import Library

pytestmark = pytest.mark.process

PATIENCE = 60
"""Seconds for which the reader is waited for on a busy machine."""
STORY = "The Ferry Sails Again\n\nThe ferry sailed again on Monday, after nine weeks of repairs at the northern yard.\n"


class Terminal:
    """The reader in a pseudo-terminal; `read` collects what it paints."""

    def __init__(self, folder: Path, *arguments: str, ignore_hangup: bool = False, controlling: bool = False) -> None:
        self.folder = folder
        self.master, slave = pty.openpty()
        self.name = os.ttyname(slave)
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "NEWSLOOM_LIBRARY": str(folder / "library"),
            "TMPDIR": str(folder / "tmp"),
        }
        (folder / "tmp").mkdir()
        signals = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN);" if ignore_hangup else ""
        start = f"{signals}import sys; from reader.cli import main; sys.exit(main())"
        self.process = subprocess.Popen(
            [sys.executable, "-c", start, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if controlling else None,
        )
        os.close(slave)
        self.painted = b""

    def wait_for(self, text: bytes) -> None:
        """Read until a text is painted."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.painted:
            assert time.monotonic() < deadline, self.painted[-2000:]
            if select.select([self.master], [], [], 0.2)[0]:
                self.painted += os.read(self.master, 65536)

    def type(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def read_line(self) -> bytes:
        """Read a typed line as a shell in the same terminal does."""
        slave = os.open(self.name, os.O_RDONLY | os.O_NOCTTY)
        try:
            return os.read(slave, 1024)
        finally:
            os.close(slave)

    def hang_up(self) -> int:
        """Take the terminal away; returns the exit code."""
        os.close(self.master)
        self.master = -1
        return self.process.wait(PATIENCE)

    def stop(self, number: int) -> int:
        """Send a signal, and read on until the reader has ended."""
        self.process.send_signal(number)
        with suppress(OSError):
            while chunk := os.read(self.master, 65536):
                self.painted += chunk
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        if self.master >= 0:
            os.close(self.master)
        self.process.kill()
        self.process.wait()

    @property
    def leftovers(self) -> list[Path]:
        """Files that were left in the folder for temporary files."""
        return list((self.folder / "tmp").iterdir())


def with_story(folder: Path) -> Path:
    """A library with one story."""
    (folder / "ferry.txt").write_text(STORY, encoding="utf-8")
    library = Library.open(folder / "library")
    library.importer.add([str(folder / "ferry.txt")])
    library.close()
    return folder


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


@pytest.mark.parametrize("ignore_hangup", [False, True])
def test_without_its_terminal_the_reader_ends_and_keeps_the_last_change(
    tmp_path: Path, terminals: list[Terminal], ignore_hangup: bool
) -> None:
    terminal = Terminal(with_story(tmp_path), ignore_hangup=ignore_hangup)
    terminals.append(terminal)
    terminal.wait_for(b"Ferry Sails Again")
    terminal.type(b"s")
    terminal.wait_for(b"Starred")
    assert terminal.hang_up() == 128 + signal.SIGHUP
    library = Library.open(tmp_path / "library")
    try:
        (thread,) = library.threads.all()
        assert library.stories.header(thread.stories[0]).starred
    finally:
        library.close()


def test_a_hangup_of_the_controlling_terminal_ends_the_reader(tmp_path: Path, terminals: list[Terminal]) -> None:
    """The system sends SIGHUP and SIGCONT then; the latter is no reason to start the screen again."""
    terminal = Terminal(with_story(tmp_path), controlling=True)
    terminals.append(terminal)
    terminal.wait_for(b"Ferry Sails Again")
    assert terminal.hang_up() == 128 + signal.SIGHUP


def test_a_signal_to_continue_does_not_start_the_screen_twice(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(with_story(tmp_path))
    terminals.append(terminal)
    terminal.wait_for(b"Ferry Sails Again")
    terminal.process.send_signal(signal.SIGCONT)
    terminal.type(b"s")
    terminal.wait_for(b"Starred")
    assert terminal.painted.count(b"\x1b[?1049h") == 1
    assert terminal.stop(signal.SIGTERM) == 128 + signal.SIGTERM


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_hangup_on_the_heels_of_a_signal_leaves_nothing(tmp_path: Path, terminals: list[Terminal], number: int) -> None:
    terminal = Terminal(tmp_path, "demo", controlling=True)
    terminals.append(terminal)
    terminal.wait_for(b"5 stories added")
    assert terminal.leftovers
    terminal.process.send_signal(number)
    assert terminal.hang_up() in (128 + number, 128 + signal.SIGHUP)
    assert terminal.leftovers == []


def test_a_signal_ends_the_reader_and_restores_the_terminal(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(with_story(tmp_path))
    terminals.append(terminal)
    terminal.wait_for(b"Ferry Sails Again")
    assert terminal.stop(signal.SIGTERM) == 128 + signal.SIGTERM
    assert b"\x1b[?1049l" in terminal.painted, "the alternate screen is left"
    assert b"\x1b[?25h" in terminal.painted, "the cursor is shown"


def test_the_folder_of_the_samples_goes_with_the_terminal(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(tmp_path, "demo")
    terminals.append(terminal)
    terminal.wait_for(b"Mattis")
    assert terminal.leftovers
    terminal.hang_up()
    assert terminal.leftovers == []


@pytest.mark.parametrize(("before", "shown"), [(b"", b"Ferry Sails Again"), (b"/", b"back")], ids=["list", "search"])
def test_the_reader_is_suspended_and_resumed(tmp_path: Path, terminals: list[Terminal], before: bytes, shown: bytes) -> None:
    terminal = Terminal(with_story(tmp_path), controlling=True)
    terminals.append(terminal)
    terminal.wait_for(b"Ferry Sails Again")
    mode = termios.tcgetattr(terminal.master)
    terminal.type(before + b"\x1a")
    _, status = os.waitpid(terminal.process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    assert termios.tcgetattr(terminal.master)[3] & termios.ICANON, "the shell reads lines"
    terminal.type(b"typed for the shell\n")
    assert terminal.read_line() == b"typed for the shell\n"
    terminal.wait_for(b"typed for the shell")
    terminal.painted = b""
    os.kill(terminal.process.pid, signal.SIGCONT)
    terminal.wait_for(shown)
    assert termios.tcgetattr(terminal.master) == mode
    terminal.type(b"\x1bs")
    terminal.wait_for(b"Starred")

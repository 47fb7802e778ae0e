"""The terminal driver: Textual's own, which also ends the program when its terminal is gone and knows what the terminal answers.

Textual reads on after the end of file on the terminal, which keeps a processor busy for good, and takes a color that a terminal
states for keys.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from io import TextIOWrapper
from threading import Lock, Thread
from typing import Any, TextIO, cast

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from reader.tui.terminal_query import TerminalAnswers

LISTEN = 0.1
"""Seconds between two looks at whether the program ends, and after which the beginning of an answer is taken for keys."""
CHUNK = 4096
"""Bytes read from the terminal at once."""
CHECK_EVERY = 500
"""Milliseconds between two checks of the terminal, where its end is not reported at once."""


class _Output:
    """Standard error without errors: Textual's writer must live on when the terminal is gone, else the app waits for it forever."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


class BackgroundStated(Message):
    """The terminal stated its background after the first paint."""


class TerminalDriver(LinuxDriver):
    """Ends the app when the terminal hangs up, and on SIGHUP and SIGTERM, so that everything is written as on quitting."""

    def __init__(self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = cast("TextIOWrapper", _Output(sys.__stderr__ or sys.stderr))
        self._detaching = Lock()
        self._detached = False
        self._answers: TerminalAnswers = getattr(app, "terminal", None) or TerminalAnswers()

    def start_application_mode(self) -> None:
        """Start, and watch the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self._end, number)
        if self.input_tty:
            Thread(target=self._watch, args=(loop,), name="terminal", daemon=True).start()

    def run_input_thread(self) -> None:
        """Pass on what is typed, first of all the keys typed before the start."""
        answers = self._answers
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode

        def pass_on(keys: bytes) -> None:
            for event in (*(parser.feed(text) if (text := decode(keys)) else ()), *parser.tick()):
                self.process_message(event)

        pass_on(answers.take_typed())
        while not self.exit_event.is_set():
            ready = select.select([self.fileno], [], [], LISTEN)[0]
            data = os.read(self.fileno, CHUNK) if ready else b""
            known = answers.brightness
            pass_on(answers.keys(data) if data else answers.release())
            if answers.brightness != known:
                self.process_message(BackgroundStated())

    def _sigcont_application(self, *_: object) -> None:
        """Resume after a suspension only: a hangup sends SIGCONT too, and a second start would leave a thread behind."""
        if self._must_signal_resume:
            super()._sigcont_application()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        poll = select.poll()
        poll.register(self.fileno, 0)
        while not self.exit_event.is_set():
            if poll.poll(CHECK_EVERY) or not os.isatty(self.fileno):
                self._detach()
                loop.call_soon_threadsafe(self._end, signal.SIGHUP)
                return

    def _end(self, number: int) -> None:
        if not os.isatty(self.fileno):
            self._detach()
        self._app.exit(128 + number)

    def _detach(self) -> None:
        """Replace a terminal that is gone: input that never comes, output that goes nowhere."""
        with self._detaching:
            if self._detached:
                return
            self._detached = True
            silence, wake = os.pipe()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 0)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            # The input thread may be about to read the end of file; the first byte of a letter wakes it, and is no key by itself.
            os.write(wake, b"\xc3")

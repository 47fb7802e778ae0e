"""Starts the screen. It prepares the process before Textual is imported, so nothing else has to."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from reader.library import Library
    from reader.paths import Directories
    from reader.settings import Settings

FRAMES_PER_SECOND = "250"
"""Textual waits up to two frames before it paints the result of a key; it reads the rate when it is imported."""
SWITCH_INTERVAL = 0.001
"""Seconds a worker thread may hold the interpreter while a key is waiting."""
GC_THRESHOLDS = (5_000, 5, 20)
"""Rarer garbage collections: a full one takes longer than a redraw and used to run every fifty keys."""


def run(library: Library, places: Directories, settings: Settings | None = None, *, add: Sequence[str] = ()) -> int:
    """Show a library on the screen until the reader quits, and add sources meanwhile; return the exit code."""
    from reader.settings import AUTO, Settings
    from reader.tui.commands.key_file import load_keys
    from reader.tui.commands.registry import COMMANDS, use_table
    from reader.tui.terminal_query import TerminalAnswers, ask
    from reader.tui.theming.theme import FOR_BACKGROUND

    os.environ.setdefault("TEXTUAL_FPS", FRAMES_PER_SECOND)
    sys.setswitchinterval(SWITCH_INTERVAL)
    gc.set_threshold(*GC_THRESHOLDS)

    use_table(load_keys(places.keys, COMMANDS))
    settings, answers = settings or Settings(), TerminalAnswers()
    chosen = settings.theme != AUTO or bool(os.environ.get("NO_COLOR"))
    query = None if chosen else ask(answers)
    try:
        # the terminal answers while this is imported
        from reader.tui.app import Newsloom
    finally:
        found = query.finish() if query else None
    if not chosen:
        settings = replace(settings, theme=FOR_BACKGROUND[found])
    app = Newsloom(library, places, settings, add=add, terminal=answers)
    with app.leaving:
        code = app.run() or 0
        # A hangup on the heels of a signal must not cut off what is still written and removed.
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        return code

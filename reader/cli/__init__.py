"""The command line: what was asked, the library's answer, and how it is told, as text or as one JSON object a line.

Data goes to standard output, words to standard error. Exit codes: 0 done, 1 nothing found, 2 wrong usage or configuration, 3 some
sources failed and the rest was kept, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from reader.cli.exit import DONE, INTERRUPTED, CliExit, say
from reader.cli.parser import parse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    run, asked = parse(list(sys.argv[1:] if arguments is None else arguments))
    try:
        code = run(asked)
        sys.stdout.flush()
    except CliExit as stop:
        say(str(stop))
        return stop.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever reads the pipe has seen enough; nothing may be flushed into it when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code

"""The command line: parses arguments, calls the library and prints its answers as text or as one JSON object per line.

Data goes to standard output, messages to standard error. `ExitCode` lists the exit codes.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reader.cli.command import Run
from reader.cli.exit import CliExit, ExitCode, print_message
from reader.cli.parser import parse
from reader.errors import NewsloomError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        name, command, options = parse(list(sys.argv[1:] if arguments is None else arguments))
        path = options.log or os.environ.get("NEWSLOOM_LOG")
        if not path:
            return _run(command.run, options)
        return _run_logged(name, command.run, options, Path(path))
    except CliExit as exit_:
        print_message(str(exit_))
        return exit_.code
    except NewsloomError as error:
        print_message(str(error))
        return ExitCode.USAGE
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of the pipe is gone; Python must not flush into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE


def _run(run: Run, options: argparse.Namespace) -> int:
    code = run(options)
    sys.stdout.flush()
    return code


def _run_logged(name: str, run: Run, options: argparse.Namespace, path: Path) -> int:
    """Run a command and record it in the log file."""
    from reader import log

    try:
        log.start(path, name)
    except OSError as error:
        raise CliExit(f"cannot write the log file {path} ({error.strerror}); choose another", ExitCode.USAGE) from error
    with log.timed("command") as found:
        code = _run(run, options)
        found["code"] = int(code)
    return code

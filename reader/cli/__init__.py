"""The command line: parses arguments, calls the library and prints its answers as text or as one JSON object per line.

Data goes to standard output, messages to standard error. `ExitCode` lists the exit codes.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reader.cli.command import Run
from reader.cli.exit import CliExit, ExitCode, prepare_streams, print_message
from reader.cli.parser import parse
from reader.errors import NewsloomError

_OUTPUT_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    prepare_streams()
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
        _discard_output()
        return ExitCode.DONE
    except OSError as error:
        if error.filename is None and error.errno in _OUTPUT_ERRORS:
            _discard_output()
            print_message(f"cannot write the output ({error.strerror})")
        else:
            print_message(f"{error.filename or 'Input or output'}: {error.strerror or error}")
        return ExitCode.FAILED
    except Exception as error:  # the last boundary: a fault of the program is one line, and its stack stands in the log
        print_message(f"Unexpected error: {type(error).__name__}. Run the command again with --log FILE, and report that file.")
        return ExitCode.FAILED


def _discard_output() -> None:
    """Redirect standard output to nowhere, so that Python does not flush into a broken pipe or a full disk at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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

"""Runs the command line: `python -m reader` is `newsloom`."""

import sys

from reader.cli import main

sys.exit(main())

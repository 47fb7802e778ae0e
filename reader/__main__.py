"""`python -m reader.cli` is `newsloom`."""

import sys

from reader.cli import main

sys.exit(main())

"""The library: sources in, threads and answers out; the screen and the command line talk to nothing else."""

from reader.library.facade import Library

__all__ = ["Library"]

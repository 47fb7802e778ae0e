"""The library: sources in, threads and answers out; the screen and the command line talk to nothing else."""

from reader.library.facade import Library
from reader.shelf.database import ShelfError
from reader.shelf.query import QueryError
from reader.threads.follow import FollowError

__all__ = ["FollowError", "Library", "QueryError", "ShelfError"]

"""The store: SQLite, the source of truth, with a change log for everything derived from it."""

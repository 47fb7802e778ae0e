"""Subcommands of newsloom, one module per group."""

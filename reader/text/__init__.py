"""Strings to better strings: pure, without input or output."""

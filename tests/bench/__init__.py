"""Benchmarks on labelled data, run by `make bench-*` and never by the tests."""

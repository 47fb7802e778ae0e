"""Faults on purpose: kills, full disks, damaged files, hostile input and random keys, each replayed by a seed number."""

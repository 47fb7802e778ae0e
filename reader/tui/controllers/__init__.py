"""Behavior of the main screen, one object per task."""

"""Comparison of stories: shared and unique passages, differences, novelty, and briefs. Pure functions on models."""

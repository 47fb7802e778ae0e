"""Themes as data: loading, validation, contrast, preview."""

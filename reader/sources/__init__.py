"""The world to stories."""

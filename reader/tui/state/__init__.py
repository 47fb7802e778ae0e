"""State of the screen, independent of widgets."""

"""The parts of a screen: each paints whole lines by itself, in the roles of the theme."""

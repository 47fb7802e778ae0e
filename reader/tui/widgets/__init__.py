"""The widgets of the screens: each paints whole lines in the roles of the theme."""

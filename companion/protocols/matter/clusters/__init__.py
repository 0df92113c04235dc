"""The clusters that a commissioner needs, as tables: a module each, with its attributes and commands."""

"""The codes of each ecosystem, a module for those that can be checked, a row of `shapes` for the others."""

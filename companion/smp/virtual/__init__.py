"""A virtual board with SMP. Imports Bumble."""

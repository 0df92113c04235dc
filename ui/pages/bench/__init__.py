"""Many devices in a row: the bench, and what is fixed before it starts."""

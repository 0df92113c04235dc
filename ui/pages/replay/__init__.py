"""A kept run, replayed through the pages that its user saw."""

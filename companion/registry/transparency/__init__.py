"""The rows of the transparency log: appending, reading and checking it."""

"""It declares something else."""

PROTOCOL = {"name": "noprotocol"}

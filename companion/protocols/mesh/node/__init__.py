"""A node's own side: what its models answer, and its proxy."""

"""A virtual device on the air and on the network."""

"""A device by CircuitMatter on loopback."""

"""The network that a device is to join: what its details can be, and how they are asked for."""

"""Drives Matter over Bluetooth LE and the network: from a setup code to a node of our fabric."""

"""Sessions with a device: over Bluetooth or the network, by its passcode or by certificates."""

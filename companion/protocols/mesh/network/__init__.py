"""Network, transport and proxy of Bluetooth mesh: octets in, messages and octets out."""

"""What a device is given, and what an owner or a manufacturer signs (sections 6, 9.2 and 10)."""

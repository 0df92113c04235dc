"""Where codes come from. A source offers texts until it has no more; none of them opens a device."""

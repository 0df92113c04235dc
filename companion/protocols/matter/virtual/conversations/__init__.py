"""What is said with a virtual device over one transport: octets in, octets out; sans-IO."""

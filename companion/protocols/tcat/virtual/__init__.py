"""Virtual TCAT devices."""

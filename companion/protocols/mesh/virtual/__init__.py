"""Virtual mesh devices."""

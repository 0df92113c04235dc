"""What an admitted session may change, and when it takes effect."""

"""What an owner does besides a transaction (section 10): requests, transfer tokens, the revocation list."""

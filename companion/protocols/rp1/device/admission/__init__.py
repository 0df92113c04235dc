"""Who is let in, and at what cost of attempts."""

"""What a virtual device is at a moment: what it keeps, its fail-safe and window, who talks to it."""

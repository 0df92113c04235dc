"""What PASE and CASE have in common: what goes out, what comes of it, and how it fails."""

"""Matter: the layers of its protocol, sans-IO. There is no declaration yet, so nothing finds it."""

"""Networks as JSON of the registry and of the vault."""

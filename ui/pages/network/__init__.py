"""The page for network, name and room."""

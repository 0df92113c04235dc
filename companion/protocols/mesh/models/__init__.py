"""Models of Bluetooth mesh: what a commissioner and a node say to each other once they have keys."""

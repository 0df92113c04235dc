"""What the registry knows, for the devices page and the activity page."""

"""What is looked at about one device, in the place of the list."""

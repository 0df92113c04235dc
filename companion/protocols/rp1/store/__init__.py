"""What survives the death of the app."""

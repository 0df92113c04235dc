"""The card of hardware tokens in the settings."""

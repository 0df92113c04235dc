"""The devices that were set up from here."""

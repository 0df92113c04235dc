"""Virtual RP1 devices. Imported when one is wanted: Bumble is heavy."""

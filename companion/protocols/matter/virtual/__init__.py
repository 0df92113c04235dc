"""Virtual Matter devices. Imported when one is wanted: Bumble is heavy."""

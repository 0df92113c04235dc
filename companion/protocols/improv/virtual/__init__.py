"""Virtual Improv boards. Imported when one is wanted: Bumble is heavy."""

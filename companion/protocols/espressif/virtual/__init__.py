"""Virtual ESP32 devices. Imported when one is wanted: Bumble is heavy."""

"""Virtual Matter devices without a radio: commissioned and administered by our own layers in this process."""

"""Sets devices up without anybody at a screen: codes come in, and what became of each is on the disk."""

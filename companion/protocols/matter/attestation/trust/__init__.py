"""What a device is held against: trusted roots, signers of declarations, revocations."""

"""Attestation: is the device what it says, and who vouches for it? `examination.examine` makes the report."""

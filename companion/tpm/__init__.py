"""A TPM 2.0: keys that sign in it, secrets sealed by it, certificates kept in it."""

"""Attestation: certificates, chain, declaration, roots, revocation, report."""

"""A TPM in software."""

from tests.tpm.soft_tpm import soft_tpm

__all__ = ["soft_tpm"]

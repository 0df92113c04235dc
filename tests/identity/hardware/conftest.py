"""Tokens in software."""

from tests.identity.hardware.soft_tokens import soft_tokens

__all__ = ["soft_tokens"]

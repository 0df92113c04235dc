"""Trust is proved from what a registry holds."""

from tests.registry.conftest import registry

__all__ = ["registry"]

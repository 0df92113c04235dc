"""An identity with a registry, and a device in it whose certificate is due."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.identity import Identity, open_identity
from companion.registry import Registry, open_registry
from tests.est.devices import Known, commissioned


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    return open_identity(tmp_path, throwaway=True)


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    opened = open_registry(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def device(identity: Identity, registry: Registry) -> Known:
    return commissioned(identity, registry)

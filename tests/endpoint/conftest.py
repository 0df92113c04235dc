"""An endpoint with an identity of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from companion.endpoint import EmbeddedEndpoint
from companion.identity import Identity, open_identity


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    return open_identity(tmp_path, throwaway=True)


@pytest.fixture
async def endpoint(identity: Identity) -> AsyncIterator[EmbeddedEndpoint]:
    started = await EmbeddedEndpoint.start(identity)
    yield started
    await started.close()

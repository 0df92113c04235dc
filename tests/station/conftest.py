"""A line of its own for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from companion.virtual.air import Air
from tests.station.line import Line


@pytest.fixture
async def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> AsyncIterator[Line]:
    async with Air() as air:
        (port,) = air.ports
        made = Line(f"virtual+bumble:tcp-client:127.0.0.1:{port}", tmp_path, capsys)
        yield made
        await made.close()

"""A command beside a virtual device, in this process: nobody kills it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from companion.cli import main

SECONDS = 150.0


async def document(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """The JSON document of a command that must end well."""
    capsys.readouterr()
    async with asyncio.timeout(SECONDS):
        status = await asyncio.to_thread(main, [*words, "--json"])
    out, err = capsys.readouterr()
    assert status == 0, out + err
    loaded: dict[str, Any] = json.loads(out)
    return loaded

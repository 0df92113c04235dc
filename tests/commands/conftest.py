"""Commands run as users run them, in this process: arguments in, exit status and both outputs out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from companion.cli import main
from companion.virtual.air import Air
from tests.commands.bench import Bench


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Standard output as the one JSON document that it must be."""
        loaded: dict[str, Any] = json.loads(self.out)
        return loaded


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with a data folder of its own, nobody at the terminal and no configuration.

    folder: another one, for a second computer
    """
    for name in ("COMPANION_RADIO", "COMPANION_WIFI_FILE", "COMPANION_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/no-bus")

    def command(name: str, *arguments: str, folder: str = "data") -> Ran:
        capsys.readouterr()
        status = main([name, *arguments, "--data-dir", str(tmp_path / folder)])
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return command


@pytest.fixture
async def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> AsyncIterator[Bench]:
    async with Air() as air:
        (port,) = air.ports
        made = Bench(f"virtual+bumble:tcp-client:127.0.0.1:{port}", tmp_path, capsys)
        await made.power_on()
        yield made
        assert made.device is not None
        await made.device.close()

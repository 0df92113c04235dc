"""The bench on which the driver meets virtual devices, with short times."""

from __future__ import annotations

import pytest

import companion.runs.commissioning
import companion.runs.dialer
import companion.runs.discovery.probe
from companion.protocols.espressif.driver.driver import Driver
from tests.protocols.on_air import Bench


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr(companion.runs.dialer, "OTHER_SECONDS", 0.5)
    monkeypatch.setattr(companion.runs.commissioning, "TWIN_SECONDS", 0.3)
    return Bench(monkeypatch, Driver(polls=(0.01,) * 20, comeback=3.0, scan_polls=(0.01,) * 5))

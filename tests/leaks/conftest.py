"""A flow with a spy, and every library's logger at its loudest."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

import companion.radio
from companion.virtual.air import Air
from tests.leaks.flow import Flow, Uncut
from tests.leaks.spy import Spy

LOUD = (
    "asyncio",
    "bleak",
    "bumble",
    "bumble.att",
    "bumble.hci",
    "dbus_fast",
    "sqlalchemy",
    "sqlalchemy.engine",
    "zeroconf",
)


@pytest.fixture
def spy() -> Iterator[Spy]:
    with pytest.MonkeyPatch.context() as patch:
        yield Spy(patch)


@pytest.fixture
def quiet_reports(pytestconfig: pytest.Config) -> Iterator[None]:
    """pytest formats each record twice, for reports that nobody asks for here."""
    plugin = pytestconfig.pluginmanager.get_plugin("logging-plugin")
    handlers = (plugin.caplog_handler, plugin.report_handler)
    for handler in handlers:
        handler.setLevel(logging.CRITICAL + 1)
    yield
    for handler in handlers:
        handler.setLevel(logging.NOTSET)


@pytest.fixture
def uncut(quiet_reports: None) -> Iterator[Uncut]:
    """As a user may switch them on, by the environment or a setting of a single logger."""
    assert companion.radio.open_radio, "what it says of levels is said before"
    listener = Uncut()
    loggers = [logging.getLogger(name) for name in ("root", *LOUD)]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(listener)
    yield listener
    logging.getLogger().removeHandler(listener)
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


@pytest.fixture
async def flow(
    tmp_path: Path,
    spy: Spy,
    uncut: Uncut,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Flow]:
    for name in ("COMPANION_RADIO", "COMPANION_WIFI_FILE", "COMPANION_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "data"
    folder.mkdir()
    async with Air() as air:
        made = Flow(f"virtual+bumble:tcp-client:127.0.0.1:{air.ports[0]}", folder, spy, uncut, capsys)
        yield made
        for device in made.devices:
            await device.close()

"""What `-v` writes can be sent to whoever helps: the libraries below are heard, their payloads are not."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.commands.terminal.debug_log import CUT, debug_log

PASSPHRASE = b"seven gulls at noon"


@pytest.fixture(params=["bumble.hci", "bleak.backends.client", "dbus_fast.message_bus", "root"])
def carrier(request: pytest.FixtureRequest) -> Iterator[logging.Logger]:
    """A library's logger that somebody set to DEBUG."""
    logger = logging.getLogger(request.param)
    before = logger.level
    logger.setLevel(logging.DEBUG)
    yield logger
    logger.setLevel(before)


def test_a_library_does_not_tell_what_it_carries(carrier: logging.Logger) -> None:
    log = io.StringIO()
    with debug_log(log, 2):
        carrier.debug("value: %s", PASSPHRASE.hex())
        carrier.warning("error parsing HCI packet [%s]: too short", PASSPHRASE.hex())
        carrier.warning("%r came, %s came", PASSPHRASE, bytearray(b'it\'s "secret" too'))
        try:
            raise ValueError(f"can't read {PASSPHRASE!r}")
        except ValueError:
            carrier.exception("in a handler of AA:BB:CC:DD:EE:FF")
    told = log.getvalue()
    assert f"error parsing HCI packet [{CUT}]: too short" in told
    assert "Traceback" in told and "AA:BB:CC:DD:EE:FF" in told and 'File "' in told
    assert "value:" not in told and "gulls" not in told and "secret" not in told
    assert PASSPHRASE.hex() not in told


def test_a_library_is_heard_only_by_who_asks_for_it(carrier: logging.Logger) -> None:
    """A run tells in its own words what goes wrong below, between lines that people read."""
    told = []
    for verbosity in (0, 1):
        log = io.StringIO()
        with debug_log(log, verbosity):
            carrier.error("*** Unknown disconnection handle=0x1 ***")
        told.append("Unknown disconnection" in log.getvalue())
    assert told == [False, True]


@pytest.mark.parametrize(
    ("verbosity", "told"), [(0, ["WARNING"]), (1, ["INFO", "WARNING"]), (3, ["DEBUG", "INFO", "WARNING"])]
)
def test_each_v_tells_more_of_our_own(verbosity: int, told: list[str]) -> None:
    log, logger = io.StringIO(), logging.getLogger("companion.somewhere")
    with debug_log(log, verbosity):
        for level in (logging.DEBUG, logging.INFO, logging.WARNING):
            logger.log(level, "certificate %s", "ab" * 16)
    logger.warning("afterwards")
    lines = log.getvalue().splitlines()
    assert [line.split()[2] for line in lines] == told
    assert all(line.endswith("ab" * 16) for line in lines)


def test_the_log_does_not_name_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "anna")
    log = io.StringIO()
    with debug_log(log, 2):
        logging.getLogger("companion.somewhere").info("no file %s", tmp_path / "anna" / "wifi.json")
    assert "no file ~/wifi.json" in log.getvalue() and "anna" not in log.getvalue()

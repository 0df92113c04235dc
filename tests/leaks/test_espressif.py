"""ESP32 devices: PoP, SRP's and session keys, passphrase, and nothing of them anywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.protocols.espressif.virtual.builder import SAMPLE
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.secret import Secret
from tests.leaks.flow import Flow

DERIVED = {0: 0, 1: 2, 2: 4}
"""Secrets that a session makes: the shared key and the mixed one; x, S, K and its first half."""


@pytest.mark.parametrize("security", [0, 1, 2])
@pytest.mark.parametrize("passphrase", [None, "jade turtle under ice"], ids=["joins", "wrong passphrase"])
async def test_a_device_is_set_up(flow: Flow, security: int, passphrase: str | None) -> None:
    options = replace(SAMPLE, security=security, pop=Secret("reed-in-4-winds"), custom=(("hello", b"hi"),))
    await flow.place(VirtualEspressif(options))
    before = len(flow.spy.heard)
    said = ("--accept-risks", "--send", "hello=word of the application")
    done = await flow.commission("--code", options.setup_code, *said, passphrase=passphrase, status=None)
    assert done["outcome"] == ("commissioned" if passphrase is None else "failed")
    assert len(flow.spy.heard) >= before + DERIVED[security]
    assert flow.leaks(b"word of the application") == []


@pytest.mark.parametrize(
    ("faults", "outcome"),
    [
        (("wrong-secret",), "failed"),
        (("security=1", "wrong-secret"), "failed"),
        (("forged-proof",), "failed"),
        (("security=1", "lost-proof"), "commissioned"),
        (("drop-at-scan",), "commissioned"),
        (("drop-after-apply",), "commissioned"),
        (("vanish-after-apply",), "unconfirmed"),
        (("garbage-answers",), "failed"),
    ],
    ids=str,
)
async def test_a_run_that_meets_trouble(flow: Flow, faults: tuple[str, ...], outcome: str) -> None:
    device = await flow.switch_on("espressif", faults=faults)
    code = device.options.setup_code.replace('"pop":"not-', '"pop":"')
    done = await flow.commission("--code", code, "--timeout", "5", status=None)
    assert done["outcome"] == outcome, done["error"]
    assert flow.leaks() == []

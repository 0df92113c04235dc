"""Rules on firmware with ESP32s: the nonce is measured, and a version is told by none."""

from __future__ import annotations

import pytest

from companion.events import CredentialDelivered, Sending
from companion.firmware.rules import Rule, RuleBook
from companion.model import Step
from companion.outcome import Result
from companion.protocols.espressif.virtual.options import FIRMWARE
from tests.protocols.espressif.device import KNOWN, code_of, device
from tests.protocols.on_air import Bench

NONCE = Rule(protocol="espressif", nonce_fix=True)


@pytest.mark.parametrize(
    ("rule", "code", "step"),
    [(NONCE, "F-106", Step.SECURE), (Rule(protocol="espressif", at_least="2.0"), "F-107", Step.CONFIRM)],
    ids=["reused nonce", "untold version"],
)
async def test_a_device_that_breaks_a_rule_gets_nothing(
    bench: Bench, rule: Rule, code: str, step: Step
) -> None:
    old = {"firmware": FIRMWARE["5.1"], "security": 2}
    RuleBook(bench.memory).add(rule)
    outcome = await bench.commission(device(**old), code=code_of(**old), order=KNOWN)
    assert outcome.error is not None and (outcome.error.code, outcome.failed_step) == (code, step)
    assert bench.of(Sending) == bench.of(CredentialDelivered) == []


async def test_a_device_with_the_fix_is_set_up_and_that_is_said(bench: Bench) -> None:
    fixed = {"firmware": FIRMWARE["5.5"], "security": 2}
    RuleBook(bench.memory).add(NONCE)
    outcome = await bench.commission(device(**fixed), code=code_of(**fixed), order=KNOWN)
    assert outcome.result is Result.COMMISSIONED, outcome.error
    claims = [str(each.claim) for each in outcome.findings]
    assert "The firmware has the nonce fix that your rule asks for" in claims

"""Rules on firmware with ESP32s: the nonce is measured, and a version is told by none."""

from __future__ import annotations

import pytest

from companion.events import CredentialDelivered, Identified, Sending
from companion.firmware.rules import Rule, RuleBook
from companion.model import Step
from companion.outcome import Result
from companion.protocols.espressif.virtual.options import FIRMWARE, EspressifOptions
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.virtual.gatt import Fault, Operation
from tests.protocols.espressif.device import KNOWN, code_of, device
from tests.protocols.on_air import Bench, Successor

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


@pytest.mark.parametrize(("firmware", "code"), [("5.1", "F-106"), ("5.5", None)], ids=["old", "fixed"])
async def test_who_comes_back_with_the_name_and_the_secret_is_held_against_the_rule(
    bench: Bench, firmware: str, code: str | None
) -> None:
    """The link goes with the first credentials, and another device of the label's name is there then."""

    def leave(operation: Operation) -> Fault | None:
        if not bench.of(Sending):
            return None
        world.swap()
        return Fault.DROP_LINK

    fixed = {"firmware": FIRMWARE["5.5"], "security": 2}
    second = device(**{**fixed, "firmware": FIRMWARE[firmware]})
    first = VirtualEspressif(EspressifOptions(**fixed), fault=leave)
    RuleBook(bench.memory).add(NONCE)
    world = Successor(first, second)
    outcome = await bench.commission(first, code=code_of(**fixed), order=KNOWN, world=world)
    assert (outcome.error.code if outcome.error is not None else None) == code
    told = [each.device.id for each in bench.of(Identified)]
    assert told == [f"espressif-{first.address}", f"espressif-{second.address}"]
    assert (len(bench.of(Sending)), len(bench.of(CredentialDelivered))) == ((1, 0) if code else (2, 1))
    if outcome.commissioned is not None:
        assert outcome.commissioned.device.id == told[1]

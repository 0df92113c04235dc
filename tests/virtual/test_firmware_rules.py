"""Rules on firmware over the virtual radio, by each protocol: a device that breaks one gets nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from companion.events import CredentialDelivered, Sending
from companion.firmware.rules import MEMORY, Rule, RuleBook
from companion.model import Step
from companion.outcome import Outcome, Result
from companion.protocols.improv.virtual.device import ImprovOptions
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.protocols.matter.virtual.factory.options import MatterOptions
from companion.protocols.matter.virtual.factory.product import Kind, Medium, make
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from tests.virtual.stage import Stage, on_stage


def rp1() -> VirtualRp1:
    return VirtualRp1(Rp1Options())


def matter() -> VirtualMatter:
    return VirtualMatter(MatterOptions(product=make(Kind.LIGHT, Medium.WIFI)))


def improv() -> VirtualImprov:
    return VirtualImprov(ImprovOptions(info=("ESPHome", "2026.5.1", "ESP32", "Lamp")))


async def commission(stage: Stage, *rules: Rule, **given: Any) -> Outcome:
    book = RuleBook(stage.services.registry.memory(MEMORY, None))
    for rule in rules:
        book.add(rule)
    return await stage.commission(with_code=not isinstance(stage.device, VirtualImprov), **given)


@pytest.mark.parametrize(
    ("device", "rule", "code", "step"),
    [
        (rp1, Rule(model="harbour sensor", at_least="1.0.1"), "F-104", Step.HAND_OVER),
        (matter, Rule(protocol="matter", sequence=11), "F-105", Step.CONFIRM),
        (improv, Rule(model="ESP32", at_least="2026.6.0"), "F-104", Step.CONNECT),
    ],
    ids=["rp1", "matter", "improv"],
)
async def test_a_device_that_breaks_a_rule_gets_nothing(
    tmp_path: Path, device: Any, rule: Rule, code: str, step: Step
) -> None:
    async with on_stage(device(), tmp_path, with_endpoint=False) as stage:
        outcome = await commission(stage, rule)
    assert outcome.error is not None, outcome.result
    assert (outcome.error.code, outcome.failed_step, outcome.result) == (code, step, Result.FAILED)
    assert not [each for each in stage.told if isinstance(each, Sending | CredentialDelivered)]

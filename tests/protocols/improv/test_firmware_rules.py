"""Rules on firmware with Improv devices, of which one comes in the place of another."""

from __future__ import annotations

import pytest

import companion.runs.dialer
from companion.events import Identified
from companion.firmware.rules import Rule, RuleBook
from companion.model import DeviceSettings, WifiCredentials
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Capability
from companion.protocols.improv.driver import Driver
from companion.protocols.improv.driver.commissioning import JoinTimeouts
from companion.protocols.improv.virtual.device import ImprovOptions
from companion.protocols.improv.virtual.peripheral import VirtualImprov
from companion.questions import AcceptRisk, ChooseDevice, ChooseNetwork
from companion.secret import Secret
from companion.virtual.gatt import Central
from companion.virtual.peripheral import Peripheral
from tests.protocols.on_air import Bench, Successor

WORKSHOP = WifiCredentials(b"Workshop", Secret("correct horse"))
QUICK = JoinTimeouts(button=0.5, scan=10.0, joining=1.5, moment=1.0, comeback=10.0)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr(companion.runs.dialer, "OTHER_SECONDS", 3.0)
    return Bench(monkeypatch, Driver(QUICK))


class Leaving(VirtualImprov):
    """Says who it is and goes when it is asked for networks."""

    world: Successor

    async def _on_write(self, central: Central, value: bytes) -> None:
        if value[:1] == bytes((codec.Command.SCAN,)):
            self.world.swap()
        else:
            await super()._on_write(central, value)


@pytest.mark.parametrize("says", [True, False], ids=["who it is", "nothing"])
async def test_what_one_device_said_is_not_taken_for_the_word_of_the_next(bench: Bench, says: bool) -> None:
    """The first meets the rule, and is passed over: its address has no service any more."""
    first = Leaving(ImprovOptions(info=("Lamp", "2026.10.0", "ESP32", "Improv lamp")))
    told = ImprovOptions(info=("Lamp", "2026.11.0", "ESP32-C6", "Improv lamp"))
    second = VirtualImprov(told if says else ImprovOptions(capabilities=Capability.SCAN))
    RuleBook(bench.memory).add(Rule(protocol="improv", at_least="2026.10.0"))
    ghost = Peripheral((), first.advertising, name=first.options.name, address=first.address)
    first.world = Successor(first, ghost, second)
    outcome = await bench.commission(
        first,
        code=None,
        world=first.world,
        answers={
            ChooseDevice: lambda question: question.devices[0],
            AcceptRisk: lambda question: True,
            ChooseNetwork: lambda question: DeviceSettings("Improv lamp", wifi=WORKSHOP),
        },
    )
    assert second.device.ssid == (b"Workshop" if says else b"") and first.device.ssid == b""
    last = bench.of(Identified)[-1].device
    if says:
        assert outcome.commissioned is not None, outcome.error
        assert outcome.commissioned.device == last and last.model == "ESP32-C6"
    else:
        assert outcome.error is not None and outcome.error.code == "F-107"
        assert last.model is None and last.firmware is None

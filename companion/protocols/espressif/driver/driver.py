"""What a run sees of ESP-IDF provisioning: which devices it is for, and how one is set up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from companion.errors import ServiceMissing
from companion.model import Advertisement, Commissioned, Finding, FoundDevice, SetupCode
from companion.protocols import Context
from companion.protocols.espressif import findings
from companion.protocols.espressif.dialogues import version
from companion.protocols.espressif.dialogues.version import ask_version
from companion.protocols.espressif.driver.carrier import Carrier
from companion.protocols.espressif.driver.code_fields import code_security, payload_of
from companion.protocols.espressif.driver.commissioning import (
    COMEBACK_SECONDS,
    POLLS,
    SCAN_POLLS,
    Commissioning,
)
from companion.protocols.espressif.endpoints import SERVICES
from companion.protocols.espressif.security import session
from companion.protocols.espressif.setup_code import EXAMPLE_POPS

if TYPE_CHECKING:
    from companion.radio import Link

USUAL_PREFIX = "PROV_"
BLUETOOTH_BASE = "-0000-1000-8000-00805f9b34fb"


class Driver:
    """ESP-IDF's wifi_provisioning and network_provisioning. Tests shorten its times."""

    name: ClassVar[str] = "espressif"
    code_names_unit: ClassVar[bool] = False

    def __init__(
        self,
        polls: Sequence[float] = POLLS,
        comeback: float = COMEBACK_SECONDS,
        scan_polls: Sequence[float] = SCAN_POLLS,
    ) -> None:
        self._polls = polls
        self._comeback = comeback
        self._scan_polls = scan_polls

    def find(self, advertisement: Advertisement, code: SetupCode | None) -> FoundDevice | None:
        """With a code: the device of its name, whatever service it advertises (products choose their
        own UUID). Without one: a device that advertises a known provisioning service, or one of its own
        and a name as Espressif's examples give it.
        """
        if code is not None:
            if advertisement.name != payload_of(code).name:
                return None
        elif not set(SERVICES) & set(advertisement.service_uuids) and not _is_named_as_usual(advertisement):
            return None
        return FoundDevice(self.name, advertisement, advertisement.name or "ESP32 device")

    def findings(
        self, found: FoundDevice, code: SetupCode | None, method: str | None = None
    ) -> tuple[Finding, ...]:
        """What the code promises; what the device really speaks follows once that is known."""
        return findings.expected(code_security(code))

    def code_proves(self, code: SetupCode) -> bool:
        """A secret of its own tells the code's device from others of its name; everybody has an example's."""
        code_fields = payload_of(code)
        return bool(code_fields.pop) and code_fields.pop not in EXAMPLE_POPS

    def may_be(self, advertisement: Advertisement) -> bool:
        """The manager advertises one service, with a UUID of 128 bits, and answers scans with its name."""
        return bool(advertisement.name) and _has_service_of_its_own(advertisement)

    async def probe(self, link: Link, advertisement: Advertisement) -> FoundDevice | None:
        """By its endpoints and what proto-ver answers."""
        try:
            carrier = Carrier(link, advertisement.service_uuids)
            if not (await carrier.has(session.ENDPOINT) and await carrier.has(version.ENDPOINT)):
                return None
            said = await carrier.run(ask_version())
        except ServiceMissing:
            return None
        name = advertisement.name or "ESP32 device"
        return FoundDevice(self.name, advertisement, name) if said.protocol else None

    async def commission(self, context: Context) -> Commissioned:
        """Run from CONNECT to CHECK. `order.method` is "security-0", "security-1" or "security-2".

        Raises WrongSetupSecret, WrongUsername, WrongIdentity, DowngradeRefused, MethodUnavailable,
        NetworkError, DeviceError and RadioError leaves, and Cancelled.
        """
        return await Commissioning(context, self._polls, self._comeback, self._scan_polls).run()


def _has_service_of_its_own(advertisement: Advertisement) -> bool:
    services = advertisement.service_uuids
    return len(services) == 1 and not services[0].endswith(BLUETOOTH_BASE)


def _is_named_as_usual(advertisement: Advertisement) -> bool:
    return (advertisement.name or "").startswith(USUAL_PREFIX) and _has_service_of_its_own(advertisement)

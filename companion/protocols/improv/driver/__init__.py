"""The driver of Improv over Bluetooth LE."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from companion.errors import ProtocolViolation
from companion.model import Advertisement, Commissioned, Finding, FoundDevice, Ownership, SetupCode
from companion.protocols import Context
from companion.protocols.improv import codec, findings
from companion.protocols.improv.codec import Capability, Command, ProvisioningState
from companion.protocols.improv.driver.bluetooth import BluetoothCommissioning
from companion.protocols.improv.driver.commissioning import JoinTimeouts
from companion.protocols.improv.driver.gatt import GattConnection

if TYPE_CHECKING:
    from companion.radio import Link

USUAL = JoinTimeouts()

_OWNERSHIP = {
    ProvisioningState.AUTHORIZATION_REQUIRED: Ownership.UNOWNED,
    ProvisioningState.AUTHORIZED: Ownership.UNOWNED,
    ProvisioningState.PROVISIONING: Ownership.BUSY,
    ProvisioningState.PROVISIONED: Ownership.ONLINE,
}


@dataclass(frozen=True)
class Driver:
    """Improv over Bluetooth LE. Improv has no setup codes: its devices are found nearby."""

    timeouts: JoinTimeouts = USUAL
    name: ClassVar[str] = "improv"
    code_names_unit: ClassVar[bool] = False

    def find(self, advertisement: Advertisement, code: SetupCode | None) -> FoundDevice | None:
        """A device that advertises the Improv service; its service data, from Improv 2.0 on, tells its
        state.
        """
        if code is not None or codec.SERVICE not in advertisement.service_uuids:
            return None
        service_data = advertisement.service_data.get(codec.SERVICE_DATA, b"")
        return FoundDevice(
            self.name,
            advertisement,
            advertisement.name or "Improv device",
            ownership=_ownership(service_data),
            can_identify=Capability.IDENTIFY in codec.read_capabilities(service_data[1:2]),
        )

    def findings(
        self, found: FoundDevice, code: SetupCode | None, method: str | None = None
    ) -> tuple[Finding, ...]:
        """The same for every device: nothing is encrypted, nothing is proved."""
        return (findings.IN_CLEAR, findings.UNPROVEN)

    async def commission(self, context: Context) -> Commissioned:
        """Run from CONNECT to CHECK.

        Raises ButtonNotPressed, RiskUnaccepted, NetworkError, DeviceError, RadioError leaves, Cancelled.
        """
        return await BluetoothCommissioning(context, self.timeouts).run()

    async def identify(self, link: Link) -> None:
        """Blink or beep. Improv answers nothing. Raises RadioError leaves, ProtocolViolation."""
        connection = GattConnection(link)
        try:
            await connection.start()
            await connection.send(codec.rpc(Command.IDENTIFY))
        finally:
            await connection.stop()


def _ownership(service_data: bytes) -> Ownership:
    try:
        return _OWNERSHIP.get(codec.read_state(service_data[:1]), Ownership.UNKNOWN)
    except ProtocolViolation:
        return Ownership.UNKNOWN

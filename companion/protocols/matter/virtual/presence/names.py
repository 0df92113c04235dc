"""What a virtual device says of itself on the network by DNS-SD (Core 4.3)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from companion.lan import Address, Service
from companion.protocols.matter.clusters.administrator_commissioning import WindowStatus
from companion.protocols.matter.virtual.factory.product import VENDOR
from companion.protocols.matter.virtual.state.state import DeviceState
from companion.protocols.matter.virtual.state.window import PARAMETERS

OPERATIONAL, COMMISSIONABLE = "_matter._tcp", "_matterc._udp"


class Names:
    """The services of a device. That of a device that waits has a random name, new at each power-on."""

    def __init__(self, state: DeviceState) -> None:
        self._state = state
        self._instance = secrets.token_hex(8).upper()
        self._host = secrets.token_hex(6).upper()

    def at(self, address: Address) -> tuple[Service, ...]:
        """What it says while it is reached there."""
        return (*self._operational(address), *self._commissionable(address))

    def _operational(self, address: Address) -> Iterator[Service]:
        for member in self._state.settings.members:
            fabric = member.credentials.fabric
            instance = fabric.instance(member.credentials.identity.node)
            subtypes = (f"_I{fabric.compressed.hex().upper()}",)
            yield self._service(OPERATIONAL, instance, address, {}, subtypes)

    def _commissionable(self, address: Address) -> Iterator[Service]:
        state = self._state
        invitation = state.invitation
        if invitation is None or not invitation.attempts.is_open(state.now):
            return
        kind = state.product.kind
        texts = {
            "D": str(invitation.discriminator),
            "CM": "2" if invitation.status is WindowStatus.ENHANCED_OPEN else "1",
            "VP": f"{VENDOR}+{kind.product}",
            "DT": str(kind.device_type),
            "DN": kind.title,
        }
        subtypes = (
            f"_L{invitation.discriminator}",
            f"_S{invitation.discriminator >> 8}",
            f"_V{VENDOR}",
            f"_T{kind.device_type}",
            "_CM",
        )
        yield self._service(COMMISSIONABLE, self._instance, address, texts, subtypes)

    def _service(
        self, kind: str, instance: str, address: Address, texts: dict[str, str], subtypes: tuple[str, ...]
    ) -> Service:
        timing = {
            "SII": str(PARAMETERS.idle),
            "SAI": str(PARAMETERS.active),
            "SAT": str(PARAMETERS.threshold),
        }
        told = {key: value.encode() for key, value in {**texts, **timing}.items()}
        return Service(kind, instance, address.port, (address.host,), self._host, told, subtypes)

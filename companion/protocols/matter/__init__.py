"""Matter: sets devices up over Bluetooth LE or the network, and makes them nodes of the owner's fabric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.administration import AdministrationOperation
from companion.protocols.declaration import ProtocolDeclaration, VirtualDeclaration
from companion.protocols.matter import command_line
from companion.protocols.matter.setup_code import entry, payload, recogniser

if TYPE_CHECKING:
    from companion.protocols.contract import Driver
    from companion.protocols.evaluation import ProvisioningMethod
    from companion.protocols.octets import Dissector
    from companion.virtual.devices import VirtualDevices


def _driver() -> Driver:
    from companion.protocols.matter.driver.driver import Driver

    return Driver()


def _virtual_devices() -> VirtualDevices:
    from companion.protocols.matter.virtual import builder

    return builder


_LAB_FAULTS = {
    "drop-link": "drop-at-message",
    "wrong-secret": "wrong-passcode",
    "expired-certificate": "expired-dac",
    "full-flash": "table-full",
    "busy": "busy",
}


def _methods() -> tuple[ProvisioningMethod, ...]:
    from companion.protocols.matter.provisioning_methods import METHODS

    return METHODS


def _octets() -> Dissector:
    from companion.protocols.matter.btp.octets import dissect

    return dissect


PROTOCOL = ProtocolDeclaration(
    name="matter",
    title="Matter",
    driver=_driver,
    recognisers=(recogniser.recognise,),
    code_patterns=(payload.WITHIN_TEXT,),
    entry_formats=entry.FORMATS,
    art="bulb",
    firmware=frozenset({"version", "sequence"}),
    virtual=VirtualDeclaration(_virtual_devices, command_line.VIRTUAL, faults=_LAB_FAULTS),
    administration=frozenset(AdministrationOperation),
    imports_trust=True,
    fabric=True,
    options=command_line.COMMISSION,
    read_options=command_line.read,
    methods=_methods,
    octets=_octets,
    warm_up=("companion.protocols.matter.driver.driver",),
)

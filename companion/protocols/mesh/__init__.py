"""Bluetooth mesh (Mesh Protocol 1.1), over GATT: see README.md in this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.protocols.declaration import ProtocolDeclaration, VirtualDeclaration
from companion.protocols.mesh import command_line

if TYPE_CHECKING:
    from companion.protocols.contract import Driver
    from companion.protocols.evaluation import ProvisioningMethod
    from companion.protocols.octets import Dissector
    from companion.virtual.devices import VirtualDevices


def _driver() -> Driver:
    from companion.protocols.mesh.driver import Driver

    return Driver()


def _virtual_devices() -> VirtualDevices:
    from companion.protocols.mesh.virtual import builder

    return builder


def _methods() -> tuple[ProvisioningMethod, ...]:
    from companion.protocols.mesh.provisioning_methods import METHODS

    return METHODS


def _octets() -> Dissector:
    from companion.protocols.mesh.octets import dissect

    return dissect


PROTOCOL = ProtocolDeclaration(
    name="mesh",
    title="Bluetooth mesh",
    driver=_driver,
    art="bulb",
    firmware=frozenset(),
    virtual=VirtualDeclaration(
        _virtual_devices,
        command_line.VIRTUAL,
        has_display=True,
        faults={"wrong-secret": "wrong-secret", "full-flash": "out-of-resources"},
    ),
    options=command_line.COMMISSION,
    read_options=command_line.read,
    meshes=True,
    methods=_methods,
    octets=_octets,
    warm_up=("companion.protocols.mesh.driver",),
)

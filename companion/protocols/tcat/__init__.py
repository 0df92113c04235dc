"""TCAT (Thread commissioning over authenticated TLS), of Thread 1.4: see README.md in this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.protocols.declaration import ProtocolDeclaration, VirtualDeclaration
from companion.protocols.ownership import OwnershipOperation
from companion.protocols.tcat import command_line

if TYPE_CHECKING:
    from companion.protocols.contract import Driver, Memory
    from companion.protocols.evaluation import ProvisioningMethod
    from companion.secret import Secret
    from companion.virtual.devices import VirtualDevices


def _driver() -> Driver:
    from companion.protocols.tcat.driver import Driver

    return Driver()


def _virtual_devices() -> VirtualDevices:
    from companion.protocols.tcat.virtual import builder

    return builder


def _prepare(memory: Memory) -> Secret:
    from companion.protocols.tcat.virtual.builder import prepare

    return prepare(memory)


def _methods() -> tuple[ProvisioningMethod, ...]:
    from companion.protocols.tcat.provisioning_methods import METHODS

    return METHODS


PROTOCOL = ProtocolDeclaration(
    name="tcat",
    title="Thread (TCAT)",
    driver=_driver,
    art="sensor",
    firmware=frozenset(),
    operations=frozenset({OwnershipOperation.RESET}),
    commissioners=True,
    virtual=VirtualDeclaration(_virtual_devices, command_line.VIRTUAL, prepare=_prepare),
    options=command_line.COMMISSION,
    read_options=command_line.read,
    methods=_methods,
    warm_up=("companion.protocols.tcat.driver",),
)

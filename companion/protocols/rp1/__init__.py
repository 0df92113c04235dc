"""RP1, the reference commissioning profile: see README.md in this folder."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from companion.protocols.declaration import ProtocolDeclaration, VirtualDeclaration
from companion.protocols.ownership import OwnershipOperation
from companion.protocols.rp1 import command_line
from companion.setup_code import rp1, rp1_transfer

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from companion.protocols.contract import Driver
    from companion.virtual.devices import VirtualDevices


def _driver() -> Driver:
    from companion.protocols.rp1.driver import Driver

    return Driver()


def _virtual_devices() -> VirtualDevices:
    from companion.protocols.rp1.virtual import builder

    return builder


def _demo_label() -> Traversable:
    return files("companion.protocols.rp1.virtual") / "samples" / "rp1.png"


PROTOCOL = ProtocolDeclaration(
    name="rp1",
    title="RP1",
    driver=_driver,
    recognisers=(rp1.recognise, rp1_transfer.recognise),
    art="sensor",
    operations=frozenset(OwnershipOperation),
    virtual=VirtualDeclaration(_virtual_devices, command_line.VIRTUAL, _demo_label),
    options=command_line.COMMISSION,
    read_options=command_line.read,
    warm_up=(
        "companion.protocols.rp1.driver",
        "companion.protocols.rp1.driver.assignment",
        "companion.protocols.rp1.driver.commissioning",
        "companion.protocols.rp1.driver.ownership",
    ),
)

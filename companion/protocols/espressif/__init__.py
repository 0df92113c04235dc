"""ESP-IDF unified provisioning over Bluetooth LE (wifi_provisioning and network_provisioning)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.protocols.declaration import ProtocolDeclaration, VirtualDeclaration
from companion.protocols.espressif import command_line
from companion.setup_code import espressif

if TYPE_CHECKING:
    from companion.protocols.contract import Driver
    from companion.virtual.devices import VirtualDevices


def _driver() -> Driver:
    from companion.protocols.espressif.driver import Driver

    return Driver()


def _virtual_devices() -> VirtualDevices:
    from companion.protocols.espressif.virtual import builder

    return builder


PROTOCOL = ProtocolDeclaration(
    name="espressif",
    title="Espressif",
    driver=_driver,
    recognisers=(espressif.recognise,),
    art="board",
    virtual=VirtualDeclaration(_virtual_devices),
    options=command_line.COMMISSION,
    read_options=command_line.read,
    warm_up=("companion.protocols.espressif.driver",),
)

"""Improv Wi-Fi: credentials for ESPHome, WLED and Tasmota boards, over Bluetooth LE or a serial port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.link_trace import Clear, Heard
from companion.protocols.declaration import ProtocolDeclaration, VirtualDeclaration

if TYPE_CHECKING:
    from companion.protocols.contract import CableDriver, Driver
    from companion.protocols.evaluation import ProvisioningMethod
    from companion.protocols.octets import Decoder, Dissector
    from companion.virtual.devices import VirtualDevices


def _driver() -> Driver:
    from companion.protocols.improv.driver import Driver

    return Driver()


def _cable_driver() -> CableDriver:
    from companion.protocols.improv.driver import cable

    return cable


def _virtual_devices() -> VirtualDevices:
    from companion.protocols.improv.virtual import builder

    return builder


def _clear(heard: Heard) -> Clear:
    from companion.protocols.improv.codec import CAPABILITIES, ERROR, RESULT, STATE

    return Clear((STATE, ERROR, RESULT, CAPABILITIES), sessions=False)


def _methods() -> tuple[ProvisioningMethod, ...]:
    from companion.protocols.improv.provisioning_methods import METHODS

    return METHODS


def _decoder() -> Decoder:
    from companion.protocols.improv.decoded import ValueDecoder

    return ValueDecoder()


def _octets() -> Dissector:
    from companion.protocols.improv.octets import dissect

    return dissect


PROTOCOL = ProtocolDeclaration(
    name="improv",
    title="Improv Wi-Fi",
    driver=_driver,
    art="board",
    firmware=frozenset({"version"}),
    virtual=VirtualDeclaration(_virtual_devices),
    cable=_cable_driver,
    clear=_clear,
    methods=_methods,
    octets=_octets,
    decoder=_decoder,
    warm_up=("companion.protocols.improv.driver",),
)

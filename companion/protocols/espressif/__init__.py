"""ESP-IDF unified provisioning over Bluetooth LE (wifi_provisioning and network_provisioning)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.link_trace import Clear, Heard
from companion.protocols.declaration import LabelDeclaration, ProtocolDeclaration, VirtualDeclaration
from companion.protocols.espressif import command_line, setup_code

if TYPE_CHECKING:
    from companion.protocols.contract import Driver
    from companion.protocols.evaluation import ProvisioningMethod
    from companion.protocols.octets import Decoder, Dissector
    from companion.virtual.devices import VirtualDevices


def _driver() -> Driver:
    from companion.protocols.espressif.driver.driver import Driver

    return Driver()


def _label() -> LabelDeclaration:
    from companion.protocols.espressif.labels import LABEL

    return LABEL


def _virtual_devices() -> VirtualDevices:
    from companion.protocols.espressif.virtual import builder

    return builder


# Before patch 1, Security 2 uses one nonce for two messages.
_LAB_FAULTS = {"wrong-secret": "wrong-secret", "weak-random": "firmware=5.4"}


def _methods() -> tuple[ProvisioningMethod, ...]:
    from companion.protocols.espressif.provisioning_methods import METHODS

    return METHODS


def _decoder() -> Decoder:
    from companion.protocols.espressif.decoded import MessageDecoder

    return MessageDecoder()


def _octets() -> Dissector:
    from companion.protocols.espressif.octets import dissect

    return dissect


def _clear(heard: Heard) -> Clear:
    from companion.protocols.espressif.octets import clear

    return clear(heard)


PROTOCOL = ProtocolDeclaration(
    name="espressif",
    title="Espressif",
    driver=_driver,
    recognisers=(setup_code.recognise,),
    code_patterns=(setup_code.WITHIN_TEXT,),
    label=_label,
    art="board",
    firmware=frozenset({"nonce-fix"}),
    virtual=VirtualDeclaration(_virtual_devices, faults=_LAB_FAULTS),
    options=command_line.COMMISSION,
    read_options=command_line.read,
    methods=_methods,
    clear=_clear,
    octets=_octets,
    decoder=_decoder,
    warm_up=("companion.protocols.espressif.driver.driver",),
)

"""RP1, the reference commissioning profile: see README.md in this folder."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from companion.protocols.declaration import LabelDeclaration, ProtocolDeclaration, VirtualDeclaration
from companion.protocols.ownership import OwnershipOperation
from companion.protocols.rp1 import command_line
from companion.protocols.rp1.setup_code import (
    grant_code,
    label_code,
    manual_entry,
    screen_code,
    transfer_code,
)

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from companion.protocols.contract import Driver
    from companion.protocols.evaluation import ProvisioningMethod
    from companion.protocols.octets import Decoder, Dissector
    from companion.protocols.receipts import ReceiptReader
    from companion.virtual.devices import VirtualDevices


def _driver() -> Driver:
    from companion.protocols.rp1.driver import Driver

    return Driver()


def _receipts() -> ReceiptReader:
    from companion.protocols.rp1.transaction.receipt_reader import Reader

    return Reader()


def _label() -> LabelDeclaration:
    from companion.protocols.rp1.setup_code.labels import LABEL

    return LABEL


def _virtual_devices() -> VirtualDevices:
    from companion.protocols.rp1.virtual import builder

    return builder


def _demo_label() -> Traversable:
    return files("companion.protocols.rp1.virtual") / "samples" / "rp1.png"


_LAB_FAULTS = {
    "drop-link": "drop-at-message",
    "wrong-secret": "wrong-secret",
    "weak-random": "weak-secret",
    "tampered-info": "tampered-info",
    "wrong-number": "wrong-number",
    "full-flash": "full-flash",
    "busy": "busy",
}


def _methods() -> tuple[ProvisioningMethod, ...]:
    from companion.protocols.rp1.provisioning_methods import METHODS

    return METHODS


def _decoder() -> Decoder:
    from companion.protocols.rp1.wire.decoded import MessageDecoder

    return MessageDecoder()


def _octets() -> Dissector:
    from companion.protocols.rp1.wire.octets import dissect

    return dissect


PROTOCOL = ProtocolDeclaration(
    name="rp1",
    title="RP1",
    driver=_driver,
    recognisers=(label_code.recognise, transfer_code.recognise, grant_code.recognise),
    code_patterns=(label_code.WITHIN_TEXT,),
    entry_formats=(manual_entry.FORMAT,),
    label=_label,
    art="sensor",
    firmware=frozenset({"version"}),
    operations=frozenset(OwnershipOperation),
    receipts=_receipts,
    delegation=True,
    clouds=True,
    shows_secrets=True,
    screen_code=screen_code.encode,
    trust=command_line.TRUST,
    virtual=VirtualDeclaration(_virtual_devices, command_line.VIRTUAL, _demo_label, _LAB_FAULTS, "nc"),
    options=command_line.COMMISSION,
    read_options=command_line.read,
    methods=_methods,
    octets=_octets,
    decoder=_decoder,
    warm_up=(
        "companion.protocols.rp1.driver",
        "companion.protocols.rp1.driver.assignment",
        "companion.protocols.rp1.driver.commissioning",
        "companion.protocols.rp1.driver.ownership",
    ),
)

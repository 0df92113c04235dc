"""Where the faults of a virtual Matter device bite: in the factory, and among its messages."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping

from companion.protocols.matter.attestation.issuance import DeviceCredentials
from companion.protocols.matter.certificates.authority import Validity
from companion.protocols.matter.certificates.identifiers import random_node
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.fabric.access import administrator
from companion.protocols.matter.fabric.authority import FabricAuthority
from companion.protocols.matter.virtual.factory.manufacturer import Manufacturer
from companion.protocols.matter.virtual.factory.options import Fault
from companion.protocols.matter.virtual.factory.product import Product, with_another_passcode
from companion.protocols.matter.virtual.state.settings import Member, Settings
from companion.virtual.gatt import FaultPlan, drop_at

CRASHED = 70
"""Exit status of a process that a fault let crash."""
_STRANGER = 0xFFF4
_2000 = 946_684_800
_YEAR = 365 * 86_400


class MessageFaults:
    """Counts the messages over Bluetooth, both ways, from power-on."""

    def __init__(self, faults: Mapping[Fault, float]) -> None:
        self._faults = faults
        self._count = 0

    @property
    def plan(self) -> FaultPlan | None:
        """What happens to ATT operations."""
        return drop_at(int(self._faults[Fault.DROP_AT])) if Fault.DROP_AT in self._faults else None

    def ends_link(self) -> bool:
        """Count a message; True if the link ends instead of it."""
        self._count += 1
        if self._count == int(self._faults.get(Fault.CRASH_AT_MESSAGE, 0)):
            os._exit(CRASHED)
        return self._count == int(self._faults.get(Fault.DROP_AT_MESSAGE, 0))


def built(product: Product, faults: Mapping[Fault, float]) -> Product:
    """The device behind a label."""
    return with_another_passcode(product) if Fault.WRONG_PASSCODE in faults else product


def vouched(manufacturer: Manufacturer, product: Product, faults: Mapping[Fault, float]) -> DeviceCredentials:
    """What the manufacturer put into it."""
    for fault, vouch in (
        (Fault.BAD_CD, manufacturer.vouch_with_foreign_signature),
        (Fault.OTHER_CD, manufacturer.vouch_for_other),
        (Fault.WRONG_VENDOR_IN_PAI, manufacturer.vouch_by_other_vendor),
        (Fault.REVOKED_PAI, manufacturer.vouch_by_revoked),
        (Fault.FOREIGN_DAC, manufacturer.vouch_by_stranger),
        (Fault.EXPIRED_DAC, manufacturer.vouch_until_the_past),
    ):
        if fault in faults:
            return vouch(product)
    return manufacturer.vouch(product)


def owned(settings: Settings, faults: Mapping[Fault, float]) -> Settings:
    """What it keeps at its first power-on: a stranger's fabric, where it was commissioned before."""
    if Fault.ALREADY_COMMISSIONED not in faults or settings.members:
        return settings
    now = int(time.time()) - _2000
    validity = Validity(now - _YEAR, now + 10 * _YEAR)
    fabric = FabricAuthority.found(KeyPair.generate(), validity)
    credentials = fabric.admit(KeyPair.generate(), random_node(), validity)
    acl = (administrator(random_node(), 1),)
    return settings.with_member(Member(1, credentials, _STRANGER, "Somebody", acl))

"""Protocols: a package each, with one declaration. README.md says how to add one."""

from companion.protocols.contract import (
    Context,
    Dialer,
    Driver,
    IdentifyingDriver,
    KnownDevice,
    Memory,
    Order,
    Reporter,
)
from companion.protocols.declaration import (
    GivenOptions,
    Option,
    ProtocolDeclaration,
    Recogniser,
    VirtualDeclaration,
)
from companion.protocols.installed import (
    demo_label,
    driver,
    drivers,
    installed,
    operations,
    title,
    warm_up_modules,
)
from companion.protocols.ownership import (
    Offered,
    OwnedDevice,
    OwnershipDriver,
    OwnershipOperation,
    TransferTerms,
)
from companion.protocols.recognition import recognise

__all__ = [
    "Context",
    "Dialer",
    "Driver",
    "GivenOptions",
    "IdentifyingDriver",
    "KnownDevice",
    "Memory",
    "Offered",
    "Option",
    "Order",
    "OwnedDevice",
    "OwnershipDriver",
    "OwnershipOperation",
    "ProtocolDeclaration",
    "Recogniser",
    "Reporter",
    "TransferTerms",
    "VirtualDeclaration",
    "demo_label",
    "driver",
    "drivers",
    "installed",
    "operations",
    "recognise",
    "title",
    "warm_up_modules",
]

"""Protocols: a package each, with one declaration. README.md says how to add one."""

from companion.protocols.administration import (
    Administration,
    AdministrationContext,
    AdministrationDriver,
)
from companion.protocols.contract import (
    CableDriver,
    Context,
    Dialer,
    Driver,
    IdentifyingDriver,
    KnownDevice,
    Memory,
    Order,
    ProvingDriver,
    Reporter,
)
from companion.protocols.declaration import (
    LabelDeclaration,
    ProtocolDeclaration,
    Recogniser,
    TrustDeclaration,
    VirtualDeclaration,
)
from companion.protocols.discovery import (
    administration,
    cable_driver,
    demo_label,
    driver,
    drivers,
    installed,
    labels,
    operations,
    title,
    warm_up_modules,
)
from companion.protocols.options import GivenOptions, Option
from companion.protocols.ownership import (
    Offered,
    OwnedDevice,
    OwnershipDriver,
    OwnershipOperation,
    TransferTerms,
)
from companion.protocols.recognition import entry_formats, group_entry, recognise

__all__ = [
    "Administration",
    "AdministrationContext",
    "AdministrationDriver",
    "CableDriver",
    "Context",
    "Dialer",
    "Driver",
    "GivenOptions",
    "IdentifyingDriver",
    "KnownDevice",
    "LabelDeclaration",
    "Memory",
    "Offered",
    "Option",
    "Order",
    "OwnedDevice",
    "OwnershipDriver",
    "OwnershipOperation",
    "ProtocolDeclaration",
    "ProvingDriver",
    "Recogniser",
    "Reporter",
    "TransferTerms",
    "TrustDeclaration",
    "VirtualDeclaration",
    "administration",
    "cable_driver",
    "demo_label",
    "driver",
    "drivers",
    "entry_formats",
    "group_entry",
    "installed",
    "labels",
    "operations",
    "recognise",
    "title",
    "warm_up_modules",
]

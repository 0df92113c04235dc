"""What a virtual Matter device is, and what it may do wrong on purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from companion.lan import Address
from companion.protocols.matter.virtual.factory.manufacturer import Manufacturer
from companion.protocols.matter.virtual.factory.product import Product
from companion.virtual.access_points import DEMO, AccessPoints


class Fault(Enum):
    """The faults by the names that `--fault` takes; those with `=N` need a number."""

    DROP_AT = "drop-at"
    """=N: the link ends at the N-th ATT operation of the first connection."""

    DROP_AT_MESSAGE = "drop-at-message"
    """=N: the link ends before the N-th message over Bluetooth, counted both ways from power-on."""

    CRASH_AT_MESSAGE = "crash-at-message"
    """=N: the process dies before the N-th message."""

    WRONG_PASSCODE = "wrong-passcode"
    """The device holds another passcode than its label."""

    BUSY = "busy"
    """Another commissioner is always there first."""

    ALREADY_COMMISSIONED = "already-commissioned"
    """It belongs to somebody, so it neither advertises nor lets anybody in."""

    TABLE_FULL = "table-full"
    """It has no place for another fabric."""

    FAIL_SAFE_EXPIRY = "fail-safe-expiry"
    """=SECONDS: its fail-safe ends so soon, whatever it was armed for."""

    BAD_CD = "bad-cd"
    """Its Certification Declaration is not signed by its signer."""

    OTHER_CD = "other-cd"
    """Its Certification Declaration is that of another product."""

    WRONG_VENDOR_IN_PAI = "wrong-vendor-in-pai"
    """The intermediate that issued its certificate is that of another vendor."""

    REVOKED_PAI = "revoked-pai"
    """That intermediate is in the manufacturer's revocation set."""

    FOREIGN_DAC = "foreign-dac"
    """Its certificate is not signed by the intermediate that it shows."""

    EXPIRED_DAC = "expired-dac"
    """Its certificate ended years ago."""

    WRONG_NONCE = "wrong-nonce"
    """What it signs to attest itself has another nonce."""

    WRONG_SIGNATURE = "wrong-signature"
    """What it attests is signed with another key."""

    WRONG_CSR_NONCE = "wrong-csr-nonce"
    """Its certificate request comes with another nonce."""

    WIFI_REFUSED = "wifi-refused"
    """Every network refuses it, whatever the passphrase."""

    SINGLE_RADIO = "single-radio"
    """Bluetooth and Wi-Fi share the radio: the link ends when it joins the network."""

    SILENT_CONNECT = "silent-connect"
    """It joins the network and never says so."""

    NO_MDNS = "no-mdns"
    """It is on the network and nobody hears its name."""

    UNREACHABLE = "unreachable"
    """It says its name on the network and answers nothing there."""

    SLOW = "slow"
    """=SECONDS: joining the network takes so long."""


NUMBERED_FAULTS = (
    *(Fault.DROP_AT, Fault.DROP_AT_MESSAGE, Fault.CRASH_AT_MESSAGE, Fault.FAIL_SAFE_EXPIRY, Fault.SLOW),
)


@dataclass(frozen=True)
class MatterOptions:
    """A virtual Matter device.

    product:      what the factory made it; None: the sample device
    manufacturer: who vouches for it; None: one whose root is a published test root
    state:        file in which it survives its process; None: it forgets
    mtu:          the largest ATT MTU it agrees to
    port:         UDP port on the network, 0 for any
    nfc_reader:   a virtual reader of vsmartcard on which it lies; None: on none
    """

    product: Product | None = None
    manufacturer: Manufacturer | None = None
    state: Path | None = None
    access_points: AccessPoints = DEMO
    mtu: int = 247
    port: int = 0
    nfc_reader: Address | None = None
    faults: dict[Fault, float] = field(default_factory=dict)

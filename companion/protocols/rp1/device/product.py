"""What the factory put into one device, and never changes again."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.device.keys import OperationalKeys, ScalarKeys
from companion.protocols.rp1.methods import ALL_METHODS, CLASSIC, Method
from companion.protocols.rp1.wire.info import LARGEST_MAX_MSG, SMALLEST_MAX_MSG, Caps
from companion.secret import Secret

USUAL_CAPS = (
    Caps.DISPLAY | Caps.BUTTON | Caps.WIFI | Caps.REAL_CLOCK | Caps.BLE_DURING_VERIFY | Caps.RESET_LOCK
)


@dataclass(frozen=True)
class Product:
    """identity: the key made at manufacture; r: the setup secret of its label (16 octets); chain: its IDevID,
    DER, leaf first, or empty for a raw key; build_time: of the firmware, Unix seconds; psks: by psk_id;
    manufacturers: points (65 octets) of those whose vouchers assign the device; keys: makes those of item 1.

    Raises ValueError for a `max_msg` that no device may have."""

    serial: str
    model: str
    firmware: str
    disc: int
    identity: ec.EllipticCurvePrivateKey = field(repr=False)
    r: Secret
    name: str = "RP1 device"
    chain: tuple[bytes, ...] = ()
    suites: tuple[int, ...] = (CLASSIC,)
    methods: int = int(ALL_METHODS)
    caps: int = int(USUAL_CAPS)
    max_msg: int = 2048
    build_time: int = 1_767_225_600
    psks: tuple[tuple[bytes, Secret], ...] = field(default=(), repr=False)
    manufacturers: tuple[bytes, ...] = ()
    keys: OperationalKeys = field(default_factory=ScalarKeys, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not SMALLEST_MAX_MSG <= self.max_msg <= LARGEST_MAX_MSG:
            raise ValueError(f"a device takes messages of {SMALLEST_MAX_MSG} to {LARGEST_MAX_MSG} octets")

    @property
    def point(self) -> bytes:
        """The identity key's point (65 octets)."""
        return es256.point(self.identity)

    @property
    def fp(self) -> bytes:
        """The fingerprint (16 octets) that the label carries."""
        return crypto.fingerprint(self.point)

    @property
    def offered_methods(self) -> int:
        """Its methods, numeric comparison left out where it can't show a number or has no button (4)."""
        shows = self.caps & (Caps.DISPLAY | Caps.SPEECH_OR_BLINK)
        return self.methods if shows and self.caps & Caps.BUTTON else self.methods & ~Method.NC

    @property
    def stays_up(self) -> bool:
        """True if BLE stays up during VERIFY."""
        return bool(self.caps & Caps.BLE_DURING_VERIFY)

    def sign(self, message: bytes) -> bytes:
        """ES256 by the identity key."""
        return es256.sign(self.identity, message)

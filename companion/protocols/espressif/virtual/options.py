"""What a virtual ESP32 is: its firmware's age, its secret, its Bluetooth stack, and its faults."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum

from companion.secret import Secret
from companion.virtual.access_points import USUAL, Surroundings

EXAMPLE_POP = Secret("abcd1234")


class Stack(Enum):
    """How the Bluetooth stack reports that a handler failed, as after a wrong secret."""

    NIMBLE = "nimble"
    """ATT error 0x04, Invalid PDU; the link stays up."""

    BLUEDROID = "bluedroid"
    """The link is closed without an error."""


class Verifier(Enum):
    """Who made the verifier of Security 2, and what became of leading zero octets."""

    AT_BOOT = "at boot"
    """The device itself: a salt without its leading zeros, and octets of its memory behind it."""

    AS_SPECIFIED = "as specified"
    """Whoever did it right."""

    BY_TOOL = "by tool"
    """`esp_prov --sec2_gen_cred`: neither salt nor inner hash keeps its leading zeros when hashed."""


@dataclass(frozen=True)
class Firmware:
    """What differs between releases of ESP-IDF's provisioning.

    protocol: proto-ver's own version; a bare text is what the oldest devices answer
    says_security: proto-ver has sec_ver; patch: its sec_patch_ver, None where it is not said
    nonce: octets of Security 2's nonce, 16 fixed or 12 counted
    control: has the endpoint prov-ctrl; capabilities: added to those of the options
    crashes: dies if asked for more scan results than there are
    """

    protocol: str = "v1.1"
    says_security: bool = True
    patch: int | None = None
    nonce: int = 16
    control: bool = True
    crashes: bool = False
    capabilities: tuple[str, ...] = ()
    bare: bool = False


IDF_OLDEST = Firmware("V0.1", says_security=False, control=False, crashes=True, bare=True)
IDF_4_4 = Firmware(says_security=False, control=False, crashes=True)
IDF_5_1 = Firmware(crashes=True)
IDF_5_4 = Firmware(crashes=True)
IDF_5_5 = Firmware(patch=1, nonce=12)
IDF_6_0 = Firmware("netprov-v1.2", patch=1, nonce=12, capabilities=("wifi_prov",))
IDF_6_0_THREAD = Firmware("netprov-v1.2", patch=1, nonce=12, capabilities=("thread_prov", "thread_scan"))

FIRMWARE = {
    "oldest": IDF_OLDEST,
    "4.4": IDF_4_4,
    "5.1": IDF_5_1,
    "5.4": IDF_5_4,
    "5.5": IDF_5_5,
    "6.0": IDF_6_0,
    "6.0-thread": IDF_6_0_THREAD,
}


class EspressifFault(Enum):
    """What a device can do wrong, by the name that `--fault` takes."""

    VANISH_AFTER_APPLY = "vanish-after-apply"
    """One radio for both: Bluetooth is gone from the moment that Wi-Fi starts, and does not come back."""

    DROP_AFTER_APPLY = "drop-after-apply"
    """The link ends once while the device joins; it advertises again."""

    DROP_AT_SCAN = "drop-at-scan"
    """The link ends during the Wi-Fi scan."""

    SCAN_WITHOUT_END = "scan-without-end"
    """A Wi-Fi scan never finishes, as in old firmware that could not join."""

    BAD_APPLY_ANSWER = "bad-apply-answer"
    """It joins with what it was given, and what it says to that is noise."""

    EMPTY_ANSWERS = "empty-answers"
    """Every answer has no octets, as if no handler ran."""

    GARBAGE_ANSWERS = "garbage-answers"
    """Every answer is noise."""

    FORGED_PROOF = "forged-proof"
    """It does not know the secret and claims success: an impostor."""

    NEVER_JOINS = "never-joins"
    """It says "connecting" for ever."""

    ZERO_STATUS = "zero-status"
    """The status handler failed: all fields are zero, which reads as connected."""

    LOST_PROOF = "lost-proof"
    """The link ends once at the proof, whatever the secret, as radio links do."""


@dataclass(frozen=True)
class EspressifOptions:
    """A virtual ESP32.

    pop: proof of possession for Security 1 (empty: none), password for Security 2
    verifier: who made it; salt: the 16 octets that were drawn for it, random without leading zeros if None
    connecting_polls: how many status requests are answered "connecting" before the outcome
    custom: endpoints of the application and what they answer
    described: characteristics have user descriptions; service: its 128-bit UUID
    """

    name: str = "PROV_C0FFEE"
    security: int = 2
    pop: Secret = EXAMPLE_POP
    username: str = "wifiprov"
    firmware: Firmware = IDF_5_5
    stack: Stack = Stack.NIMBLE
    access_points: Surroundings = USUAL
    thread_network: str = "companion-mesh"
    connecting_polls: int = 1
    verifier: Verifier = Verifier.AT_BOOT
    salt: bytes | None = field(default=None, repr=False)
    scans: bool = True
    described: bool = True
    service: str = "1775244d-6b43-439b-877c-060f2d9bed07"
    custom: tuple[tuple[str, bytes], ...] = ()
    faults: frozenset[EspressifFault] = frozenset()

    @property
    def for_thread(self) -> bool:
        return "thread_prov" in self.firmware.capabilities

    @property
    def setup_code(self) -> str:
        """The text of the device's QR code, as ESP-IDF's examples print it."""
        fields = {"ver": "v1", "name": self.name}
        if self.security == 2:
            fields["username"] = self.username
        if self.security and self.pop:
            fields["pop"] = self.pop.reveal_text()
        return json.dumps(fields | {"transport": "ble"}, separators=(",", ":"), ensure_ascii=False)

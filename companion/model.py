"""The nouns that cross the borders between rooms: frozen, typed, free of behaviour.

A room may keep richer types inside; what it hands on is one of these. Those of networks are written in
`companion.networks.nouns`, and taken from here like all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any
from urllib.parse import urlsplit

from companion.networks.nouns import BorderRouter as BorderRouter
from companion.networks.nouns import CompanyLogin as CompanyLogin
from companion.networks.nouns import Network as Network
from companion.networks.nouns import ThreadNetwork as ThreadNetwork
from companion.networks.nouns import WifiCredentials as WifiCredentials
from companion.networks.nouns import WifiSecurity as WifiSecurity
from companion.plain_text import filled
from companion.secret import Secret


class Severity(StrEnum):
    """How much a finding about a protocol's protection should worry the user."""

    GOOD = "good"
    INFO = "info"
    WARNING = "warning"


class ShownBy(StrEnum):
    """How a secret was shown that does not go over the radio: by a device, or on this computer's screen."""

    LIGHT = "light"
    SOUND = "sound"
    SCREEN = "screen"


class Step(StrEnum):
    """The six steps of every run, in order, the same for every protocol."""

    FIND = "find"
    CONNECT = "connect"
    SECURE = "secure"
    CONFIRM = "confirm"
    HAND_OVER = "hand_over"
    CHECK = "check"


@dataclass(frozen=True)
class Text:
    """A sentence for people, kept apart from its facts so that `ui` can translate the sentence.

    `template` is English with `{name}` places; `facts` fills them. Facts are never secrets. They
    come from outside, so a sentence has them as `plain`.
    """

    template: str
    facts: Mapping[str, str | int | float] = field(default_factory=dict)

    def __str__(self) -> str:
        return filled(self.template, self.facts)


@dataclass(frozen=True)
class Finding:
    """One claim about how well a protocol, a code or a device protects its user.

    expected: it says what the protocol can do with such a device; nothing of it was measured
    """

    claim: Text
    sentence: Text
    severity: Severity
    expected: bool = False


class Verdict(StrEnum):
    """What came of one check."""

    PASSED = "passed"
    REMARK = "remark"
    """It holds, and there is something to know about it."""
    FAILED = "failed"
    NOT_KNOWN = "not-known"
    """It could not be checked, or there is nothing to check it against."""


@dataclass(frozen=True)
class Check:
    """One thing that was checked about who vouches for a device.

    name:   stable ("cd-signature"); claim: what was checked, in a few words; reason: why it came out so
    """

    name: str
    claim: Text
    reason: Text
    verdict: Verdict


# --- setup codes ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class CodeField:
    """One thing that a setup code says. `value` is a Secret where showing it would give access away."""

    name: str
    label: str
    value: str | Secret


@dataclass(frozen=True)
class MakerGuide:
    """What a list that the user imported says of how a product is made ready to be set up. Proves nothing.

    product:     its name, from outside; "" for none
    steps:       what to do, in Companion's words
    instruction: the manufacturer's own words, from outside; "" for none
    link:        HTTPS address of the manufacturer's page, as published; "" for none. Only a user opens it
    link_with_code: the same with the setup code in it, where the page takes that; None: it does not
    """

    product: str
    steps: Text
    instruction: str = ""
    link: str = ""
    link_with_code: Secret | None = None

    @property
    def host(self) -> str:
        """Where the link leads; "" for nowhere."""
        return urlsplit(self.link).hostname or ""


@dataclass(frozen=True)
class SetupCode:
    """A recognised text: what it is, what it contains, and whether Companion can commission it.

    ecosystem: stable name ("rp1", "espressif", "matter", "homekit", "wifi", "url", "unknown", ...)
    protocol:  name of the package in `companion.protocols` that commissions it, or None
    payload:   the ecosystem's own frozen dataclass (for "rp1": `Rp1Code`), or None
    title:     what the code is, in a few words; `verdict` is the sentence that says whether Companion
               commissions it and, if not, what does
    devices:   how many it is for; they are set up one after the other
    prepare:   what its user has to do before the device waits to be set up; None where power is enough
    guides:    what the manufacturers of its devices say of that, where a list was imported that has it
    lacks_secret: it says which device it is for, and nothing that would open it: that comes from elsewhere
    """

    ecosystem: str
    title: str
    verdict: Text
    text: Secret
    protocol: str | None = None
    payload: Any = None
    fields: tuple[CodeField, ...] = ()
    findings: tuple[Finding, ...] = ()
    devices: int = 1
    prepare: Text | None = None
    guides: tuple[MakerGuide, ...] = ()
    lacks_secret: bool = False

    @property
    def commissionable(self) -> bool:
        """True if a protocol in this program takes this code."""
        return self.protocol is not None


# --- radio ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Advertisement:
    """What one device sent on the air so far, advertising and scan response merged.

    UUIDs are lower-case 128-bit strings, rssi is in dBm (None where the platform hides it).
    `handle` is the radio's own object, to be given back to that radio and looked at by nobody else.
    """

    address: str
    name: str | None = None
    rssi: int | None = None
    service_uuids: tuple[str, ...] = ()
    service_data: Mapping[str, bytes] = field(default_factory=dict)
    manufacturer_data: Mapping[int, bytes] = field(default_factory=dict)
    handle: Any = field(default=None, compare=False, repr=False)


class Ownership(Enum):
    """What a device says of its owner before anything is proved."""

    UNKNOWN = "unknown"
    UNOWNED = "unowned"
    BUSY = "busy"
    OWNED = "owned"
    ONLINE = "online"
    """It is on a network already, whoever brought it there."""


@dataclass(frozen=True)
class FoundDevice:
    """A commissionable device in range, as its protocol reads the advertisement.

    can_identify: it reports that it can blink or beep, so that people see which one it is
    on_network: it was found on this computer's network, and is reached there; its address is one there
    """

    protocol: str
    advertisement: Advertisement
    name: str
    ownership: Ownership = Ownership.UNKNOWN
    discriminator: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    can_identify: bool = False
    on_network: bool = False

    @property
    def address(self) -> str:
        return self.advertisement.address

    @property
    def rssi(self) -> int | None:
        return self.advertisement.rssi


# --- what is handed over ---------------------------------------------------------------------------


@dataclass(frozen=True)
class DeviceSettings:
    """What the user chose for a device. wifi None: the device needs no Wi-Fi, or keeps its network.

    thread: operational dataset, for a device that joins Thread
    """

    name: str
    room: str = ""
    wifi: WifiCredentials | None = None
    thread: Secret | None = None


@dataclass(frozen=True)
class DeviceIdentity:
    """Who a device is. `id` is Companion's stable name for it in the registry."""

    id: str
    name: str
    model: str | None = None
    serial: str | None = None
    firmware: str | None = None


@dataclass(frozen=True)
class Credential:
    """One credential that went to the device; `details` are public facts (fingerprint, not_after, ssid)."""

    kind: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Handshake:
    """The size of a key exchange on the wire: messages in both directions and their octets."""

    messages: int
    bytes: int


@dataclass(frozen=True)
class Proof:
    """The device was seen to use its credentials: it opened TLS to the endpoint with its certificate."""

    endpoint: str
    tls: str
    peer_serial: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Receipt:
    """The device's signed word on what it accepted, as received. `final` is its acknowledgement."""

    signed: bytes
    final: bytes | None = None


class Possession(StrEnum):
    """Whose a device is after a run. OFFERED: a transfer token is out, and may be used at any time.
    REVOKED: still its owner's, but no service takes its certificates any more. REPLACED: another
    device of the same serial number took its place. REMOVED: it is controlled from here no more, and may
    be by others. ENTRUSTED: it is somebody else's, who gave a grant for it."""

    COMMISSIONED = "commissioned"
    RELEASED = "released"
    OFFERED = "transferred"
    REVOKED = "revoked"
    REPLACED = "replaced"
    REMOVED = "removed"
    ENTRUSTED = "entrusted"


@dataclass(frozen=True)
class OfferedToken:
    """What is known of a transfer token; the token itself is a secret.

    id:     SHA-256 of the signed token, its first 8 octets in hex; by it the token can be cancelled
    epoch:  the device takes the token while its own is lower
    bearer: whoever has the token can use it
    wipe:   the device then forgets what it was given
    """

    id: str
    epoch: int
    expires: datetime
    bearer: bool
    wipe: bool


@dataclass(frozen=True)
class OwnedFabric:
    """One that devices join and whose keys are here. id: 16 hexadecimal digits; name: its owner's word for it

    is_usual: devices join it where nobody names another one
    """

    id: str
    name: str
    is_usual: bool = False

    def as_json(self) -> dict[str, Any]:
        """The fabric, for scripts."""
        return {"id": self.id, "name": self.name, "default": self.is_usual}


@dataclass(frozen=True)
class Commissioned:
    """What a protocol's driver hands back when a device has its credentials, or after an ownership operation.

    confirmed False means: everything was sent, but the device did not say that it works
    ("sent, not confirmed"), with `unconfirmed_reason` as the sentence for the user.
    replaces: ids of the devices whose place it took; their certificates are revoked with its record
    checks: what was examined about who vouches for it; they stay with its record
    rest: of a code of several devices, that of those that are left
    leaves_radio: once it joined its network, the device can't be asked over Bluetooth any more
    still_joining: not confirmed, although the device answered to the end: it was still trying
    fabrics: ids of all that it says it is in: what was given for another one is gone. None: it was not asked
    label: a keyed fingerprint of its label's secret, by which two labels with one secret are found
    superseded: its record has newer credentials, which stay: this is evidence of what was before
    """

    device: DeviceIdentity
    method: str
    credentials: tuple[Credential, ...] = ()
    handshake: Handshake | None = None
    receipt: Receipt | None = None
    proof: Proof | None = None
    redirect_url: str | None = None
    confirmed: bool = True
    unconfirmed_reason: Text | None = None
    identity_key: bytes | None = None
    possession: Possession = Possession.COMMISSIONED
    leaves_radio: bool = False
    still_joining: bool = False
    replaces: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    rest: SetupCode | None = None
    label: str | None = None
    superseded: bool = False
    fabrics: frozenset[str] | None = None

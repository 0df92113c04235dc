"""The contract for protocols whose owners can let others act: grants as they travel, and who reads them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from companion.protocols.ownership import OwnershipDriver
from companion.trust.grants.terms import Bound, GrantTerms

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.model import Credential, DeviceIdentity, Receipt
    from companion.protocols.contract import Memory


class Enforcer(StrEnum):
    """Who refuses what is outside of a grant."""

    DEVICE = "device"
    DEVICE_WITH_CLOCK = "device with a clock"
    """One without a clock knows only the owner's last word on the time."""
    SERVICES = "services"
    """The owner's endpoint, which knows the owner's log."""
    LOG = "log"
    """Nobody refuses; the log shows it afterwards."""


@dataclass(frozen=True)
class GrantRequest:
    """Who asks for a grant. holder: public key (point, 65 octets), which proved itself in the request
    certifier: PKCS#10 (DER) of the key by which the holder would certify devices
    parts:     by which it asks to issue for fabrics, by protocol (`FabricDriver.ask_part`)
    """

    name: str
    holder: bytes
    certifier: bytes
    parts: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class EntrustedDevice:
    """A device of the owner that a grant comes with, so that its holder finds and knows it.

    identity_key: point, 65 octets; site "": none
    """

    name: str
    serial: str
    identity_key: bytes
    site: str = ""


@dataclass(frozen=True)
class GrantLink:
    """One grant of a chain. id: by which it can be revoked; holder: point, 65 octets; name: the holder's, as
    the issuer wrote it"""

    id: str
    holder: bytes
    name: str
    terms: GrantTerms


@dataclass(frozen=True)
class GrantDocument:
    """A grant as it travels, with what its holder needs to work under it. Every signature in it holds.

    text:     for a file or a QR code; holds no secret
    owner:    the owner's public key (point, 65 octets)
    links:    the chain, the owner's own grant first
    endpoint: where the owner's devices report, "host:port"; "" for nowhere
    cloud:    the text of the profile by which they connect there, "" for none
    certifies_until: until when the holder can certify new devices, None if not at all
    certifier: SHA-256 (hex) and number (hex) of the holder's CA certificate, None without one
    certificate: that certificate (DER), b"" without one
    parts:    for whose fabrics the holder may issue, by protocol (`FabricDriver.issue_part`)
    """

    text: str = field(repr=False)
    owner: bytes
    owner_name: str
    links: tuple[GrantLink, ...]
    devices: tuple[EntrustedDevice, ...] = ()
    endpoint: str = ""
    certifies_until: datetime | None = None
    certifier: tuple[str, str] | None = None
    certificate: bytes = field(default=b"", repr=False)
    parts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    cloud: str = ""

    @property
    def own(self) -> GrantLink:
        """The last grant of the chain: its holder's."""
        return self.links[-1]


@dataclass(frozen=True)
class GrantOrder:
    """What goes with a grant.

    devices: of the owner's that it covers; endpoint: where new devices are to report, "" for nowhere
    under:   the text of the held grant that it is to be under, "" for the owner's own
    parts:   see `GrantDocument.parts`; none under a held grant
    cloud:   the text of the profile by which new devices connect there, "" for none
    """

    terms: GrantTerms
    devices: Collection[EntrustedDevice] = ()
    endpoint: str = ""
    under: str = ""
    parts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    cloud: str = ""


@dataclass(frozen=True)
class DelegateAccount:
    """What a delegate did with one device of ours: the device signed it, and our grants lead to it.

    grants:   ids of the chain, ours first
    onboards: the device became ours with it
    certificate: SHA-256 (hex) of the certificate that the delegate made, "" for none
    site, endpoint: what the device was given, "" for nothing of it; foreign_anchors: it believes others
        there than the owner's CA
    anchors: whom it believes there (DER), () where it was given none
    certified_site: in the certificate's dNSName, by which services go; "" for none
    at:       by the device's own clock, None where it has none
    list_counter: of our revocation list that it goes by, 0 for none
    holder:   the key (point) to which we gave the first grant
    chain:    the grants, encoded; taking: by what the delegate took the device for us, b"" where it was ours
    certificates: the delegate's (DER) and those above it, without our root
    """

    device: DeviceIdentity
    identity_key: bytes
    receipt: Receipt
    credentials: tuple[Credential, ...]
    grants: tuple[str, ...]
    onboards: bool
    certificate: str = ""
    site: str = ""
    endpoint: str = ""
    certified_site: str = ""
    foreign_anchors: bool = False
    anchors: tuple[bytes, ...] = ()
    at: datetime | None = None
    list_counter: int = 0
    holder: bytes = b""
    chain: tuple[bytes, ...] = ()
    taking: bytes = b""
    certificates: tuple[bytes, ...] = ()


class EntryFlaw(StrEnum):
    """Why an entry of a report proves nothing."""

    SHAPE = "shape"
    RECEIPT = "receipt"
    OWNER = "owner"
    ITEMS = "items"
    GRANTS = "grants"
    STATEMENT = "statement"
    """Of a device that signs none, what its delegate signed instead, or the certificate in it."""


@dataclass(frozen=True)
class InvalidEntry:
    """An entry of a report that does not hold, of which nothing is recorded.

    number: its place in the report, from 1; name, serial: what it says of the device, "" for nothing
    detail: technical
    """

    number: int
    flaw: EntryFlaw
    name: str = ""
    serial: str = ""
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "number": self.number,
            "name": self.name or None,
            "serial": self.serial or None,
            "reason": self.flaw.value,
            "detail": self.detail or None,
        }


@dataclass(frozen=True)
class ListStanding:
    """The owner's list of what is revoked, as this computer has it.

    counter: of the newest list, by which devices say which one they hold; 0: nothing was ever revoked
    floor:   grants from before it count no more
    """

    counter: int
    floor: int
    entries: int


@runtime_checkable
class DelegationDriver(OwnershipDriver, Protocol):
    """A driver of a protocol whose owners can let others act. Optional: the others know no delegates."""

    @property
    def enforcement(self) -> Mapping[Bound, Enforcer]:
        """Who refuses what is outside of which bound."""

    def request_grant(self, name: str, identity: Identity, parts: Mapping[str, bytes] | None = None) -> str:
        """The text by which the holder of this identity asks for a grant. Holds no secret."""

    def read_request(self, text: str) -> GrantRequest | None:
        """Who asks; None for a text of another kind. Raises GrantInvalid."""

    def issue_grant(
        self, request: GrantRequest, order: GrantOrder, identity: Identity, memory: Memory
    ) -> GrantDocument:
        """A grant for whoever asked. Raises GrantTooWide, GrantInvalid."""

    def renew_grant(self, text: str, order: GrantOrder, identity: Identity, memory: Memory) -> GrantDocument:
        """The same grant with all that goes with it as it is now; the order's terms do not count. Raises
        GrantInvalid."""

    def read_grant(self, text: str) -> GrantDocument | None:
        """The grant in a text; None for a text of another kind. Raises GrantInvalid."""

    def accept_grant(self, text: str, identity: Identity, memory: Memory) -> GrantDocument:
        """`read_grant` for its holder, who is this identity. Raises GrantInvalid for somebody else's."""

    def export_accounts(self, grant: str, memory: Memory) -> bytes:
        """What was done under a held grant (its id), for the owner of the devices."""

    def is_account(self, content: bytes) -> bool:
        """True if the file says that it is a delegate's report."""

    def takings(self, memory: Memory) -> Mapping[bytes, bytes]:
        """By what this computer took devices for others: by the receipt that each device gave."""

    def read_accounts(
        self, content: bytes, identity: Identity
    ) -> tuple[DelegateAccount | InvalidEntry, ...] | None:
        """What a delegate brought home, each entry judged alone; None for a file of another kind.

        Raises AccountInvalid for a file that holds no entries that could be told apart.
        """

    def is_ended(self, text: str, memory: Memory) -> bool:
        """True if the newest list of its owner that is here ends a held grant. Raises GrantInvalid."""

    def revoke_grant(self, link: GrantLink, identity: Identity, memory: Memory) -> None:
        """The owner's next list ends this grant, and all under it. Raises TooManyRevoked."""

    def revoke_holder(self, holder: bytes, identity: Identity, memory: Memory) -> None:
        """The owner's next list ends whatever this key (point) may do. Raises TooManyRevoked."""

    def revoke_key(self, key: bytes, identity: Identity, memory: Memory) -> None:
        """The same for the key with this id, the first eight octets of its SHA-256. Raises TooManyRevoked."""

    def raise_floor(self, identity: Identity, memory: Memory) -> int:
        """The owner's next list ends every grant of before; the new floor."""

    def list_standing(self, identity: Identity, memory: Memory) -> ListStanding:
        """The owner's list as this computer has it."""

    def export_list(self, identity: Identity, memory: Memory, owner: bytes = b"") -> bytes | None:
        """The newest signed list, for others to carry; None where there is none. owner: of another one's
        devices, for which this computer has a grant."""

    def signed_list(self, identity: Identity, memory: Memory) -> bytes:
        """The list of this identity, for proofs; an empty one of now where nothing was ever revoked."""

    def import_list(self, content: bytes, identity: Identity, memory: Memory) -> bool:
        """Take over a list that was carried here, if it is newer. Raises RevocationListInvalid for what no
        owner known here signed, TooManyRevoked."""

"""The contract for protocols whose owners have a fabric that others can be let issue for.

How that is asked for and given travels as a part of a grant of a `DelegationDriver`'s protocol, by whose
signatures and bounds it lives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from companion.protocols.contract import Driver

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.model import Credential, DeviceIdentity, OwnedFabric
    from companion.protocols.contract import Memory
    from companion.protocols.delegation import GrantDocument
    from companion.trust.grants.terms import GrantTerms


@dataclass(frozen=True)
class FabricStatement:
    """What a delegate says that it did with one device: the delegate signed it, and no device did.

    grant:       id; holder: key (point) that signed
    certificate: SHA-256 (hex) of the one that the device has
    at:          by the delegate's own clock; site "": none
    number:      its place among the grant's statements, from 1; digest: SHA-256 of this one
    before:      SHA-256 of the one before it; b"" for the first
    """

    device: DeviceIdentity
    identity_key: bytes
    credentials: tuple[Credential, ...]
    grant: str
    holder: bytes
    certificate: str
    at: datetime
    site: str = ""
    number: int = 1
    digest: bytes = b""
    before: bytes = b""


@runtime_checkable
class FabricDriver(Driver, Protocol):
    """A driver of a protocol whose devices join their owner's fabric. Optional."""

    def own_fabrics(self, identity: Identity) -> tuple[OwnedFabric, ...]:
        """Those of this identity, by age; none before the first device. Raises StorageError leaves."""

    def own_fabric(self, identity: Identity, wanted: str) -> OwnedFabric:
        """The one with this name, or whose id begins so. Raises FabricMissing, RecordAmbiguous."""

    def add_fabric(self, identity: Identity, name: str) -> OwnedFabric:
        """Found another one. Raises FabricNameUnusable."""

    def rename_fabric(self, identity: Identity, fabric: str, name: str) -> OwnedFabric:
        """Call one (its id) something else. Raises FabricMissing, FabricNameUnusable."""

    def use_fabric(self, identity: Identity, fabric: str) -> OwnedFabric:
        """From now on devices join this one (its id) where nobody names another. Raises FabricMissing."""

    def remove_fabric(self, identity: Identity, memory: Memory, fabric: str) -> None:
        """Forget the keys of one (its id): its devices are lost. Raises FabricMissing."""

    def ask_part(self, identity: Identity) -> bytes:
        """By which the holder of this identity asks to issue. Holds no secret: the keys stay in its vault."""

    def issue_part(
        self, asked: bytes, holder: bytes, terms: GrantTerms, identity: Identity, fabric: str = ""
    ) -> bytes:
        """For whoever asked, as far as a grant's terms go. What of it is secret, its holder alone can open.

        holder: public key (point) of the grant's holder; fabric: the only one that it is for, by name or the
        beginning of its id; "" for the usual one. Raises GrantInvalid, FabricMissing, RecordAmbiguous.
        """

    def fabric_of_part(self, part: bytes) -> str:
        """The id of the fabric that an issued part is for. Raises GrantInvalid."""

    def accept_part(self, part: bytes, document: GrantDocument, identity: Identity) -> None:
        """Keep it, sealed, for runs under the grant. Raises GrantInvalid for another's or one that ended."""

    def issues_under(self, grant: str, identity: Identity) -> bool:
        """True if a part of a held grant (its id) is kept here."""

    def count_under(self, grant: str, memory: Memory) -> int:
        """How many devices were set up under a held grant (its id)."""

    def export_statements(self, grant: str, memory: Memory) -> bytes | None:
        """What was done under a held grant, for the owner of the fabric; None for nothing."""

    def read_statements(self, content: bytes) -> Sequence[tuple[str, bytes]] | None:
        """Each with the id of the grant that it names, nothing verified; None for a file of another kind.
        "" for one that can't be read.

        Raises AccountInvalid.
        """

    def check_statement(self, signed: bytes, document: GrantDocument, identity: Identity) -> FabricStatement:
        """A statement by the holder of a grant of this identity's, about a device that is in the fabric.

        Raises AccountInvalid.
        """

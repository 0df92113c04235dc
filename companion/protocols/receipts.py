"""The contract for protocols whose devices sign what they accepted: reading that again, years later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from companion.protocols.delegation import GrantLink


@dataclass(frozen=True)
class Acknowledged:
    """What a device said that it accepted.

    owner_sha256:  of its owner's public key (point)
    at:            by the device's own clock, UTC; None: it has none
    grants_sha256: of the grants by which its session acted; None: its owner's, or it had no owner yet
    epoch, list_counter: of its ownership, and of its owner's list: neither ever falls
    """

    serial: str
    owner_sha256: bytes
    at: datetime | None
    grants_sha256: bytes | None
    epoch: int = 0
    list_counter: int = 0


@dataclass(frozen=True)
class Ended:
    """What an owner's list says of a chain of grants. at: when the owner signed the list, UTC; counter: its
    number; links: places in the chain, from 0, that it ends"""

    at: datetime
    counter: int
    links: tuple[int, ...]


class ReceiptReader(Protocol):
    """Reads what devices of a protocol signed. Keys are points of 65 octets."""

    def receipt(self, receipt: bytes, final: bytes, identity_key: bytes) -> Acknowledged:
        """What the device of this key signed, and that it acknowledged it. Raises ValueError."""

    def grants(self, chain: Sequence[bytes], owner: bytes) -> tuple[GrantLink, ...]:
        """The grants of a chain, the owner's own first, each signed and no wider than the one before.
        Their names are empty: no grant says one. Raises ValueError."""

    def check_taking(
        self, taking: bytes, receipt: bytes, identity_key: bytes, chain: Sequence[bytes], holder: bytes
    ) -> None:
        """That the holder (point) of the chain's last grant took this device for the owner, in the
        transaction of this receipt: a device that has no owner yet names no grants. Raises ValueError."""

    def ended(self, revocations: bytes, owner: bytes, chain: Sequence[bytes]) -> Ended:
        """What the owner's list says of a chain that `grants` read. Raises ValueError."""

    def digest(self, chain: Sequence[bytes]) -> bytes | None:
        """The SHA-256 by which a receipt names the chain; None for none: the owner's own hand."""

    def chain_of(self, text: str) -> tuple[bytes, ...]:
        """The grants in the text by which one travels. Raises ValueError."""

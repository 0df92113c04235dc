"""The contract for protocols that know owners: what an owner can do with a device, and who does it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from companion.protocols.contract import Driver
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.model import Advertisement, Commissioned, FoundDevice, OfferedToken
    from companion.protocols.contract import Context, Memory


class OwnershipOperation(StrEnum):
    """What an owner does with a device that has credentials already."""

    REPROVISION = "reprovision"
    """New network, name or endpoint, and a new certificate."""

    ROTATE = "rotate"
    """A new certificate, and nothing else."""

    RESET = "reset"
    """Nobody owns it any more."""

    QUERY = "query"
    """What it says of itself; a change whose final confirmation was lost is finished."""

    ACCEPT = "accept"
    """It becomes ours by its former owner's token."""


@dataclass(frozen=True)
class OwnedDevice:
    """The device of an ownership operation, as the registry (or the token) knows it.

    identity_key: by which it proves itself; token: what `ACCEPT` rests on
    """

    name: str
    identity_key: bytes
    serial: str = ""
    token: Secret | None = None


@dataclass(frozen=True)
class TransferTerms:
    """How a device is given away: to the holder of a public key (point, 65 octets), or to whoever bears the
    token; until `expires` (Unix seconds); `wipe`: without what it was given."""

    to: bytes | None
    expires: int
    wipe: bool = True


@dataclass(frozen=True)
class Offered:
    """A transfer token, and what may be known of it."""

    text: Secret
    token: OfferedToken


@runtime_checkable
class OwnershipDriver(Driver, Protocol):
    """A driver of a protocol that knows owners. Optional: the others can't do any of it."""

    def recognise(self, advertisement: Advertisement, device: OwnedDevice) -> FoundDevice | None:
        """The device behind an advertisement, if it is this one."""

    def make_token(
        self, device: OwnedDevice, terms: TransferTerms, identity: Identity, memory: Memory
    ) -> Offered:
        """A transfer token, made without the device. Raises QueryFirst."""

    def cancel_token(self, token: str, identity: Identity, memory: Memory) -> None:
        """End a token (its id): the device is told in the next session. Raises TooManyCancelled."""

    def read_token(self, text: str) -> OwnedDevice | None:
        """The device of a transfer token; None for a text of another kind. Raises CodeMalformed."""

    async def operate(
        self, context: Context, operation: OwnershipOperation, device: OwnedDevice
    ) -> Commissioned:
        """Do it, from CONNECT to CHECK. Raises CompanionError; the step under way is the failed one."""

"""What crosses the bridge for ownership operations: what is wanted of a device, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from companion.administration import Request
from companion.errors import CompanionError
from companion.events import Event, RevocationReason
from companion.model import WifiCredentials
from companion.protocols import Order, OwnershipOperation, TrustLists
from companion.secret import Secret
from ui.engine.commands import Command

# --- down ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StartOperation(Command):
    """Find a device again and do `operation` to it. device: its id in the registry, unused with a token."""

    operation: OwnershipOperation
    device: str = ""
    order: Order = field(default_factory=Order)
    token: Secret | None = None


@dataclass(frozen=True)
class Administer(Command):
    """Do something with a device of the registry over the network, without a radio."""

    device: str
    request: Request


@dataclass(frozen=True)
class RemoveController(Command):
    """While the run shares its device: take it away from another controller."""

    key: str


@dataclass(frozen=True)
class StopSharing(Command):
    """While the run shares its device: let nobody join any more, and end well."""


@dataclass(frozen=True)
class LeaveSharing(Command):
    """While the run shares its device: end well, and let others go on joining until the time is over."""


@dataclass(frozen=True)
class ImportTrust(Command):
    """Hold devices of a protocol also against this list of who vouches. Answered with `TrustImported`."""

    protocol: str
    path: Path


@dataclass(frozen=True)
class RecallNetworks(Command):
    """Answered with `NetworksRecalled`."""


@dataclass(frozen=True)
class Terms:
    """How a device is given away. key_file: of its new owner, None for whoever has the token."""

    key_file: Path | None = None
    days: int = 30
    keep_data: bool = False


@dataclass(frozen=True)
class MakeToken(Command):
    """Make a transfer token for a device of the registry. Answered with `TokenMade`."""

    device: str
    terms: Terms


@dataclass(frozen=True)
class CancelTokens(Command):
    """End every transfer token of a device that is out. Answered with `TokensCancelled`."""

    device: str


@dataclass(frozen=True)
class RevokeDevice(Command):
    """Believe the certificates of a device no more. Answered with `DeviceRevoked`."""

    device: str
    reason: RevocationReason


@dataclass(frozen=True)
class RenewList(Command):
    """Write the list of revoked certificates anew, where it was written last. Answered with `ListRenewed`."""


@dataclass(frozen=True)
class SaveToken(Command):
    """Write a token to a file that its user alone may read: .png for a QR code, else text.

    Answered with `TokenSaved`.
    """

    token: Secret
    path: Path


# --- up --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NetworksRecalled(Event):
    """Networks that worked before, the latest first."""

    networks: tuple[WifiCredentials, ...]


@dataclass(frozen=True)
class TokenMade(Event):
    """A token is out. modules: rows of its QR code without a quiet zone, True is dark."""

    token: Secret
    until: datetime
    bearer: bool
    modules: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True)
class TokensCancelled(Event):
    """They are cancelled as soon as the device was told, in the next session with it."""


@dataclass(frozen=True)
class DeviceRevoked(Event):
    """Nobody here believes its certificates. listed: the list for brokers, written anew; None without one."""

    certificates: int
    listed: Path | None


@dataclass(frozen=True)
class ListRenewed(Event):
    """The list for brokers is in this file."""

    file: Path


@dataclass(frozen=True)
class TokenSaved(Event):
    """The token is in this file."""

    path: Path
    token: Secret


@dataclass(frozen=True)
class TrustImported(Event):
    """The file was read. lists: what it holds; error: why nothing was taken from it."""

    lists: TrustLists
    error: CompanionError | None = None


@dataclass(frozen=True)
class TokenUnsaved(Event):
    """The token could not be written; `reason` is the system's own word for it."""

    reason: str
    token: Secret

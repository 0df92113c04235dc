"""What crosses the bridge for an owner's acts: what he wants of his device, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from companion.events import Event
from companion.model import WifiCredentials
from companion.protocols import Act, Order
from companion.secret import Secret
from ui.messages import Command

# --- down ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StartAct(Command):
    """Find a device again and do `act` to it. device: its id in the registry, unused with a token."""

    act: Act
    device: str = ""
    order: Order = field(default_factory=Order)
    token: Secret | None = None


@dataclass(frozen=True)
class RecallNetworks(Command):
    """Tell `NetworksRecalled`."""


@dataclass(frozen=True)
class Terms:
    """How a device is given away. key_file: of its new owner, None for whoever has the token."""

    key_file: Path | None = None
    days: int = 30
    keep_data: bool = False


@dataclass(frozen=True)
class MakeToken(Command):
    """Make a transfer token for a device of the registry. Told with `TokenMade`."""

    device: str
    terms: Terms


@dataclass(frozen=True)
class SaveToken(Command):
    """Write a token to a file that its user alone may read: .png for a QR code, else text.

    Told with `TokenSaved`.
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
class TokenSaved(Event):
    """The token is in this file."""

    path: Path
    token: Secret


@dataclass(frozen=True)
class TokenUnsaved(Event):
    """The token could not be written; `reason` is the system's own word for it."""

    reason: str
    token: Secret

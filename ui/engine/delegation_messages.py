"""What the window asks and hears about grants, besides runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.events import Event
from ui.engine.commands import Command

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from companion.errors import CompanionError
    from companion.model import OwnedFabric
    from companion.protocols import Enforcer, InvalidEntry
    from companion.trust.grants.record import GrantRecord
    from companion.trust.grants.terms import Bound, GrantTerms, TermsRequest


@dataclass(frozen=True)
class ListGrants(Command):
    """Answered with `GrantsListed`."""


@dataclass(frozen=True)
class GrantCommand(Command):
    """Something about grants that needs the keys."""


@dataclass(frozen=True)
class ReadRequest(GrantCommand):
    """Who asks for a grant in this file? Answered with `GrantAsked` or `GrantFailed`."""

    path: Path


@dataclass(frozen=True)
class SignGrant(GrantCommand):
    """Answer a request (its text) and write the grant to a file: `GrantSigned` or `GrantFailed`.

    fabrics: protocols for whose fabric the holder may issue; under: a held grant (its id) that is passed on,
    terms is then a `TermsRequest`; fabric: id of the one that they are for, "" for the usual one
    cloud: name of the profile by which new devices connect, "" for this computer's endpoint
    """

    request: str
    terms: GrantTerms | TermsRequest
    path: Path
    fabrics: tuple[str, ...] = ()
    under: str = ""
    fabric: str = ""
    cloud: str = ""


@dataclass(frozen=True)
class ImportGrant(GrantCommand):
    """Take over a grant in a file: `GrantTaken` or `GrantFailed`."""

    path: Path


@dataclass(frozen=True)
class RevokeGrant(GrantCommand):
    """End an issued grant, by its id. Answered with `GrantsListed` or `GrantFailed`."""

    grant: str


@dataclass(frozen=True)
class LoseHolder(GrantCommand):
    """The holder of this grant (its id) lost the computer, or it was stolen: nothing of it counts any more.
    keep_others: grants of others stay as they are. Answered with `HolderLost` or `GrantFailed`."""

    grant: str
    keep_others: bool


@dataclass(frozen=True)
class BringHome(GrantCommand):
    """Take a delegate's report or log in. Answered with `BroughtHome` or `GrantFailed`."""

    path: Path


@dataclass(frozen=True)
class HeardAt:
    """How many devices of a site ("": none) know the newest revocations, and the names of the others."""

    site: str
    know: int
    unaware: tuple[str, ...]


@dataclass(frozen=True)
class GrantsListed(Event):
    """Grants, those that are held first. know, of: how many devices know the newest revocation list, of all;
    know None: nothing was ever revoked, or the keys that tell are not open; sites: the same by site
    fabrics: ids of grants issued here that let their holders issue for a fabric"""

    grants: tuple[GrantRecord, ...]
    know: int | None
    of: int
    sites: tuple[HeardAt, ...] = ()
    fabrics: frozenset[str] = frozenset()


@dataclass(frozen=True)
class HolderLost(Event):
    """A holder was cut off. others: whose grants ended with it; unaware: devices that don't know it yet;
    fabrics_until: when the last certificate ends by which one of them issues for a fabric, None for none"""

    name: str
    others: tuple[str, ...]
    unaware: int
    fabrics_until: datetime | None = None


@dataclass(frozen=True)
class BroughtHome(Event):
    """What a delegate did. name: the delegate's, "" in a report; onboarded: devices that are new here
    late: set up after the grant had ended; uncovered: under no grant, or refused by the endpoint
    older: the records keep what they have: it is newer, or the device signed no order
    invalid: entries that do not hold, of which nothing is recorded"""

    name: str
    onboarded: int
    late: int
    uncovered: int
    older: int = 0
    invalid: tuple[InvalidEntry, ...] = ()


@dataclass(frozen=True)
class GrantAsked(Event):
    """A request was read. key: the end of the holder's key, as people compare it
    enforcement: who refuses what is outside of which bound
    fabrics: protocols for whose fabric the holder asks to issue; held: grants that may be passed on to it
    own_fabrics: the owner's, of which a grant is for one
    clouds: name and endpoint of each profile by which a holder's devices can connect"""

    request: str
    name: str
    key: str
    enforcement: Mapping[Bound, Enforcer]
    sites: tuple[str, ...] = ()
    fabrics: tuple[str, ...] = ()
    held: tuple[GrantRecord, ...] = ()
    own_fabrics: tuple[OwnedFabric, ...] = ()
    clouds: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class GrantSigned(Event):
    """A grant was signed, and is in this file. endpoint: where new devices report, "" for nowhere
    cloud: name of the profile by which they connect there, "" for none"""

    grant: GrantRecord
    path: Path
    endpoint: str = ""
    cloud: str = ""


@dataclass(frozen=True)
class GrantTaken(Event):
    """A grant was imported."""

    grant: GrantRecord


@dataclass(frozen=True)
class GrantFailed(Event):
    """What was asked could not be done; nothing was signed."""

    error: CompanionError

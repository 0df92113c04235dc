"""A grant as the registry keeps it: issued from here, or held here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from companion.trust.grants.terms import GrantTerms


class GrantState(StrEnum):
    """Where a grant stands, as far as this computer knows."""

    NOT_YET = "not yet"
    IN_FORCE = "in force"
    ENDED = "ended"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Issuance:
    """The CA certificate that went to a delegate: SHA-256 of its DER, and its number, in hex."""

    fingerprint: str
    serial_number: str


@dataclass(frozen=True)
class GrantRecord:
    """One grant. id: by which devices know it, too.

    held:    this computer acts under it; else it was issued from here
    owner:   public key (point) of whose devices it is about; holder: of who may act
    parent:  id of the held grant that an issued one is under; None: it is the owner's own
    text:    as it travels, with all that its holder needs
    operator, revoker: whoever wrote it down here, and revoked it
    """

    id: str
    protocol: str
    held: bool
    owner: bytes
    owner_name: str
    holder: bytes
    holder_name: str
    terms: GrantTerms
    text: str = field(repr=False)
    made: datetime
    parent: str | None = None
    revoked: datetime | None = None
    certificate: Issuance | None = None
    operator: str = ""
    revoker: str = ""

    def state(self, now: datetime) -> GrantState:
        """Where it stands at this moment (UTC)."""
        if self.revoked is not None:
            return GrantState.REVOKED
        if now >= self.terms.until:
            return GrantState.ENDED
        if self.terms.since is not None and now < self.terms.since:
            return GrantState.NOT_YET
        return GrantState.IN_FORCE

    def as_json(self, now: datetime) -> dict[str, Any]:
        """For scripts."""
        return {
            "id": self.id,
            "protocol": self.protocol,
            "held": self.held,
            "state": self.state(now).value,
            "owner": self.owner_name,
            "owner_key": self.owner.hex(),
            "holder": self.holder_name,
            "holder_key": self.holder.hex(),
            "under": self.parent,
            "made": self.made.isoformat(timespec="seconds"),
            "revoked": None if self.revoked is None else self.revoked.isoformat(timespec="seconds"),
            "issued_by" if not self.held else "imported_by": self.operator or None,
            "revoked_by": self.revoker or None,
            **self.terms.as_json(),
        }

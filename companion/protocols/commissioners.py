"""The contract for protocols whose devices accept only commissioners that their manufacturer certified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from companion.protocols.contract import Memory
from companion.secret import Secret


@dataclass(frozen=True)
class CommissionerTerms:
    """What a commissioner may do.

    classes: each class of commands by its name, and whether it is open
    network, extended_pan_id: the only Thread network that it is for, by its name, by 8 octets; None: any
    """

    classes: Mapping[str, bool]
    network: str | None = None
    extended_pan_id: bytes | None = None


@dataclass(frozen=True)
class CommissionerCertificate:
    """cas: the names of those whose devices it trusts"""

    name: str
    not_after: datetime
    terms: CommissionerTerms
    cas: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        pan_id = self.terms.extended_pan_id
        return {
            "name": self.name,
            "not_after": self.not_after.isoformat(),
            "classes": dict(self.terms.classes),
            "network": self.terms.network,
            "extended_pan_id": None if pan_id is None else pan_id.hex(),
            "cas": list(self.cas),
        }


@runtime_checkable
class CommissionerDriver(Protocol):
    """Implemented by the drivers of such protocols."""

    def read_commissioner(self, path: Path) -> tuple[Secret, CommissionerCertificate]:
        """The text of a PEM file, or of a folder of them, and what it says.

        Raises CommissionerUnusable, FileMissing and FileUnreadable leaves.
        """

    def keep_commissioner(self, memory: Memory, text: Secret | None) -> None:
        """Keep it with the keys, for runs; None forgets the one that is kept."""

    def kept_commissioner(self, memory: Memory) -> CommissionerCertificate:
        """Raises CommissionerMissing and CommissionerUnusable."""

    def make_commissioner(self, folder: Path, terms: CommissionerTerms, days: int) -> CommissionerCertificate:
        """Certify a new one in a folder, which gets a CA if it has none.

        Raises CommissionerUnusable, FileMissing and FileUnreadable leaves, OSError.
        """

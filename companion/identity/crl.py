"""The list of revoked certificates that brokers and services take (RFC 5280, section 5), and its age.

A broker believes nobody once its list has expired: all devices are locked out at once. So it is kept in
the data folder where the list was written last and until when it is good, and whoever looks is warned
from the fourth of its seven days on. The data folder's note is plain JSON, so that `companion doctor`
reads it without keys and without the registry.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.errors import StorageError
from companion.files import MAX_SMALL_FILE, read_own, replace_durably

if TYPE_CHECKING:
    from companion.identity import IssuingCa
    from companion.registry import Registry, RevocationRecord

NOTE = "revocation-list.json"
DAYS = 7
WARN_AFTER = timedelta(days=4)
# An LDevID lives 90 days at most. RFC 5280, 3.3: its entry stays on one more list after its end.
LISTED_FOR = timedelta(days=90 + 2 * DAYS)


class CrlState(StrEnum):
    """How good the list is that was written last."""

    FRESH = "fresh"
    AGING = "aging"
    """It ends in three days or less."""
    INCOMPLETE = "incomplete"
    """A certificate was revoked since."""
    MISSING = "missing"
    """The file is gone."""
    EXPIRED = "expired"
    """A broker that has this list lets nobody in."""


@dataclass(frozen=True)
class Publication:
    """The list that was written last. number: rises from list to list; entries: how many it names."""

    file: Path
    made: datetime
    until: datetime
    number: int
    entries: int

    def standing(self, now: datetime, latest: datetime | None = None) -> CrlState:
        """`latest`: when a certificate was revoked last, None if none was, or nobody asked."""
        if now >= self.until:
            return CrlState.EXPIRED
        if not self.file.exists():
            return CrlState.MISSING
        if latest is not None and latest > self.made:
            return CrlState.INCOMPLETE
        return CrlState.AGING if now - self.made >= WARN_AFTER else CrlState.FRESH

    def as_json(self, standing: CrlState) -> dict[str, Any]:
        return {
            "file": str(self.file),
            "standing": standing.value,
            "made": self.made.isoformat(timespec="milliseconds"),
            "until": self.until.isoformat(timespec="milliseconds"),
            "number": self.number,
            "entries": self.entries,
        }


def published(folder: Path) -> Publication | None:
    """What was written last from this data folder; None if nothing was, or the note can't be read."""
    try:
        note = json.loads(read_own(MAX_SMALL_FILE, folder / NOTE))
        return Publication(
            Path(note["file"]),
            datetime.fromisoformat(note["made"]),
            datetime.fromisoformat(note["until"]),
            int(note["number"]),
            int(note["entries"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def publish(folder: Path, ca: IssuingCa, registry: Registry, file: Path | None = None) -> Publication | None:
    """Write the list of now to `file`, or to where the last one went; None where there was none.

    Raises StorageError and what the registry raises.
    """
    last = published(folder)
    if file is None:
        if last is None:
            return None
        file = last.file
    # Told before the registry is asked: what is revoked meanwhile shows as revoked since.
    now = datetime.now(UTC)
    listed = current(registry.revocations(), now)
    # Unix seconds rise from list to list, on whichever computer they are made.
    number = max(int(time.time()), last.number + 1 if last is not None else 0)
    made = Publication(file.absolute(), now, now + timedelta(days=DAYS), number, len(listed))
    _write(file, as_pem(ca, listed, number), public=True)
    _write(folder / NOTE, json.dumps(made.as_json(CrlState.FRESH)).encode())
    return made


def is_due(folder: Path, registry: Registry) -> bool:
    """True if the list ages, lacks a certificate, is gone or has ended. Raises what the registry raises."""
    last = published(folder)
    if last is None:
        return False
    return last.standing(datetime.now(UTC), latest(registry.revocations())) is not CrlState.FRESH


def current(revoked: Iterable[RevocationRecord], now: datetime) -> list[RevocationRecord]:
    """Those that a list has to name: of a certificate that has ended long ago nobody asks."""
    return [each for each in revoked if each.serial_number and now - each.revoked < LISTED_FOR]


def as_pem(ca: IssuingCa, listed: Iterable[RevocationRecord], number: int) -> bytes:
    """The list as PEM, signed by the CA."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    from companion.events import RevocationReason
    from companion.identity import RevokedCertificate

    revoked = [
        RevokedCertificate(int(each.serial_number, 16), each.revoked, RevocationReason(each.reason))
        for each in listed
    ]
    der = ca.revocation_list(revoked, number=number, days=DAYS)
    return x509.load_der_x509_crl(der).public_bytes(Encoding.PEM)


def latest(revoked: Iterable[RevocationRecord]) -> datetime | None:
    """When a certificate was revoked last."""
    return max((each.revoked for each in revoked), default=None)


def _write(file: Path, content: bytes, *, public: bool = False) -> None:
    try:
        replace_durably(file, content)
        if public:
            file.chmod(0o644)  # a broker has another user than its owner
    except OSError as error:
        raise StorageError(f"{file.name}: {type(error).__name__}") from error

"""What the registry hands out: frozen records, and their JSON for the terminal, scripts and reports."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from companion.errors.cancellation import Cancelled
from companion.model import Check
from companion.outcome import check_json

BRING_HOME = "bring-home"
"""The operation of a run that records what a delegate did elsewhere."""
REENROLLMENT = "re-enroll"
"""The operation of a run in which a device renewed its certificate over the network by itself."""
NO_RADIO = "none"
"""The radio of a run that needed none."""
RENEWAL_SHARE = 0.1
"""A certificate is due for renewal when less than this share of its life is left."""


@dataclass(frozen=True)
class RecordCount:
    """How many records there are; ids: of the devices, in the registry."""

    devices: int
    runs: int
    ids: frozenset[str]


@dataclass(frozen=True)
class CredentialRecord:
    """A credential that went to a device; `details` are public facts. `replaced` None: it is current.

    revoked: since when its certificate must not be believed any more, None if it may be; reason: why
    """

    kind: str
    details: Mapping[str, Any]
    handed_over: datetime
    replaced: datetime | None = None
    revoked: datetime | None = None
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            **self.details,
            "handed_over": stamp(self.handed_over),
            "replaced": stamp(self.replaced),
            "revoked": stamp(self.revoked),
            "revocation_reason": self.reason,
        }


class TokenState(StrEnum):
    """Where a transfer token stands."""

    OPEN = "open"
    CANCELLING = "cancelling"
    """It will be cancelled in the next session with its device; until then the device takes it."""
    CANCELLED = "cancelled"
    USED = "used"
    EXPIRED = "expired"
    OUTDATED = "outdated"
    """The device has counted past it."""


@dataclass(frozen=True)
class TokenRecord:
    """A transfer token that left, by its id (see `model.OfferedToken`). device: its id in the registry."""

    id: str
    device: str
    epoch: int
    bearer: bool
    wipe: bool
    made: datetime
    expires: datetime
    state: TokenState

    @property
    def is_out(self) -> bool:
        """True while somebody may still take the device with it."""
        return self.state in (TokenState.OPEN, TokenState.CANCELLING)

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "state": self.state.value,
            "form": "bearer" if self.bearer else "key",
            "wipe": self.wipe,
            "made": stamp(self.made),
            "expires": stamp(self.expires),
        }


@dataclass(frozen=True)
class RevocationRecord:
    """A certificate that must not be believed any more, since `revoked`; `run` is where that came out, and
    `operator` whoever did that.

    fingerprint: SHA-256 of its DER in hex; serial_number: its own number in hex
    """

    fingerprint: str
    serial_number: str
    reason: str
    run: str
    revoked: datetime
    operator: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "fingerprint": self.fingerprint,
            "serial_number": self.serial_number,
            "reason": self.reason,
            "revoked": stamp(self.revoked),
            "run": self.run,
            "operator": self.operator or None,
        }


@dataclass(frozen=True)
class ReceiptRecord:
    """The device's signed word, as received in `run`. `final` is its acknowledgement."""

    run: str
    signed: bytes
    final: bytes | None
    received: datetime

    def as_json(self) -> dict[str, Any]:
        return {
            "run": self.run,
            "signed": base64.b64encode(self.signed).decode(),
            "final": None if self.final is None else base64.b64encode(self.final).decode(),
            "received": stamp(self.received),
        }


@dataclass(frozen=True)
class DeviceRecord:
    """A device that has credentials from here.

    name:   what its owner calls it, else what it calls itself (`own_name`); room: its owner's word
    state:  "commissioned", "unconfirmed", "released" (reset by its owner), "transferred" (it belongs to
            somebody else, or a token is out by which it may at any time), "replaced" (by another device
            of its serial number), "entrusted" (somebody else's, who gave a grant for it), "revoked" or
            "removed" (no longer controlled from here)
    tokens: its transfer tokens, the newest first; in a list of devices those that are out
    checks: what was examined about who vouches for it, when it was commissioned
    owner_key: whose it is (point, 65 octets), if that is somebody else; None: it is ours
    site:   where it stands, as grants name it; "" for nowhere
    tags:   words that its owner put on it, sorted; note: what its owner wrote down about it
    revision: how often name, room, tags and note were changed; the last time by `editor` at `edited`
    """

    id: str
    name: str
    protocol: str
    method: str
    state: str
    created: datetime
    updated: datetime
    model: str | None = None
    serial: str | None = None
    firmware: str | None = None
    identity_key: bytes | None = None
    credentials: tuple[CredentialRecord, ...] = ()
    receipts: tuple[ReceiptRecord, ...] = ()
    runs: tuple[str, ...] = ()
    tokens: tuple[TokenRecord, ...] = ()
    room: str = ""
    own_name: str = ""
    checks: tuple[Check, ...] = ()
    owner_key: bytes | None = None
    site: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    revision: int = 0
    editor: str = ""
    edited: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """The device with everything that is known of it; newest credentials, receipts and runs first."""
        return {
            "id": self.id,
            "name": self.name,
            "protocol": self.protocol,
            "method": self.method,
            "state": self.state,
            "model": self.model,
            "serial": self.serial,
            "firmware": self.firmware,
            "identity_key": None if self.identity_key is None else self.identity_key.hex(),
            "created": stamp(self.created),
            "updated": stamp(self.updated),
            "credentials": [credential.as_json() for credential in self.credentials],
            "receipts": [receipt.as_json() for receipt in self.receipts],
            "runs": list(self.runs),
            "tokens": [token.as_json() for token in self.tokens],
            "room": self.room,
            "own_name": self.own_name,
            "site": self.site or None,
            "tags": list(self.tags),
            "note": self.note or None,
            "edited": stamp(self.edited),
            "edited_by": self.editor or None,
            "owner_key": None if self.owner_key is None else self.owner_key.hex(),
            "checks": [check_json(check) for check in self.checks],
        }


@dataclass(frozen=True)
class StepRecord:
    """One step of a run. `seconds` None: it did not end well. `summary` is a Text's template and facts."""

    step: str
    started: datetime
    seconds: float | None = None
    summary: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "started": stamp(self.started),
            "seconds": None if self.seconds is None else round(self.seconds, 3),
            "summary": None if self.summary is None else dict(self.summary),
        }


@dataclass(frozen=True)
class EventRecord:
    """One thing that a run told, in order of `number`."""

    number: int
    at: datetime
    kind: str
    facts: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"number": self.number, "at": stamp(self.at), "kind": self.kind, "facts": dict(self.facts)}


@dataclass(frozen=True)
class RunRecord:
    """One run. `state`: "running", "commissioned", "done", "unconfirmed", "failed" or "interrupted".

    outcome: the document of `commission --json`, once the run is finished.
    device: the registry's device that came of it; subject: the one that it was with, whatever came of it
    device_name, model, firmware: as far as the run got to know them; operation: "" for commissioning
    step: where it failed or was interrupted; operator: whoever did it, "" where nobody said
    computer: the name of the one that it ran on
    steps, events: filled by `Registry.run`, empty in the list of `Registry.runs`.
    """

    id: str
    started: datetime
    state: str
    radio: str
    ended: datetime | None = None
    ecosystem: str | None = None
    protocol: str | None = None
    method: str | None = None
    device: str | None = None
    outcome: Mapping[str, Any] | None = None
    subject: str = ""
    device_name: str = ""
    model: str = ""
    firmware: str = ""
    operation: str = ""
    step: str = ""
    operator: str = ""
    computer: str = ""
    steps: tuple[StepRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()

    @property
    def ending(self) -> str:
        """`state`, or "cancelled" for a failed run that its user ended."""
        return "cancelled" if self.state == "failed" and self.error_code == Cancelled.code else self.state

    @property
    def error_code(self) -> str | None:
        """The stable code of the error that ended the run, or None."""
        error = (self.outcome or {}).get("error")
        return str(error["code"]) if error else None

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "started": stamp(self.started),
            "ended": stamp(self.ended),
            "state": self.state,
            "ending": self.ending,
            "ecosystem": self.ecosystem,
            "radio": self.radio,
            "protocol": self.protocol,
            "method": self.method,
            "device": self.device,
            "subject": self.subject or None,
            "name": self.device_name or None,
            "model": self.model or None,
            "firmware": self.firmware or None,
            "operation": self.operation or None,
            "error": self.error_code,
            "step": self.step or None,
            "operator": self.operator or None,
            "computer": self.computer or None,
            "outcome": None if self.outcome is None else dict(self.outcome),
            "steps": [step.as_json() for step in self.steps],
            "events": [event.as_json() for event in self.events],
        }


@dataclass(frozen=True)
class UnfinishedRun:
    """An interrupted run whose device may have its credentials. name, address: as the device said them."""

    run: str
    started: datetime
    protocol: str
    name: str
    address: str

    def as_json(self) -> dict[str, Any]:
        return {
            "run": self.run,
            "started": stamp(self.started),
            "protocol": self.protocol,
            "name": self.name,
            "address": self.address,
        }


def stamp(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC with milliseconds."""
    return None if moment is None else moment.isoformat(timespec="milliseconds")

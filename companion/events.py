"""What a run tells its watcher. What it asks is in `companion.questions`.

Every event is frozen and holds no secret except what a question suggests as its answer, in a `Secret`.
A watcher (terminal, window, registry) must ignore events that it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from companion.administration import Controller, Controllers, DeviceStatus, Sharing, SharingEnd
from companion.claims.run_facts import SessionFacts
from companion.link_counts import LinkCounts
from companion.link_trace import LinkTrace
from companion.model import (
    Check,
    Credential,
    DeviceIdentity,
    Finding,
    FoundDevice,
    Handshake,
    MakerGuide,
    OfferedToken,
    Proof,
    SetupCode,
    Step,
    Text,
)
from companion.outcome import Outcome


@dataclass(frozen=True)
class Event:
    """Something happened in a run."""


@dataclass(frozen=True)
class RunStarted(Event):
    """A run began; `run` is its id in the registry."""

    run: str
    code: SetupCode | None


@dataclass(frozen=True)
class InLab(Event):
    """The run belongs to a session of the lab. number: which of its runs; faults: what the device does wrong,
    by the lab's names, with the number of those that have one: "lossy-3"."""

    scenario: str
    number: int
    seed: int
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Captured(Event):
    """The run's Bluetooth traffic is recorded; `file` is the name of the btsnoop file."""

    file: str


@dataclass(frozen=True)
class StepStarted(Event):
    step: Step


@dataclass(frozen=True)
class StepFinished(Event):
    """A step ended well after `seconds`; `summary` says what came out of it."""

    step: Step
    seconds: float
    summary: Text


@dataclass(frozen=True)
class Progress(Event):
    """What is going on inside the current step, in one sentence. lasts: people wait for it a while."""

    step: Step
    text: Text
    lasts: bool = False


@dataclass(frozen=True)
class Found(Event):
    """The device of the code (or the chosen one) is on the air."""

    device: FoundDevice


@dataclass(frozen=True)
class Connected(Event):
    """The link is up. `mtu` is the ATT MTU in octets; `again` True after a loss inside the run."""

    mtu: int
    again: bool = False


@dataclass(frozen=True)
class LinkLost(Event):
    """The link went; the run is trying to get it back (`attempt` counts from 1)."""

    attempt: int


@dataclass(frozen=True)
class Secured(Event):
    """A session is established; `session` says what it was measured to be.

    handshake: None where the protocol has none
    """

    method: str
    handshake: Handshake | None
    session: SessionFacts | None = None


@dataclass(frozen=True)
class Identified(Event):
    """The device said (and, where the protocol allows, proved) who it is.

    sequence: the number of its firmware that only grows, where the protocol has one
    """

    device: DeviceIdentity
    sequence: int | None = None


@dataclass(frozen=True)
class SecurityFound(Event):
    finding: Finding


@dataclass(frozen=True)
class AttestationChecked(Event):
    """Who vouches for the device was examined, point by point."""

    checks: tuple[Check, ...]


@dataclass(frozen=True)
class ActionNeeded(Event):
    """The user must do something at the device, such as press its button; no answer is awaited.

    guides: what manufacturers say of it, one for each device that it is about; not kept
    """

    text: Text
    guides: tuple[MakerGuide, ...] = ()


@dataclass(frozen=True)
class ShowPasskey(ActionNeeded):
    """Bluetooth pairing: six digits must be typed on the device. `text` holds them, so it is not kept."""


@dataclass(frozen=True)
class Sending(Event):
    """From now on the device may have this: a credential by its kind ("wifi"), or a "reset"."""

    kind: str


@dataclass(frozen=True)
class Withdrawn(Event):
    """The device said that it dropped what it was given in this run."""


@dataclass(frozen=True)
class Dismissed(Event):
    """The user does not want to finish this run, which ended with its process. The last event of a run."""


@dataclass(frozen=True)
class CredentialDelivered(Event):
    """The device took one credential."""

    credential: Credential


@dataclass(frozen=True)
class Proven(Event):
    """The device opened TLS at its endpoint with the certificate of this run, and the endpoint said so."""

    proof: Proof


class RevocationReason(StrEnum):
    """Why a certificate was revoked."""

    REVERTED = "reverted"
    """The device reverted the change, so the certificate is not needed (RP1, section 9)."""

    SUPERSEDED = "superseded"
    """The device has a newer one."""

    RESET = "reset"
    """The device was reset."""

    TRANSFERRED = "transferred"
    """The device was transferred to another owner."""

    REPLACED = "replaced"
    """Another device replaced it, with the same serial number."""

    LOST = "lost"
    """The device is lost."""

    STOLEN = "stolen"
    """The device was stolen."""

    KEY_COMPROMISE = "key-compromise"
    """Someone else has the certificate's key, or may have it."""

    RETIRED = "retired"
    """The device is no longer used."""

    UNSPECIFIED = "unspecified"
    """The owner gave no reason."""


OWNERS_REASONS = (
    RevocationReason.UNSPECIFIED,
    RevocationReason.LOST,
    RevocationReason.STOLEN,
    RevocationReason.KEY_COMPROMISE,
    RevocationReason.RETIRED,
)
"""Those that an owner may give. The others follow from what happened to the device."""


@dataclass(frozen=True)
class CertificateIssued(Event):
    """The CA is about to hand out a certificate. Written first, so that it can be revoked whatever follows.

    fingerprint: SHA-256 of its DER in hex; serial_number: its own number in hex;
    identity_key: of the device that it is for; chain: its DER and those above it, without the root
    """

    fingerprint: str
    serial_number: str
    not_after: datetime
    identity_key: bytes
    chain: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class CertificateRevoked(Event):
    """A certificate from here must not be believed any more, from this moment on.

    fingerprint: SHA-256 of its DER in hex; serial_number: its own number in hex
    """

    fingerprint: str
    serial_number: str
    reason: RevocationReason


class TokenEnd(StrEnum):
    """Why a transfer token leads nowhere any more."""

    USED = "used"
    """The device has another owner."""

    CANCELLED = "cancelled"
    """The device was told not to take it."""

    OUTDATED = "outdated"
    """The device has counted past it."""


@dataclass(frozen=True)
class TokenOffered(Event):
    """A transfer token is about to leave, or one that was thought used turns out not to be.

    device: its id in the registry
    """

    device: str
    token: OfferedToken


@dataclass(frozen=True)
class TokenCancelled(Event):
    """Its owner wants a token cancelled; the device takes it until it was told (`TokenEnded`)."""

    token: str


@dataclass(frozen=True)
class TokenEnded(Event):
    """A transfer token, by its id, leads nowhere any more."""

    token: str
    end: TokenEnd


@dataclass(frozen=True)
class ListHeard(Event):
    """The device of this key said that it goes by the revocation list of this counter."""

    identity_key: bytes
    counter: int


@dataclass(frozen=True)
class StatusReported(Event):
    """How the device says it is."""

    status: DeviceStatus


@dataclass(frozen=True)
class ControllersReported(Event):
    """Who controls the device, after each change that is seen."""

    controllers: Controllers


@dataclass(frozen=True)
class SharingOpened(Event):
    """Another app can join by this code. It is a secret, and kept nowhere."""

    sharing: Sharing


@dataclass(frozen=True)
class ControllerJoined(Event):
    """Another app controls the device too."""

    controller: Controller


@dataclass(frozen=True)
class ControllerRemoved(Event):
    """An app controls the device no more; `controller` is what it was called."""

    controller: Controller


@dataclass(frozen=True)
class SharingEnded(Event):
    """Nobody can join any more."""

    end: SharingEnd


@dataclass(frozen=True)
class Switched(Event):
    """The device is on, or off."""

    on: bool


@dataclass(frozen=True)
class Counted(Event):
    """What went over the links of a run, sent at its end: the counters, and what each link did."""

    counts: LinkCounts
    links: tuple[LinkTrace, ...] = ()


@dataclass(frozen=True)
class RunFinished(Event):
    """The last event of a run."""

    outcome: Outcome

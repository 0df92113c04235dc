"""From the events of a run to what is known at each moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from companion import events, questions
from companion.claims.known import Channel, Delivery, Evidence, Known, Session
from companion.errors import (
    CompanionError,
    EndpointUnreachable,
    JoinFailed,
    NameNotResolved,
    NetworkNotFound,
    NoAddress,
    ThreadAttachFailed,
    WrongPassphrase,
)
from companion.model import Commissioned

REPORTED = (
    EndpointUnreachable,
    JoinFailed,
    NameNotResolved,
    NetworkNotFound,
    NoAddress,
    ThreadAttachFailed,
    WrongPassphrase,
)
"""Only the device can say these of what it was given."""


def after(known: Known, event: events.Event) -> Known:
    """What is known once `event` has been told."""
    match event:
        case events.RunStarted():
            return Known()
        case events.Found() | questions.ConfirmDevice():
            return replace(known, advertised=True)
        case events.Connected():
            return replace(known, connected=True)
        case events.Identified(device):
            return replace(known, connected=True, device=device)
        case events.Secured(session=Session() as session):
            return replace(known, connected=True, session=_followed(known.session, session))
        case events.Sending(kind):
            return _sent(known, kind)
        case events.CredentialDelivered(credential):
            told = _sent(known, credential.kind)
            return replace(told, delivery=Delivery.TAKEN, taken=_with(told.taken, credential.kind))
        case events.Withdrawn():
            return replace(known, delivery=Delivery.WITHDRAWN, taken=())
        case events.RunFinished(outcome):
            return closed(known, outcome.commissioned, outcome.error)
    return known


def closed(known: Known, done: Commissioned | None, error: CompanionError | None = None) -> Known:
    """What is known at the end of a run that handed back `done`, or ended in `error`."""
    if isinstance(error, REPORTED) and known.delivery in (Delivery.SENT, Delivery.TAKEN):
        return replace(known, delivery=Delivery.REJECTED)
    if done is None or not done.confirmed or not (known.sent or done.credentials):
        return known
    # What an earlier run handed over is confirmed with it.
    taken = tuple(dict.fromkeys((*known.taken, *(each.kind for each in done.credentials))))
    return replace(known, delivery=Delivery.SEEN if done.proof is not None else Delivery.IN_USE, taken=taken)


def kept(facts: Mapping[str, Any]) -> Known:
    """What the registry kept of a `Secured`; older records have no session in them."""
    told = facts.get("session")
    if not isinstance(told, Mapping):
        return Known()
    evidence = frozenset(Evidence(each) for each in told.get("evidence", ()) if each in set(Evidence))
    return Known(
        session=Session(str(facts.get("method", "")), Channel(told["channel"]), evidence, told.get("hybrid"))
    )


def _sent(known: Known, kind: str) -> Known:
    """Something leaves. What the device took before stays taken until it says that it dropped it."""
    anew = known.delivery is Delivery.WITHDRAWN
    reached = Delivery.SENT if anew else max(known.delivery, Delivery.SENT)
    return replace(known, delivery=reached, sent=_with(known.sent, kind))


def _followed(before: Session | None, now: Session) -> Session:
    """A session that resumes one of this run is as well authenticated as that one was."""
    if before is None or now.evidence != {Evidence.RESUMED}:
        return now
    return replace(now, method=before.method, evidence=before.evidence, owned=before.owned or now.owned)


def _with(kinds: tuple[str, ...], kind: str) -> tuple[str, ...]:
    return kinds if kind in kinds else (*kinds, kind)

"""From the events of a run to what is known at each moment."""

from __future__ import annotations

from dataclasses import replace

from companion import events
from companion.claims.known import Delivery, Evidence, Known, Session
from companion.model import Commissioned


def after(known: Known, event: events.Event) -> Known:
    """What is known once `event` has been told."""
    match event:
        case events.RunStarted():
            return Known()
        case events.Found() | events.ConfirmDevice():
            return replace(known, advertised=True)
        case events.Connected():
            return replace(known, connected=True)
        case events.Identified(device):
            return replace(known, connected=True, device=device)
        case events.Secured(session=Session() as session):
            return replace(known, connected=True, session=_followed(known.session, session))
        case events.Sending(kind):
            return _sent(known, kind)
        case events.HandedOver(credential):
            told = _sent(known, credential.kind)
            return replace(told, delivery=Delivery.TAKEN, taken=_with(told.taken, credential.kind))
        case events.Withdrawn():
            return replace(known, delivery=Delivery.WITHDRAWN, taken=())
        case events.RunFinished(outcome):
            return closed(known, outcome.commissioned)
    return known


def closed(known: Known, done: Commissioned | None) -> Known:
    """What is known at the end of a run that handed back `done`."""
    if done is None or not done.confirmed or known.delivery is Delivery.NOTHING:
        return known
    return replace(known, delivery=Delivery.SEEN if done.proof is not None else Delivery.IN_USE)


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

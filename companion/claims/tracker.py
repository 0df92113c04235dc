"""From the events of a run to what is known at each moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from companion import events, questions
from companion.claims.run_facts import Channel, Delivery, Evidence, RunFacts, SessionFacts
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
from companion.model import Commissioned, Possession

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


def follow(facts: RunFacts, event: events.Event) -> RunFacts:
    """What is known once `event` has been told."""
    match event:
        case events.RunStarted():
            return RunFacts()
        case events.Found(device=found):
            return _found(facts, found.address)
        case questions.ConfirmDevice():
            return replace(facts, advertised=True)
        case events.Connected():
            return replace(facts, connected=True)
        case events.Identified(device, sequence):
            return replace(facts, connected=True, device=device, sequence=sequence)
        case events.Secured(session=SessionFacts() as session):
            return replace(facts, connected=True, session=_followed(facts.session, session))
        case events.Sending(kind):
            return _sent(facts, kind)
        case events.CredentialDelivered(credential):
            sent = _sent(facts, credential.kind)
            return replace(sent, delivery=Delivery.TAKEN, taken=_with(sent.taken, credential.kind))
        case events.Withdrawn():
            return replace(facts, delivery=Delivery.WITHDRAWN, taken=())
        case events.RunFinished(outcome):
            return conclude(facts, outcome.commissioned, outcome.error)
    return facts


def conclude(facts: RunFacts, done: Commissioned | None, error: CompanionError | None = None) -> RunFacts:
    """What is known at the end of a run that handed back `done`, or ended in `error`."""
    if isinstance(error, REPORTED) and facts.delivery in (Delivery.SENT, Delivery.TAKEN):
        return replace(facts, delivery=Delivery.REJECTED)
    if done is None or not done.confirmed or not (facts.sent or done.credentials):
        return facts
    # What an earlier run handed over is confirmed with it.
    taken = tuple(dict.fromkeys((*facts.taken, *(each.kind for each in done.credentials))))
    return replace(
        facts,
        delivery=Delivery.SEEN if done.proof is not None else Delivery.IN_USE,
        taken=taken,
        keeps_owner=facts.sent == ("reset",) and done.possession is Possession.ENTRUSTED,
    )


def from_record(facts: Mapping[str, Any]) -> RunFacts:
    """What the registry kept of a `Secured`; older records have no session in them."""
    session = facts.get("session")
    if not isinstance(session, Mapping):
        return RunFacts()
    evidence = frozenset(Evidence(each) for each in session.get("evidence", ()) if each in set(Evidence))
    return RunFacts(
        session=SessionFacts(
            str(facts.get("method", "")), Channel(session["channel"]), evidence, session.get("hybrid")
        )
    )


def _found(facts: RunFacts, address: str) -> RunFacts:
    """One that is found after another means that the other was not it: what that said goes with it."""
    before = {facts.address} - {"", address}
    known = replace(facts, device=None, sequence=None) if before else facts
    return replace(known, advertised=True, address=address, passed_over=facts.passed_over | before)


def _sent(facts: RunFacts, kind: str) -> RunFacts:
    """Something leaves. What the device took before stays taken until it says that it dropped it."""
    anew = facts.delivery is Delivery.WITHDRAWN
    reached = Delivery.SENT if anew else max(facts.delivery, Delivery.SENT)
    return replace(facts, delivery=reached, sent=_with(facts.sent, kind))


def _followed(before: SessionFacts | None, now: SessionFacts) -> SessionFacts:
    """A session that resumes one of this run is as well authenticated as that one was."""
    if before is None or now.evidence != {Evidence.RESUMED}:
        return now
    return replace(now, method=before.method, evidence=before.evidence, owned=before.owned or now.owned)


def _with(kinds: tuple[str, ...], kind: str) -> tuple[str, ...]:
    return kinds if kind in kinds else (*kinds, kind)

"""What a session was measured to be: the facts that claims are made from."""

from __future__ import annotations

from companion.claims import Channel, Evidence, SessionFacts
from companion.model import ShownBy
from companion.protocols.rp1.crypto import fingerprint
from companion.protocols.rp1.handshake import Agreed
from companion.protocols.rp1.methods import HYBRID, Method, has, method_name
from companion.protocols.rp1.session.plan import SessionKind, SessionPlan

_SHOWN = {
    ShownBy.LIGHT: Evidence.SHOWN_SECRET,
    ShownBy.SOUND: Evidence.HEARD_SECRET,
    ShownBy.SCREEN: Evidence.SCREEN_SECRET,
}


def session_of(agreed: Agreed, plan: SessionPlan, resumes: SessionFacts | None = None) -> SessionFacts:
    """The session of this handshake. A method that proves no identity key gives the label nothing to prove,
    whatever code is at hand (section 5).

    resumes: the session whose keys this one needs; what the device proved in it holds here too
    """
    first = resumes if plan.kind is SessionKind.RESUMED else None
    return SessionFacts(
        method=method_name(agreed.method),
        channel=Channel.SEALED,
        evidence=frozenset(_evidence(agreed, plan)) | (first.evidence if first is not None else frozenset()),
        hybrid=agreed.suite == HYBRID,
        owned=has(agreed.method, Method.OWNER) or (first is not None and first.owned),
    )


def _evidence(agreed: Agreed, plan: SessionPlan) -> set[Evidence]:
    if plan.kind is SessionKind.RESUMED:
        return {Evidence.RESUMED}
    method, owner = agreed.method, plan.terms.owner
    if owner is not None:
        return {Evidence.KNOWN_KEY if owner.token is None else Evidence.TOKEN_KEY}
    found = {Evidence.COMPARISON} if has(method, Method.NC) else set()
    if has(method, Method.PSK):
        found.add(Evidence.SHARED_KEY)
    if has(method, Method.OOB) and plan.terms.trust.fp is None:
        found.add(_SHOWN[plan.shown_by])
    return found | _of_identity_key(agreed, plan)


def _of_identity_key(agreed: Agreed, plan: SessionPlan) -> set[Evidence]:
    """What the proven identity key, if there is one, was held against."""
    peer, trust = agreed.peer, plan.terms.trust
    if peer is None:
        return set()
    found = {Evidence.MANUFACTURER} if peer.attested else set()
    if trust.fp is not None:
        found.add(Evidence.LABEL_KEY)
    elif fingerprint(peer.key) in trust.known:
        found.add(Evidence.KNOWN_KEY)
    return found

"""The responder's end of CASE: a node that is called."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from companion.encoding.ccm import AesCcm, NotAuthentic
from companion.protocols.matter.case import messages, proofs, schedule
from companion.protocols.matter.case.messages import Sigma1, Sigma2, Sigma2Resume
from companion.protocols.matter.case.schedule import Schedule
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.establishment.checks import equal, expect, failure, read, refusal
from companion.protocols.matter.establishment.outcome import Established, Outgoing, Reason, Resumption
from companion.protocols.matter.establishment.parameters import SessionParameters
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.messages.message import Opcode
from companion.protocols.matter.messages.session import Ends
from companion.protocols.matter.messages.status import ESTABLISHED, NO_SHARED_TRUST_ROOTS


@dataclass(frozen=True)
class _Waiting:
    """Between Sigma2 and Sigma3."""

    sigma1: Sigma1
    credentials: NodeCredentials
    keys: Schedule
    share: bytes
    sigma2: bytes
    resumption_id: bytes


def _nothing(_: bytes) -> Resumption | None:
    return None


class CaseResponder:
    """One handshake that another node begins. `established` is set when both ends know."""

    def __init__(
        self,
        fabrics: Iterable[NodeCredentials],
        session: int,
        *,
        parameters: SessionParameters | None = None,
        resumptions: Callable[[bytes], Resumption | None] = _nothing,
        at: int | None = None,
    ) -> None:
        """fabrics: credentials in each; session: the id (16 bits, not 0) that the peer uses for this end.

        resumptions: what is held under an id, to be used up; at: seconds since 2000, None where nobody knows
        """
        self.established: Established | None = None
        self._fabrics, self._session = tuple(fabrics), session
        self._parameters, self._resumptions, self._at = parameters, resumptions, at
        self._waiting: _Waiting | None = None
        self._resumed: Established | None = None

    def receive(self, opcode: int, payload: bytes) -> Outgoing | None:
        """The answer to a message of the peer. Raises EstablishmentFailed."""
        if opcode == Opcode.STATUS_REPORT:
            self._reported(payload)
            return None
        if self._resumed is not None or self.established is not None:
            raise failure(Reason.UNEXPECTED, f"opcode 0x{opcode:02X}")
        if self._waiting is not None:
            expect(opcode, Opcode.CASE_SIGMA3)
            return self._finish(self._waiting, payload)
        expect(opcode, Opcode.CASE_SIGMA1)
        sigma1 = read(messages.SIGMA1, payload)
        if sigma1.session == 0:
            raise failure(Reason.PARAMETERS, "session 0")
        return self._resume(sigma1) or self._answer(sigma1, payload)

    def _resume(self, sigma1: Sigma1) -> Outgoing | None:
        """Sigma2_Resume where both ends hold the same earlier session of a fabric that still is one."""
        if sigma1.resumption_id is None or sigma1.resume_mic is None:
            return None
        held = self._resumptions(sigma1.resumption_id)
        if held is None or all(each.fabric != held.fabric for each in self._fabrics):
            return None
        try:
            schedule.check_resume_mic1(held.shared, sigma1.random, held.id, sigma1.resume_mic)
        except NotAuthentic:
            return None
        next_id = secrets.token_bytes(messages.RESUMPTION_ID_SIZE)
        self._resumed = Established(
            keys=schedule.resumed_keys(held.shared, sigma1.random, held.id),
            ends=Ends(False, self._session, sigma1.session, held.own_node, held.peer.node),
            parameters=sigma1.parameters or SessionParameters(),
            resumption=replace(held, id=next_id),
            resumed=True,
        )
        mic = schedule.resume_mic2(held.shared, sigma1.random, next_id)
        answer = Sigma2Resume(next_id, mic, self._session, self._parameters)
        return Outgoing(Opcode.CASE_SIGMA2_RESUME, messages.SIGMA2_RESUME.encode(answer))

    def _answer(self, sigma1: Sigma1, payload: bytes) -> Outgoing:
        own, key = self._called(sigma1), KeyPair.generate()
        keys = Schedule(proofs.agree(key, sigma1.share), own.operational_ipk, payload)
        random = secrets.token_bytes(messages.RANDOM_SIZE)
        resumption_id = secrets.token_bytes(messages.RESUMPTION_ID_SIZE)
        proof = proofs.prove(own, key.public, sigma1.share, resumption_id)
        cipher = AesCcm(keys.key2(random, key.public).reveal())
        sealed = cipher.seal(schedule.NONCE2, messages.PROOF2.encode(proof))
        sigma2 = messages.SIGMA2.encode(Sigma2(random, self._session, key.public, sealed, self._parameters))
        self._waiting = _Waiting(sigma1, own, keys, key.public, sigma2, resumption_id)
        return Outgoing(Opcode.CASE_SIGMA2, sigma2)

    def _called(self, sigma1: Sigma1) -> NodeCredentials:
        """The credentials in the fabric that the call is for."""
        for each in self._fabrics:
            named = each.fabric.destination(each.operational_ipk, sigma1.random, each.identity.node)
            if equal(named, sigma1.destination):
                return each
        raise failure(Reason.NO_SHARED_ROOT, reply=NO_SHARED_TRUST_ROOTS)

    def _finish(self, waiting: _Waiting, payload: bytes) -> Outgoing:
        sigma1, own, keys = waiting.sigma1, waiting.credentials, waiting.keys
        sealed = read(messages.SIGMA3, payload).sealed
        proof = proofs.opened(messages.PROOF3, keys.key3(waiting.sigma2), schedule.NONCE3, sealed)
        peer = proofs.check(own, proof, sigma1.share, waiting.share, self._at)
        self.established = Established(
            keys=keys.session_keys(waiting.sigma2, payload),
            ends=Ends(False, self._session, sigma1.session, own.identity.node, peer.node),
            parameters=sigma1.parameters or SessionParameters(),
            resumption=Resumption(waiting.resumption_id, keys.shared, own.fabric, own.identity.node, peer),
        )
        return Outgoing.report(ESTABLISHED)

    def _reported(self, payload: bytes) -> None:
        refused = refusal(payload)
        if refused is not None:
            raise refused
        if self._resumed is None or self.established is not None:
            raise failure(Reason.UNEXPECTED, "success")
        self.established = self._resumed

"""The initiator's end of CASE: a controller that calls a node."""

from __future__ import annotations

import secrets
from dataclasses import replace

from companion.encoding.ccm import AesCcm, NotAuthentic
from companion.protocols.matter.case import messages, proofs, schedule
from companion.protocols.matter.case.messages import Sigma1, Sigma3
from companion.protocols.matter.case.schedule import Schedule
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.establishment.checks import expect, failure, read, refusal
from companion.protocols.matter.establishment.outcome import (
    Established,
    EstablishmentFailed,
    Outgoing,
    Reason,
    Resumption,
)
from companion.protocols.matter.establishment.parameters import SessionParameters
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.messages.message import Opcode
from companion.protocols.matter.messages.session import Ends
from companion.protocols.matter.messages.status import ESTABLISHED


class CaseInitiator:
    """Begin it, give it what the node sends, send what it gives; then there is a session, or it raises."""

    def __init__(
        self,
        credentials: NodeCredentials,
        peer: int,
        session: int,
        *,
        parameters: SessionParameters | None = None,
        resumption: Resumption | None = None,
        at: int | None = None,
    ) -> None:
        """peer: node id; session: the id (16 bits, not 0) that the peer is to use for this end.

        resumption: of the last session, left out if it was with another peer; at: seconds since 2000, None
        where nobody knows
        """
        self.established: Established | None = None
        self._credentials, self._peer, self._at = credentials, peer, at
        fits = resumption is not None and self._is_of_the_same_nodes(resumption)
        self._resumption = resumption if fits else None
        self._key = KeyPair.generate()
        self._sigma1 = self._make_sigma1(session, parameters)
        self._sent = messages.SIGMA1.encode(self._sigma1)
        self._pending: Established | None = None

    def _is_of_the_same_nodes(self, held: Resumption) -> bool:
        own = self._credentials
        nodes = (own.fabric, own.identity.node, self._peer)
        return (held.fabric, held.own_node, held.peer.node) == nodes

    def _make_sigma1(self, session: int, parameters: SessionParameters | None) -> Sigma1:
        random, held = secrets.token_bytes(messages.RANDOM_SIZE), self._resumption
        ipk = self._credentials.operational_ipk
        return Sigma1(
            random=random,
            session=session,
            destination=self._credentials.fabric.destination(ipk, random, self._peer),
            share=self._key.public,
            parameters=parameters,
            resumption_id=None if held is None else held.id,
            resume_mic=None if held is None else schedule.resume_mic1(held.shared, random, held.id),
        )

    def begin(self) -> Outgoing:
        return Outgoing(Opcode.CASE_SIGMA1, self._sent)

    def receive(self, opcode: int, payload: bytes) -> Outgoing | None:
        """The answer to a message of the node, None when the session is there. Raises EstablishmentFailed."""
        if opcode == Opcode.STATUS_REPORT:
            self._reported(payload)
            return None
        if self._pending is not None:
            raise failure(Reason.UNEXPECTED, f"opcode 0x{opcode:02X}")
        if opcode == Opcode.CASE_SIGMA2_RESUME and self._resumption is not None:
            return self._resumed(self._resumption, payload)
        expect(opcode, Opcode.CASE_SIGMA2)
        return self._answer(payload)

    def _answer(self, payload: bytes) -> Outgoing:
        sigma2 = read(messages.SIGMA2, payload)
        own, mine = self._credentials, self._key.public
        keys = Schedule(proofs.agree(self._key, sigma2.share), own.operational_ipk, self._sent)
        key2 = keys.key2(sigma2.random, sigma2.share)
        proof = proofs.opened(messages.PROOF2, key2, schedule.NONCE2, sigma2.sealed)
        peer = proofs.check(own, proof, sigma2.share, mine, self._at)
        if peer.node != self._peer or sigma2.session == 0:
            raise failure(Reason.IDENTITY, f"node {peer.node:016X}")
        plaintext = messages.PROOF3.encode(proofs.prove(own, mine, sigma2.share))
        sealed = AesCcm(keys.key3(payload).reveal()).seal(schedule.NONCE3, plaintext)
        sigma3 = messages.SIGMA3.encode(Sigma3(sealed))
        self._pending = Established(
            keys=keys.session_keys(payload, sigma3),
            ends=self._ends(sigma2.session),
            parameters=sigma2.parameters or SessionParameters(),
            resumption=Resumption(
                proof.resumption_id or b"", keys.shared, own.fabric, own.identity.node, peer
            ),
        )
        return Outgoing(Opcode.CASE_SIGMA3, sigma3)

    def _resumed(self, held: Resumption, payload: bytes) -> Outgoing:
        resumed = read(messages.SIGMA2_RESUME, payload)
        random = self._sigma1.random
        try:
            schedule.check_resume_mic2(held.shared, random, resumed.resumption_id, resumed.resume_mic)
        except NotAuthentic as error:
            raise failure(Reason.NOT_AUTHENTIC, str(error)) from error
        if resumed.session == 0:
            raise failure(Reason.PARAMETERS, "session 0")
        self._pending = self.established = Established(
            keys=schedule.resumed_keys(held.shared, random, held.id),
            ends=self._ends(resumed.session),
            parameters=resumed.parameters or SessionParameters(),
            resumption=replace(held, id=resumed.resumption_id),
            resumed=True,
        )
        return Outgoing.report(ESTABLISHED)

    def _reported(self, payload: bytes) -> None:
        refused = refusal(payload)
        if refused is not None:
            raise refused
        if self._pending is None or self.established is not None:
            raise EstablishmentFailed(Reason.UNEXPECTED, "success")
        self.established = self._pending

    def _ends(self, peer_session: int) -> Ends:
        own = self._credentials.identity.node
        return Ends(True, self._sigma1.session, peer_session, own, self._peer)

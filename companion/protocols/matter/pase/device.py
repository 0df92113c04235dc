"""The device's end of PASE."""

from __future__ import annotations

import hashlib
import secrets

from companion.protocols.matter.crypto import spake2plus
from companion.protocols.matter.crypto.derivation import SessionKeys
from companion.protocols.matter.crypto.spake2plus import Agreed, BadShare, Pbkdf, Share, Transcript, Verifier
from companion.protocols.matter.establishment.checks import equal, expect, failure, read, refusal
from companion.protocols.matter.establishment.outcome import Established, Outgoing, Reason
from companion.protocols.matter.establishment.parameters import SessionParameters
from companion.protocols.matter.messages.message import Opcode
from companion.protocols.matter.messages.session import Ends
from companion.protocols.matter.messages.status import ESTABLISHED
from companion.protocols.matter.pase import messages
from companion.protocols.matter.pase.messages import CONTEXT, Pake2, PbkdfParamRequest, PbkdfParamResponse


class PaseDevice:
    """One attempt of a commissioner. How many there may be, and for how long, is up to who makes these."""

    def __init__(
        self, verifier: Verifier, pbkdf: Pbkdf, session: int, parameters: SessionParameters | None = None
    ) -> None:
        """session: the id (16 bits, not 0) that the commissioner is to use for this end."""
        self.established: Established | None = None
        self._verifier, self._pbkdf = verifier, pbkdf
        self._session, self._parameters = session, parameters
        self._request: PbkdfParamRequest | None = None
        self._context = b""
        self._agreed: Agreed | None = None

    def receive(self, opcode: int, payload: bytes) -> Outgoing:
        """The answer to a message of the commissioner. Raises EstablishmentFailed.

        `established` is set with the last answer, which is to be sent without the new keys.
        """
        if opcode == Opcode.STATUS_REPORT:
            raise refusal(payload) or failure(Reason.UNEXPECTED, "success")
        if self._request is None:
            expect(opcode, Opcode.PBKDF_PARAM_REQUEST)
            return self._parameters_for(payload)
        if self._agreed is None:
            expect(opcode, Opcode.PASE_PAKE1)
            return self._share(payload)
        if self.established is not None:
            raise failure(Reason.UNEXPECTED, f"opcode 0x{opcode:02X}")
        expect(opcode, Opcode.PASE_PAKE3)
        return self._finish(self._request, self._agreed, payload)

    def _parameters_for(self, payload: bytes) -> Outgoing:
        request = read(messages.REQUEST, payload)
        if request.passcode_id != messages.SETUP_PASSCODE or request.session == 0:
            raise failure(Reason.PARAMETERS, "another passcode, or session 0")
        self._request = request
        response = messages.RESPONSE.encode(
            PbkdfParamResponse(
                request.random,
                secrets.token_bytes(messages.RANDOM_SIZE),
                self._session,
                None if request.knows_pbkdf else self._pbkdf,
                self._parameters,
            )
        )
        self._context = hashlib.sha256(CONTEXT + payload + response).digest()
        return Outgoing(Opcode.PBKDF_PARAM_RESPONSE, response)

    def _share(self, payload: bytes) -> Outgoing:
        pake1 = read(messages.PAKE1, payload)
        own = Share.of_verifier(self._verifier)
        try:
            self._agreed = spake2plus.verify(self._verifier, own, pake1.share, Transcript(self._context))
        except BadShare as error:
            raise failure(Reason.POINT, str(error)) from error
        pake2 = Pake2(own.encoded, self._agreed.by_verifier)
        return Outgoing(Opcode.PASE_PAKE2, messages.PAKE2.encode(pake2))

    def _finish(self, request: PbkdfParamRequest, agreed: Agreed, payload: bytes) -> Outgoing:
        if not equal(read(messages.PAKE3, payload).confirmation, agreed.by_prover):
            raise failure(Reason.PASSCODE)
        self.established = Established(
            keys=SessionKeys.derive(agreed.key, b""),
            ends=Ends(False, self._session, request.session),
            parameters=request.parameters or SessionParameters(),
        )
        return Outgoing.report(ESTABLISHED)

"""The commissioner's end of PASE."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from companion.protocols.matter.crypto import spake2plus
from companion.protocols.matter.crypto.derivation import SessionKeys
from companion.protocols.matter.crypto.spake2plus import Agreed, BadShare, Passcode, Share, Transcript
from companion.protocols.matter.establishment.checks import equal, expect, failure, read, refusal
from companion.protocols.matter.establishment.outcome import (
    Established,
    EstablishmentFailed,
    Outgoing,
    Reason,
)
from companion.protocols.matter.establishment.parameters import SessionParameters
from companion.protocols.matter.messages.message import Opcode
from companion.protocols.matter.messages.session import Ends
from companion.protocols.matter.pase import messages
from companion.protocols.matter.pase.messages import (
    CONTEXT,
    Pake1,
    Pake3,
    PbkdfParamRequest,
    PbkdfParamResponse,
)
from companion.secret import Secret


@dataclass(frozen=True)
class _Proving:
    """Between Pake1 and the device's report."""

    passcode: Passcode
    share: Share
    context: bytes


class PaseCommissioner:
    """Begin it, give it what the device sends, send what it gives; then there is a session, or it raises.

    A wrong passcode shows in Pake2, before the device has seen a proof.
    """

    def __init__(self, passcode: Secret, session: int, parameters: SessionParameters | None = None) -> None:
        """passcode: decimal digits; session: the id (16 bits, not 0) that the device uses for this end."""
        self.established: Established | None = None
        self._passcode = passcode
        self._request = PbkdfParamRequest(
            secrets.token_bytes(messages.RANDOM_SIZE), session, parameters=parameters
        )
        self._sent = messages.REQUEST.encode(self._request)
        self._response: PbkdfParamResponse | None = None
        self._proving: _Proving | None = None
        self._agreed: Agreed | None = None

    def begin(self) -> Outgoing:
        return Outgoing(Opcode.PBKDF_PARAM_REQUEST, self._sent)

    def receive(self, opcode: int, payload: bytes) -> Outgoing | None:
        """The answer to a message of the device, None when the session is there. Raises EstablishmentFailed.

        The answer to a PBKDFParamResponse takes as long as the device's iterations ask for, up to 0.1 s.
        """
        if opcode == Opcode.STATUS_REPORT:
            self._reported(payload)
            return None
        if self._agreed is not None:
            raise failure(Reason.UNEXPECTED, f"opcode 0x{opcode:02X}")
        if self._proving is not None:
            expect(opcode, Opcode.PASE_PAKE2)
            return self._confirm(self._proving, payload)
        expect(opcode, Opcode.PBKDF_PARAM_RESPONSE)
        return self._prove(payload)

    def _prove(self, payload: bytes) -> Outgoing:
        response = read(messages.RESPONSE, payload)
        if not equal(response.request_random, self._request.random):
            raise failure(Reason.ECHO)
        if response.pbkdf is None or response.session == 0:
            raise failure(Reason.PARAMETERS, "no parameters, or session 0")
        passcode = Passcode.of(int(self._passcode.reveal_text()), response.pbkdf)
        context = hashlib.sha256(CONTEXT + self._sent + payload).digest()
        self._response = response
        self._proving = _Proving(passcode, Share.of_prover(passcode), context)
        return Outgoing(Opcode.PASE_PAKE1, messages.PAKE1.encode(Pake1(self._proving.share.encoded)))

    def _confirm(self, proving: _Proving, payload: bytes) -> Outgoing:
        pake2 = read(messages.PAKE2, payload)
        try:
            agreed = spake2plus.prove(
                proving.passcode, proving.share, pake2.share, Transcript(proving.context)
            )
        except BadShare as error:
            raise failure(Reason.POINT, str(error)) from error
        if not equal(agreed.by_verifier, pake2.confirmation):
            raise failure(Reason.PASSCODE)
        self._agreed = agreed
        return Outgoing(Opcode.PASE_PAKE3, messages.PAKE3.encode(Pake3(agreed.by_prover)))

    def _reported(self, payload: bytes) -> None:
        refused = refusal(payload)
        if refused is not None:
            raise refused
        if self._agreed is None or self._response is None or self.established is not None:
            raise EstablishmentFailed(Reason.UNEXPECTED, "success")
        self.established = Established(
            keys=SessionKeys.derive(self._agreed.key, b""),
            ends=Ends(True, self._request.session, self._response.session),
            parameters=self._response.parameters or SessionParameters(),
        )

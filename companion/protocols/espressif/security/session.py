"""What every security scheme has in common: the endpoint prov-session and the states of a session.

    NEW --command 0--> AWAITING_KEY --response 0, command 1--> AWAITING_PROOF --response 1--> SECURE

Security 0 goes from NEW over AWAITING_KEY to SECURE. A device never says "wrong secret": it fails the
second command. `Phase.AWAITING_PROOF` at a failure is therefore what tells a wrong secret from the rest.
A command 0 restarts the device's session in any state, so a new session needs no new link.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import Enum
from typing import Any, ClassVar

from companion.errors import ProtocolViolation
from companion.protocols.espressif.dialogues.exchange import Exchange, Request, check, expect, parse
from companion.protocols.espressif.proto import session_pb2

ENDPOINT = "prov-session"


class Phase(Enum):
    NEW = "new"
    AWAITING_KEY = "awaiting key"
    AWAITING_PROOF = "awaiting proof"
    SECURE = "secure"


class SecuritySession(ABC):
    """One session of one security scheme. Used once; after a failed request a new one is needed,
    because nobody knows whether the device's keystream or counter moved on.
    """

    security: ClassVar[int]

    def __init__(self) -> None:
        self.phase = Phase.NEW
        self.messages = 0
        self.octets = 0

    @abstractmethod
    def establish(self) -> Exchange[None]:
        """Agree keys. Raises ProtocolViolation, WrongIdentity, DeviceBusy, DeviceInternal."""

    @abstractmethod
    def seal(self, plaintext: bytes) -> bytes:
        """A request, encrypted. Only in SECURE."""

    @abstractmethod
    def open(self, sealed: bytes) -> bytes:
        """A response, decrypted. Raises ProtocolViolation if it is not the device's."""

    def _ask(self, data: session_pb2.SessionData, waiting: Phase, payload: str) -> Exchange[Any]:
        """Send one command and return the response's inner payload, checked for scheme, kind and status."""
        data.security = self.security
        body = data.SerializeToString()
        self.phase = waiting
        answer = yield Request(ENDPOINT, body, sealed=False)
        self.messages += 2
        self.octets += len(body) + len(answer)
        response = parse(session_pb2.SessionData(), answer, ENDPOINT)
        scheme = expect_scheme(response, self.security)
        number = session_pb2.RESPONSE_1 if payload == "response_1" else session_pb2.RESPONSE_0
        inner = expect(scheme, number, payload, ENDPOINT)
        check(inner.status, ENDPOINT)
        return inner


def expect_scheme(data: Any, security: int) -> Any:
    """The payload of a SessionData of this security scheme. Raises ProtocolViolation for another one."""
    if data.security != security or data.WhichOneof("payload") != f"security_{security}":
        raise ProtocolViolation(f"{ENDPOINT}: security {data.security}, not {security}")
    return getattr(data, f"security_{security}")

"""Security 0: no protection at all. Used only after the user accepted that."""

from __future__ import annotations

from typing import ClassVar

from companion.protocols.espressif.dialogues.exchange import Exchange
from companion.protocols.espressif.proto import session_pb2
from companion.protocols.espressif.security.session import Phase, SecuritySession


class Security0(SecuritySession):
    security: ClassVar[int] = 0

    def establish(self) -> Exchange[None]:
        command = session_pb2.Security0(msg=session_pb2.COMMAND_0, command=session_pb2.Security0.Command())
        data = session_pb2.SessionData(security_0=command)
        yield from self._ask(data, Phase.AWAITING_KEY, "response")
        self.phase = Phase.SECURE

    def seal(self, plaintext: bytes) -> bytes:
        return plaintext

    def open(self, sealed: bytes) -> bytes:
        return sealed

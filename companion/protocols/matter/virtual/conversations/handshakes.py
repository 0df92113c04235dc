"""Handshakes that others begin with a virtual device over one transport."""

from __future__ import annotations

from collections.abc import Callable

from companion.protocols.matter.case.responder import CaseResponder
from companion.protocols.matter.establishment.outcome import (
    Established,
    EstablishmentFailed,
    Outgoing,
    Reason,
    Resumption,
)
from companion.protocols.matter.fabric.access import AuthMode
from companion.protocols.matter.messages import Exchange, Exchanges, Opcode, Router
from companion.protocols.matter.messages.status import INVALID_PARAMETER, busy
from companion.protocols.matter.pase.device import PaseDevice
from companion.protocols.matter.virtual.factory.options import Fault
from companion.protocols.matter.virtual.state.sessions import Session
from companion.protocols.matter.virtual.state.state import DeviceState
from companion.protocols.matter.virtual.state.window import PARAMETERS

MOST = 8
"""At one time; the oldest makes room."""
_BUSY_MILLISECONDS = 5000
_MOST_RESUMPTIONS = 32

Key = tuple[Exchanges, Exchange]


class Handshakes:
    """What becomes of PASE and CASE. made: takes the session, with its conversations."""

    def __init__(
        self, state: DeviceState, router: Router, made: Callable[[Exchanges, Session], None]
    ) -> None:
        self._state, self._router, self._made = state, router, made
        self._running: dict[Key, PaseDevice | CaseResponder] = {}
        self._ids: dict[Key, int] = {}
        self._resumptions: dict[bytes, Resumption] = {}

    def receive(self, key: Key, opcode: int, payload: bytes) -> Outgoing | None:
        """The answer to a message, if there is one. `is_over` tells whether it was the last."""
        try:
            machine = self._running.get(key) or self._begin(key, opcode)
            answer = machine.receive(opcode, payload)
        except EstablishmentFailed as failed:
            self._drop(key)
            return failed.reply
        if machine.established is not None:
            self._finish(key, machine, machine.established)
        return answer

    def is_over(self, key: Key) -> bool:
        return key not in self._running

    def end(self) -> None:
        """The transport is gone, and with it all that was begun."""
        for key in tuple(self._running):
            self._drop(key)

    def _begin(self, key: Key, opcode: int) -> PaseDevice | CaseResponder:
        if len(self._running) >= MOST:
            self._drop(next(iter(self._running)))
        session = self._ids[key] = self._router.reserve()
        try:
            if opcode == Opcode.PBKDF_PARAM_REQUEST:
                self._running[key] = self._admit(session)
            elif opcode == Opcode.CASE_SIGMA1:
                self._running[key] = self._answer(session)
            else:
                raise EstablishmentFailed(Reason.UNEXPECTED, reply=INVALID_PARAMETER)
        except EstablishmentFailed:
            self._router.release(self._ids.pop(key))
            raise
        return self._running[key]

    def _admit(self, session: int) -> PaseDevice:
        state = self._state
        if Fault.BUSY in state.faults:
            raise EstablishmentFailed(Reason.BUSY, reply=busy(_BUSY_MILLISECONDS))
        if state.invitation is None:
            raise EstablishmentFailed(Reason.REFUSED, "no window is open", reply=INVALID_PARAMETER)
        return state.invitation.attempts.begin(session, state.now)

    def _answer(self, session: int) -> CaseResponder:
        credentials = [member.credentials for member in self._state.settings.members]
        return CaseResponder(
            credentials,
            session,
            parameters=PARAMETERS,
            resumptions=lambda id: self._resumptions.pop(id, None),
        )

    def _finish(self, key: Key, machine: PaseDevice | CaseResponder, done: Established) -> None:
        del self._running[key], self._ids[key]
        exchanges = self._router.secure(done.keys, done.ends, done.parameters.timing)
        mode = AuthMode.PASE if isinstance(machine, PaseDevice) else AuthMode.CASE
        session = self._state.sessions.begin(mode, done.keys.attestation)
        if done.resumption is not None:
            peer = done.resumption.peer
            session.fabric, session.node, session.cats = self._of(done.resumption), peer.node, peer.cats
            self._remember(done.resumption)
        self._made(exchanges, session)

    def _of(self, resumption: Resumption) -> int:
        members = self._state.settings.members
        return next(each.index for each in members if each.credentials.fabric == resumption.fabric)

    def _remember(self, resumption: Resumption) -> None:
        while len(self._resumptions) >= _MOST_RESUMPTIONS:
            del self._resumptions[next(iter(self._resumptions))]
        self._resumptions[resumption.id] = resumption

    def _drop(self, key: Key) -> None:
        machine = self._running.pop(key, None)
        if key in self._ids:
            self._router.release(self._ids.pop(key))
        if isinstance(machine, PaseDevice):
            self._state.pase_ended()

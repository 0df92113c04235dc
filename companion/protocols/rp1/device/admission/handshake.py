"""One handshake at the device, from M1 to M4, with its deadline and what it means for a shown secret."""

from __future__ import annotations

from collections.abc import Callable

from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.device.admission.admission import Admission
from companion.protocols.rp1.device.admission.oob_window import OobWindow
from companion.protocols.rp1.handshake import Agreed, DeviceHandshake
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.wire import messages
from companion.protocols.rp1.wire.info import Info

HANDSHAKE_SECONDS = 10.0
OWNER_HANDSHAKE_SECONDS = 60.0


class Opening:
    """`deadline` is the uptime until which M3 must be here."""

    def __init__(
        self,
        admission: Admission,
        window: OobWindow,
        info: Info,
        served: bytes | None,
        uptime: Callable[[], float],
    ) -> None:
        self._handshake = DeviceHandshake(admission.terms(info, served))
        self._window = window
        self._uptime = uptime
        self._method = Method(0)
        self.deadline = uptime() + HANDSHAKE_SECONDS

    @property
    def sid(self) -> bytes:
        return self._handshake.sid

    def receive_m1(self, message: bytes) -> bytes:
        """M2. Raises LocalAbort."""
        m2 = self._handshake.receive_m1(message)
        self._method = Method(messages.decode_m1(message).method)
        owner = bool(self._method & Method.OWNER)
        self.deadline = self._uptime() + (OWNER_HANDSHAKE_SECONDS if owner else HANDSHAKE_SECONDS)
        return m2

    def receive_m3(self, message: bytes) -> tuple[bytes, Agreed]:
        """M4 and what is agreed. Raises SessionAborted."""
        oob = bool(self._method & Method.OOB)
        try:
            m4, agreed = self._handshake.receive_m3(message)
        except LocalAbort as abort:
            if oob and abort.code == Abort.NOT_AUTHENTIC:
                self._window.fail()
            raise
        if oob:
            self._window.close()
        return m4, agreed

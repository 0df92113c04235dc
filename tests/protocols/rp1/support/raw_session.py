"""A session in which a test seals its own records, and a device whose network takes its time."""

from __future__ import annotations

from collections.abc import Callable

from companion.protocols.rp1 import aborts
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.handshake import CommissionerHandshake, CommissionerTerms
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.wire import fragment, operations
from companion.protocols.rp1.wire.operations import Op, Verify
from companion.protocols.rp1.wire.record import RecordLayer, RecordType
from tests.protocols.rp1.support.bench import PRODUCT, TX, DeviceBench, Requester

OTHER_TX = b"another!"


class RawSession:
    """A session in which a test seals its own records."""

    def __init__(self, device: DeviceBench, method: Method = Method.OOB) -> None:
        self.device = device
        self.handshake = CommissionerHandshake(
            CommissionerTerms(device.connect(), method, secret=PRODUCT.r if method & Method.OOB else None)
        )
        self.shake(self.handshake.commit)

    def shake(self, commit: Callable[[], bytes]) -> None:
        self.handshake.receive_m2(self.send(commit()))
        agreed = self.handshake.receive_m4(self.send(self.handshake.open()))
        self.records = RecordLayer(agreed.master, commissioner=True, max_msg=PRODUCT.max_msg)
        self.sid = agreed.sid

    def send(self, message: bytes) -> bytes:
        """The device's next message after this one; b"" where it says nothing."""
        for piece in fragment.split(message, 244):
            self.device.write(piece.data)
        return self.hear()

    def hear(self) -> bytes:
        assembled = fragment.Reassembler()
        while self.device.notified:
            message = assembled.feed(self.device.notified.pop(0))
            if message is not None:
                return message
        return b""

    def record(self, kind: RecordType, plaintext: bytes) -> tuple[RecordType, bytes]:
        opened = self.records.open(self.send(self.records.seal(kind, plaintext)))
        return opened.type, opened.plaintext

    def heard(self) -> tuple[RecordType, bytes]:
        opened = self.records.open(self.hear())
        return opened.type, opened.plaintext

    def abort_of(self, kind: RecordType, plaintext: bytes) -> int:
        """The code with which a record ends the session."""
        got, said = self.record(kind, plaintext)
        assert got is RecordType.ABORT
        return aborts.decode(said).code


def silent_device(method: Method = Method.NC) -> RawSession:
    """A numeric comparison at which nobody has pressed yet."""
    return RawSession(DeviceBench(button=None), method)


QUERY = operations.encode_request(Op.QUERY, 1, TX)


def ended_by(device: DeviceBench, session: RawSession) -> int | None:
    """The code with which time ended the session; None while it lives."""
    if not device.notified:
        return None
    return aborts.decode(session.heard()[1]).code


class SlowTrial(DeviceBench):
    """A device whose network takes its time."""

    def do(self, done: list[effects.Effect]) -> None:
        waits = [effect for effect in done if isinstance(effect, effects.StartVerify)]
        super().do([effect for effect in done if effect not in waits])
        self.seen += waits


def begin_trial(device: SlowTrial) -> tuple[Requester, bytes, int]:
    session = Requester(device).open()
    manifest = session.stage_all()
    reqid = session.reqid + 1
    verify = operations.encode_request(Op.VERIFY, reqid, TX, Verify(manifest, 5))
    session.machine.request(verify, 1e9)
    session._flush()
    assert isinstance(device.seen[-2], effects.StartVerify) or isinstance(
        device.seen[-1], effects.StartVerify
    )
    return session, manifest, reqid


def told(session: Requester) -> list[object]:
    heard: list[object] = []
    while session.device.notified:
        heard += session.machine.receive(session.device.notified.pop(0), 0.0)
    return heard

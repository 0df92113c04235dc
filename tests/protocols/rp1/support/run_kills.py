"""What goes wrong in a run at a bench: links that go, an app that dies, a device that is lost at the end."""

from __future__ import annotations

from companion.protocols.rp1.wire.operations import Op, decode_envelope
from tests.protocols.rp1.support.driver_bench import DriverBench, FakeReporter


class Killed(BaseException):
    """The app died here: nothing of it runs any more."""


class At:
    """Does something before the n-th ATT operation of a run, once."""

    def __init__(self, place: int, do) -> None:
        self._left = place
        self._do = do

    def __call__(self, kind: str) -> bool:
        self._left -= 1
        return bool(self._do()) if self._left == 0 else False


def asked(reporter: FakeReporter, kind: type) -> int:
    """How often the user was asked a question of this kind."""
    return sum(isinstance(question, kind) for question in reporter.asked)


async def killed_at_verify(bench: DriverBench) -> None:
    """A run whose app dies while the device tries the network. Raises Killed."""

    def die(trial) -> int | None:
        raise Killed

    bench.device.trial = die
    await bench.commission()


class SentRequests:
    """Which operation the device answered last."""

    def __init__(self, bench: DriverBench) -> None:
        self._bench = bench

    def last(self) -> Op | None:
        machine = self._bench.device.machine
        request = machine._last.request
        return Op(decode_envelope(request).op) if request else None


async def unconfirmed(bench: DriverBench, op: Op = Op.COMMIT) -> None:
    """A run that loses its device when `op` was done and its reply is on the way."""
    sent = SentRequests(bench)
    bench.spoil = lambda kind: kind == "notification" and sent.last() is op
    bench.within_reach = lambda: False
    assert not (await bench.commission()).confirmed
    bench.spoil, bench.within_reach = (lambda kind: False), (lambda: True)
    bench.reporter = FakeReporter()

"""What goes wrong in a run at a desk: links that go, an app that dies, a device that is lost at the end."""

from __future__ import annotations

from companion.protocols.rp1.wire.operations import Op, decode_envelope
from tests.protocols.rp1.support.desk import Desk, FakeStory


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


def asked(story: FakeStory, kind: type) -> int:
    """How often the user was asked a question of this kind."""
    return sum(isinstance(question, kind) for question in story.asked)


async def killed_at_verify(table: Desk) -> None:
    """A run whose app dies while the device tries the network. Raises Killed."""

    def die(trial) -> int | None:
        raise Killed

    table.device.trial = die
    await table.commission()


class SentRequests:
    """Which operation the device answered last."""

    def __init__(self, table: Desk) -> None:
        self._table = table

    def last(self) -> Op | None:
        machine = self._table.device.machine
        request = machine._last.request
        return Op(decode_envelope(request).op) if request else None


async def unconfirmed(table: Desk, op: Op = Op.COMMIT) -> None:
    """A run that loses its device when `op` was done and its reply is on the way."""
    sent = SentRequests(table)
    table.spoil = lambda kind: kind == "notification" and sent.last() is op
    table.within_reach = lambda: False
    assert not (await table.commission()).confirmed
    table.spoil, table.within_reach = (lambda kind: False), (lambda: True)
    table.story = FakeStory()

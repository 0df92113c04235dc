"""CircuitMatter, a device of others: PASE, secure messages and repetition against it, without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from companion.protocols.matter import tlv
from companion.protocols.matter.establishment.outcome import EstablishmentFailed, Reason
from companion.protocols.matter.messages import (
    INTERACTION,
    SECURE_CHANNEL,
    Exchange,
    Exchanges,
    Message,
    Router,
)
from companion.protocols.matter.pase.commissioner import PaseCommissioner
from companion.secret import Secret
from tests.protocols.matter.foreign.circuitmatter_device import Device, factory_new

pytest.importorskip("circuitmatter", reason="circuitmatter is not installed")

READ, REPORT = 0x02, 0x05
VENDOR_ID = tlv.structure(
    None,
    tlv.array(0, tlv.list_of(None, tlv.unsigned(2, 0), tlv.unsigned(3, 0x28), tlv.unsigned(4, 2))),
    tlv.boolean(3, True),
    tlv.unsigned(255, 11),
)


@dataclass
class Commissioner:
    """Our end. loses: by the number of a datagram that we send, whether it is lost."""

    device: Device
    loses: Callable[[int], bool] = lambda number: False
    router: Router = field(default_factory=lambda: Router(reliable=True))
    now: float = 0.0
    sent: int = 0

    def exchange(
        self, exchanges: Exchanges, exchange: Exchange, protocol: int, said: tuple[int, bytes]
    ) -> Message:
        """Say something and wait for the answer."""
        exchanges.send(exchange, protocol, *said, self.now)
        for _ in range(20):
            for data in self.device.answers_to(self.reaching()):
                arrived = self.router.receive(data, self.now)
                if arrived is not None:
                    return arrived.message
            assert self.router.next_deadline is not None
            self.now = self.router.next_deadline
            assert self.router.tick(self.now) == ()
        raise AssertionError("it does not answer")

    def reaching(self) -> list[bytes]:
        """What is sent now and not lost."""
        reached = []
        for _, data in self.router.outgoing():
            reached += [] if self.loses(self.sent) else [data]
            self.sent += 1
        return reached

    def establish(self, passcode: Secret) -> Exchanges:
        """PASE; the conversations of the session that it makes."""
        pase = PaseCommissioner(passcode, self.router.reserve())
        exchanges = self.router.unsecured()
        exchange, saying = exchanges.begin(), pase.begin()
        while saying is not None:
            answer = self.exchange(exchanges, exchange, SECURE_CHANNEL, (saying.opcode, saying.payload))
            saying = pase.receive(answer.opcode, answer.payload)
        exchanges.finish(exchange)
        self.device.answers_to(self.reaching())
        assert pase.established is not None
        return self.router.secure(pase.established.keys, pase.established.ends)

    def vendor(self, exchanges: Exchanges) -> int:
        """Read Basic Information's vendor id."""
        exchange = exchanges.begin()
        answer = self.exchange(exchanges, exchange, INTERACTION, (READ, tlv.encode(VENDOR_ID)))
        assert answer.opcode == REPORT and answer.acknowledged is not None
        exchanges.finish(exchange)
        self.device.answers_to(self.reaching())
        (report,) = tlv.decode(answer.payload).member(1)
        vendor = report.member(1).member(2).value
        assert isinstance(vendor, int)
        return vendor


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    with factory_new(tmp_path) as made:
        yield made


def test_a_session_with_a_device_of_others_carries_messages(device: Device) -> None:
    here = Commissioner(device)
    session = here.establish(device.passcode)
    assert [here.vendor(session) for _ in range(3)] == [0xFFF4] * 3
    assert here.router.next_deadline is None, "everything is acknowledged"
    assert here.now == 0.0, "nothing was repeated"


@pytest.mark.parametrize("lost", [0, 1])
def test_every_second_datagram_may_be_lost(device: Device, lost: int) -> None:
    here = Commissioner(device, loses=lambda number: number % 2 == lost)
    session = here.establish(device.passcode)
    assert here.vendor(session) == 0xFFF4
    assert here.now > 0.0, "some were repeated"


def test_a_device_of_others_shows_that_the_passcode_is_wrong(device: Device) -> None:
    with pytest.raises(EstablishmentFailed) as caught:
        Commissioner(device).establish(Secret("34567890"))
    assert caught.value.reason is Reason.PASSCODE

"""Somebody in the middle: a commissioner to the device, a device to the commissioner."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from companion.encoding import es256
from companion.protocols.rp1 import crypto, schedule
from companion.protocols.rp1.handshake import (
    CommissionerDraw,
    CommissionerHandshake,
    CommissionerTerms,
    DeviceDraw,
    DeviceHandshake,
    DeviceTerms,
)
from companion.protocols.rp1.schedule import Mixed
from companion.protocols.rp1.wire import messages
from companion.protocols.rp1.wire.messages import M1, M2
from companion.protocols.rp1.wire.record import Direction, RecordType

BITS = 6
NUMBERS = 1 << BITS
"""The shortened number: an attack that takes a million tries on RP1 takes 64 here."""


class Dice:
    """Random values of a whole scenario from one seed, so that its statistics never change."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def octets(self, size: int) -> bytes:
        return self._random.randbytes(size)

    def key(self):
        return es256.private_key(b"\x00" + self.octets(31))

    def commissioner(self) -> CommissionerDraw:
        return CommissionerDraw(self.octets(8), self.key(), self.octets(16))

    def device(self) -> DeviceDraw:
        return DeviceDraw(self.key(), self.octets(16))


@dataclass(frozen=True)
class Opening:
    """What the impostor may still choose when it opens: its point stays, its nonce goes."""

    nonce: bytes
    number: str
    mixed: Mixed
    th3: bytes


class AsCommissioner:
    """The impostor towards a device: it knows the number of any nonce as soon as M2 is there."""

    def __init__(self, terms: CommissionerTerms, draw: CommissionerDraw) -> None:
        self.handshake = CommissionerHandshake(terms, draw)
        self._draw = draw
        self.m1 = self.handshake.commit()

    def take(self, m2: bytes) -> None:
        self._m2 = messages.decode_m2(m2)
        self._th2 = schedule.advance(schedule.advance(b"", self.m1), m2)
        self._ecdh = crypto.ecdh(self._draw.key, es256.load_point(self._m2.point))

    def opening(self, nonce: bytes | None = None) -> Opening:
        """What the device will show if this nonce (the committed one, if None) is opened."""
        nonce = self._draw.nonce if nonce is None else nonce
        th3 = schedule.advance(self._th2, messages.encode_opening(es256.point(self._draw.key), nonce))
        mixed = schedule.mix(self._m2.suite, th3, self._ecdh)
        return Opening(nonce, mixed.number, mixed, th3)

    def grind(self, wanted: str, tries: int, fits=lambda nonce: True) -> Opening | None:
        """An opening that leads to `wanted`, if `tries` nonces have one. fits: what the device accepts."""
        for counter in range(tries):
            nonce = counter.to_bytes(16, "big")
            if fits(nonce) and (found := self.opening(nonce)).number == wanted:
                return found
        return None

    def m3(self, opening: Opening) -> bytes:
        sealed = Direction(opening.mixed.message_key(3, opening.th3)).seal(
            RecordType.M3, messages.encode_auth_c(None)
        )
        return messages.encode_opening(es256.point(self._draw.key), opening.nonce) + sealed


class AsDevice:
    """The impostor towards a commissioner: it answers M1 with what it likes, and sees M3."""

    def __init__(self, m1: bytes, shown_by: DeviceTerms, draw: DeviceDraw) -> None:
        self._m1_octets = m1
        self._m1: M1 = messages.decode_m1(m1)
        self._info = shown_by.info
        self._draw = draw

    def m2(self, nonce: bytes | None = None) -> bytes:
        self._m2 = messages.encode_m2(
            M2(
                self._m1.sid,
                self._m1.suite,
                self._m1.method,
                self._info.suites,
                self._info.methods,
                es256.point(self._draw.key),
                self._draw.nonce if nonce is None else nonce,
            )
        )
        return self._m2

    def number(self, point: bytes, nonce: bytes) -> str:
        """What the commissioner shows once it has opened these."""
        th3 = b""
        for part in (self._m1_octets, self._m2, messages.encode_opening(point, nonce)):
            th3 = schedule.advance(th3, part)
        shared = crypto.ecdh(self._draw.key, es256.load_point(point))
        return schedule.mix(self._m1.suite, th3, shared).number

    def grind(self, wanted: str, revealed: tuple[bytes, bytes], tries: int) -> bytes | None:
        """An M2 that leads to `wanted`, for a commissioner whose values are known too early."""
        for counter in range(tries):
            m2 = self.m2(counter.to_bytes(16, "big"))
            if self.number(*revealed) == wanted:
                return m2
        return None


@dataclass(frozen=True)
class Encounter:
    """Both sessions of one attack at the moment when people look at two displays."""

    at_app: str
    at_device: str

    @property
    def succeeds(self) -> bool:
        return self.at_app == self.at_device


def meet(pair, dice: Dice) -> Encounter:
    """An impostor between both ends of an honest numeric comparison, who does what can be done: it fixes the
    device's number first, and then hopes for the commissioner's."""
    towards_device = AsCommissioner(pair.c_terms, dice.commissioner())
    device = DeviceHandshake(replace(pair.d_terms, draw=lambda digest: dice.device()))
    towards_device.take(device.receive_m1(towards_device.m1))
    commissioner = CommissionerHandshake(pair.c_terms, dice.commissioner())
    towards_app = AsDevice(commissioner.commit(), pair.d_terms, dice.device())
    commissioner.receive_m2(towards_app.m2())
    opened = messages.decode_m3(commissioner.open())
    _, agreed = device.receive_m3(towards_device.m3(towards_device.opening()))
    assert agreed.number is not None
    return Encounter(towards_app.number(opened.point, opened.nonce), agreed.number)


def encounters(pair, seed: int) -> Iterator[Encounter]:
    dice = Dice(seed)
    while True:
        yield meet(pair, dice)

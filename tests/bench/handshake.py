"""CPU of a whole RP1 handshake on each side, against the bare primitives that it can't do without.

A handshake is whole when both ends hold the record keys of both directions. `bare.py` has the reference. They
are measured in turns, so that caches and what the machine does meanwhile hurt both alike. Aim: under 3000 us.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from companion.encoding import es256
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.handshake import (
    CommissionerHandshake,
    CommissionerTerms,
    DeviceHandshake,
    DeviceIdentityKey,
    DeviceTerms,
)
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import ALL_METHODS, Method, Standing
from companion.protocols.rp1.wire import info
from companion.protocols.rp1.wire.info import Caps, Info
from companion.protocols.rp1.wire.record import RecordLayer
from companion.secret import Secret
from tests.bench import Row, bare

WARM_UP, ROUNDS = 20, 300
MAX_MSG = 2048
IDENTITY = es256.generate()
R = os.urandom(16)

T = TypeVar("T")


def run() -> list[Row]:
    rows: list[Row] = []
    for suites, title in (((1,), "suite 1"), ((1, 2), "suite 2")):
        for method in (Method.NC, Method.OOB):
            ours, theirs, floor_c, floor_d = _medians(method, suites)
            what = f"RP1 {method.name} {title}"
            rows += [
                Row(
                    f"{what}, commissioner's CPU", ours, "its bare primitives", floor_c, bound=2.0, unit="us"
                ),
                Row(f"{what}, device's CPU", theirs, "its bare primitives", floor_d, bound=2.0, unit="us"),
            ]
    return rows


@dataclass
class Stopwatch:
    """CPU microseconds of one side in one handshake."""

    taken: float = field(default=0.0)

    def time(self, step: Callable[..., T], *given: object) -> T:
        began = time.thread_time()
        result = step(*given)
        self.taken += (time.thread_time() - began) * 1e6
        return result


def _medians(method: Method, suites: tuple[int, ...]) -> tuple[float, float, float, float]:
    """Median CPU microseconds of the commissioner and the device, and of the bare primitives of each."""
    sides = bare.sides(method, suites)
    whole: tuple[list[float], list[float]] = [], []
    alone: tuple[list[float], list[float]] = [], []
    for turn in range(2 * (WARM_UP + ROUNDS)):
        watch = Stopwatch()
        watch.time(sides[turn % 2])
        alone[turn % 2].append(watch.taken)
        for side, taken in zip(whole, _handshake(method, suites), strict=True):
            side.append(taken)
    ours, theirs = (statistics.median(taken[2 * WARM_UP :]) for taken in whole)
    floor_c, floor_d = (statistics.median(taken[WARM_UP:]) for taken in alone)
    return ours, theirs, floor_c, floor_d


def _handshake(method: Method, suites: tuple[int, ...]) -> tuple[float, float]:
    """One handshake from INFO to record keys: CPU microseconds of the commissioner and of the device."""
    offered = Info(
        suites=suites,
        methods=ALL_METHODS,
        max_msg=MAX_MSG,
        state=info.InfoState.UNOWNED,
        disc=1,
        caps=Caps(3),
    )
    value = info.encode(offered)
    point = es256.point(IDENTITY)
    device = DeviceHandshake(
        DeviceTerms(
            info=offered,
            served=value,
            standing=Standing.UNOWNED,
            identity=DeviceIdentityKey(lambda message: es256.sign(IDENTITY, message), point),
            secret=lambda _: R,
            admit=lambda _: None,
            owner_signer=lambda *_: b"",
        )
    )
    terms = CommissionerTerms(
        info_value=value,
        method=method,
        secret=Secret(R) if method is Method.OOB else None,
        trust=Trust(fp=crypto.fingerprint(point)),
    )
    ours, theirs = Stopwatch(), Stopwatch()
    commissioner, m1 = ours.time(_begin, terms)
    m2 = theirs.time(device.receive_m1, m1)
    m3 = ours.time(_reveal, commissioner, m2)
    m4 = theirs.time(_answer, device, m3)
    ours.time(_finish, commissioner, m4)
    return ours.taken, theirs.taken


def _begin(terms: CommissionerTerms) -> tuple[CommissionerHandshake, bytes]:
    commissioner = CommissionerHandshake(terms)
    return commissioner, commissioner.commit()


def _reveal(commissioner: CommissionerHandshake, m2: bytes) -> bytes:
    commissioner.receive_m2(m2)
    return commissioner.open()


def _answer(device: DeviceHandshake, m3: bytes) -> bytes:
    m4, agreed = device.receive_m3(m3)
    RecordLayer(agreed.master, commissioner=False, max_msg=MAX_MSG)
    return m4


def _finish(commissioner: CommissionerHandshake, m4: bytes) -> None:
    RecordLayer(commissioner.receive_m4(m4).master, commissioner=True, max_msg=MAX_MSG)

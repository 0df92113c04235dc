"""CPU of a whole RP1 handshake on each side, against the bare primitives that it can't do without."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESCCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from companion.protocols.rp1 import crypto, info
from companion.protocols.rp1.attestation import Trust
from companion.protocols.rp1.handshake import (
    CommissionerHandshake,
    CommissionerTerms,
    DeviceHandshake,
    DeviceIdentityKey,
    DeviceTerms,
)
from companion.protocols.rp1.info import Caps, Info
from companion.protocols.rp1.methods import ALL_METHODS, Method, Standing
from companion.secret import Secret
from tests.bench import Row

ROUNDS = 200
IDENTITY = crypto.generate()
R = os.urandom(16)


def run() -> list[Row]:
    rows: list[Row] = []
    _both_sides(Method.NC, (1, 2))
    for suites, title in (((1,), "suite 1"), ((1, 2), "suite 2")):
        for method in (Method.NC, Method.OOB):
            ours, theirs = _both_sides(method, suites)
            floor_c = _median(lambda m=method, s=suites: _commissioner_floor(m, s))
            floor_d = _median(lambda m=method, s=suites: _device_floor(m, s))
            what = f"RP1 {method.name} {title}"
            rows += [
                Row(f"{what}, commissioner's CPU", ours, "its bare primitives", floor_c, bound=2.0),
                Row(f"{what}, device's CPU", theirs, "its bare primitives", floor_d, bound=2.0),
            ]
    return rows


def _both_sides(method: Method, suites: tuple[int, ...]) -> tuple[float, float]:
    """Median CPU milliseconds of the commissioner and of the device."""
    offered = Info(
        suites=suites, methods=ALL_METHODS, max_msg=2048, state=info.State.UNOWNED, disc=1, caps=Caps(3)
    )
    value = info.encode(offered)
    point = crypto.point(IDENTITY)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        device = DeviceHandshake(
            DeviceTerms(
                info=offered,
                served=value,
                standing=Standing.UNOWNED,
                identity=DeviceIdentityKey(lambda message: crypto.es256_sign(IDENTITY, message), point),
                secret=lambda _: R,
                admit=lambda _: None,
                owner_signer=lambda *_: b"",
            )
        )
        taken = [0.0, 0.0]

        def timed(side: int, step: Callable[[], object], taken: list[float] = taken) -> object:
            began = time.thread_time()
            result = step()
            taken[side] += (time.thread_time() - began) * 1000
            return result

        terms = CommissionerTerms(
            info_value=value,
            method=method,
            secret=Secret(R) if method is Method.OOB else None,
            trust=Trust(fp=crypto.fingerprint(point)),
        )
        commissioner = timed(0, lambda t=terms: CommissionerHandshake(t))
        m1 = timed(0, commissioner.commit)
        m2 = timed(1, lambda d=device, m=m1: d.receive_m1(m))
        timed(0, lambda c=commissioner, m=m2: c.receive_m2(m))
        m3 = timed(0, commissioner.open)
        m4, _ = timed(1, lambda d=device, m=m3: d.receive_m3(m))
        timed(0, lambda c=commissioner, m=m4: c.receive_m4(m))
        ours.append(taken[0])
        theirs.append(taken[1])
    return statistics.median(ours), statistics.median(theirs)


POINT = crypto.point(IDENTITY)
LABEL, NONCE = bytes(60), bytes(13)
PEER = crypto.point(crypto.generate())
KEM = crypto.kem_generate()
EK = crypto.encapsulation_key(KEM)
SIGNED = crypto.es256_sign(IDENTITY, b"message")


def _key_schedule() -> None:
    """Section 3 without its contexts: 3 extractions, 13 expansions, the transcript, a record each way."""
    for _ in range(3):
        HKDF.extract(hashes.SHA256(), R, R * 2)
    for _ in range(13):
        HKDFExpand(hashes.SHA256(), 32, LABEL).derive(R * 2)
    for _ in range(8):
        crypto.sha256(LABEL)
    cipher = AESCCM(R)
    cipher.decrypt(NONCE, AESCCM(R).encrypt(NONCE, LABEL, b""), b"")


def _commissioner_floor(method: Method, suites: tuple[int, ...]) -> None:
    key = crypto.generate()
    crypto.point(key)
    crypto.ecdh(key, crypto.load_point(PEER))
    _key_schedule()
    if method is Method.OOB:
        crypto.es256_verify(POINT, SIGNED, b"message")
    if 2 in suites:
        crypto.encapsulation_key(crypto.kem_generate())
        crypto.decapsulate(KEM, CIPHERTEXT)


def _device_floor(method: Method, suites: tuple[int, ...]) -> None:
    key = crypto.generate()
    crypto.point(key)
    crypto.ecdh(key, crypto.load_point(PEER))
    _key_schedule()
    if method is Method.OOB:
        crypto.es256_sign(IDENTITY, b"message")
    if 2 in suites:
        crypto.encapsulate(EK)


_, CIPHERTEXT = crypto.encapsulate(EK)


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        work()
        times.append((time.thread_time() - began) * 1000)
    return statistics.median(times)

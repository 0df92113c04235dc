"""SPAKE2+ against the draft's numbers, and against peers that send what they must not."""

from __future__ import annotations

import time
from typing import Any

import pytest

from companion.protocols.matter.crypto import curve
from companion.protocols.matter.crypto.curve import Point
from companion.protocols.matter.crypto.spake2plus import (
    BadShare,
    Passcode,
    Pbkdf,
    Share,
    Transcript,
    Verifier,
    prove,
    verify,
)
from companion.secret import Secret
from tests.protocols.matter import vectors

DRAFT = vectors.load("spake2plus")["vectors"]
PBKDF = Pbkdf(1000, b"SPAKE2P Key Salt")
FRAME = Transcript(b"a hash of what went before")


def secret(hexadecimal: str) -> Secret:
    return Secret(bytes.fromhex(hexadecimal))


@pytest.mark.parametrize("vector", DRAFT, ids=[f"{v['prover']}-{v['verifier']}" for v in DRAFT])
def test_the_drafts_numbers(vector: dict[str, str]) -> None:
    passcode = Passcode(secret(vector["w0"]), secret(vector["w1"]))
    verifier = passcode.verifier()
    assert verifier.point == secret(vector["L"])
    frame = Transcript(vector["context"].encode(), vector["prover"].encode(), vector["verifier"].encode())
    x = Share.of_prover(passcode, int(vector["x"], 16))
    y = Share.of_verifier(verifier, int(vector["y"], 16))
    assert (x.encoded.hex(), y.encoded.hex()) == (vector["X"], vector["Y"])
    for agreed in (prove(passcode, x, y.encoded, frame), verify(verifier, y, x.encoded, frame)):
        assert agreed.key == secret(vector["ke"])
        assert (agreed.by_prover.hex(), agreed.by_verifier.hex()) == (vector["ca"], vector["cb"])


@pytest.mark.parametrize("vector", vectors.load("passcodes")["vectors"])
def test_a_passcodes_verifier(vector: dict[str, Any]) -> None:
    pbkdf = Pbkdf(vector["iterations"], bytes.fromhex(vector["salt"]))
    verifier = Passcode.of(vector["passcode"], pbkdf).verifier()
    assert verifier.encoded() == secret(vector["verifier"])
    assert Verifier.of(verifier.encoded().reveal()) == verifier


def test_both_ends_agree_with_fresh_scalars() -> None:
    passcode = Passcode.of(34567890, PBKDF)
    x, y = Share.of_prover(passcode), Share.of_verifier(passcode.verifier())
    assert prove(passcode, x, y.encoded, FRAME) == verify(passcode.verifier(), y, x.encoded, FRAME)
    assert x.encoded != Share.of_prover(passcode).encoded


def test_another_passcode_or_another_frame_is_noticed_by_the_prover() -> None:
    right, wrong = Passcode.of(34567890, PBKDF), Passcode.of(34567891, PBKDF)
    x, y = Share.of_prover(wrong), Share.of_verifier(right.verifier())
    here, there = prove(wrong, x, y.encoded, FRAME), verify(right.verifier(), y, x.encoded, FRAME)
    assert here.by_verifier != there.by_verifier
    x = Share.of_prover(right)
    here = prove(right, x, y.encoded, Transcript(b"another"))
    assert here.by_verifier != verify(right.verifier(), y, x.encoded, FRAME).by_verifier


def test_shares_off_the_curve_or_at_infinity_are_refused() -> None:
    passcode = Passcode.of(34567890, PBKDF)
    w0 = int.from_bytes(passcode.w0.reveal(), "big")
    nothing_left = Share.of_verifier(passcode.verifier(), 1)
    of_nothing = (nothing_left._blinding).encoded()
    assert of_nothing == (w0 * Point.of(_n())).encoded()
    x, y = Share.of_prover(passcode), Share.of_verifier(passcode.verifier())
    for share in (of_nothing, bytes(65), b"", x.encoded[:-1] + bytes([x.encoded[-1] ^ 1])):
        with pytest.raises(BadShare):
            prove(passcode, x, share, FRAME)
    with pytest.raises(BadShare):
        verify(passcode.verifier(), y, x._blinding.encoded(), FRAME)


def _n() -> bytes:
    from companion.protocols.matter.crypto import spake2plus

    return spake2plus._N.encoded()


def test_the_blinding_points_are_the_standards() -> None:
    from companion.protocols.matter.crypto import spake2plus

    assert spake2plus._M.encoded().hex().startswith("04886e2f97ace46e55ba9dd7242579f2993b64e16ef3dcab")
    assert spake2plus._N.encoded().hex().startswith("04d8bbd6c639c62937b04d997f38c3770719c629d7014d49")


@pytest.mark.parametrize(
    ("iterations", "salt"), [(999, 16), (100_001, 16), (1000, 15), (1000, 33), (2**32 - 1, 16)]
)
def test_a_device_may_not_ask_for_any_amount_of_work(iterations: int, salt: int) -> None:
    with pytest.raises(ValueError):
        Pbkdf(iterations, bytes(salt))


@pytest.mark.parametrize(
    "octets",
    [b"", bytes(97), curve.ORDER.to_bytes(32, "big") + Point.base(1).encoded(), b"\x01" * 97],
    ids=["empty", "zero", "beyond the order", "off the curve"],
)
def test_a_verifier_is_checked(octets: bytes) -> None:
    with pytest.raises(ValueError):
        Verifier.of(octets)


def test_secrets_do_not_print() -> None:
    passcode = Passcode.of(34567890, PBKDF)
    x, y = Share.of_prover(passcode), Share.of_verifier(passcode.verifier())
    agreed = prove(passcode, x, y.encoded, FRAME)
    shown = f"{passcode!r}{passcode.verifier()!r}{agreed!r}{x!r}{Point.base(5)!r}"
    for held in (passcode.w0, passcode.w1, passcode.verifier().point, agreed.key):
        assert held.reveal().hex() not in shown and repr(held.reveal())[2:-1] not in shown
    assert str(Point.base(5).x) not in shown


@pytest.mark.alone
def test_a_handshake_costs_milliseconds() -> None:
    """Both ends together, without PBKDF2: it took 12.7 ms for each multiplication with Python's integers."""
    passcode = Passcode.of(34567890, PBKDF)
    began = time.perf_counter()
    for _ in range(10):
        x, y = Share.of_prover(passcode), Share.of_verifier(passcode.verifier())
        prove(passcode, x, y.encoded, FRAME)
        verify(passcode.verifier(), y, x.encoded, FRAME)
    assert (time.perf_counter() - began) / 10 < 0.05

"""What P-256 and ES256 must refuse; what they compute is held by RP1's vectors."""

from __future__ import annotations

import pytest

from companion.encoding import es256

KEY = es256.generate()
POINT = es256.point(KEY)
P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

BAD_POINTS = {
    "infinity": b"\x00",
    "infinity, padded": bytes(65),
    "zero": b"\x04" + bytes(64),
    "off the curve": POINT[:64] + bytes([POINT[64] ^ 1]),
    "compressed": bytes([2 + POINT[64] % 2]) + POINT[1:33],
    "hybrid": bytes([6 + POINT[64] % 2]) + POINT[1:],
    "coordinate not reduced": b"\x04" + P.to_bytes(32, "big") + POINT[33:],
    "short": POINT[:64],
    "long": POINT + b"\x00",
    "empty": b"",
}


@pytest.mark.parametrize("point", BAD_POINTS.values(), ids=BAD_POINTS.keys())
def test_bad_points(point):
    with pytest.raises(es256.BadPoint):
        es256.load_point(point)
    assert not es256.verify(point, bytes(64), b"")


@pytest.mark.parametrize(
    "signature",
    [bytes(64), b"", bytes(63), bytes(65), ORDER.to_bytes(32, "big") * 2, bytes(31) + b"\1" + bytes(32)],
    ids=["zero", "empty", "short", "long", "order", "s is zero"],
)
def test_bad_signatures(signature):
    assert not es256.verify(POINT, signature, b"message")


def test_a_signature_is_of_its_message():
    signature = es256.sign(KEY, b"message")
    assert es256.verify(POINT, signature, b"message")
    assert not es256.verify(POINT, signature, b"massage")

"""M1 to M4 in their one shape; every other shape is the abort that section 2 orders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import cbor, cose
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.wire import messages
from companion.protocols.rp1.wire.messages import M1, M2, IdentityProof, OwnerProof

suite_lists = st.lists(st.integers(0, 300), min_size=1, max_size=4, unique=True).map(
    lambda suites: tuple(sorted(suites))
)
octets8, octets16, octets32 = (st.binary(min_size=n, max_size=n) for n in (8, 16, 32))
octets64, octets65 = (st.binary(min_size=n, max_size=n) for n in (64, 65))


@st.composite
def m1s(draw) -> M1:
    suite, method = draw(st.integers(0, 3)), draw(st.integers(0, 255))
    return M1(
        sid=draw(octets8),
        suites=draw(suite_lists),
        suite=suite,
        methods=draw(st.integers(0, 255)),
        method=method,
        mode=draw(st.integers(0, 9)),
        info_digest=draw(octets16),
        commitment=draw(octets32),
        psk_id=draw(st.binary(min_size=1, max_size=32)) if method & 4 else None,
        ek=bytes(crypto.ENCAPSULATION_KEY_SIZE) if suite == 2 else None,
    )


@st.composite
def m2s(draw) -> M2:
    suite = draw(st.integers(0, 3))
    return M2(
        draw(octets8),
        suite,
        draw(st.integers(0, 255)),
        draw(suite_lists),
        draw(st.integers(0, 255)),
        draw(octets65),
        draw(octets16),
        bytes(crypto.CIPHERTEXT_SIZE) if suite == 2 else None,
    )


@given(m1s())
def test_m1_is_understood(m1):
    data = messages.encode_m1(m1)
    assert messages.decode_m1(data) == m1
    assert messages.sid_of(data) == m1.sid
    assert messages.kind_of(data) == 1 and messages.is_cbor(data)


@given(m2s())
def test_m2_is_understood(m2):
    assert messages.decode_m2(messages.encode_m2(m2)) == m2


@given(octets65, octets16, st.binary(max_size=40))
def test_m3_is_two_parts_each_as_it_came(point, nonce, record):
    opening = messages.encode_opening(point, nonce)
    m3 = messages.decode_m3(opening + record)
    assert (m3.point, m3.nonce, m3.opening, m3.record) == (point, nonce, opening, record)


GRANT = cose.sign(lambda message: bytes(64), b"grant", "rp1 grant")
owner_proofs = st.builds(
    OwnerProof,
    octets65,
    octets64,
    st.sampled_from([(), (GRANT,), (GRANT, GRANT)]),
    st.sampled_from([None, GRANT]),
)
identity_proofs = st.one_of(
    st.builds(IdentityProof, octets64, octets65),
    st.builds(
        IdentityProof,
        octets64,
        st.none(),
        st.lists(st.binary(min_size=1, max_size=90), min_size=1, max_size=3).map(tuple),
    ),
)


@given(st.none() | owner_proofs)
def test_auth_c_is_understood(proof):
    method = 1 if proof is None else 24
    assert messages.decode_auth_c(messages.encode_auth_c(proof), method) == proof


@given(st.none() | identity_proofs)
def test_auth_d_is_understood(proof):
    assert messages.decode_auth_d(messages.encode_auth_d(proof), identified=proof is not None) == proof


DECODERS = {
    "M1": messages.decode_m1,
    "M2": messages.decode_m2,
    "M3": messages.decode_m3,
    "auth_C": lambda data: messages.decode_auth_c(data, 24),
    "auth_D": lambda data: messages.decode_auth_d(data, identified=True),
}


@pytest.mark.parametrize("decode", DECODERS.values(), ids=DECODERS.keys())
@given(st.binary(max_size=90))
def test_foreign_octets_raise_only_aborts(decode, data):
    try:
        decode(data)
    except LocalAbort as abort:
        assert abort.code in (Abort.MALFORMED, Abort.VERSION)


@given(m1s(), st.data())
def test_a_mutated_m1_is_another_m1_or_an_abort(m1, data):
    octets = bytearray(messages.encode_m1(m1))
    octets[data.draw(st.integers(0, len(octets) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        assert messages.encode_m1(messages.decode_m1(bytes(octets))) == bytes(octets)
    except LocalAbort as abort:
        assert abort.code in (Abort.MALFORMED, Abort.VERSION)


HEAD = [1, 1, bytes(8)]
REST = [[1], 1, 31, 1, 0, bytes(16), bytes(32)]
BROKEN_M1 = {
    "not an array": ({1: 1}, Abort.MALFORMED),
    "another message": ([2, *HEAD[1:], *REST], Abort.MALFORMED),
    "a sid of 7 octets": ([1, 1, bytes(7), *REST], Abort.MALFORMED),
    "a version as text": ([1, "1", bytes(8), *REST], Abort.MALFORMED),
    "version 2": ([1, 2, bytes(8), *REST], Abort.VERSION),
    "version 2 of another shape": ([1, 2, bytes(8), "new"], Abort.VERSION),
    "version 0": ([1, 0, bytes(8), *REST], Abort.VERSION),
    "too short": ([*HEAD, *REST[:-1]], Abort.MALFORMED),
    "no suites": ([*HEAD, [], *REST[1:]], Abort.MALFORMED),
    "suites descend": ([*HEAD, [2, 1], *REST[1:]], Abort.MALFORMED),
    "a suite twice": ([*HEAD, [1, 1], *REST[1:]], Abort.MALFORMED),
    "a method as truth": ([*HEAD, [1], 1, 31, True, *REST[4:]], Abort.MALFORMED),
    "a method of two octets": ([*HEAD, [1], 1, 31, 256, *REST[4:]], Abort.MALFORMED),
    "a negative mode": ([*HEAD, *REST[:4], -1, *REST[5:]], Abort.MALFORMED),
    "a short digest": ([*HEAD, *REST[:5], bytes(15), bytes(32)], Abort.MALFORMED),
    "a long commitment": ([*HEAD, *REST[:6], bytes(33)], Abort.MALFORMED),
    "a psk_id without PSK": ([*HEAD, *REST, b"id"], Abort.MALFORMED),
    "PSK without psk_id": ([*HEAD, [1], 1, 31, 4, *REST[4:]], Abort.MALFORMED),
    "an empty psk_id": ([*HEAD, [1], 1, 31, 4, *REST[4:], b""], Abort.MALFORMED),
    "a psk_id of 33 octets": ([*HEAD, [1], 1, 31, 4, *REST[4:], bytes(33)], Abort.MALFORMED),
    "suite 2 without ek": ([*HEAD, [1, 2], 2, *REST[2:]], Abort.MALFORMED),
    "a short ek": ([*HEAD, [1, 2], 2, *REST[2:], bytes(1183)], Abort.MALFORMED),
    "ek in suite 1": ([*HEAD, *REST, bytes(1184)], Abort.MALFORMED),
}


@pytest.mark.parametrize(("value", "code"), BROKEN_M1.values(), ids=BROKEN_M1.keys())
def test_broken_m1(value, code):
    with pytest.raises(LocalAbort) as raised:
        messages.decode_m1(cbor.encode(value))
    assert raised.value.code == code


def test_the_sid_of_a_refused_m1_is_known_as_soon_as_it_was_read():
    assert messages.sid_of(cbor.encode([1, 2, b"12345678", "new"])) == b"12345678"
    assert messages.sid_of(cbor.encode([1, 2, b"1234567"])) == bytes(8)
    assert messages.sid_of(b"\xff") == bytes(8)


BROKEN_PROOFS = {
    "auth_C is not empty": lambda: messages.decode_auth_c(cbor.encode({1: [bytes(65)]}), 1),
    "auth_C has an unknown key": lambda: messages.decode_auth_c(
        cbor.encode({1: [bytes(65)], 2: bytes(64), 4: 0}), 24
    ),
    "auth_C is missing": lambda: messages.decode_auth_c(cbor.encode({}), 24),
    "auth_C has no key": lambda: messages.decode_auth_c(cbor.encode({1: [], 2: bytes(64)}), 24),
    "auth_D is not empty": lambda: messages.decode_auth_d(
        cbor.encode({1: bytes(65), 2: bytes(64)}), identified=False
    ),
    "auth_D is missing": lambda: messages.decode_auth_d(cbor.encode({}), identified=True),
    "auth_D has an empty chain": lambda: messages.decode_auth_d(
        cbor.encode({1: [], 2: bytes(64)}), identified=True
    ),
    "auth_D has no signature": lambda: messages.decode_auth_d(cbor.encode({1: bytes(65)}), identified=True),
    "auth_D has a short signature": lambda: messages.decode_auth_d(
        cbor.encode({1: bytes(65), 2: bytes(63)}), identified=True
    ),
}


@pytest.mark.parametrize("decode", BROKEN_PROOFS.values(), ids=BROKEN_PROOFS.keys())
def test_broken_proofs(decode):
    with pytest.raises(LocalAbort) as raised:
        decode()
    assert raised.value.code == Abort.MALFORMED


def test_dispatch_by_the_first_octet():
    assert messages.is_cbor(b"\x80") and messages.is_cbor(b"\x9f")
    assert not messages.is_cbor(b"\x10") and not messages.is_cbor(b"\xa0") and not messages.is_cbor(b"")
    assert messages.kind_of(cbor.encode(["text"])) is None

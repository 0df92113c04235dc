"""The envelope of a declaration: strict DER, and SignedData as Matter narrows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter import der
from companion.protocols.matter.attestation.declaration import cms
from companion.protocols.matter.attestation.declaration.cms import MalformedCms
from companion.protocols.matter.attestation.published_keys import published_signer
from companion.protocols.matter.attestation.trust.signers import TEST_KEY_ID, known_signers
from companion.protocols.matter.crypto.keys import KeyPair
from tests.protocols.matter.attestation.bench import VECTORS

KEY = KeyPair.generate()
SIGNED = cms.sign(b"what is declared", KEY, bytes(range(20)))
SHA256 = bytes.fromhex("300b0609608648016503040201")


@pytest.mark.parametrize("vector", VECTORS["declarations"])
def test_the_sdk_s_declarations_are_read_and_hold(vector: dict[str, str]) -> None:
    signed = cms.parse(bytes.fromhex(vector["signed"]))
    assert signed.content == bytes.fromhex(vector["content"])
    assert signed.signer == TEST_KEY_ID
    signer = known_signers().find(TEST_KEY_ID)
    assert signer is not None and signed.verified_by(signer.key)
    assert not signed.verified_by(KEY.public)


def test_an_envelope_is_written_as_the_sdk_writes_it() -> None:
    """All but the signature, which the SDK draws at random."""
    content = bytes.fromhex(VECTORS["declarations"][0]["content"])
    theirs = bytes.fromhex(VECTORS["declarations"][0]["signed"])
    ours = cms.sign(content, published_signer(), TEST_KEY_ID)
    start = theirs.index(SHA256, theirs.index(TEST_KEY_ID))
    assert ours[ours.index(b"\x02\x01\x03") :].startswith(theirs[theirs.index(b"\x02\x01\x03") : start - 30])
    assert SHA256 + bytes.fromhex("300a06082a8648ce3d04030204") in ours
    assert cms.parse(ours).verified_by(published_signer().public)


@given(st.binary(max_size=700))
def test_what_is_signed_is_read_again(content: bytes) -> None:
    signed = cms.parse(cms.sign(content, KEY, bytes(range(20))))
    assert (signed.content, signed.signer) == (content, bytes(range(20)))
    assert signed.verified_by(KEY.public)


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_a_flipped_bit_is_malformed_or_breaks_the_signature(at: int, change: int) -> None:
    data = bytearray(SIGNED)
    data[at] ^= change
    try:
        signed = cms.parse(bytes(data))
    except MalformedCms:
        return
    assert signed.signer != bytes(range(20)) or not signed.verified_by(KEY.public)


@given(st.binary(max_size=200))
def test_any_octets_are_malformed(data: bytes) -> None:
    with pytest.raises(MalformedCms):
        cms.parse(data)


@pytest.mark.parametrize("cut", [0, 1, 5, 40, -1])
def test_a_cut_envelope_is_malformed(cut: int) -> None:
    with pytest.raises(MalformedCms):
        cms.parse(SIGNED[:cut])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2a864886f70d010702", "2a864886f70d010703"),
        ("2a864886f70d010701", "2a864886f70d010709"),
        ("020103310d", "020102310d"),
        ("02010380", "02010280"),
        ("608648016503040201", "608648016503040202"),
        ("2a8648ce3d040302", "2a8648ce3d040303"),
    ],
    ids=["type", "inner type", "version", "signer's version", "digest", "algorithm"],
)
def test_another_profile_is_malformed(old: str, new: str) -> None:
    assert bytes.fromhex(old) in SIGNED
    with pytest.raises(MalformedCms):
        cms.parse(SIGNED.replace(bytes.fromhex(old), bytes.fromhex(new)))


def envelope(
    digests: bytes, *, inside: bytes = b"", ski: bytes = bytes(20), after: bytes = b"", signature: bytes = b""
) -> bytes:
    """SignedData by hand, with whatever in its places."""
    ecdsa = der.wrap(der.SEQUENCE, der.wrap(der.OBJECT_IDENTIFIER, bytes.fromhex("2a8648ce3d040302")))
    content = der.wrap(0xA0, der.wrap(der.OCTET_STRING, b"x") + inside)
    info = der.wrap(
        der.SEQUENCE,
        der.wrap(der.INTEGER, b"\x03"),
        der.wrap(0x80, ski),
        digests,
        ecdsa,
        der.wrap(der.OCTET_STRING, signature or bytes.fromhex("3006020101020101")),
        after,
    )
    body = der.wrap(
        der.SEQUENCE,
        der.wrap(der.INTEGER, b"\x03"),
        der.wrap(der.SET, digests),
        der.wrap(der.SEQUENCE, der.wrap(der.OBJECT_IDENTIFIER, bytes.fromhex("2a864886f70d010701")), content),
        der.wrap(der.SET, info),
    )
    return der.wrap(
        der.SEQUENCE,
        der.wrap(der.OBJECT_IDENTIFIER, bytes.fromhex("2a864886f70d010702")),
        der.wrap(0xA0, body),
    )


def test_an_algorithm_with_null_is_read() -> None:
    with_null = bytes.fromhex("300d06096086480165030402010500")
    assert cms.parse(envelope(with_null)).content == b"x"
    assert cms.parse(envelope(SHA256)).content == b"x"


@pytest.mark.parametrize(
    "data",
    [
        envelope(SHA256 + SHA256),
        envelope(bytes.fromhex("300e06096086480165030402010401aa")),
        envelope(bytes.fromhex("300f0609608648016503040201050005 00".replace(" ", ""))),
        envelope(SHA256, inside=b"\x04\x00"),
        envelope(SHA256, ski=bytes(19)),
        envelope(SHA256, after=b"\x05\x00"),
        envelope(SHA256, signature=b"\x30\x00"),
        envelope(SHA256, signature=bytes.fromhex("30060201ff020101")),
        envelope(SHA256) + b"\x00",
    ],
    ids=["two digests", "parameters", "two NULLs", "content", "key id", "signer", "signature", "-1", "after"],
)
def test_anything_more_or_else_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedCms):
        cms.parse(data)

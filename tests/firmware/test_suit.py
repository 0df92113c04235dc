"""SUIT envelopes of the draft and of another tool: digests, signatures, parts that were left out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from hashlib import sha384, shake_128, shake_256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import cbor
from companion.errors.firmware import FirmwareError, FirmwareMalformed
from companion.firmware import Image, Kind, explain
from companion.firmware.keys import SignerKey, read_pem
from tests.firmware.files import FOLDER, key, octets, verdicts

EXAMPLES = sorted(path.name for path in FOLDER.glob("draft37_*.hex"))
SIGNED = octets("draft37_01_signed_237.hex")
COMMON = cbor.encode({2: [[b"\0"]]})
SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNER = SignerKey(SIGNING.public_key())


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_of_the_draft_holds(name: str) -> None:
    data = octets(name)
    assert len(data) == int(name.rpartition("_")[2][:3])
    image = explain(data, [key("mcuboot_ed25519"), key("draft37")])
    found = verdicts(image.checks)
    assert image.kind is Kind.SUIT and found["digest"] == "passed"
    assert found.get("signature-1" if "_signed" in name else "signature") == (
        "passed" if "_signed" in name else "failed"
    )
    said = {fact.name: fact.value for fact in image.facts}
    assert said["vendor"] == "fa6b4a53-d5ad-5fdf-be9d-e663e4d41ffe"
    assert said["class"] == "1492af14-2569-5e48-bf42-9b2d51f2ab45"
    assert said["size"].endswith(" bytes") and "00112233445566778899" in said["image_digest"]


def test_of_parts_that_were_severed_it_is_said_whether_they_are_there_and_right() -> None:
    whole, bare = octets("draft37_06_signed_923.hex"), octets("draft37_05_signed_333.hex")
    assert verdicts(explain(whole).checks)["severed-23"] == "passed"
    assert verdicts(explain(bare).checks)["severed-23"] == "not-known"
    changed = bytearray(whole)
    changed[-10] ^= 1
    assert verdicts(explain(bytes(changed)).checks)["severed-23"] == "failed"


def test_another_tool_s_envelope_is_read() -> None:
    image = explain(octets("taylor.suit"))
    assert image.is_sound and verdicts(image.checks)["signature-1"] == "not-known"


def test_a_changed_manifest_and_a_changed_signature_are_noticed() -> None:
    at = SIGNED.index(bytes.fromhex("fa6b4a53"))
    changed = SIGNED[:at] + b"\0" + SIGNED[at + 1 :]
    assert verdicts(explain(changed).checks)["digest"] == "failed"
    at = SIGNED.index(b"\x58\x40") + 5
    changed = SIGNED[:at] + b"\0" + SIGNED[at + 1 :]
    assert verdicts(explain(changed, [key("draft37")]).checks)["signature-1"] == "failed"


def envelope(
    manifest: object = None,
    blocks: tuple[object, ...] = (),
    digest: object = None,
    severed: bytes | None = None,
    more: object = None,
) -> bytes:
    """severed: an install sequence; more: an entry that the draft does not have"""
    said = {1: 1, 2: 5, 3: COMMON} if manifest is None else manifest
    wrapped = cbor.encode(said)  # type: ignore[arg-type]
    hashed = [-43, sha384(cbor.encode(wrapped)).digest()] if digest is None else digest
    authentication = cbor.encode([cbor.encode(hashed), *blocks])  # type: ignore[arg-type, list-item]
    parts = {2: authentication, 3: wrapped, 4: more, 20: severed}
    return cbor.encode({number: part for number, part in parts.items() if part is not None})  # type: ignore[misc]


def made(**parts: object) -> Image:
    return explain(envelope(**parts))  # type: ignore[arg-type]


def test_other_hashes_and_signatures_are_known_or_said_not_to_be() -> None:
    assert verdicts(made().checks)["digest"] == "passed"
    assert verdicts(made(digest=[-14, b"x"]).checks)["digest"] == "not-known"
    assert verdicts(made(blocks=(b"\xd1\x80", b"")).checks)["signature-2"] == "not-known"
    for algorithm in (-8, -7, -999):
        block = b"\xd2" + cbor.encode([cbor.encode({1: algorithm}), {}, None, bytes(64)])
        for signer in (key("mcuboot_ed25519"), key("draft37")):
            checks = explain(envelope(blocks=(block,)), [signer]).checks
            assert verdicts(checks)["signature-1"] == "failed"


def signed(said: Sequence[object], **parts: object) -> bytes:
    """An envelope whose digest `SIGNER` signed."""
    protected, digest = cbor.encode({1: -8}), cbor.encode(said)  # type: ignore[arg-type]  # algorithm, octets
    made_by = SIGNING.sign(cbor.encode(["Signature1", protected, b"", digest]))
    block = b"\xd2" + cbor.encode([protected, {}, None, made_by])
    return envelope(blocks=(block,), digest=said, **parts)  # type: ignore[arg-type]


def signature(data: bytes) -> str:
    return verdicts(explain(data, [SIGNER]).checks)["signature-1"]


@pytest.mark.parametrize(
    ("algorithm", "hashed"),
    [(-18, lambda data: shake_128(data).digest(32)), (-45, lambda data: shake_256(data).digest(64))],
    ids=["SHAKE128", "SHAKE256"],
)
def test_digests_by_shake_are_computed(algorithm: int, hashed: Callable[[bytes], bytes]) -> None:
    manifest = {1: 1, 2: 5, 3: COMMON}
    said = [algorithm, hashed(cbor.encode(cbor.encode(manifest)))]
    assert signature(signed(said, manifest=manifest)) == "passed"
    changed = signed(said, manifest={**manifest, 2: 999})
    assert verdicts(explain(changed, [SIGNER]).checks)["digest"] == "failed"
    assert signature(changed) == "not-known"


def test_a_signature_over_a_digest_that_is_not_computed_says_nothing_of_the_file() -> None:
    unknown = [-14, b"x"]
    assert signature(signed(unknown)) == "not-known"
    severed = {1: 1, 2: 5, 3: COMMON, 20: unknown}
    said = [-43, sha384(cbor.encode(cbor.encode(severed))).digest()]
    assert signature(signed(said, manifest=severed)) == "passed"
    assert signature(signed(said, manifest=severed, severed=cbor.encode([12, 0]))) == "not-known"


def test_what_is_set_where_one_of_several_is_tried_is_said_too() -> None:
    inner = cbor.encode([20, {21: "https://maker.example/a.bin", 24: b"id"}])
    common = cbor.encode({2: [[b"\0"]], 4: cbor.encode([15, [inner, None], 12, 0])})
    image = made(manifest={1: 1, 2: 5, 3: common, 4: "https://maker.example/full"})
    said = {fact.name: fact.value for fact in image.facts}
    assert (said["uri"], said["device"]) == ("https://maker.example/a.bin", b"id".hex())
    assert said["reference"] == "https://maker.example/full"


def nested(depth: int) -> bytes:
    return cbor.encode([15, [nested(depth - 1)]]) if depth else cbor.encode([12, 0])


@pytest.mark.parametrize(
    "data",
    [
        b"\xd8\x6b",
        SIGNED[:-1],
        SIGNED + b"\0",
        b"\xd8\x6b\x80",
        envelope(manifest={1: 2, 2: 5, 3: COMMON}),
        envelope(manifest={1: 1, 2: True, 3: COMMON}),
        envelope(manifest={1: 1, 2: 5, 3: [1]}),
        envelope(manifest=[1]),
        envelope(manifest={1: 1, 2: 5}),
        envelope(manifest={1: 1, 2: 5, 3: cbor.encode({2: [1]})}),
        envelope(manifest={1: 1, 2: 5, 3: cbor.encode({2: [], 4: nested(12)})}),
        envelope(manifest={1: 1, 2: 5, 3: cbor.encode({2: [], 4: cbor.encode([20])})}),
        envelope(digest={1: 2}),
        envelope(blocks=(b"\xd1",) * 17),
        envelope(blocks=(1,)),
    ],
)
def test_what_contradicts_the_draft_is_damaged(data: bytes) -> None:
    with pytest.raises(FirmwareMalformed):
        explain(data, [key("draft37")])


def test_a_signature_of_an_odd_length_is_damaged() -> None:
    block = b"\xd2" + cbor.encode([cbor.encode({1: -7}), {}, None, bytes(63)])
    with pytest.raises(FirmwareMalformed):
        explain(envelope(blocks=(block,)), [key("draft37")])


def in_pem(der: bytes) -> bytes:
    return b"-----BEGIN PUBLIC KEY-----\n" + b64encode(der) + b"\n-----END PUBLIC KEY-----\n"


AGREEMENT = X25519PrivateKey.generate().public_key()
SPKI = AGREEMENT.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_what_is_no_public_key_is_refused() -> None:
    for text in (b"", b"hello", in_pem(b"\x30"), in_pem(SPKI), in_pem(SPKI.replace(b"+en", b"+eZ"))):
        with pytest.raises(ValueError):
            read_pem(text)


@given(st.binary(max_size=300), st.integers(0, len(SIGNED)))
def test_nothing_but_an_error_of_ours_comes_of_any_octets(noise: bytes, at: int) -> None:
    for data in (b"\xd8\x6b" + noise, SIGNED[:at] + noise, SIGNED[:at] + noise + SIGNED[at + len(noise) :]):
        try:
            explain(data, [key("draft37")])
        except FirmwareError:
            continue

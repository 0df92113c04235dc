"""MCUboot images by imgtool, signed in every way that a public key can check."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors.firmware import FirmwareError, FirmwareMalformed
from companion.firmware import Kind, explain
from tests.firmware.files import key, octets, verdicts

SIGNED = ("ecdsa-p256", "ecdsa-p384", "rsa-2048", "ed25519")
PLAIN = octets("mcuboot_unsigned.bin")


@pytest.mark.parametrize("kind", SIGNED)
def test_version_counter_and_dependency_are_said_and_the_signature_holds(kind: str) -> None:
    image = explain(octets(f"mcuboot_{kind}.bin"), [key(f"mcuboot_{kind}")])
    said = {fact.name: fact.value for fact in image.facts}
    assert image.kind is Kind.MCUBOOT
    assert (said["version"], said["security_counter"]) == ("2.1.3+7", "9")
    assert said["depends_on"] == "image 1, at least 1.2.3" and said["key"]
    assert verdicts(image.checks) == {"digest": "passed", "signature": "passed"}
    other = SIGNED[(SIGNED.index(kind) + 1) % len(SIGNED)]
    wrong = explain(octets(f"mcuboot_{kind}.bin"), [key(f"mcuboot_{other}")])
    assert verdicts(wrong.checks)["signature"] == "failed"
    assert verdicts(explain(octets(f"mcuboot_{kind}.bin")).checks)["signature"] == "not-known"


def test_a_pure_signature_is_of_the_image_itself() -> None:
    data = octets("mcuboot_pure.bin")
    assert explain(data, [key("mcuboot_ed25519")]).is_sound
    changed = data[:100] + b"\0" + data[101:]
    assert not explain(changed, [key("mcuboot_ed25519")]).is_sound


@pytest.mark.parametrize("kind", SIGNED)
def test_a_changed_octet_fails_the_digest(kind: str) -> None:
    data = bytearray(octets(f"mcuboot_{kind}.bin"))
    data[40] ^= 1
    assert verdicts(explain(bytes(data), [key(f"mcuboot_{kind}")]).checks)["digest"] == "failed"


def test_a_signature_by_a_key_that_the_image_does_not_name_does_not_hold() -> None:
    data = octets("mcuboot_ed25519.bin")
    named = bytes.fromhex(next(fact.value for fact in explain(data).facts if fact.name == "key"))
    changed = data.replace(named, bytes(len(named)))
    assert verdicts(explain(changed, [key("mcuboot_ed25519")]).checks)["signature"] == "failed"


def test_without_a_signature_or_a_digest_nothing_is_claimed() -> None:
    assert verdicts(explain(PLAIN).checks) == {"digest": "passed", "signature": "not-known"}
    assert verdicts(explain(PLAIN, [key("mcuboot_ed25519")]).checks)["signature"] == "failed"
    bare = struct.pack("<4sIHHIIBBHI4x", PLAIN[:4], 0x8000, 32, 0, 4, 0x14, 1, 2, 3, 0) + b"boot"
    image = explain(bare)
    assert {fact.name: fact.value for fact in image.facts} == {
        "version": "1.2.3",
        "size": "4 bytes",
        "load_address": "0x00008000",
        "flags": "encrypted (AES-128), not bootable",
    }
    assert verdicts(image.checks) == {"digest": "not-known", "signature": "not-known"}
    assert verdicts(explain(bare + b"\xff" * 8).checks)["digest"] == "not-known"


def with_entries(entries: bytes, total: int | None = None) -> bytes:
    head = struct.pack("<4sIHHIIBBHI4x", PLAIN[:4], 0, 32, 0, 4, 0, 1, 0, 0, 0) + b"boot"
    return head + struct.pack("<HH", 0x6907, 4 + len(entries) if total is None else total) + entries


def test_an_encrypted_image_says_so_and_odd_entries_say_nothing() -> None:
    entries = struct.pack("<HH", 0x32, 1) + b"k" + struct.pack("<HH", 0x50, 1) + b"c"
    entries += struct.pack("<HH", 0x40, 1) + b"d"
    names = [fact.name for fact in explain(with_entries(entries)).facts]
    assert names == ["version", "size", "encryption"]


@pytest.mark.parametrize(
    "data",
    [
        PLAIN[:20],
        PLAIN[:100],
        with_entries(b"\x10\0\xff\0"),
        with_entries(b"\x10\0"),
        with_entries(b"", 2),
        with_entries(b"", 400),
        with_entries(b"\xa0\0\0\0" * 300),
        PLAIN[:8] + b"\x10\0" + PLAIN[10:],
        PLAIN[:10] + b"\x28\0" + PLAIN[12:],
    ],
)
def test_what_is_cut_short_or_contradicts_itself_is_damaged(data: bytes) -> None:
    with pytest.raises(FirmwareMalformed):
        explain(data)


@given(st.binary(max_size=300), st.integers(0, 511))
def test_nothing_but_an_error_of_ours_comes_of_any_octets(noise: bytes, at: int) -> None:
    for data in (PLAIN[:4] + noise, octets("mcuboot_ecdsa-p256.bin")[:at] + noise):
        try:
            explain(data, [key("mcuboot_ecdsa-p256")])
        except FirmwareError:
            continue

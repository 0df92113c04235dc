"""Images of ESP-IDF: what they say, and what is noticed of each octet that was changed."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors.firmware import FirmwareError, FirmwareMalformed, FirmwareUnknown
from companion.firmware import Kind, explain
from tests.firmware.files import key, octets, verdicts

PLAIN = octets("esp32.bin")
SIGNED = (("esp32_rsa.bin", "esp_rsa"), ("c3_ec.bin", "esp_ec"), ("c3_ec192.bin", "esp_ec192"))
BLOCK = 4096


def test_it_says_what_it_is_for_and_which_version() -> None:
    image = explain(PLAIN)
    said = {fact.name: fact.value for fact in image.facts}
    assert image.kind is Kind.ESP_IDF and image.is_sound
    assert said == {
        "chip": "ESP32",
        "project": "harbour-lamp",
        "version": "2.1.0",
        "security_version": "3",
        "idf": "v5.4.1",
        "built": "Nov 30 2026 12:00:00",
        "elf_sha256": bytes(range(32)).hex(),
        "entry": "0x40081234",
    }
    assert verdicts(image.checks) == {"checksum": "passed", "digest": "passed", "signature": "not-known"}
    revisions = [fact.value for fact in explain(octets("c3_ec.bin")).facts if fact.name == "revisions"]
    assert revisions == ["1.0 to 1.99"]


@pytest.mark.parametrize(("file", "signer"), SIGNED)
def test_a_signature_is_checked_against_its_own_key_and_those_that_are_given(file: str, signer: str) -> None:
    image = explain(octets(file), [key("mcuboot_ed25519"), key(signer)])
    assert verdicts(image.checks)["signature-1"] == verdicts(image.checks)["signer-1"] == "passed"
    assert key(signer).fingerprint in str(image.checks[-1].reason)
    assert verdicts(explain(octets(file), [key("mcuboot_rsa-2048")]).checks)["signer-1"] == "failed"
    assert verdicts(explain(octets(file)).checks)["signer-1"] == "not-known"


def test_each_of_three_signatures_is_checked() -> None:
    data = octets("c3_ec.bin")
    block = data[BLOCK : BLOCK + 1216]
    found = verdicts(explain(data[:BLOCK] + 4 * block, [key("esp_ec")]).checks)
    assert [found.get(f"signer-{number}") for number in range(1, 5)] == ["passed", "passed", "passed", None]


def test_who_names_a_signer_does_not_take_an_unsigned_image() -> None:
    image = explain(PLAIN, [key("esp_rsa")])
    assert verdicts(image.checks)["signature"] == "failed" and not image.is_sound


@pytest.mark.parametrize(("file", "signer"), SIGNED)
def test_a_changed_image_is_no_longer_the_one_that_was_signed(file: str, signer: str) -> None:
    for at in (40, 300, 3000):
        changed = bytearray(octets(file))
        changed[at] ^= 1
        found = verdicts(explain(bytes(changed), [key(signer)]).checks)
        assert found["signed-digest-1"] == "failed" and "signer-1" not in found


def rewritten(file: str, at: int, value: bytes) -> bytes:
    """Octets of the signature block, with its checksum made good."""
    data = bytearray(octets(file))
    data[BLOCK + at : BLOCK + at + len(value)] = value
    data[BLOCK + 1196 : BLOCK + 1200] = zlib.crc32(data[BLOCK : BLOCK + 1196]).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        rewritten("esp32_rsa.bin", 1100, b"\0"),
        rewritten("esp32_rsa.bin", 36, bytes(384)),
        rewritten("c3_ec.bin", 120, b"\0"),
        rewritten("c3_ec.bin", 37, bytes(64)),
        rewritten("c3_ec.bin", 36, b"\x07"),
        rewritten("c3_ec.bin", 1, b"\x09"),
        octets("c3_ec.bin")[: BLOCK + 100] + bytes(1) + octets("c3_ec.bin")[BLOCK + 101 :],
    ],
)
def test_a_signature_block_that_is_made_up_is_named(data: bytes) -> None:
    assert verdicts(explain(data, [key("esp_ec")]).checks)["signature-1"] == "failed"


def test_an_image_without_a_digest_or_a_description_says_less() -> None:
    body = struct.pack("<BBBBIB3xHBHH4xB", 0xE9, 1, 2, 0x20, 0x400, 0xEE, 77, 0, 0, 0xFFFF, 0)
    body += struct.pack("<II", 0x400, 2048) + bytes(2048)
    body += bytes(15 - len(body) % 16) + b"\xef"
    image = explain(body)
    assert [fact.value for fact in image.facts] == ["chip 77", "0x00000400"]
    assert verdicts(image.checks) == {"checksum": "passed", "digest": "not-known", "signature": "not-known"}
    short = struct.pack("<BBBBIB3xHBHH4xB", 0xE9, 1, 2, 0x20, 0x400, 0xEE, 0, 0, 5, 0, 1)
    short += struct.pack("<II", 0, 1) + b"\x01" + bytes(14) + b"\xef"
    image = explain(short + sha256(short).digest())
    assert verdicts(image.checks)["checksum"] == "failed" and verdicts(image.checks)["digest"] == "passed"
    assert image.facts[1].value == "0.5 to any"


def test_a_description_without_a_date_is_one() -> None:
    data = bytearray(PLAIN)
    data[32 + 80 : 32 + 112] = bytes(32)
    assert "built" not in [fact.name for fact in explain(bytes(data)).facts]


@pytest.mark.parametrize("size", [2, 23, 24, 31, 32, 100, 350, 400, 431])
def test_what_is_cut_short_is_damaged(size: int) -> None:
    with pytest.raises(FirmwareMalformed):
        explain(PLAIN[:size])


@pytest.mark.parametrize("data", [b"", b"\xe9", b"\xe9\0", b"\xe9\x11", b"MZ", b"\xa1\x03"])
def test_what_is_no_firmware_is_said_to_be_unknown(data: bytes) -> None:
    with pytest.raises(FirmwareUnknown):
        explain(data)


@given(st.binary(max_size=600), st.integers(0, 440))
def test_nothing_but_an_error_of_ours_comes_of_any_octets(noise: bytes, at: int) -> None:
    for data in (noise, b"\xe9\x02" + noise, PLAIN[:at] + noise):
        try:
            explain(data)
        except FirmwareError:
            continue

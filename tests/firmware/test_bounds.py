"""Files of strangers: nothing, too much, cut short, or made to use memory up. A code and a sentence each."""

from __future__ import annotations

import tracemalloc

import pytest

from companion.encoding import cbor
from companion.errors.firmware import FirmwareError, FirmwareMalformed, FirmwareUnknown
from companion.firmware import explain, is_one
from tests.firmware.files import octets
from tests.firmware.test_suit import envelope

MOST = 2_000_000
"""Octets of memory beside the file itself."""
BOMBS = {
    "an array of 2^64": bytes.fromhex("d86ba2") + b"\x02\x49\x9b" + b"\xff" * 8 + b"\x03\x40",
    "a text of 2^63": bytes.fromhex("d86ba2") + b"\x02\x49\x7b\x7f" + b"\xff" * 7 + b"\x03\x40",
    "arrays in each other": envelope(manifest=None, digest=None)[:3] + b"\x81" * 100_000,
    "tags in each other": bytes.fromhex("d86b") + b"\xc1" * 100_000,
    "a manifest of arrays": envelope(blocks=(b"\xd2" + b"\x81" * 60_000,)),
    "many items": envelope(more=[0] * 11_000),
    "many items in others' entries": bytes.fromhex("d86ba3024003406161") + cbor.encode([{}] * 40_000),
    "a manifest of a megabyte": envelope(manifest={1: 1, 2: 5, 3: b"", 4: bytes(1 << 20)}),
    "a thousand signatures": envelope(blocks=(b"\xd2\x80",) * 1000),
    "a sequence in itself": envelope(
        manifest={
            1: 1,
            2: 5,
            3: cbor.encode({2: [[b"\0"]], 4: cbor.encode([15, [b"\x82\x0f\x81\x40"] * 50])}),
        }
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_malformed_and_takes_no_memory(name: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(FirmwareMalformed) as refused:
            explain(BOMBS[name])
        assert tracemalloc.get_traced_memory()[1] < MOST
    finally:
        tracemalloc.stop()
    assert refused.value.code == "F-102" and "Download it again" in refused.value.advice_text


def test_nothing_is_of_no_known_format() -> None:
    with pytest.raises(FirmwareUnknown):
        explain(b"")
    assert not is_one(b"") and not is_one(b"\x89PNG\r\n")


@pytest.mark.parametrize(
    "name", ["mcuboot_rsa-2048.bin", "mcuboot_unsigned.bin", "draft37_06_signed_923.hex"]
)
def test_a_file_that_is_cut_anywhere_is_malformed_or_said_to_lack_something(name: str) -> None:
    whole = octets(name)
    assert is_one(whole) and explain(whole).is_sound
    for end in range(len(whole)):
        try:
            image = explain(whole[:end])
        except FirmwareError:
            continue
        assert any(check.verdict.value != "passed" for check in image.checks), end


def test_an_esp_idf_image_that_is_cut_is_malformed() -> None:
    whole = octets("esp32_rsa.bin")
    for end in (*range(2, 40), *range(40, len(whole), 997)):
        try:
            image = explain(whole[:end])
        except FirmwareError:
            continue
        assert any(check.verdict.value != "passed" for check in image.checks), end

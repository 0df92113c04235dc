"""Secure Boot v2 of ESP-IDF: up to three signature blocks in a sector behind the image, with their keys."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from companion.firmware.image import failed, passed
from companion.firmware.keys import SignerKey, examined, holds, raw_to_der, unsigned
from companion.model import Check, Text

_SECTOR = 4096
_BLOCK = 1216
_MOST_BLOCKS = 3
_HEAD = struct.Struct("<BB2x32s")
_MAGIC, _RSA, _ECDSA = 0xE7, 2, 3
_CRC_AT = 1196
_RSA_SIZE = 384
_POINT_AT = _HEAD.size + 1
_CURVES: dict[int, tuple[ec.EllipticCurve, int]] = {1: (ec.SECP192R1(), 24), 2: (ec.SECP256R1(), 32)}
_SIGNED_DIGEST, _BLOCK_KEY = Text("Digest that is signed"), Text("Signature by the key beside it")


@dataclass(frozen=True)
class Block:
    """One signature. digest: of the image, in the block; actual: of the image, computed.

    signature: RSA-PSS, or ECDSA in DER; key: which the block holds, None for one that is none
    """

    digest: bytes
    actual: bytes
    signature: bytes
    key: SignerKey | None


def blocks_behind(data: bytes, end: int) -> tuple[Block, ...]:
    """Those of an image that ends there; the rest of its sector is part of what is signed."""
    start = -(-end // _SECTOR) * _SECTOR
    actual = sha256(data[:start]).digest()
    made = []
    for at in range(start, start + _MOST_BLOCKS * _BLOCK, _BLOCK):
        octets = data[at : at + _BLOCK]
        if len(octets) < _BLOCK or octets[0] != _MAGIC:
            break
        made.append(_block(octets, actual))
    return tuple(made)


def check(blocks: Sequence[Block], keys: Sequence[SignerKey]) -> tuple[Check, ...]:
    """What holds of each, and which of the keys that the user gave made it."""
    if not blocks:
        return (unsigned(keys),)
    return tuple(each for number, block in enumerate(blocks, 1) for each in _check(block, f"{number}", keys))


def _check(block: Block, number: str, keys: Sequence[SignerKey]) -> tuple[Check, ...]:
    if block.digest != block.actual:
        changed = Text("The image was changed after it was signed.")
        return (failed(f"signed-digest-{number}", _SIGNED_DIGEST, changed),)
    if block.key is None or not holds(block.key, block.signature, b"", digest=block.digest):
        made_up = Text("The signature block is damaged or made up.")
        return (failed(f"signature-{number}", _BLOCK_KEY, made_up),)
    said = Text("The key is {fingerprint}. Anyone can put one there.", {"fingerprint": block.key.fingerprint})
    beside = passed(f"signature-{number}", _BLOCK_KEY, said)
    return beside, examined(f"signer-{number}", keys, partial(_is, block.key))


def _is(own: SignerKey, other: SignerKey) -> bool:
    return own.spki == other.spki


def _block(octets: bytes, actual: bytes) -> Block:
    _, version, digest = _HEAD.unpack_from(octets)
    is_whole = zlib.crc32(octets[:_CRC_AT]) == int.from_bytes(octets[_CRC_AT : _CRC_AT + 4], "little")
    key, signature = None, b""
    if is_whole and version == _RSA:
        key, signature = _rsa(octets)
    elif is_whole and version == _ECDSA:
        key, signature = _ecdsa(octets)
    return Block(digest, actual, signature, key)


def _rsa(octets: bytes) -> tuple[SignerKey | None, bytes]:
    """Numbers are little-endian; between key and signature are two that speed the chip's arithmetic up."""
    at = _HEAD.size
    modulus = int.from_bytes(octets[at : at + _RSA_SIZE], "little")
    exponent = int.from_bytes(octets[at + _RSA_SIZE : at + _RSA_SIZE + 4], "little")
    at += 2 * _RSA_SIZE + 8
    try:
        key = SignerKey(rsa.RSAPublicNumbers(exponent, modulus).public_key())
    except ValueError:
        return None, b""
    return key, octets[at : at + _RSA_SIZE][::-1]


def _ecdsa(octets: bytes) -> tuple[SignerKey | None, bytes]:
    """Numbers are little-endian, in places for the larger curve."""
    curve, size = _CURVES.get(octets[_HEAD.size], (None, 0))
    if curve is None:
        return None, b""

    def pair(at: int) -> tuple[bytes, bytes]:
        return octets[at : at + size][::-1], octets[at + size : at + 2 * size][::-1]

    x, y = pair(_POINT_AT)
    try:
        numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x, "big"), int.from_bytes(y, "big"), curve)
        key = SignerKey(numbers.public_key())
    except ValueError:
        return None, b""
    return key, raw_to_der(b"".join(pair(_POINT_AT + 64)))

"""PSKc: what a commissioner proves to a network, made of the network's passphrase (Thread 1.3, 8.4.1.2).

PBKDF2 (RFC 8018) with AES-CMAC-PRF-128 (RFC 4615), 16,384 rounds, salt "Thread", extended PAN id, name.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

from companion.encoding.cmac import cmac
from companion.secret import Secret

PASSPHRASE = range(6, 256)
"""Lengths in octets of UTF-8."""
_ROUNDS = 16_384
_BLOCK = 16
_REDUCTION = 0x87
"""Of GF(2^128) (RFC 4493, 2.3)."""


def pskc_of(passphrase: Secret, name: bytes, extended_pan_id: bytes) -> Secret:
    """16 octets. Raises ValueError for a passphrase of a wrong length."""
    if len(passphrase) not in PASSPHRASE:
        raise ValueError("the passphrase has 6 to 255 octets")
    secret = passphrase.reveal()
    key = secret if len(secret) == _BLOCK else cmac(bytes(_BLOCK), secret)
    first = cmac(key, b"Thread" + extended_pan_id + name + (1).to_bytes(4, "big"))
    # A round is the CMAC of one block: AES(block ^ subkey). CBC over nothing but subkeys makes them all.
    chain = Cipher(AES(key), CBC(first)).encryptor().update(_subkey(key) * (_ROUNDS - 1))
    combined = int.from_bytes(first, "big")
    for at in range(0, len(chain), _BLOCK):
        combined ^= int.from_bytes(chain[at : at + _BLOCK], "big")
    return Secret(combined.to_bytes(_BLOCK, "big"))


def _subkey(key: bytes) -> bytes:
    """K1 of CMAC (RFC 4493, 2.3). ECB: of the one block of zeros that it is made of."""
    zero = int.from_bytes(Cipher(AES(key), ECB()).encryptor().update(bytes(_BLOCK)), "big")
    doubled = zero << 1 & (1 << 128) - 1
    return (doubled ^ _REDUCTION if zero >> 127 else doubled).to_bytes(_BLOCK, "big")

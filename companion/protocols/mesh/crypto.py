"""The security functions of Bluetooth mesh (Mesh Protocol 1.1, section 3.9): octets in, octets out.

The names are the specification's: N is the key material, P the purpose, each as it names them there.
"""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from companion.encoding.cmac import cmac

KEY_SIZE = 16
NONCE_SIZE = 13

_NID_MASK, _AID_MASK = 0x7F, 0x3F
_ID128 = b"id128\x01"


def e(key: bytes, block: bytes) -> bytes:
    """One block of AES-128. All 16 octets."""
    return Cipher(AES(key), ECB()).encryptor().update(block)


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """32 octets."""
    mac = hmac.HMAC(key, hashes.SHA256())
    mac.update(message)
    return mac.finalize()


def s1(m: bytes) -> bytes:
    """A salt of 16 octets."""
    return cmac(bytes(KEY_SIZE), m)


def s2(m: bytes) -> bytes:
    """A salt of 32 octets."""
    return hmac_sha256(bytes(32), m)


def k1(n: bytes, salt: bytes, p: bytes) -> bytes:
    """A key of 16 octets. salt: 16"""
    return cmac(cmac(salt, n), p)


def k2(n: bytes, p: bytes) -> tuple[int, bytes, bytes]:
    """NID (7 bits), encryption key and privacy key (16 octets each) of a network key.

    p: one octet 0 for managed flooding
    """
    t = cmac(s1(b"smk2"), n)
    first = cmac(t, p + b"\x01")
    second = cmac(t, first + p + b"\x02")
    return first[-1] & _NID_MASK, second, cmac(t, second + p + b"\x03")


def k3(n: bytes) -> bytes:
    """8 octets, such as the network ID of a network key."""
    return cmac(cmac(s1(b"smk3"), n), b"id64\x01")[-8:]


def k4(n: bytes) -> int:
    """The AID (6 bits) of an application key."""
    return cmac(cmac(s1(b"smk4"), n), b"id6\x01")[-1] & _AID_MASK


def k5(n: bytes, salt: bytes, p: bytes) -> bytes:
    """A key of 32 octets. salt: 32"""
    return hmac_sha256(hmac_sha256(salt, n), p)


def identity_key(network_key: bytes) -> bytes:
    """With which a node proves to those who have the network key which one it is."""
    return k1(network_key, s1(b"nkik"), _ID128)


def beacon_key(network_key: bytes) -> bytes:
    """Authenticates Secure Network beacons."""
    return k1(network_key, s1(b"nkbk"), _ID128)


def private_beacon_key(network_key: bytes) -> bytes:
    """Encrypts Mesh Private beacons."""
    return k1(network_key, s1(b"nkpk"), _ID128)

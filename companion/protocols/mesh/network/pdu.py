"""The network PDU: encrypted, authenticated, and its header obfuscated (Mesh Protocol 1.1, 3.4.4, 3.9.7).

IVI and NID (1 octet) | CTL and TTL (1), SEQ (3), SRC (2): obfuscated | DST (2), transport PDU: encrypted |
MIC (4; 8 of a control message)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from companion.encoding.ccm import AesCcm, NotAuthentic
from companion.protocols.mesh import addresses, crypto
from companion.protocols.mesh.network.keys import NetworkCredentials
from companion.secret import Secret

LAST_SEQUENCE = 0xFFFFFF
LAST_TTL = 0x7F
LONGEST = 29
"""Octets of a network PDU, on every bearer."""
LONGEST_ACCESS, LONGEST_CONTROL = 16, 12
"""Octets of the transport PDU within."""

_SHORTEST = 14
_ACCESS_MIC, _CONTROL_MIC = 4, 8
_PLAIN, _HEADER = 1, 6
_CLEAR = _PLAIN + _HEADER
_PRIVACY_RANDOM = 7
_CONTROL, _NID_MASK = 0x80, 0x7F
_NETWORK_NONCE, _PROXY_NONCE = 0x00, 0x03


@dataclass(frozen=True)
class NetworkPdu:
    """One hop's message. control: it steers the transport or a proxy; transport: 1 to 16 octets, or 12."""

    control: bool
    ttl: int
    sequence: int
    source: int
    destination: int
    transport: bytes


@dataclass(frozen=True)
class Opened:
    """A PDU that proved to be of our network. iv_index: with which it was sent"""

    pdu: NetworkPdu
    iv_index: int


def seal(pdu: NetworkPdu, credentials: NetworkCredentials, iv_index: int, *, proxy: bool = False) -> bytes:
    """As it is sent. proxy: it configures a proxy, which is a kind of its own (3.9.5.4)."""
    header = bytes([_CONTROL * pdu.control | pdu.ttl]) + pdu.sequence.to_bytes(3, "big")
    header += pdu.source.to_bytes(2, "big")
    clear = pdu.destination.to_bytes(2, "big") + pdu.transport
    sealed = _cipher(credentials.encryption, _mic(pdu.control)).seal(_nonce(header, iv_index, proxy), clear)
    first = (iv_index & 1) << 7 | credentials.nid
    return bytes([first]) + _obfuscate(header, sealed, credentials.privacy, iv_index) + sealed


def unseal(
    octets: bytes, credentials: NetworkCredentials, iv_index: int, *, proxy: bool = False
) -> Opened | None:
    """The PDU, or None where it is not of these credentials or not whole. iv_index: the current one

    The previous IV index is understood too, as the specification requires.
    """
    if not _SHORTEST <= len(octets) <= LONGEST or octets[0] & _NID_MASK != credentials.nid:
        return None
    used = iv_index - ((octets[0] >> 7) ^ (iv_index & 1))
    if used < 0:
        return None
    sealed = octets[_CLEAR:]
    header = _obfuscate(octets[_PLAIN:_CLEAR], sealed, credentials.privacy, used)
    control = bool(header[0] & _CONTROL)
    try:
        cipher = _cipher(credentials.encryption, _mic(control))
        clear = cipher.unseal(_nonce(header, used, proxy), sealed)
    except NotAuthentic:
        return None
    source = int.from_bytes(header[4:6], "big")
    # Only those who have the network key get here, with a source that nobody can have or nothing to say.
    if not addresses.is_unicast(source) or len(clear) <= 2:
        return None
    pdu = NetworkPdu(
        control,
        header[0] & LAST_TTL,
        int.from_bytes(header[1:4], "big"),
        source,
        int.from_bytes(clear[:2], "big"),
        clear[2:],
    )
    return Opened(pdu, used)


def _mic(control: bool) -> int:
    return _CONTROL_MIC if control else _ACCESS_MIC


def _nonce(header: bytes, iv_index: int, proxy: bool) -> bytes:
    """header: in clear"""
    if proxy:
        return bytes([_PROXY_NONCE, 0]) + header[1:6] + bytes(2) + iv_index.to_bytes(4, "big")
    return bytes([_NETWORK_NONCE]) + header + bytes(2) + iv_index.to_bytes(4, "big")


def _obfuscate(header: bytes, sealed: bytes, privacy: Secret, iv_index: int) -> bytes:
    """The same function hides and shows."""
    plain = bytes(5) + iv_index.to_bytes(4, "big") + sealed[:_PRIVACY_RANDOM]
    pad = crypto.e(privacy.reveal(), plain)
    return bytes(a ^ b for a, b in zip(header, pad, strict=False))


@lru_cache(maxsize=64)
def _cipher(key: Secret, mic: int) -> AesCcm:
    return AesCcm(key.reveal(), mic)

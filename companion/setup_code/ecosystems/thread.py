"""Thread joiner codes (OpenThread "Thread Connect QR code"): `v=1&&eui=<16 hex>&&cc=<PSKd>`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.errors import CodeMalformed
from companion.model import CodeField, SetupCode, Text
from companion.secret import Secret

_START = re.compile(r"v=\d+&&", re.IGNORECASE)
_CODE = re.compile(r"v=1&&eui=([0-9A-Fa-f]{16})&&cc=([0-9A-HJ-NPR-Y]{6,32})", re.ASCII | re.IGNORECASE)

# Types of MeshCoP TLVs (Thread 1.1, 8.10.1; OpenThread's meshcop_tlvs.hpp).
_NETWORK_NAME, _NETWORK_KEY = 3, 5
_DATASET = re.compile(r"[0-9A-Fa-f]{40,508}", re.ASCII)


@dataclass(frozen=True)
class ThreadJoinerCode:
    """eui64: sixteen hex digits. pskd: the joiner's credential, base-32 of Thread (no I, O, Q, Z)."""

    eui64: str
    pskd: Secret


@dataclass(frozen=True)
class ThreadNetworkCode:
    """dataset: TLVs, whose ends fit; nothing else of them was checked."""

    dataset: Secret


def recognise(text: str) -> SetupCode | None:
    """The code if the text starts with `v=...&&`, or a network. Raises CodeMalformed if it is damaged."""
    text = text.strip()
    if not _START.match(text):
        return _network(text)
    match = _CODE.fullmatch(text)
    if match is None:
        raise CodeMalformed("not an EUI-64 and a joiner credential", kind="Thread")
    code = ThreadJoinerCode(match[1].lower(), Secret(match[2].upper()))
    return SetupCode(
        ecosystem="thread",
        title="Thread joiner",
        verdict=Text(
            "This device joins over Thread, not over Bluetooth. Add it with a commissioner of your "
            "Thread network, for example the OpenThread border router's web page."
        ),
        text=Secret(text),
        payload=code,
        fields=(CodeField("eui64", "EUI-64", code.eui64), CodeField("pskd", "Joiner credential", code.pskd)),
    )


def _network(text: str) -> SetupCode | None:
    """An operational dataset: TLVs in hexadecimal digits, with a network's key and name among them."""
    if len(text) % 2 or not _DATASET.fullmatch(text):
        return None
    values = _values(bytes.fromhex(text))
    if len(values.get(_NETWORK_KEY, b"")) != 16 or not values.get(_NETWORK_NAME):
        return None
    return SetupCode(
        ecosystem="thread-network",
        title="Thread network",
        verdict=Text(
            "This is a Thread network with its key, not a device. Companion can use it for devices that join "
            "Thread; “companion dataset import” saves it."
        ),
        text=Secret(text),
        payload=ThreadNetworkCode(Secret(bytes.fromhex(text))),
        fields=(
            CodeField("network", "Network", values[_NETWORK_NAME].decode(errors="replace")),
            CodeField("dataset", "Dataset", Secret(text)),
        ),
    )


def _values(octets: bytes) -> dict[int, bytes]:
    """The values by type, or none where the last one is cut short."""
    values = {}
    at = 0
    while at < len(octets):
        end = at + 2 + int.from_bytes(octets[at + 1 : at + 2])
        if at + 2 > len(octets) or end > len(octets):
            return {}
        values[octets[at]] = octets[at + 2 : end]
        at = end
    return values

"""Wi-Fi Easy Connect bootstrapping URIs (Wi-Fi Easy Connect 3.0, 5.2.1): `DPP:...;K:<key>;;`."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass

from companion.errors import CodeMalformed
from companion.model import CodeField, SetupCode, Text
from companion.secret import Secret

PREFIX = "DPP:"

_CHANNELS = re.compile(r"(?:\d{1,3}/\d{1,3}(?:,\d{1,3})*)(?:,\d{1,3}/\d{1,3}(?:,\d{1,3})*)*", re.ASCII)
_MAC = re.compile(r"[0-9A-Fa-f]{12}|[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}")
_CURVES = ("secp256r1", "secp384r1", "secp521r1", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1")


@dataclass(frozen=True)
class DppCode:
    """A bootstrapping URI. public_key: DER SubjectPublicKeyInfo. mac: "aabbccddeeff".

    channels: as written, "81/1,115/36". information: the maker's own text, often a serial number.
    """

    public_key: bytes
    curve: str
    mac: str | None = None
    channels: str | None = None
    information: str | None = None
    version: str | None = None


def recognise(text: str) -> SetupCode | None:
    """The code if the text starts with `DPP:`. Raises CodeMalformed if it is damaged."""
    text = text.strip()
    if text[:4].upper() != PREFIX:
        return None
    code = parse(PREFIX + text[len(PREFIX) :])
    fields = [CodeField("curve", "Curve of its key", code.curve)]
    for name, label in (("mac", "MAC address"), ("channels", "Channels"), ("information", "Information")):
        value = getattr(code, name)
        if value is not None:
            fields.append(CodeField(name, label, value))
    return SetupCode(
        ecosystem="dpp",
        title="Wi-Fi Easy Connect device",
        verdict=Text(
            "This device uses Wi-Fi Easy Connect, which Companion does not support. Add it in "
            "Android's Wi-Fi settings with “Add device” next to your network."
        ),
        text=Secret(text),
        payload=code,
        fields=tuple(fields),
    )


def parse(text: str) -> DppCode:
    """The parts of a bootstrapping URI; unknown ones are ignored. Raises CodeMalformed."""
    try:
        return _parse(text)
    except ValueError as error:
        raise CodeMalformed(str(error), kind="Wi-Fi Easy Connect") from None


def _parse(text: str) -> DppCode:
    if not text.startswith(PREFIX) or not text.endswith(";;"):
        raise ValueError("the code does not end with two semicolons")
    parts = _parts(text[len(PREFIX) : -2])
    public_key = base64.b64decode(parts.get("K", ""), validate=True)
    mac, channels = parts.get("M") or None, parts.get("C") or None
    if mac is not None and not _MAC.fullmatch(mac):
        raise ValueError("the MAC address is damaged")
    if channels is not None and not _CHANNELS.fullmatch(channels):
        raise ValueError("the channel list is damaged")
    return DppCode(
        public_key,
        _curve(public_key),
        mac.replace(":", "").lower() if mac else None,
        channels,
        parts.get("I") or None,
        parts.get("V") or None,
    )


def _parts(body: str) -> Mapping[str, str]:
    parts: dict[str, str] = {}
    for part in body.split(";"):
        key, colon, value = part.partition(":")
        if not colon or key in parts:
            raise ValueError("a part has no name, or appears twice")
        parts[key] = value
    return parts


def _curve(public_key: bytes) -> str:
    """The curve of a key that lies on it. Raises ValueError for any other key."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        key = load_der_public_key(public_key)
    except (ValueError, UnsupportedAlgorithm):
        raise ValueError("the public key is damaged") from None
    if not isinstance(key, EllipticCurvePublicKey) or key.curve.name not in _CURVES:
        raise ValueError("the public key is of a kind that Easy Connect does not use")
    return key.curve.name

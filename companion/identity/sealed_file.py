"""The sealed file: secrets by name under one 256-bit key, readable header in front.

The file is one JSON object: `companion_vault` (format number), `purpose`, `lock` (how the key is got:
see `locks`), `nonce`, `sealed` (AES-256-GCM over the JSON object of the secrets, with the header as
associated data) and `sha256` over all of it. The hash only tells damage from a wrong passphrase;
protection comes from the AEAD.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from companion.errors import KeyStoreDamaged, KeyStorePassphraseWrong, WrittenByNewer

FORMAT = 1
KEY_BYTES = 32
NONCE_BYTES = 12
MAX_FILE = 4 << 20


@dataclass(frozen=True)
class SealedFile:
    """A sealed file as read: what it is for, how its key is got, and what is inside, still sealed."""

    purpose: str
    lock: Mapping[str, Any]
    nonce: bytes
    sealed: bytes

    def open(self, key: bytes) -> dict[str, bytes]:
        """The secrets by name. Raises KeyStorePassphraseWrong if `key` (32 bytes) is not the file's,
        KeyStoreDamaged if what it opens is not secrets by name."""
        try:
            clear = AESGCM(key).decrypt(self.nonce, self.sealed, _header(self.purpose, self.lock))
        except InvalidTag:
            raise KeyStorePassphraseWrong("the key file does not open under this key") from None
        try:
            return {name: base64.b64decode(value) for name, value in json.loads(clear).items()}
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise KeyStoreDamaged("the key file opens, but it does not hold secrets by name") from None


def seal(purpose: str, lock: Mapping[str, Any], key: bytes, content: Mapping[str, bytes]) -> bytes:
    """The bytes of a sealed file that keeps `content` under `key` (32 bytes)."""
    clear = json.dumps({name: base64.b64encode(value).decode() for name, value in content.items()})
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, clear.encode(), _header(purpose, lock))
    fields = {
        **_header_fields(purpose, lock),
        "nonce": base64.b64encode(nonce).decode(),
        "sealed": base64.b64encode(sealed).decode(),
    }
    return json.dumps({**fields, "sha256": _digest(fields)}, indent=1).encode()


def parse(content: bytes, *, most: int = MAX_FILE) -> SealedFile:
    """The sealed file in `content`, of at most `most` octets. Raises KeyStoreDamaged, or WrittenByNewer for
    a later format."""
    try:
        if len(content) > most:
            raise ValueError("it is too large")
        fields = json.loads(content)
        if not isinstance(fields, dict) or not isinstance(fields.get("companion_vault"), int):
            raise ValueError("it is not a key file")
        if fields["companion_vault"] > FORMAT:
            raise WrittenByNewer(f"the key file has format {fields['companion_vault']}")
        if fields.pop("sha256", None) != _digest(fields):
            raise ValueError("its checksum is wrong")
        nonce = base64.b64decode(fields["nonce"], validate=True)
        if len(nonce) != NONCE_BYTES:
            raise ValueError(f"its nonce has {len(nonce)} bytes")
        sealed = base64.b64decode(fields["sealed"], validate=True)
        return SealedFile(str(fields["purpose"]), dict(fields["lock"]), nonce, sealed)
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise KeyStoreDamaged(f"the key file can't be read: {problem}") from problem


def _header_fields(purpose: str, lock: Mapping[str, Any]) -> dict[str, Any]:
    return {"companion_vault": FORMAT, "purpose": purpose, "lock": dict(lock)}


def _header(purpose: str, lock: Mapping[str, Any]) -> bytes:
    return json.dumps(_header_fields(purpose, lock), sort_keys=True).encode()


def _digest(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()

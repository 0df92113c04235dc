"""The product attestation authorities (PAA) that are trusted.

Official ones come from a folder or an export of the CSA's ledger that the user imports; nothing is fetched.
Test roots are told apart by their key or vendor, wherever they come from: everybody can issue under them.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from companion.protocols.matter.attestation.certificates import (
    AttestationCertificate,
    BadCertificate,
    Kind,
    parse,
)
from companion.protocols.matter.attestation.trust.imported_json import MAX_SIZE, Json, is_json, loads

MAX_FILE = 64 * 1024
"""Octets of a certificate file."""
TEST_VENDORS = range(0xFFF1, 0xFFF5)
_TEST_KEYS = frozenset(
    {
        bytes.fromhex("785ce705b86b8f4e6fc793aa60cb43ea696882d5"),
        bytes.fromhex("6afd22771f511fecbf1641976710dcdc31a1717e"),
    }
)
"""The two test authorities of the Matter SDK, whose private keys are public."""
_PEM = re.compile(b"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)
_ATTESTATION = "DeviceAttestationPKI"


class Roots:
    """Authorities by key identifier. Of two with one key, the first counts."""

    def __init__(self, authorities: Iterable[AttestationCertificate]) -> None:
        self._authorities: dict[bytes, AttestationCertificate] = {}
        for authority in authorities:
            self._authorities.setdefault(authority.key_id, authority)

    def __iter__(self) -> Iterator[AttestationCertificate]:
        return iter(self._authorities.values())

    def __len__(self) -> int:
        return len(self._authorities)

    def __or__(self, others: Roots) -> Roots:
        return Roots((*self, *others))

    def find(self, key_id: bytes | None) -> AttestationCertificate | None:
        return self._authorities.get(key_id) if key_id is not None else None

    @property
    def official(self) -> tuple[AttestationCertificate, ...]:
        return tuple(authority for authority in self if not is_test(authority))


@dataclass(frozen=True)
class Imported:
    """What was read. refused: names of files (or key identifiers in hex) that hold no authority, and why."""

    roots: Roots
    refused: Mapping[str, str]


def is_test(authority: AttestationCertificate) -> bool:
    """True for an authority that proves nothing but that somebody develops."""
    return authority.key_id in _TEST_KEYS or authority.vendor in TEST_VENDORS


@cache
def published_test_roots() -> Roots:
    """The test authorities of the Matter SDK, so that development boards are named as such."""
    folder = files("companion.protocols.matter.attestation") / "data" / "roots"
    return read_files({entry.name: entry.read_bytes() for entry in folder.iterdir()}).roots


def read_files(contents: Mapping[str, bytes]) -> Imported:
    """Authorities in files: PEM (several in one), DER, or JSON of the ledger. contents: by name."""
    found: list[AttestationCertificate] = []
    refused: dict[str, str] = {}
    for name in sorted(contents):
        try:
            encoded = list(_certificates(name, contents[name]))
        except ValueError as error:
            refused[name] = str(error)
            continue
        for der in encoded:
            try:
                found.append(parse(der, Kind.PAA))
            except BadCertificate as error:
                refused[name] = str(error.reason)
    return Imported(Roots(found), refused)


def longest(name: str) -> int:
    """Octets that a file of this name may hold to be read."""
    return MAX_SIZE if is_json(name) else MAX_FILE


def _certificates(name: str, data: bytes) -> Iterator[bytes]:
    """DER of what a file holds. Raises ValueError."""
    if is_json(name):
        yield from _of_ledger(data)
        return
    if len(data) > MAX_FILE:
        raise ValueError("too long")
    blocks = _PEM.findall(data)
    if not blocks:
        yield data
    for block in blocks:
        yield _unarmoured(block)


def _of_ledger(data: bytes) -> Iterator[bytes]:
    """DER of the authorities in what the ledger's REST interface answers, at whatever depth they are."""
    waiting: list[Json] = [loads(data)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            pem = value.get("pemCert")
            kind = value.get("certificateType", _ATTESTATION)
            if isinstance(pem, str) and value.get("isRoot") is not False and kind == _ATTESTATION:
                yield from map(_unarmoured, _PEM.findall(pem.encode()))
            waiting += value.values()


def _unarmoured(block: bytes) -> bytes:
    try:
        return b64decode(block, validate=False)
    except binascii.Error as error:
        raise ValueError("not Base64") from error

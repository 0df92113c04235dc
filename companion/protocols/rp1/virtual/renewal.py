"""A virtual RP1 device renews its certificate at its endpoint (RP1, section 10.3; RFC 7030, 4.2.2).

The slots stay as they were committed: the renewed chain lies beside them, and counts for as long as the
committed certificate is the one that it follows on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from companion.encoding import cbor, shape
from companion.endpoint.http_messages import END_OF_HEAD
from companion.est.messages import PREFIX, REQUEST_TYPE, InvalidEst, chain_of, decode_certificates, encode
from companion.files import MAX_SMALL_FILE, read_own, replace_durably
from companion.protocols.rp1.credentials.items import ItemType, LdevidChain
from companion.protocols.rp1.device.authority import Trial

FILE = "renewed.cbor"
MOST_CERTIFICATES = 8


class RenewalFailed(Exception):
    """The endpoint gave no new certificate, for this reason."""


@dataclass(frozen=True)
class RenewedCertificate:
    """What the device keeps beside its slots. folder: where it survives; None: nowhere.

    follows: SHA-256 of the committed leaf; chain: DER, leaf first
    """

    folder: Path | None = None
    follows: bytes = b""
    chain: tuple[bytes, ...] = ()

    @classmethod
    def load(cls, folder: Path | None) -> RenewedCertificate:
        """What the folder holds. Raises OSError and ValueError."""
        if folder is None or not (folder / FILE).exists():
            return cls(folder)
        follows, chain = shape.array(cbor.decode(read_own(MAX_SMALL_FILE, folder / FILE)), 2, 2)
        kept = shape.array(chain, 1, MOST_CERTIFICATES)
        return cls(
            folder,
            shape.octets(follows, 32, 32),
            tuple(shape.octets(each, 1, cbor.MAX_SIZE) for each in kept),
        )

    def applied(self, settings: Trial) -> Trial:
        """The settings with the renewed chain in place of the committed one that it follows on."""
        committed = settings.settings.get(ItemType.LDEVID)
        if not isinstance(committed, LdevidChain) or _print(committed.chain[0]) != self.follows:
            return settings
        return replace(settings, settings={**settings.settings, ItemType.LDEVID: LdevidChain(self.chain)})

    def took(self, settings: Trial, key: ec.EllipticCurvePublicKey, answer: bytes) -> RenewedCertificate:
        """With the chain of an HTTP response; settings: as committed; key: the certificate's. Raises
        RenewalFailed, OSError."""
        committed = settings.settings[ItemType.LDEVID]
        assert isinstance(committed, LdevidChain)
        try:
            chain = chain_of(key, decode_certificates(_body(answer)))
        except InvalidEst as problem:
            raise RenewalFailed(str(problem)) from problem
        renewed = replace(self, follows=_print(committed.chain[0]), chain=chain)
        if self.folder is not None:
            replace_durably(self.folder / FILE, cbor.encode([renewed.follows, list(renewed.chain)]))
        return renewed


def due(settings: Trial) -> float | None:
    """Seconds until half of the certificate's life is over; None: there is none."""
    current = settings.settings.get(ItemType.LDEVID)
    if not isinstance(current, LdevidChain) or settings.key is None:
        return None
    leaf = x509.load_der_x509_certificate(current.chain[0])
    begin, end = leaf.not_valid_before_utc.timestamp(), leaf.not_valid_after_utc.timestamp()
    return (begin + end) / 2 - settings.now


def http_request(settings: Trial, key: ec.EllipticCurvePrivateKey, host: str) -> bytes:
    """The HTTP request for the next certificate. settings: as they are used now, with a certificate; key: its
    own."""
    current = settings.settings[ItemType.LDEVID]
    assert isinstance(current, LdevidChain)
    leaf = x509.load_der_x509_certificate(current.chain[0])
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    made = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(leaf.subject)
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    body = encode(made.public_bytes(Encoding.DER))
    head = (
        f"POST {PREFIX}/simplereenroll HTTP/1.1\r\nHost: {host}\r\nContent-Type: {REQUEST_TYPE}\r\n"
        f"Content-Transfer-Encoding: base64\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def _body(answer: bytes) -> bytes:
    """Of an HTTP response that went well. Raises RenewalFailed."""
    head, _, body = answer.partition(END_OF_HEAD)
    line = head.split(b"\r\n", 1)[0].split(b" ", 2)
    if len(line) < 2 or line[1] != str(HTTPStatus.OK.value).encode():
        said = body[:200].decode(errors="replace").strip()
        raise RenewalFailed(said or "the endpoint speaks no EST")
    return body


def _print(leaf: bytes) -> bytes:
    return hashlib.sha256(leaf).digest()

"""The certificates of a proof: from the root for which the owner vouches down to the device's own."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from cryptography import x509

from companion.identity.names import FINGERPRINT_SIZE, DeviceName, owner_digest


class BadCertificate(ValueError):
    """A chain in which a signature does not hold, or whose leaf is another device's."""


def check_chain(chain: Sequence[bytes], root: bytes) -> tuple[datetime, datetime]:
    """Every certificate is signed by the next one, the last by the root; all between may sign.

    chain: DER, leaf first, without the root. Returns from when until when the leaf is valid, UTC. That it
    has ended is no defect: what it proves was then. Raises BadCertificate.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what pyca takes for the last time is wrong already
            read = [_load(der) for der in (*chain, root)]
        for below, (subject, issuer) in enumerate(pairwise(read)):
            subject.verify_directly_issued_by(issuer)
            if below:
                _check_ca(subject, below - 1)
    except BadCertificate:
        raise
    except Exception as problem:  # pyca raises several unrelated types for foreign certificates
        raise BadCertificate("a signature in the chain does not hold") from problem
    leaf = read[0]
    return leaf.not_valid_before_utc, leaf.not_valid_after_utc


def _load(der: bytes) -> x509.Certificate:
    """Raises BadCertificate for unused bits in the signature (X.690, 8.6.2), which pyca passes over."""
    read = x509.load_der_x509_certificate(der)
    if not der.endswith(b"\0" + read.signature):
        raise BadCertificate("a certificate was changed after it was signed")
    return read


def check_name(leaf: bytes, owner: bytes, identity_key: bytes) -> None:
    """The leaf names this device (its identity key) and this owner. Raises ValueError."""
    name = DeviceName.of(leaf)
    if name.fp != hashlib.sha256(identity_key).digest()[:FINGERPRINT_SIZE]:
        raise BadCertificate("it is the certificate of another device")
    if name.owner != owner_digest(owner):
        raise BadCertificate("it is the certificate of another owner")


def _check_ca(certificate: x509.Certificate, below: int) -> None:
    """below: how many CA certificates are under this one."""
    try:
        bounds = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound as missing:
        raise BadCertificate("a certificate in the chain may not sign") from missing
    if not bounds.ca or (bounds.path_length is not None and below > bounds.path_length):
        raise BadCertificate("a certificate in the chain may not sign")

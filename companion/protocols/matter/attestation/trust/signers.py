"""Who may sign Certification Declarations: the CSA's keys (Core 6.3.2), and the test key of appendix F."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from companion.encoding import es256

TEST_KEY_ID = bytes.fromhex("62fa823359acfaa9963e1cfa140addf504f37160")
_CSA_ROOT = "csa-root.pem"


class BadSigner(ValueError):
    """A certificate that is not that of a key for declarations."""


@dataclass(frozen=True)
class Signer:
    """key_id: 20 octets; key: point (65 octets); name: for people, as its certificate has it."""

    key_id: bytes
    key: bytes
    name: str

    @property
    def is_test(self) -> bool:
        """Everybody has the private key of the test signer."""
        return self.key_id == TEST_KEY_ID


class Signers:
    """Signers by key identifier."""

    def __init__(self, signers: Iterable[Signer]) -> None:
        self._signers = {signer.key_id: signer for signer in signers}

    def __len__(self) -> int:
        return len(self._signers)

    def find(self, key_id: bytes) -> Signer | None:
        return self._signers.get(key_id)

    def with_certificate(self, pem: bytes) -> Signers:
        """These and one more, whose certificate the CSA's authority issued. Raises BadSigner."""
        return Signers((*self._signers.values(), _signer(pem, _root())))


@cache
def known_signers() -> Signers:
    """The signers that every commissioner knows: five of the CSA, and the test key."""
    held = [entry for entry in _folder().iterdir() if entry.name not in (_CSA_ROOT, "test.pem")]
    official = [_signer(entry.read_bytes(), _root()) for entry in sorted(held, key=lambda entry: entry.name)]
    return Signers((*official, _signer((_folder() / "test.pem").read_bytes(), None)))


def _folder() -> Traversable:
    return files("companion.protocols.matter.attestation") / "data" / "signers"


def _root() -> x509.Certificate:
    return x509.load_pem_x509_certificate((_folder() / _CSA_ROOT).read_bytes())


def _signer(pem: bytes, root: x509.Certificate | None) -> Signer:
    """Of a certificate that `root` issued, or itself without one. Raises BadSigner."""
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        certificate.verify_directly_issued_by(root or certificate)
        key_id = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
        key = certificate.public_key()
    except (
        ValueError,
        TypeError,
        InvalidSignature,
        x509.ExtensionNotFound,
        x509.DuplicateExtension,
    ) as error:
        raise BadSigner("not a certificate of the CSA") from error
    if not es256.is_p256(key):
        raise BadSigner("not a key of P-256")
    point = es256.point(key)
    return Signer(key_id, point, certificate.subject.rfc4514_string())

"""A made-up manufacturer of virtual Matter devices: who vouches for them, rightly or wrongly."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.files import MAX_SMALL_FILE, read_own, replace_durably
from companion.protocols.matter.attestation.certificates import Kind
from companion.protocols.matter.attestation.declaration.declaration import CertificationType, Declaration
from companion.protocols.matter.attestation.issuance import (
    DeviceCredentials,
    Holder,
    declare,
    issue,
)
from companion.protocols.matter.attestation.published_keys import published_root, published_signer
from companion.protocols.matter.attestation.trust.signers import TEST_KEY_ID
from companion.protocols.matter.crypto.keys import KeyPair, key_identifier
from companion.protocols.matter.virtual.factory.product import VENDOR, Product
from companion.secret import Secret

ROOT_FILE, REVOKED_FILE = "root.pem", "revoked.json"
_KEY_FILE = "maker.key"
_OTHER_VENDOR, _OTHER_PRODUCT = 0xFFF2, 0x8FFF
_ENDED = datetime(2023, 1, 1, tzinfo=UTC)
_CERTIFICATE = "CSA00000SWC00000-00"


@dataclass(frozen=True)
class Manufacturer:
    """Who makes virtual devices.

    root: PAA; intermediate: PAI; revoked: a PAI that it has revoked; signer: of declarations
    """

    root: Holder
    intermediate: Holder
    revoked: Holder
    signer: KeyPair

    def vouch(self, product: Product) -> DeviceCredentials:
        """What it puts into a device."""
        dac = issue(Kind.DAC, self.intermediate, VENDOR, product.kind.product)
        declaration = Declaration(
            vendor=VENDOR,
            products=(product.kind.product,),
            device_type=product.kind.device_type,
            certificate=_CERTIFICATE,
            certification=CertificationType.TEST,
        )
        return DeviceCredentials(dac, self.intermediate.der, declare(declaration, self.signer, TEST_KEY_ID))

    def vouch_with_foreign_signature(self, product: Product) -> DeviceCredentials:
        """The declaration is signed by a key that is not the signer's."""
        return replace(self, signer=KeyPair.generate()).vouch(product)

    def vouch_for_other(self, product: Product) -> DeviceCredentials:
        """The declaration is of another product."""
        declaration = Declaration(
            vendor=VENDOR,
            products=(_OTHER_PRODUCT,),
            device_type=product.kind.device_type,
            certificate=_CERTIFICATE,
            certification=CertificationType.TEST,
        )
        signed = declare(declaration, self.signer, TEST_KEY_ID)
        return replace(self.vouch(product), declaration=signed)

    def vouch_by_other_vendor(self, product: Product) -> DeviceCredentials:
        """The intermediate is another vendor's."""
        return replace(self, intermediate=issue(Kind.PAI, self.root, _OTHER_VENDOR)).vouch(product)

    def vouch_by_stranger(self, product: Product) -> DeviceCredentials:
        """The intermediate that is shown did not sign the device's certificate."""
        stranger = issue(Kind.PAI, self.root, VENDOR)
        return replace(self.vouch(product), pai=stranger.der)

    def vouch_until_the_past(self, product: Product) -> DeviceCredentials:
        """The device's certificate has ended."""
        dac = issue(Kind.DAC, self.intermediate, VENDOR, product.kind.product, ends=_ENDED)
        return replace(self.vouch(product), dac=dac)

    def vouch_by_revoked(self, product: Product) -> DeviceCredentials:
        """The intermediate was revoked."""
        return replace(self, intermediate=self.revoked).vouch(product)

    def revocation_set(self) -> bytes:
        """JSON of a revocation set in which the revoked intermediate is."""
        pai = x509.load_der_x509_certificate(self.revoked.der)
        root = x509.load_der_x509_certificate(self.root.der)
        entry = {
            "type": "revocation_set",
            "issuer_subject_key_id": key_identifier(self.root.key.public).hex().upper(),
            "issuer_name": b64encode(root.subject.public_bytes()).decode(),
            "revoked_serial_numbers": [f"{pai.serial_number:040X}"],
            "crl_signer_cert": b64encode(self.root.der).decode(),
        }
        return json.dumps([entry], indent=2).encode()


def published() -> Manufacturer:
    """One whose root is the test root that the Matter SDK publishes, with an intermediate of its own."""
    return _under(published_root())


def manufacturer_in(folder: Path) -> Manufacturer:
    """The manufacturer of a folder, made at first use, with a root of its own and a revocation set.

    Raises OSError and ValueError.
    """
    kept = folder / _KEY_FILE
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = _under(issue(Kind.PAA))
        pem = x509.load_der_x509_certificate(made.root.der).public_bytes(Encoding.PEM)
        replace_durably(folder / ROOT_FILE, pem)
        replace_durably(folder / REVOKED_FILE, made.revocation_set())
        holders = (made.root, made.intermediate, made.revoked)
        replace_durably(kept, json.dumps([_held(each) for each in holders]).encode())
    root, intermediate, revoked = map(_holder, json.loads(read_own(MAX_SMALL_FILE, kept)))
    return Manufacturer(root, intermediate, revoked, published_signer())


def _under(root: Holder) -> Manufacturer:
    intermediate, revoked = issue(Kind.PAI, root, VENDOR), issue(Kind.PAI, root, VENDOR)
    return Manufacturer(root, intermediate, revoked, published_signer())


def _held(holder: Holder) -> dict[str, str]:
    return {"der": holder.der.hex(), "key": holder.key.scalar.reveal().hex()}


def _holder(kept: dict[str, str]) -> Holder:
    return Holder(bytes.fromhex(kept["der"]), KeyPair.of(Secret(bytes.fromhex(kept["key"]))))

"""A genuine device and its trust, and certificates with any field wrong."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from companion.protocols.matter.attestation.certificates import Kind
from companion.protocols.matter.attestation.certificates import parse as parse_certificate
from companion.protocols.matter.attestation.declaration.declaration import CertificationType, Declaration
from companion.protocols.matter.attestation.examination import Evidence, Trust
from companion.protocols.matter.attestation.issuance import DeviceCredentials, Holder, declare, issue
from companion.protocols.matter.attestation.names import PRODUCT, VENDOR
from companion.protocols.matter.attestation.report import Check, Reason, Report
from companion.protocols.matter.attestation.trust.roots import Roots
from companion.protocols.matter.attestation.trust.signers import Signer, Signers
from companion.protocols.matter.crypto.keys import KeyPair, key_identifier

_VECTORS = Path(__file__).parents[1] / "vectors"
VECTORS = json.loads((_VECTORS / "attestation.json").read_text())
MATTER_JS = json.loads((_VECTORS / "attestation_matterjs.json").read_text())
NOW = datetime(2026, 6, 1, tzinfo=UTC)
MAKER, LAMP = 0x1217, 0x0042
NONCE, CHALLENGE = bytes(range(32)), bytes(range(16))
CSA = KeyPair.generate()

ROOT = issue(Kind.PAA, vendor=MAKER, title="Harbour Lights PAA")
PAI = issue(Kind.PAI, ROOT, MAKER)
DAC = issue(Kind.DAC, PAI, MAKER, LAMP)
DECLARATION = Declaration(MAKER, (LAMP, LAMP + 1), 0x0100, "CSA23042MAT40042-24", CertificationType.OFFICIAL)
TRUST = Trust(
    Roots([parse_certificate(ROOT.der, Kind.PAA)]),
    Signers([Signer(key_identifier(CSA.public), CSA.public, "CSA 001")]),
)


def credentials(
    dac: Holder = DAC, pai: bytes = PAI.der, declaration: Declaration = DECLARATION, **changes: Any
) -> DeviceCredentials:
    return DeviceCredentials(dac, pai, declare(declaration, CSA, key_identifier(CSA.public)), **changes)


def evidence(device: DeviceCredentials | None = None, **changes: Any) -> Evidence:
    """What a device gives; changes: fields of Evidence."""
    device = device or credentials()
    elements, signature = device.attest(NONCE, CHALLENGE)
    shown = Evidence(device.dac.der, device.pai, elements, signature, NONCE, CHALLENGE, MAKER, LAMP)
    return replace(shown, **changes)


Builder = x509.CertificateBuilder


def forge(
    kind: Kind,
    issuer: Holder | None = None,
    *,
    subject: list[x509.NameAttribute] | None = None,
    drop: type[x509.ExtensionType] | None = None,
    add: tuple[tuple[x509.ExtensionType, bool], ...] = (),
    public: Any = None,
    digest: hashes.HashAlgorithm | None = None,
    change: Callable[[Builder], Builder] = lambda builder: builder,
) -> bytes:
    """A certificate that breaks a rule. drop: an extension left out, to which `add` may add another."""
    like = issue(kind, issuer, MAKER if kind is not Kind.PAA else None, LAMP if kind is Kind.DAC else None)
    good = x509.load_der_x509_certificate(like.der)
    builder = (
        Builder()
        .subject_name(x509.Name(subject) if subject is not None else good.subject)
        .issuer_name(good.issuer)
        .public_key(public or like.key.private.public_key())
        .serial_number(good.serial_number)
        .not_valid_before(good.not_valid_before_utc)
        .not_valid_after(good.not_valid_after_utc)
    )
    for extension in good.extensions:
        if drop is None or not isinstance(extension.value, drop):
            builder = builder.add_extension(extension.value, extension.critical)
    for value, critical in add:
        builder = builder.add_extension(value, critical)
    signing = issuer.key if issuer else like.key
    made = change(builder).sign(signing.private, digest or hashes.SHA256())
    return made.public_bytes(Encoding.DER)


def common(text: str) -> x509.NameAttribute:
    return x509.NameAttribute(NameOID.COMMON_NAME, text)


def vendor(text: str) -> x509.NameAttribute:
    return x509.NameAttribute(VENDOR, text)


def product(text: str) -> x509.NameAttribute:
    return x509.NameAttribute(PRODUCT, text)


def usage(**bits: bool) -> x509.KeyUsage:
    names = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{name: bits.get(name, False) for name in names.split()})


SECP384 = ec.generate_private_key(ec.SECP384R1()).public_key()


def failures(report: Report) -> dict[Check, Reason | None]:
    return {line.check: line.reason for line in report.failed}


def declared(**changes: object) -> DeviceCredentials:
    return credentials(declaration=replace(DECLARATION, **changes))

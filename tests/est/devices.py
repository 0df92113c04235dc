"""A device of which the registry knows, with a certificate of any age, and what it asks an EST server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from companion.encoding import es256
from companion.identity import Identity, ldevid
from companion.model import Commissioned, DeviceIdentity
from companion.registry import Registry
from tests.endpoint.clients import Credentials, device_name
from tests.identity.requests import request
from tests.registry.run_samples import outcome

SERIAL = "SN-0001"


@dataclass(frozen=True)
class Known:
    """run: in which it was commissioned; identity_key: a point."""

    credentials: Credentials
    identity_key: bytes
    run: str

    @property
    def leaf(self) -> bytes:
        return self.credentials.chain[0]


def commissioned(
    identity: Identity, registry: Registry, *, age: timedelta = timedelta(days=16), days: int = 30
) -> Known:
    """As a run leaves it that was `age` ago."""
    key, identity_key = es256.generate(), es256.point(es256.generate())
    name = device_name(SERIAL, identity.owner.public)
    made = identity.ca.issue(request(key), serial=SERIAL, name=name, days=days, now=datetime.now(UTC) - age)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    registry.append(run, ldevid.issued(made.chain, identity_key))
    done = Commissioned(
        DeviceIdentity("rp1-0001", "Kitchen lamp", "Lamp 3", SERIAL, "1.2.3"),
        "oob",
        (ldevid.credential(made.chain[0]),),
        identity_key=identity_key,
    )
    registry.finish_run(run, outcome(run, done))
    return Known(Credentials(key, made.chain, identity.ca.anchors, made.fingerprint, name), identity_key, run)


def next_request(
    device: Known,
    *,
    key: ec.EllipticCurvePrivateKey | None = None,
    subject: x509.Name | None = None,
    names: x509.SubjectAlternativeName | None = None,
) -> bytes:
    """PKCS#10 (DER) for the certificate that follows on the device's, but for what is said."""
    leaf = x509.load_der_x509_certificate(device.leaf)
    own = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        leaf.subject if subject is None else subject
    )
    builder = builder.add_extension(names or own, critical=False)
    return builder.sign(key or device.credentials.key, hashes.SHA256()).public_bytes(Encoding.DER)

"""A certificate request is bound to its session, or refused."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AttributeOID, ExtensionOID, ObjectIdentifier

from companion.encoding import es256
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.transaction import csr
from companion.protocols.rp1.wire.results import Request
from tests.protocols.rp1.handshake import test_attestation as maker

BINDING = bytes(range(16))
SOME_OID = ObjectIdentifier("1.3.6.1.4.1.99999.1")


def request(
    key: ec.EllipticCurvePrivateKey | None = None,
    extension: bytes | None = None,
    oid: ObjectIdentifier = SOME_OID,
) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    if extension is not None:
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, extension), critical=False)
    return builder.sign(key or es256.generate(), hashes.SHA256()).public_bytes(Encoding.DER)


def test_the_key_of_a_bound_request_comes_out() -> None:
    key = es256.generate()
    der = csr.make(key, "S-1", BINDING)
    assert csr.check(der, BINDING) == es256.point(key)
    loaded = x509.load_der_x509_csr(der)
    password = loaded.attributes.get_attribute_for_oid(AttributeOID.CHALLENGE_PASSWORD)
    assert password.value == b"000102030405060708090a0b0c0d0e0f"
    assert b"\x0c\x20" + password.value in der, "a UTF8String"


def test_a_request_for_a_companys_ca_has_its_name_and_no_challenge_password() -> None:
    """An EST server would take the password for a binding to its own TLS (RFC 7030, 3.5)."""
    key = es256.generate()
    der = csr.make(key, "S-1", BINDING, "plant-s-1")
    assert csr.check(der, BINDING, "plant-s-1") == es256.point(key)
    loaded = x509.load_der_x509_csr(der)
    assert [each.rfc4514_string() for each in loaded.subject] == ["2.5.4.5=S-1", "CN=plant-s-1"]
    assert list(loaded.attributes) and not any(
        each.oid == AttributeOID.CHALLENGE_PASSWORD for each in loaded.attributes
    )
    for other in ("plant-s-2", "plant"):
        with pytest.raises(csr.BadName):
            csr.check(der, BINDING, other)
    with pytest.raises(csr.BadName):
        csr.check(csr.make(key, "S-1", BINDING), BINDING, "plant-s-1")


def test_the_binding_may_be_an_extension() -> None:
    csr.check(request(extension=b"\x04\x10" + BINDING), BINDING)


@pytest.mark.parametrize(
    "der",
    [
        csr.make(es256.generate(), "S-1", bytes(16)),
        request(),
        request(extension=b"\x04\x10" + bytes(16)),
        request(ec.generate_private_key(ec.SECP384R1()), extension=b"\x04\x10" + BINDING),
        request(extension=b"\x04\x10" + BINDING, oid=ExtensionOID.BASIC_CONSTRAINTS),
        b"no request",
        b"",
    ],
    ids=[
        "another binding",
        "no binding",
        "empty binding",
        "another curve",
        "another attribute",
        "nonsense",
        "empty",
    ],
)
def test_everything_else_is_refused(der: bytes) -> None:
    with pytest.raises(csr.BadCsr):
        csr.check(der, BINDING)


def test_a_changed_request_does_not_carry_its_keys_signature() -> None:
    der = bytearray(csr.make(es256.generate(), "S-1", BINDING))
    at = bytes(der).index(b"S-1")
    der[at] = ord("T")
    with pytest.raises(csr.BadCsr):
        csr.check(bytes(der), BINDING)


# --- a CA that was no end of the session ---------------------------------------------------------------

TX = b"transact"
IDENTITY = es256.generate()
POINT = es256.point(IDENTITY)
LISTED = Trust(known=frozenset({crypto.fingerprint(POINT)}))
PINNED = Trust(roots=(maker.ROOT,))
CHAIN = (maker.leaf(IDENTITY), maker.INTERMEDIATE)
"""An IDevID of the serial number L-1."""


def attested(key: ec.EllipticCurvePrivateKey = IDENTITY, tx: bytes = TX) -> Request:
    der = csr.make(es256.generate(), "L-1", BINDING)
    return Request(der, es256.sign(key, csr.attested(tx, der)))


def test_a_remote_ca_certifies_for_a_key_of_its_list_and_for_an_idevid() -> None:
    asked = attested()
    expected = csr.check(asked.der, BINDING)
    assert csr.certifiable(TX, asked, "any", POINT, LISTED) == expected
    assert csr.certifiable(TX, asked, "L-1", CHAIN, PINNED) == expected


REFUSED = {
    "no attestation, bound as it may be": (Request(attested().der), "L-1", POINT, LISTED),
    "attested by somebody else": (attested(es256.generate()), "L-1", POINT, LISTED),
    "attested for another transaction": (attested(tx=bytes(8)), "L-1", POINT, LISTED),
    "the attestation of another request": (
        Request(attested().der, attested().attestation),
        "L-1",
        POINT,
        LISTED,
    ),
    "a key on no list": (attested(), "L-1", POINT, Trust()),
    "a chain without a pinned manufacturer": (attested(), "L-1", CHAIN, Trust()),
    "a chain for another serial number": (attested(), "L-2", CHAIN, PINNED),
    "a chain of another key": (attested(es256.generate()), "L-1", CHAIN, PINNED),
    "no request": (Request(b"no request", bytes(64)), "L-1", POINT, LISTED),
}


@pytest.mark.parametrize(("asked", "serial", "identity", "trust"), REFUSED.values(), ids=REFUSED.keys())
def test_a_remote_ca_refuses_everything_else(
    asked: Request, serial: str, identity: bytes | tuple[bytes, ...], trust: Trust
) -> None:
    with pytest.raises(csr.BadCsr):
        csr.certifiable(TX, asked, serial, identity, trust)

"""What is issued, and what nobody can be made to issue; requests as devices send them."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding

from companion.protocols.matter.certificates import chain
from companion.protocols.matter.certificates.authority import Authority, Validity
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.certificates.identifiers import OPERATIONAL_NODES, random_node
from companion.protocols.matter.certificates.requests import make_request, requested_key
from companion.protocols.matter.crypto.keys import KeyPair
from tests.protocols.matter.certificates.builders import FABRIC, NODE, NOW, VALIDITY, key

ROOT = Authority.root(key(1), 5, VALIDITY, FABRIC)


def test_what_is_issued_fits_a_device() -> None:
    icac = ROOT.intermediate(key(2).public, 6, VALIDITY, FABRIC)
    noc = Authority(icac, key(2)).node(key(3).public, NODE, FABRIC, VALIDITY, (0x10001, 0x20001, 0x30001))
    assert chain.check_chain(noc, icac, ROOT.certificate, NOW).cats == (0x10001, 0x20001, 0x30001)
    for certificate in (ROOT.certificate, icac, noc):
        assert len(certificate.as_tlv()) <= 400 and len(certificate.as_der()) <= 600
        assert Certificate.of_tlv(certificate.as_tlv()) == certificate
        assert certificate.serial[0] in range(0x40, 0x80) and len(certificate.serial) == 8


def test_serial_numbers_differ() -> None:
    assert len({ROOT.node(key(3).public, NODE, FABRIC, VALIDITY).serial for _ in range(20)}) == 20


def test_for_ever_is_the_last_second_of_9999() -> None:
    noc = ROOT.node(key(3).public, NODE, FABRIC, Validity(NOW))
    assert x509.load_der_x509_certificate(noc.as_der()).not_valid_after_utc.year == 9999


@pytest.mark.parametrize(
    ("node", "fabric", "cats", "fault"),
    [
        (0, FABRIC, (), Fault.SUBJECT),
        (OPERATIONAL_NODES.stop, FABRIC, (), Fault.SUBJECT),
        (NODE, FABRIC + 1, (), Fault.FABRIC),
        (NODE, FABRIC, (1,) * 2, Fault.SUBJECT),
        (NODE, FABRIC, (0x10000,), Fault.SUBJECT),
        (NODE, FABRIC, (0x10001, 0x20001, 0x30001, 0x40001), Fault.MALFORMED),
    ],
    ids=["node 0", "no node", "another fabric", "a tag twice", "no version", "four tags"],
)
def test_what_no_node_can_have_is_not_issued(
    node: int, fabric: int, cats: tuple[int, ...], fault: Fault
) -> None:
    with pytest.raises(BadCertificate) as caught:
        ROOT.node(key(3).public, node, fabric, VALIDITY, cats)
    assert caught.value.fault is fault


def test_an_intermediate_stays_in_its_roots_fabric() -> None:
    for fabric in (None, FABRIC + 1):
        with pytest.raises(BadCertificate) as caught:
            ROOT.intermediate(key(2).public, 6, VALIDITY, fabric)
        assert caught.value.fault is Fault.FABRIC


def test_an_intermediate_makes_no_other_that_anybody_takes() -> None:
    below = Authority(ROOT.intermediate(key(2).public, 6, VALIDITY, FABRIC), key(2))
    second = Authority(below.intermediate(key(4).public, 7, VALIDITY, FABRIC), key(4))
    noc = second.node(key(3).public, NODE, FABRIC, VALIDITY)
    with pytest.raises(BadCertificate):
        chain.check_chain(noc, second.certificate, ROOT.certificate)


def test_node_ids_are_operational_and_differ() -> None:
    drawn = {random_node() for _ in range(50)}
    assert len(drawn) == 50 and all(node in OPERATIONAL_NODES for node in drawn)


def test_a_request_is_for_the_key_that_signed_it() -> None:
    assert requested_key(make_request(key(3))) == key(3).public


def request(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey, algorithm: object) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return builder.sign(key, algorithm).public_bytes(Encoding.DER)  # type: ignore[arg-type]  # for each its own


RIGHT = make_request(KeyPair.generate())
P384 = ec.generate_private_key(ec.SECP384R1())


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.MALFORMED),
        (RIGHT + b"\x00", Fault.MALFORMED),
        (bytes(601), Fault.TOO_LONG),
        (RIGHT.replace(b"CSR", b"CSS"), Fault.SIGNATURE),
        (RIGHT.replace(b"\x02\x01\x00", b"\x02\x01\x01", 1), Fault.MALFORMED),
        (request(P384, hashes.SHA256()), Fault.PUBLIC_KEY),
        (request(ed25519.Ed25519PrivateKey.generate(), None), Fault.PUBLIC_KEY),
        (request(key(3).private, hashes.SHA384()), Fault.ALGORITHM),
    ],
    ids=["empty", "more", "long", "changed", "version 2", "P-384", "Ed25519", "SHA-384"],
)
def test_wrong_requests_are_refused(data: bytes, fault: Fault) -> None:
    with pytest.raises(BadCertificate) as caught:
        requested_key(data)
    assert caught.value.fault is fault

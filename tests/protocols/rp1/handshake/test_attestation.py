"""Chains: a device is genuine if a pinned maker says so, and then it is the one that its leaf names."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from companion.encoding import es256
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.handshake import DeviceIdentityKey
from companion.protocols.rp1.handshake.attestation import HARDWARE_MODULE_NAME, Trust, identify
from companion.protocols.rp1.methods import KEY_OWNER, NC_KEY, OOB_KEY, Method
from companion.protocols.rp1.wire.messages import IdentityProof
from tests.protocols.rp1.support.handshake_pair import FP, IDENTITY, POINT, Pair, code_of

NOW = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
FOREVER = datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=datetime.UTC)
MESSAGE = b"rp1 sig D" + bytes(32)
SIGNATURE = es256.sign(IDENTITY, MESSAGE)
MAKER_KEY, INTERMEDIATE_KEY = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())


def name(common: str, serial: str | None = None) -> x509.Name:
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if serial is not None:
        attributes.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, serial))
    return x509.Name(attributes)


def hardware_module(serial: bytes) -> x509.OtherName:
    oid = b"\x06\x03\x2a\x03\x04"
    body = oid + bytes([0x04, len(serial)]) + serial
    return x509.OtherName(HARDWARE_MODULE_NAME, bytes([0x30, len(body)]) + body)


def certify(subject, key, issuer, signer, *, ca: bool, serial_name: bytes | None = None, usage: bool = True):
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(FOREVER)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), False)
    )
    if ca:
        builder = builder.add_extension(x509.BasicConstraints(True, None), True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), False)
    if usage:
        signs = x509.KeyUsage(not ca, False, False, False, False, ca, ca, False, False)
        builder = builder.add_extension(signs, True)
    if serial_name is not None:
        names = x509.SubjectAlternativeName([hardware_module(serial_name)])
        builder = builder.add_extension(names, False)
    return builder.sign(signer, hashes.SHA256()).public_bytes(Encoding.DER)


MAKER, LINE = name("Manufacturer"), name("Line 7")
ROOT = certify(MAKER, MAKER_KEY.public_key(), MAKER, MAKER_KEY, ca=True)
INTERMEDIATE = certify(LINE, INTERMEDIATE_KEY.public_key(), MAKER, MAKER_KEY, ca=True)


def leaf(key=IDENTITY, *, signer=INTERMEDIATE_KEY, **kinds) -> bytes:
    return certify(name("Lamp", "L-1"), key.public_key(), LINE, signer, ca=False, **kinds)


CHAIN = (leaf(serial_name=b"HW-1"), INTERMEDIATE)
TRUST = Trust(roots=(ROOT,), moment=NOW)


def proof(*chain: bytes) -> IdentityProof:
    return IdentityProof(SIGNATURE, chain=chain or CHAIN)


def test_a_genuine_device_says_its_serial_numbers():
    peer = identify(proof(), NC_KEY, MESSAGE, TRUST)
    assert (peer.key, peer.attested, peer.serials) == (POINT, True, ("L-1", "HW-1"))


def test_a_chain_goes_through_the_handshake():
    sign = Pair().d_terms.identity.sign
    pair = Pair(OOB_KEY).device(identity=DeviceIdentityKey(sign, POINT, CHAIN))
    trust = Trust(fp=FP, roots=(ROOT,), moment=NOW)
    peer = pair.commissioner(trust=trust).run()[0].peer
    assert peer.attested


REFUSED = {
    "another maker": (proof(leaf(signer=MAKER_KEY), INTERMEDIATE), TRUST, Abort.CHAIN),
    "the intermediate is missing": (proof(CHAIN[0]), TRUST, Abort.CHAIN),
    "no maker is pinned": (proof(), Trust(), Abort.CHAIN),
    "before its time": (proof(), Trust(roots=(ROOT,), moment=NOW.replace(year=2020)), Abort.CHAIN),
    "no key usage": (proof(leaf(usage=False), INTERMEDIATE), TRUST, Abort.CHAIN),
    "not a certificate": (proof(b"\x30\x00"), TRUST, Abort.CHAIN),
    "another key than the code's": (proof(), Trust(bytes(16), roots=(ROOT,)), Abort.NOT_AUTHENTIC),
    "not its signature": (proof(leaf(MAKER_KEY), INTERMEDIATE), TRUST, Abort.NOT_AUTHENTIC),
}


@pytest.mark.parametrize(("said", "trust", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(said, trust, code):
    assert code_of(identify, said, NC_KEY, MESSAGE, trust) == code


def test_a_leaf_for_another_kind_of_key():
    other = ec.generate_private_key(ec.SECP384R1())
    assert code_of(identify, proof(leaf(other), INTERMEDIATE), NC_KEY, MESSAGE, TRUST) == Abort.CHAIN


def test_a_pinned_maker_is_asked_also_where_the_label_would_do():
    """Who pinned a maker wants to hear of a counterfeit with its own label."""
    alone = proof(CHAIN[0])
    assert code_of(identify, alone, Method.OOB, MESSAGE, Trust(FP, roots=(ROOT,), moment=NOW)) == Abort.CHAIN
    assert identify(alone, Method.OOB, MESSAGE, Trust(FP)).attested is False


def test_an_owned_device_is_known_by_its_key_whatever_makers_are_pinned_since():
    other = certify(MAKER, INTERMEDIATE_KEY.public_key(), MAKER, INTERMEDIATE_KEY, ca=True)
    trust = Trust(FP, roots=(other,), moment=NOW)
    assert identify(proof(), KEY_OWNER, MESSAGE, trust).key == POINT
    assert code_of(identify, proof(), KEY_OWNER, MESSAGE, replace(trust, fp=bytes(16))) == 9
    assert code_of(identify, proof(), KEY_OWNER, MESSAGE, replace(trust, fp=None)) == Abort.CHAIN


def test_the_labels_key_needs_no_maker():
    assert identify(proof(), OOB_KEY, MESSAGE, Trust(FP)).key == POINT


@pytest.mark.parametrize(
    "value", [b"\x05\x00", b"\x30\x00", b"\x30\x02\x05\x00", b"\x30\x05\x06\x03\x2a\x03\x04"]
)
def test_a_broken_hardware_module_name_names_nothing(value):
    names = x509.SubjectAlternativeName([x509.OtherName(HARDWARE_MODULE_NAME, value)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name("Lamp"))
        .issuer_name(LINE)
        .public_key(IDENTITY.public_key())
        .serial_number(7)
        .not_valid_before(NOW)
        .not_valid_after(FOREVER)
        .add_extension(names, False)
        .sign(INTERMEDIATE_KEY, hashes.SHA256())
    )
    said = proof(made.public_bytes(Encoding.DER))
    assert identify(said, Method.OOB, MESSAGE, Trust(FP)).serials == ()


def test_a_leaf_for_a_curve_that_nobody_knows():
    p256, unknown = bytes.fromhex("06082a8648ce3d030107"), bytes.fromhex("06082a8648ce3d030155")
    assert code_of(identify, proof(CHAIN[0].replace(p256, unknown)), NC_KEY, MESSAGE, TRUST) == Abort.CHAIN


def test_a_chain_that_no_library_reads_is_an_abort():
    """A certificate of a version that does not exist: pyca has an error of its own for it."""
    der = bytearray(certify(name("Lamp"), IDENTITY.public_key(), name("M"), MAKER_KEY, ca=False))
    der[der.index(b"\xa0\x03\x02\x01\x02") + 4] = 18
    proof = IdentityProof(SIGNATURE, chain=(bytes(der),))
    assert code_of(identify, proof, Method.KEY, MESSAGE, Trust()) == Abort.CHAIN

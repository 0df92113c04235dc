"""Certificates between TLV and X.509, held against those of products and of other implementations."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.protocols.matter import der, tlv
from companion.protocols.matter.certificates import times
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.extensions import (
    AuthorityKey,
    BasicConstraints,
    ExtendedKeyUsage,
    Future,
    KeyUsage,
    Purpose,
    SubjectKey,
    Usage,
)
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.certificates.names import Attribute, Name, Part
from tests.protocols.matter import vectors
from tests.protocols.matter.certificates.builders import key, right_chain

VECTORS = vectors.load("certificates")["vectors"]
ISSUED = [
    (f"{name} {role}", encodings)
    for name, group in VECTORS["sets"].items()
    for role, encodings in group.items()
] + [(f"pair {at}", encodings) for at, encodings in enumerate(VECTORS["pairs"])]


@pytest.mark.parametrize("encodings", [one for _, one in ISSUED], ids=[name for name, _ in ISSUED])
def test_certificates_of_others_keep_every_octet(encodings: dict[str, str]) -> None:
    data = bytes.fromhex(encodings["tlv"])
    certificate = Certificate.of_tlv(data)
    assert certificate.as_tlv() == data
    assert certificate.to_be_signed.hex() == encodings.get("asn1", certificate.to_be_signed.hex())
    assert Certificate.of_der(certificate.as_der()) == certificate


@pytest.mark.parametrize("role", VECTORS["whole"])
def test_x509_of_others_goes_to_tlv_and_back(role: str) -> None:
    data = bytes.fromhex(VECTORS["whole"][role])
    assert Certificate.of_tlv(Certificate.of_der(data).as_tlv()).as_der() == data


def test_another_x509_reads_the_same() -> None:
    chain = right_chain((0xABCD0002,))
    parsed = x509.load_der_x509_certificate(chain.noc.as_der())
    parsed.verify_directly_issued_by(x509.load_der_x509_certificate(chain.icac.as_der()))
    values = [attribute.value for attribute in parsed.subject]
    assert values == ["CD5544AA7B13EF14", "2906C908D115D362", "ABCD0002"]
    usage = parsed.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical and usage.value.digital_signature and not usage.value.key_cert_sign
    assert times.matter_time(parsed.not_valid_after_utc) == chain.noc.not_after
    assert isinstance(parsed.public_key(), ec.EllipticCurvePublicKey)
    authority = x509.load_der_x509_certificate(chain.icac.as_der()).extensions
    constraints = authority.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical and constraints.value.ca and constraints.value.path_length == 0


numbers = st.integers(0, 2**64 - 1)
texts = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=12)
parts = st.one_of(
    st.builds(Part, st.sampled_from([kind for kind in Attribute if kind > 16 and kind != 22]), numbers),
    st.builds(Part, st.just(Attribute.CAT), st.integers(0, 2**32 - 1)),
    st.builds(Part, st.sampled_from([kind for kind in Attribute if kind < 16]), texts, st.booleans()),
    st.builds(Part, st.just(Attribute.DOMAIN_COMPONENT), texts),
)
names = st.builds(Name, st.lists(parts, min_size=1, max_size=5).map(tuple))
identifiers = st.binary(min_size=20, max_size=20)
extension_lists = st.permutations(range(6)).flatmap(
    lambda order: st.tuples(
        *(
            [
                st.builds(BasicConstraints, st.booleans(), st.none() | st.integers(0, 255)),
                st.builds(KeyUsage, st.integers(0, 511).map(Usage)),
                st.builds(
                    ExtendedKeyUsage, st.lists(st.sampled_from(Purpose), min_size=1, max_size=6).map(tuple)
                ),
                st.builds(SubjectKey, identifiers),
                st.builds(AuthorityKey, identifiers),
                st.just(Future(der.wrap(der.SEQUENCE, der.oid("1.2.3"), der.wrap(der.OCTET_STRING, b"")))),
            ][at]
            for at in order
        )
    )
)
certificates = st.builds(
    Certificate,
    serial=st.binary(min_size=1, max_size=20),
    issuer=names,
    not_before=st.integers(0, 2**32 - 1),
    not_after=st.integers(0, 2**32 - 1),
    subject=names,
    public_key=st.just(key(5).public),
    extensions=extension_lists,
    signature=st.binary(min_size=64, max_size=64),
)


@settings(max_examples=150, deadline=None)
@given(certificates)
def test_any_certificate_goes_both_ways(certificate: Certificate) -> None:
    encoded, x509_encoded = certificate.as_tlv(), certificate.as_der()
    if len(encoded) <= 400:
        assert Certificate.of_tlv(encoded) == certificate
    if len(x509_encoded) <= 600 and len(encoded) <= 400:
        assert Certificate.of_der(x509_encoded) == certificate


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_changed_octets_are_refused_or_read_as_something_else(data: st.DataObject) -> None:
    noc = right_chain().noc
    for encoded, read in ((noc.as_tlv(), Certificate.of_tlv), (noc.as_der(), Certificate.of_der)):
        at, bits = data.draw(st.integers(0, len(encoded) - 1)), data.draw(st.integers(1, 255))
        changed = encoded[:at] + bytes([encoded[at] ^ bits]) + encoded[at + 1 :]
        with suppress(BadCertificate):
            certificate = read(changed)
            assert certificate != noc and not certificate.is_signed_by(key(2).public)


def element(**changes: Any) -> bytes:
    """A right certificate's TLV with members by number replaced (m2=...), or left out for None."""
    whole = tlv.decode(right_chain().noc.as_tlv())
    members = []
    for member in whole.members:
        change = changes.get(f"m{member.tag}", member)
        members += [] if change is None else [change]
    return tlv.encode(tlv.structure(None, *members))


UNKNOWN_PART = tlv.list_of(6, tlv.unsigned(24, 1))
WRONG_TLV = {
    "empty": (b"", Fault.MALFORMED),
    "no structure": (tlv.encode(tlv.array(None)), Fault.MALFORMED),
    "too long": (bytes(401), Fault.TOO_LONG),
    "serial missing": (element(m1=None), Fault.MALFORMED),
    "serial empty": (element(m1=tlv.octets(1, b"")), Fault.SERIAL),
    "serial long": (element(m1=tlv.octets(1, bytes(22))), Fault.SERIAL),
    "another signature": (element(m2=tlv.unsigned(2, 2)), Fault.ALGORITHM),
    "issuer no list": (element(m3=tlv.structure(3)), Fault.MALFORMED),
    "issuer empty": (element(m3=tlv.list_of(3)), Fault.MALFORMED),
    "time too long": (element(m4=tlv.unsigned(4, 2**32)), Fault.MALFORMED),
    "unknown attribute": (element(m6=UNKNOWN_PART), Fault.MALFORMED),
    "anonymous attribute": (element(m6=tlv.list_of(6, tlv.unsigned(None, 1))), Fault.MALFORMED),
    "six attributes": (element(m6=tlv.list_of(6, *[tlv.unsigned(17, 1)] * 6)), Fault.MALFORMED),
    "node id as text": (element(m6=tlv.list_of(6, tlv.text(17, "1"))), Fault.MALFORMED),
    "node id signed": (element(m6=tlv.list_of(6, tlv.signed(17, 1))), Fault.MALFORMED),
    "node id printable": (element(m6=tlv.list_of(6, tlv.unsigned(0x91, 1))), Fault.MALFORMED),
    "tag of 33 bits": (element(m6=tlv.list_of(6, tlv.unsigned(22, 2**32))), Fault.MALFORMED),
    "name as number": (element(m6=tlv.list_of(6, tlv.unsigned(1, 1))), Fault.MALFORMED),
    "printable domain": (element(m6=tlv.list_of(6, tlv.text(0x90, "a"))), Fault.MALFORMED),
    "another key": (element(m7=tlv.unsigned(7, 2)), Fault.ALGORITHM),
    "another curve": (element(m8=tlv.unsigned(8, 2)), Fault.ALGORITHM),
    "point short": (element(m9=tlv.octets(9, bytes(64))), Fault.MALFORMED),
    "point off the curve": (element(m9=tlv.octets(9, b"\x04" + bytes(64))), Fault.PUBLIC_KEY),
    "extensions no list": (element(m10=tlv.structure(10)), Fault.MALFORMED),
    "extension unknown": (element(m10=tlv.list_of(10, tlv.unsigned(7, 1))), Fault.MALFORMED),
    "extension twice": (element(m10=tlv.list_of(10, *[tlv.unsigned(2, 1)] * 2)), Fault.MALFORMED),
    "usage unknown": (element(m10=tlv.list_of(10, tlv.unsigned(2, 0x200))), Fault.KEY_USAGE),
    "purpose unknown": (
        element(m10=tlv.list_of(10, tlv.array(3, tlv.unsigned(None, 7)))),
        Fault.EXTENDED_KEY_USAGE,
    ),
    "identifier short": (element(m10=tlv.list_of(10, tlv.octets(4, bytes(19)))), Fault.MALFORMED),
    "signature short": (element(m11=tlv.octets(11, bytes(63))), Fault.MALFORMED),
}


@pytest.mark.parametrize("case", WRONG_TLV)
def test_every_wrong_field_of_tlv_is_refused(case: str) -> None:
    data, fault = WRONG_TLV[case]
    with pytest.raises(BadCertificate) as caught:
        Certificate.of_tlv(data)
    assert caught.value.fault is fault


def test_the_tlv_that_the_wrong_ones_are_made_of_is_right() -> None:
    assert Certificate.of_tlv(element()).subject == right_chain().noc.subject


def without(encoded: bytes, old: bytes, new: bytes) -> bytes:
    """DER with one piece replaced by another of the same length."""
    assert len(old) == len(new) and encoded.count(old) >= 1
    return encoded.replace(old, new, 1)


def der_with_signature(signature: bytes) -> bytes:
    whole = der.read(right_chain().noc.as_der())
    signed, algorithm, _ = whole.children()
    return der.wrap(der.SEQUENCE, signed.whole, algorithm.whole, der.bit_string(signature))


def der_with(at: int, part: bytes) -> bytes:
    """A right certificate with another part, by its place in the TBSCertificate."""
    signed, algorithm, signature = der.read(right_chain().noc.as_der()).children()
    parts = [each.whole for each in signed.children()]
    parts[at] = part
    return der.wrap(der.SEQUENCE, der.wrap(der.SEQUENCE, *parts), algorithm.whole, signature.whole)


def der_with_time(moment: bytes) -> bytes:
    written = der.wrap(der.GENERALIZED_TIME, moment)
    return der_with(4, der.wrap(der.SEQUENCE, written, written))


def der_with_path(length: int) -> bytes:
    path = BasicConstraints(True, length).as_der()
    return der_with(7, der.wrap(der.context(3), der.wrap(der.SEQUENCE, path)))


def der_with_long_names() -> bytes:
    """One of less than 600 octets that has more than 400 as TLV."""
    return replace(right_chain().noc, subject=Name.of((Attribute.COMMON_NAME, "x" * 180))).as_der()


def der_with_short_identifier() -> bytes:
    short = SubjectKey(bytes(19)).as_der()
    return der_with(7, der.wrap(der.context(3), der.wrap(der.SEQUENCE, short)))


def wrong_der() -> dict[str, tuple[bytes, Fault]]:
    noc, icac = right_chain((0xABCD0001,)).noc.as_der(), right_chain().icac.as_der()
    node_id = b"CD5544AA7B13EF14"
    oid_of_node = der.oid("1.3.6.1.4.1.37244.1.1")
    return {
        "empty": (b"", Fault.MALFORMED),
        "too long": (bytes(601), Fault.TOO_LONG),
        "more after it": (noc + b"\x00", Fault.MALFORMED),
        "two of it": (der.wrap(der.INTEGER, b"\x01") * 2, Fault.MALFORMED),
        "no sequence": (der.wrap(der.SET, b""), Fault.MALFORMED),
        "too few parts": (der.wrap(der.SEQUENCE, b""), Fault.MALFORMED),
        "version 2": (without(noc, b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x01"), Fault.MALFORMED),
        "another curve": (
            without(noc, der.oid("1.2.840.10045.3.1.7"), der.oid("1.2.840.10045.3.1.6")),
            Fault.ALGORITHM,
        ),
        "number in small letters": (without(noc, node_id, node_id.lower()), Fault.MALFORMED),
        "no text": (without(noc, node_id, b"\xff" * 16), Fault.MALFORMED),
        "number short": (without(noc, b"\x0c\x08ABCD0001", b"\x0c\x04ABCD\x0c\x02AB"), Fault.MALFORMED),
        "attribute unknown": (
            without(noc, oid_of_node, der.oid("1.3.6.1.4.1.37244.1.9")),
            Fault.MALFORMED,
        ),
        "time of letters": (without(noc, b"Z\x17\r", b"z\x17\r"), Fault.MALFORMED),
        "time of no month": (without(noc, b"\x17\r2505", b"\x17\r2513"), Fault.MALFORMED),
        "time of another century": (without(noc, b"\x17\r2505", b"\x17\r9905"), Fault.MALFORMED),
        "time before 2000": (der_with_time(b"19990101000000Z"), Fault.MALFORMED),
        "identifiers of 19 octets": (der_with_short_identifier(), Fault.KEY_IDENTIFIER),
        "no signature": (der_with_signature(b"\x30\x00"), Fault.SIGNATURE),
        "purpose unknown": (
            without(noc, der.oid("1.3.6.1.5.5.7.3.1"), der.oid("1.3.6.1.5.5.7.3.7")),
            Fault.EXTENDED_KEY_USAGE,
        ),
        "path length long": (
            without(icac, b"\x30\x06\x01\x01\xff\x02\x01\x00", b"\x30\x06\x02\x04\x01\x00\x00\x00"),
            Fault.MALFORMED,
        ),
        "path of 256": (der_with_path(256), Fault.MALFORMED),
        "too long as TLV": (der_with_long_names(), Fault.TOO_LONG),
        "length not the shortest": (b"\x30\x81\x01\x00", Fault.MALFORMED),
        "length indefinite": (b"\x30\x80\x00\x00", Fault.MALFORMED),
        "length cut off": (b"\x30\x82", Fault.MALFORMED),
        "long tag": (b"\x3f\x81\x01\x00", Fault.MALFORMED),
    }


WRONG_DER = wrong_der()


@pytest.mark.parametrize("case", WRONG_DER)
def test_every_wrong_field_of_x509_is_refused(case: str) -> None:
    data, fault = WRONG_DER[case]
    with pytest.raises(BadCertificate) as caught:
        Certificate.of_der(data)
    assert caught.value.fault is fault


def test_times_that_matter_can_write() -> None:
    for seconds in (times.NEVER, 1, 1577923199, 1577923200, 2**32 - 1):
        assert times.of_der(der.read(times.as_der(seconds))) == seconds
    assert times.as_der(1577923199).endswith(b"491231235959Z")
    assert times.as_der(1577923200).endswith(b"20500101000000Z")
    for beyond in (datetime(1999, 12, 31, tzinfo=UTC), datetime(2137, 1, 1, tzinfo=UTC)):
        with pytest.raises(ValueError):
            times.matter_time(beyond)

"""Attestation certificates: each field wrong, each way to name a vendor."""

from base64 import b64decode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter import der as asn1
from companion.protocols.matter.attestation.certificates import BadCertificate, Kind, parse
from companion.protocols.matter.attestation.report import Reason
from tests.protocols.matter.attestation.bench import (
    DAC,
    LAMP,
    MAKER,
    PAI,
    ROOT,
    SECP384,
    VECTORS,
    common,
    forge,
    product,
    usage,
    vendor,
)

ABOVE = {Kind.DAC: PAI, Kind.PAI: ROOT, Kind.PAA: None}


def refused(der: bytes, kind: Kind) -> Reason:
    with pytest.raises(BadCertificate) as caught:
        parse(der, kind)
    return caught.value.reason


def test_what_a_certificate_says_is_read() -> None:
    dac = parse(DAC.der, Kind.DAC)
    assert (dac.vendor, dac.product) == (MAKER, LAMP)
    assert dac.key == DAC.key.public
    pai = parse(PAI.der, Kind.PAI)
    assert dac.names_as_issuer(pai) and dac.signed_by(pai)
    assert pai.product is None


def test_the_sdk_s_device_is_read() -> None:
    dac = parse(bytes.fromhex(VECTORS["device"]["dac"]), Kind.DAC)
    assert (dac.vendor, dac.product) == (0xFFF1, 0x8001)
    assert parse(bytes.fromhex(VECTORS["device"]["pai"]), Kind.PAI).vendor == 0xFFF1


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("pai_none", Kind.PAI, Reason.BASIC_CONSTRAINTS),
        ("pai_1", Kind.PAI, Reason.BASIC_CONSTRAINTS),
        ("paa_2", Kind.PAA, Reason.BASIC_CONSTRAINTS),
        ("pai_no_number", Kind.PAI, Reason.EXTENSIONS),
    ],
)
def test_the_sdk_s_wrong_paths_are_refused(name: str, kind: Kind, reason: Reason) -> None:
    assert refused(b64decode(VECTORS["paths"][name]), kind) is reason


def test_a_root_need_not_say_how_long_its_path_is() -> None:
    assert parse(b64decode(VECTORS["paths"]["paa_none"]), Kind.PAA).vendor == 0x1387


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_not_taken_for_another(kind: Kind) -> None:
    whole = {Kind.DAC: DAC.der, Kind.PAI: PAI.der, Kind.PAA: ROOT.der}
    for other in set(Kind) - {kind}:
        assert refused(whole[kind], other) is Reason.BASIC_CONSTRAINTS


BOTH = (Kind.DAC, Kind.PAI, Kind.PAA)
SIGNING = usage(digital_signature=True)
ISSUING = usage(key_cert_sign=True, crl_sign=True)
CASES: list[tuple[str, tuple[Kind, ...], dict[str, object], Reason]] = [
    ("sha-384", BOTH, {"digest": hashes.SHA384()}, Reason.SIGNATURE_ALGORITHM),
    ("p-384", BOTH, {"public": SECP384}, Reason.KEY_TYPE),
    ("ed25519", BOTH, {"public": ed25519.Ed25519PrivateKey.generate().public_key()}, Reason.KEY_TYPE),
    ("no constraints", BOTH, {"drop": x509.BasicConstraints}, Reason.BASIC_CONSTRAINTS),
    (
        "constraints not critical",
        (Kind.DAC,),
        {"drop": x509.BasicConstraints, "add": ((x509.BasicConstraints(False, None), False),)},
        Reason.BASIC_CONSTRAINTS,
    ),
    (
        "a device that issues",
        (Kind.DAC,),
        {"drop": x509.BasicConstraints, "add": ((x509.BasicConstraints(True, 0), True),)},
        Reason.BASIC_CONSTRAINTS,
    ),
    (
        "a path too long",
        (Kind.PAI, Kind.PAA),
        {"drop": x509.BasicConstraints, "add": ((x509.BasicConstraints(True, 2), True),)},
        Reason.BASIC_CONSTRAINTS,
    ),
    ("no usage", BOTH, {"drop": x509.KeyUsage}, Reason.KEY_USAGE),
    (
        "usage not critical",
        (Kind.DAC,),
        {"drop": x509.KeyUsage, "add": ((SIGNING, False),)},
        Reason.KEY_USAGE,
    ),
    (
        "a device signs certificates",
        (Kind.DAC,),
        {"drop": x509.KeyUsage, "add": ((usage(digital_signature=True, key_cert_sign=True), True),)},
        Reason.KEY_USAGE,
    ),
    (
        "a device signs lists",
        (Kind.DAC,),
        {"drop": x509.KeyUsage, "add": ((usage(digital_signature=True, crl_sign=True), True),)},
        Reason.KEY_USAGE,
    ),
    (
        "a device does not sign",
        (Kind.DAC,),
        {"drop": x509.KeyUsage, "add": ((usage(key_agreement=True), True),)},
        Reason.KEY_USAGE,
    ),
    (
        "an authority signs no lists",
        (Kind.PAI, Kind.PAA),
        {"drop": x509.KeyUsage, "add": ((usage(key_cert_sign=True), True),)},
        Reason.KEY_USAGE,
    ),
    (
        "an authority enciphers",
        (Kind.PAI, Kind.PAA),
        {
            "drop": x509.KeyUsage,
            "add": ((usage(key_cert_sign=True, crl_sign=True, key_encipherment=True), True),),
        },
        Reason.KEY_USAGE,
    ),
    ("no key identifier", BOTH, {"drop": x509.SubjectKeyIdentifier}, Reason.SUBJECT_KEY_ID),
    (
        "a short key identifier",
        BOTH,
        {"drop": x509.SubjectKeyIdentifier, "add": ((x509.SubjectKeyIdentifier(b"short"), False),)},
        Reason.SUBJECT_KEY_ID,
    ),
    ("no authority", (Kind.DAC, Kind.PAI), {"drop": x509.AuthorityKeyIdentifier}, Reason.AUTHORITY_KEY_ID),
    (
        "a short authority",
        BOTH,
        {
            "drop": x509.AuthorityKeyIdentifier,
            "add": ((x509.AuthorityKeyIdentifier(b"short", None, None), False),),
        },
        Reason.AUTHORITY_KEY_ID,
    ),
    (
        "an authority without a key",
        BOTH,
        {
            "drop": x509.AuthorityKeyIdentifier,
            "add": (
                (
                    x509.AuthorityKeyIdentifier(None, [x509.DirectoryName(x509.Name([common("a")]))], 1),
                    False,
                ),
            ),
        },
        Reason.AUTHORITY_KEY_ID,
    ),
    (
        "a root of another key",
        (Kind.PAA,),
        {
            "drop": x509.AuthorityKeyIdentifier,
            "add": ((x509.AuthorityKeyIdentifier(bytes(20), None, None), False),),
        },
        Reason.AUTHORITY_KEY_ID,
    ),
    ("no vendor", (Kind.DAC, Kind.PAI), {"subject": [common("x"), product("0042")]}, Reason.VENDOR_MISSING),
    ("no names at all", (Kind.DAC, Kind.PAI), {"subject": [common("x")]}, Reason.VENDOR_MISSING),
    ("no product", (Kind.DAC,), {"subject": [vendor("1217")]}, Reason.PRODUCT_MISSING),
    ("a root for a product", (Kind.PAA,), {"subject": [product("0042")]}, Reason.PRODUCT_PRESENT),
    ("small letters", BOTH, {"subject": [vendor("fff1"), product("0042")]}, Reason.NAME),
    ("five digits", BOTH, {"subject": [vendor("0FFF1")]}, Reason.NAME),
    ("two vendors", BOTH, {"subject": [vendor("FFF1"), vendor("FFF1")]}, Reason.NAME),
    ("a prefix without digits", BOTH, {"subject": [common("ACME Mvid:fff1 Mpid:00B1")]}, Reason.NAME),
    ("a prefix at the end", BOTH, {"subject": [common("ACME Mvid:FFF1 Mpid:00")]}, Reason.NAME),
]


@pytest.mark.parametrize(
    ("kind", "changes", "reason"),
    [
        pytest.param(kind, changes, reason, id=f"{kind} {name}")
        for name, kinds, changes, reason in CASES
        for kind in kinds
    ],
)
def test_a_wrong_field_is_named(kind: Kind, changes: dict[str, object], reason: Reason) -> None:
    assert refused(forge(kind, ABOVE[kind], **changes), kind) is reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([common("ACME Matter Device Mvid:FFF1 Mpid:00B1")], (0xFFF1, 0x00B1)),
        ([common("Mpid:00B1,ACME,Mvid:FFF1")], (0xFFF1, 0x00B1)),
        ([common("ACMEMpid:00B1Mvid:FFF1")], (0xFFF1, 0x00B1)),
        ([common("Mvid:FFF1ACMEMpid:00B1F")], (0xFFF1, 0x00B1)),
        ([common("Mvid: Mvid:FFF1 Mpid:00B1")], (0xFFF1, 0x00B1)),
        ([common("plain"), common("Mvid:FFF1 Mpid:00B1")], (0xFFF1, 0x00B1)),
        ([common("Mvid:FFF2 Mpid:00B2"), vendor("FFF1"), product("00B1")], (0xFFF1, 0x00B1)),
    ],
)
def test_a_vendor_can_stand_in_the_common_name(
    names: list[x509.NameAttribute], expected: tuple[int, int]
) -> None:
    """Where there are Matter's own attributes, these count."""
    dac = parse(forge(Kind.DAC, PAI, subject=names), Kind.DAC)
    assert (dac.vendor, dac.product) == expected


def test_a_vendor_is_not_looked_for_in_the_common_name_beside_an_attribute() -> None:
    der = forge(Kind.DAC, PAI, subject=[common("Mpid:00B1"), vendor("FFF1")])
    assert refused(der, Kind.DAC) is Reason.PRODUCT_MISSING


def test_more_usages_and_extensions_do_no_harm() -> None:
    """The SDK takes devices with an extended key usage, and authorities that sign."""
    extended = (x509.ExtendedKeyUsage([x509.ObjectIdentifier("1.3.6.1.5.5.7.3.2")]), False)
    assert parse(forge(Kind.DAC, PAI, add=(extended,)), Kind.DAC).vendor == MAKER
    signing = (usage(key_cert_sign=True, crl_sign=True, digital_signature=True), True)
    assert parse(forge(Kind.PAI, ROOT, drop=x509.KeyUsage, add=(signing,)), Kind.PAI).vendor == MAKER
    assert parse(forge(Kind.PAA, drop=x509.AuthorityKeyIdentifier), Kind.PAA).authority is None


def test_a_certificate_of_another_version_is_refused() -> None:
    second = DAC.der.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020101"))
    assert refused(second, Kind.DAC) is Reason.VERSION
    signed, *rest = asn1.read(DAC.der).children()
    body = b"".join(part.whole for part in signed.children()[1:-1])
    whole = b"".join(part.whole for part in rest)
    first = asn1.wrap(asn1.SEQUENCE, asn1.wrap(asn1.SEQUENCE, body), whole)
    assert refused(first, Kind.DAC) is Reason.VERSION


def test_a_long_certificate_is_refused_before_it_is_read() -> None:
    assert refused(bytes(601), Kind.DAC) is Reason.TOO_LARGE
    assert refused(bytes(601), Kind.PAA) is Reason.NOT_A_CERTIFICATE


def test_an_extension_that_is_there_twice_is_refused() -> None:
    """Two readers must not see two certificates in one."""
    twice = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.200"), b"\x05\x00")
    again = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.201"), b"\x05\x00")
    der = forge(Kind.DAC, PAI, add=((twice, False), (again, False)))
    assert refused(der.replace(b"\x06\x04\x55\x1d\x81\x49", b"\x06\x04\x55\x1d\x81\x48"), Kind.DAC) is (
        Reason.EXTENSIONS
    )


def test_another_issuer_s_signature_is_told_apart() -> None:
    dac, other = parse(DAC.der, Kind.DAC), parse(forge(Kind.PAI, ROOT), Kind.PAI)
    assert not dac.signed_by(other)


@given(st.integers(0, len(DAC.der) - 1), st.integers(1, 255))
def test_a_flipped_bit_is_refused_or_breaks_the_signature(at: int, change: int) -> None:
    der = bytearray(DAC.der)
    der[at] ^= change
    try:
        dac = parse(bytes(der), Kind.DAC)
    except BadCertificate:
        return
    assert not dac.signed_by(parse(PAI.der, Kind.PAI))


@given(st.binary(max_size=64))
def test_any_octets_are_refused(data: bytes) -> None:
    assert refused(data, Kind.PAI) is Reason.NOT_A_CERTIFICATE


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (DAC.key.public[1:9], bytes(8), Reason.KEY_TYPE),
        (b"211231", b"219931", Reason.NOT_A_CERTIFICATE),
        (b"Companion Test PAI", b"\xffompanion Test PAI", Reason.NOT_A_CERTIFICATE),
        (
            bytes.fromhex("0603551d0f0101ff04040302"),
            bytes.fromhex("0603551d0f0101ff04041302"),
            Reason.EXTENSIONS,
        ),
    ],
    ids=[
        "a point off the curve",
        "a month of 99",
        "an issuer that is no text",
        "a usage that is no bit string",
    ],
)
def test_what_is_wrong_deep_inside_is_found_when_it_is_parsed(old: bytes, new: bytes, reason: Reason) -> None:
    der = DAC.der.replace(b"220101", b"211231")
    assert old in der
    assert refused(der.replace(old, new, 1), Kind.DAC) is reason


@pytest.mark.parametrize("serial", [b"\xff", b"\x00", b""], ids=["negative", "zero", "none"])
def test_a_serial_number_is_positive(serial: bytes) -> None:
    body, *signed = asn1.read(DAC.der).sequence(3)
    version, _, *rest = (field.whole for field in body.children())
    changed = asn1.wrap(asn1.SEQUENCE, version, asn1.wrap(asn1.INTEGER, serial), *rest)
    whole = asn1.wrap(asn1.SEQUENCE, changed, *(node.whole for node in signed))
    assert refused(whole, Kind.DAC) is Reason.NOT_A_CERTIFICATE

"""The issuing CA: what it certifies, what it refuses, and who believes it."""

import ipaddress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import verification
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CsrRefused, SerialUnusable
from companion.identity import DeviceName, IssuingCa, RevokedCertificate, serial_of
from tests.identity.requests import NAME, device_key, request, verify_client

CA = IssuingCa.create("Companion 0a1b")
KEY = device_key()
REQUEST = request(KEY)


def leaf_of(**wishes: object) -> x509.Certificate:
    return x509.load_der_x509_certificate(CA.issue(REQUEST, name=NAME, **wishes).chain[0])  # type: ignore[arg-type]


def test_an_ldevid_names_the_device_and_is_for_tls_clients_alone() -> None:
    leaf = leaf_of(serial="SN-0001")
    assert leaf.public_key() == KEY.public_key()
    assert serial_of(CA.issue(REQUEST, serial="SN-0001", name=NAME).chain[0]) == "SN-0001"
    assert leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == "SN-0001"
    assert list(leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [
        ExtendedKeyUsageOID.CLIENT_AUTH
    ]
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert list(names.value) == [x509.DNSName(str(NAME))] and not names.critical
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert not (usage.key_cert_sign or usage.crl_sign or usage.key_agreement or usage.key_encipherment)


@pytest.mark.parametrize("days", [7, 30, 90])
def test_an_ldevid_lives_as_long_as_asked_and_starts_a_little_earlier(days: int) -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    issued = CA.issue(REQUEST, serial="SN", name=NAME, days=days, now=now + timedelta(days=1))
    assert issued.not_after == now + timedelta(days=days + 1)
    assert now < issued.not_before < now + timedelta(days=1)


@pytest.mark.parametrize("days", [0, 6, 91, 365])
def test_a_life_out_of_bounds_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match="7 to 90 days"):
        CA.issue(REQUEST, serial="SN", name=NAME, days=days)


def test_no_certificate_outlives_its_root() -> None:
    old = IssuingCa.create("Old", now=datetime.now(UTC) - timedelta(days=20 * 365 - 10))
    issued = old.issue(REQUEST, serial="SN", name=NAME, days=30)
    assert issued.not_after < datetime.now(UTC) + timedelta(days=11)


def test_numbers_of_certificates_are_random_and_have_sixteen_octets() -> None:
    numbers = {CA.issue(REQUEST, serial="SN", name=NAME).serial_number for _ in range(20)}
    assert len(numbers) == 20
    assert {(number.bit_length() + 7) // 8 for number in numbers} == {16}


def test_a_leaf_fits_three_fragments() -> None:
    """At MTU 247, 640 octets of leaf beside the STAGE request around it; the longest serial and site fit."""
    usual = [len(CA.issue(REQUEST, serial="SN-012345678-AB", name=NAME).chain[0]) for _ in range(30)]
    longest = CA.issue(REQUEST, serial="x" * 64, name=DeviceName(bytes(16), bytes(8), "s" * 63)).chain[0]
    assert max(usual) <= 450 and len(longest) <= 640


def test_pyca_accepts_the_chain_and_only_in_its_time() -> None:
    issued = CA.issue(REQUEST, serial="SN-0001", name=NAME)
    verify_client(CA, issued.chain)
    for wrong_time in (issued.not_before - timedelta(hours=1), issued.not_after + timedelta(hours=1)):
        with pytest.raises(verification.VerificationError):
            verify_client(CA, issued.chain, wrong_time)


def test_a_certificate_of_another_ca_is_not_believed_even_under_the_same_name() -> None:
    twin = IssuingCa.create("Companion 0a1b")
    with pytest.raises(verification.VerificationError):
        verify_client(CA, twin.issue(REQUEST, serial="SN-0001", name=NAME).chain)


def test_an_ldevid_can_not_issue_certificates() -> None:
    middle = CA.issue(REQUEST, serial="SN-0001", name=NAME)
    forger = IssuingCa(KEY, x509.load_der_x509_certificate(middle.chain[0]))
    forged = forger.issue(request(device_key()), serial="SN-0002", name=NAME)
    with pytest.raises(verification.VerificationError):
        verify_client(CA, (*forged.chain, *middle.chain))


def test_the_root_is_a_ca_with_room_for_as_many_delegates_as_a_grant_can_make() -> None:
    root = x509.load_der_x509_certificate(CA.anchors[0])
    limits = root.extensions.get_extension_for_class(x509.BasicConstraints)
    usage = root.extensions.get_extension_for_class(x509.KeyUsage)
    assert limits.critical and limits.value.ca and limits.value.path_length == 4
    assert usage.critical and usage.value.key_cert_sign and usage.value.crl_sign
    assert not usage.value.digital_signature


def test_the_endpoints_certificate_is_a_servers_for_its_address() -> None:
    chain = CA.issue_server(KEY.public_key(), ("127.0.0.1", "localhost")).chain
    store = verification.Store([x509.load_der_x509_certificate(CA.anchors[0])])
    builder = verification.PolicyBuilder().store(store)
    leaf = x509.load_der_x509_certificate(chain[0])
    for subject in (x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))):
        builder.build_server_verifier(subject).verify(leaf, [])
    with pytest.raises(verification.VerificationError):
        builder.build_server_verifier(x509.DNSName("elsewhere.example")).verify(leaf, [])
    with pytest.raises(verification.VerificationError):
        verify_client(CA, chain)


@pytest.mark.parametrize(
    "refused",
    [
        pytest.param(request(ec.generate_private_key(ec.SECP384R1())), id="P-384"),
        pytest.param(request(rsa.generate_private_key(65537, 2048)), id="RSA"),
        pytest.param(request(KEY, hashes.SHA512()), id="SHA-512"),
        pytest.param(REQUEST + b"\0", id="trailing octet"),
        pytest.param(REQUEST[:-1], id="cut short"),
        pytest.param(REQUEST[:-1] + bytes([REQUEST[-1] ^ 1]), id="signature changed"),
        pytest.param(b"\x30\x82\x0f\xfe" + bytes(4094), id="too long"),
        pytest.param(b"", id="empty"),
    ],
)
def test_a_request_that_proves_no_p256_key_is_refused(refused: bytes) -> None:
    with pytest.raises(CsrRefused):
        CA.issue(refused, serial="SN", name=NAME)


def test_a_request_signed_by_another_key_is_refused() -> None:
    """The device's public key put into a request of somebody else's."""
    other = device_key()
    mixed = request(other).replace(point_of(other), point_of(KEY))
    with pytest.raises(CsrRefused):
        CA.issue(mixed, serial="SN", name=NAME)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    numbers = key.public_key().public_numbers()
    return b"\4" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")


@given(st.data())
def test_a_changed_request_is_refused_or_certifies_the_same_key(data: st.DataObject) -> None:
    """Outside what is signed, DER has a bit to spare: how many of the signature's last bits are unused."""
    changed = bytearray(REQUEST)
    changed[data.draw(st.integers(0, len(REQUEST) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        issued = CA.issue(bytes(changed), serial="SN", name=NAME)
    except CsrRefused:
        return
    leaf = x509.load_der_x509_certificate(issued.chain[0])
    assert leaf.public_key() == KEY.public_key()


@given(st.binary(max_size=300))
def test_what_is_no_request_is_refused(noise: bytes) -> None:
    with pytest.raises(CsrRefused):
        CA.issue(noise, serial="SN", name=NAME)


PRINTABLE = st.characters(exclude_categories=("C", "Z"), include_characters=" ")


@pytest.mark.parametrize("serial", ["", " ", "A\nB", "A\0", "x" * 65, "é" * 33])
def test_a_serial_that_no_certificate_can_hold_is_refused(serial: str) -> None:
    with pytest.raises(SerialUnusable) as refused:
        CA.issue(REQUEST, serial=serial, name=NAME)
    assert (refused.value.code, refused.value.retryable) == ("D-112", False)
    assert "serial number" in refused.value.title, "the request itself was its own"


@given(st.text(PRINTABLE, min_size=1, max_size=16).filter(str.strip))
def test_every_other_serial_is_found_again(serial: str) -> None:
    assert serial_of(CA.issue(REQUEST, serial=serial, name=NAME).chain[0]) == serial


def test_a_key_and_a_root_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="not of this key"):
        IssuingCa.load(CA.seal(), IssuingCa.create("Other").anchors[0])


def test_a_revocation_list_names_what_is_revoked_and_is_signed_by_the_ca() -> None:
    good, bad = CA.issue(REQUEST, serial="SN-0001", name=NAME), CA.issue(REQUEST, serial="SN-0002", name=NAME)
    at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    der = CA.revocation_list([RevokedCertificate(bad.serial_number, at)], number=7)
    crl = x509.load_der_x509_crl(der)
    root = x509.load_der_x509_certificate(CA.anchors[0])
    assert crl.is_signature_valid(root.public_key()) and crl.issuer == root.subject  # type: ignore[arg-type]
    found = crl.get_revoked_certificate_by_serial_number(bad.serial_number)
    assert found is not None and found.revocation_date_utc == at
    assert crl.get_revoked_certificate_by_serial_number(good.serial_number) is None
    assert crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == 7

"""The name by which services know a device: made, read, and refused where it is not exactly one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from companion.identity import DeviceName, InvalidDeviceName, IssuingCa, OwnerKey, owner_domain
from tests.identity.requests import NAME, device_key, request

LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", fullmatch=True)


@given(
    fp=st.binary(min_size=16, max_size=16),
    owner=st.binary(min_size=8, max_size=8),
    site=LABEL,
)
def test_a_name_is_read_as_it_was_written(fp: bytes, owner: bytes, site: str) -> None:
    name = DeviceName(fp, owner, site)
    assert DeviceName.parse(str(name)) == name
    assert len(str(name)) <= 253, "what DNS can hold"


def test_all_devices_of_an_owner_are_in_his_domain_and_nobody_elses() -> None:
    ours, theirs = OwnerKey.generate().public, OwnerKey.generate().public
    assert str(DeviceName.under(ours, bytes(16), "hall")).endswith(f".hall.{owner_domain(ours)}")
    assert owner_domain(ours) != owner_domain(theirs)


FP, OWNER = "00" * 16, "11" * 8


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{FP}.none.{OWNER}.internal.",
        f"{FP}.none.{OWNER}.internal\n",
        f"{FP}.none.{OWNER}.example",
        f"{FP}.{OWNER}.internal",
        f"{FP}.hall.north.{OWNER}.internal",
        f"{FP}..{OWNER}.internal",
        f"{FP}.-hall.{OWNER}.internal",
        f"{FP}.Hall.{OWNER}.internal",
        f"{FP}.{'h' * 64}.{OWNER}.internal",
        f"{FP}.küche.{OWNER}.internal",
        f"{FP.replace('0', 'A')}.none.{OWNER}.internal",
        f"{FP[2:]}.none.{OWNER}.internal",
        f"{FP}.none.{OWNER}11.internal",
        f"*.none.{OWNER}.internal",
    ],
)
def test_what_is_not_octet_by_octet_a_name_is_none(text: str) -> None:
    with pytest.raises(InvalidDeviceName):
        DeviceName.parse(text)


@pytest.mark.parametrize(
    ("fp", "owner", "site"),
    [(bytes(15), bytes(8), "none"), (bytes(16), bytes(9), "none"), (bytes(16), bytes(8), "Hall 2")],
)
def test_no_other_name_is_made(fp: bytes, owner: bytes, site: str) -> None:
    with pytest.raises(InvalidDeviceName):
        DeviceName(fp, owner, site)


def certificate(*names: x509.GeneralName) -> bytes:
    """A leaf with these alternative names; none: without the extension."""
    key, now = device_key(), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, str(NAME)[:64])])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).serial_number(7)
    builder = (
        builder.public_key(key.public_key()).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_a_leaf_of_the_ca_carries_exactly_its_name() -> None:
    issued = IssuingCa.create("Companion 0a1b").issue(request(device_key()), serial="SN-0001", name=NAME)
    assert DeviceName.of(issued.chain[0]) == NAME


OTHER = x509.DNSName(str(DeviceName(bytes([1]) * 16, bytes(8))))


@pytest.mark.parametrize(
    "names",
    [
        (),
        (x509.DNSName(str(NAME)), OTHER),
        (x509.DNSName(str(NAME)), x509.DNSName(str(NAME))),
        (x509.DNSName("localhost"),),
        (x509.RFC822Name("lamp@example.org"),),
        (x509.DNSName(str(NAME)), x509.RFC822Name("lamp@example.org")),
    ],
    ids=["none", "two", "twice", "a server's", "an address", "one and an address"],
)
def test_a_leaf_without_exactly_one_names_no_device(names: tuple[x509.GeneralName, ...]) -> None:
    with pytest.raises(InvalidDeviceName):
        DeviceName.of(certificate(*names))


def test_what_is_no_certificate_names_no_device() -> None:
    with pytest.raises(InvalidDeviceName):
        DeviceName.of(b"no certificate")

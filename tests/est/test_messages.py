"""EST bodies are what OpenSSL makes and reads, and nothing else is taken for one."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import es256
from companion.est.messages import (
    MAX_BODY,
    InvalidEst,
    chain_of,
    decode,
    decode_certificates,
    encode,
    encode_certificates,
)
from companion.identity import IssuingCa
from tests.identity.requests import NAME, device_key, request

CA = IssuingCa.create("Company")
KEY = device_key()
LEAF = CA.issue(request(KEY), serial="SN-0001", name=NAME).chain[0]


@given(st.binary(max_size=300))
def test_a_body_comes_back(der: bytes) -> None:
    assert decode(encode(der)) == der
    assert decode(encode(der).replace(b"\n", b"\r\n")) == der
    assert decode(encode(der).replace(b"\n", b"")) == der


@pytest.mark.parametrize("body", [b"%%%", b"QUJ", b"A" * (MAX_BODY + 1)])
def test_what_is_no_base64_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidEst):
        decode(body)


def test_openssl_reads_our_certificates_and_we_read_openssls(tmp_path: Path) -> None:
    ours = tmp_path / "ours.p7"
    ours.write_bytes(decode(encode_certificates([LEAF, *CA.anchors])))
    told = _openssl("pkcs7", "-inform", "DER", "-in", str(ours), "-print_certs", "-noout")
    assert "SN-0001" in told and "Company" in told
    pem = tmp_path / "all.pem"
    pem.write_bytes(b"".join(_pem(der) for der in (*CA.anchors, LEAF)))
    theirs = tmp_path / "theirs.p7"
    _openssl("crl2pkcs7", "-nocrl", "-certfile", str(pem), "-outform", "DER", "-out", str(theirs))
    assert set(decode_certificates(encode(theirs.read_bytes()))) == {LEAF, *CA.anchors}


def test_the_leaf_is_found_by_its_key_wherever_it_stands() -> None:
    """PKCS#7 is a set: servers answer root first, or leaf first."""
    between = es256.generate()
    middle = CA.issue_intermediate(
        between.public_key(),
        depth=0,
        domains=["example.internal"],
        until=datetime.now(UTC) + timedelta(days=9),
    ).chain[0]
    for order in ([*CA.anchors, middle, LEAF], [LEAF, middle, *CA.anchors]):
        assert chain_of(KEY.public_key(), order) == (LEAF,)


def test_a_chain_of_another_key_is_refused() -> None:
    with pytest.raises(InvalidEst, match="0 certificates"):
        chain_of(device_key().public_key(), [LEAF, *CA.anchors])
    second = CA.issue(request(KEY), serial="SN-0001", name=NAME).chain[0]
    with pytest.raises(InvalidEst, match="2 certificates"):
        chain_of(KEY.public_key(), [LEAF, second])


@given(st.binary(max_size=200))
def test_rubbish_is_refused_as_such(der: bytes) -> None:
    with pytest.raises(InvalidEst):
        decode_certificates(encode(der))


def _pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def _openssl(*words: str) -> str:
    return subprocess.run(["openssl", *words], capture_output=True, text=True, check=True).stdout

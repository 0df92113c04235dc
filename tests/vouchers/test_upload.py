"""How vouchers are uploaded: what each kind of server takes, and how one logs in there."""

from __future__ import annotations

import pytest

from companion.secret import Secret
from companion.vouchers.upload import Login, ServerKind, authorization, upload_of

MUFASA = Login("Mufasa", Secret("Circle of Life"))
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
RFC = (
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={}, '
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", '
    'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
)


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_digests_of_the_rfc(algorithm: str, response: str) -> None:
    """RFC 7616, section 3.9.1; there it is a GET."""
    made = authorization(MUFASA, RFC.format(algorithm), "GET", "/dir/index.html", CNONCE)
    assert made is not None and f'response="{response}"' in made and 'username="Mufasa"' in made
    assert "Circle" not in made and 'opaque="FQhe' in made


def test_basic_and_tokens_answer_their_own_challenge_alone() -> None:
    assert authorization(MUFASA, 'Basic realm="x"', "POST", "/", "") == "Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl"
    assert authorization(MUFASA, "", "POST", "/", "") is None
    assert authorization(MUFASA, "Bearer", "POST", "/", "") is None
    token = Login("", Secret("abc"))
    assert authorization(token, "", "POST", "/", "") == "Bearer abc"
    assert authorization(token, 'Bearer realm="x"', "POST", "/", "") == "Bearer abc"
    assert authorization(token, 'Basic realm="x"', "POST", "/", "") is None
    assert "Circle" not in repr(MUFASA)


@pytest.mark.parametrize(
    "challenge",
    [
        'Digest realm="x", nonce="y"',
        'Digest realm="x", qop="auth"',
        'Digest realm="x", nonce="y", qop="auth-int"',
        'Digest realm="x", nonce="y", qop="auth", algorithm=SHA-512-256',
        'Digest realm="\x00", nonce="y", qop="auth"',
    ],
)
def test_a_challenge_that_is_not_understood_gets_no_answer(challenge: str) -> None:
    assert authorization(MUFASA, challenge, "POST", "/", "00") is None


def test_a_user_name_can_not_add_to_the_header() -> None:
    odd = Login('a", realm="b', Secret("c"))
    assert authorization(odd, RFC.format("MD5"), "POST", "/", "00") is None


def test_without_opaque_none_is_sent() -> None:
    made = authorization(MUFASA, 'Digest realm="x", nonce="y", qop=auth', "POST", "/", "00")
    assert made is not None and "opaque" not in made and "algorithm=MD5" in made


@pytest.mark.parametrize("kind", ServerKind)
def test_each_server_gets_pem_at_its_own_place(kind: ServerKind) -> None:
    upload = upload_of(kind, b"\x85")
    assert upload.body.startswith(b"-----BEGIN OWNERSHIP VOUCHER-----\n")
    assert (upload.path.startswith("/management/v1/")) is (kind is ServerKind.RUST)
    assert ("X-Number-Of-Vouchers" in upload.headers) is (kind is ServerKind.RUST)


def test_fdo_rs_takes_32_kib() -> None:
    with pytest.raises(ValueError, match="32768 octets"):
        upload_of(ServerKind.RUST, bytes(32_000))

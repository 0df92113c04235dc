"""PKCS#11 URIs name a token as RFC 7512 does, and never carry a PIN."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.identity.hardware.uri import KeyUri

TEXT = st.text(min_size=0, max_size=40).filter(lambda text: text.encode("utf-8", "ignore").decode() == text)


@given(TEXT, TEXT, TEXT)
def test_a_uri_comes_back(token: str, serial: str, label: str) -> None:
    uri = KeyUri(token=token, serial=serial, object=label)
    if len(str(uri)) <= 1024:
        assert KeyUri.parse(str(uri)) == uri


def test_the_examples_of_the_rfc() -> None:
    attributes = "manufacturer=Snake%20Oil,%20Inc.;model=1.0;object=my-key;type=private"
    uri = f"pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;{attributes}"
    assert KeyUri.parse(uri) == KeyUri(
        token="The Software PKCS#11 Softtoken", manufacturer="Snake Oil, Inc.", model="1.0", object="my-key"
    )
    with_module = KeyUri.parse("pkcs11:object=my-key?module-path=/mnt/libmypkcs11.so.1")
    assert with_module == KeyUri(object="my-key", module="/mnt/libmypkcs11.so.1")


@pytest.mark.parametrize(
    "text",
    [
        "pkcs11:token=a?pin-value=1234",
        "pkcs11:token=a?pin-source=file:/etc/token",
        "pkcs11:token=a;token=b",
        "pkcs11:token",
        "pkcs11:weather=fine",
        "pkcs11:object=a;type=cert",
        "http://example.com",
        "pkcs11:token=%ff",
        "pkcs11:token=ü",
        "pkcs11:" + "a" * 2000,
    ],
)
def test_others_are_refused_and_no_pin_is_repeated(text: str) -> None:
    with pytest.raises(ValueError) as raised:
        KeyUri.parse(text)
    assert "1234" not in str(raised.value)

"""Handing on: an independent CBOR reads what was made, nothing is signed for a key that does not fit."""

from __future__ import annotations

import base64

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from companion.secret import Secret
from companion.vouchers import voucher as voucher_module
from companion.vouchers.extension import (
    KeyUnsuitable,
    NextOwner,
    NotOwner,
    VoucherBroken,
    extend,
    read_next_owner,
)
from companion.vouchers.keys import KeyForm, KeyKind, read_certificate, read_public, verify
from companion.vouchers.private_keys import NAMES, SIZES, OwnKeys
from companion.vouchers.verification import check_voucher, failed
from companion.vouchers.voucher import Voucher, as_pem, encode_voucher, read_voucher
from tests.vouchers import samples
from tests.vouchers.samples import Maker, Signing, issue, private_key


class Shelf(dict[str, Secret]):
    """A vault for a test."""

    def put(self, key: str, value: Secret | None) -> None:
        assert value is not None
        self[key] = value

    def names(self, prefix: str) -> tuple[str, ...]:
        return tuple(sorted(each for each in self if each.startswith(prefix)))


def handed_on(made: Maker, to: NextOwner) -> Voucher:
    """Extended by its last owner, and read again from what would be written."""
    voucher = read_voucher(made.made())
    extended = extend(voucher, Signing(made.owners[-1] if made.owners else made.manufacturer), to)
    again = read_voucher(as_pem(encode_voucher(extended)))
    assert again == extended and not failed(check_voucher(again))
    return again


FORMS = [
    (KeyKind.P256, KeyForm.X509, -7, -16),
    (KeyKind.P256, KeyForm.COSE, -7, -16),
    (KeyKind.P384, KeyForm.COSE, -35, -43),
    (KeyKind.P384, KeyForm.CRYPTO, -35, -43),
    (KeyKind.RSA2048, KeyForm.CRYPTO, -257, -16),
    (KeyKind.RSA_PSS, KeyForm.CRYPTO, -37, -16),
    (KeyKind.RSA, KeyForm.X509, -257, -16),
]


@pytest.mark.parametrize(("kind", "form", "algorithm", "digest"), FORMS)
def test_each_type_of_key_is_handed_on_in_its_own_encoding(
    kind: KeyKind, form: KeyForm, algorithm: int, digest: int
) -> None:
    made = Maker(kind=kind, form=form, algorithm=algorithm, hash=digest).hand_on(private_key(kind))
    customer = private_key(kind)
    handed = handed_on(made, NextOwner(customer.public_key()))
    last = cbor2.loads(encode_voucher(handed))[4][-1]
    assert cbor2.loads(last.value[0]) == {1: algorithm} and len(handed.entries) == 2
    previous, _, extra, public = cbor2.loads(last.value[2])
    assert public == made.public(customer) and previous[0] == digest and extra is None


def test_an_owner_with_certificates_needs_one_where_the_manufacturer_has() -> None:
    made = Maker(form=KeyForm.CHAIN)
    customer = private_key(KeyKind.P256)
    with pytest.raises(KeyUnsuitable, match="a certificate with a P-256 key"):
        handed_on(made, NextOwner(customer.public_key()))
    certificate = issue(customer, customer, "Harbour GmbH")
    assert (
        handed_on(made, NextOwner(customer.public_key(), (certificate,))).owner.subject == "CN=Harbour GmbH"
    )


@pytest.mark.parametrize("other", [KeyKind.P384, KeyKind.RSA, None])
def test_a_key_of_another_type_is_refused_before_anything_is_signed(other: KeyKind | None) -> None:
    class Never(Signing):
        def sign(self, algorithm: int, message: bytes) -> bytes:
            raise AssertionError("signed")

    made = Maker()
    key = private_key(other) if other else ec.generate_private_key(ec.SECP256K1())
    with pytest.raises(KeyUnsuitable, match="a P-256 key"):
        extend(read_voucher(made.made()), Never(made.manufacturer), NextOwner(key.public_key()))
    of_rsa = Maker(kind=KeyKind.RSA, algorithm=-257)
    large = NextOwner(rsa.generate_private_key(65537, 1024).public_key())
    with pytest.raises(KeyUnsuitable, match="an RSA 2048 key"):
        extend(read_voucher(of_rsa.made()), Never(of_rsa.manufacturer), large)


def test_nobody_hands_on_what_is_not_his_or_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Maker().hand_on(private_key(KeyKind.P256))
    to = NextOwner(private_key(KeyKind.P256).public_key())
    with pytest.raises(NotOwner):
        extend(read_voucher(made.made()), Signing(made.manufacturer), to)
    forged = Maker().hand_on(made.owners[0], by=private_key(KeyKind.P256))
    with pytest.raises(VoucherBroken, match="not signed"):
        extend(read_voucher(forged.made()), Signing(made.owners[0]), to)
    with monkeypatch.context() as changed, pytest.raises(VoucherBroken, match="1 entries already"):
        changed.setattr("companion.vouchers.extension.MAX_ENTRIES", 1)
        handed_on(made, to)
    assert voucher_module.MAX_ENTRIES == 10_000


def test_what_a_faulty_signer_made_is_not_handed_out() -> None:
    """It is verified again before anybody writes it."""

    class Faulty(Signing):
        def sign(self, algorithm: int, message: bytes) -> bytes:
            return super().sign(algorithm, message + b"!")

    made = Maker()
    with pytest.raises(VoucherBroken, match="Entry 1 of 1"):
        extend(
            read_voucher(made.made()), Faulty(made.manufacturer), NextOwner(made.manufacturer.public_key())
        )


def odd_certificate() -> bytes:
    """A device's whose key is of no known type."""
    key = private_key(KeyKind.P256)
    oid = bytes.fromhex("06072a8648ce3d0201")
    return issue(key, key, "Device").replace(oid, oid[:-1] + b"\x7f", 1)


@pytest.mark.parametrize(
    ("device", "expected"),
    [(ec.SECP256R1(), -16), (ec.SECP384R1(), -43), (None, -16), ("none", -43), ("odd", -16)],
)
def test_the_first_hash_is_one_that_the_device_can_compute(
    device: ec.EllipticCurve | str | None, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device without certificates says nothing, so the owner's key decides."""
    if device == "none":
        monkeypatch.setattr(samples, "certificates", list)
    elif device == "odd":
        monkeypatch.setattr(samples, "certificates", lambda: [odd_certificate()])
    else:
        key = (
            ec.generate_private_key(device)
            if isinstance(device, ec.EllipticCurve)
            else private_key(KeyKind.RSA)
        )
        monkeypatch.setattr(samples, "certificates", lambda: [issue(key, key, "Device")])
    made = Maker(kind=KeyKind.P384, algorithm=-35, hash=-43)
    if device == "none":
        header = cbor2.loads(made.header)
        made.header = cbor2.dumps([*header[:5], None])
        content = made.made().replace(cbor2.dumps(made.hmac) + b"\x80", cbor2.dumps(made.hmac) + b"\xf6")
    else:
        content = made.made()
    extended = extend(
        read_voucher(content),
        Signing(made.manufacturer),
        NextOwner(private_key(KeyKind.P384).public_key()),
    )
    assert extended.entries[0].previous.algorithm == expected


def test_our_keys_are_made_once_and_found_again() -> None:
    shelf = Shelf()
    keys = OwnKeys(shelf)
    assert keys.kept() == ()
    names = [name for name in NAMES if name != "rsa3072"]  # which takes a second to make
    made = {name: keys.get(name) for name in names}
    again = OwnKeys(shelf)
    assert {each.name: each.fingerprint for each in again.kept()} == {
        name: key.fingerprint for name, key in made.items()
    }
    assert again.get("p384").fingerprint == made["p384"].fingerprint
    found = again.find(made["rsa2048"].public)
    assert found is not None and found.name == "rsa2048" and found.public.key_size == 2048
    assert SIZES["rsa3072"] == 3072
    assert again.find(private_key(KeyKind.P256).public_key()) is None
    assert "key=" not in repr(found)
    with pytest.raises(KeyError):
        keys.get("ed25519")
    assert verify(made["p384"].public, -35, made["p384"].sign(-35, b"message"), b"message")
    pem = made["p384"].certificate_pem("Harbour GmbH")
    owner = read_next_owner(pem)
    assert len(owner.chain) == 1 and owner.key == made["p384"].public
    assert read_next_owner(made["p256"].public_pem()) == NextOwner(made["p256"].public)
    with pytest.raises(ValueError, match="more than 8"):
        read_next_owner(pem * 9)


def certificate_pem(der: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.b64encode(der) + b"\n-----END CERTIFICATE-----\n"


def test_a_certificate_of_a_version_that_does_not_exist_is_a_sentence() -> None:
    key = private_key(KeyKind.P256)
    der = issue(key, key, "Owner").replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x07", 1)
    pem = certificate_pem(der)
    for read in (read_next_owner, read_public):
        with pytest.raises(ValueError):
            read(pem)
    with pytest.raises(ValueError):
        read_certificate(der)
    with pytest.raises(ValueError):
        read_public(certificate_pem(odd_certificate()))


def test_a_vault_that_holds_another_key_is_not_used() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import NoEncryption, PrivateFormat

    der = Ed25519PrivateKey.generate().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(ValueError, match="does not know"):
        OwnKeys(Shelf({"fdo/p256": Secret(der)})).get("p256")

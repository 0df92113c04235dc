"""Ownership vouchers: those of others hold, a wrong octet is named with its entry, rubbish has a sentence.

Published ones lie beside the project, in `../shared/vectors/fdo`; where they do not, these tests say so.
"""

from __future__ import annotations

from pathlib import Path

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import SignatureAlgorithmOID
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.model import Verdict
from companion.vouchers import verification
from companion.vouchers.keys import KeyForm, KeyKind, read_public, verify
from companion.vouchers.reader import MalformedItem, Reader
from companion.vouchers.rendezvous import read_rendezvous
from companion.vouchers.verification import check_voucher, holds
from companion.vouchers.voucher import (
    MAX_ENTRIES,
    MAX_FILE,
    Voucher,
    VoucherOutdated,
    VoucherUnreadable,
    read_voucher,
)
from tests.vouchers import samples
from tests.vouchers.samples import Maker, private_key

PUBLISHED = Path(__file__).parents[3] / "shared" / "vectors" / "fdo"
"""Of go-fdo, fdo-rs and the FIDO Alliance; they are not ours to ship."""
if not PUBLISHED.is_dir():
    PUBLISHED = Path(__file__).parents[4] / "shared" / "vectors" / "fdo"
needs_published = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="no vectors in ../shared/vectors/fdo")


def said(voucher: Voucher, **options: object) -> dict[str, tuple[Verdict, str]]:
    checks = check_voucher(voucher, **options)  # type: ignore[arg-type]
    return {each.name: (each.verdict, str(each.reason)) for each in checks}


def twice(**changes: object) -> Maker:
    made = Maker(**changes)  # type: ignore[arg-type]
    return made.hand_on(private_key(made.kind)).hand_on(private_key(made.kind))


# --- vouchers of others ------------------------------------------------------------------------------------

KNOWN = {
    "go-fdo_unextended.ov.pem": ("P-256", 0),
    "ov.pem": ("P-384", 0),
    "ov_extended.pem": ("RSA 2048", 6),
    "python_extended_twice_accepted_by_go-fdo.pem": ("P-384", 2),
    "rs_integration-tests_vouchers_v101_voucher1": ("P-256", 1),
    "rs_integration-tests_vouchers_v101_voucher2": ("P-256", 2),
    "rs_integration-tests_vouchers_v101_voucher3": ("P-256", 1),
    "rs_libfdo-data_test_assets_testdevice1.ov": ("P-256", 1),
}


@needs_published
@pytest.mark.parametrize(("name", "expected"), KNOWN.items())
def test_published_vouchers_hold(name: str, expected: tuple[str, int]) -> None:
    voucher = read_voucher((PUBLISHED / name).read_bytes())
    assert (voucher.manufacturer.name, len(voucher.entries)) == expected
    told = said(voucher)
    assert holds(check_voucher(voucher))
    older = name.endswith(("v101_voucher1", "testdevice1.ov"))
    assert ("fdo-rs" in told["certificate"][1]) is older
    assert ("SHA-1" in told["chain"][1]) is (name == "ov_extended.pem")


@needs_published
@pytest.mark.parametrize("name", ["voucher1", "voucher2"])
def test_a_voucher_of_fdo_1_0_is_told_as_one(name: str) -> None:
    with pytest.raises(VoucherOutdated):
        read_voucher((PUBLISHED / f"rs_integration-tests_vouchers_v100_{name}").read_bytes())


# --- what holds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "form", "algorithm", "digest"),
    [
        (KeyKind.P256, KeyForm.X509, -7, -16),
        (KeyKind.P384, KeyForm.COSE, -35, -43),
        (KeyKind.P256, KeyForm.CRYPTO, -7, -16),
        (KeyKind.P384, KeyForm.CHAIN, -35, -43),
        (KeyKind.RSA2048, KeyForm.CRYPTO, -257, -16),
        (KeyKind.RSA, KeyForm.X509, -258, -43),
        (KeyKind.RSA_PSS, KeyForm.X509, -37, -16),
    ],
)
def test_every_kind_of_key_leads_from_maker_to_owner(
    kind: KeyKind, form: KeyForm, algorithm: int, digest: int
) -> None:
    made = Maker(kind, form, algorithm, hash=digest).hand_on(private_key(kind))
    voucher = read_voucher(samples.pem(made.made()))
    assert (voucher.guid, voucher.device) == (samples.GUID, samples.DEVICE)
    assert voucher.rendezvous[0].hosts == ("rv.example",) and voucher.rendezvous[0].port == 8040
    told = said(voucher, manufacturers=[made.manufacturer.public_key()], owner=made.owners[-1].public_key())
    failed = [each for each, (verdict, _) in told.items() if verdict is not Verdict.PASSED]
    assert failed == ["hmac"] and voucher.owner.subject == ("CN=Owner" if form is KeyForm.CHAIN else "")


def test_another_maker_or_owner_is_told() -> None:
    made, other = twice(), private_key(KeyKind.P256).public_key()
    told = said(read_voucher(made.made()), manufacturers=[other], owner=other)
    assert told["manufacturer"][0] is told["owner"][0] is Verdict.FAILED
    assert said(read_voucher(Maker().made()))["entries"][1].endswith("still its manufacturer's")


def test_the_hash_that_fdo_rs_wrote_is_told_and_no_forgery() -> None:
    told = said(read_voucher(Maker(hashes_array=True).made()))
    assert told["certificate"][0] is Verdict.REMARK and "fdo-rs" in told["certificate"][1]


# --- what does not -----------------------------------------------------------------------------------------


def test_one_wrong_octet_is_named_with_its_entry() -> None:
    made = twice()
    content = made.made()
    ends = [content.index(each) + len(each) for each in made.entries]
    for number, end in enumerate(ends, 1):
        for at in (end - 1, end - 40, end - 80):
            changed = content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :]
            try:
                verdict, reason = said(read_voucher(changed))["entries"]
            except VoucherUnreadable as problem:
                verdict, reason = Verdict.FAILED, str(problem)
            assert verdict is Verdict.FAILED and f"ntry {number}" in reason, (at, reason)
    header = content.replace(samples.DEVICE.encode(), b"Gateway 8")
    assert said(read_voucher(header))["entries"] == (
        Verdict.FAILED,
        "Entry 1 of 2 does not continue what is before it",
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"before": b"another"}, "does not continue"),
        ({"device": b"another"}, "about another device"),
        ({"by": private_key(KeyKind.P256)}, "not signed by the owner before it"),
    ],
)
def test_an_entry_that_fits_nowhere_is_named(changes: dict[str, object], reason: str) -> None:
    made = Maker().hand_on(private_key(KeyKind.P256))
    made.hand_on(private_key(KeyKind.P256), **changes)  # type: ignore[arg-type]
    verdict, why = said(read_voucher(made.made()))["entries"]
    assert verdict is Verdict.FAILED and why.startswith("Entry 2 of 2") and reason in why


def test_a_key_of_another_type_can_not_follow() -> None:
    other = private_key(KeyKind.P384)
    public = [int(KeyKind.P384), int(KeyForm.X509), samples.body(other, KeyForm.X509)]
    made = Maker().hand_on(other, public=public)
    assert "another type than the manufacturer's" in said(read_voucher(made.made()))["entries"][1]


def test_certificates_that_are_missing_or_others_are_told() -> None:
    made = Maker()
    made.chain = samples.certificates()
    assert said(read_voucher(made.made()))["certificate"][0] is Verdict.FAILED
    made = Maker()
    made.chain = [made.chain[0], samples.certificates()[1]]
    assert said(read_voucher(made.made()))["chain"][0] is Verdict.FAILED
    made.chain = [b"no certificate"]
    assert said(read_voucher(made.made()))["chain"][0] is Verdict.FAILED
    made = Maker()
    without = made.made().replace(cbor2.dumps(made.chain), b"\xf6")
    assert said(read_voucher(without))["certificate"][1].startswith("Either")
    header = cbor2.loads(made.header)
    header[5] = None
    without = without.replace(cbor2.dumps(made.header), cbor2.dumps(cbor2.dumps(header)))
    assert said(read_voucher(without))["certificate"][0] is Verdict.REMARK


def test_a_hash_or_algorithm_that_nobody_knows_holds_nothing() -> None:
    key = private_key(KeyKind.P256).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert not verify(key, -257, bytes(64), b"") and not verify(key, -7, bytes(63), b"")
    made = twice()
    unknown = made.header.replace(cbor2.dumps([-16, made.digest(b"".join(made.chain))])[:3], b"\x82\x2e\x58")
    assert said(read_voucher(made.made().replace(made.header, unknown)))["certificate"][0] is Verdict.FAILED


# --- bounds ------------------------------------------------------------------------------------------------


def test_many_entries_are_read_and_more_than_ten_thousand_are_refused_by_their_number() -> None:
    made = twice()
    made.entries = [made.entries[0]] * 300
    voucher = read_voucher(made.made())
    assert said(voucher)["entries"][1].startswith("Entry 2 of 300")
    many = made.made().replace(b"\x99\x01\x2c", b"\x99" + (MAX_ENTRIES + 1).to_bytes(2, "big"))
    with pytest.raises(VoucherUnreadable, match="out of bounds: 10001"):
        read_voucher(many)


RUBBISH = {
    "nothing": b"",
    "no array": b"\x01",
    "cut short": b"\x85\x18\x65",
    "another version": b"\x85\x18\x66\x41\x00\x80\x80\x80",
    "a bomb of arrays": b"\x85\x18\x65\x41\x81" + b"\x9b" + b"\xff" * 8,
    "a bomb of strings": b"\x85\x18\x65\x5b" + b"\xff" * 8,
    "an indefinite length": b"\x9f\xff",
    "rubbish in PEM": b"-----BEGIN OWNERSHIP VOUCHER-----\nA\n-----END OWNERSHIP VOUCHER-----",
    "PEM of another kind": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    "too long": bytes(MAX_FILE + 1),
}


@pytest.mark.parametrize("content", RUBBISH.values(), ids=RUBBISH)
def test_rubbish_has_a_sentence(content: bytes) -> None:
    with pytest.raises(VoucherUnreadable):
        read_voucher(content)


@given(st.binary(max_size=64), st.integers(0, 3000), st.integers(0, 3000))
def test_damage_ends_in_a_sentence_and_nothing_else(put: bytes, at: int, cut: int) -> None:
    changed = CONTENT[:at] + put + CONTENT[at + cut :]
    try:
        check_voucher(read_voucher(changed))
    except VoucherUnreadable as problem:
        assert str(problem)


CONTENT = twice().made()

ITEMS = st.recursive(
    st.none() | st.integers(-(2**31), 2**31 - 1) | st.binary(max_size=40) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.integers(0, 9), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=40)
@given(ITEMS)
def test_the_octets_of_any_item_are_those_that_another_encoder_wrote(value: object) -> None:
    encoded = cbor2.dumps([value, cbor2.CBORTag(18, 1)])
    reader = Reader(encoded)
    reader.array(2, 2)
    assert cbor2.loads(reader.raw()) == value
    reader.tag(18)
    assert reader.unsigned() == 1
    reader.end()


def test_what_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(MalformedItem, match="deeply"):
        Reader(b"\x81" * 100 + b"\x00").raw()
    with pytest.raises(MalformedItem, match="cut short"):
        Reader(b"\x98\xff").raw()
    with pytest.raises(MalformedItem, match="follows"):
        Reader(b"\x00").end()
    with pytest.raises(MalformedItem, match="UTF-8"):
        Reader(b"\x61\xff").text(9)
    assert Reader(b"\x39\x01\x00").integer() == -257


def test_where_a_device_asks_is_read_and_its_wifi_password_is_not_kept() -> None:
    wifi = [
        [9, cbor2.dumps("Hall")],
        [10, cbor2.dumps("secret words")],
        [2, cbor2.dumps(bytes([10, 0, 0, 1]))],
    ]
    directives = [[*wifi, [13, cbor2.dumps(30)], [14]], [[1]]]
    first, second = read_rendezvous(Reader(cbor2.dumps(directives)))
    assert first.hosts == ("10.0.0.1",) and first.has_wifi and first.bypass and first.delay == 30
    assert "secret" not in repr(first) and not second.device
    with pytest.raises(MalformedItem):
        read_rendezvous(Reader(cbor2.dumps([[[2, cbor2.dumps(bytes(5))]]])))


@pytest.mark.parametrize(
    "key",
    [
        [10, 1, samples.body(private_key(KeyKind.P384), KeyForm.X509)],
        [1, 1, samples.body(private_key(KeyKind.P256), KeyForm.X509)],
        [10, 1, b"no key"],
        [10, 3, {1: 2}],
        [99, 1, b"x"],
        [10, 9, b"x"],
    ],
)
def test_a_key_that_does_not_fit_is_refused(key: list[object]) -> None:
    made = Maker()
    header = cbor2.loads(made.header)
    header[4] = key
    made.header = cbor2.dumps(header)
    with pytest.raises(VoucherUnreadable, match="key"):
        read_voucher(made.made())


def test_a_key_is_read_from_pem_or_certificate() -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = private_key(KeyKind.RSA)
    alone = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert isinstance(read_public(alone), rsa.RSAPublicKey)
    for bad in (
        b"",
        b"-----BEGIN CERTIFICATE-----",
        b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
    ):
        with pytest.raises(ValueError):
            read_public(bad)


def test_an_entry_needs_no_tag_but_an_algorithm() -> None:
    made = Maker().hand_on(private_key(KeyKind.P256))
    made.entries[0] = made.entries[0][1:]
    assert len(read_voucher(made.made()).entries) == 1
    parts = cbor2.loads(made.entries[0])
    made.entries[0] = cbor2.dumps([cbor2.dumps({4: b"key"}), *parts[1:]])
    with pytest.raises(VoucherUnreadable, match="entry 1: the algorithm"):
        read_voucher(made.made())


def test_a_key_that_fdo_does_not_know_is_none() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = Ed25519PrivateKey.generate().public_key()
    with pytest.raises(ValueError, match="does not know"):
        read_public(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def test_a_certificate_with_sha_1_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are still met; nothing is verified by them, and nothing fails."""
    monkeypatch.setattr(verification, "_WEAK", {SignatureAlgorithmOID.ECDSA_WITH_SHA256})
    voucher = read_voucher(Maker().made())
    assert said(voucher)["chain"] == (Verdict.NOT_KNOWN, "One is signed with SHA-1, which proves nothing")
    assert holds(check_voucher(voucher))

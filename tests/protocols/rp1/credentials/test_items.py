"""Items: what goes out comes back, and what is not an item is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from companion.encoding import cbor, es256
from companion.encoding.cbor import MalformedCbor
from companion.identity.ca import IssuingCa
from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import certificates, item_signatures, items
from companion.protocols.rp1.credentials.items import ItemType
from companion.secret import Secret
from tests.protocols.rp1.support.bench import CA

TX = bytes(range(8))
TEXT = st.text(max_size=40)
SECRETS = st.binary(max_size=64).map(Secret)
DERS = st.lists(st.binary(min_size=1, max_size=99), max_size=16).map(tuple)
GRANT = st.binary(max_size=99).map(lambda payload: cbor.encode([b"\xa1\x01\x26", {}, payload, bytes(64)]))

ITEMS = st.one_of(
    st.builds(
        items.LdevidChain, st.lists(st.binary(min_size=1, max_size=99), min_size=1, max_size=16).map(tuple)
    ),
    st.builds(
        items.TrustAnchors, st.lists(st.binary(min_size=1, max_size=99), min_size=1, max_size=16).map(tuple)
    ),
    st.builds(
        items.WifiNetwork,
        st.binary(min_size=1, max_size=32),
        st.sampled_from(items.WifiKind),
        st.none() | SECRETS,
        st.none() | st.builds(items.Enterprise, TEXT, TEXT, DERS, st.none() | TEXT),
    ),
    st.builds(items.ThreadDataset, st.binary(min_size=1, max_size=254).map(Secret)),
    st.builds(
        items.CloudEndpoint,
        st.integers(0, 255) | TEXT,
        st.sampled_from(["host.example:1", "10.0.0.1:8883", "[::1]:65535"]),
        TEXT,
        st.none() | SECRETS,
    ),
    st.builds(
        items.Owner,
        st.binary(min_size=65, max_size=65),
        st.integers(0, 2**32 - 1),
        st.booleans(),
        st.integers(0, 255),
        st.booleans(),
        st.integers(0, 2**32 - 1),
        st.lists(GRANT, max_size=8).map(tuple),
        st.binary(min_size=64, max_size=64),
    ),
    st.builds(items.TimeFloor, st.integers(0, 2**40), st.none() | st.binary(min_size=64, max_size=64)),
    st.builds(items.Label, TEXT, TEXT, st.none() | TEXT),
)


@given(ITEMS)
def test_an_item_comes_back_as_it_was(item: items.Item) -> None:
    assert items.decode(items.type_of(item), items.encode(item)) == item


@given(st.sampled_from(ItemType), st.binary(max_size=80))
def test_foreign_bytes_are_an_item_or_malformed_and_nothing_else(kind: ItemType, data: bytes) -> None:
    try:
        item = items.decode(kind, data)
    except MalformedCbor:
        return
    assert items.type_of(item) is kind


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ItemType.LDEVID, []),
        (ItemType.WIFI, {1: b"", 2: 1}),
        (ItemType.WIFI, {1: b"x" * 33, 2: 1}),
        (ItemType.WIFI, {1: b"x", 2: 5}),
        (ItemType.WIFI, {1: b"x", 2: 1, 5: 0}),
        (ItemType.WIFI, {1: "x", 2: 1}),
        (ItemType.THREAD, bytes(255)),
        (ItemType.CLOUD, {1: 1, 2: "no port", 4: "id"}),
        (ItemType.CLOUD, {1: 1, 2: "host:0", 4: "id"}),
        (ItemType.CLOUD, {1: 1, 2: "host:65536", 4: "id"}),
        (ItemType.CLOUD, {1: 1, 2: ":1", 4: "id"}),
        (ItemType.CLOUD, {1: 1, 2: "host:1"}),
        (ItemType.OWNER, {1: bytes(65), 2: 0, 3: 2, 4: 0, 6: bytes(64)}),
        (ItemType.OWNER, {1: bytes(65), 2: 1 << 32, 3: False, 4: 0, 6: bytes(64)}),
        (ItemType.OWNER, {1: bytes(65), 2: 0, 3: False, 4: 0, 6: bytes(64), 7: 1 << 32}),
        (ItemType.OWNER, {1: bytes(65), 2: 0, 3: False, 4: 0, 6: bytes(64), 8: []}),
        (ItemType.OWNER, {1: bytes(64), 2: 0, 3: False, 4: 0, 6: bytes(64)}),
        (ItemType.TIME, {1: -1}),
        (ItemType.LABEL, {1: "x"}),
    ],
)
def test_a_wrong_shape_is_malformed(kind: ItemType, value: cbor.Value) -> None:
    with pytest.raises(MalformedCbor):
        items.decode(kind, cbor.encode(value))


def test_truth_values_may_be_counted_by_peers() -> None:
    value: cbor.Value = {1: bytes(65), 2: 0, 3: 1, 4: 0, 5: 0, 6: bytes(64)}
    owner = items.decode(ItemType.OWNER, cbor.encode(value))
    assert isinstance(owner, items.Owner)
    assert (owner.reset_lock, owner.offline) == (True, False)


def test_a_claim_may_be_text() -> None:
    value: cbor.Value = {1: "mqtt", 2: "host:1", 3: "claim", 4: "id"}
    cloud = items.decode(ItemType.CLOUD, cbor.encode(value))
    assert isinstance(cloud, items.CloudEndpoint)
    assert cloud.claim == Secret("claim")


def test_the_manifest_names_types_in_ascending_order() -> None:
    digests = {8: bytes(32), 1: bytes([1]) * 32}
    pairs: cbor.Value = [[1, bytes([1]) * 32], [8, bytes(32)]]
    assert items.manifest(digests) == crypto.sha256(cbor.encode(pairs))


OWNER, STRANGER = OwnerKey.generate(), OwnerKey.generate()
FP = bytes(range(16))
SIGNED = item_signatures.sign_owner(OWNER.sign, items.Owner(OWNER.public, 5, True, 1, False, 3), FP, TX)


def test_an_owner_signs_the_octets_of_the_section() -> None:
    message = b"rp1 own" + FP + TX + cbor.encode([5, True, 1, False, 3])
    assert es256.verify(OWNER.public, SIGNED.signature, message)
    assert item_signatures.owner_signed(SIGNED, FP, TX)


@pytest.mark.parametrize(
    ("fp", "tx", "changes"),
    [
        (FP, bytes(8), {}),
        (bytes(16), TX, {}),
        (FP, TX, {"epoch": 6}),
        (FP, TX, {"reset_lock": False}),
        (FP, TX, {"delegation_depth": 2}),
        (FP, TX, {"offline": True}),
        (FP, TX, {"grant_floor": 0}),
        (FP, TX, {"grants": (b"grant",)}),
        (FP, TX, {"key": STRANGER.public}),
    ],
)
def test_an_owners_word_holds_for_one_device_one_transaction_and_these_terms(
    fp: bytes, tx: bytes, changes: dict[str, Any]
) -> None:
    assert not item_signatures.owner_signed(replace(SIGNED, **changes), fp, tx)


def test_with_grants_their_last_holder_signs_and_the_signature_covers_them() -> None:
    item = items.Owner(OWNER.public, 5, grants=(b"grant", b"another"))
    signed = item_signatures.sign_owner(STRANGER.sign, item, FP, TX)
    chain = crypto.sha256(cbor.encode([b"grant", b"another"]))
    message = b"rp1 own" + FP + TX + cbor.encode([5, False, 0, False, 0]) + chain
    assert es256.verify(STRANGER.public, signed.signature, message)
    assert item_signatures.owner_signed(signed, FP, TX, STRANGER.public)
    assert not item_signatures.owner_signed(replace(signed, grants=(b"grant",)), FP, TX, STRANGER.public)


def test_a_time_is_signed_with_its_seconds() -> None:
    owner = OwnerKey.generate()
    message = b"rp1 time" + TX + (1_800_000_000).to_bytes(8, "big")
    item = items.TimeFloor(1_800_000_000, owner.sign(message))
    assert item_signatures.time_signed(item, TX, owner.public)
    assert not item_signatures.time_signed(items.TimeFloor(1_800_000_001, item.signature), TX, owner.public)
    assert not item_signatures.time_signed(items.TimeFloor(1_800_000_000), TX, owner.public)


def test_certificates_must_parse_and_follow_from_each_other() -> None:
    (root,) = CA.anchors
    certificates.check_certificates(items.TrustAnchors((root,)))
    certificates.check_certificates(items.LdevidChain((root, root)))
    with pytest.raises(certificates.BadCertificate):
        certificates.check_certificates(items.TrustAnchors((b"no certificate",)))
    (other,) = IssuingCa.create("Other").anchors
    with pytest.raises(certificates.BadCertificate):
        certificates.check_certificates(items.LdevidChain((root, other)))


def test_secrets_stay_out_of_reprs() -> None:
    wifi = items.WifiNetwork(b"home", items.WifiKind.WPA2, Secret("hunter22"))
    assert "hunter22" not in repr(wifi)


def test_a_leaf_is_for_a_key_of_the_suite() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    name = x509.Name([])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(days=1))
    der = made.sign(key, hashes.SHA384()).public_bytes(Encoding.DER)
    with pytest.raises(certificates.BadCertificate):
        certificates.leaf_key(items.LdevidChain((der,)))


def test_a_leaf_is_called_what_its_common_name_says_or_nothing():
    key, day = es256.generate(), datetime(2026, 11, 20, tzinfo=UTC)
    for name, called in ((x509.Name([]), ""), (x509.Name.from_rfc4514_string("CN=S-1"), "S-1")):
        made = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(days=1))
        leaf = made.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
        assert certificates.common_name(leaf) == called
    with pytest.raises(certificates.BadCertificate):
        certificates.common_name(b"no certificate")


def test_enterprise_networks_name_who_logs_in_where():
    network = items.WifiNetwork(
        b"Work", items.WifiKind.EAP_TLS, None, items.Enterprise("lamp", "radius.example")
    )
    assert items.decode(ItemType.WIFI, items.encode(network)) == network


def test_a_thread_dataset_travels_as_it_is():
    dataset = items.ThreadDataset(Secret(bytes.fromhex("0e080000000000010000")))
    assert items.decode(ItemType.THREAD, items.encode(dataset)) == dataset


def test_a_type_that_has_no_codec_is_an_error_and_no_label() -> None:
    with pytest.raises(AssertionError):
        items.decode(9, cbor.encode({1: "Lamp", 2: "Hall"}))  # type: ignore[arg-type]  # a type of tomorrow
    with pytest.raises(AssertionError):
        items.encode(9)  # type: ignore[arg-type]  # the same

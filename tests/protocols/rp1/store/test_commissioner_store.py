"""What is kept across the death of the app comes back as it was, and is gone when it should be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.claims import Evidence
from companion.encoding import cbor, es256
from companion.model import CompanyLogin, DeviceSettings, WifiCredentials, WifiSecurity
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.store import saved_transaction
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.store.saved_transaction import RESUMPTION_SECONDS, Naming, SavedTransaction
from companion.protocols.rp1.wire.results import Request
from companion.secret import Secret
from tests.protocols.rp1.support.driver_bench import FakeMemory

FP = bytes(range(16))
names = st.text(st.characters(codec="utf-8"), max_size=40)
networks = st.builds(
    WifiCredentials,
    ssid=st.binary(min_size=1, max_size=32),
    passphrase=st.none() | st.binary(max_size=64).map(Secret),
    security=st.sampled_from(WifiSecurity),
    hidden=st.booleans(),
    login=st.none()
    | st.builds(
        CompanyLogin,
        server_name=names,
        identity=names,
        anchors=st.lists(st.binary(min_size=1, max_size=64), min_size=1, max_size=3).map(tuple),
        outer=st.none() | names,
    ),
)
pendings = st.builds(
    SavedTransaction,
    method=st.sampled_from(["oob", "nc", "nc+key"]),
    snapshot=st.binary(min_size=1, max_size=500),
    rpsk=st.none() | st.binary(min_size=32, max_size=32),
    seen=st.integers(0, 1 << 40),
    settings=st.none()
    | st.builds(DeviceSettings, names, names, st.none() | networks, st.none() | st.just(Secret(b"dataset"))),
    time=st.integers(0, 1 << 40),
    endpoint=st.sampled_from(["", "192.0.2.7:8883"]),
    evidence=st.frozensets(st.sampled_from(Evidence)),
    owned=st.booleans(),
    naming=st.none()
    | st.builds(
        Naming,
        fp=st.binary(min_size=16, max_size=16),
        serial=st.text("abc-0", max_size=64),
        replaces=st.lists(st.tuples(names, st.binary(min_size=65, max_size=65)), max_size=2).map(tuple),
    ),
)


@given(pendings)
def test_a_transaction_comes_back_as_it_was_and_is_kept_sealed(pending):
    memory = FakeMemory()
    memories = CommissionerStore(memory)
    memories.keep(FP, pending)
    assert memories.recall(FP) == pending
    assert memories.fingerprints() == (FP,)
    assert memory.values == {"open": [FP.hex()]}
    memories.forget(FP)
    assert memories.recall(FP) is None
    assert memory.values == memory.secrets == {}


def test_settings_that_were_kept_before_devices_were_asked_for_a_dataset_are_read():
    octets = saved_transaction.encode(SavedTransaction("nc", b"x", settings=DeviceSettings("Lamp")))
    old = cbor.decode(octets)
    assert old[7] == ["Lamp", "", None, None]
    old[7] = old[7][:3]
    assert saved_transaction.decode(cbor.encode(old)).settings == DeviceSettings("Lamp")


def test_the_secrets_of_a_transaction_go_last():
    """A kill in between leaves a transaction that the next run finds by the inventory, and goes on with."""

    class Dying(FakeMemory):
        def put_secret(self, key, value):
            raise OSError("killed here")

    living, dying = FakeMemory(), Dying()
    CommissionerStore(living).keep(FP, SavedTransaction("nc", b"x"))
    dying.values, dying.secrets = living.values, living.secrets
    with pytest.raises(OSError, match="killed"):
        CommissionerStore(dying).forget(FP)
    assert living.get("open") is None
    assert CommissionerStore(living).recall(FP) is not None
    CommissionerStore(living).forget(FP)
    assert living.secrets == {}


def test_a_device_of_the_inventory_may_have_an_open_transaction():
    memories = CommissionerStore(FakeMemory())
    point = es256.point(es256.generate())
    memories.enter(point, None)
    assert memories.fingerprints() == (crypto.fingerprint(point),)


def test_transactions_with_several_devices_are_kept_apart():
    memories = CommissionerStore(FakeMemory())
    for number in range(3):
        memories.keep(bytes([number] * 16), SavedTransaction("oob", bytes([number])))
    memories.keep(bytes(16), SavedTransaction("oob", b"later"))
    memories.forget(bytes([1] * 16))
    memories.forget(bytes([1] * 16))
    assert memories.fingerprints() == (bytes(16), bytes([2] * 16))
    assert memories.recall(bytes(16)).snapshot == b"later"


def test_a_resumption_secret_is_good_for_ten_minutes():
    pending = SavedTransaction("oob", b"x", bytes(32), seen=1000)
    assert pending.resumable(1000 + RESUMPTION_SECONDS - 1) == bytes(32)
    assert pending.resumable(1000 + RESUMPTION_SECONDS) is None
    assert SavedTransaction("oob", b"x").resumable(0) is None


def test_a_setup_secret_belongs_to_one_device():
    memory = FakeMemory()
    memories = CommissionerStore(memory)
    r, key = Secret(bytes(range(1, 17))), es256.point(es256.generate())
    fp = crypto.fingerprint(key)
    assert not memories.is_shared(r, fp)
    memories.enter(key, r)
    assert not memories.is_shared(r, fp)
    assert memories.is_shared(r, FP)
    assert memories.identity_keys() == {fp: key}
    assert r.reveal().hex() not in repr(memory.values)


@pytest.mark.parametrize("spoilt", [b"", b"\x80", b"\x86\x02\x60\x40\xf6\x00\xf6"])
def test_a_copy_of_another_version_is_no_copy(spoilt):
    memory = FakeMemory()
    memory.secrets[f"open/{FP.hex()}"] = spoilt
    assert CommissionerStore(memory).recall(FP) is None


def test_a_certificate_request_is_kept_only_with_what_attests_it():
    memories, tx, der = CommissionerStore(FakeMemory()), b"transact", b"request"
    memories.keep_request(FP, tx, Request(der))
    assert memories.request(FP) is None
    attested = Request(der, bytes(64))
    memories.keep_request(FP, tx, attested)
    assert memories.request(FP) == (tx, attested)


def test_who_takes_a_place_takes_the_number_and_the_ownership():
    memories = CommissionerStore(FakeMemory())
    old, new = (es256.point(es256.generate()) for _ in range(2))
    for key in (old, new):
        memories.enter(key, None)
    memories.name(Naming(crypto.fingerprint(old), "S-1"))
    memories.name(Naming(crypto.fingerprint(new), "S-1", (("rp1-old", old),)))
    assert memories.certified(crypto.fingerprint(old)) is None
    assert memories.certified(crypto.fingerprint(new)) == "S-1"
    assert memories.own(b"", crypto.fingerprint(old)) is None
    assert memories.own(b"", crypto.fingerprint(new)) == crypto.fingerprint(new)

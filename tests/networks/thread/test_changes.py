"""New networks, changed ones, and the PSKc of a passphrase."""

from __future__ import annotations

import pytest

from companion.errors import ThreadDatasetUnusable
from companion.networks.thread import Dataset, read, read_text
from companion.networks.thread.changes import Changes, changed, new_network
from companion.networks.thread.dataset import Entry
from companion.networks.thread.pskc import pskc_of
from companion.networks.thread.values import MOST_SECONDS, Timestamp
from companion.secret import Secret
from tests.networks.thread.samples import DATASET, DEMO


@pytest.mark.parametrize(
    ("passphrase", "name", "extended_pan_id", "pskc"),
    [
        # Thread 1.2, 8.4.1.2.2
        ("12SECRETPASSWORD34", b"Test Network", "0001020304050607", "c3f59368445a1b6106be420a706d4cc9"),
        # OpenThread, shortest and longest passphrase
        ("123456", b"OpenThread", "0102030405060708", "44988e22cf652eeeccd1e4c01d0154f8"),
        (("12345678" * 32)[:-1], b"OpenThread", "0102030405060708", "9e81bd35a253762f80ee04ff2fa285e9"),
        # OpenThread's guide
        ("j01Nme", b"OpenThreadDemo", "1111111122222222", "445f2b5ca6f2a93a55ce570a70efeecb"),
    ],
)
def test_published_pskcs(passphrase: str, name: bytes, extended_pan_id: str, pskc: str) -> None:
    made = pskc_of(Secret(passphrase), name, bytes.fromhex(extended_pan_id))
    assert made.reveal().hex() == pskc


@pytest.mark.parametrize("passphrase", ["12345", "x" * 256])
def test_a_passphrase_of_a_wrong_length_makes_none(passphrase: str) -> None:
    with pytest.raises(ValueError, match="6 to 255"):
        pskc_of(Secret(passphrase), b"n", bytes(8))


def test_a_passphrase_of_16_octets_is_the_key_itself() -> None:
    """RFC 4615, 3: only other lengths are hashed first."""
    sixteen = pskc_of(Secret("0123456789abcdef"), b"n", bytes(8))
    assert sixteen != pskc_of(Secret("0123456789abcdeg"), b"n", bytes(8))
    assert len(sixteen) == 16


def test_a_new_network_is_whole_and_one_of_its_own() -> None:
    one, other = new_network(Changes()), new_network(Changes())
    for made in (one, other):
        read(made.secret).check_joinable()
        assert made.remarks == ()
        assert made.active == Timestamp(1)
        assert made.policy is not None and made.policy.octets.hex() == "02a0f7f8"
    for kind in (Entry.NETWORK_KEY, Entry.PSKC, Entry.EXTENDED_PAN_ID, Entry.MESH_LOCAL_PREFIX):
        assert one.value(kind) != other.value(kind)


def test_a_new_network_has_what_it_was_given() -> None:
    made = new_network(
        Changes(
            name="Test Network",
            channel=20,
            channels=frozenset({15, 20}),
            pan_id=0x1234,
            extended_pan_id=bytes(range(8)),
            prefix=bytes.fromhex("fd00000000000001"),
            key=Secret(b"k" * 16),
            passphrase=Secret("12SECRETPASSWORD34"),
            rotation=24,
            allow={"native_commissioning": False},
        )
    )
    assert (made.name, made.pan_id) == ("Test Network", 0x1234)
    assert made.channel is not None and made.channel.number == 20
    assert made.channels is not None and made.channels.numbers == (15, 20)
    assert made.prefix == bytes.fromhex("fd00000000000001") and made.key == Secret(b"k" * 16)
    assert made.pskc == Secret(bytes.fromhex("c3f59368445a1b6106be420a706d4cc9"))
    assert made.policy is not None and made.policy.rotation == 24
    assert "native_commissioning" not in made.policy.allowed


def test_a_change_makes_a_later_dataset_and_keeps_the_rest() -> None:
    before = read_text("9901ab" + DEMO)
    after = changed(before, Changes(channel=25, pskc=Secret(b"p" * 16)))
    assert after.active == Timestamp(2)
    changes = {Entry.CHANNEL, Entry.ACTIVE_TIMESTAMP, Entry.PSKC}
    assert {kind for kind, value in after.entries if value != before._entry(kind)} == changes
    assert after.value(0x99) == b"\xab"
    again = changed(read(DATASET), Changes(name="Hafen 12", passphrase=Secret("j01Nme")))
    assert again.pskc == pskc_of(Secret("j01Nme"), b"Hafen 12", bytes.fromhex("1111111122222222"))


def test_nothing_changed_is_not_later() -> None:
    before = read(DATASET)
    assert changed(before, Changes()) is before
    assert changed(before, Changes(channel=16)) is before


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (Changes(name=""), "network name in the dataset is empty"),
        (Changes(name="Werkstatt \N{LATIN SMALL LETTER U WITH DIAERESIS}ber uns"), "empty or too long"),
        (Changes(channel=27), "channel is 27"),
        (Changes(channel=-1), "channel is -1"),
        (Changes(channels=frozenset()), "names channels from 11 to 26"),
        (Changes(channels=frozenset({10, 11})), "names channels from 11 to 26"),
        (Changes(pan_id=0xFFFF), "from 0000 to FFFE"),
        (Changes(pan_id=1 << 16), "from 0000 to FFFE"),
        (Changes(extended_pan_id=bytes(7)), "extended PAN ID in the dataset is damaged"),
        (Changes(prefix=bytes(8)), "starts with fd"),
        (Changes(prefix=b"\xfd"), "mesh-local prefix in the dataset is damaged"),
        (Changes(key=Secret(b"k")), "network key in the dataset does not have 16 bytes"),
        (Changes(pskc=Secret(b"k")), "PSKc in the dataset does not have 16 bytes"),
        (Changes(passphrase=Secret("short")), "6 to 255 bytes"),
        (Changes(rotation=1), "2 to 65535 hours"),
        (Changes(rotation=1 << 16), "2 to 65535 hours"),
    ],
)
def test_a_value_that_can_not_be_is_refused(changes: Changes, sentence: str) -> None:
    for make in (lambda: changed(read(DATASET), changes), lambda: new_network(changes)):
        with pytest.raises(ThreadDatasetUnusable) as refused:
            make()
        assert sentence in refused.value.advice_text


def test_a_pskc_needs_what_it_is_made_of() -> None:
    part = Dataset(((int(Entry.NETWORK_KEY), Secret(bytes(16))),))
    with pytest.raises(ThreadDatasetUnusable) as refused:
        changed(part, Changes(passphrase=Secret("j01Nme")))
    assert "One is missing" in refused.value.advice_text
    # Without a timestamp the first change is the first version.
    assert changed(part, Changes(name="Hafen")).active == Timestamp(1)


def test_the_last_timestamp_is_not_raised() -> None:
    last = read(DATASET).with_entry(Entry.ACTIVE_TIMESTAMP, Timestamp(MOST_SECONDS, 7).octets)
    with pytest.raises(ThreadDatasetUnusable) as refused:
        changed(last, Changes(channel=25))
    assert "can't be raised" in refused.value.advice_text

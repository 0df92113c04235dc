"""What a dataset says, that writing gives what was read, and what is told of one that is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import ThreadDatasetUnusable
from companion.networks.thread import MOST_OCTETS, Dataset, read
from companion.networks.thread.dataset import Entry
from companion.networks.thread.values import Channel, ChannelMask, SecurityPolicy, Timestamp
from companion.secret import Secret
from tests.networks.thread.samples import ANDROID, DEMO, OLD, PENDING

ALL = tuple(range(11, 27))
LENGTHS = {0: 3, 1: 2, 2: 8, 4: 16, 5: 16, 7: 8, 14: 8, 51: 8, 52: 4}


def of(text: str) -> Dataset:
    return read(Secret(bytes.fromhex(text)))


def test_what_openthreads_console_says_of_a_dataset_is_what_it_means() -> None:
    dataset = of(ANDROID)
    assert dataset.active == Timestamp(1)
    assert (dataset.channel, dataset.pan_id, dataset.name) == (Channel(0, 19), 0xD9A0, "OpenThread-d9a0")
    assert dataset.channels is not None and dataset.channels.numbers == ALL
    assert dataset.extended_pan_id == bytes.fromhex("ACC214689BC40BDF")
    assert dataset.prefix == bytes.fromhex("fd64db1225f47e0b")
    assert dataset.key == Secret(bytes.fromhex("F26B3153760F519A63BAFDDFFC80D2AF"))
    assert dataset.pskc == Secret(bytes.fromhex("A245479C836D551B9CA557F7B9D351B4"))
    policy = dataset.policy
    assert policy is not None and policy.rotation == 672 and policy.version_threshold == 0
    # "onrcb", and that of Thread 1.2 which its console leaves out
    assert policy.allowed == (
        "obtain_network_key", "native_commissioning", "legacy_routers", "external_commissioning", "beacons",
        "toble_link",
    )  # fmt: skip
    assert (dataset.pending, dataset.delay, dataset.others, dataset.remarks) == (None, None, (), ())


def test_a_pending_dataset_says_when_it_counts() -> None:
    dataset = of(PENDING)
    assert (dataset.active, dataset.pending, dataset.delay) == (Timestamp(1), Timestamp(2), 46354)
    assert [str(each) for each in dataset.remarks] == [
        "This is a pending dataset: it becomes valid after its delay."
    ]


@pytest.mark.parametrize("text", [DEMO, ANDROID, PENDING, OLD])
def test_writing_a_published_dataset_gives_it_back(text: str) -> None:
    dataset = of(text)
    dataset.check_joinable()
    assert dataset.secret.reveal().hex() == text.lower()
    key = dataset.key
    assert key is not None and key.reveal().hex() not in repr(dataset)


def values(kind: int) -> st.SearchStrategy[bytes]:
    if kind == Entry.NETWORK_NAME:
        return st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=4).map(
            str.encode
        )
    if kind == Entry.CHANNEL:
        return st.integers(11, 26).map(lambda number: Channel(0, number).octets)
    if kind == Entry.PAN_ID:
        return st.integers(0, 0xFFFE).map(lambda number: number.to_bytes(2, "big"))
    if kind == Entry.SECURITY_POLICY:
        return st.binary(min_size=3, max_size=5)
    if kind == Entry.CHANNEL_MASK:
        return st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=5)), min_size=1, max_size=3).map(
            lambda pages: ChannelMask(tuple(pages)).octets
        )
    length = LENGTHS.get(kind)
    return st.binary(min_size=length, max_size=length) if length else st.binary(max_size=6)


entries = st.lists(st.integers(0, 255), unique=True, min_size=1, max_size=10).flatmap(
    lambda kinds: st.tuples(*(st.tuples(st.just(kind), values(kind)) for kind in kinds))
)


@given(entries)
def test_any_order_and_unknown_entries_are_kept_as_they_came(given: tuple[tuple[int, bytes], ...]) -> None:
    octets = b"".join(bytes((kind, len(value))) + value for kind, value in given)
    dataset = read(Secret(octets))
    assert dataset.secret.reveal() == octets
    assert all(dataset.value(kind) == value for kind, value in given)
    known = {int(kind) for kind in Entry}
    assert dataset.others == tuple(kind for kind, _ in given if kind not in known)
    # Each reading of a value writes its octets.
    for read_as, kind in (
        (dataset.active, Entry.ACTIVE_TIMESTAMP),
        (dataset.channel, Entry.CHANNEL),
        (dataset.channels, Entry.CHANNEL_MASK),
        (dataset.policy, Entry.SECURITY_POLICY),
    ):
        assert (None if read_as is None else read_as.octets) == dataset.value(kind)


@given(st.binary(max_size=300))
def test_any_octets_are_a_dataset_or_refused_with_a_sentence(octets: bytes) -> None:
    try:
        dataset = read(Secret(octets))
    except ThreadDatasetUnusable as refused:
        assert refused.advice_text.endswith(".")
    else:
        assert dataset.secret.reveal() == octets and list(dataset.remarks) is not None


@pytest.mark.parametrize(
    ("octets", "sentence"),
    [
        (b"", "The dataset is empty."),
        (b"\xf0\x7f" + bytes(127) + b"\xf1\x7f" + bytes(127), "The dataset has more than 254 bytes."),
        (b"\x05", "ends in the middle of an entry"),
        (bytes.fromhex(DEMO)[:-1], "ends in the middle of an entry"),
        (b"\xf0\xff", "ends in the middle of an entry"),
        (bytes.fromhex("01021234" * 2), "has the entry 1 twice"),
        (bytes.fromhex("00020010"), "channel in the dataset is damaged"),
        (bytes.fromhex("000300000a"), "channel is 10. Thread uses 11 to 26."),
        (bytes.fromhex("000300001b"), "channel is 27."),
        (bytes.fromhex("010112"), "PAN ID in the dataset is damaged"),
        (bytes.fromhex("0102ffff"), "PAN ID is FFFF"),
        (bytes.fromhex("020100"), "extended PAN ID in the dataset is damaged"),
        (bytes.fromhex("0300"), "network name in the dataset is empty or too long"),
        (b"\x03\x11" + b"n" * 17, "network name in the dataset is empty or too long"),
        (b"\x03\x02\xc3\x28", "network name in the dataset is not text"),
        (b"\x03\x02a\0", "network name in the dataset is not text"),
        (b"\x04\x0f" + bytes(15), "PSKc in the dataset does not have 16 bytes"),
        (b"\x05\x11" + bytes(17), "network key in the dataset does not have 16 bytes"),
        (b"\x07\x07" + bytes(7), "mesh-local prefix in the dataset is damaged"),
        (b"\x0c\x02\x02\xa0", "security policy in the dataset is damaged"),
        (b"\x0e\x07" + bytes(7), "active timestamp in the dataset is damaged"),
        (b"\x33\x07" + bytes(7), "pending timestamp in the dataset is damaged"),
        (b"\x34\x03" + bytes(3), "delay timer in the dataset is damaged"),
        (b"\x35\x00", "channel mask in the dataset is damaged"),
        (b"\x35\x03\x00\x04\xff", "channel mask in the dataset is damaged"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(octets: bytes, sentence: str) -> None:
    with pytest.raises(ThreadDatasetUnusable) as refused:
        read(Secret(octets))
    assert sentence in refused.value.advice_text


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (Entry.NETWORK_KEY, "no network key"),
        (Entry.EXTENDED_PAN_ID, "no extended PAN ID"),
        (Entry.PAN_ID, "no PAN ID"),
        (Entry.CHANNEL, "no channel"),
        (Entry.NETWORK_NAME, "no network name"),
    ],
)
def test_no_device_joins_with_a_part_of_a_network(kind: Entry, sentence: str) -> None:
    with pytest.raises(ThreadDatasetUnusable) as refused:
        of(DEMO).with_entry(kind, None).check_joinable()
    assert sentence in refused.value.advice_text


def test_what_is_odd_and_decides_nothing_is_said_and_let_pass() -> None:
    odd = of(DEMO)
    for kind, value in (
        (Entry.CHANNEL_MASK, ChannelMask.of(frozenset({11})).octets),
        (Entry.MESH_LOCAL_PREFIX, bytes.fromhex("20010db800000000")),
        (Entry.ACTIVE_TIMESTAMP, None),
    ):
        odd = odd.with_entry(kind, value)
    odd = read(odd.secret)
    odd.check_joinable()
    assert [str(each) for each in odd.remarks] == [
        "The channel is not in the channel mask.",
        "The mesh-local prefix does not start with fd.",
        "It has no timestamp, so it is unknown whether another dataset is newer.",
    ]
    other_band = read(odd.with_entry(Entry.CHANNEL, Channel(2, 1).octets).secret)
    assert len(other_band.remarks) == 2


def test_a_value_takes_the_place_of_the_one_before() -> None:
    dataset = of(DEMO)
    renamed = dataset.with_entry(Entry.NETWORK_NAME, b"Hafen 12")
    assert [kind for kind, _ in renamed.entries] == [kind for kind, _ in dataset.entries]
    assert (renamed.name, dataset.name) == ("Hafen 12", "OpenThreadDemo")
    assert dataset.with_entry(200, b"x").entries[-1] == (200, Secret(b"x"))
    # Unknown entries are kept, so a dataset can grow too long by a change.
    with pytest.raises(ThreadDatasetUnusable):
        dataset.with_entry(200, bytes(MOST_OCTETS)).check()


# --- values ---------------------------------------------------------------------------------------------


@given(st.binary(min_size=8, max_size=8))
def test_a_timestamp_is_read_and_written(octets: bytes) -> None:
    stamp = Timestamp.read(octets)
    assert stamp.octets == octets
    assert stamp.raised > stamp or stamp.seconds == 2**48 - 1


def test_a_channel_mask_names_its_channels() -> None:
    assert ChannelMask.of(range(11, 27)).octets.hex() == "0004001fffe0"
    mask = ChannelMask.read(bytes.fromhex("0004001fffe002020180"))
    assert mask is not None and mask.numbers == ALL and len(mask.pages) == 2


@given(st.binary(min_size=3, max_size=6), st.data())
def test_a_permission_that_is_changed_changes_nothing_else(octets: bytes, data: st.DataObject) -> None:
    from companion.networks.thread.values import FLAGS

    policy = SecurityPolicy.read(octets)
    name, wanted = data.draw(st.sampled_from(sorted(FLAGS))), data.draw(st.booleans())
    changed = policy.allowing(**{name: wanted})
    assert (name in changed.allowed) is wanted
    assert set(changed.allowed) ^ set(policy.allowed) <= {name}
    assert (changed.rotation, changed.version_threshold) == (policy.rotation, policy.version_threshold)
    assert changed.allowing(**{name: name in policy.allowed}).allowed == policy.allowed
    assert len(changed.flags) == len(policy.flags) or len(policy.flags) == 1


def test_the_one_octet_of_thread_1_1_stays_one() -> None:
    old = SecurityPolicy.read(bytes.fromhex("02a0ff"))
    assert old.allowing(beacons=False).octets.hex() == "02a0f7"
    assert old.allowing(toble_link=False).octets.hex() == "02a0ff78"
    with pytest.raises(KeyError):
        old.allowing(anything=True)

"""The access control list: what it grants to whom, and how it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter.fabric.access import (
    ENTRY,
    AccessEntry,
    AuthMode,
    Privilege,
    Subject,
    Target,
    administrator,
    privilege,
    subject_of_cat,
)
from companion.protocols.matter.tlv import MalformedTlv

ON_OFF, IDENTIFY = 6, 3
ME = Subject(AuthMode.CASE, 77, (0x0001_0005,))


def granted(entry: AccessEntry, subject: Subject = ME, cluster: int = ON_OFF, endpoint: int = 1) -> object:
    return privilege([entry], subject, cluster, endpoint, frozenset({0x0100}))


def case(*subjects: int, targets: tuple[Target, ...] | None = None) -> AccessEntry:
    return AccessEntry(Privilege.OPERATE, AuthMode.CASE, subjects or None, targets)


def test_the_one_who_commissions_may_do_everything() -> None:
    assert granted(administrator(77)) is Privilege.ADMINISTER
    assert granted(administrator(78)) is None
    assert privilege([], Subject(AuthMode.PASE), ON_OFF, 1) is Privilege.ADMINISTER
    assert privilege([], ME, ON_OFF, 1) is None


def test_without_subjects_everybody_of_that_mode() -> None:
    assert granted(case()) is Privilege.OPERATE
    assert granted(AccessEntry(Privilege.OPERATE, AuthMode.GROUP, None)) is None


@pytest.mark.parametrize(
    ("cat", "has"), [(0x0001_0005, True), (0x0001_0004, True), (0x0001_0006, False), (0x0002_0001, False)]
)
def test_a_tag_stands_for_its_version_and_later_ones(cat: int, has: bool) -> None:
    assert (granted(case(subject_of_cat(cat))) is Privilege.OPERATE) is has


@pytest.mark.parametrize(
    ("target", "has"),
    [
        (Target(cluster=ON_OFF), True),
        (Target(cluster=IDENTIFY), False),
        (Target(endpoint=1), True),
        (Target(endpoint=2), False),
        (Target(device_type=0x0100), True),
        (Target(device_type=0x0101), False),
        (Target(ON_OFF, 1), True),
        (Target(ON_OFF, 2), False),
    ],
)
def test_targets_narrow_an_entry(target: Target, has: bool) -> None:
    assert (granted(case(77, targets=(target,))) is Privilege.OPERATE) is has
    assert granted(case(77, targets=(target, Target(cluster=ON_OFF)))) is Privilege.OPERATE


def test_the_most_of_several_counts() -> None:
    view = AccessEntry(Privilege.VIEW, AuthMode.CASE)
    assert privilege([view, administrator(77), view], ME, ON_OFF, 1) is Privilege.ADMINISTER


numbers = st.none() | st.integers(0, 0xFFFF)
entries = st.builds(
    AccessEntry,
    st.sampled_from(Privilege),
    st.sampled_from(AuthMode),
    st.none() | st.lists(st.integers(0, 2**64 - 1), max_size=4).map(tuple),
    st.none() | st.lists(st.builds(Target, numbers, numbers, numbers), max_size=3).map(tuple),
    st.none() | st.integers(1, 254),
)


@given(entries)
def test_entries_are_written_and_read(entry: AccessEntry) -> None:
    assert ENTRY.decode(ENTRY.encode(entry)) == entry


def test_a_privilege_that_there_is_not_is_refused() -> None:
    data = bytearray(ENTRY.encode(administrator(77)))
    data[data.index(b"\x24\x01\x05") + 2] = 6
    with pytest.raises(MalformedTlv):
        ENTRY.decode(bytes(data))

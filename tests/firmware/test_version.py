"""Versions as devices write them: which is older, and which have no order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.firmware.version import version_of


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("2.0.9", "2.1.0"),
        ("2.9", "2.10"),
        ("v2.1.0-rc1", "2.1.0"),
        ("2.1.0-rc.2", "2.1.0-rc.10"),
        ("2.1.0-1", "2.1.0-beta"),
        ("2.1.0", "v2.1.0-3-gabcdef0"),
        ("ESPHome 2026.5.1", "ESPHome 2026.6.0"),
        ("1.0+7", "1.0.1+1"),
        ("7", "8"),
    ],
)
def test_an_older_version_is_older(older: str, newer: str) -> None:
    one, other = version_of(older), version_of(newer)
    assert one is not None and other is not None
    assert one.is_older_than(other) is True and other.is_older_than(one) is False


@pytest.mark.parametrize("same", ["2.1", "V2.1.0", "2.1.0+build.5", "2.1.0-dirty", "Lamp 2.1.0"])
def test_the_same_version_is_not_older(same: str) -> None:
    one, other = version_of(same), version_of("2.1.0")
    assert one is not None and other is not None
    assert one.is_older_than(other) is False and other.is_older_than(one) is False


@pytest.mark.parametrize("text", ["", "latest", "Lamp 3", "2.1.0.0.1", "٣.١", "9" * 500])
def test_a_text_without_an_order_is_no_version(text: str) -> None:
    assert version_of(text) is None


def test_a_build_number_passes_for_no_version() -> None:
    """ "20261201" would be newer than any 2.1.0."""
    date, version = version_of("20261201"), version_of("2.1.0")
    assert date is not None and version is not None
    assert date.is_older_than(version) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_a_device_says_is_read_or_not(one: str, other: str) -> None:
    read, second = version_of(one), version_of(other)
    if read is not None and second is not None and read.is_older_than(second):
        assert second.is_older_than(read) is False

"""What devices and nodes say on the air: the specification's numbers, and what is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.mesh import advertisement
from companion.protocols.mesh.advertisement import OobInformation, Unprovisioned

KEY = bytes.fromhex("7dd7364cd842ad18c17c2b820c84c3d6")
ANNOUNCED = st.builds(
    Unprovisioned,
    st.binary(min_size=16, max_size=16),
    st.sampled_from(OobInformation),
)


@given(ANNOUNCED)
def test_what_is_announced_is_read(announced: Unprovisioned) -> None:
    assert advertisement.read_unprovisioned(announced.encode()) == announced


@given(st.binary(max_size=24))
def test_anything_else_is_none_or_is_read_without_unknown_bits(data: bytes) -> None:
    found = advertisement.read_unprovisioned(data)
    assert (found is None) == (len(data) != 18)
    assert found is None or found.uuid == data[:16]


def test_a_node_proves_its_address_with_the_network_key() -> None:
    random = bytes.fromhex("34ae608fbbc1f2c6")
    told = advertisement.node_identity(KEY, 0x1201, random)
    assert told[9:] == random and len(told) == 17
    assert advertisement.is_node(told, KEY, 0x1201)
    assert not advertisement.is_node(told, KEY, 0x1202)
    assert not advertisement.is_node(told, bytes(16), 0x1201)
    assert not advertisement.is_node(told[:-1], KEY, 0x1201)
    assert not advertisement.is_node(b"\x00" + told[1:], KEY, 0x1201)


def test_a_network_is_named_by_its_id() -> None:
    told = advertisement.network_id(KEY)
    assert told.hex() == "003ecaff672f673370"
    assert advertisement.is_of_network(told, KEY)
    assert not advertisement.is_of_network(told, bytes(16))
    assert not advertisement.is_of_network(told + b"\x00", KEY)

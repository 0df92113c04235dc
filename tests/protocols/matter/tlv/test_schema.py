"""Tables: dataclasses as structures, and structures that are not of their shape."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter import tlv
from companion.protocols.matter.tlv import Element, Field, Kind, MalformedTlv, Shape
from companion.secret import Secret


class Mode(IntEnum):
    OFF = 0
    ON = 1
    OTHER = 99


@dataclass(frozen=True)
class Place:
    endpoint: int | None = None
    cluster: int | None = None


@dataclass(frozen=True)
class Fan:
    speed: int
    mode: Mode
    key: Secret
    name: str | None = "unnamed"
    tilt: int | None = None
    on: bool = False
    places: tuple[Place, ...] = ()
    other: Element | None = None

    def __post_init__(self) -> None:
        if self.speed == 13:
            raise ValueError("nobody wants 13")


PLACE = Shape(
    Place,
    Field("endpoint", 0, tlv.UINT16, optional=True),
    Field("cluster", 1, tlv.UINT32, optional=True),
    kind=Kind.LIST,
)
FAN = Shape(
    Fan,
    Field("speed", 0, tlv.UINT8),
    Field("mode", 1, tlv.Choice(Mode)),
    Field("key", 2, tlv.Confidential(tlv.Octets(2, 4))),
    Field("name", 3, tlv.Text(8), optional=True),
    Field("tilt", 4, tlv.Nullable(tlv.INT8)),
    Field("on", 5, tlv.BOOLEAN),
    Field("places", 6, tlv.Several(PLACE, 3)),
    Field("other", 7, tlv.ANYTHING, optional=True),
)
KEY = Secret(b"key")


def members(**changed: Element | None) -> tuple[Element, ...]:
    """The members of a fan, some changed or (None) missing."""
    usual: dict[str, Element | None] = {
        "speed": tlv.unsigned(0, 3),
        "mode": tlv.unsigned(1, 1),
        "key": tlv.octets(2, b"key"),
        "tilt": tlv.null(4),
        "on": tlv.boolean(5, True),
        "places": tlv.array(6),
    }
    return tuple(one for one in (usual | changed).values() if one is not None)


@given(
    st.builds(
        Fan,
        speed=st.integers(0, 12),
        mode=st.sampled_from(Mode),
        key=st.binary(min_size=2, max_size=4).map(Secret),
        name=st.text(alphabet="abcdefgh ", max_size=8),
        tilt=st.none() | st.integers(-128, 127),
        on=st.booleans(),
        places=st.lists(
            st.builds(Place, st.none() | st.integers(0, 65535), st.none() | st.integers(0, 2**32 - 1)),
            max_size=3,
        ).map(tuple),
        other=st.none() | st.integers(0, 9).map(lambda number: tlv.unsigned(7, number)),
    )
)
def test_any_value_comes_back(fan: Fan) -> None:
    assert FAN.decode(FAN.encode(fan)) == fan


def test_members_are_written_in_the_order_of_the_table_and_read_in_any() -> None:
    octets = FAN.encode(Fan(3, Mode.ON, KEY, name=None, on=True))
    assert octets.hex() == "152400032401013002036b6579" + "3404" + "2905" + "360618" + "18"
    shuffled = tlv.encode(tlv.structure(None, *reversed(members())))
    assert FAN.decode(shuffled) == Fan(3, Mode.ON, KEY, on=True)


def test_what_is_absent_has_its_default_and_what_is_unknown_is_left_out() -> None:
    element = tlv.structure(None, *members(), tlv.text(200, "of a later version"))
    assert FAN.read(element) == Fan(3, Mode.ON, KEY, on=True)


def test_of_a_tag_that_a_list_holds_twice_the_first_counts() -> None:
    assert PLACE.read(tlv.list_of(None, tlv.unsigned(0, 1), tlv.unsigned(0, 2))) == Place(1)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"speed": None}, "lacks speed"),
        ({"speed": tlv.signed(0, 3)}, "UNSIGNED expected"),
        ({"speed": tlv.unsigned(0, 256)}, "8 bits"),
        ({"speed": tlv.unsigned(0, 13)}, "13"),
        ({"mode": tlv.unsigned(1, 7)}, "no Mode"),
        ({"key": tlv.octets(2, b"k")}, "octets"),
        ({"key": tlv.octets(2, b"keys!")}, "octets"),
        ({"name": tlv.text(3, "longer than 8")}, "text"),
        ({"tilt": tlv.signed(4, 128)}, "8 bits"),
        ({"tilt": tlv.signed(4, -129)}, "8 bits"),
        ({"on": tlv.unsigned(5, 1)}, "BOOLEAN expected"),
        ({"places": tlv.array(6, *[tlv.list_of(None)] * 4)}, "more than 3"),
        ({"places": tlv.list_of(6)}, "ARRAY expected"),
        ({"places": tlv.array(6, tlv.structure(None))}, "LIST expected"),
    ],
)
def test_what_is_of_another_shape_is_refused_with_the_reason(
    changed: dict[str, Element | None], why: str
) -> None:
    with pytest.raises(MalformedTlv, match=why):
        FAN.read(tlv.structure(None, *members(**changed)))


def test_an_unknown_choice_can_stand_for_one() -> None:
    assert tlv.Choice(Mode, Mode.OTHER).read(tlv.unsigned(None, 7)) is Mode.OTHER


def test_octets_of_one_length_have_it_exactly() -> None:
    assert tlv.Octets(2).read(tlv.octets(None, b"ab")) == b"ab"
    with pytest.raises(MalformedTlv):
        tlv.Octets(2).read(tlv.octets(None, b"abc"))


def test_the_number_of_a_translation_is_not_part_of_a_text() -> None:
    assert tlv.Text(20).read(tlv.text(None, "Kitchen\x1f17")) == "Kitchen"


def test_a_number_out_of_range_is_not_written() -> None:
    with pytest.raises(ValueError, match="8 bits"):
        FAN.encode(Fan(256, Mode.ON, KEY))

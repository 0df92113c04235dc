"""Who leaves when more connect than may: silence first, the fullest address first, a known device never."""

from hypothesis import given
from hypothesis import strategies as st

from companion.endpoint.guests import Guest, Guests


def test_there_is_room_for_some_of_each_address() -> None:
    guests = Guests(4, 2)
    assert [guests.admit(Guest(address)) for address in "aabb"] == [None] * 4


def test_the_oldest_silent_one_of_its_own_address_leaves_for_a_newcomer() -> None:
    guests = Guests(10, 3)
    speaking, first, second = Guest("a", has_spoken=True), Guest("a"), Guest("a")
    for each in (speaking, first, second, Guest("b")):
        guests.admit(each)
    assert [guests.admit(Guest("a", has_spoken=True)) for _ in range(3)] == [first, second, speaking]


def test_the_fullest_address_makes_room_for_another_one() -> None:
    guests = Guests(4, 3)
    crowd = [Guest("a"), Guest("a"), Guest("a")]
    for each in (Guest("b"), *crowd):
        guests.admit(each)
    assert guests.admit(Guest("c")) is crowd[0]


def test_a_known_device_keeps_its_place() -> None:
    guests = Guests(4, 1)
    known, newcomer = Guest("a", is_known=True), Guest("a")
    guests.admit(known)
    assert guests.admit(newcomer) is newcomer
    guests.leave(known)
    guests.leave(known)
    assert guests.admit(newcomer) is None


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.booleans(), st.booleans()), max_size=60))
def test_there_are_never_more_than_may_be_and_everybody_who_left_was_told(
    arrivals: list[tuple[str, bool, bool]],
) -> None:
    guests, here = Guests(7, 3), list[Guest]()
    for address, has_spoken, is_known in arrivals:
        newcomer = Guest(address, has_spoken, is_known)
        leaving = guests.admit(newcomer)
        here = [each for each in (*here, newcomer) if each is not leaving]
        assert leaving is None or leaving is newcomer or not leaving.is_known
        assert len(here) <= 7 and sum(each.address == address for each in here) <= 3

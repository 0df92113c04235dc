"""Who leaves when more connect than may: silence first, the fullest address first, a known device never."""

from hypothesis import given
from hypothesis import strategies as st

from companion.endpoint.admission import Admission, Client


def test_there_is_room_for_some_of_each_address() -> None:
    admission = Admission(4, 2)
    assert [admission.admit(Client(address)) for address in "aabb"] == [None] * 4


def test_the_oldest_silent_one_of_its_own_address_leaves_for_a_newcomer() -> None:
    admission = Admission(10, 3)
    speaking, first, second = Client("a", has_spoken=True), Client("a"), Client("a")
    for each in (speaking, first, second, Client("b")):
        admission.admit(each)
    assert [admission.admit(Client("a", has_spoken=True)) for _ in range(3)] == [first, second, speaking]


def test_the_fullest_address_makes_room_for_another_one() -> None:
    admission = Admission(4, 3)
    crowd = [Client("a"), Client("a"), Client("a")]
    for each in (Client("b"), *crowd):
        admission.admit(each)
    assert admission.admit(Client("c")) is crowd[0]


def test_a_known_device_keeps_its_place() -> None:
    admission = Admission(4, 1)
    known, newcomer = Client("a", is_known=True), Client("a")
    admission.admit(known)
    assert admission.admit(newcomer) is newcomer
    admission.leave(known)
    admission.leave(known)
    assert admission.admit(newcomer) is None


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.booleans(), st.booleans()), max_size=60))
def test_there_are_never_more_than_may_be_and_everybody_who_left_was_told(
    arrivals: list[tuple[str, bool, bool]],
) -> None:
    admission, here = Admission(7, 3), list[Client]()
    for address, has_spoken, is_known in arrivals:
        newcomer = Client(address, has_spoken, is_known)
        leaving = admission.admit(newcomer)
        here = [each for each in (*here, newcomer) if each is not leaving]
        assert leaving is None or leaving is newcomer or not leaving.is_known
        assert len(here) <= 7 and sum(each.address == address for each in here) <= 3

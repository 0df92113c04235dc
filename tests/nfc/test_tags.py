"""Tags of four kinds are read, written and locked by what their data sheets say."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import (
    TagDiffers,
    TagError,
    TagLocked,
    TagMalformed,
    TagNotLocked,
    TagTooSmall,
    TagUnsupported,
)
from companion.nfc import apdu, tag
from companion.nfc.apdu import Answer
from tests.nfc.tags import CLASSIC_ATR, SMART_ATR, STORAGE_ATR, TYPE2, Type2Tag, Type4Tag, hold, transmit

KINDS = (*TYPE2, "Type 4")
MESSAGE = b"\xd1\x01\x1fU\x00RP1:0123456789012345678901234"


def made(kind: str) -> Type2Tag | Type4Tag:
    return Type4Tag() if kind == "Type 4" else Type2Tag(kind)


def read(card: Type2Tag | Type4Tag) -> bytes:
    return apdu.run(tag.read(card.atr), transmit(card))


def write(card: Type2Tag | Type4Tag, message: bytes, *, lock: bool = False) -> None:
    apdu.run(tag.write(card.atr, message, lock=lock), transmit(card))


@pytest.mark.parametrize("kind", KINDS)
def test_a_tag_from_the_factory_is_empty_then_holds_what_is_written(kind: str) -> None:
    card = made(kind)
    assert read(card) == b""
    write(card, MESSAGE)
    assert read(card) == MESSAGE
    write(card, b"short")
    assert read(card) == b"short"


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(message=st.binary(max_size=44))
def test_whatever_fits_is_read_back(kind: str, message: bytes) -> None:
    card = made(kind)
    hold(card, message)
    assert read(card) == message


@settings(max_examples=25)
@given(message=st.binary(max_size=1000), most=st.integers(15, 300))
def test_type_4_tags_take_and_give_as_much_as_they_say(message: bytes, most: int) -> None:
    card = Type4Tag(most=most)
    write(card, message)
    assert read(card) == message
    assert all(len(command) <= most + 13 for command in card.commands)


def test_the_commands_to_a_type_2_tag() -> None:
    card = Type2Tag("NTAG213")
    hold(card, b"hello")
    read(card)
    assert [command.hex() for command in card.commands] == ["ffb0000310", "ffb0000410"]
    card.commands.clear()
    write(card, b"hello")
    assert [command.hex() for command in card.commands] == [
        "ffb0000310",
        "ffd60004040300fe00",  # nothing, until all is written
        "ffd60005046c6c6f" + "fe",
        "ffd600040403056865",
        "ffb0000310",
        "ffb0000410",
    ]


def test_the_commands_to_a_type_4_tag() -> None:
    card = Type4Tag(most=32)
    hold(card, bytes(40))
    read(card)
    assert [command.hex() for command in card.commands] == [
        "00a4040007d276000085010100",
        "00a4000c02e103",
        "00b000000f",
        "00a4000c02e104",
        "00b0000002",
        "00b0000220",
        "00b0002208",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_locked_tag_can_be_read_and_not_written(kind: str) -> None:
    card = made(kind)
    write(card, MESSAGE, lock=True)
    assert read(card) == MESSAGE
    with pytest.raises(TagLocked):
        write(card, b"other")
    assert read(card) == MESSAGE


@pytest.mark.parametrize("kind", KINDS)
def test_a_tag_taken_away_while_it_is_written_is_empty_or_whole(kind: str) -> None:
    """After each number of commands."""
    for answers in range(60):
        card = made(kind)
        hold(card, b"before" * 5)
        answer, left = transmit(card), [answers]

        def pulled(command: bytes, answer=answer, left=left) -> Answer:
            left[0] -= 1
            if left[0] < 0:
                raise ConnectionError
            return answer(command)

        with contextlib.suppress(ConnectionError):
            apdu.run(tag.write(card.atr, MESSAGE), pulled)
        assert read(card) in (b"", MESSAGE, b"before" * 5)


def test_tags_whose_lock_bits_are_not_known_are_not_touched() -> None:
    foreign = Type2Tag("NTAG215")
    foreign.memory[0] = 0x02
    sized = Type2Tag("NTAG215")
    sized.memory[14] = 0x20
    for card in (foreign, sized):
        with pytest.raises(TagNotLocked):
            write(card, MESSAGE, lock=True)
        assert card.memory[10:12] == b"\0\0" and read(card) == MESSAGE
    with pytest.raises(TagNotLocked):
        write(Type4Tag(container_open=False), MESSAGE, lock=True)


def test_what_does_not_fit_leaves_the_tag_as_it_was() -> None:
    for kind in KINDS:
        card = made(kind)
        hold(card, b"before")
        with pytest.raises(TagTooSmall) as caught:
            write(card, bytes(2000))
        assert "2" in caught.value.advice_text and read(card) == b"before"


def test_a_tag_that_forgets_is_found_out() -> None:
    card = Type2Tag()
    answer = transmit(card)

    def forgetful(command: bytes) -> Answer:
        return Answer(b"", 0x9000) if command[:4] == b"\xff\xd6\x00\x05" else answer(command)

    with pytest.raises(TagDiffers):
        apdu.run(tag.write(card.atr, MESSAGE), forgetful)


@pytest.mark.parametrize(
    ("place", "octet", "expected"),
    [
        (12, 0xF1, TagUnsupported),
        (13, 0x20, TagUnsupported),
        (15, 0x80, TagUnsupported),
        (17, 0xFE, TagMalformed),
    ],
)
def test_type_2_tags_that_are_of_another_kind_or_damaged(
    place: int, octet: int, expected: type[TagError]
) -> None:
    card = Type2Tag("Ultralight")
    card.memory[place] = octet
    with pytest.raises(expected):
        read(card)


@pytest.mark.parametrize(
    ("place", "octets", "expected"),
    [
        (2, b"\x40", TagUnsupported),
        (3, b"\0\0", TagMalformed),
        (7, b"\x05", TagUnsupported),
        (9, b"\xe1\x09", TagMalformed),
        (13, b"\x80", TagUnsupported),
    ],
)
def test_type_4_tags_that_are_of_another_kind_or_damaged(
    place: int, octets: bytes, expected: type[TagError]
) -> None:
    card = Type4Tag()
    card.files[0xE103][place : place + len(octets)] = octets
    with pytest.raises(expected):
        read(card)


def test_a_message_longer_than_its_file_is_damaged() -> None:
    card = Type4Tag(room=100)
    card.files[0xE104][:2] = b"\xff\xff"
    with pytest.raises(TagMalformed):
        read(card)


@pytest.mark.parametrize("atr", [STORAGE_ATR, SMART_ATR, CLASSIC_ATR], ids=["storage", "smart", "classic"])
@settings(max_examples=40)
@given(answers=st.lists(st.tuples(st.binary(max_size=20), st.sampled_from([0x9000, 0x6A82])), max_size=30))
def test_whatever_a_tag_answers_it_is_bounded(atr: bytes, answers: list[tuple[bytes, int]]) -> None:
    said = iter(answers)
    with contextlib.suppress(TagError):
        apdu.run(tag.read(atr), lambda _: Answer(*next(said, (b"", 0x6A82))))

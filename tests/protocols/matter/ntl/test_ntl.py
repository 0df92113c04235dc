"""Two ends of NTL, by property, and ends that do not keep to the rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CompanionError, ProtocolViolation, TagMalformed, TagUnsupported
from companion.nfc import apdu
from companion.nfc.apdu import GOOD, Answer
from companion.protocols.matter.ntl import reader
from companion.protocols.matter.ntl.device import NtlDevice
from companion.protocols.matter.ntl.octets import LONGEST_MESSAGE, SELECT, Announcement, Command

LAMP = Announcement(0xA3C, 0xFFF1, 0x8001)
numbers = st.integers(0, 0xFFFF)
messages = st.binary(min_size=1, max_size=LONGEST_MESSAGE)


def answering(device: NtlDevice, respond: Callable[[bytes], bytes], log: list[bytes]) -> apdu.Transmit:
    def transmit(command: bytes) -> Answer:
        log.append(command)
        said = device.receive(command)
        return device.respond(respond(said)) if isinstance(said, bytes) else said

    return transmit


def selected(announcement: Announcement | None = LAMP) -> NtlDevice:
    device = NtlDevice(lambda: announcement)
    device.receive(SELECT)
    return device


@given(st.integers(0, 0xFFF), numbers, numbers, st.binary(max_size=9))
def test_a_device_says_who_it_is(discriminator: int, vendor: int, product: int, later: bytes) -> None:
    said = Announcement(discriminator, vendor, product)
    assert apdu.run(reader.select(), answering(NtlDevice(lambda: said), lambda _: b"", [])) == said
    assert Announcement.decode(said.encode() + later) == said


def test_the_octets_are_those_of_the_specification() -> None:
    """Tables 44 to 53."""
    assert SELECT.hex() == "00a4040c09a0000009098a77e40100"
    assert LAMP.encode().hex() == "01000a3cfff18001"
    log: list[bytes] = []
    long = bytes(range(250)) + bytes(250)
    assert apdu.run(reader.ask(long), answering(selected(), lambda _: bytes(600), log)) == bytes(600)
    assert [each[:5].hex() for each in log] == [
        "902001f4f5",
        "902001f4f5",
        "802001f40a",
        "00c00000fa",
        "00c0000064",
    ]
    assert log[2] == bytes.fromhex("802001f40a") + long[490:] + b"\xfa"


@given(messages, st.binary(max_size=LONGEST_MESSAGE))
def test_messages_arrive_whole_in_both_directions(message: bytes, answer: bytes) -> None:
    got: list[bytes] = []
    log: list[bytes] = []

    def respond(said: bytes) -> bytes:
        got.append(said)
        return answer

    assert apdu.run(reader.ask(message), answering(selected(), respond, log)) == answer
    assert got == [message]
    assert all(len(each) <= 251 for each in log)


@given(numbers, st.binary(max_size=255), st.integers(1, 256))
def test_commands_are_read_as_they_were_written(place: int, data: bytes, room: int) -> None:
    command = Command(0x80, 0x20, place, data, room)
    assert Command.decode(command.encode()) == command


@given(st.binary(max_size=300))
def test_any_octets_are_a_command_or_none(octets: bytes) -> None:
    command = Command.decode(octets)
    assert command is None or octets in (command.encode(), command.encode()[:-1])


@pytest.mark.parametrize("message", [b"", bytes(LONGEST_MESSAGE + 1)])
def test_no_message_has_such_a_length(message: bytes) -> None:
    with pytest.raises(ValueError, match="octets"):
        apdu.run(reader.ask(message), answering(selected(), lambda said: said, []))


@pytest.mark.parametrize(
    ("data", "status", "error"),
    [
        (b"", 0x6985, TagUnsupported),
        (b"", 0x6A82, TagUnsupported),
        (LAMP.encode()[:7], GOOD, TagMalformed),
        (b"\x02" + LAMP.encode()[1:], GOOD, TagMalformed),
    ],
)
def test_not_every_tag_is_a_device_to_set_up(data: bytes, status: int, error: type[CompanionError]) -> None:
    with pytest.raises(error):
        apdu.run(reader.select(), lambda _: Answer(data, status))


@pytest.mark.parametrize(
    "answers",
    [
        [(b"", 0x6A84)],
        [(b"", GOOD), (b"", 0x6700)],
        [(b"", GOOD), (b"", 0x6110), (b"", GOOD)],
        [(b"", GOOD), (bytes(250), 0x6100), *[(bytes(250), 0x61FA)] * 5],
        [(b"", GOOD), (b"a", 0x6101), (b"b", 0x6985)],
    ],
)
def test_a_device_that_breaks_the_rules_ends_it(answers: list[tuple[bytes, int]]) -> None:
    left = list(answers)
    with pytest.raises(ProtocolViolation):
        apdu.run(reader.ask(bytes(300)), lambda _: Answer(*left.pop(0)))
    assert not left


def command(family: int, data: bytes, place: int) -> bytes:
    return Command(family, 0x20, place, data).encode()


@pytest.mark.parametrize(
    ("commands", "status"),
    [
        ([b"\x80"], 0x6700),
        ([b"\x80\x20\x00\x05\x05abc"], 0x6700),
        ([b"\x80\x20\x00\x05\x00abc"], 0x6700),
        ([b"\x80\x20\x00\x00"], 0x6700),
        ([command(0x80, b"abc", 4)], 0x6700),
        ([command(0x90, b"abc", 3)], 0x6700),
        ([command(0x90, b"abc", 4), command(0x80, b"de", 4)], 0x6700),
        ([command(0x90, b"abc", 5), command(0x80, b"de", 6)], 0x6A86),
        ([command(0x90, b"abc", LONGEST_MESSAGE + 1)], 0x6A84),
        ([b"\x00\xc0\x00\x00\x00"], 0x6985),
        ([b"\x00\xb0\x00\x00\x02"], 0x6D00),
        ([b"\x00\xa4\x04\x00\x07\xd2\x76\x00\x00\x85\x01\x01\x00"], 0x6A82),
    ],
)
def test_a_reader_that_breaks_the_rules_is_told(commands: list[bytes], status: int) -> None:
    device = selected()
    said = [device.receive(each) for each in commands]
    assert said[:-1] == [Answer(b"", GOOD)] * (len(commands) - 1)
    assert said[-1] == Answer(b"", status)
    # Nothing of it is left: the next message arrives as it was sent.
    device.receive(SELECT)
    assert device.receive(command(0x80, b"abc", 3)) == b"abc"


def test_one_that_is_not_in_setup_mode_takes_nothing() -> None:
    device = selected(None)
    assert not device.is_selected
    assert device.receive(SELECT) == device.receive(command(0x80, b"abc", 3)) == Answer(b"", 0x6985)


def test_a_message_ends_the_answer_to_the_one_before() -> None:
    device = selected()
    device.receive(command(0x80, b"abc", 3))
    assert device.respond(bytes(400)) == Answer(bytes(256), 0x6190)
    assert device.receive(command(0x80, b"def", 3)) == b"def"
    assert device.receive(b"\x00\xc0\x00\x00\x00") == Answer(b"", 0x6985)

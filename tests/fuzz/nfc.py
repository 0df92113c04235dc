"""What stands on a tag that anybody may have written, and what a tag answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from companion.errors import ProtocolViolation, TagError
from companion.nfc import apdu, content, ndef, tag
from companion.nfc.apdu import Answer
from companion.nfc.bluetooth import TYPE as BLUETOOTH
from companion.nfc.ndef import Record
from companion.nfc.wifi import TYPE as WIFI
from companion.protocols.matter.ntl import reader
from companion.protocols.matter.ntl.device import NtlDevice
from companion.protocols.matter.ntl.octets import LONGEST_MESSAGE, SELECT, Announcement, Command
from tests.nfc.tags import SMART_ATR, STORAGE_ATR, Type2Tag, Type4Tag, hold


def ndef_messages(data: bytes) -> None:
    """As a whole message, and as what the records of each kind hold."""
    with suppress(TagError):
        content.read(data)
        records = ndef.decode(data)
        assert ndef.decode(ndef.encode(records)) == records
    for type_format, kind in ((2, BLUETOOTH), (2, WIFI), (1, b"Sp"), (1, b"U"), (1, b"T")):
        with suppress(TagError):
            content.read(ndef.encode([Record(type_format, kind, data)]))


def tag_answers(data: bytes) -> None:
    """Each answer is preceded by its length; a tag's whole memory besides."""
    for atr in (STORAGE_ATR, SMART_ATR):
        left = data

        def answer(_: bytes) -> Answer:
            nonlocal left
            size = left[0] if left else 0
            said, left = left[1 : 1 + size], left[1 + size :]
            return Answer(said, 0x9000 if said else 0x6A82)

        with suppress(TagError):
            assert len(apdu.run(tag.read(atr), answer)) <= ndef.MOST_OCTETS
    memory = Type2Tag("NTAG216")
    memory.memory[12 : 12 + len(data)] = data[: len(memory.memory) - 12]
    with suppress(TagError):
        apdu.run(tag.read(memory.atr), lambda command: _split(memory(command)))


def matter_over_nfc(data: bytes) -> None:
    """As what a device says to a reader, status words included, and as what a reader says to a device."""
    left = data

    def answer(_: bytes) -> Answer:
        nonlocal left
        size = left[0] if left else 0
        said, left = left[1 : 1 + size], left[1 + size :]
        status, left = left[:2], left[2:]
        return Answer(said, int.from_bytes(status, "big"))

    with suppress(TagError):
        apdu.run(reader.select(), answer)
    with suppress(ProtocolViolation):
        assert len(apdu.run(reader.ask(bytes(300)), answer)) <= LONGEST_MESSAGE
    device, rest = NtlDevice(lambda: Announcement(1)), data
    device.receive(SELECT)
    while rest:
        size = rest[0]
        said, rest = device.receive(rest[1 : 1 + size]), rest[1 + size :]
        if isinstance(said, bytes):
            assert len(said) <= LONGEST_MESSAGE
            assert len(device.respond(said).data) <= 256


def _split(answer: bytes) -> Answer:
    return Answer(answer[:-2], int.from_bytes(answer[-2:], "big"))


def seeds() -> dict[str, list[bytes]]:
    """A message with a record of each kind, and the answers of a tag of each kind that holds it."""
    bluetooth = bytes.fromhex("081B060504030201" + "00" + "0509") + b"lamp"
    wifi = bytes.fromhex("100E0013" + "10450002" + "6869" + "100300020001" + "100F00020001")
    message = ndef.encode(
        [
            Record(1, b"U", b"\x00MT:Y.K9042C00KA0648G00"),
            Record(1, b"T", b"\x02enhello"),
            Record(2, BLUETOOTH, bluetooth),
            Record(2, WIFI, wifi),
        ]
    )
    said = []
    for card in (Type2Tag("NTAG216"), Type4Tag()):
        hold(card, message)
        answers: list[bytes] = []

        def answer(
            command: bytes, card: Type2Tag | Type4Tag = card, answers: list[bytes] = answers
        ) -> Answer:
            answers.append(card(command)[:-2] or b"\0")
            return _split(card(command))

        apdu.run(tag.read(card.atr), answer)
        said.append(b"".join(bytes([len(each)]) + each for each in answers))
    return {"ndef_messages": [message, bluetooth, wifi], "tag_answers": said, "matter_over_nfc": _over_nfc()}


def _over_nfc() -> list[bytes]:
    """What a device says to a reader, and a reader to a device, in two parts each."""
    answers = [(Announcement(1).encode(), 0x9000), (b"", 0x9000), (bytes(200), 0x6120), (bytes(32), 0x9000)]
    commands = [Command(0x90, 0x20, 9, b"hello"), Command(0x80, 0x20, 9, b"lamp"), Command(0, 0xC0, 0)]
    return [
        b"".join(bytes([len(data)]) + data + status.to_bytes(2, "big") for data, status in answers),
        b"".join(bytes([len(each)]) + each for each in (command.encode() for command in commands)),
    ]


NFC: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (ndef_messages, tag_answers, matter_over_nfc)
}

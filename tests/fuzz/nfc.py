"""What stands on a tag that anybody may have written, and what a tag answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from companion.errors import TagError
from companion.nfc import apdu, content, ndef, tag
from companion.nfc.apdu import Answer
from companion.nfc.bluetooth import TYPE as BLUETOOTH
from companion.nfc.ndef import Record
from companion.nfc.wifi import TYPE as WIFI
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
    return {"ndef_messages": [message, bluetooth, wifi], "tag_answers": said}


NFC: dict[str, Callable[[bytes], None]] = {target.__name__: target for target in (ndef_messages, tag_answers)}

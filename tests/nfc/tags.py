"""Tags that answer as those of the data sheets: pages and lock bits, files and their access conditions."""

from __future__ import annotations

from dataclasses import dataclass, field

from companion.nfc.apdu import Answer

GOOD, REFUSED, UNKNOWN = b"\x90\x00", b"\x69\x82", b"\x6a\x82"
STORAGE_ATR = bytes.fromhex("3B8F8001804F0CA0000003060300030000000068")
CLASSIC_ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
SMART_ATR = bytes.fromhex("3B8180018080")
SERIAL = bytes.fromhex("04A1B29F")

# NXP, data sheets: name -> pages, capability container, what the factory leaves in the data area, lock page.
TYPE2 = {
    "Ultralight": (16, "E1100600", "0300FE00", None),
    "NTAG213": (45, "E1101200", "0103A00C340300FE", 0x28),
    "NTAG215": (135, "E1103E00", "0300FE00", 0x82),
    "NTAG216": (231, "E1106D00", "0300FE00", 0xE2),
}


class Type2Tag:
    """A Type 2 tag behind a reader. `lost_at`: the number of answers after which it is pulled away."""

    atr = STORAGE_ATR

    def __init__(self, kind: str = "NTAG215") -> None:
        pages, container, factory, self.lock_page = TYPE2[kind]
        self.memory = bytearray(pages * 4)
        self.memory[:4], self.memory[4:8] = SERIAL, bytes.fromhex("C3D4E5F6")
        self.memory[12:16] = bytes.fromhex(container)
        start = bytes.fromhex(factory)
        self.memory[16 : 16 + len(start)] = start
        self.commands: list[bytes] = []

    def __call__(self, command: bytes) -> bytes:
        self.commands.append(command)
        page = int.from_bytes(command[2:4], "big")
        if command[:2] == b"\xff\xb0" and page * 4 < len(self.memory):
            # Beyond the last page a tag goes on with its first one.
            turned = bytes(self.memory[page * 4 :] + self.memory)
            return turned[: command[4]] + GOOD
        if command[:2] == b"\xff\xd6" and command[4] == 4 and len(command) == 9:
            return self._write(page, command[5:])
        return UNKNOWN

    def _write(self, page: int, octets: bytes) -> bytes:
        if page < 2 or (page + 1) * 4 > len(self.memory) or self._is_locked(page):
            return REFUSED
        at = page * 4
        if page in (2, 3, self.lock_page):
            # One time programmable: bits are set, and never cleared.
            first = 2 if page == 2 else 0
            for place in range(first, 4):
                self.memory[at + place] |= octets[place]
        else:
            self.memory[at : at + 4] = octets
        return GOOD

    def _is_locked(self, page: int) -> bool:
        static = int.from_bytes(self.memory[10:12], "little")
        if 3 <= page < 16:
            return bool(static >> page & 1)
        return self.lock_page is not None and 16 <= page < self.lock_page and bool(self._dynamic)

    @property
    def _dynamic(self) -> int:
        assert self.lock_page is not None
        return self.memory[self.lock_page * 4]


@dataclass
class Type4Tag:
    """A Type 4 tag of version 2 with one file. most: octets a command; container_open: it can be locked."""

    most: int = 59
    room: int = 1024
    container_open: bool = True
    atr: bytes = SMART_ATR
    commands: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        most = self.most.to_bytes(2, "big") * 2
        container = b"\x00\x0f\x20" + most + b"\x04\x06\xe1\x04" + self.room.to_bytes(2, "big") + b"\0\0"
        self.files = {0xE103: bytearray(container), 0xE104: bytearray(self.room)}
        self._application = False
        self._file: int | None = None

    def __call__(self, command: bytes) -> bytes:
        self.commands.append(command)
        head, place = command[:2], int.from_bytes(command[2:4], "big")
        if command == bytes.fromhex("00A4040007D276000085010100"):
            self._application = True
            return GOOD
        if head == b"\x00\xa4" and self._application and int.from_bytes(command[5:7], "big") in self.files:
            self._file = int.from_bytes(command[5:7], "big")
            return GOOD
        if self._file is None:
            return UNKNOWN
        octets = self.files[self._file]
        if head == b"\x00\xb0" and place + command[4] <= len(octets) and command[4] <= max(self.most, 15):
            return bytes(octets[place : place + command[4]]) + GOOD
        if head == b"\x00\xd6" and command[4] <= self.most and self._is_open():
            octets[place : place + command[4]] = command[5:]
            return GOOD
        return REFUSED

    def _is_open(self) -> bool:
        return self.container_open if self._file == 0xE103 else self.files[0xE103][14] == 0


def transmit(tag: Type2Tag | Type4Tag) -> object:
    """How a reader would answer for this tag."""

    def answered(command: bytes) -> Answer:
        answer = tag(command)
        return Answer(answer[:-2], int.from_bytes(answer[-2:], "big"))

    return answered


def hold(tag: Type2Tag | Type4Tag, message: bytes) -> None:
    """Put a message on a tag as others would: at once, with no care for what was there."""
    if isinstance(tag, Type4Tag):
        tag.files[0xE104][: 2 + len(message)] = len(message).to_bytes(2, "big") + message
        return
    length = bytes([len(message)]) if len(message) < 255 else b"\xff" + len(message).to_bytes(2, "big")
    area = b"\x03" + length + message + b"\xfe"
    tag.memory[16 : 16 + len(area)] = area

"""The links in a btsnoop file, as `companion.link_trace` tells them: operations and their ends, and of values
only what the device said on characteristics that were asked for. What this computer wrote is never kept.

Sources: RFC 1761, whose format btsnoop extends; Core Specification 5.4, Vol 4 Part A (H4), Vol 4 Part E 7.7
(events), Vol 3 Part A 3.1 (L2CAP), Part F 3.4 (ATT), Part G 3.3.1 (characteristic declarations).
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from companion.errors import FileUnreadable
from companion.files import abbreviate_home, read_named
from companion.link_trace import LONGEST_SAID, LOST, MOST_OPERATIONS, OK, LinkTrace, Said, TracedOperation

MOST_OCTETS = 32 << 20
MOST_LINKS = 64
_MAGIC, _H4 = b"btsnoop\0", 1002
_RECEIVED = 0x01
_ACL, _EVENT = 0x02, 0x04
_DISCONNECTED, _LE_META = 0x05, 0x3E
_CONNECTED = (0x01, 0x0A)
_ATT = 4
_ERROR, _BY_TYPE_RESPONSE = 0x01, 0x09
_REQUESTS = {0x0A: "read", 0x12: "write"}
_ANSWERS = {0x0B: "read", 0x13: "write"}
_WRITE_COMMAND = 0x52
_READ, _MORE, _READ_MORE = 0x0B, 0x0C, 0x0D
_UNASKED = (0x1B, 0x1D)
"""Notification and indication."""
_BASE = "-0000-1000-8000-00805f9b34fb"
_BY_THIS_HOST = 0x16
_HANDLE = 0x0FFF
_YEAR_1970 = 0x00DCDDB30F2F8000 / 1_000_000
"""Seconds: btsnoop counts microseconds from the year 0 on."""


@dataclass(frozen=True)
class Value:
    """A value that went over a link. at: seconds since 1970

    kind: "read", "write", "write-command" or "notification"
    """

    at: float
    to_device: bool
    kind: str
    uuid: str
    octets: bytes


@dataclass
class _Link:
    """A connection on its way. asked: kind, handle, octets and time of the request under way.

    clear: characteristics of which what the device says is kept; more: the handle of which a further part is
    asked for; said: handle, whether asked for, after how many operations, the value
    """

    began: float
    clear: frozenset[str] = frozenset()
    said: list[tuple[int, bool, int, bytes]] = field(default_factory=list)
    more: int = 0
    names: dict[int, str] = field(default_factory=dict)
    operations: list[TracedOperation] = field(default_factory=list)
    asked: tuple[str, int, int, float] | None = None
    partly: bytes = b""
    values: list[tuple[float, bool, str, int, bytes]] = field(default_factory=list)

    def note(self, now: float, to_device: bool, kind: str, handle: int, octets: bytes) -> None:
        """A value as it is, for those who look at all of them."""
        if len(self.values) < MOST_OPERATIONS:
            self.values.append((now, to_device, kind, handle, octets[:LONGEST_SAID]))

    def add(self, kind: str, handle: int, octets: int, at: float, now: float, result: str) -> None:
        if handle in self.names and len(self.operations) < MOST_OPERATIONS:
            name = self.names[handle]
            self.operations.append(TracedOperation(kind, name, octets, at - self.began, now - at, result))

    def trace(self, now: float, *, lost: bool) -> LinkTrace:
        if self.asked is not None:
            kind, handle, octets, at = self.asked
            self.add(kind, handle, octets, at, now, LOST)
        said = tuple(
            Said(self.names[handle], asked, after, value) for handle, asked, after, value in self.said
        )
        return LinkTrace(tuple(self.operations), lost, now - self.began, said)

    def hear(self, handle: int, value: bytes, *, asked: bool) -> None:
        if self.names.get(handle) in self.clear and len(self.said) < MOST_OPERATIONS:
            begun = len(self.operations) + (self.asked is not None)
            self.said.append((handle, asked, begun, value[:LONGEST_SAID]))

    def hear_more(self, part: bytes) -> None:
        """A further part of a long value."""
        for place in range(len(self.said) - 1, -1, -1):
            handle, asked, begun, value = self.said[place]
            if handle == self.more and asked:
                self.said[place] = (handle, asked, begun, (value + part)[:LONGEST_SAID])
                return


def read_btsnoop(path: Path, clear: Collection[str] = ()) -> tuple[LinkTrace, ...]:
    """The links that this computer made, in the order of their ends. Raises FileMissing, FileUnreadable.

    clear: characteristics of which what the device said is kept
    """
    content = _content(path)
    try:
        return tuple(_links(content, frozenset(clear)))[:MOST_LINKS]
    except (struct.error, IndexError) as error:
        raise FileUnreadable(f"damaged: {type(error).__name__}", file=abbreviate_home(str(path))) from None


def read_values(path: Path) -> tuple[Value, ...]:
    """All values of this computer's links, in their order; they may be secret. Raises as `read_btsnoop`."""
    content = _content(path)
    links: list[_Link] = []
    try:
        for _ in _links(content, frozenset(), links):
            pass
    except (struct.error, IndexError) as error:
        raise FileUnreadable(f"damaged: {type(error).__name__}", file=abbreviate_home(str(path))) from None
    found = [
        Value(at - _YEAR_1970, to_device, kind, link.names[handle], octets)
        for link in links
        for at, to_device, kind, handle, octets in link.values
        if handle in link.names
    ]
    return tuple(sorted(found, key=lambda value: value.at))


def _content(path: Path) -> bytes:
    content = read_named(MOST_OCTETS, path)
    if content[:8] != _MAGIC or content[12:16] != _H4.to_bytes(4, "big"):
        raise FileUnreadable("not a btsnoop file of HCI packets (H4)", file=abbreviate_home(str(path)))
    return content


def _links(content: bytes, clear: frozenset[str], every: list[_Link] | None = None) -> Iterator[LinkTrace]:
    """every: takes each link as it begins"""
    links: dict[int, _Link] = {}
    now = 0.0
    for packet, received, now in _packets(content):
        if packet[0] == _EVENT and packet[1] == _LE_META and packet[3] in _CONNECTED:
            status, handle = packet[4], int.from_bytes(packet[5:7], "little") & _HANDLE
            if status == 0:
                links[handle] = _Link(now, clear)
                if every is not None and len(every) < MOST_LINKS:
                    every.append(links[handle])
        elif packet[0] == _EVENT and packet[1] == _DISCONNECTED:
            ended = links.pop(int.from_bytes(packet[4:6], "little") & _HANDLE, None)
            if ended is not None:
                yield ended.trace(now, lost=packet[6] != _BY_THIS_HOST)
        elif packet[0] == _ACL:
            head = int.from_bytes(packet[1:3], "little")
            link = links.get(head & _HANDLE)
            if link is not None:
                _take(link, packet[5:], received, now, goes_on=(head >> 12) & 0x03 == 0x01)
    for link in links.values():
        yield link.trace(now, lost=False)


def _packets(content: bytes) -> Iterator[tuple[bytes, bool, float]]:
    """Each packet, whether it came from the controller, and when, in seconds."""
    at = 16
    while at + 24 <= len(content):
        _original, length, flags, _drops, moment = struct.unpack_from(">IIIIq", content, at)
        packet = content[at + 24 : at + 24 + length]
        if len(packet) > 6:
            yield packet, bool(flags & _RECEIVED), moment / 1_000_000
        at += 24 + length


def _take(link: _Link, data: bytes, received: bool, now: float, *, goes_on: bool) -> None:
    """A piece of an L2CAP frame; a whole one of ATT is looked at."""
    # One direction at a time is cut into pieces: ATT waits for each answer.
    frame = link.partly + data if goes_on else data
    length, channel = int.from_bytes(frame[:2], "little"), int.from_bytes(frame[2:4], "little")
    link.partly = frame if len(frame) - 4 < length else b""
    if link.partly or channel != _ATT or length == 0:
        return
    att = frame[4 : 4 + length]
    if received:
        _answer(link, att, now)
    elif att[0] in _REQUESTS:
        if _REQUESTS[att[0]] == "write":
            link.note(now, True, "write", int.from_bytes(att[1:3], "little"), att[3:])
        octets = len(att) - 3 if att[0] != 0x0A else 0
        link.asked = (_REQUESTS[att[0]], int.from_bytes(att[1:3], "little"), octets, now)
    elif att[0] == _MORE:
        link.more = int.from_bytes(att[1:3], "little")
    elif att[0] == _WRITE_COMMAND:
        link.note(now, True, "write-command", int.from_bytes(att[1:3], "little"), att[3:])
        link.add("write-command", int.from_bytes(att[1:3], "little"), len(att) - 3, now, now, OK)


def _answer(link: _Link, att: bytes, now: float) -> None:
    if att[0] == _BY_TYPE_RESPONSE:
        _learn(link, att)
    elif att[0] in _UNASKED:
        link.note(now, False, "notification", int.from_bytes(att[1:3], "little"), att[3:])
        link.hear(int.from_bytes(att[1:3], "little"), att[3:], asked=False)
    elif att[0] == _READ_MORE:
        link.hear_more(att[1:])
    elif link.asked is not None and (att[0] in _ANSWERS or (att[0] == _ERROR and len(att) >= 5)):
        kind, handle, octets, at = link.asked
        if att[0] == _ERROR:
            link.add(kind, handle, octets, at, now, f"att-{att[4]}")
        else:
            link.add(kind, handle, len(att) - 1 if kind == "read" else octets, at, now, OK)
            if att[0] == _READ:
                link.note(now, False, "read", handle, att[1:])
                link.hear(handle, att[1:], asked=True)
        link.asked = None


def _learn(link: _Link, att: bytes) -> None:
    """Characteristic declarations: which value has which UUID."""
    size = att[1]
    if size not in (7, 21):
        return
    for at in range(2, len(att) - size + 1, size):
        value = int.from_bytes(att[at + 3 : at + 5], "little")
        octets = att[at + 5 : at + size]
        if len(octets) == 2:
            link.names[value] = f"0000{int.from_bytes(octets, 'little'):04x}{_BASE}"
        else:
            link.names[value] = str(uuid.UUID(bytes=octets[::-1]))

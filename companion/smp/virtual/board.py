"""What a board with MCUboot and Zephyr's SMP server does, sans-IO: messages in, answers out, and restarts."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

import cbor2

from companion.errors.firmware import FirmwareError
from companion.firmware import explain

_HEADER = struct.Struct(">BBHHBB")
_ANSWER = 1
_OS, _IMAGE = 0, 1
_RESET, _PARAMETERS, _STATE, _UPLOAD = 5, 6, 0, 1
_NOT_FOUND_HASH, _BAD_MAGIC, _TOO_LARGE, _REFUSED = 8, 23, 30, 32
_NOT_SUPPORTED = 8
_MAGIC = bytes.fromhex("3db8f396")


class BoardFault(StrEnum):
    """What a board can do wrong."""

    CORRUPT = "corrupt-flash"
    """It writes one octet wrong."""
    REVERTS = "reverts"
    """It starts the old image again."""
    FORGETS = "forgets-upload"
    """It begins each upload anew."""
    STUCK = "stuck"
    """It takes the beginning of an image and no more."""
    BABBLE = "babble"
    """Its answers are no CBOR."""
    REFUSES_TEST = "refuses-test"


@dataclass(frozen=True)
class BoardOptions:
    """running: the image that runs; slot_size, buffer: octets; old_errors: it answers as SMP version 1 does;
    checks: it compares what it wrote with the hash that it was told"""

    running: bytes
    name: str = "Zephyr board"
    slot_size: int = 512 * 1024
    buffer: int = 512
    faults: frozenset[BoardFault] = field(default_factory=frozenset)
    old_errors: bool = False
    checks: bool = True


class VirtualBoard:
    """One board; `wants_restart` after an answer says that it goes now."""

    def __init__(self, options: BoardOptions) -> None:
        self.options = options
        self.running, self.other = options.running, b""
        self.confirmed, self.pending = True, False
        self.wants_restart = False
        self.uploaded = 0
        self._incoming = bytearray()
        self._upload = bytearray()
        self._length, self._sha = 0, b""

    def connected(self) -> None:
        """A half message of a lost link is gone."""
        self._incoming.clear()

    def hear(self, octets: bytes) -> bytes:
        """What comes over the link; the answer to a whole message."""
        self._incoming += octets
        if len(self._incoming) < _HEADER.size:
            return b""
        head = _HEADER.unpack_from(self._incoming)
        operation, _, length, group, sequence, command = head
        if len(self._incoming) < _HEADER.size + length:
            return b""
        body = bytes(self._incoming[_HEADER.size : _HEADER.size + length])
        del self._incoming[: _HEADER.size + length]
        said = self._answer(group, command, cbor2.loads(body), is_write=operation & 7 == 2)
        answer = b"\xff\xff" if BoardFault.BABBLE in self.options.faults else cbor2.dumps(said)
        return _HEADER.pack(operation + _ANSWER, 0, len(answer), group, sequence, command) + answer

    def restart(self) -> None:
        """MCUboot: a pending image comes to run, for a test; one that was not confirmed goes again."""
        self.wants_restart = False
        self._incoming.clear()
        if self.pending and self._boots(self.other):
            self.running, self.other, self.confirmed = self.other, self.running, False
        elif not self.confirmed:
            self.running, self.other, self.confirmed = self.other, self.running, True
        self.pending = False

    def _boots(self, image: bytes) -> bool:
        try:
            return BoardFault.REVERTS not in self.options.faults and explain(image).is_sound
        except FirmwareError:
            return False

    def _answer(self, group: int, command: int, asked: dict[str, Any], *, is_write: bool) -> dict[str, Any]:
        if (group, command) == (_OS, _RESET):
            self.wants_restart = True
            return {}
        if (group, command) == (_OS, _PARAMETERS):
            return {"buf_size": self.options.buffer, "buf_count": 4}
        if (group, command) == (_IMAGE, _STATE):
            return self._set(asked) if is_write else self._states()
        if (group, command) == (_IMAGE, _UPLOAD):
            return self._take(asked)
        return self._error(group, _NOT_SUPPORTED)

    def _states(self) -> dict[str, Any]:
        slots = [(0, self.running), (1, self.other)]
        return {"images": [self._state(slot, image) for slot, image in slots if image], "splitStatus": 0}

    def _state(self, slot: int, image: bytes) -> dict[str, Any]:
        active = slot == 0
        try:
            read = explain(image)
            version, named = read.says("version") or "", bytes.fromhex(read.says("hash") or "")
        except FirmwareError:
            version, named = "<???>", bytes(32)
        return {
            "slot": slot,
            "version": version.replace("+", "."),
            "hash": named,
            "bootable": True,
            "pending": self.pending and not active,
            "confirmed": self.confirmed and active,
            "active": active,
            "permanent": False,
        }

    def _set(self, asked: dict[str, Any]) -> dict[str, Any]:
        states = self._states()["images"]
        wanted = next((each for each in states if each["hash"] == asked.get("hash")), None)
        if BoardFault.REFUSES_TEST in self.options.faults:
            return self._error(_IMAGE, _REFUSED)
        if wanted is None:
            return self._error(_IMAGE, _NOT_FOUND_HASH)
        if wanted["active"]:
            self.confirmed = self.confirmed or bool(asked.get("confirm"))
        else:
            self.pending = True
        return self._states()

    def _take(self, asked: dict[str, Any]) -> dict[str, Any]:
        faults = self.options.faults
        offset, data = asked["off"], asked["data"]
        if offset == 0:
            if data[:4] != _MAGIC:
                return self._error(_IMAGE, _BAD_MAGIC)
            if asked["len"] > self.options.slot_size:
                return self._error(_IMAGE, _TOO_LARGE)
            if BoardFault.FORGETS in faults or asked.get("sha", b"") != self._sha or not self._upload:
                self._upload, self._length, self._sha = bytearray(), asked["len"], asked.get("sha", b"")
        is_stuck = BoardFault.STUCK in faults and self._upload
        is_next = offset == len(self._upload) and not is_stuck
        if is_next:
            self._upload += data
            self.uploaded += len(data)
        answer: dict[str, Any] = {"off": len(self._upload)}
        if is_next and len(self._upload) >= self._length:
            answer |= self._end()
        return answer

    def _end(self) -> dict[str, Any]:
        image, self._upload = bytes(self._upload), bytearray()
        if BoardFault.CORRUPT in self.options.faults:
            image = image[:40] + bytes((image[40] ^ 1,)) + image[41:]
        self.other = image
        return {"match": sha256(image).digest() == self._sha} if self.options.checks else {}

    def _error(self, group: int, code: int) -> dict[str, Any]:
        """Version 1 has the codes of all groups alone: no memory, or not valid."""
        if self.options.old_errors:
            return {"rc": 2 if code == _TOO_LARGE else 3}
        return {"err": {"group": group, "rc": code}}

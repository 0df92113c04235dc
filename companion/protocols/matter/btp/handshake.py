"""The handshake: version, segment size and window of a session (Matter Core 1.4, 4.19.3).

The central writes a request to C1 and subscribes to C2; then the peripheral indicates its response.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.btp.failure import BtpFailure, Reason
from companion.protocols.matter.btp.segment import (
    BEGINNING,
    ENDING,
    HANDSHAKE,
    LARGEST,
    MANAGEMENT,
    SMALLEST,
)

VERSION = 4
_HEAD = bytes((HANDSHAKE | MANAGEMENT | ENDING | BEGINNING, 0x6C))
_REQUEST_SIZE, _RESPONSE_SIZE = 9, 6
_ATT_HEADER = 3


@dataclass(frozen=True)
class Request:
    """What a central wants.

    mtu: the link's ATT MTU, 0 where it is not known; window: segments that may be outstanding, 1 to 255;
    versions: up to eight of 1 to 15
    """

    mtu: int
    window: int
    versions: tuple[int, ...] = (VERSION,)

    def encode(self) -> bytes:
        nibbles = (*self.versions, *[0] * (8 - len(self.versions)))
        packed = bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2], strict=True))
        return _HEAD + packed + self.mtu.to_bytes(2, "little") + bytes((self.window,))

    @staticmethod
    def decode(data: bytes) -> Request:
        """Raises BtpFailure HANDSHAKE."""
        body = _body(data, _REQUEST_SIZE)
        nibbles = [nibble for octet in body[:4] for nibble in (octet & 15, octet >> 4)]
        window = _window(body[6])
        return Request(int.from_bytes(body[4:6], "little"), window, tuple(one for one in nibbles if one))


@dataclass(frozen=True)
class Response:
    """What a peripheral chose. size: octets of a segment, 20 or more; window: as in a request."""

    size: int
    window: int
    version: int = VERSION

    def encode(self) -> bytes:
        return _HEAD + bytes((self.version,)) + self.size.to_bytes(2, "little") + bytes((self.window,))

    @staticmethod
    def decode(data: bytes) -> Response:
        """Raises BtpFailure HANDSHAKE, or VERSION for one that is not ours."""
        body = _body(data, _RESPONSE_SIZE)
        version, size = body[0] & 15, int.from_bytes(body[1:3], "little")
        if version != VERSION:
            raise BtpFailure(Reason.VERSION, f"the device chose {version}")
        if size < SMALLEST:
            raise BtpFailure(Reason.HANDSHAKE, f"segments of {size} octets")
        return Response(size, _window(body[3]), version)


def choose(request: Request, mtu: int | None, window: int) -> Response:
    """What a peripheral answers.

    mtu: of the link as the peripheral knows it, if it does; window: the largest that it wants.
    Raises BtpFailure VERSION.
    """
    if VERSION not in request.versions:
        raise BtpFailure(Reason.VERSION, f"the other side knows {list(request.versions)}")
    known = [one for one in (mtu, request.mtu) if one]
    size = segment_size(min(known) if known else None)
    return Response(size, min(window, request.window))


def segment_size(mtu: int | None) -> int:
    """Octets of the largest segment at an ATT MTU, 20 where that is not known."""
    return SMALLEST if mtu is None else max(SMALLEST, min(LARGEST, mtu - _ATT_HEADER))


def _body(data: bytes, size: int) -> bytes:
    if len(data) != size or data[: len(_HEAD)] != _HEAD:
        raise BtpFailure(Reason.HANDSHAKE, f"{len(data)} octets")
    return data[len(_HEAD) :]


def _window(window: int) -> int:
    if not window:
        raise BtpFailure(Reason.HANDSHAKE, "a window without room")
    return window

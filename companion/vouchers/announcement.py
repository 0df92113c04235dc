"""TO0: an owner tells a rendezvous server where the device finds it (FDO 1.1, section 5.3). Sans IO.

    hello (20) ──► helloAck (21): a nonce ──► ownerSign (22): voucher and address, signed ──► acceptOwner (23)

Whatever the server says besides that ends it: error (255), another message, or octets that are none.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from companion.encoding import cbor
from companion.plain_text import plain
from companion.vouchers.extension import NotOwner, Signer
from companion.vouchers.keys import algorithm_of, spki_of
from companion.vouchers.reader import MalformedItem, Reader
from companion.vouchers.verification import DIGESTS
from companion.vouchers.voucher import Voucher, array, encode_voucher, sign1, to_be_signed

HELLO, HELLO_ACK, OWNER_SIGN, ACCEPT_OWNER, ERROR = 20, 21, 22, 23, 255
MAX_ANSWER = 4096
"""Octets: the longest answer is an error with its sentence."""
MAX_SECONDS = 0xFFFF_FFFF
_NONCE, _MAX_TEXT = 16, 1024
_TRANSPORTS = {"tcp": 1, "tls": 2, "http": 3, "coap": 4, "https": 5, "coaps": 6}
_PORTS = {"http": 80, "https": 443, "coap": 5683, "coaps": 5684}


@dataclass(frozen=True)
class Address:
    """Where the owner's onboarding service (TO2) is. transport: one of `tcp tls http coap https coaps`"""

    host: str
    port: int
    transport: str

    @classmethod
    def read(cls, url: str) -> Address:
        """From "https://owner.example:8043". Raises ValueError."""
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
        odd = parts.path.strip("/") or parts.query or parts.fragment or parts.username
        if parts.scheme not in _TRANSPORTS or not parts.hostname or port is None or odd:
            kinds = ", ".join(_TRANSPORTS)
            raise ValueError(f"an owner's address is TRANSPORT://HOST:PORT, with {kinds} as transport")
        return cls(parts.hostname, port, parts.scheme)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.transport}://{host}:{self.port}"

    def encoded(self) -> list[cbor.Value]:
        """RVTO2AddrEntry: address or name, port, transport."""
        try:
            where: list[cbor.Value] = [ipaddress.ip_address(self.host).packed, None]
        except ValueError:
            where = [None, self.host]
        return [*where, self.port, _TRANSPORTS[self.transport]]


@dataclass(frozen=True)
class Request:
    """A message for the server. number: its type; body: CBOR"""

    number: int
    body: bytes


@dataclass(frozen=True)
class Accepted:
    """The server keeps the address for so long."""

    seconds: int


class Refused(ValueError):
    """FDO's error message. number: its code (section 5.1.1); the text is the server's, as plain text"""

    def __init__(self, number: int, text: str) -> None:
        super().__init__(text)
        self.number = number


class AnswerUnusable(ValueError):
    """What came is no answer to what was asked."""


class Announcement:
    """One run of TO0 for one voucher."""

    def __init__(
        self, voucher: Voucher, signer: Signer, addresses: Sequence[Address], *, seconds: int
    ) -> None:
        """seconds: how long the server is asked to keep it. Raises NotOwner for the key of somebody else, and
        for a voucher that was not handed on: no server takes one."""
        if not voucher.entries:
            raise NotOwner("it was not handed on yet")
        if spki_of(signer.public) != voucher.owner.spki:
            raise NotOwner("the signing key is not its owner's")
        self._voucher, self._signer = voucher, signer
        self._addresses, self._seconds = tuple(addresses), seconds
        self._takes = {HELLO_ACK: self._acknowledged}

    def begin(self) -> Request:
        """The first message."""
        return Request(HELLO, b"\x80")

    def take(self, number: int, body: bytes) -> Request | Accepted:
        """What follows from the server's answer. Raises Refused, AnswerUnusable."""
        try:
            if len(body) > MAX_ANSWER:
                raise MalformedItem("it is too long")
            if number == ERROR:
                raise _refusal(Reader(body))
            if number not in self._takes:
                raise AnswerUnusable(f"message {number} is no answer here")
            return self._takes.pop(number)(Reader(body))
        except MalformedItem as error:
            raise AnswerUnusable(f"message {number}: {error}") from error

    def _acknowledged(self, body: Reader) -> Request | Accepted:
        body.array(1, 1)
        nonce = body.octets(_NONCE, _NONCE)
        body.end()
        self._takes = {ACCEPT_OWNER: self._accepted}
        voucher = encode_voucher(self._voucher)
        to0d = array(voucher, cbor.encode(self._seconds), cbor.encode(nonce))
        return Request(OWNER_SIGN, array(cbor.encode(to0d), self._to1d(to0d)))

    def _to1d(self, to0d: bytes) -> bytes:
        """Where the owner is, signed, for the device that comes to ask."""
        algorithm = self._voucher.entries[0].previous.algorithm
        bound: list[cbor.Value] = [algorithm, DIGESTS[algorithm](to0d).digest()]
        payload = cbor.encode([[each.encoded() for each in self._addresses], bound])
        signing = algorithm_of(self._voucher.owner.kind, self._signer.public)
        protected = cbor.encode({1: signing})
        return sign1(protected, payload, self._signer.sign(signing, to_be_signed(protected, payload)))

    def _accepted(self, body: Reader) -> Request | Accepted:
        body.array(1, 1)
        seconds = body.unsigned(MAX_SECONDS)
        body.end()
        # A server may keep it for less time; for more it was not asked.
        return Accepted(min(seconds, self._seconds))


def _refusal(body: Reader) -> Refused:
    body.array(5, 5)
    number, _ = body.unsigned(0xFFFF), body.unsigned(0xFF)
    text = body.text(_MAX_TEXT)
    body.raw(), body.raw()  # when, and which exchange: for the server's own log
    body.end()
    return Refused(number, plain(text))

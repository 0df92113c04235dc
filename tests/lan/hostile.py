"""Somebody on the network who announces what is not there."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from zeroconf import DNSAddress, DNSOutgoing, DNSPointer, DNSRecord, DNSService, DNSText, const
from zeroconf.asyncio import AsyncZeroconf

from companion.lan.names import type_name
from companion.lan.service import Service

TTL = 4500
RECORDS = 20
"""In one datagram."""


class Liar:
    """Multicasts records of its own making on loopback."""

    def __init__(self, zeroconf: AsyncZeroconf) -> None:
        self._zeroconf = zeroconf

    @classmethod
    @asynccontextmanager
    async def on_loopback(cls) -> AsyncIterator[Liar]:
        zeroconf = AsyncZeroconf(interfaces=["127.0.0.1"])
        try:
            await zeroconf.zeroconf.async_wait_for_start()
            yield cls(zeroconf)
        finally:
            await zeroconf.async_close()

    def names(self, kind: str, count: int) -> None:
        """Instances of a service that lead nowhere."""
        names = (f"{number:016X}.{type_name(kind)}" for number in range(count))
        self._say(
            [DNSPointer(type_name(kind), const._TYPE_PTR, const._CLASS_IN, TTL, name) for name in names]
        )

    def moves(self, service: Service) -> None:
        """An instance, whoever's it is, to other addresses."""
        kind = type_name(service.kind)
        name, host = f"{service.instance}.{kind}", f"{service.host}.local."
        unique = const._CLASS_IN | const._CLASS_UNIQUE
        texts = b"".join(
            bytes((len(key) + 1 + len(value),)) + key.encode() + b"=" + value
            for key, value in service.texts.items()
        )
        self._say(
            [
                DNSPointer(kind, const._TYPE_PTR, const._CLASS_IN, TTL, name),
                DNSService(name, const._TYPE_SRV, unique, TTL, 0, 0, service.port, host),
                DNSText(name, const._TYPE_TXT, unique, TTL, texts or b"\0"),
            ]
        )
        self._say(
            [
                DNSAddress(host, const._TYPE_AAAA, const._CLASS_IN, TTL, bytes_of(address))
                for address in service.addresses
            ]
        )

    def _say(self, records: Sequence[DNSRecord]) -> None:
        for first in range(0, len(records), RECORDS):
            out = DNSOutgoing(const._FLAGS_QR_RESPONSE | const._FLAGS_AA)
            for record in records[first : first + RECORDS]:
                out.add_answer_at_time(record, 0)
            self._zeroconf.zeroconf.async_send(out)


def bytes_of(address: str) -> bytes:
    """Octets of a numeric address of IPv6."""
    return socket.inet_pton(socket.AF_INET6, address)
